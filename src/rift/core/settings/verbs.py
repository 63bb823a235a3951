"""What can be done with one's settings."""

from typing import Any, Final

import msgspec
from msgspec import UNSET, structs

from rift import errors, events
from rift.core.actor import Actor
from rift.core.privacy import verbs as privacy
from rift.core.settings import queries
from rift.core.unit import Unit
from rift.core.users import verbs as users
from rift.wire.settings import FriendSources, UserSettings
from rift.wire.users import ModifyPrivacy, Privacy

DEFAULTS: Final = UserSettings(
    activity_restricted_guild_ids=[],
    activity_joining_restricted_guild_ids=[],
    afk_timeout=600,
    allow_accessibility_detection=False,
    allow_activity_party_privacy_friends=True,
    allow_activity_party_privacy_voice_channel=True,
    animate_emoji=True,
    animate_stickers=0,
    contact_sync_enabled=False,
    convert_emoticons=True,
    custom_status=None,
    detect_platform_accounts=False,
    developer_mode=False,
    disable_games_tab=True,
    enable_tts_command=True,
    explicit_content_filter=0,
    friend_discovery_flags=0,
    gif_auto_play=True,
    guild_folders=[],
    inline_attachment_media=True,
    inline_embed_media=True,
    message_display_compact=False,
    native_phone_integration_enabled=False,
    passwordless=False,
    render_embeds=True,
    render_reactions=True,
    show_current_game=True,
    slayer_sdk_receive_dms_in_game=0,
    soundboard_volume=100.0,
    status="online",
    stream_notifications_enabled=True,
    theme="dark",
    timezone_offset=0,
    view_nsfw_commands=True,
    view_nsfw_guilds=False,
)
_ELSEWHERE: Final = frozenset(
    {"locale", "default_guilds_restricted", "restricted_guilds", "friend_source_flags"}
)
"""What is not kept in the document, because the server itself goes by it."""


async def fetch(unit: Unit, actor: Actor) -> UserSettings:
    """All of one's settings."""
    actor.must_be_person()
    row = await unit.one(queries.READ, actor.id)
    return _whole(row, await privacy.fetch(unit, actor))


async def modify(unit: Unit, actor: Actor, body: UserSettings) -> UserSettings:
    """Change some; all of one's clients hear of those that changed."""
    actor.must_be_person()
    _check_status(body)
    before = _whole(await unit.one(queries.HOLD, actor.id), await privacy.fetch(unit, actor))
    await _write(unit, actor, body)
    after = await fetch(unit, actor)
    changed = {
        name: value
        for name, value in structs.asdict(after).items()
        if value != getattr(before, name)
    }
    if changed:
        unit.emit(events.UserSettingsUpdate(data=UserSettings(**changed), to=(actor.id,)))
    if "locale" in changed:
        await users.tell(unit, actor.id)
    return after


async def _write(unit: Unit, actor: Actor, body: UserSettings) -> None:
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}
    document = {name: value for name, value in given.items() if name not in _ELSEWHERE}
    if document:
        await unit.run(queries.WRITE, actor.id, msgspec.to_builtins(document))
    if "locale" in given:
        await unit.run(queries.SPEAK, actor.id, given["locale"])
    approach = _privacy(body)
    if any(value is not UNSET for value in structs.asdict(approach).values()):
        await privacy.modify(unit, actor, approach)


def _check_status(body: UserSettings) -> None:
    custom = body.custom_status
    if custom and custom.emoji_id is not None and custom.emoji_name is not None:
        words = "Only one of emoji_id and emoji_name may be set."
        raise errors.InvalidForm.at("custom_status.emoji_name", "CUSTOM_STATUS_EMOJI", words)


def _whole(row: dict[str, Any], approach: Privacy) -> UserSettings:
    kept = msgspec.convert(row["document"] or {}, UserSettings)
    given = {name: value for name, value in structs.asdict(kept).items() if value is not UNSET}
    sources = FriendSources(
        all=approach.requests_from_everyone,
        mutual_friends=approach.requests_from_mutual_friends,
        mutual_guilds=approach.requests_from_mutual_guilds,
    )
    return structs.replace(
        DEFAULTS,
        **given,
        locale=row["locale"],
        default_guilds_restricted=approach.default_guilds_restricted,
        restricted_guilds=approach.restricted_guilds,
        friend_source_flags=sources,
    )


def _privacy(body: UserSettings) -> ModifyPrivacy:
    """What of a change concerns who may approach somebody."""
    approach = ModifyPrivacy(
        default_guilds_restricted=body.default_guilds_restricted,
        restricted_guilds=body.restricted_guilds,
    )
    sources = body.friend_source_flags
    if sources is UNSET:
        return approach
    return structs.replace(
        approach,
        requests_from_everyone=sources.all,
        requests_from_mutual_friends=sources.all or sources.mutual_friends,
        requests_from_mutual_guilds=sources.all or sources.mutual_guilds,
    )
