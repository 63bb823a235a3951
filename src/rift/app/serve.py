"""`rift up`: the database, then one process or several, until somebody says stop."""

import logging
import os
import socket
import sys
from importlib.metadata import version
from typing import Any, Final, NoReturn, Protocol

import msgspec

from rift.app.backups import finish_restore, restores_heard
from rift.app.building import UNIX, open_house
from rift.app.database import open_database
from rift.app.logs import set_up_logging
from rift.app.premises import occupied
from rift.app.process import Workplan, discord_surface, serving
from rift.app.sockets import BACKLOG, Stop, allow_many, bind, stop_signal
from rift.app.workers import Crew
from rift.config import Settings
from rift.core.house import House
from rift.core.instance import verbs as instance
from rift.core.unit import Unit
from rift.doors import simple
from rift.doors.http.openapi import document

_log = logging.getLogger(__name__)

AGAIN: Final = -1
"""The program is to start anew in its place: there is a backup to be put back before it serves."""


def start_anew() -> NoReturn:
    """Become the program that was started, with the same words and under the same number."""
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - it is ourselves


class Progress(Protocol):
    """Where the steps of a start are shown."""

    def __call__(self, step: str) -> None: ...
    def ready(self, url: str, owner_link: str | None = None) -> None: ...


async def serve(settings: Settings, progress: Progress) -> int:
    """Serve until SIGINT or SIGTERM; the exit code, or `AGAIN`."""
    set_up_logging(settings)
    stop = stop_signal()
    alone = settings.server.workers == 1
    _warn(settings)
    allow_many()
    with (
        bind(settings.server.host, settings.server.port, shared=not alone) as listening,
        occupied(settings.data_directory),
    ):
        await finish_restore(settings, progress)
        async with open_database(settings, progress) as dsn:
            plan = _plan(settings, dsn, listening)
            async with restores_heard(settings.data_directory, stop):
                if alone:
                    await _serve_alone(plan, listening, progress, stop)
                else:
                    await _serve_together(plan, progress, stop)
            progress("Stopping")
    return AGAIN if stop.again else int(stop.failed)


def _warn(settings: Settings) -> None:
    if not settings.server.rate_limits:
        _log.warning("Rate limits are off: anybody may ask for anything as often as they like.")


def openapi() -> dict[str, Any]:
    """The description of our REST API."""
    return document(discord_surface(), version("rift"))


def simple_openapi() -> dict[str, Any]:
    """The description of the simple API."""
    return document(simple.surface(), version("rift"))


async def _serve_alone(
    plan: Workplan, listening: socket.socket, progress: Progress, stop: Stop
) -> None:
    progress("Opening the doors")
    listening.listen(BACKLOG)
    async with serving(plan, listening, stop) as house:
        await _announce(plan, house, progress)
        await stop.wait()


async def _serve_together(plan: Workplan, progress: Progress, stop: Stop) -> None:
    meeting = f"{UNIX}{plan.settings.data_directory / 'run' / 'bus'}"
    crew = Crew(msgspec.structs.replace(plan, bus_url=plan.settings.bus.url or meeting))
    async with crew.working(progress):
        async with open_house(plan.settings, plan.dsn) as house:
            await _announce(plan, house, progress)
        await stop.wait()


async def _announce(plan: Workplan, house: House, progress: Progress) -> None:
    url = plan.address
    async with Unit(house) as unit:
        token = await instance.setup_token(unit)
    progress.ready(url, None if token is None else f"{url}/setup?token={token}")


def _plan(settings: Settings, dsn: str, listening: socket.socket) -> Workplan:
    host, port = listening.getsockname()[:2]
    return Workplan(settings=settings, dsn=dsn, host=host, port=port, bus_url=settings.bus.url)
