"""What an entry says was changed: two states of an object held against each other, key by key."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct

from rift.wire.auditlog import Change
from rift.wire.automod import Rule
from rift.wire.channels import Channel, Overwrite, ThreadMetadata
from rift.wire.discovery import DiscoveryMetadata
from rift.wire.emojis import Emoji
from rift.wire.guides import ServerGuide
from rift.wire.guilds import Guild
from rift.wire.happenings import ScheduledEvent, ScheduledEventException
from rift.wire.integrations import Integration
from rift.wire.invites import Invite
from rift.wire.join_requests import MemberVerification
from rift.wire.members import Member
from rift.wire.onboarding import Onboarding, OnboardingPrompt
from rift.wire.roles import Role
from rift.wire.sounds import Sound
from rift.wire.stages import StageInstance
from rift.wire.stickers import Sticker
from rift.wire.webhooks import Webhook

_BYPASSES_VERIFICATION: Final = 1 << 2


class Key(Struct, frozen=True):
    """A field that is logged under another key, or as another value."""

    name: str
    value: Callable[[Any], Any] = lambda value: value


class Form(Struct, frozen=True):
    """How an object is logged: every field by its name, but for what is said here."""

    silent: frozenset[str]
    keys: Mapping[str, Key] = {}
    whole: frozenset[str] = frozenset()
    """Logged where the object comes or goes; its changes have entries of their own."""


_FORMS: Final[Mapping[type[Struct], Form]] = {
    Guild: Form(
        silent=frozenset(
            {
                "id",
                "roles",
                "emojis",
                "stickers",
                "approximate_member_count",
                "approximate_presence_count",
            }
        ),
        keys={
            "icon": Key("icon_hash"),
            "splash": Key("splash_hash"),
            "discovery_splash": Key("discovery_splash_hash"),
            "banner": Key("banner_hash"),
            "home_header": Key("home_header_hash"),
        },
    ),
    Channel: Form(
        silent=frozenset(
            {
                "id",
                "guild_id",
                "last_message_id",
                "last_pin_timestamp",
                "member",
                "permissions",
                "owner_id",
                "thread_metadata",
                "message_count",
                "member_count",
                "total_message_sent",
            }
        ),
        keys={"icon": Key("icon_hash")},
        whole=frozenset({"permission_overwrites"}),
    ),
    ThreadMetadata: Form(silent=frozenset({"archive_timestamp", "create_timestamp"})),
    Overwrite: Form(silent=frozenset()),
    Role: Form(silent=frozenset({"id", "tags"}), keys={"icon": Key("icon_hash")}),
    Emoji: Form(
        silent=frozenset({"id", "user", "require_colons", "managed", "animated", "available"})
    ),
    Sticker: Form(silent=frozenset({"user", "available"})),
    Sound: Form(silent=frozenset({"user", "available"})),
    Member: Form(
        silent=frozenset({"user", "roles", "joined_at", "premium_since", "pending"}),
        keys={
            "avatar": Key("avatar_hash"),
            "banner": Key("banner_hash"),
            "flags": Key(
                "bypasses_verification", lambda flags: bool(flags & _BYPASSES_VERIFICATION)
            ),
        },
    ),
    DiscoveryMetadata: Form(silent=frozenset({"guild_id"})),
    Integration: Form(silent=frozenset({"id", "user", "account", "application"})),
    Invite: Form(
        silent=frozenset(
            {
                "guild",
                "guild_id",
                "expires_at",
                "type",
                "approximate_member_count",
                "approximate_presence_count",
                "created_at",
            }
        ),
        keys={
            "channel": Key("channel_id", lambda channel: channel.id),
            "inviter": Key("inviter_id", lambda inviter: inviter.id),
        },
    ),
    MemberVerification: Form(silent=frozenset({"version"})),
    Onboarding: Form(silent=frozenset({"guild_id", "prompts", "below_requirements"})),
    OnboardingPrompt: Form(silent=frozenset({"id"})),
    ServerGuide: Form(silent=frozenset({"guild_id"})),
    ScheduledEvent: Form(
        silent=frozenset(
            {
                "id",
                "guild_id",
                "creator_id",
                "creator",
                "entity_id",
                "user_count",
                "guild_scheduled_event_exceptions",
            }
        ),
        keys={
            "image": Key("image_hash"),
            "entity_metadata": Key("location", lambda metadata: metadata.location),
        },
    ),
    ScheduledEventException: Form(silent=frozenset({"event_id", "event_exception_id", "guild_id"})),
    Rule: Form(silent=frozenset({"id", "guild_id", "creator_id"})),
    StageInstance: Form(
        silent=frozenset(
            {"id", "guild_id", "channel_id", "discoverable_disabled", "guild_scheduled_event_id"}
        )
    ),
    Webhook: Form(
        silent=frozenset(
            {"id", "guild_id", "user", "source_guild", "source_channel", "token", "url"}
        ),
        keys={"avatar": Key("avatar_hash")},
    ),
}


def changes(before: Struct | None, after: Struct | None) -> list[Change]:
    """What differs; of an object that comes or goes, everything that is not null."""
    state = after if before is None else before
    if state is None:
        raise ValueError("there is nothing to compare")
    kind = type(state)
    form = _FORMS[kind]
    silent = form.silent | form.whole if before is not None and after is not None else form.silent
    return list(_differing(form, kind, silent, (before, after)))


def _differing(
    form: Form, kind: type[Struct], silent: frozenset[str], states: tuple[Struct | None, ...]
) -> Iterator[Change]:
    for field in kind.__struct_fields__:
        if field in silent:
            continue
        key = form.keys.get(field) or Key(field)
        old, new = (_value(state, field, key) for state in states)
        if old != new:
            yield Change(
                key=key.name,
                old_value=UNSET if old is None else old,
                new_value=UNSET if new is None else new,
            )


def _value(state: Struct | None, field: str, key: Key) -> Any:
    value = None if state is None else getattr(state, field)
    return None if value is None or value is UNSET else msgspec.to_builtins(key.value(value))
