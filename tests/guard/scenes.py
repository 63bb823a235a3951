"""One scene for every verb, played on the stage; a verb without one fails the build."""

from datetime import UTC, datetime, timedelta
from typing import Final

from tests.guard.alone import ALONE as ALONE  # noqa: PLC0414  # with the scenes, all verbs
from tests.guard.plays import Plays
from tests.guard.rooms import ROOMS
from tests.guard.stage import EMOJI, POLL, VIEW, Stage
from tests.nouns.circles import befriend, block, direct, group
from tests.nouns.keychain import Keychain
from tests.nouns.luggage import TEXT, send

RELATIONSHIPS: Final = "/users/@me/relationships"

plays: Final = Plays(*ROOMS)
scene = plays.scene
SCENES: Final = plays.scenes


def message_path(stage: Stage) -> str:
    return f"/channels/{stage.open['id']}/messages/{stage.message['id']}"


@scene("POST", "/guilds")
async def _(stage: Stage) -> None:
    await stage.owner.guild("Another one")


@scene("PATCH", "/guilds/{guild_id}")
async def _(stage: Stage) -> None:
    body = {"name": "Renamed", "description": "Where things happen", "verification_level": 1}
    await stage.owner.patch(f"/guilds/{stage.id}", body)
    await stage.owner.patch(f"/guilds/{stage.id}", {"owner_id": stage.member.id})


@scene("PATCH", "/guilds/{guild_id}/welcome-screen")
async def _(stage: Stage) -> None:
    first = {"channel_id": stage.open["id"], "description": "Begin here"}
    body = {"enabled": True, "description": "Hello", "welcome_channels": [first]}
    await stage.owner.patch(f"/guilds/{stage.id}/welcome-screen", body)


@scene("POST", "/guilds/{guild_id}/mfa")
async def _(stage: Stage) -> None:
    keys = Keychain(stage.server, stage.owner)
    await keys.passkey()
    headers = await keys.proof()
    await stage.owner.post(f"/guilds/{stage.id}/mfa", {"level": 1}, headers=headers)


@scene("DELETE", "/guilds/{guild_id}")
async def _(stage: Stage) -> None:
    await stage.owner.delete(f"/guilds/{stage.id}")


@scene("POST", "/guilds/{guild_id}/delete")
async def _(stage: Stage) -> None:
    await stage.owner.post(f"/guilds/{stage.id}/delete", {})


@scene("POST", "/guilds/{guild_id}/channels")
async def _(stage: Stage) -> None:
    await stage.owner.channel(stage.id, "new", topic="fresh", parent_id=stage.category["id"])
    await stage.owner.channel(stage.id, "voices", type=2)
    deny = [{"id": stage.id, "type": 0, "deny": VIEW}]
    await stage.owner.channel(stage.id, "not-for-all", permission_overwrites=deny)


@scene("PATCH", "/guilds/{guild_id}/channels")
async def _(stage: Stage) -> None:
    body = [
        {"id": stage.open["id"], "position": 5, "parent_id": stage.category["id"]},
        {"id": stage.hidden["id"], "position": 1},
    ]
    await stage.owner.patch(f"/guilds/{stage.id}/channels", body)


@scene("PATCH", "/channels/{channel_id}")
async def _(stage: Stage) -> None:
    body = {"name": "opened", "topic": "all welcome", "nsfw": True, "rate_limit_per_user": 0}
    await stage.owner.patch(f"/channels/{stage.open['id']}", body)
    await stage.owner.patch(f"/channels/{stage.hidden['id']}", {"permission_overwrites": []})
    deny = [{"id": stage.id, "type": 0, "deny": VIEW}]
    await stage.owner.patch(f"/channels/{stage.open['id']}", {"permission_overwrites": deny})


@scene("DELETE", "/channels/{channel_id}")
async def _(stage: Stage) -> None:
    path = f"/channels/{stage.open['id']}"
    await stage.owner.patch(path, {"parent_id": stage.category["id"]})
    await stage.owner.delete(f"/channels/{stage.category['id']}")
    await stage.owner.delete(path)
    await stage.owner.delete(f"/channels/{stage.hidden['id']}")


@scene("PUT", "/channels/{channel_id}/permissions/{overwrite_id}")
async def _(stage: Stage) -> None:
    hidden, shown = stage.hidden["id"], stage.open["id"]
    allow = {"type": 1, "allow": VIEW, "deny": "0"}
    await stage.owner.put(f"/channels/{hidden}/permissions/{stage.member.id}", allow)
    deny = {"type": 0, "allow": "0", "deny": VIEW}
    await stage.owner.put(f"/channels/{shown}/permissions/{stage.id}", deny)


