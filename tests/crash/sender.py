"""Does what is due of one office, one round after the other, until it is killed."""

import asyncio
import sys
from typing import Final

from rift.core.offices import Officer
from rift.core.polls.ending import Teller
from rift.core.schedules.sending import Sender
from tests.core.houses import living

_OFFICERS: Final[dict[str, type[Officer]]] = {it.office: it for it in (Sender, Teller)}


async def always(_: str) -> bool:
    return True


async def main(dsn: str, office: str) -> None:
    async with living(dsn) as house:
        officer = _OFFICERS[office](house, always)
        while True:
            print("a round", flush=True)  # noqa: T201  # the test listens
            await officer.step()


asyncio.run(main(*sys.argv[1:]))
