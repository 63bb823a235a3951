"""A unit of work: one transaction, and the events that its commit releases."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Any, Final, LiteralString, Self

import msgspec

from rift.config import Settings
from rift.core.bells import Bell
from rift.core.house import House
from rift.db import outbox
from rift.db.pool import AWAY, PooledConnection, Transaction
from rift.errors import Overloaded, Refusal
from rift.events import AnyEvent, GuildDoubted, Release
from rift.snowflake import Snowflake
from rift.wire.guilds import UnavailableGuild
from rift.world import World

_ACQUIRE_S: Final = 5.0

_ADVANCE: Final = """
update guilds
set revision = revision + 1
where id = $1
returning revision
"""

Row = dict[str, Any]


class Unit(msgspec.Struct, eq=False):
    """What a verb writes and emits; nothing of it happened until the unit is left in peace.

    The first query takes a connection and begins a transaction; a unit opened for reading
    only takes a connection. Events that change a guild's picture get the guild's next revision as
    the last act before the commit, so that every process applies them in the order of commits.
    """

    house: House
    reading: bool = False
    _connection: "PooledConnection | None" = None
    _transaction: "Transaction | None" = None
    _events: list[AnyEvent] = []
    _afterwards: tuple[Callable[[], Awaitable[None]], ...] = ()
    _roused: tuple[Bell, ...] = ()

    @property
    def world(self) -> World:
        return self.house.world

    @property
    def settings(self) -> Settings:
        return self.house.choices.settings

    def now(self) -> datetime:
        return self.house.clock()

    def new_id(self) -> Snowflake:
        return self.house.ids.new()

    async def one(self, query: LiteralString, *args: object) -> Row:
        """The one row there must be."""
        row = await self.maybe(query, *args)
        if row is None:
            raise LookupError("a query that must answer a row answered none")
        return row

    async def maybe(self, query: LiteralString, *args: object) -> Row | None:
        """The first row, if there is one."""
        connection = await self._connected()
        row = await connection.fetchrow(query, *args)
        return None if row is None else dict(row)

    async def all(self, query: LiteralString, *args: object) -> list[Row]:
        """Every row."""
        connection = await self._connected()
        return [dict(row) for row in await connection.fetch(query, *args)]

    async def run(self, query: LiteralString, *args: object) -> int:
        """How many rows the statement touched."""
        connection = await self._connected()
        status = await connection.execute(query, *args)
        return int(status.rpartition(" ")[2] or 0)

    def emit(self, event: AnyEvent) -> None:
        """Let the world know, once this is committed."""
        self._events.append(event)

    def afterwards(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do something in units of its own, once this one is committed or its caller refused."""
        self._afterwards += (act,)

    def rouse(self, bell: Bell) -> None:
        """Wake who works off what was written here, once this is committed."""
        self._roused += (bell,)

    def take_events(self) -> list[AnyEvent]:
        """Hand the events over to whoever commits them instead, such as the inbox."""
        events, self._events = self._events, []
        return events

    def settle(self) -> bool:
        """Finish at once where all it took was memory, as for most reads; else it must be left."""
        if self._connection is not None or self._afterwards:
            return False
        events = self._events
        if not events:
            return True
        for event in events:
            if self._weighs(event):
                return False
        self._events = []
        self.house.bus.publish(_unordered(events))
        return True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None and self.settle():
            return
        try:
            if error is None:
                await self._commit()
            elif self._transaction is not None:
                with suppress(*AWAY):  # the database has rolled back by itself then
                    await self._transaction.rollback()
        finally:
            await self._leave()
        if error is None or isinstance(error, Refusal):
            for act in self._afterwards:
                await act()

    async def _connected(self) -> PooledConnection:
        if self._connection is None:
            self._connection = await self._acquire()
        if self._transaction is None and not self.reading:
            transaction = self._connection.transaction()
            await transaction.start()
            self._transaction = transaction
        return self._connection

    async def _acquire(self) -> PooledConnection:
        try:
            return await self.house.pool.acquire(timeout=_ACQUIRE_S)
        except TimeoutError as error:
            raise Overloaded from error

    async def _leave(self) -> None:
        connection, self._connection = self._connection, None
        self._transaction = None
        if connection is not None:
            await self.house.pool.release(connection)

    async def _commit(self) -> None:
        events = self.take_events()
        if self._transaction is None:
            if not any(map(self._weighs, events)):
                self.house.bus.publish(_unordered(events))
                return
            self.reading = False
            await self._connected()
        await self._commit_and_publish(events)

    async def _commit_and_publish(self, events: list[AnyEvent]) -> None:
        releases = await self._releases(events)
        if self._transaction is None:
            raise RuntimeError("there is nothing to commit")
        try:
            await self._transaction.commit()
        except BaseException:
            # Whether it was committed is unknown: everybody fetches anew what was to change.
            self.house.bus.publish(_doubts(releases))
            raise
        else:
            self.house.bus.publish(releases)
        finally:
            self._ring(events)

    def _ring(self, events: Sequence[AnyEvent]) -> None:
        for bell in self._roused:
            self.house.bells.ring(bell)
        for type_ in set(map(type, events)):
            self.house.bells.happened(type_)

    def _weighs(self, event: AnyEvent) -> bool:
        """Whether an event needs a transaction even where nothing else was written."""
        return event.about.picture or self.house.durable.demands(event)

    async def _releases(self, events: list[AnyEvent]) -> Sequence[Release]:
        by_guild: defaultdict[Snowflake, list[AnyEvent]] = defaultdict(list)
        others: list[AnyEvent] = []
        for event in events:
            if event.about.picture and event.guild_id is not None:
                by_guild[event.guild_id].append(event)
            else:
                others.append(event)
        ordered = [await self._ordered(id_, by_guild[id_]) for id_ in sorted(by_guild, key=int)]
        # Not before the guilds are held: the outbox has the order of their revisions.
        await self._write_outbox(events)
        return [*ordered, *_unordered(others)]

    async def _ordered(self, guild_id: Snowflake, events: list[AnyEvent]) -> Release:
        row = await self.maybe(_ADVANCE, guild_id)
        # A deleted guild has no row and no later revision: the event that says so is the last.
        revision = int(row["revision"]) if row else Release.LAST
        return Release(events=tuple(events), guild_id=guild_id, revision=revision)

    async def _write_outbox(self, events: list[AnyEvent]) -> None:
        durable = [event for event in events if self.house.durable.demands(event)]
        if durable:
            names = [type(event).__name__ for event in durable]
            payloads = [msgspec.to_builtins(event) for event in durable]
            await self.run(outbox.INSERT, names, payloads)
            self.rouse(Bell.OUTBOX)


def _doubts(releases: Sequence[Release]) -> Sequence[Release]:
    guild_ids = [release.guild_id for release in releases if release.guild_id is not None]
    return _unordered([GuildDoubted(data=UnavailableGuild(id=id_)) for id_ in guild_ids])


def _unordered(events: Sequence[AnyEvent]) -> Sequence[Release]:
    return [Release(events=(event,)) for event in events]
