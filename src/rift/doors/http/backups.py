"""Where a backup is brought as one file, by an address that was handed out for it."""

from typing import Final

import msgspec

from rift.core.backups.carrying import bring
from rift.core.unit import Unit
from rift.doors.http.endpoints import Bucket, Surface, put
from rift.doors.http.messages import Answer, Request, json_answer

_BROUGHT: Final = Bucket("backups.put", 5, 60.0)


class Brought(msgspec.Struct, frozen=True):
    """How the backup is called here."""

    name: str


async def take_in(unit: Unit, ticket: str, request: Request) -> Answer:
    """Keep what comes, once it is all here and is a backup."""
    name = await bring(unit.house, ticket, request.stream())
    return json_answer(200, Brought(name))


def surface() -> Surface:
    """Who knows an address needs no token."""
    return Surface(("/api/backups",), (put("/{ticket}", take_in, _BROUGHT, streamed=True),))
