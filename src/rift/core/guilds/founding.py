"""What a guild begins with: its roles and channels, those asked for or the usual ones."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from rift.core.channels import overwrites
from rift.core.channels import queries as channel_queries
from rift.core.channels import shapes as channel_shapes
from rift.core.channels.places import PER_CATEGORY
from rift.core.channels.shapes import CATEGORY, TEXT, VOICE
from rift.core.guilds import shapes
from rift.core.roles import queries as role_queries
from rift.core.roles import shapes as role_shapes
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import DEFAULT_EVERYONE
from rift.snowflake import Snowflake
from rift.wire.channels import Overwrite
from rift.wire.guilds import CreateGuild, NewGuildChannel, NewGuildRole
from rift.wire.roles import Role
from rift.world import loading

Row = dict[str, Any]
Ids = Mapping[str, Snowflake]

_TEXTS: Final = Snowflake("1")
_GENERAL: Final = Snowflake("2")
_VOICES: Final = Snowflake("3")
_USUAL: Final = (
    NewGuildChannel(id=_TEXTS, name="Text Channels", type=4),
    NewGuildChannel(id=_GENERAL, name="general", type=0, parent_id=_TEXTS),
    NewGuildChannel(id=_VOICES, name="Voice Channels", type=4),
    NewGuildChannel(name="General", type=2, parent_id=_VOICES),
)


class Plan(Struct, frozen=True, kw_only=True):
    """The rows of a guild that is to be."""

    guild: Row
    roles: list[Row]
    channels: list[Row]
    overwrites: dict[str, list[Overwrite]]


def plan(unit: Unit, owner_id: Snowflake, body: CreateGuild) -> Plan:
    """Work everything out; placeholder ids become real ones."""
    guild_id = unit.new_id()
    role_ids, roles = _roles(unit, guild_id, body.roles or [])
    wanted = body.channels or list(_USUAL)
    channel_ids = _numbered(unit, wanted)
    places = [channel_ids.get(channel.id or "") or unit.new_id() for channel in wanted]
    guild = {
        **shapes.SETTINGS,
        **shapes.settings(body),
        "id": guild_id,
        "owner_id": owner_id,
        "name": shapes.name(body.name),
        "afk_channel_id": _pointed(body, "afk_channel_id", wanted, channel_ids),
        "system_channel_id": _pointed(body, "system_channel_id", wanted, channel_ids),
    }
    if not body.channels:
        guild["system_channel_id"] = channel_ids[_GENERAL]
    return Plan(
        guild=guild,
        roles=roles,
        channels=_channels(guild_id, wanted, places, channel_ids),
        overwrites={
            id_: _overwrites(number, channel, role_ids)
            for number, (id_, channel) in enumerate(zip(places, wanted, strict=True))
        },
    )


async def build(unit: Unit, planned: Plan) -> list[Role]:
    """Store the roles and channels of a guild that exists already."""
    rows = await unit.all(role_queries.INSERT, planned.roles)
    await unit.run(channel_queries.INSERT, planned.channels)
    await overwrites.insert(unit, planned.overwrites)
    return [loading.role_from_row(row) for row in rows]


def _numbered(unit: Unit, wanted: Sequence[NewGuildChannel]) -> Ids:
    """The real id of each placeholder."""
    ids: dict[str, Snowflake] = {}
    for number, channel in enumerate(wanted):
        if channel.id in ids:
            raise InvalidForm.at(f"channels.{number}.id", "DUPLICATE_ID", "Ids must be unique")
        if channel.id is not None:
            ids[channel.id] = unit.new_id()
    return ids


def _roles(unit: Unit, guild_id: Snowflake, wanted: list[NewGuildRole]) -> tuple[Ids, list[Row]]:
    """@everyone is the first of the list, whatever it is called there."""
    for number, role in enumerate(wanted):
        if isinstance(role.icon, str):
            words = "Give a role its icon when the guild is there."
            raise InvalidForm.at(f"roles.{number}.icon", "IMAGE_NOT_SUPPORTED", words)
    everyone, *others = wanted or [NewGuildRole()]
    columns = role_shapes.columns(everyone)
    first = {
        **role_shapes.inserted(guild_id, guild_id, DEFAULT_EVERYONE, columns),
        "name": "@everyone",
        "position": 0,
    }
    ids: dict[str, Snowflake] = {guild_id: guild_id}
    if everyone.id is not None:
        ids[everyone.id] = guild_id
    rows = [first]
    for position, role in enumerate(others, start=1):
        id_ = unit.new_id()
        if role.id is not None:
            ids[role.id] = id_
        permissions = int(first["permissions"])
        row = role_shapes.inserted(id_, guild_id, permissions, role_shapes.columns(role))
        rows.append({**row, "position": position})
    return ids, rows


def _channels(
    guild_id: Snowflake, wanted: Sequence[NewGuildChannel], places: Sequence[Snowflake], ids: Ids
) -> list[Row]:
    rows: list[Row] = []
    positions = dict.fromkeys((TEXT, VOICE, CATEGORY), 0)
    for number, (id_, channel) in enumerate(zip(places, wanted, strict=True)):
        type_ = channel_shapes.kind(channel.type, f"channels.{number}.type")
        kind = type_ if type_ in positions else TEXT
        position = channel.position if isinstance(channel.position, int) else positions[kind]
        positions[kind] += 1
        row = channel_shapes.inserted(id_, guild_id, type_, channel)
        parent_id = _parent(number, channel, wanted, ids)
        rows.append({**row, "position": position, "parent_id": parent_id})
    return rows


def _parent(
    number: int, channel: NewGuildChannel, wanted: Sequence[NewGuildChannel], ids: Ids
) -> Snowflake | None:
    if not channel.parent_id:
        return None
    siblings = [other for other in wanted if other.parent_id == channel.parent_id]
    found = [other for other in wanted if other.id == channel.parent_id]
    if channel.type == CATEGORY or not found or found[0].type != CATEGORY:
        at = f"channels.{number}.parent_id"
        raise InvalidForm.at(at, "CHANNEL_PARENT_INVALID", "Category does not exist")
    if len(siblings) > PER_CATEGORY:
        at = f"channels.{number}.parent_id"
        words = f"Maximum number of channels in category reached ({PER_CATEGORY})"
        raise InvalidForm.at(at, "CHANNEL_PARENT_MAX_CHANNELS", words)
    return ids[channel.parent_id]


def _overwrites(number: int, channel: NewGuildChannel, role_ids: Ids) -> list[Overwrite]:
    """Of roles alone: nobody but the owner is a member yet."""
    entries: dict[str, Overwrite] = {}
    for place, body in enumerate(channel.permission_overwrites or ()):
        id_ = role_ids.get(body.id)
        if id_ is None or body.type == overwrites.MEMBER:
            at = f"channels.{number}.permission_overwrites.{place}.id"
            raise InvalidForm.at(at, "ROLE_INVALID", "Role does not exist")
        allow, deny = overwrites.bits(body.allow), overwrites.bits(body.deny)
        entries[id_] = Overwrite(id=id_, type=overwrites.ROLE, allow=allow, deny=deny)
    return list(entries.values())


def _pointed(
    body: CreateGuild, field: str, wanted: Sequence[NewGuildChannel], ids: Ids
) -> Snowflake | None:
    """The real id of a channel the guild points to by placeholder."""
    placeholder = getattr(body, field) or None
    if placeholder is None:
        return None
    types = shapes.CHANNEL_FIELDS[field]
    if not any(one.id == placeholder and (one.type or TEXT) in types for one in wanted):
        raise InvalidForm.at(field, "CHANNEL_INVALID", "Channel does not exist")
    return ids[placeholder]
