"""Who is told of a message or of what begins, and has devices: who may see it and wants to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from rift.core.bells import Bell
from rift.core.happenings import queries as happenings
from rift.core.notifications.gathering import wishes
from rift.core.notifications.rules import Wishes, wants_beginning, wants_push
from rift.core.pushes import queries
from rift.core.unit import Unit
from rift.events import MessageCreate
from rift.permissions import VIEW_CHANNEL
from rift.snowflake import Snowflake, at
from rift.wire.channels import THREADS, ThreadMember
from rift.wire.happenings import ScheduledEvent
from rift.world import Picture

Ids = frozenset[Snowflake]
NOBODY: Ids = frozenset()
_ONLY_MENTIONS: Final = 1 << 2
_NO_MESSAGES: Final = 1 << 3
"""How somebody is in a thread, where they do not want all of it."""


class Told(NamedTuple):
    """A message and somebody who is to be told of it."""

    user_id: Snowflake
    message_id: Snowflake
    channel_id: Snowflake
    calls: bool


async def order(unit: Unit, told: Sequence[MessageCreate], after: timedelta) -> None:
    """Have pushes of these messages carried to whom they concern, unless they come by meanwhile."""
    chosen = await _chosen(unit, told)
    if chosen:
        columns = map(list, zip(*chosen, strict=True))
        await unit.run(queries.ORDER, *columns, unit.now() + after)
        unit.rouse(Bell.PUSHES)


async def order_beginning(unit: Unit, event: ScheduledEvent, after: timedelta) -> None:
    """Have those who want to come told that an event begins, unless they come by meanwhile."""
    place = await unit.world.guild(event.guild_id)
    rows = await unit.all(happenings.REACHABLE, event.id, at(event.scheduled_start_time))
    people = frozenset(row["user_id"] for row in rows)
    if place is None or not people:
        return
    channel = place.channels.get(event.channel_id or "")
    seeing = await _seeing(unit, place, people, event.channel_id)
    wishing = await wishes(unit, place, channel, seeing)
    told = [one.user_id for one in wishing if wants_beginning(one, event, unit.now())]
    await unit.run(queries.ORDER_BEGINNING, told, event.id, event.guild_id, unit.now() + after)
    unit.rouse(Bell.PUSHES)


async def _chosen(unit: Unit, told: Sequence[MessageCreate]) -> list[Told]:
    listeners = await _listeners(unit, told)
    if not listeners:
        return []
    unheard = await _unheard(unit, listeners, {event.data.author.id for event in told})
    by_channel: defaultdict[Snowflake, list[MessageCreate]] = defaultdict(list)
    for event in told:
        by_channel[event.data.channel_id].append(event)
    chosen: list[Told] = []
    for events in by_channel.values():
        wishing = await _wishes(unit, events[0], listeners)
        for event in events:
            chosen += _wanting(unit, event, wishing, unheard)
    return chosen


async def _listeners(unit: Unit, told: Sequence[MessageCreate]) -> Mapping[Snowflake | None, Ids]:
    """By guild, and None for private channels: who has devices."""
    guild_ids = {event.guild_id for event in told if event.guild_id is not None}
    people = {id_ for event in told if event.guild_id is None for id_ in event.to}
    found: defaultdict[Snowflake | None, set[Snowflake]] = defaultdict(set)
    for row in await unit.all(queries.LISTENERS, list(guild_ids), list(people)):
        found[row["guild_id"]].add(row["user_id"])
    return {guild_id: frozenset(ids) for guild_id, ids in found.items()}


async def _unheard(
    unit: Unit, listeners: Mapping[Snowflake | None, Ids], authors: Collection[Snowflake]
) -> frozenset[tuple[Snowflake, Snowflake]]:
    """Who does not want to hear from whom."""
    people = NOBODY.union(*listeners.values())
    rows = await unit.all(queries.UNHEARD, list(people), list(authors))
    return frozenset((row["user_id"], row["other_id"]) for row in rows)


async def _wishes(
    unit: Unit, event: MessageCreate, listeners: Mapping[Snowflake | None, Ids]
) -> Sequence[Wishes]:
    """What those wish for who may see the channel of a message."""
    place = await unit.world.place(event.data.channel_id)
    people = listeners.get(event.guild_id, NOBODY)
    if place is None or not people:
        return ()
    if not isinstance(place, Picture):
        there = people & set(place.listeners)
        return await wishes(unit, None, place.channel, list(there)) if there else ()
    channel = place.place(event.data.channel_id)
    if channel is None:
        return ()
    if channel.type in THREADS:
        people = _in_thread(place, channel.id, event, people)
    seeing = await _seeing(unit, place, people, channel.id)
    return await wishes(unit, place, channel, seeing) if seeing else ()


async def _seeing(
    unit: Unit, place: Picture, people: Ids, channel_id: Snowflake | None
) -> list[Snowflake]:
    """Those of the people who are there and see a channel, or the guild."""
    members = await unit.world.members(place, people)
    now = unit.now()
    return [
        member.user.id
        for member in members
        if channel_id is None or place.permissions(member, channel_id, now) & VIEW_CHANNEL
    ]


def _in_thread(place: Picture, thread_id: str, event: MessageCreate, people: Ids) -> Ids:
    """Of a thread hear who is in it, as they want to, and whom a message names."""
    named = {user.id for user in event.data.mentions}
    crowd = place.threads.crowd(thread_id)
    return frozenset(
        id_ for id_ in people if id_ in named or (id_ in crowd and _listens(crowd[id_]))
    )


def _listens(own: ThreadMember) -> bool:
    return own.muted is not True and not own.flags & (_ONLY_MENTIONS | _NO_MESSAGES)


def _wanting(
    unit: Unit,
    event: MessageCreate,
    wishing: Sequence[Wishes],
    unheard: frozenset[tuple[Snowflake, Snowflake]],
) -> Iterable[Told]:
    message = event.data
    named = {user.id for user in message.mentions}
    for one in wishing:
        if (one.user_id, message.author.id) in unheard:
            continue
        if wants_push(one, message, unit.now()):
            calls = event.guild_id is None or one.user_id in named
            yield Told(one.user_id, message.id, message.channel_id, calls)
