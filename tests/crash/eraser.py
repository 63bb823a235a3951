"""Deletes what is to be deleted, a line for each portion, until nothing is left or it is killed."""

import asyncio
import sys

from rift.core.departures import erasing
from rift.core.unit import Unit
from tests.core.houses import living


async def main(dsn: str) -> None:
    async with living(dsn) as house:
        more = True
        while more:
            async with Unit(house) as unit:
                more = await erasing.erase_portion(unit)
            print("a portion" if more else "done", flush=True)  # noqa: T201  # the test listens


asyncio.run(main(sys.argv[1]))
