"""A code of a guild's own choosing."""

from tests.server import Server


async def test_a_guild_is_found_and_entered_by_the_code_it_chose(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    path = f"/guilds/{guild['id']}/vanity-url"
    assert await ann.get(path) == {"code": None, "uses": 0}
    async with server.gateway(ann) as gateway:
        code = f"Home-{guild['id']}"
        assert await ann.patch(path, {"code": code}) == {"code": code.lower(), "uses": 0}
        await gateway.expect("GUILD_UPDATE", lambda it: it["vanity_url_code"] == code.lower())
    assert (await bob.get(f"/invites/{code}"))["guild"]["id"] == guild["id"]
    await bob.post(f"/invites/{code}", {})
    await bob.post(f"/invites/{code}", {})
    assert await ann.get(path) == {"code": code.lower(), "uses": 1}
    assert guild["id"] in [it["id"] for it in await bob.get("/users/@me/guilds")]


async def test_two_guilds_do_not_share_a_code(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    first, second = await ann.guild(), await bob.guild()
    code = f"shared-{first['id']}"
    await ann.patch(f"/guilds/{first['id']}/vanity-url", {"code": code})
    path = f"/guilds/{second['id']}/vanity-url"
    assert (await bob.refused("PATCH", path, {"code": code.upper()})).code == 50020
    await ann.patch(f"/guilds/{first['id']}/vanity-url", {"code": None})
    assert (await bob.patch(path, {"code": code}))["code"] == code


async def test_an_invites_code_is_no_vanity_code(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    invite = await ann.post(f"/channels/{channel['id']}/invites", {})
    path = f"/guilds/{guild['id']}/vanity-url"
    assert (await ann.refused("PATCH", path, {"code": invite["code"]})).code == 50020
    for broken in ("x", "-home", "no spaces", "ü" * 5, "x" * 33):
        assert (await ann.refused("PATCH", path, {"code": broken})).code == 50035


async def test_only_who_manages_the_guild_sees_and_chooses_its_code(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    await ann.bring(bob, channel["id"])
    path = f"/guilds/{guild['id']}/vanity-url"
    assert (await bob.refused("GET", path)).code == 50013
    assert (await bob.refused("PATCH", path, {"code": "mine"})).code == 50013


async def test_the_code_leads_on_when_its_channel_is_gone(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    code = f"door-{guild['id']}"
    await ann.patch(f"/guilds/{guild['id']}/vanity-url", {"code": code})
    leads_to = (await bob.get(f"/invites/{code}"))["channel"]["id"]
    other = await ann.channel(guild["id"], "other")
    await ann.delete(f"/channels/{leads_to}")
    assert (await bob.get(f"/invites/{code}"))["channel"]["id"] == other["id"]
