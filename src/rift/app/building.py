"""Builds the house of one process: pool, world, bus and the parts that verbs work with."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from rift.app.failure import CannotStart
from rift.app.keys import open_keyring
from rift.bus import Bus, LocalBus, UnixBus
from rift.config import Settings
from rift.core.accounts.access_tokens import AccessTokens
from rift.core.accounts.identities import Identities
from rift.core.accounts.jwts import Jwts
from rift.core.accounts.keys import Vault
from rift.core.accounts.passwords import Passwords
from rift.core.accounts.throttles import Throttles
from rift.core.accounts.tokens import Tokens
from rift.core.automod.sentry import Sentry
from rift.core.bells import Bells
from rift.core.console.choices import Choices
from rift.core.durability import Concern, Durability
from rift.core.gifs.library import Library, domains
from rift.core.gifs.providers import PROVIDERS
from rift.core.house import House
from rift.core.instance.queries import INSTANCE_ID
from rift.core.interactions.desk import Desk
from rift.core.links import Links
from rift.core.messages.inbox import Inbox
from rift.core.pushes.interest import Interest
from rift.core.pushes.vapid import Vapid, open_vapid
from rift.db.claims import Claims, open_claims
from rift.db.pool import Pool, open_pool
from rift.events import CATALOGUE, Event
from rift.fetching import Fetcher, Reach
from rift.files import Store, StoreDown, open_store
from rift.media import Limits, Workshop
from rift.media.clamd import Clamd
from rift.outlets import OUTLETS, Outlet, for_settings
from rift.outlets.push import Push
from rift.protocols.ratelimit import Throttle
from rift.snowflake import Generator
from rift.world import World

_DAY_S: Final = 86_400.0
_CLOSE_S: Final = 5.0
_SERVANTS: Final = 4
UNIX: Final = "unix:"

Clock = Callable[[], datetime]


class Pools(NamedTuple):
    """A unit may wait for the world to load or the inbox to store while it holds a connection.

    So those have connections of their own: all units together can never starve them.
    """

    units: Pool
    servants: Pool


class Locks(NamedTuple):
    """What the instance's own keys are good for."""

    jwts: Jwts
    vault: Vault
    links: Links
    identities: Identities
    vapid: Vapid | None = None


class Ears(NamedTuple):
    """What this process has heard: which events are wanted, and what was chosen while it runs."""

    durable: Durability
    interest: Interest
    choices: Choices


def utc_now() -> datetime:
    return datetime.now(UTC)


def _seconds(clock: Clock) -> Callable[[], float]:
    """The same clock for ids, of which one is made for each message."""
    return time.time if clock is utc_now else lambda: clock().timestamp()


def make_bus(url: str) -> Bus:
    """In-process, over Unix sockets in a directory, or through the broker at a URL."""
    if url.startswith(UNIX):
        return UnixBus(Path(url.removeprefix(UNIX)))
    if not url:
        return LocalBus()
    from rift.bus.nats import NatsBus  # noqa: PLC0415 - no start without a broker waits for it

    return NatsBus(url)


@asynccontextmanager
async def open_house(
    settings: Settings,
    dsn: str,
    bus_url: str = "",
    outlets: Sequence[type[Outlet]] = OUTLETS,
    clock: Clock = utc_now,
    base: str = "",
) -> AsyncIterator[House]:
    """The house, closed at the end; its tasks and its bus are started by who lives in it.

    Of the outlets there are, those that the settings ask for find their events in the outbox,
    whether they are fed in this process or in another one. `base` is where people reach us.
    """
    interest = Interest()
    durable = _durability(for_settings(settings, outlets), interest)
    ears = Ears(durable, interest, Choices(settings))
    async with (
        _opened(dsn, settings.database.max_connections) as pool,
        _opened(dsn, _SERVANTS) as servants,
        open_claims(dsn) as claims,
    ):
        pools = Pools(pool, servants)
        keyring = open_keyring(settings)
        jwts = Jwts(keyring.signing, issuer=await servants.fetchval(INSTANCE_ID))
        reached = settings.files.cdn_origin or base or settings.server.public_url.rstrip("/")
        links = Links(reached, keyring.sealing, clock)
        locks = Locks(jwts, Vault(keyring.sealing), links, Identities(keyring.identity))
        files = await _files(settings)
        await ears.choices.look(servants)
        if settings.push.enabled:
            await interest.look(servants)
            contact = _contact(settings, reached)
            locks = locks._replace(vapid=await open_vapid(servants, locks.vault, contact))
        house = _house(settings, pools, locks, make_bus(bus_url), claims, ears, clock, files)
        try:
            yield house
        finally:
            house.passwords.close()
            await house.workshop.close()
            await house.fetcher.close()
            await house.messenger.close()
            await house.caller.close()
            if house.gifs is not None:
                await house.gifs.close()


