"""One serving process: the house, its doors and its tasks, from start to clean stop."""

import asyncio
import gc
import logging
import socket
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Any, Final

import msgspec

from rift.app.attendance import Attendance
from rift.app.building import Clock, open_house, utc_now
from rift.app.chores import Chores
from rift.app.failure import CannotStart
from rift.app.metrics import Gauges
from rift.app.sockets import Stop
from rift.bus import BusFailure
from rift.config import Settings
from rift.core.administration import verbs as administration
from rift.core.administration.commands import AnyCommand
from rift.core.attachments.collecting import Collector
from rift.core.attachments.previewing import Screening
from rift.core.backups.carrying import fetch
from rift.core.backups.keeping import Keeper
from rift.core.happenings.clock import Timekeeper
from rift.core.harvests.collecting import Harvester
from rift.core.harvests.links import follow
from rift.core.house import House
from rift.core.interactions.attending import Attendant
from rift.core.polls.ending import Teller
from rift.core.previews.errands import Scout
from rift.core.pushes.rounds import Courier
from rift.core.role_links.reviewing import Reviewer
from rift.core.schedules.sending import Sender
from rift.core.search.indexing import Indexer
from rift.core.stages.watching import Warden
from rift.core.unit import Unit
from rift.db.claims import Claims
from rift.db.pool import AWAY
from rift.doors import simple
from rift.doors.console import open_console
from rift.doors.discord.gateway import GatewayDoor
from rift.doors.discord.rest import ENDPOINTS
from rift.doors.discord.rest.webhooks import BY_TOKEN
from rift.doors.http import backups, uploads
from rift.doors.http.asgi import Application
from rift.doors.http.connections import Accept, Pace, PassOn
from rift.doors.http.endpoints import Surface, discord
from rift.doors.http.handler import Handler
from rift.doors.http.openapi import Description
from rift.doors.http.passing import Passing
from rift.doors.http.proxies import Proxies
from rift.doors.http.server import HttpServer
from rift.doors.simple.live import LiveDoor
from rift.doors.site import Cdn, Front, built_web_client
from rift.files import StoreDown
from rift.files.cellar import Cellar
from rift.outlets import OUTLETS, Outlet, Runner, for_settings
from rift.outlets.mail import Postman, make_carrier

_log = logging.getLogger(__name__)
_UNLIMITED: Final = 1_000_000
_STOP_S: Final = 20.0
_COLLECT_AFTER: Final = (20_000, 20, 50)
"""Allocations until the youngest objects are looked through, and so on; usual are 700, 10, 10."""


class Workplan(msgspec.Struct, frozen=True, kw_only=True):
    """What a process needs to know to serve its share."""

    settings: Settings
    dsn: str
    host: str
    port: int
    bus_url: str = ""
    index: int = 0
    parent: int = 0

    @property
    def address(self) -> str:
        """The URL to tell people."""
        if self.settings.server.public_url:
            return self.settings.server.public_url.rstrip("/")
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}"


def discord_surface() -> Surface:
    """What bots and user clients call."""
    return discord(ENDPOINTS)


def _surfaces(house: House) -> Sequence[Surface]:
    """All there is to call over HTTP, and its descriptions."""
    api, number = discord_surface(), version("rift")
    hooks = Surface(("/api",), BY_TOKEN)
    described = Description(api, number).surface()
    return (
        api,
        hooks,
        described,
        uploads.surface(),
        backups.surface(),
        *simple.surfaces(house.access_tokens, number),
    )


@asynccontextmanager
async def serving(
    plan: Workplan,
    listening: socket.socket,
    stop: Stop,
    outlets: Sequence[type[Outlet]] = OUTLETS,
    clock: Clock = utc_now,
) -> AsyncIterator[House]:
    """Serve while the context is entered; leaving it finishes what was begun.

    When something fails without which it makes no sense to go on, `stop` says so. `outlets` are
    those there are, of which the settings choose.
    """
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(
            open_house(plan.settings, plan.dsn, plan.bus_url, outlets, clock, plan.address)
        )
        gateway = GatewayDoor(house, gateway_path(plan.index))
        live = LiveDoor(house, gateway)
        passing = Passing(plan.settings.data_directory / "run", plan.index)
        await _start_bus(house, gateway)
        stack.push_async_callback(house.bus.stop)
        chosen = [outlet.of(house) for outlet in for_settings(plan.settings, outlets)]
        await stack.enter_async_context(
            _working((*_work(house, gateway, chosen), live.run()), stop)
        )
        cdn = Cdn(house, await _cellar(plan.settings))
        server = _server(plan, house, gateway, live, passing, cdn)
        _settle_memory()
        await server.start([listening])
        passing.open(server.adopt)
        stack.callback(passing.close)
        stack.push_async_callback(_stop, server, gateway, house)
        stack.callback(live.stop)
        if plan.index == 0:
            await stack.enter_async_context(
                open_console(plan.settings.console_directory, partial(_carry_out, house))
            )
        yield house


