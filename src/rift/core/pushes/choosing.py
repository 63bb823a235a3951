"""Whom a message is told who has devices: those whom it concerns and who want to hear of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from rift.core.pushes import queries
from rift.core.pushes.wanting import Call, is_wanted
from rift.core.unit import Unit
from rift.events import MessageCreate
from rift.permissions import VIEW_CHANNEL
from rift.snowflake import Snowflake

Listeners = Mapping[Snowflake | None, Mapping[Snowflake, Any]]
"""By guild, and None for private channels: who has devices, and their settings there."""


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


async def _chosen(unit: Unit, told: Sequence[MessageCreate]) -> list[Told]:
    listeners = await _listeners(unit, told)
    if not listeners:
        return []
    unheard = await _unheard(unit, listeners, {event.data.author.id for event in told})
    chosen: list[Told] = []
    for event in told:
        message, there = event.data, listeners.get(event.guild_id, {})
        people = there if event.guild_id else there.keys() & set(event.to)
        hearing = [
            id_
            for id_ in people
            if id_ != message.author.id and (id_, message.author.id) not in unheard
        ]
        for user_id, call in (await _calls(unit, event, hearing)).items():
            if is_wanted(there[user_id], call, unit.now()):
                chosen.append(Told(user_id, message.id, message.channel_id, call.is_personal))
    return chosen


async def _listeners(unit: Unit, told: Sequence[MessageCreate]) -> Listeners:
    guild_ids = {event.guild_id for event in told if event.guild_id is not None}
    people = {id_ for event in told if event.guild_id is None for id_ in event.to}
    found: defaultdict[Snowflake | None, dict[Snowflake, Any]] = defaultdict(dict)
    for row in await unit.all(queries.LISTENERS, list(guild_ids), list(people)):
        found[row["guild_id"]][row["user_id"]] = row["settings"]
    return found


async def _unheard(
    unit: Unit, listeners: Listeners, authors: Collection[Snowflake]
) -> frozenset[tuple[Snowflake, Snowflake]]:
    people = {id_ for some in listeners.values() for id_ in some}
    rows = await unit.all(queries.UNHEARD, list(people), list(authors))
    return frozenset((row["user_id"], row["other_id"]) for row in rows)


async def _calls(
    unit: Unit, event: MessageCreate, people: Sequence[Snowflake]
) -> Mapping[Snowflake, Call]:
    """How the message calls each of those who may see it."""
    message = event.data
    if event.guild_id is None:
        return dict.fromkeys(people, Call(channel_id=message.channel_id, privately=True))
    picture = await unit.world.guild(event.guild_id)
    channel = picture.channels.get(message.channel_id) if picture else None
    if picture is None or channel is None:
        return {}
    members = await unit.world.members(picture, people)
    return {
        member.user.id: Call(
            channel_id=message.channel_id,
            parent_id=channel.parent_id or None,
            level=picture.guild.default_message_notifications,
            by_name=any(user.id == member.user.id for user in message.mentions),
            by_role=not set(message.mention_roles).isdisjoint(member.roles),
            everyone=message.mention_everyone,
        )
        for member in members
        if picture.permissions(member, channel.id, unit.now()) & VIEW_CHANNEL
    }
