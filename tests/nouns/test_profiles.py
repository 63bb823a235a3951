"""Profiles: what people say of themselves, and who may read it."""

from tests.api import Person
from tests.server import Server


async def together(server: Server) -> tuple[Person, Person, str]:
    """Two people and the guild they share."""
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    await ann.bring(bob, channel["id"])
    return ann, bob, guild["id"]


async def test_a_profile_says_what_its_owner_wrote(server: Server) -> None:
    ann, bob, _ = await together(server)
    body = {"pronouns": "she/her", "bio": "counts", "theme_colors": [1, 2], "accent_color": 3}
    changed = await ann.patch("/users/@me/profile", body)
    assert {name: changed[name] for name in body} == body
    shown = await bob.get(f"/users/{ann.id}/profile")
    assert {name: shown["user_profile"][name] for name in body} == body
    assert shown["user"]["bio"] == "counts"
    assert "mutual_friends" not in shown
    await ann.patch("/users/@me/profile", {"bio": None, "pronouns": None, "theme_colors": None})
    empty = (await bob.get(f"/users/{ann.id}/profile"))["user_profile"]
    assert (empty["bio"], empty["pronouns"], empty["theme_colors"]) == ("", "", None)


async def test_somebody_may_say_other_things_in_a_guild(server: Server) -> None:
    ann, bob, guild_id = await together(server)
    body = {"bio": "the baker", "pronouns": "they/them"}
    await ann.patch(f"/guilds/{guild_id}/profile/@me", body)
    shown = await bob.get(f"/users/{ann.id}/profile?guild_id={guild_id}")
    assert shown["guild_member"]["user"]["id"] == ann.id
    profile = shown["guild_member_profile"]
    assert (profile["guild_id"], profile["bio"], profile["pronouns"]) == (
        guild_id,
        "the baker",
        "they/them",
    )
    assert shown["user_profile"]["bio"] == ""


async def test_a_guilds_profile_is_for_its_members(server: Server) -> None:
    ann, bob, guild_id = await together(server)
    elsewhere = await ann.guild()
    path = f"/users/{ann.id}/profile?guild_id={elsewhere['id']}"
    assert (await bob.refused("GET", path)).code == 50001
    stranger = await server.person()
    refused = await stranger.refused("PATCH", f"/guilds/{guild_id}/profile/@me", {"bio": "hi"})
    assert refused.code == 50001


async def test_a_stranger_reads_no_profile_but_bots_do(server: Server) -> None:
    ann, stranger = await server.person(), await server.person()
    assert (await stranger.refused("GET", f"/users/{ann.id}/profile")).code == 50001
    bot = await server.bot(stranger)
    assert (await bot.get(f"/users/{ann.id}/profile"))["user"]["id"] == ann.id


async def test_who_is_blocked_learns_nothing_but_the_name(server: Server) -> None:
    ann, bob, _ = await together(server)
    await ann.patch("/users/@me/profile", {"bio": "counts", "pronouns": "she/her"})
    await ann.put(f"/users/@me/relationships/{bob.id}", {"type": 2})
    shown = await bob.get(f"/users/{ann.id}/profile")
    assert shown["user"]["bio"] == ""
    assert "user_profile" not in shown
    assert "badges" not in shown


async def test_badges_follow_from_what_somebody_is(server: Server) -> None:
    ann, bob, _ = await together(server)
    owner = {it["id"] for it in (await bob.get(f"/users/{ann.id}/profile"))["badges"]}
    member = {it["id"] for it in (await ann.get(f"/users/{bob.id}/profile"))["badges"]}
    assert "server_owner" in owner
    assert "server_owner" not in member
    assert "staff" not in owner | member


async def test_mutual_friends_are_shown_to_who_asks(server: Server) -> None:
    ann, bob, _ = await together(server)
    carl = await server.person()
    for friend in (ann, bob):
        await friend.post("/users/@me/relationships", {"username": carl.user["username"]})
        await carl.put(f"/users/@me/relationships/{friend.id}", {})
    shown = await bob.get(f"/users/{ann.id}/profile?with_mutual_friends=true")
    assert [friend["id"] for friend in shown["mutual_friends"]] == [carl.id]
    assert shown["mutual_friends_count"] == 1


async def test_a_bot_describes_itself_in_a_guild(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    bot = await server.bot(ann, guild["id"])
    await bot.patch(f"/guilds/{guild['id']}/members/@me", {"bio": "at your service"})
    shown = await ann.get(f"/users/{bot.id}/profile?guild_id={guild['id']}")
    assert shown["guild_member_profile"]["bio"] == "at your service"


async def test_the_owner_of_the_instance_awards_badges(own_server: Server) -> None:
    boss = await own_server.person("boss", setup_token=own_server.setup_token)
    ann = await own_server.person()

    async def worn() -> set[str]:
        return {it["id"] for it in (await ann.get(f"/users/{ann.id}/profile"))["badges"]}

    assert await worn() == {"early_adopter"}
    path = f"/instance/users/{ann.id}/badges"
    for _ in range(2):
        await boss.put(f"{path}/contributor")
    assert await worn() == {"contributor", "early_adopter"}
    await boss.delete(f"{path}/contributor")
    assert await worn() == {"early_adopter"}
    assert (await boss.refused("PUT", f"{path}/staff")).status == 404
    assert (await boss.refused("PUT", "/instance/users/1/badges/partner")).code == 10013
    assert (await ann.refused("PUT", f"{path}/partner")).code == 50013
    assert "staff" in {it["id"] for it in (await boss.get(f"/users/{boss.id}/profile"))["badges"]}
