"""Users: how they see themselves and others, and what follows when they change."""

from typing import Any

from tests.server import Server

PASSWORD = "correct horse battery"


async def test_one_sees_ones_address_and_nobody_else_does(server: Server) -> None:
    person = await server.person(email="private@example.org")
    assert person.user["email"] == "private@example.org"
    other = await server.bot(await server.person())
    assert "email" not in await other.get(f"/users/{person.id}")


async def test_nobody_is_found_under_an_unknown_id(server: Server) -> None:
    person = await server.person()
    assert (await person.refused("GET", "/users/1")).code == 10013
    assert (await person.refused("GET", "/users/x")).code == 50035
    assert (await server.guest.refused("GET", f"/users/{person.id}")).status == 401


async def test_a_name_is_changed_with_the_password(server: Server) -> None:
    person = await server.person()
    assert (await person.refused("PATCH", "/users/@me", {"username": "renamed"})).code == 50035
    body = {"username": "Renamed", "password": PASSWORD}
    assert (await person.patch("/users/@me", body))["username"] == "renamed"
    assert (await person.get("/users/@me"))["username"] == "renamed"


async def test_a_name_or_address_of_somebody_else_is_refused(server: Server) -> None:
    await server.person("first.come", email="first@example.org")
    late = await server.person()
    for field, value, code in (
        ("username", "first.come", "USERNAME_ALREADY_TAKEN"),
        ("email", "FIRST@example.org", "EMAIL_ALREADY_REGISTERED"),
    ):
        reply = await late.refused("PATCH", "/users/@me", {field: value, "password": PASSWORD})
        assert reply.body["errors"][field]["_errors"][0]["code"] == code


async def test_a_profile_is_changed_without_the_password(server: Server) -> None:
    person = await server.person()
    body = {"global_name": " Ada ", "bio": "counts", "accent_color": 0xFF8800, "avatar": None}
    changed = await person.patch("/users/@me", body)
    assert (changed["global_name"], changed["bio"], changed["accent_color"]) == (
        "Ada",
        "counts",
        0xFF8800,
    )
    assert "token" not in changed
    gone = await person.patch("/users/@me", {"global_name": None, "accent_color": None})
    assert (gone["global_name"], gone["accent_color"], gone["bio"]) == (None, None, "counts")


async def test_a_new_name_reaches_ones_own_clients_and_ones_guilds(server: Server) -> None:
    person, owner = await server.person(), await server.person()
    guild = await owner.guild()
    channel = await owner.channel(guild["id"])
    await owner.bring(person, channel["id"])

    def is_new(data: Any) -> bool:
        found: bool = data.get("user", data).get("global_name") == "Fresh"
        return found

    async with server.gateway(person) as own, server.gateway(owner) as others:
        await person.patch("/users/@me", {"global_name": "Fresh"})
        await own.expect("USER_UPDATE", is_new)
        await others.expect("GUILD_MEMBER_UPDATE", is_new)
    said = await person.say(channel["id"], "hello")
    assert said["author"]["global_name"] == "Fresh"


async def test_a_bot_renames_itself_without_a_password(server: Server) -> None:
    bot = await server.bot(await server.person())
    assert (await bot.patch("/users/@me", {"username": "New Name"}))["username"] == "New Name"