@scene("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}")
async def _(stage: Stage) -> None:
    await stage.owner.delete(f"/channels/{stage.hidden['id']}/permissions/{stage.id}")


@scene("POST", "/guilds/{guild_id}/roles")
async def _(stage: Stage) -> None:
    body = {"name": "new", "color": 255, "hoist": True, "permissions": "8"}
    await stage.owner.post(f"/guilds/{stage.id}/roles", body)


@scene("PATCH", "/guilds/{guild_id}/roles")
async def _(stage: Stage) -> None:
    other = await stage.owner.post(f"/guilds/{stage.id}/roles", {"name": "other"})
    body = [{"id": stage.role["id"], "position": 1}, {"id": other["id"], "position": 2}]
    await stage.owner.patch(f"/guilds/{stage.id}/roles", body)


@scene("PATCH", "/guilds/{guild_id}/roles/{role_id}")
async def _(stage: Stage) -> None:
    role = f"/guilds/{stage.id}/roles/{stage.role['id']}"
    await stage.owner.patch(role, {"name": "renamed", "permissions": "8", "mentionable": True})
    everyone = f"/guilds/{stage.id}/roles/{stage.id}"
    await stage.owner.patch(everyone, {"permissions": "0"})
    await stage.owner.patch(everyone, {"permissions": VIEW})


@scene("DELETE", "/guilds/{guild_id}/roles/{role_id}")
async def _(stage: Stage) -> None:
    role = stage.role["id"]
    hidden = f"/channels/{stage.hidden['id']}/permissions/{role}"
    await stage.owner.put(hidden, {"type": 0, "allow": VIEW, "deny": "0"})
    await stage.owner.put(f"{stage.members_path(stage.member)}/roles/{role}")
    await stage.owner.delete(f"/guilds/{stage.id}/roles/{role}")


@scene("POST", "/channels/{channel_id}/messages")
async def _(stage: Stage) -> None:
    reference = {"message_id": stage.message["id"]}
    await stage.owner.say(stage.open["id"], "a reply", message_reference=reference)
    await stage.owner.say(stage.open["id"], f"<@{stage.member.id}> <@&{stage.role['id']}>")
    await stage.owner.say(stage.open["id"], "", embeds=[{"title": "an embed"}])
    await stage.owner.say(stage.hidden["id"], "not for all")
    for channel in (stage.open, stage.hidden):
        await send(stage.owner, channel["id"], TEXT, content="with a file")


@scene("PATCH", "/channels/{channel_id}/messages/{message_id}")
async def _(stage: Stage) -> None:
    await stage.owner.patch(message_path(stage), {"content": f"edited <@{stage.member.id}>"})


@scene("DELETE", "/channels/{channel_id}/messages/{message_id}")
async def _(stage: Stage) -> None:
    await stage.owner.delete(message_path(stage))
    said = await stage.member.say(stage.open["id"], "something regrettable")
    await stage.owner.delete(f"/channels/{stage.open['id']}/messages/{said['id']}")


@scene("POST", "/channels/{channel_id}/messages/bulk-delete")
async def _(stage: Stage) -> None:
    said = [await stage.owner.say(stage.open["id"], f"{number}") for number in range(3)]
    ids = [message["id"] for message in said]
    await stage.owner.post(f"/channels/{stage.open['id']}/messages/bulk-delete", {"messages": ids})


@scene("POST", "/channels/{channel_id}/purges")
async def _(stage: Stage) -> None:
    for word in ("one", "two"):
        await stage.member.say(stage.open["id"], word)
    await stage.owner.post(f"/channels/{stage.open['id']}/purges", {"contains": "o"})


@scene("DELETE", "/channels/{channel_id}/purges/{purge_id}")
async def _(stage: Stage) -> None:
    path = f"/channels/{stage.open['id']}/purges"
    purge = await stage.owner.post(path, {"author_ids": [stage.member.id]})
    await stage.owner.delete(f"{path}/{purge['id']}")


@scene("POST", "/channels/{channel_id}/typing")
async def _(stage: Stage) -> None:
    await stage.owner.post(f"/channels/{stage.open['id']}/typing")


@scene("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me")
async def _(stage: Stage) -> None:
    for person in (stage.owner, stage.member):
        await person.put(f"{message_path(stage)}/reactions/{EMOJI}/@me")


