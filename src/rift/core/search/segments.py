"""Where documents are put: into the segment of their time, or a new one where that is full."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Final, TypeVar

from rift.core.search import queries
from rift.core.search.documents import Document
from rift.core.unit import Row, Unit

Item = TypeVar("Item")

FULL: Final = 100_000
"""Documents of a segment, after which the next message begins another one."""


async def in_turn(items: Iterable[Item]) -> AsyncIterator[Item]:
    """One after the other, and before each of them everybody else who waits has their turn.

    So the busier the process, the less of it is spent on the index, which may be a little late.
    """
    for item in items:
        await asyncio.sleep(0)
        yield item


async def put(unit: Unit, documents: Sequence[Document]) -> list[str]:
    """Index the documents; the number of each one's segment."""
    numbers = await _numbers(unit, documents)
    await unit.run(
        queries.INDEX,
        [it.id for it in documents],
        [it.channel_id for it in documents],
        [it.author_id for it in documents],
        [int(number) for number in numbers],
        [it.vector(number) async for it, number in in_turn(zip(documents, numbers, strict=True))],
    )
    await _grow(unit, documents, numbers)
    return numbers


async def _numbers(unit: Unit, documents: Sequence[Document]) -> list[str]:
    rows = await unit.all(
        queries.PLACES, [it.scope for it in documents], [it.id for it in documents]
    )
    known = {(row["scope"], row["id"]): row for row in rows}
    opened: dict[str, str] = {}
    """Segments that had to be opened, by scope: what comes after it in this batch goes there."""
    found: dict[str, str] = {}
    for it in sorted(documents, key=lambda document: int(document.id)):
        row = known.get((it.scope, it.id))
        if row is not None and not _is_over(row, it):
            found[it.id] = str(row["number"])
            continue
        if it.scope not in opened:
            made = await unit.one(queries.OPEN_SEGMENT, it.scope, it.id)
            opened[it.scope] = str(made["number"])
        found[it.id] = opened[it.scope]
    return [found[it.id] for it in documents]


def _is_over(row: Row, document: Document) -> bool:
    """Whether a segment is full, and the message comes after all that is in it."""
    return row["count"] >= FULL and int(document.id) > int(row["last_id"])


async def _grow(unit: Unit, documents: Sequence[Document], numbers: Sequence[str]) -> None:
    counts = Counter(numbers)
    ids: dict[str, list[int]] = {number: [] for number in counts}
    for it, number in zip(documents, numbers, strict=True):
        ids[number].append(int(it.id))
    await unit.run(
        queries.GROW,
        [int(number) for number in counts],
        list(counts.values()),
        [str(min(ids[number])) for number in counts],
        [str(max(ids[number])) for number in counts],
    )
