"""The list of messages that called somebody within the last week."""

from collections import defaultdict

from rift import events
from rift.core import access
from rift.core.actor import Actor
from rift.core.messages import reading
from rift.core.reading import queries
from rift.core.reading.acks import LISTED
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import MAX, Snowflake, at
from rift.wire.messages import Message
from rift.wire.reading import MentionsQuery, RecentMentionDelete


async def page(unit: Unit, actor: Actor, query: MentionsQuery) -> list[Message]:
    """The messages that called one, the newest first, as far as one may still read them."""
    actor.must_be_person()
    around = await access.sight(unit, actor)
    readable = around.channels(Permission.READ_MESSAGE_HISTORY, query.guild_id)
    asked = [row["channel_id"] for row in await unit.all(queries.CANDIDATES, actor.id)]
    rows = await unit.all(
        queries.MENTIONS,
        actor.id,
        [id_ for id_ in asked if id_ in readable],
        at(unit.now() - LISTED),
        query.before or str(MAX),
        query.everyone,
        query.roles,
        query.limit,
    )
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        wanted[row["channel_id"]].append(row["id"])
    found: dict[str, Message] = {}
    for channel_id, ids in wanted.items():
        for message in await reading.several(unit, channel_id, ids, actor.id):
            found[message.id] = message
    return [found[row["id"]] for row in rows if row["id"] in found]


async def dismiss(unit: Unit, actor: Actor, message_id: Snowflake) -> None:
    """Take a message off one's list."""
    actor.must_be_person()
    if int(message_id) > int(at(unit.now() - LISTED)):  # older ones are on no list
        await unit.run(queries.DISMISS, actor.id, message_id)
    gone = RecentMentionDelete(message_id=message_id)
    unit.emit(events.RecentMentionDelete(data=gone, to=(actor.id,)))
