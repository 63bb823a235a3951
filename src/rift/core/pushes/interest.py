"""Whether anybody wants pushes at all: until somebody does, nothing is kept for them."""

from rift.core.pushes import queries
from rift.db.pool import Pool


class Interest:
    """What one process knows; it asks again now and then."""

    __slots__ = ("pushes",)

    def __init__(self) -> None:
        self.pushes = False

    async def look(self, pool: Pool) -> None:
        self.pushes = bool(await pool.fetchval(queries.IS_ANY))
