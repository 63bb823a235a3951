"""What can be done with notification settings."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import events
from rift.core import access
from rift.core.actor import Actor
from rift.core.notifications import queries
from rift.core.notifications.everywhere import distinct
from rift.core.unit import Row, Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake, parse
from rift.wire import notifications as wire

_PRIVATE: Final = Snowflake("0")
"""Stands for the settings of private channels, which have no guild."""

Settings = wire.UserGuildSettings
Channels = Collection[Snowflake]


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake) -> Settings:
    """One's settings of a guild."""
    actor.must_be_person()
    hall = await access.guild(unit, actor, guild_id)
    return await one(unit, actor, hall.guild.id)


async def fetch_private(unit: Unit, actor: Actor) -> Settings:
    """One's settings of private channels."""
    actor.must_be_person()
    return await one(unit, actor, _PRIVATE)


async def list_all(unit: Unit, actor: Actor) -> list[Settings]:
    """All settings that are not as they were in the beginning."""
    actor.must_be_person()
    return [_settings(row) for row in await unit.all(queries.SETTINGS, actor.id)]


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: wire.ModifyUserGuildSettings
) -> Settings:
    """Change one's settings of a guild; what is not named stays."""
    actor.must_be_person()
    there = {guild_id: await _channels_of(unit, actor, guild_id)}
    return (await change(unit, actor, {guild_id: body}, there))[0]


async def modify_private(unit: Unit, actor: Actor, body: wire.ModifyUserGuildSettings) -> Settings:
    """Change one's settings of private channels."""
    actor.must_be_person()
    there = {_PRIVATE: await access.visible_channels(unit, actor, None)}
    return (await change(unit, actor, {_PRIVATE: body}, there))[0]


async def modify_many(
    unit: Unit, actor: Actor, body: wire.ModifyManyGuildSettings
) -> list[Settings]:
    """Change one's settings of several guilds."""
    actor.must_be_person()
    changes = {_id(f"guilds.{text}", text): change for text, change in body.guilds.items()}
    there = {id_: await _channels_of(unit, actor, id_) for id_ in changes}
    return await change(unit, actor, changes, there)


async def everything(unit: Unit, actor: Actor) -> wire.AllUserGuildSettings:
    """The settings of every guild, for READY: the overrides stay as they are kept."""
    entries = [_stored(row) for row in await unit.all(queries.SETTINGS, actor.id)]
    # Each version only grows, so their sum says whether any of them did.
    return wire.AllUserGuildSettings(
        entries=entries, version=sum(entry.version for entry in entries)
    )


async def _channels_of(unit: Unit, actor: Actor, guild_id: Snowflake) -> Channels:
    """The channels one can have settings of."""
    hall = await access.guild(unit, actor, guild_id)
    return hall.guild.visible(hall.member)


async def one(unit: Unit, actor: Actor, id_: Snowflake) -> Settings:
    row = next((it for it in await unit.all(queries.SETTINGS, actor.id) if _key(it) == id_), None)
    if row is None:
        return Settings(guild_id=_guild_id(id_))
    return _settings(row)


def _settings(row: Row) -> Settings:
    overrides = msgspec.json.decode(row["channel_overrides"])
    return msgspec.convert({**row, "channel_overrides": overrides}, Settings)


def _stored(row: Row) -> wire.StoredUserGuildSettings:
    raw = msgspec.Raw(row.pop("channel_overrides").encode())
    mute = msgspec.convert(row.pop("mute_config"), wire.MuteConfig | None)
    return wire.StoredUserGuildSettings(channel_overrides=raw, mute_config=mute, **row)


def _key(row: Row) -> Snowflake:
    return row["guild_id"] or _PRIVATE


def _guild_id(id_: Snowflake) -> Snowflake | None:
    return None if id_ == _PRIVATE else id_


async def change(
    unit: Unit,
    actor: Actor,
    changes: Mapping[Snowflake, wire.ModifyUserGuildSettings],
    there: Mapping[Snowflake, Channels],
) -> list[Settings]:
    guild_ids = sorted(changes, key=int)
    await unit.run(queries.BEGIN, actor.id, [_guild_id(id_) for id_ in guild_ids])
    rows = await unit.all(queries.LOCK, actor.id, guild_ids)
    changed = [_merged(_settings(row), changes[_key(row)], there[_key(row)]) for row in rows]
    await unit.run(queries.SAVE, actor.id, msgspec.to_builtins(changed))
    for settings in changed:
        unit.emit(events.UserGuildSettingsUpdate(data=settings, to=(actor.id,)))
    return changed


def _merged(before: Settings, body: wire.ModifyUserGuildSettings, there: Channels) -> Settings:
    """The settings with what the body says; what one can no longer see falls out."""
    given = _given(body)
    overrides = {it.channel_id: it for it in before.channel_overrides if it.channel_id in there}
    for text, change in (given.pop("channel_overrides", None) or {}).items():
        id_ = _id(f"channel_overrides.{text}", text)
        if id_ in there:
            known = overrides.get(id_) or wire.ChannelOverride(channel_id=id_)
            overrides[id_] = replace(known, **_given(change))
    return replace(
        before, **given, channel_overrides=list(overrides.values()), version=before.version + 1
    )


def _given(body: wire.ModifyUserGuildSettings | wire.ChannelOverrideBody) -> dict[str, Any]:
    fields = {name: getattr(body, name) for name in body.__struct_fields__}
    given = {name: value for name, value in fields.items() if value is not UNSET}
    if given.get("mute_config") is not None:
        given["mute_config"] = mute(given["mute_config"])
    if "keywords" in given:
        given["keywords"] = distinct(given["keywords"])
    return given


def mute(body: wire.MuteConfigBody) -> wire.MuteConfig:
    window = body.selected_time_window
    return wire.MuteConfig(
        end_time=body.end_time, selected_time_window=UNSET if window is None else window
    )


def _id(place: str, text: str) -> Snowflake:
    id_ = parse(text)
    if id_ is None:
        raise InvalidForm.at(place, "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
    return id_
