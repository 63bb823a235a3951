"""Where messages are stored: many senders, one statement a batch."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final, LiteralString, NamedTuple

import msgspec
from msgspec import UNSET

from rift.bus import Bus
from rift.core.bells import Bell, Bells
from rift.core.components import media
from rift.core.durability import NOTHING, Durability
from rift.core.messages import origins, queries
from rift.core.previews import proxied
from rift.db.coalescer import Coalescer
from rift.db.pool import Pool, PooledConnection
from rift.events import MessageCreate, Release
from rift.snowflake import Snowflake
from rift.wire.channels import THREADS
from rift.wire.messages import MessageEvent
from rift.wire.users import OF_WEBHOOK

_NAME: Final = MessageCreate.__name__
_NUMBERS: Final = 8
"""So many columns come first that hold numbers, or yes and no."""


class Posting(NamedTuple):
    """A message to be stored, and its nonce where the same one must not be stored twice."""

    message: MessageEvent
    nonce: str | None = None
    to: tuple[Snowflake, ...] = ()
    """Everybody in the channel, where that is a private one."""
    reference: Any = None
    """What is kept of what it points at, where that is not what is told."""

    def told(self) -> MessageCreate:
        return MessageCreate(data=self.message, to=self.to)


class Inbox:
    """Answers with the id of the stored message: another one where the nonce was used before.

    Everybody is told of the messages of a batch, in order, before any of its senders is.
    """

    def __init__(self, pool: Pool, bus: Bus, bells: Bells, durable: Durability = NOTHING) -> None:
        self._bus = bus
        self._bells = bells
        self._durable = durable
        self.turns: set[tuple[str, str]] = set()
        """Who is sending to which slow channel at this moment."""
        self.stored = 0
        """How many were stored since the start."""
        self._coalescer = Coalescer[Posting, Snowflake](pool, self._write, self._publish)

    def post(self, posting: Posting) -> "asyncio.Future[Snowflake]":
        """Queue a message; the future is done when it is committed and told."""
        return self._coalescer.add(posting)

    @property
    def waiting(self) -> int:
        """How many wait to be stored."""
        return self._coalescer.waiting

    async def run(self) -> None:
        """Store for ever; a task of the application."""
        await self._coalescer.run()

    async def idle(self) -> None:
        """Return once nothing waits to be stored."""
        await self._coalescer.idle()

    async def _write(
        self, connection: PooledConnection, postings: Sequence[Posting]
    ) -> Sequence[Snowflake]:
        given = arguments(postings, self._durable)
        rows = await connection.fetch(statement(postings), *given)
        return [
            row[0] or await self._earlier(connection, posting)
            for row, posting in zip(rows, postings, strict=True)
        ]

    async def _earlier(self, connection: PooledConnection, posting: Posting) -> Snowflake:
        """The message that another process stored under this nonce in the same moment."""
        message = posting.message
        id_: Snowflake = await connection.fetchval(
            queries.EARLIER, message.channel_id, message.author.id, posting.nonce
        )
        return id_

    def _publish(self, written: Sequence[tuple[Posting, Snowflake]]) -> None:
        self.stored += len(written)
        told = [posting.told() for posting, id_ in written if id_ == posting.message.id]
        self._bus.publish([Release(events=(event,)) for event in told])
        self._bells.happened(MessageCreate)
        if MessageCreate in self._durable and any(map(self._durable.demands, told)):
            self._bells.ring(Bell.OUTBOX)


def statement(postings: Sequence[Posting]) -> LiteralString:
    """What stores these; nothing is to be done for what there is nothing of."""
    if any(map(_is_rare, postings)):
        return queries.STORE_WITH_MORE
    calls = any(posting.message.mentions for posting in postings)
    return queries.STORE_CALLING if calls else queries.STORE


def arguments(
    postings: Sequence[Posting], durable: Durability = NOTHING
) -> tuple[Sequence[Any], ...]:
    """What the statement is to be given."""
    given = columns(postings, durable)
    if not any(map(_is_rare, postings)):
        return given
    return (*given, [more(posting) for posting in postings])


def columns(
    postings: Sequence[Posting], durable: Durability = NOTHING
) -> tuple[Sequence[Any], ...]:
    """The arguments of the statement, column by column.

    The driver looks at each value of a list for longer than all else takes that a message costs
    it. So numbers are written as an array here, and a list of nothing but nulls is left out.
    """
    rows = list(zip(*map(_row, postings), strict=True))
    numbers = [array(column) for column in rows[:_NUMBERS]]
    others = [() if column.count(None) == len(column) else column for column in rows[_NUMBERS:]]
    given = (*numbers, *others)
    if MessageCreate not in durable:
        return (*given, (), ())
    told = [posting.told() for posting in postings]
    noted = [event if durable.demands(event) else None for event in told]
    if not any(noted):
        return (*given, (), ())
    names = [None if event is None else _NAME for event in noted]
    return (*given, names, [None if event is None else _payload(event) for event in noted])


def more(posting: Posting) -> str | None:
    """What few messages have, as JSON: stickers, a poll, a place in a thread, a webhook's face."""
    message, found = posting.message, dict[str, Any]()
    if message.sticker_items:
        found["sticker_items"] = message.sticker_items
    if message.author.discriminator == OF_WEBHOOK:
        found["persona"] = {"name": message.author.username, "avatar": message.author.avatar}
    if message.application_id is not UNSET:
        found["application_id"] = message.application_id
    if message.position is not UNSET:
        found["position"] = message.position
    origin = origins.kept(message)
    if origin is not None:
        found["interaction"] = origin
    if message.poll is not UNSET:
        found["poll"] = msgspec.structs.replace(message.poll, results=UNSET)
    return msgspec.json.encode(found).decode() if found else None


def _is_rare(posting: Posting) -> bool:
    """Whether it is said in a thread, by a webhook or with stickers."""
    message = posting.message
    return (
        message.sticker_items is not UNSET
        or message.channel_type in THREADS
        or message.poll is not UNSET
        or message.author.discriminator == OF_WEBHOOK
    )


def _row(posting: Posting) -> tuple[Any, ...]:
    message = posting.message
    return (
        message.id,
        message.channel_id,
        "null" if message.guild_id is UNSET else message.guild_id,
        message.author.id,
        str(message.type),
        str(message.flags),
        "t" if message.tts else "f",
        "t" if message.mention_everyone else "f",
        message.content,
        array([user.id for user in message.mentions]) if message.mentions else None,
        array(message.mention_roles) if message.mention_roles else None,
        _text(message.embeds),
        _text(media.kept(message.components, message.attachments)),
        posting.reference or _reference(message),
        posting.nonce,
    )


def _reference(message: MessageEvent) -> Any:
    """What a message points at, and with it what it carried away from there."""
    reference = message.message_reference
    if reference is UNSET:
        return None
    if message.message_snapshots is UNSET:
        return reference
    snapshots = [proxied.kept_snapshot(one) for one in message.message_snapshots]
    return {**msgspec.to_builtins(reference), "snapshots": snapshots}


def _text(items: Sequence[Any]) -> str | None:
    """A list as JSON: inside of an array of rows it would be taken for another dimension."""
    return msgspec.json.encode(items).decode() if items else None


def _payload(event: MessageCreate) -> Any:
    return msgspec.to_builtins(event)


def array(values: Sequence[str]) -> str:
    """Ids, or whatever else needs no quotes, as PostgreSQL writes an array."""
    return "{" + ",".join(values) + "}"
