"""A guild turned into the pattern of another, and a pattern into the form that makes one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import UNSET

from rift.core.access import Hall
from rift.core.channels import overwrites
from rift.permissions import VIEW_CHANNEL
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ChannelType, Overwrite
from rift.wire.guilds import CreateGuild, NewGuildChannel, NewGuildRole
from rift.wire.roles import Role
from rift.wire.templates import Pattern, PatternChannel, PatternRole, UseTemplate

_KINDS: Final[Mapping[int, int]] = {
    ChannelType.GUILD_TEXT: ChannelType.GUILD_TEXT,
    ChannelType.GUILD_ANNOUNCEMENT: ChannelType.GUILD_TEXT,
    ChannelType.GUILD_VOICE: ChannelType.GUILD_VOICE,
    ChannelType.GUILD_STAGE_VOICE: ChannelType.GUILD_VOICE,
    ChannelType.GUILD_CATEGORY: ChannelType.GUILD_CATEGORY,
    ChannelType.GUILD_FORUM: ChannelType.GUILD_FORUM,
}
"""What becomes of each type of channel; those that only a community has become plain ones."""

_SETTINGS: Final = (
    "name",
    "description",
    "verification_level",
    "default_message_notifications",
    "explicit_content_filter",
    "preferred_locale",
    "afk_timeout",
    "system_channel_flags",
)
_OWN: Final = {"id", "type", "parent_id", "permission_overwrites", "available_tags"}
_COPIED: Final = tuple(it for it in PatternChannel.__struct_fields__ if it not in _OWN)
_CREATED: Final = frozenset(NewGuildChannel.__struct_fields__)

Numbers = Mapping[str, int]


def of_guild(hall: Hall, now: datetime) -> Pattern:
    """What somebody sees of a guild, with numbers instead of ids; nobody is named in it."""
    guild = hall.guild.guild
    roles = _ordered(role for role in hall.guild.roles.values() if not role.managed)
    role_numbers: Numbers = {role.id: number for number, role in enumerate(roles)}
    channels = _seen(hall, now)
    numbers: Numbers = {channel.id: number for number, channel in enumerate(channels, start=1)}
    return Pattern(
        roles=[_role(role, role_numbers) for role in roles],
        channels=[_channel(channel, numbers, role_numbers) for channel in channels],
        afk_channel_id=_number(guild.afk_channel_id, numbers),
        system_channel_id=_number(guild.system_channel_id, numbers),
        **{field: getattr(guild, field) for field in _SETTINGS},
    )


def form(pattern: Pattern, body: UseTemplate) -> CreateGuild:
    """What creates a guild of that pattern."""
    plain: dict[str, Any] = msgspec.to_builtins(pattern)
    described = {
        **{field: plain[field] for field in CreateGuild.__struct_fields__ if field in plain},
        "name": body.name,
        "roles": [_named(role, NewGuildRole.__struct_fields__) for role in plain["roles"]],
        "channels": [_named(channel, _CREATED) for channel in plain["channels"]],
    }
    made = msgspec.convert(described, CreateGuild)
    return msgspec.structs.replace(made, icon=body.icon)


def _named(part: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """What the form knows and the pattern says."""
    said = {field: part[field] for field in fields if part.get(field) is not None}
    return {**said, "id": str(part["id"])}


def _ordered(roles: Iterable[Role]) -> list[Role]:
    return sorted(roles, key=lambda role: (role.position, int(role.id)))


def _seen(hall: Hall, now: datetime) -> list[Channel]:
    """Categories first, for the others name them."""
    seen = [
        channel
        for channel in hall.guild.channels.values()
        if channel.type in _KINDS and hall.permissions_in(channel.id, now) & VIEW_CHANNEL
    ]
    return sorted(
        seen,
        key=lambda it: (it.type != ChannelType.GUILD_CATEGORY, it.position or 0, int(it.id)),
    )


def _role(role: Role, numbers: Numbers) -> PatternRole:
    return PatternRole(
        id=numbers[role.id],
        name=role.name,
        permissions=role.permissions,
        color=role.color,
        colors=role.colors,
        hoist=role.hoist,
        mentionable=role.mentionable,
        unicode_emoji=role.unicode_emoji,
    )


def _channel(channel: Channel, numbers: Numbers, roles: Numbers) -> PatternChannel:
    kept = {field: getattr(channel, field, UNSET) for field in _COPIED}
    return PatternChannel(
        id=numbers[channel.id],
        type=_KINDS[channel.type],
        parent_id=_number(channel.parent_id or None, numbers),
        permission_overwrites=_overwrites(channel, roles),
        **{field: value for field, value in kept.items() if value is not UNSET},
    )


def _overwrites(channel: Channel, roles: Numbers) -> list[Overwrite]:
    """Those of people are left out: there will be other people."""
    return [
        msgspec.structs.replace(one, id=Snowflake(str(roles[one.id])))
        for one in channel.permission_overwrites or ()
        if one.type == overwrites.ROLE and one.id in roles
    ]


def _number(id_: str | None, numbers: Numbers) -> Snowflake | None:
    number = None if id_ is None else numbers.get(id_)
    return None if number is None else Snowflake(str(number))
