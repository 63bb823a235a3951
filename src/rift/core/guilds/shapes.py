"""What the forms of guilds say, as columns of the table."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import UNSET

from rift import errors
from rift.core.channels.shapes import TEXT, VOICE, WRITTEN
from rift.core.guilds import community
from rift.core.guilds.community import COMMUNITY, DISCOVERABLE, INVITES_PAUSED
from rift.errors import REQUIRED, InvalidForm
from rift.wire.guilds import SYSTEM_CHANNEL_FLAGS, CreateGuild, ModifyGuild
from rift.world import Picture

Row = dict[str, Any]

CHANNEL_FIELDS: Final[Mapping[str, frozenset[int]]] = {
    "afk_channel_id": frozenset({VOICE}),
    "system_channel_id": frozenset({TEXT}),
    "rules_channel_id": WRITTEN,
    "public_updates_channel_id": WRITTEN,
    "safety_alerts_channel_id": WRITTEN,
}
"""The channels a guild points to, and of which types they may be."""

POINTERS: Final = (*CHANNEL_FIELDS, "widget_channel_id")
"""All fields of a guild that name a channel: none of one that is gone."""

SETTINGS: Final[Mapping[str, Any]] = {
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "afk_timeout": 300,
    "system_channel_flags": 0,
}
"""What both forms set, with the defaults that null stands for."""

_MORE: Final[Mapping[str, Any]] = {
    "description": None,
    "preferred_locale": "en-US",
    "premium_progress_bar_enabled": False,
}
_CHOSEN: Final = frozenset({INVITES_PAUSED, "RAID_ALERTS_DISABLED", COMMUNITY, DISCOVERABLE})
"""The features that those who manage a guild switch on and off."""


def name(given: str) -> str:
    if not given.strip():
        raise InvalidForm({"name": [REQUIRED]})
    return given.strip()


def settings(body: CreateGuild | ModifyGuild) -> Row:
    """The columns both forms name; of flags nobody has a name for nothing is kept."""
    row = _named(body, SETTINGS)
    if "system_channel_flags" in row:
        row["system_channel_flags"] &= SYSTEM_CHANNEL_FLAGS
    return row


def columns(guild: Picture, body: ModifyGuild, pictures: Row) -> Row:
    """The columns that are no longer what they were; the owner is not among them."""
    row = {**settings(body), **_named(body, _MORE), **pictures}
    if body.name is not UNSET:
        row["name"] = name(body.name)
    if body.features is not UNSET:
        row["features"] = _features(guild, body.features or [])
    for field, types in CHANNEL_FIELDS.items():
        channel_id = getattr(body, field)
        if channel_id is not UNSET:
            _check_channel(guild, channel_id, types)
            row[field] = channel_id
    row |= community.demanded(guild.guild, row)
    return {field: value for field, value in row.items() if value != getattr(guild.guild, field)}


def _named(body: CreateGuild | ModifyGuild, defaults: Mapping[str, Any]) -> Row:
    given = {field: getattr(body, field) for field in defaults}
    return {
        field: defaults[field] if value is None else value
        for field, value in given.items()
        if value is not UNSET
    }


def _features(guild: Picture, wanted: list[str]) -> list[str]:
    """The features to be; those that are not a matter of choice stay as they are."""
    fixed = {feature for feature in guild.guild.features if feature not in _CHOSEN}
    for number, feature in enumerate(wanted):
        if feature not in _CHOSEN | fixed:
            words = f"This server does not have the guild feature {feature}."
            raise InvalidForm.at(f"features.{number}", "GUILD_FEATURE_NOT_SUPPORTED", words)
    return sorted(fixed | set(wanted))


def _check_channel(guild: Picture, channel_id: str | None, types: frozenset[int]) -> None:
    if channel_id is None:
        return
    channel = guild.channels.get(channel_id)
    if channel is None:
        raise errors.UnknownChannel
    if channel.type not in types:
        raise errors.WrongChannelType
