"""How the database goes about a search of many segments."""

import pytest

from rift.core.search import queries
from tests.core.houses import living

SEGMENTS = 100
LAST = 2**62


@pytest.mark.parametrize(
    ("query", "order"),
    [(queries.FIND, ("1", 25)), (queries.RANK, (None, "0", 25))],
    ids=["by time", "by relevance"],
)
async def test_each_segment_is_asked_by_itself(
    database: str, query: str, order: tuple[object, ...]
) -> None:
    """And not each document of all of them, whether it is of one of the segments."""
    async with living(database) as house, house.pool.acquire() as connection:
        asked = [f"'{number}:word'" for number in range(SEGMENTS)]
        rows = await connection.fetch(f"explain {query}", asked, ["1"], "0", str(LAST), [], *order)
        plan = "\n".join(row[0] for row in rows)
        assert "search_documents" in plan
        assert "Join Filter" not in plan