@scene("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me")
async def _(stage: Stage) -> None:
    reaction = f"{message_path(stage)}/reactions/{EMOJI}/@me"
    await stage.owner.put(reaction)
    await stage.member.put(reaction)
    await stage.owner.delete(reaction)


@scene("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}")
async def _(stage: Stage) -> None:
    await stage.member.put(f"{message_path(stage)}/reactions/{EMOJI}/@me")
    await stage.owner.delete(f"{message_path(stage)}/reactions/{EMOJI}/{stage.member.id}")


@scene("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}")
async def _(stage: Stage) -> None:
    await stage.member.put(f"{message_path(stage)}/reactions/{EMOJI}/@me")
    await stage.owner.delete(f"{message_path(stage)}/reactions/{EMOJI}")


@scene("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions")
async def _(stage: Stage) -> None:
    await stage.member.put(f"{message_path(stage)}/reactions/{EMOJI}/@me")
    await stage.owner.delete(f"{message_path(stage)}/reactions")


@scene("PUT", "/channels/{channel_id}/messages/pins/{message_id}")
async def _(stage: Stage) -> None:
    await stage.owner.put(f"/channels/{stage.open['id']}/messages/pins/{stage.message['id']}")


@scene("DELETE", "/channels/{channel_id}/messages/pins/{message_id}")
async def _(stage: Stage) -> None:
    pin = f"/channels/{stage.open['id']}/messages/pins/{stage.message['id']}"
    await stage.owner.put(pin)
    await stage.owner.delete(pin)


@scene("PUT", "/channels/{channel_id}/pins/{message_id}")
async def _(stage: Stage) -> None:
    await stage.owner.put(f"/channels/{stage.open['id']}/pins/{stage.message['id']}")


@scene("DELETE", "/channels/{channel_id}/pins/{message_id}")
async def _(stage: Stage) -> None:
    pin = f"/channels/{stage.open['id']}/pins/{stage.message['id']}"
    await stage.owner.put(pin)
    await stage.owner.delete(pin)


@scene("POST", "/channels/{channel_id}/invites")
async def _(stage: Stage) -> None:
    await stage.owner.post(f"/channels/{stage.open['id']}/invites", {"max_uses": 3})


@scene("POST", "/invites/{code}")
async def _(stage: Stage) -> None:
    await stage.owner.bring(await stage.server.person(), stage.open["id"])


@scene("DELETE", "/invites/{code}")
async def _(stage: Stage) -> None:
    invite = await stage.owner.post(f"/channels/{stage.open['id']}/invites", {"unique": True})
    await stage.owner.delete(f"/invites/{invite['code']}")


@scene("POST", "/oauth2/authorize")
async def _(stage: Stage) -> None:
    await stage.server.bot(stage.owner, stage.id)


@scene("PATCH", "/applications/{application_id}")
async def _(stage: Stage) -> None:
    await stage.owner.patch(f"/applications/{stage.bot.id}", {"name": "Renamed"})


@scene("PATCH", "/applications/@me")
async def _(stage: Stage) -> None:
    await stage.bot.patch("/applications/@me", {"description": "What it is for"})


@scene("DELETE", "/applications/{application_id}")
async def _(stage: Stage) -> None:
    bot = await stage.server.bot(stage.owner, stage.id)
    await stage.owner.delete(f"/applications/{bot.id}")


@scene("PATCH", "/users/@me")
async def _(stage: Stage) -> None:
    await stage.member.patch("/users/@me", {"global_name": "Somebody Else"})


@scene("PATCH", "/guilds/{guild_id}/members/{user_id}")
async def _(stage: Stage) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    path = stage.members_path(stage.member)
    await stage.owner.patch(path, {"nick": "Nicky", "roles": [stage.role["id"]]})
    await stage.owner.patch(path, {"communication_disabled_until": until.isoformat()})


@scene("PATCH", "/guilds/{guild_id}/members/@me")
async def _(stage: Stage) -> None:
    await stage.owner.patch(f"/guilds/{stage.id}/members/@me", {"nick": "The Boss"})


@scene("PATCH", "/guilds/{guild_id}/members/@me/nick")
async def _(stage: Stage) -> None:
    await stage.owner.patch(f"/guilds/{stage.id}/members/@me/nick", {"nick": "The Boss"})