def _house(
    settings: Settings,
    pools: Pools,
    locks: Locks,
    bus: Bus,
    claims: Claims,
    ears: Ears,
    clock: Clock,
    files: Store,
) -> House:
    auth = settings.auth
    tokens, bells = Tokens(pools.servants), Bells(claims)
    return House(
        settings=settings,
        pool=pools.units,
        bus=bus,
        world=World(pools.servants, bus),
        ids=Generator(claims.number, _seconds(clock)),
        clock=clock,
        passwords=Passwords(
            memory_kib=auth.argon2_memory_kib,
            time_cost=auth.argon2_time_cost,
            parallelism=auth.argon2_parallelism,
        ),
        tokens=tokens,
        jwts=locks.jwts,
        access_tokens=AccessTokens(locks.jwts, tokens, clock),
        identities=locks.identities,
        vault=locks.vault,
        throttles=Throttles(settings),
        inbox=Inbox(pools.servants, bus, bells, ears.durable),
        files=files,
        fetcher=_fetcher(settings),
        messenger=_messenger(settings),
        caller=_caller(settings),
        desk=Desk(),
        sentry=Sentry(),
        gifs=_gifs(settings),
        workshop=_workshop(settings),
        clamd=Clamd.at(settings.files.clamd, is_required=settings.files.clamd_required),
        links=locks.links,
        starts=Throttle(settings.gateway.identifies_per_day, _DAY_S),
        interest=ears.interest,
        choices=ears.choices,
        bells=bells,
        began=clock(),
        durable=ears.durable,
        vapid=locks.vapid,
        claims=claims,
    )


async def _files(settings: Settings) -> Store:
    try:
        return await open_store(settings)
    except StoreDown as error:
        raise CannotStart(
            f"Files cannot be kept in {settings.files_directory}: {error}.",
            "Choose a directory that this user may write to with files.directory.",
        ) from error


def _workshop(settings: Settings) -> Workshop:
    files = settings.files
    return Workshop(
        Limits(pixels=files.image_pixels, animation_pixels=8 * files.image_pixels),
        workers=files.media_workers,
        memory_bytes=files.media_memory_bytes,
    )


def _fetcher(settings: Settings) -> Fetcher:
    given = settings.previews
    reach = Reach(
        ports=frozenset(map(int, given.ports)),
        allow_domains=given.allow_domains,
        deny_domains=given.deny_domains,
        allow_addresses=given.allow_addresses,
    )
    where = settings.server.public_url or settings.instance.name
    return Fetcher(reach, f"Rift/{version('rift')} (link previews; {where})")


def _messenger(settings: Settings) -> Fetcher:
    given = settings.push
    reach = Reach(
        schemes=given.schemes,
        ports=frozenset(map(int, given.ports)),
        allow_addresses=given.allow_addresses,
    )
    return Fetcher(reach, f"Rift/{version('rift')}")


def _caller(settings: Settings) -> Fetcher:
    given = settings.interactions
    reach = Reach(
        schemes=given.schemes,
        ports=frozenset(map(int, given.ports)),
        allow_addresses=given.allow_addresses,
    )
    return Fetcher(reach, f"Discord-Interactions/1.0 (Rift/{version('rift')})")


def _gifs(settings: Settings) -> Library | None:
    given = settings.gifs
    if not given.key:
        return None
    provider = PROVIDERS[given.provider](given.key, given.rating)
    port = urlsplit(given.url).port
    reach = Reach(
        schemes=given.schemes,
        ports=(443,) if port is None else (443, port),
        allow_domains=domains(provider, given.url),
        allow_addresses=given.allow_addresses,
    )
    fetcher = Fetcher(reach, f"Rift/{version('rift')}")
    return Library(provider, fetcher, given.url, given.file_bytes)


def _contact(settings: Settings, base: str) -> str:
    """Where push services find whoever runs this server."""
    if settings.push.contact:
        return settings.push.contact
    if settings.mail.sender:
        return f"mailto:{settings.mail.sender}"
    return settings.server.public_url or base


def _durability(outlets: Sequence[type[Outlet]], interest: Interest) -> Durability:
    wanted = defaultdict[type[Event], list[Concern]](list)
    for outlet in outlets:
        for event in outlet.events:
            if event not in CATALOGUE or not event.about.durable:
                raise TypeError(f"{event.__name__} is not durable: no outlet can rely on it")
            wanted[event].append(_concern(outlet, interest))
    return Durability(dict(wanted))


def _concern(outlet: type[Outlet], interest: Interest) -> Concern:
    """Nearly any message may have to be pushed; none is kept for that while nobody asks for it."""
    if outlet is not Push:
        return outlet.concerns
    return lambda event: interest.pushes and outlet.concerns(event)


@asynccontextmanager
async def _opened(dsn: str, size: int) -> AsyncIterator[Pool]:
    pool = await open_pool(dsn, size=size)
    try:
        yield pool
    finally:
        try:
            await asyncio.wait_for(pool.close(), _CLOSE_S)
        except TimeoutError:
            pool.terminate()
