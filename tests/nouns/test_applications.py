"""Applications: their owners, their flags, their bots' tokens and the way into a guild."""

import asyncio
from typing import Any

import pytest

from rift.permissions import Permission
from tests.api import Person
from tests.server import Server

PRESENCES, MEMBERS, CONTENT = 1 << 12, 1 << 14, 1 << 18
LIMITED = 1


async def application(owner: Person, name: str = "Helper") -> dict[str, Any]:
    made: dict[str, Any] = await owner.post("/applications", {"name": name})
    return made


async def consent(person: Person, application_id: str, guild_id: str, permissions: int = 0) -> Any:
    return await person.call(
        "POST",
        f"/oauth2/authorize?client_id={application_id}&scope=bot%20applications.commands",
        {"guild_id": guild_id, "permissions": str(permissions), "authorize": True},
    )


async def test_an_application_comes_with_its_bot(server: Server) -> None:
    owner = await server.person()
    made = await application(owner, "My Helper")
    assert made["bot"]["id"] == made["id"]
    assert made["bot"]["bot"] is True
    assert made["bot"]["username"] == "My Helper"
    assert len(made["bot"]["discriminator"]) == 4
    assert made["owner"]["id"] == owner.id
    assert len(bytes.fromhex(made["verify_key"])) == 32
    assert [one["id"] for one in await owner.get("/applications")] == [made["id"]]


async def test_bots_share_a_name_and_differ_by_number(server: Server) -> None:
    owner = await server.person()
    made = await asyncio.gather(*(application(owner, "Crowd") for _ in range(5)))
    assert len({one["bot"]["discriminator"] for one in made}) == 5


async def test_only_the_owner_and_the_bot_look_inside(server: Server) -> None:
    owner, stranger = await server.person(), await server.person()
    bot = await server.bot(owner)
    path = f"/applications/{bot.id}"
    for one in (owner, bot):
        assert (await one.get(path))["id"] == bot.id
    assert (await stranger.refused("GET", path)).code == 20012
    assert (await stranger.refused("PATCH", path, {"name": "mine"})).code == 20012
    assert (await stranger.refused("DELETE", path)).code == 20012
    assert (await stranger.refused("POST", f"{path}/bot/reset", {})).code == 20012
    assert (await stranger.refused("GET", "/applications/1")).code == 10002


async def test_a_bot_knows_its_application_by_both_addresses(server: Server) -> None:
    owner = await server.person()
    bot = await server.bot(owner)
    for path in ("/applications/@me", "/oauth2/applications/@me"):
        shown = await bot.get(path)
        assert (shown["id"], shown["owner"]["id"]) == (bot.id, owner.id)
        assert (await owner.refused("GET", path)).code == 20002


@pytest.mark.parametrize("flag", [PRESENCES, MEMBERS, CONTENT])
async def test_either_flag_of_an_intent_switches_it_on(server: Server, flag: int) -> None:
    owner = await server.person()
    made = await application(owner)
    path = f"/applications/{made['id']}"
    for wished in (flag, flag << LIMITED, flag | flag << LIMITED):
        changed = await owner.patch(path, {"flags": wished})
        assert (changed["flags"], changed["flags_new"]) == (flag << 1, str(flag << 1))
    assert (await owner.patch(path, {"flags": 0}))["flags"] == 0


async def test_other_flags_are_not_for_owners_to_set(server: Server) -> None:
    owner = await server.person()
    made = await application(owner)
    reply = await owner.refused("PATCH", f"/applications/{made['id']}", {"flags": 1 << 23})
    assert "flags" in reply.body["errors"]


async def test_an_application_keeps_what_it_is_told(server: Server) -> None:
    owner = await server.person()
    bot = await server.bot(owner)
    body = {
        "description": "helps",
        "tags": ["fun", "games"],
        "redirect_uris": ["https://example.org/back"],
        "terms_of_service_url": "https://example.org/terms",
        "install_params": {"scopes": ["bot"], "permissions": "8"},
        "integration_types_config": {"0": {"oauth2_install_params": None}, "1": {}},
    }
    await bot.patch("/applications/@me", body)
    shown = await owner.get(f"/applications/{bot.id}")
    for field in ("description", "tags", "redirect_uris", "install_params"):
        assert shown[field] == body[field]
    cleared = await owner.patch(
        f"/applications/{bot.id}", {field: None for field in body if field != "flags"}
    )
    assert (cleared["description"], cleared["tags"], cleared["redirect_uris"]) == ("", [], [])
    assert "install_params" not in cleared


async def test_a_new_token_ends_the_one_before(server: Server) -> None:
    owner = await server.person()
    bot = await server.bot(owner, flags=PRESENCES | MEMBERS | CONTENT)
    async with server.gateway(bot) as gateway:
        reset = await owner.post(f"/applications/{bot.id}/bot/reset", {})
        assert (await gateway.closing()).code == 4004
    assert (await bot.refused("GET", "/users/@me")).status == 401
    renewed = server.guest.with_token(f"Bot {reset['token']}")
    assert (await renewed.get("/users/@me"))["id"] == bot.id
    assert (await owner.post(f"/applications/{bot.id}/bot", {}))["id"] == bot.id