async def _cellar(settings: Settings) -> Cellar:
    directory = settings.renditions_directory
    cellar = Cellar(directory, settings.files.rendition_bytes)
    try:
        await cellar.open()
    except StoreDown as error:
        raise CannotStart(
            f"Images in other sizes cannot be kept in {directory}: {error}.",
            "Give this user the right to write there.",
        ) from error
    return cellar


async def _start_bus(house: House, gateway: GatewayDoor) -> None:
    try:
        await house.bus.start(house.world.receive, gateway.lost_touch)
    except BusFailure as failure:
        raise CannotStart(failure.problem, failure.remedy) from failure


async def _carry_out(house: House, command: AnyCommand) -> str:
    async with Unit(house) as unit:
        return await administration.carry_out(unit, command)


async def _stop(server: HttpServer, gateway: GatewayDoor, house: House) -> None:
    """Ask clients to reconnect, finish requests, then what was written."""
    try:
        async with asyncio.timeout(_STOP_S):
            await gateway.stop()
            await server.stop()
            await house.inbox.idle()
    except TimeoutError:
        _log.warning("the stop took too long; what was left is cut off")


def _work(
    house: House, gateway: GatewayDoor, outlets: Sequence[Outlet]
) -> Sequence[Coroutine[Any, Any, None]]:
    claims = house.claims
    if claims is None:
        raise RuntimeError("a house without claims is not to serve")
    chores = Chores(house, gateway, [outlet.name for outlet in outlets])
    return (
        claims.keep(),
        house.inbox.run(),
        house.world.heal(),
        gateway.run(),
        chores.run(),
        chores.purge(),
        chores.erase(),
        *(Runner(house, outlet, claims.office).run() for outlet in outlets),
        *_mail(house, claims),
        *_previews(house, claims),
        *_pushes(house, gateway, claims),
        house.choices.watch(house.pool, house.bells),
        house.bells.run(),
        Harvester(house, claims.office).run(),
        Collector(house, claims.office).run(),
        Keeper(house, claims.office).run(),
        Indexer(house, claims.office).run(),
        Screening(house, claims.office).run(),
        Sender(house, claims.office).run(),
        Timekeeper(house, claims.office).run(),
        Warden(house, claims.office).run(),
        Attendant(house).run(),
        Teller(house, claims.office).run(),
        Reviewer(house, claims.office).run(),
    )


def _mail(house: House, claims: Claims) -> Sequence[Coroutine[Any, Any, None]]:
    carrier = make_carrier(house.settings)
    return () if carrier is None else (Postman(house, carrier, claims.office).run(),)


def _previews(house: House, claims: Claims) -> Sequence[Coroutine[Any, Any, None]]:
    return (Scout(house, claims.office).run(),) if house.settings.previews.enabled else ()


def _pushes(
    house: House, gateway: GatewayDoor, claims: Claims
) -> Sequence[Coroutine[Any, Any, None]]:
    if house.vapid is None:
        return ()
    return Courier(house, claims.office).run(), Attendance(house, gateway).run()


@asynccontextmanager
async def _working(work: Sequence[Coroutine[Any, Any, None]], stop: Stop) -> AsyncIterator[None]:
    """Tasks that run until the end. One that fails ends the process: its work is not optional."""
    tasks = [asyncio.create_task(coroutine) for coroutine in work]
    for task in tasks:
        task.add_done_callback(partial(_check, stop))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _check(stop: Stop, task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.critical("this process cannot go on and ends: %s", error, exc_info=error)
        stop.fail()


def _server(
    plan: Workplan,
    house: House,
    gateway: GatewayDoor,
    live: LiveDoor,
    passing: Passing,
    cdn: Cdn,
) -> HttpServer:
    settings = plan.settings
    handler = Handler(
        _surfaces(house),
        house.tokens,
        lambda reading: Unit(house, reading=reading),
        settings,
        unavailable=AWAY,
    )
    live.spend = handler.limits.spend
    gauges = Gauges(plan.index, house, gateway)
    front = Front(
        settings,
        gauges.text,
        built_web_client(),
        partial(follow, house),
        partial(fetch, house),
        cdn,
    )
    application = Application(handler, Proxies(settings.server.trusted_proxies), front)
    return HttpServer(
        application,
        {**_websockets(gateway, plan.index), "/ws": live.accept},
        elsewhere=_elsewhere(passing, settings.server.workers),
        pace=_pace(settings),
    )


def _settle_memory() -> None:
    """Look for garbage in what comes from now on only, and less often: cycles are rare here."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def _websockets(gateway: GatewayDoor, index: int) -> Mapping[str, Accept]:
    return dict.fromkeys(("/", "/gateway", gateway_path(index)), gateway.accept)


def _elsewhere(passing: Passing, workers: int) -> Mapping[str, PassOn]:
    """The gateways of the other workers of this port, where sessions of theirs are resumed."""
    others = (index for index in range(workers) if index != passing.index)
    return {gateway_path(index): partial(passing.pass_on, index) for index in others}


def gateway_path(index: int) -> str:
    """The path that leads to one worker."""
    return f"/gateway/{index}"


def _pace(settings: Settings) -> Pace:
    if settings.server.rate_limits:
        return Pace()
    return Pace(connections_per_address=_UNLIMITED)
