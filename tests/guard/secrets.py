"""For every event something that happens in the hidden channel, and what nobody may learn of it."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rift.protocols import protobuf
from tests.api import Person
from tests.guard import expressions
from tests.guard.plays import Plays
from tests.guard.rooms import ROOMS
from tests.guard.stage import EMOJI, POLL, VIEW, Stage
from tests.nouns.circles import befriend, block, group
from tests.nouns.keychain import KEYS, Keychain

plays: Final = Plays(*ROOMS)
secret = plays.secret
SECRETS: Final = plays.secrets
MARK: Final = expressions.MARK


async def _said(stage: Stage, content: str = MARK) -> tuple[str, str]:
    """A message in the hidden channel: its path and its id."""
    message = await stage.owner.say(stage.hidden["id"], content)
    return f"/channels/{stage.hidden['id']}/messages/{message['id']}", message["id"]


def _only(stage: Stage) -> list[dict[str, Any]]:
    return [{"id": stage.id, "type": 0, "deny": VIEW}]


@secret("GuildUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch(f"/guilds/{stage.id}", {"name": MARK})
    return [MARK, stage.id]


@secret("GuildDelete")
async def _(stage: Stage) -> list[str]:
    await stage.owner.delete(f"/guilds/{stage.id}")
    return [stage.id]


@secret("ChannelCreate")
async def _(stage: Stage) -> list[str]:
    made = await stage.owner.channel(stage.id, MARK, permission_overwrites=_only(stage))
    return [MARK, made["id"]]


@secret("ChannelUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch(f"/channels/{stage.hidden['id']}", {"topic": MARK})
    return [MARK, stage.hidden["id"]]


@secret("ChannelDelete")
async def _(stage: Stage) -> list[str]:
    await stage.owner.delete(f"/channels/{stage.hidden['id']}")
    return [stage.hidden["id"]]


@secret("ChannelPinsUpdate")
async def _(stage: Stage) -> list[str]:
    _, id_ = await _said(stage)
    await stage.owner.put(f"/channels/{stage.hidden['id']}/messages/pins/{id_}")
    return [MARK, id_, stage.hidden["id"]]


@secret("RoleCreate")
async def _(stage: Stage) -> list[str]:
    made = await stage.owner.post(f"/guilds/{stage.id}/roles", {"name": MARK})
    return [MARK, made["id"]]


@secret("RoleUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch(f"/guilds/{stage.id}/roles/{stage.role['id']}", {"name": MARK})
    return [MARK, stage.role["id"]]


@secret("RoleDelete")
async def _(stage: Stage) -> list[str]:
    await stage.owner.delete(f"/guilds/{stage.id}/roles/{stage.role['id']}")
    return [stage.role["id"]]


@secret("MemberAdd")
async def _(stage: Stage) -> list[str]:
    newcomer = await stage.server.person()
    await stage.owner.bring(newcomer, stage.open["id"])
    return [newcomer.id]


@secret("MemberUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch(f"/guilds/{stage.id}/members/@me", {"nick": MARK})
    return [MARK]


@secret("MemberRemove")
async def _(stage: Stage) -> list[str]:
    newcomer = await stage.server.person()
    await stage.owner.bring(newcomer, stage.open["id"])
    await stage.owner.delete(stage.members_path(newcomer))
    return [newcomer.id]


@secret("BanAdd")
async def _(stage: Stage) -> list[str]:
    somebody = await stage.server.person()
    await stage.owner.put(f"/guilds/{stage.id}/bans/{somebody.id}", {})
    return [somebody.id]


@secret("BanRemove")
async def _(stage: Stage) -> list[str]:
    somebody = await stage.server.person()
    await stage.owner.put(f"/guilds/{stage.id}/bans/{somebody.id}", {})
    await stage.owner.delete(f"/guilds/{stage.id}/bans/{somebody.id}")
    return [somebody.id]


@secret("AuditLogEntryCreate")
async def _(stage: Stage) -> list[str]:
    headers = {"X-Audit-Log-Reason": MARK}
    await stage.owner.patch(f"/guilds/{stage.id}", {"name": "Renamed"}, headers=headers)
    return [MARK]


async def _reported(stage: Stage) -> str:
    """A report about somebody in the hidden channel."""
    body = {"kind": "user", "user_id": stage.outsider.id, "channel_id": stage.hidden["id"]}
    made = await stage.owner.post("/reports", {**body, "reason": "spam", "text": MARK})
    return str(made["id"])


@secret("ReportCreate")
async def _(stage: Stage) -> list[str]:
    return ["REPORT_CREATE", MARK, await _reported(stage)]


@secret("ReportUpdate")
async def _(stage: Stage) -> list[str]:
    report_id = await _reported(stage)
    path = f"/guilds/{stage.id}/reports/{report_id}"
    await stage.owner.patch(path, {"status": "resolved", "note": MARK})
    return ["REPORT_UPDATE", MARK, report_id]


async def _reported_in_private(stage: Stage) -> str:
    body = {"kind": "user", "user_id": stage.member.id, "reason": "spam", "text": MARK}
    return str((await stage.owner.post("/reports", body))["id"])


@secret("InstanceReportCreate")
async def _(stage: Stage) -> list[str]:
    return ["INSTANCE_REPORT_CREATE", MARK, await _reported_in_private(stage)]


@secret("InstanceReportUpdate")
async def _(stage: Stage) -> list[str]:
    report_id = await _reported(stage)
    path = f"/guilds/{stage.id}/reports/{report_id}"
    await stage.owner.patch(path, {"status": "resolved", "note": MARK})
    return ["INSTANCE_REPORT_UPDATE", MARK, report_id]


@secret("InviteCreate")
async def _(stage: Stage) -> list[str]:
    made = await stage.owner.post(f"/channels/{stage.hidden['id']}/invites", {})
    return [made["code"]]


@secret("InviteDelete")
async def _(stage: Stage) -> list[str]:
    made = await stage.owner.post(f"/channels/{stage.hidden['id']}/invites", {})
    await stage.owner.delete(f"/invites/{made['code']}")
    return [made["code"]]


@secret("WebhooksUpdate")
async def _(stage: Stage) -> list[str]:
    news = await stage.owner.channel(stage.id, "news", type=5)
    body = {"webhook_channel_id": stage.hidden["id"]}
    made = await stage.owner.post(f"/channels/{news['id']}/followers", body)
    return ["WEBHOOKS_UPDATE", made["webhook_id"], stage.hidden["id"]]


@secret("MessageCreate")
async def _(stage: Stage) -> list[str]:
    _, id_ = await _said(stage, f"{MARK} <@{stage.member.id}> @everyone")
    return [MARK, id_]


@secret("MessageUpdate")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _said(stage, "old")
    await stage.owner.patch(path, {"content": MARK})
    return [MARK, id_]


@secret("MessageDelete")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _said(stage)
    await stage.owner.delete(path)
    return [MARK, id_]


@secret("MessageDeleteBulk")
async def _(stage: Stage) -> list[str]:
    ids = [(await _said(stage))[1] for _ in range(2)]
    body = {"messages": ids}
    await stage.owner.post(f"/channels/{stage.hidden['id']}/messages/bulk-delete", body)
    return [MARK, *ids]


@secret("ReactionAdd")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _said(stage)
    await stage.owner.put(f"{path}/reactions/{EMOJI}/@me")
    return [id_]


@secret("ReactionRemove")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _said(stage)
    await stage.owner.put(f"{path}/reactions/{EMOJI}/@me")
    await stage.owner.delete(f"{path}/reactions/{EMOJI}/@me")
    return [id_]


async def _asked(stage: Stage) -> tuple[str, str]:
    """A poll in the hidden channel: where it is answered, and its id."""
    body = {"content": MARK, "poll": POLL}
    said = await stage.owner.post(f"/channels/{stage.hidden['id']}/messages", body)
    return f"/channels/{stage.hidden['id']}/polls/{said['id']}/answers/@me", said["id"]


@secret("PollVoteAdd")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _asked(stage)
    await stage.owner.put(path, {"answer_ids": [1]})
    return [id_]


@secret("PollVoteRemove")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _asked(stage)
    await stage.owner.put(path, {"answer_ids": [1]})
    await stage.owner.put(path, {"answer_ids": []})
    return [id_]


@secret("ReactionRemoveAll")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _said(stage)
    await stage.owner.put(f"{path}/reactions/{EMOJI}/@me")
    await stage.owner.delete(f"{path}/reactions")
    return [id_]


@secret("ReactionRemoveEmoji")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _said(stage)
    await stage.owner.put(f"{path}/reactions/{EMOJI}/@me")
    await stage.owner.delete(f"{path}/reactions/{EMOJI}")
    return [id_]


@secret("TypingStart")
async def _(stage: Stage) -> list[str]:
    await stage.owner.post(f"/channels/{stage.hidden['id']}/typing")
    return ["TYPING_START"]


@secret("PresenceUpdate")
async def _(stage: Stage) -> list[str]:
    async with stage.server.gateway(stage.member) as gateway:
        await gateway.send(3, {"status": "dnd", "activities": [{"name": MARK, "type": 0}]})
        await gateway.expect("PRESENCE_UPDATE", lambda data: data["status"] == "dnd")
    return [MARK]


@secret("FriendPresence")
async def _(stage: Stage) -> list[str]:
    friend = await stage.server.person()
    await befriend(stage.owner, friend)
    async with stage.server.gateway(stage.owner) as owner, stage.server.gateway(friend) as gateway:
        await gateway.send(3, {"status": "dnd", "activities": [{"name": MARK, "type": 0}]})
        await owner.expect("PRESENCE_UPDATE", lambda data: data["status"] == "dnd")
    return [MARK, friend.id]


@secret("AuthenticatorCreate")
async def _(stage: Stage) -> list[str]:
    _, added = await Keychain(stage.server, stage.owner).passkey(MARK)
    return [MARK, added["id"]]


@secret("AuthenticatorUpdate")
async def _(stage: Stage) -> list[str]:
    keys = Keychain(stage.server, stage.owner)
    _, added = await keys.passkey()
    headers = await keys.proof()
    await stage.owner.patch(f"{KEYS}/{added['id']}", {"name": MARK}, headers=headers)
    return [MARK, added["id"]]


@secret("AuthenticatorDelete")
async def _(stage: Stage) -> list[str]:
    keys = Keychain(stage.server, stage.owner)
    _, added = await keys.passkey()
    await stage.owner.delete(f"{KEYS}/{added['id']}", headers=await keys.proof())
    return [added["id"]]


@secret("UserUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch("/users/@me", {"bio": MARK})
    return [MARK]


async def _group(stage: Stage) -> tuple[str, Person]:
    """A group of the owner's and a friend, nobody of whom is the spy."""
    friend = await stage.server.person()
    await befriend(stage.owner, friend)
    return (await group(stage.owner, friend))["id"], friend


