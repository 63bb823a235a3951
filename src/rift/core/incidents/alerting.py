"""Raids: many who come, write to members or call people at once, and who is told of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Any, Final, Literal, NamedTuple, get_args

from rift import events
from rift.core.access import Room
from rift.core.guilds import holding
from rift.core.guilds import queries as guild_queries
from rift.core.house import House
from rift.core.incidents import queries
from rift.core.messages import announcing, noting
from rift.core.unit import Row, Unit
from rift.permissions import ALL
from rift.snowflake import Snowflake, at
from rift.wire.embeds import Embed, EmbedField
from rift.wire.guilds import IncidentsData
from rift.wire.members import Member
from rift.world import Picture, loading

JOINS_WITHIN: Final = timedelta(seconds=60)
JOINS: Final = 25
"""So many who come within that time are a raid."""
DIRECT_WITHIN: Final = timedelta(seconds=60)
DIRECT: Final = 20
"""So many members whom newcomers write to first within that time are spam."""
NEWCOMER: Final = timedelta(days=1)
AGAIN: Final = timedelta(hours=1)
"""Of what goes on a guild is told again after that time."""
SILENT: Final = "RAID_ALERTS_DISABLED"
"""The feature of a guild that wants to hear nothing of it."""

NOTIFICATION: Final = "auto_moderation_notification"
"""The kind of the embed it is told in."""
_SINCE: Final = "raid_datetime"
Column = Literal["raid_detected_at", "dm_spam_detected_at"]
_COLUMNS: Final[tuple[Column, ...]] = get_args(Column)


class Raid(NamedTuple):
    """What goes on, and how much of it."""

    column: Column
    facts: tuple[tuple[str, str], ...]
    """By the first it is known again."""


MENTIONS: Final = Raid(
    "raid_detected_at", (("notification_type", "mention_raid"), ("raid_type", "MENTION_RAID"))
)


def room(guild: Picture, member: Member) -> Room | None:
    """Where those are told who watch over a guild; None where it does not want to be."""
    there = guild.guild
    channel_id = there.safety_alerts_channel_id or there.public_updates_channel_id or ""
    channel = guild.channels.get(channel_id)
    if channel is None or SILENT in there.features:
        return None
    return Room(channel=channel, user=member.user, permissions=ALL, guild=guild, member=member)


async def note_join(unit: Unit, guild: Picture, member: Member) -> None:
    """Look whether somebody who came into a held guild is one of very many."""
    if room(guild, member) is None or not _is_due(unit, guild, "raid_detected_at"):
        return
    since = unit.now() - JOINS_WITHIN
    joins = (await unit.one(queries.JOINS_SINCE, guild.id, since, JOINS))["count"]
    if joins >= JOINS:
        facts = (("raid_type", "JOIN_RAID"), ("join_attempts", str(joins)), ("dms_sent", "0"))
        await tell(unit, guild, member, Raid("raid_detected_at", facts))


def note_direct(unit: Unit, user_id: Snowflake, other_id: Snowflake) -> None:
    """Look, once that is settled, whether newcomers write to very many."""
    unit.afterwards(partial(_note_direct, unit.house, user_id, other_id))


async def tell(unit: Unit, guild: Picture, member: Member, raid: Raid) -> None:
    """Note in a held guild what goes on, and say so, if that was not done of late."""
    there = room(guild, member)
    if there is None or not _is_due(unit, guild, raid.column):
        return
    if await _was_told(unit, there, raid):
        return
    now = unit.now()
    await _change(unit, guild, {raid.column: now})
    named = dict(raid.facts)
    facts = {"notification_type": "raid", "decision_id": token_hex(16), **named}
    fields = [
        EmbedField(name=name, value=value)
        for name, value in {**facts, _SINCE: now.isoformat()}.items()
    ]
    embeds = [Embed(type=NOTIFICATION, fields=fields)]
    await announcing.announce(unit, there, announcing.AUTOMOD, {"embeds": embeds})


async def report(unit: Unit, guild: Picture, member: Member) -> None:
    """Somebody saw a raid in a held guild that was not noticed, and says so."""
    await _change(unit, guild, {"raid_detected_at": unit.now()})
    there = room(guild, member)
    if there is not None:
        await announcing.announce(unit, there, announcing.RAID_REPORTED)


async def clear(unit: Unit, guild: Picture) -> None:
    """No raid goes on any more in a held guild."""
    data = guild.guild.incidents_data or IncidentsData()
    if data.raid_detected_at is not None:
        await _change(unit, guild, {"raid_detected_at": None})


async def settle(unit: Unit, guild: Picture, told: Embed) -> None:
    """Of what was told then nothing goes on any more in a held guild."""
    since = datetime.fromisoformat(noting.fact(told, _SINCE) or "")
    data = guild.guild.incidents_data or IncidentsData()
    over: Row = {column: None for column in _COLUMNS if getattr(data, column) == since}
    if over:
        await _change(unit, guild, over)


async def _change(unit: Unit, guild: Picture, columns: Row) -> None:
    row = await unit.one(guild_queries.UPDATE, guild.id, columns)
    unit.emit(events.GuildUpdate(data=guild.filled(loading.guild_from_row(row))))


async def _was_told(unit: Unit, there: Room, raid: Raid) -> bool:
    """Whether it was told of late, and settled since."""
    name, value = raid.facts[0]
    sign = [{"type": NOTIFICATION, "fields": [{"name": name, "value": value}]}]
    since = at(unit.now() - AGAIN)
    return bool((await unit.one(queries.TOLD, there.channel.id, since, sign))["told"])


async def _note_direct(house: House, user_id: Snowflake, other_id: Snowflake) -> None:
    async with Unit(house) as unit:
        rows = await unit.all(queries.SHARED, user_id, other_id, unit.now() - NEWCOMER)
        for guild_id in _full(unit, [row["guild_id"] for row in rows]):
            guild = await holding.hold(unit, guild_id)
            member = await holding.member(unit, guild, user_id)
            if member is not None:
                facts = (("dms_sent", str(DIRECT)), ("join_attempts", "0"))
                await tell(unit, guild, member, Raid("dm_spam_detected_at", facts))


def _full(unit: Unit, guild_ids: list[Snowflake]) -> Iterator[Snowflake]:
    """Those of the guilds, in the order of their ids, where it is too much now."""
    for guild_id in sorted(guild_ids, key=int):
        count = unit.house.sentry.count(("direct", guild_id), unit.now(), 1, DIRECT_WITHIN)
        if count >= DIRECT:
            yield guild_id


def _is_due(unit: Unit, guild: Picture, column: Column) -> bool:
    data = guild.guild.incidents_data or IncidentsData()
    last: Any = getattr(data, column)
    return not last or last <= unit.now() - AGAIN
