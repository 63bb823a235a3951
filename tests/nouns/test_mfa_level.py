"""Guilds that ask everybody who moderates for a second factor."""

from typing import Final

from tests.api import Person
from tests.nouns.keychain import Keychain
from tests.server import Server

ADMINISTRATOR: Final = str(1 << 3)
VIEW_AND_MANAGE_MESSAGES: Final = str(1 << 10 | 1 << 13)
NEEDED: Final = (403, 60003)


async def _owned(server: Server) -> tuple[Keychain, str, str]:
    """Somebody with an authenticator, their guild and its channel."""
    keys = await Keychain.with_totp(server)
    guild = await keys.person.guild("Careful")
    return keys, guild["id"], guild["system_channel_id"]


async def _ask(keys: Keychain, guild_id: str, level: int = 1) -> None:
    proof = await keys.proof()
    path = f"/guilds/{guild_id}/mfa"
    assert await keys.person.post(path, {"level": level}, headers=proof) == {"level": level}


async def _moderator(
    server: Server, owner: Person, guild_id: str, channel_id: str, permissions: str
) -> Keychain:
    keys = await Keychain.new(server)
    await owner.bring(keys.person, channel_id)
    role = await owner.post(f"/guilds/{guild_id}/roles", {"permissions": permissions})
    await owner.put(f"/guilds/{guild_id}/members/{keys.person.id}/roles/{role['id']}")
    return keys


async def test_the_owner_sets_it_with_a_proof_and_everybody_hears_of_it(server: Server) -> None:
    keys, guild_id, channel_id = await _owned(server)
    member = await server.person()
    await keys.person.bring(member, channel_id)
    path = f"/guilds/{guild_id}/mfa"
    refused = await keys.person.refused("POST", path, {"level": 1})
    assert (refused.status, refused.code) == (401, 60003)
    assert "password" not in {one["type"] for one in refused.body["mfa"]["methods"]}
    async with server.gateway(member) as gateway:
        await _ask(keys, guild_id)
        assert (await gateway.expect("GUILD_UPDATE")).data["mfa_level"] == 1
    assert (await member.get(f"/guilds/{guild_id}"))["mfa_level"] == 1
    log = await keys.person.get(f"/guilds/{guild_id}/audit-logs")
    [change] = log["audit_log_entries"][0]["changes"]
    assert change == {"key": "mfa_level", "old_value": 0, "new_value": 1}
    await _ask(keys, guild_id, 0)
    assert (await member.get(f"/guilds/{guild_id}"))["mfa_level"] == 0


async def test_nobody_sets_it_but_an_owner_with_a_second_factor(server: Server) -> None:
    keys, guild_id, channel_id = await _owned(server)
    admin = await _moderator(server, keys.person, guild_id, channel_id, ADMINISTRATOR)
    await admin.enable()
    proof = await admin.proof()
    path = f"/guilds/{guild_id}/mfa"
    refused = await admin.person.refused("POST", path, {"level": 1}, headers=proof)
    assert (refused.status, refused.code) == (403, 50001)
    plain = await server.person()
    own = await plain.guild()
    refused = await plain.refused("POST", f"/guilds/{own['id']}/mfa", {"level": 1})
    assert refused.code == 60002
    await keys.person.refused("POST", path, {"level": 2})
    await keys.person.patch(f"/guilds/{guild_id}", {"mfa_level": 1})  # no field of that form
    assert (await keys.person.get(f"/guilds/{guild_id}"))["mfa_level"] == 0


async def test_who_moderates_without_a_second_factor_is_asked_for_it(server: Server) -> None:
    keys, guild_id, channel_id = await _owned(server)
    owner, victim = keys.person, await server.person()
    await owner.bring(victim, channel_id)
    said = await victim.say(channel_id, "to be moderated")
    message = f"/channels/{channel_id}/messages/{said['id']}"
    admin = await _moderator(server, owner, guild_id, channel_id, ADMINISTRATOR)
    helper = await _moderator(server, owner, guild_id, channel_id, VIEW_AND_MANAGE_MESSAGES)
    await _ask(keys, guild_id)
    [shown] = await admin.person.get("/users/@me/guilds")
    assert not int(shown["permissions"]) & int(ADMINISTRATOR)
    deeds = (
        ("DELETE", f"/guilds/{guild_id}/members/{victim.id}", None),
        ("PUT", f"/guilds/{guild_id}/bans/{victim.id}", {}),
        ("PATCH", f"/guilds/{guild_id}", {"name": "Mine"}),
        ("POST", f"/guilds/{guild_id}/roles", {"name": "mine"}),
        ("PATCH", f"/channels/{channel_id}", {"topic": "mine"}),
        ("PUT", f"/channels/{channel_id}/permissions/{guild_id}", {"type": 0, "deny": "2048"}),
        ("GET", f"/guilds/{guild_id}/bans", None),
        ("DELETE", message, None),
    )
    for method, path, body in deeds:
        refused = await admin.person.refused(method, path, body)
        assert (refused.status, refused.code) == NEEDED, path
        plain = await victim.refused(method, path, body) if path != message else refused
        assert plain.code in (50013, 60003), path
        assert (plain.code == 60003) == (path == message)
    assert (await helper.person.refused("DELETE", message)).code == 60003
    kick = f"/guilds/{guild_id}/members/{victim.id}"
    assert (await helper.person.refused("DELETE", kick)).code == 50013
    await admin.person.say(channel_id, "what everybody may, they may")
    await admin.person.patch(f"/guilds/{guild_id}/members/@me", {"nick": "Admin"})
    await admin.enable()
    await admin.person.delete(message)
    await admin.person.delete(kick)


async def test_a_bot_moderates_with_its_owners_second_factor(server: Server) -> None:
    keys, guild_id, channel_id = await _owned(server)
    await _ask(keys, guild_id)
    bot = await server.bot(keys.person, guild_id)
    path = f"/channels/{channel_id}"
    await bot.patch(path, {"topic": "by machine"})
    await keys.person.post("/users/@me/mfa/totp/disable", {}, headers=await keys.proof())
    refused = await bot.refused("PATCH", path, {"topic": "not any more"})
    assert (refused.status, refused.code) == NEEDED


async def test_an_owner_who_gave_up_their_factor_can_lift_it(server: Server) -> None:
    keys, guild_id, _ = await _owned(server)
    await _ask(keys, guild_id)
    gone = await keys.person.post("/users/@me/mfa/totp/disable", {}, headers=await keys.proof())
    keys.become(gone["token"])
    refused = await keys.person.refused("PATCH", f"/guilds/{guild_id}", {"name": "Mine"})
    assert (refused.status, refused.code) == NEEDED
    await _ask(keys, guild_id, 0)
    await keys.person.patch(f"/guilds/{guild_id}", {"name": "Mine"})
