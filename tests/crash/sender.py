"""Sends what is due, one round after the other, until it is killed."""

import asyncio
import sys

from rift.core.schedules.sending import Sender
from tests.core.houses import living


async def always(_: str) -> bool:
    return True


async def main(dsn: str) -> None:
    async with living(dsn) as house:
        sender = Sender(house, always)
        while True:
            print("a round", flush=True)  # noqa: T201  # the test listens
            await sender.step()


asyncio.run(main(sys.argv[1]))