@scene("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
async def _(stage: Stage) -> None:
    hidden = f"/channels/{stage.hidden['id']}/permissions/{stage.role['id']}"
    await stage.owner.put(hidden, {"type": 0, "allow": VIEW, "deny": "0"})
    await stage.owner.put(f"{stage.members_path(stage.member)}/roles/{stage.role['id']}")


@scene("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
async def _(stage: Stage) -> None:
    role = f"{stage.members_path(stage.member)}/roles/{stage.role['id']}"
    await stage.owner.put(role)
    await stage.owner.delete(role)


@scene("DELETE", "/guilds/{guild_id}/members/{user_id}")
async def _(stage: Stage) -> None:
    await stage.owner.delete(stage.members_path(stage.member))


@scene("DELETE", "/users/@me/guilds/{guild_id}")
async def _(stage: Stage) -> None:
    await stage.member.delete(f"/users/@me/guilds/{stage.id}")


@scene("PUT", "/guilds/{guild_id}/bans/{user_id}")
async def _(stage: Stage) -> None:
    await stage.member.say(stage.open["id"], "something regrettable")
    body = {"delete_message_seconds": 3600}
    await stage.owner.put(f"/guilds/{stage.id}/bans/{stage.member.id}", body)


@scene("DELETE", "/guilds/{guild_id}/bans/{user_id}")
async def _(stage: Stage) -> None:
    ban = f"/guilds/{stage.id}/bans/{stage.member.id}"
    await stage.owner.put(ban, {})
    await stage.owner.delete(ban)
    await stage.owner.bring(stage.member, stage.open["id"])


@scene("POST", "/guilds/{guild_id}/bulk-ban")
async def _(stage: Stage) -> None:
    await stage.owner.post(f"/guilds/{stage.id}/bulk-ban", {"user_ids": [stage.member.id]})


@scene("POST", "/guilds/{guild_id}/prune")
async def _(stage: Stage) -> None:
    await stage.owner.post(f"/guilds/{stage.id}/prune", {"days": 1})


async def friends(stage: Stage) -> None:
    await befriend(stage.owner, stage.member)


@scene("PATCH", "/users/@me/guilds/{guild_id}/settings")
async def _(stage: Stage) -> None:
    path = f"/users/@me/guilds/{stage.id}/settings"
    await stage.owner.patch(path, {"muted": True, "suppress_everyone": True})
    override = {stage.open["id"]: {"muted": True, "message_notifications": 2}}
    await stage.owner.patch(path, {"muted": False, "channel_overrides": override})


@scene("POST", "/users/@me/relationships")
async def _(stage: Stage) -> None:
    await stage.owner.post(RELATIONSHIPS, {"username": stage.member.user["username"]})


@scene("PUT", "/users/@me/relationships/{user_id}")
async def _(stage: Stage) -> None:
    await friends(stage)
    await block(stage.member, stage.owner)


@scene("PATCH", "/users/@me/relationships/{user_id}")
async def _(stage: Stage) -> None:
    await friends(stage)
    await stage.owner.patch(f"{RELATIONSHIPS}/{stage.member.id}", {"nickname": "Memmy"})


@scene("DELETE", "/users/@me/relationships/{user_id}")
async def _(stage: Stage) -> None:
    await friends(stage)
    await stage.owner.delete(f"{RELATIONSHIPS}/{stage.member.id}")
    await stage.owner.put(f"{RELATIONSHIPS}/{stage.member.id}", {})


@scene("DELETE", "/users/@me/relationships")
async def _(stage: Stage) -> None:
    await stage.owner.put(f"{RELATIONSHIPS}/{stage.member.id}", {})
    await stage.member.delete(RELATIONSHIPS)


@scene("PUT", "/users/@me/relationships/{user_id}/ignore")
async def _(stage: Stage) -> None:
    await stage.owner.put(f"{RELATIONSHIPS}/{stage.member.id}/ignore")
    await stage.member.put(f"{RELATIONSHIPS}/{stage.owner.id}", {})


@scene("DELETE", "/users/@me/relationships/{user_id}/ignore")
async def _(stage: Stage) -> None:
    for person in (stage.member, stage.bot):
        await stage.owner.put(f"{RELATIONSHIPS}/{person.id}/ignore")
    await stage.member.put(f"{RELATIONSHIPS}/{stage.owner.id}", {})
    for person in (stage.member, stage.bot):
        await stage.owner.delete(f"{RELATIONSHIPS}/{person.id}/ignore")


@scene("POST", "/users/@me/channels")
async def _(stage: Stage) -> None:
    request = await direct(stage.member, stage.owner)
    await stage.member.say(request["id"], "a stranger's first words")
    machine = await direct(stage.owner, stage.bot)
    await stage.owner.say(machine["id"], "and words to a machine")
    await friends(stage)
    together = await group(stage.owner, stage.member)
    said = await stage.owner.say(together["id"], "all together")
    await stage.member.put(f"/channels/{together['id']}/messages/pins/{said['id']}")
    closed = f"/channels/{request['id']}"
    await stage.member.delete(closed)
    await stage.owner.say(request["id"], "open it again")


@scene("PUT", "/channels/{channel_id}/recipients/{user_id}")
async def _(stage: Stage) -> None:
    await friends(stage)
    await befriend(stage.owner, stage.outsider)
    together = await group(stage.owner, stage.member)
    path = f"/channels/{together['id']}/recipients/{stage.outsider.id}"
    await stage.owner.put(path, {"nick": "Outie"})
    await stage.owner.patch(f"/channels/{together['id']}", {"name": "Three of us"})


@scene("DELETE", "/channels/{channel_id}/recipients/{user_id}")
async def _(stage: Stage) -> None:
    await friends(stage)
    await befriend(stage.owner, stage.outsider)
    together = await group(stage.owner, stage.member, stage.outsider)
    path = f"/channels/{together['id']}/recipients"
    await stage.owner.delete(f"{path}/{stage.outsider.id}")
    await stage.owner.delete(f"{path}/{stage.owner.id}")


@scene("PUT", "/channels/{channel_id}/recipients/@me")
async def _(stage: Stage) -> None:
    request = await direct(stage.member, stage.owner)
    await stage.member.say(request["id"], "may I?")
    await stage.owner.put(f"/channels/{request['id']}/recipients/@me", {"consent_status": 2})


@scene("DELETE", "/channels/{channel_id}/recipients/@me")
async def _(stage: Stage) -> None:
    request = await direct(stage.member, stage.owner)
    await stage.member.say(request["id"], "may I?")
    await stage.owner.delete(f"/channels/{request['id']}/recipients/@me")
    await stage.member.say(request["id"], "hello?")


@scene("PUT", "/channels/recipients/@me/batch-reject")
async def _(stage: Stage) -> None:
    request = await direct(stage.member, stage.owner)
    await stage.member.say(request["id"], "may I?")
    body = {"channel_ids": [request["id"]]}
    await stage.owner.put("/channels/recipients/@me/batch-reject", body)


@scene("PATCH", "/users/@me/profile")
async def _(stage: Stage) -> None:
    await stage.owner.patch("/users/@me/profile", {"pronouns": "they/them", "accent_color": 255})


async def reported(stage: Stage) -> str:
    """A report of what the member said."""
    said = await stage.member.say(stage.open["id"], "something regrettable")
    ids = {"channel_id": stage.open["id"], "message_id": said["id"]}
    made = await stage.owner.post("/reports", {"kind": "message", "reason": "spam", **ids})
    return str(made["id"])


@scene("POST", "/reports")
async def _(stage: Stage) -> None:
    await reported(stage)


@scene("PATCH", "/guilds/{guild_id}/reports/{report_id}")
async def _(stage: Stage) -> None:
    path = f"/guilds/{stage.id}/reports/{await reported(stage)}"
    await stage.owner.patch(path, {"status": "resolved", "action": "warned"})


@scene("PATCH", "/guilds/{guild_id}/vanity-url")
async def _(stage: Stage) -> None:
    await stage.owner.patch(f"/guilds/{stage.id}/vanity-url", {"code": f"home-{stage.id}"})


async def asked(stage: Stage) -> str:
    """A poll of the owner's in the open channel."""
    said = await stage.owner.post(f"/channels/{stage.open['id']}/messages", {"poll": POLL})
    return f"/channels/{stage.open['id']}/polls/{said['id']}"


@scene("PUT", "/channels/{channel_id}/polls/{message_id}/answers/@me")
async def _(stage: Stage) -> None:
    path = f"{await asked(stage)}/answers/@me"
    await stage.member.put(path, {"answer_ids": [1]})
    await stage.member.put(path, {"answer_ids": [2]})


@scene("POST", "/channels/{channel_id}/polls/{message_id}/expire")
async def _(stage: Stage) -> None:
    path = await asked(stage)
    await stage.member.put(f"{path}/answers/@me", {"answer_ids": [1]})
    await stage.owner.post(f"{path}/expire")