@secret("RecipientAdd")
async def _(stage: Stage) -> list[str]:
    channel_id, friend = await _group(stage)
    newcomer = await stage.server.person()
    await befriend(stage.owner, newcomer)
    await stage.owner.put(f"/channels/{channel_id}/recipients/{newcomer.id}")
    return [channel_id, friend.id, newcomer.id]


@secret("RecipientRemove")
async def _(stage: Stage) -> list[str]:
    channel_id, friend = await _group(stage)
    await stage.owner.delete(f"/channels/{channel_id}/recipients/{friend.id}")
    return [channel_id, friend.id]


@secret("RelationshipAdd")
async def _(stage: Stage) -> list[str]:
    friend = await stage.server.person()
    await befriend(stage.owner, friend)
    return ["RELATIONSHIP_ADD", friend.id]


@secret("RelationshipUpdate")
async def _(stage: Stage) -> list[str]:
    friend = await stage.server.person()
    await befriend(stage.owner, friend)
    await stage.owner.patch(f"/users/@me/relationships/{friend.id}", {"nickname": MARK})
    return ["RELATIONSHIP_UPDATE", MARK]


@secret("RelationshipRemove")
async def _(stage: Stage) -> list[str]:
    friend = await stage.server.person()
    await block(friend, stage.owner)
    await friend.delete(f"/users/@me/relationships/{stage.owner.id}")
    return ["RELATIONSHIP_REMOVE", friend.id]


