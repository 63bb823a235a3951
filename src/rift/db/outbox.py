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

LAST: Final = """
select last_value
from outbox_places
"""

TRANSACTIONS: Final = """
select
    pg_snapshot_xmin(pg_current_snapshot())::text as oldest,
    pg_snapshot_xmax(pg_current_snapshot())::text as next
"""

READ: Final = """
select id, event, payload
from outbox
where id > $1
    and id <= $2
    and event = any($3)
order by id
limit $4
"""

CURSOR: Final = """
select id
from outlet_cursors
where outlet = $1
"""

BEGIN: Final = """
insert into outlet_cursors (outlet, id)
select $1, last_value
from outbox_places
on conflict do nothing
"""

ADVANCE: Final = """
update outlet_cursors
set id = $2
where outlet = $1 and id < $2
"""

PRUNE: Final = """
delete from outbox
where id <= (select min(id) from outlet_cursors)
"""

PRUNE_ALL: Final = """
delete from outbox
where not exists (select from outlet_cursors)
"""

FORGET_OUTLETS: Final = """
delete from outlet_cursors
where outlet <> all($1)
"""


class Mark(NamedTuple):
    """A place in the outbox, and the transactions that may still write before it."""

    id: str
    next_transaction: int


class Entry(NamedTuple):
    """One event in the outbox."""

    id: str
    event: str
    payload: Any


async def cursor(connection: PooledConnection, outlet: str) -> str:
    """How far an outlet has read; a new one begins with what happens from now on."""
    found: str | None = await connection.fetchval(CURSOR, outlet)
    if found is None:
        await connection.execute(BEGIN, outlet)
        found = await connection.fetchval(CURSOR, outlet)
    if found is None:
        raise LookupError(f"outlet {outlet} lost its cursor")
    return found


async def mark(connection: PooledConnection) -> Mark:
    """The newest place: first the place, and then who was under way when it was taken."""
    last = await connection.fetchval(LAST)
    row = await connection.fetchrow(TRANSACTIONS)
    return Mark(last, int(row["next"]) if row else 0)


async def is_reached(connection: PooledConnection, mark: Mark) -> bool:
    """Whether everybody who may write before the mark is done: nothing can appear there any more.

    A transaction that took its place earlier may well be committed later.
    """
    row = await connection.fetchrow(TRANSACTIONS)
    return row is not None and int(row["oldest"]) >= mark.next_transaction


async def read(
    connection: PooledConnection, after: str, mark: Mark, events: Sequence[str], limit: int
) -> list[Entry]:
    """The next entries an outlet wants, up to a mark that is reached."""
    rows = await connection.fetch(READ, after, mark.id, events, limit)
    return [Entry(row["id"], row["event"], row["payload"]) for row in rows]


async def advance(connection: PooledConnection, outlet: str, to: str) -> None:
    """Remember that an outlet is done with everything up to here."""
    await connection.execute(ADVANCE, outlet, to)


async def prune(connection: PooledConnection, outlets: Sequence[str]) -> None:
    """Drop what every outlet has read, and the cursors of outlets that are no more."""
    await connection.execute(FORGET_OUTLETS, outlets)
    await connection.execute(PRUNE)
    await connection.execute(PRUNE_ALL)