async def test_of_tokens_made_at_once_one_is_good(server: Server) -> None:
    owner = await server.person()
    made = await application(owner)
    asking = [owner.post(f"/applications/{made['id']}/bot/reset", {}) for _ in range(4)]
    tokens = [one["token"] for one in await asyncio.gather(*asking)]
    replies = [
        await server.guest.with_token(f"Bot {token}").call("GET", "/users/@me") for token in tokens
    ]
    assert sorted(reply.status for reply in replies) == [200, 401, 401, 401]


async def test_consent_makes_the_bot_a_member_with_a_role_of_its_own(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    made = await application(owner)
    async with server.gateway(owner) as gateway:
        reply = await consent(owner, made["id"], guild["id"], Permission.KICK_MEMBERS.value)
        role = (await gateway.expect("GUILD_ROLE_CREATE")).data["role"]
        joined = (await gateway.expect("GUILD_MEMBER_ADD")).data
    assert reply.status == 200
    assert reply.body["location"]
    assert (role["name"], role["managed"], role["tags"]) == (
        "Helper",
        True,
        {"bot_id": made["id"]},
    )
    assert role["permissions"] == str(Permission.KICK_MEMBERS.value)
    assert (joined["user"]["id"], joined["roles"]) == (made["id"], [role["id"]])
    shown = await owner.get(f"/applications/{made['id']}")
    assert shown["approximate_guild_count"] == 1


async def test_consent_given_twice_changes_nothing(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    made = await application(owner)
    for permissions in (0, 8, 8):
        assert (await consent(owner, made["id"], guild["id"], permissions)).status == 200
    assert len(await owner.get(f"/guilds/{guild['id']}/roles")) == 1


async def test_consent_is_for_those_who_manage_the_guild(server: Server) -> None:
    owner, member, stranger = [await server.person() for _ in range(3)]
    guild = await owner.guild()
    channel = await owner.channel(guild["id"])
    await owner.bring(member, channel["id"])
    made = await application(member)
    assert (await consent(member, made["id"], guild["id"])).code == 50013
    assert (await consent(stranger, made["id"], guild["id"])).code == 50001
    assert (await consent(owner, "1", guild["id"])).code == 10002


async def test_nobody_gives_a_bot_what_they_do_not_have(server: Server) -> None:
    owner, manager = await server.person(), await server.person()
    guild = await owner.guild()
    channel = await owner.channel(guild["id"])
    await owner.bring(manager, channel["id"])
    everyone = f"/guilds/{guild['id']}/roles/{guild['id']}"
    manage = Permission.MANAGE_GUILD | Permission.VIEW_CHANNEL
    await owner.patch(everyone, {"permissions": str(manage.value)})
    made = await application(manager)
    wished = Permission.ADMINISTRATOR | Permission.VIEW_CHANNEL
    assert (await consent(manager, made["id"], guild["id"], wished.value)).status == 200
    [role] = [one for one in await owner.get(f"/guilds/{guild['id']}/roles") if one["managed"]]
    assert role["permissions"] == str(Permission.VIEW_CHANNEL.value)


async def test_a_private_bot_is_brought_by_its_owner_only(server: Server) -> None:
    owner, other = await server.person(), await server.person()
    made = await application(owner)
    await owner.patch(f"/applications/{made['id']}", {"bot_public": False})
    for person, status in ((other, 403), (owner, 200)):
        guild = await person.guild()
        assert (await consent(person, made["id"], guild["id"])).status == status


async def test_the_page_of_consent_shows_the_bot_and_the_guilds_one_manages(
    server: Server,
) -> None:
    owner, other = await server.person(), await server.person()
    guild = await owner.guild("Mine")
    channel = await owner.channel(guild["id"])
    await owner.bring(other, channel["id"])
    made = await application(owner)
    path = f"/oauth2/authorize?client_id={made['id']}&scope=bot"
    page = await owner.get(path)
    assert (page["bot"]["id"], page["user"]["id"]) == (made["id"], owner.id)
    assert [one["id"] for one in page["guilds"]] == [guild["id"]]
    assert "owner" not in page["application"]
    assert (await other.get(path))["guilds"] == []


async def test_scopes_this_server_cannot_grant_are_refused(server: Server) -> None:
    owner = await server.person()
    made = await application(owner)
    path = f"/oauth2/authorize?client_id={made['id']}&scope=rpc"
    assert "scope" in (await owner.refused("GET", path)).body["errors"]
    assert (await owner.refused("GET", "/oauth2/@me")).status == 401


async def test_a_deleted_application_takes_its_bot_with_it(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    bot = await server.bot(owner, guild["id"])
    async with server.gateway(owner) as gateway:
        await owner.delete(f"/applications/{bot.id}")
        await gateway.expect("GUILD_ROLE_DELETE")
        gone = await gateway.expect("GUILD_MEMBER_REMOVE")
    assert gone.data["user"]["id"] == bot.id
    assert (await bot.refused("GET", "/users/@me")).status == 401
    assert await owner.get("/applications") == []
    assert len(await owner.get(f"/guilds/{guild['id']}/roles")) == 1
    assert (await consent(owner, bot.id, guild["id"])).code == 10002


async def test_a_bot_makes_no_applications(server: Server) -> None:
    bot = await server.bot(await server.person())
    assert (await bot.refused("POST", "/applications", {"name": "child"})).code == 20001
    assert (await bot.refused("GET", "/applications")).code == 20001
