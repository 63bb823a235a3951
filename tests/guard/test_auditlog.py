"""Every verb that changes a guild leaves an entry in the audit log, or a reason why not."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from rift.wire.auditlog import Action
from tests.guard.plays import Operation
from tests.guard.scenes import ALONE, SCENES
from tests.guard.stage import Stage
from tests.server import Server

ENTRIES: Final[Mapping[Operation, frozenset[Action]]] = {
    ("PATCH", "/guilds/{guild_id}"): frozenset({Action.GUILD_UPDATE}),
    ("PATCH", "/guilds/{guild_id}/welcome-screen"): frozenset({Action.GUILD_UPDATE}),
    ("PUT", "/guilds/{guild_id}/onboarding"): frozenset(
        {
            Action.GUILD_UPDATE,
            Action.ONBOARDING_CREATE,
            Action.ONBOARDING_UPDATE,
            Action.ONBOARDING_PROMPT_CREATE,
            Action.ONBOARDING_PROMPT_UPDATE,
            Action.ONBOARDING_PROMPT_DELETE,
        }
    ),
    ("POST", "/guilds/{guild_id}/onboarding-responses"): frozenset({Action.MEMBER_ROLE_UPDATE}),
    ("PUT", "/guilds/{guild_id}/onboarding-responses"): frozenset({Action.MEMBER_ROLE_UPDATE}),
    ("PUT", "/guilds/{guild_id}/new-member-welcome"): frozenset(
        {Action.GUILD_UPDATE, Action.HOME_SETTINGS_CREATE, Action.HOME_SETTINGS_UPDATE}
    ),
    ("PATCH", "/guilds/{guild_id}/new-member-actions/{channel_id}"): frozenset(
        {Action.GUILD_UPDATE, Action.HOME_SETTINGS_CREATE, Action.HOME_SETTINGS_UPDATE}
    ),
    ("PUT", "/guilds/{guild_id}/resource-channels/{channel_id}"): frozenset(
        {Action.GUILD_UPDATE, Action.HOME_SETTINGS_CREATE, Action.HOME_SETTINGS_UPDATE}
    ),
    ("PATCH", "/guilds/{guild_id}/discovery-metadata"): frozenset({Action.GUILD_PROFILE_UPDATE}),
    ("PUT", "/guilds/{guild_id}/discovery-categories/{category_id}"): frozenset(
        {Action.GUILD_PROFILE_UPDATE}
    ),
    ("DELETE", "/guilds/{guild_id}/discovery-categories/{category_id}"): frozenset(
        {Action.GUILD_PROFILE_UPDATE}
    ),
    ("PATCH", "/guilds/{guild_id}/widget"): frozenset({Action.GUILD_UPDATE}),
    ("PATCH", "/guilds/{guild_id}/member-verification"): frozenset({Action.GUILD_UPDATE}),
    ("PATCH", "/guilds/{guild_id}/requests"): frozenset({Action.MEMBER_KICK}),
    ("PATCH", "/guilds/{guild_id}/requests/{request_id}"): frozenset({Action.MEMBER_KICK}),
    ("POST", "/guilds/{guild_id}/mfa"): frozenset({Action.GUILD_UPDATE}),
    ("POST", "/guilds/{guild_id}/auto-moderation/rules"): frozenset(
        {Action.AUTO_MODERATION_RULE_CREATE}
    ),
    ("PATCH", "/guilds/{guild_id}/auto-moderation/rules/{rule_id}"): frozenset(
        {
            Action.AUTO_MODERATION_RULE_UPDATE,
            Action.AUTO_MODERATION_BLOCK_MESSAGE,
            Action.AUTO_MODERATION_FLAG_TO_CHANNEL,
        }
    ),
    ("DELETE", "/guilds/{guild_id}/auto-moderation/rules/{rule_id}"): frozenset(
        {Action.AUTO_MODERATION_RULE_DELETE}
    ),
    ("POST", "/guilds/{guild_id}/auto-moderation/alert-action"): frozenset(
        {
            Action.AUTO_MODERATION_RULE_CREATE,
            Action.AUTO_MODERATION_FLAG_TO_CHANNEL,
            Action.MESSAGE_DELETE,
        }
    ),
    ("POST", "/guilds/{guild_id}/auto-moderation/false-alarm"): frozenset(
        {
            Action.GUILD_UPDATE,
            Action.AUTO_MODERATION_RULE_CREATE,
            Action.AUTO_MODERATION_BLOCK_MESSAGE,
        }
    ),
    ("POST", "/guilds/{guild_id}/auto-moderation/report-raid"): frozenset({Action.GUILD_UPDATE}),
    ("PUT", "/guilds/{guild_id}/incident-actions"): frozenset({Action.GUILD_UPDATE}),
    ("PATCH", "/guilds/{guild_id}/vanity-url"): frozenset({Action.GUILD_UPDATE}),
    ("POST", "/guilds/{guild_id}/channels"): frozenset({Action.CHANNEL_CREATE}),
    ("PATCH", "/guilds/{guild_id}/channels"): frozenset({Action.CHANNEL_UPDATE}),
    ("PATCH", "/channels/{channel_id}"): frozenset(
        {
            Action.CHANNEL_UPDATE,
            Action.CHANNEL_OVERWRITE_CREATE,
            Action.CHANNEL_OVERWRITE_DELETE,
        }
    ),
    ("DELETE", "/channels/{channel_id}"): frozenset({Action.CHANNEL_DELETE}),
    ("PUT", "/channels/{channel_id}/permissions/{overwrite_id}"): frozenset(
        {Action.CHANNEL_OVERWRITE_CREATE}
    ),
    ("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}"): frozenset(
        {Action.CHANNEL_OVERWRITE_DELETE}
    ),
    ("POST", "/guilds/{guild_id}/roles"): frozenset({Action.ROLE_CREATE}),
    ("PATCH", "/guilds/{guild_id}/roles"): frozenset({Action.ROLE_UPDATE}),
    ("PATCH", "/guilds/{guild_id}/roles/{role_id}"): frozenset({Action.ROLE_UPDATE}),
    ("DELETE", "/guilds/{guild_id}/roles/{role_id}"): frozenset({Action.ROLE_DELETE}),
    ("PUT", "/guilds/{guild_id}/roles/{role_id}/connections/configuration"): frozenset(
        {Action.ROLE_UPDATE}
    ),
    ("PUT", "/guilds/{guild_id}/roles/{role_id}/connections/assign"): frozenset(
        {Action.ROLE_UPDATE, Action.MEMBER_ROLE_UPDATE}
    ),
    ("POST", "/guilds/{guild_id}/roles/{role_id}/connections/unassign"): frozenset(
        {Action.ROLE_UPDATE, Action.MEMBER_ROLE_UPDATE}
    ),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): frozenset({Action.MESSAGE_DELETE}),
    ("POST", "/channels/{channel_id}/messages/bulk-delete"): frozenset(
        {Action.MESSAGE_BULK_DELETE}
    ),
    ("POST", "/channels/{channel_id}/purges"): frozenset({Action.MESSAGE_BULK_DELETE}),
    ("PUT", "/channels/{channel_id}/messages/pins/{message_id}"): frozenset({Action.MESSAGE_PIN}),
    ("DELETE", "/channels/{channel_id}/messages/pins/{message_id}"): frozenset(
        {Action.MESSAGE_UNPIN}
    ),
    ("PUT", "/channels/{channel_id}/pins/{message_id}"): frozenset({Action.MESSAGE_PIN}),
    ("DELETE", "/channels/{channel_id}/pins/{message_id}"): frozenset({Action.MESSAGE_UNPIN}),
    ("POST", "/channels/{channel_id}/invites"): frozenset({Action.INVITE_CREATE}),
    ("DELETE", "/invites/{code}"): frozenset({Action.INVITE_DELETE}),
    ("PUT", "/invites/{code}/target-users"): frozenset({Action.INVITE_UPDATE}),
    ("POST", "/oauth2/authorize"): frozenset({Action.BOT_ADD, Action.INTEGRATION_CREATE}),
    ("DELETE", "/guilds/{guild_id}/integrations/{integration_id}"): frozenset(
        {Action.INTEGRATION_CREATE, Action.INTEGRATION_UPDATE, Action.INTEGRATION_DELETE}
    ),
    ("PATCH", "/guilds/{guild_id}/members/{user_id}"): frozenset(
        {Action.MEMBER_UPDATE, Action.MEMBER_ROLE_UPDATE}
    ),
    ("PUT", "/guilds/{guild_id}/members/{user_id}"): frozenset(
        {Action.MEMBER_UPDATE, Action.MEMBER_ROLE_UPDATE}
    ),
    ("PATCH", "/guilds/{guild_id}/members/@me"): frozenset({Action.MEMBER_UPDATE}),
    ("PATCH", "/guilds/{guild_id}/members/@me/nick"): frozenset({Action.MEMBER_UPDATE}),
    ("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"): frozenset(
        {Action.MEMBER_ROLE_UPDATE}
    ),
    ("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"): frozenset(
        {Action.MEMBER_ROLE_UPDATE}
    ),
    ("DELETE", "/guilds/{guild_id}/members/{user_id}"): frozenset({Action.MEMBER_KICK}),
    ("PUT", "/guilds/{guild_id}/bans/{user_id}"): frozenset({Action.MEMBER_BAN_ADD}),
    ("DELETE", "/guilds/{guild_id}/bans/{user_id}"): frozenset({Action.MEMBER_BAN_REMOVE}),
    ("POST", "/guilds/{guild_id}/bulk-ban"): frozenset({Action.MEMBER_BAN_ADD}),
    ("POST", "/guilds/{guild_id}/emojis"): frozenset({Action.EMOJI_CREATE}),
    ("PATCH", "/guilds/{guild_id}/emojis/{emoji_id}"): frozenset({Action.EMOJI_UPDATE}),
    ("DELETE", "/guilds/{guild_id}/emojis/{emoji_id}"): frozenset({Action.EMOJI_DELETE}),
    ("POST", "/guilds/{guild_id}/stickers"): frozenset({Action.STICKER_CREATE}),
    ("PATCH", "/guilds/{guild_id}/stickers/{sticker_id}"): frozenset({Action.STICKER_UPDATE}),
    ("DELETE", "/guilds/{guild_id}/stickers/{sticker_id}"): frozenset({Action.STICKER_DELETE}),
    ("POST", "/guilds/{guild_id}/soundboard-sounds"): frozenset({Action.SOUNDBOARD_SOUND_CREATE}),
    ("PATCH", "/guilds/{guild_id}/soundboard-sounds/{sound_id}"): frozenset(
        {Action.SOUNDBOARD_SOUND_UPDATE}
    ),
    ("DELETE", "/guilds/{guild_id}/soundboard-sounds/{sound_id}"): frozenset(
        {Action.SOUNDBOARD_SOUND_DELETE}
    ),
    (
        "PUT",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions",
    ): frozenset({Action.APPLICATION_COMMAND_PERMISSION_UPDATE}),
    ("POST", "/guilds/{guild_id}/scheduled-events"): frozenset(
        {Action.GUILD_SCHEDULED_EVENT_CREATE, Action.CHANNEL_CREATE}
    ),
    ("PATCH", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"): frozenset(
        {
            Action.GUILD_SCHEDULED_EVENT_CREATE,
            Action.GUILD_SCHEDULED_EVENT_UPDATE,
            Action.CHANNEL_CREATE,
            Action.CHANNEL_OVERWRITE_UPDATE,
        }
    ),
    ("DELETE", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"): frozenset(
        {
            Action.GUILD_SCHEDULED_EVENT_CREATE,
            Action.GUILD_SCHEDULED_EVENT_DELETE,
            Action.CHANNEL_CREATE,
            Action.CHANNEL_DELETE,
        }
    ),
    (
        "POST",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions",
    ): frozenset(
        {
            Action.GUILD_SCHEDULED_EVENT_CREATE,
            Action.GUILD_SCHEDULED_EVENT_UPDATE,
            Action.GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE,
        }
    ),
    (
        "PATCH",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}",
    ): frozenset(
        {
            Action.GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE,
            Action.GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE,
        }
    ),
    (
        "DELETE",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}",
    ): frozenset({Action.GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE}),
    ("PATCH", "/guilds/{guild_id}/voice-states/{user_id}"): frozenset(
        {
            Action.MEMBER_MOVE,
            Action.MEMBER_DISCONNECT,
            Action.MEMBER_UPDATE,
            Action.CHANNEL_CREATE,
            Action.CHANNEL_DELETE,
            Action.CHANNEL_OVERWRITE_UPDATE,
        }
    ),
    ("PUT", "/channels/{channel_id}/voice-status"): frozenset(
        {
            Action.VOICE_CHANNEL_STATUS_CREATE,
            Action.VOICE_CHANNEL_STATUS_DELETE,
            Action.CHANNEL_CREATE,
        }
    ),
    ("POST", "/stage-instances"): frozenset(
        {
            Action.STAGE_INSTANCE_CREATE,
            Action.CHANNEL_CREATE,
            Action.CHANNEL_OVERWRITE_UPDATE,
            Action.CHANNEL_DELETE,
        }
    ),
    ("PATCH", "/stage-instances/{channel_id}"): frozenset(
        {Action.STAGE_INSTANCE_CREATE, Action.STAGE_INSTANCE_UPDATE, Action.CHANNEL_CREATE}
    ),
    ("DELETE", "/stage-instances/{channel_id}"): frozenset(
        {Action.STAGE_INSTANCE_CREATE, Action.STAGE_INSTANCE_DELETE, Action.CHANNEL_CREATE}
    ),
    ("POST", "/channels/{channel_id}/threads"): frozenset(
        {
            Action.THREAD_CREATE,
            Action.THREAD_UPDATE,
            Action.THREAD_DELETE,
            Action.CHANNEL_CREATE,
            Action.CHANNEL_UPDATE,
            Action.CHANNEL_DELETE,
        }
    ),
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads"): frozenset(
        {Action.THREAD_CREATE}
    ),
    ("POST", "/channels/{channel_id}/followers"): frozenset({Action.WEBHOOK_CREATE}),
    ("POST", "/channels/{channel_id}/webhooks"): frozenset({Action.WEBHOOK_CREATE}),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}"): frozenset(
        {Action.WEBHOOK_CREATE, Action.WEBHOOK_UPDATE}
    ),
    ("DELETE", "/webhooks/{webhook_id}/{webhook_token}"): frozenset(
        {Action.WEBHOOK_CREATE, Action.WEBHOOK_DELETE}
    ),
    ("PATCH", "/webhooks/{webhook_id}"): frozenset({Action.WEBHOOK_UPDATE}),
    ("DELETE", "/webhooks/{webhook_id}"): frozenset({Action.WEBHOOK_DELETE}),
}
"""What a verb's scene leaves in the log, as at Discord."""

