"""The outbox: durable events, written in the transaction they happened in and read in order."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from rift.db.pool import PooledConnection

INSERT: Final = """
insert into outbox (event, payload)
select event, payload
from unnest($1::text[], $2::jsonb[]) with ordinality as entry (event, payload, place)
order by place
"""

# A transaction that began earlier may commit later, with smaller ids. So only what is older than
# every transaction still running is read: nothing can appear behind the cursor any more.
READ: Final = """
select outbox.xact::text as xact, outbox.id, outbox.event, outbox.payload
from outbox
where (outbox.xact, outbox.id) > ($1::text::xid8, $2)
    and outbox.event = any($3)
    and outbox.xact < pg_snapshot_xmin(pg_current_snapshot())
order by outbox.xact, outbox.id
limit $4
"""

CURSOR: Final = """
select xact::text as xact, id
from outlet_cursors
where outlet = $1
"""

# A new outlet begins with what happens from now on.
BEGIN: Final = """
insert into outlet_cursors (outlet, xact, id)
values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
on conflict do nothing
"""

ADVANCE: Final = """
update outlet_cursors
set xact = $2::text::xid8, id = $3
where outlet = $1
"""

PRUNE: Final = """
delete from outbox
where (xact, id) <= (select (xact, id) from outlet_cursors order by xact, id limit 1)
"""

PRUNE_ALL: Final = """
delete from outbox
where not exists (select from outlet_cursors)
"""

FORGET_OUTLETS: Final = """
delete from outlet_cursors
where outlet <> all($1)
"""


class Position(NamedTuple):
    """How far an outlet has read."""

    xact: str
    id: str


class Entry(NamedTuple):
    """One event in the outbox."""

    position: Position
    event: str
    payload: Any


async def cursor(connection: PooledConnection, outlet: str) -> Position:
    """Where an outlet stands; a new one stands at now."""
    await connection.execute(BEGIN, outlet)
    row = await connection.fetchrow(CURSOR, outlet)
    if row is None:
        raise LookupError(f"outlet {outlet} lost its cursor")
    return Position(row["xact"], row["id"])


async def read(
    connection: PooledConnection, after: Position, events: Sequence[str], limit: int
) -> list[Entry]:
    """The next entries an outlet wants."""
    rows = await connection.fetch(READ, after.xact, after.id, events, limit)
    return [
        Entry(Position(row["xact"], row["id"]), row["event"], row["payload"]) for row in rows
    ]


async def advance(connection: PooledConnection, outlet: str, to: Position) -> None:
    """Remember that an outlet is done with everything up to here."""
    await connection.execute(ADVANCE, outlet, to.xact, to.id)


async def prune(connection: PooledConnection, outlets: Sequence[str]) -> None:
    """Drop what every outlet has read, and the cursors of outlets that are no more."""
    await connection.execute(FORGET_OUTLETS, outlets)
    await connection.execute(PRUNE)
    await connection.execute(PRUNE_ALL)
