"""Writes the sample community into a data directory, through a server on a clock of its own."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

import aiohttp
from msgspec.structs import replace

from demo.caller import Caller
from demo.clock import Clock
from demo.community import Community
from demo.diary import Diary
from demo.founding import Founding
from demo.script import scenes
from demo.telling import Telling
from rift.app.database import open_database
from rift.app.premises import occupied
from rift.app.process import Workplan, serving
from rift.app.serve import Progress
from rift.app.sockets import Stop, listen
from rift.config import Settings
from rift.core.instance import verbs as instance
from rift.core.unit import Unit

_BEGAN: Final = timedelta(days=421)
_SEED: Final = 1912
_HASTE_KIB: Final = 64


async def seed(settings: Settings, progress: Progress) -> Community:
    """The community, once it is all written down; its tokens are good from now on."""
    progress("Inviting everybody")
    community = Community()
    with occupied(settings.data_directory):
        async with open_database(settings, progress) as dsn:
            progress("Letting two weeks go by")
            await _tell(_hasty(settings), dsn, community)
    community.keep(settings.data_directory)
    return community


def _hasty(settings: Settings) -> Settings:
    """Nobody waits for rates and hashes while a year is told in seconds."""
    return replace(
        settings,
        server=replace(settings.server, rate_limits=False, workers=1),
        auth=replace(settings.auth, argon2_memory_kib=_HASTE_KIB, argon2_time_cost=1),
        previews=replace(settings.previews, enabled=False),
    )


async def _tell(settings: Settings, dsn: str, community: Community) -> None:
    script = scenes()
    now = datetime.now(UTC)
    clock = Clock(now - _BEGAN)
    listening = listen("127.0.0.1", 0, shared=False)
    host, port = listening.getsockname()[:2]
    plan = Workplan(settings=settings, dsn=dsn, host=host, port=port)
    async with (
        serving(plan, listening, Stop(), clock=clock) as house,
        aiohttp.ClientSession() as http,
    ):
        async with Unit(house) as unit:
            token = await instance.setup_token(unit)
        if token is None:
            raise RuntimeError("this instance has an owner already")
        diary, rng = Diary(now), Random(_SEED)
        guest = Caller(http, plan.address)
        Founding(guest, community, diary, rng).plan(token, script)
        Telling(guest, community, diary, rng).plan(script)
        await diary.play(clock)
        clock.arrive()