_SAID: Final = "what people say themselves is no moderation"
_OWN: Final = "one's own coming and going"
_PRIVATE: Final = "what happens between people is no guild's affair"

NONE: Final[Mapping[Operation, str]] = {
    ("PATCH", "/applications/@me"): "what an application is called is its owner's affair",
    ("PATCH", "/applications/{application_id}"): "what it is called is its owner's affair",
    ("POST", "/guilds"): "the log begins with the guild",
    ("DELETE", "/guilds/{guild_id}"): "the log ends with the guild",
    ("POST", "/guilds/{guild_id}/delete"): "the log ends with the guild",
    ("POST", "/channels/{channel_id}/messages"): _SAID,
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): _SAID,
    ("POST", "/channels/{channel_id}/typing"): _SAID,
    ("PATCH", "/guilds/{guild_id}/voice-states/@me"): _OWN,
    ("POST", "/channels/{channel_id}/send-soundboard-sound"): _SAID,
    ("POST", "/channels/{channel_id}/voice-channel-effects"): _SAID,
    ("PUT", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users/@me"): _OWN,
    ("DELETE", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users/@me"): _OWN,
    (
        "PUT",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/{guild_scheduled_event_exception_id}/users/@me",
    ): _OWN,
    (
        "DELETE",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/{guild_scheduled_event_exception_id}/users/@me",
    ): _OWN,
    ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"): _SAID,
    ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"): _SAID,
    (
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}",
    ): "Discord has no action for reactions",
    (
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}",
    ): "Discord has no action for reactions",
    (
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions",
    ): "Discord has no action for reactions",
    ("DELETE", "/channels/{channel_id}/purges/{purge_id}"): "its beginning has an entry",
    ("POST", "/channels/{channel_id}/messages/{message_id}/crosspost"): _SAID,
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"): _SAID,
    ("POST", "/webhooks/{webhook_id}/{webhook_token}/slack"): _SAID,
    ("POST", "/webhooks/{webhook_id}/{webhook_token}/github"): _SAID,
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): _SAID,
    ("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): _SAID,
    ("PUT", "/channels/{channel_id}/thread-members/@me"): _OWN,
    ("DELETE", "/channels/{channel_id}/thread-members/@me"): _OWN,
    (
        "PUT",
        "/channels/{channel_id}/thread-members/{user_id}",
    ): "Discord has no action for members of threads",
    (
        "DELETE",
        "/channels/{channel_id}/thread-members/{user_id}",
    ): "Discord has no action for members of threads",
    ("POST", "/interactions"): _SAID,
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"): _SAID,
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): _SAID,
    ("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): _SAID,
    ("PUT", "/channels/{channel_id}/polls/{message_id}/answers/@me"): _SAID,
    ("POST", "/channels/{channel_id}/polls/{message_id}/expire"): _SAID,
    ("POST", "/invites/{code}"): _OWN,
    ("PUT", "/guilds/{guild_id}/requests/@me"): _OWN,
    ("POST", "/guilds/{guild_id}/requests/@me"): _OWN,
    ("DELETE", "/guilds/{guild_id}/requests/@me"): _OWN,
    ("POST", "/guilds/{guild_id}/requests/@me/ack"): _OWN,
    ("POST", "/guilds/{guild_id}/requests/{request_id}/ack"): _OWN,
    ("POST", "/guilds/{guild_id}/new-member-action/{channel_id}"): _OWN,
    ("PUT", "/guilds/{guild_id}/members/@me"): _OWN,
    ("DELETE", "/users/@me/guilds/{guild_id}"): _OWN,
    ("DELETE", "/applications/{application_id}"): "its owner takes it out of all guilds",
    ("PATCH", "/users/@me"): "a user is no part of a guild",
    ("PATCH", "/users/@me/profile"): "a user is no part of a guild",
    ("PATCH", "/users/@me/guilds/{guild_id}/settings"): _PRIVATE,
    ("POST", "/users/@me/relationships"): _PRIVATE,
    ("DELETE", "/users/@me/relationships"): _PRIVATE,
    ("PUT", "/users/@me/relationships/{user_id}"): _PRIVATE,
    ("PATCH", "/users/@me/relationships/{user_id}"): _PRIVATE,
    ("DELETE", "/users/@me/relationships/{user_id}"): _PRIVATE,
    ("PUT", "/users/@me/relationships/{user_id}/ignore"): _PRIVATE,
    ("DELETE", "/users/@me/relationships/{user_id}/ignore"): _PRIVATE,
    ("POST", "/users/@me/channels"): _PRIVATE,
    ("PUT", "/channels/{channel_id}/recipients/{user_id}"): _PRIVATE,
    ("DELETE", "/channels/{channel_id}/recipients/{user_id}"): _PRIVATE,
    ("PUT", "/channels/{channel_id}/recipients/@me"): _PRIVATE,
    ("DELETE", "/channels/{channel_id}/recipients/@me"): _PRIVATE,
    ("PUT", "/channels/recipients/@me/batch-reject"): _PRIVATE,
    ("POST", "/reports"): "a report is for who deals with it",
    ("POST", "/guilds/{guild_id}/auto-moderation/clear-mention-raid"): "the log knows no raids",
    ("PATCH", "/guilds/{guild_id}/reports/{report_id}"): "the report itself says who dealt with it",
}
"""Verbs that change what a guild shows and leave no entry, each with the reason."""