@secret("UserNoteUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.put(f"/users/@me/notes/{stage.member.id}", {"note": MARK})
    return [MARK]


@secret("UserSettingsUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch(
        "/users/@me/settings", {"guild_folders": [{"guild_ids": [stage.id], "name": MARK}]}
    )
    return [MARK]


@secret("UserSettingsProtoUpdate")
async def _(stage: Stage) -> list[str]:
    proto = base64.b64encode(protobuf.bytes_field(11, MARK.encode())).decode()
    await stage.owner.patch("/users/@me/settings-proto/1", {"settings": proto})
    return [MARK, proto]


@secret("MessageAck")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _said(stage)
    await stage.owner.post(f"{path}/ack", {})
    return ["MESSAGE_ACK", id_]


@secret("ChannelPinsAck")
async def _(stage: Stage) -> list[str]:
    _, id_ = await _said(stage)
    await stage.owner.put(f"/channels/{stage.hidden['id']}/messages/pins/{id_}")
    await stage.owner.post(f"/channels/{stage.hidden['id']}/pins/ack")
    return ["CHANNEL_PINS_ACK", id_]


@secret("GuildFeatureAck")
async def _(stage: Stage) -> list[str]:
    await stage.owner.post(f"/guilds/{stage.id}/ack", {})
    return ["GUILD_FEATURE_ACK", "MESSAGE_ACK"]


@secret("UserNonChannelAck")
async def _(stage: Stage) -> list[str]:
    await stage.owner.post("/users/@me/2/424242/ack", {})
    return ["USER_NON_CHANNEL_ACK", "424242"]


@secret("RecentMentionDelete")
async def _(stage: Stage) -> list[str]:
    _, id_ = await _said(stage)
    await stage.owner.delete(f"/users/@me/mentions/{id_}")
    return ["RECENT_MENTION_DELETE", id_]


@secret("SavedSearchHit")
async def _(stage: Stage) -> list[str]:
    body = {"name": "mine", "query": {"content": MARK}, "notify": True, "guild_id": stage.id}
    saved = await stage.owner.post("/users/@me/saved-searches", body)
    async with stage.server.gateway(stage.owner) as device:
        await stage.bot.say(stage.hidden["id"], MARK)
        await device.expect("SAVED_SEARCH_HIT")
    return ["SAVED_SEARCH_HIT", saved["id"]]


@secret("UserGuildSettingsUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch(f"/users/@me/guilds/{stage.id}/settings", {"flags": 424242})
    return ["USER_GUILD_SETTINGS_UPDATE", "424242"]


@secret("NotificationSettingsUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch("/users/@me/notification-settings", {"keywords": [MARK]})
    return ["NOTIFICATION_SETTINGS_UPDATE", MARK]


async def _saved(stage: Stage) -> tuple[str, str]:
    """A message the owner saved: its path among the saved ones, and its id."""
    _, id_ = await _said(stage)
    path = f"/users/@me/saved-messages/{stage.hidden['id']}/{id_}"
    await stage.owner.put(path, {"notes": MARK})
    return path, id_


@secret("SavedMessageCreate")
async def _(stage: Stage) -> list[str]:
    return ["SAVED_MESSAGE_CREATE", MARK, (await _saved(stage))[1]]


@secret("SavedMessageDelete")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _saved(stage)
    await stage.owner.delete(path)
    return ["SAVED_MESSAGE_DELETE", id_]


async def _scheduled(stage: Stage) -> tuple[str, str]:
    """A message the owner has sent later: its path, and its id."""
    path = f"/channels/{stage.hidden['id']}/scheduled-messages"
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = await stage.owner.post(path, {"content": MARK, "send_at": later})
    return f"{path}/{made['id']}", str(made["id"])


@secret("ScheduledMessageCreate")
async def _(stage: Stage) -> list[str]:
    return ["SCHEDULED_MESSAGE_CREATE", MARK, (await _scheduled(stage))[1]]


@secret("ScheduledMessageUpdate")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _scheduled(stage)
    await stage.owner.patch(path, {"content": f"{MARK}, indeed"})
    return ["SCHEDULED_MESSAGE_UPDATE", MARK, id_]


@secret("ScheduledMessageDelete")
async def _(stage: Stage) -> list[str]:
    path, id_ = await _scheduled(stage)
    await stage.owner.delete(path)
    return ["SCHEDULED_MESSAGE_DELETE", id_]