ELSEWHERE: Final[Mapping[Operation, str]] = {
    ("POST", "/guilds/{guild_id}/prune"): "tests/nouns/test_pruning.py",
}
"""Verbs that find nothing to do on the stage, and where their entries are looked at."""


def test_every_verb_leaves_an_entry_or_says_why_not() -> None:
    assert SCENES.keys() - ENTRIES.keys() - NONE.keys() - ELSEWHERE.keys() == set()


def test_no_verb_is_named_that_is_gone_or_changes_nothing() -> None:
    named = [*ENTRIES, *NONE, *ELSEWHERE]
    assert len(named) == len(set(named))
    assert set(named) - SCENES.keys() == set()
    assert set(named) & ALONE.keys() == set()


@pytest.mark.parametrize("verb", sorted(ENTRIES), ids=" ".join)
async def test_what_a_verb_does_is_in_the_log(server: Server, verb: Operation) -> None:
    stage = await Stage(server).set()
    path = f"/guilds/{stage.id}/audit-logs?limit=100"
    before = await _entries(stage, path)
    await SCENES[verb](stage)
    fresh = [entry for entry in await _entries(stage, path) if entry not in before]
    assert {entry["action_type"] for entry in fresh} >= ENTRIES[verb]
    by_token = "{webhook_token}" in verb[1]  # whose holder is nobody
    assert by_token or all(entry["user_id"] for entry in fresh)


async def _entries(stage: Stage, path: str) -> list[dict[str, Any]]:
    """As the new owner reads them, where the scene gives the guild away."""
    reply = await stage.owner.call("GET", path)
    log = reply.body if reply.status == 200 else await stage.member.get(path)
    entries: list[dict[str, Any]] = log["audit_log_entries"]
    return entries
