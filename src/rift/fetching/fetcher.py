"""The one way by which the server fetches what somebody else's URL leads to."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

import aiohttp
from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from yarl import URL

from rift.fetching.addresses import Addresses
from rift.fetching.bodies import gather
from rift.fetching.failure import NotFetched, Why
from rift.fetching.reach import Reach
from rift.fetching.resolver import Lookup, Names, Resolver, Sockets

T = TypeVar("T")

FETCHED: Final = "fetched"
_AT_ONCE: Final = 16
_AT_ONCE_PER_HOST: Final = 4
_HOPS: Final = 5
_STEP_S: Final = 5.0
"""To connect, and between two pieces of an answer."""
_DEADLINE_S: Final = 10.0
_LONGEST_LINE: Final = 8190
_MOST_HEADERS: Final = 100
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_UNPRINTABLE: Final = re.compile(r"[^\x20-\x7e]+")


class Portion(NamedTuple):
    """How much of a body is wanted, and whether less than all of it is of no use."""

    size: int
    whole: bool = False


class Ask(NamedTuple):
    """What is to be fetched; `takes` says how much of which content type, None for not at all."""

    accept: str
    takes: Callable[[str], Portion | None]
    headers: Mapping[str, str] = MappingProxyType({})


class Fetched(NamedTuple):
    """What came."""

    url: str
    """Where it was in the end."""
    content_type: str
    """Without parameters, in lower case."""
    charset: str | None
    body: bytes
    whole: bool
    links: tuple[str, ...] = ()
    """Its `Link` headers, as they are."""


class Answer(NamedTuple):
    """What was said to something that was sent; the words of it are of no use."""

    status: int
    retry_after: str


class Exchanged(NamedTuple):
    """What was said to something that was sent, word for word."""

    status: int
    body: bytes


class Fetcher:
    """Speaks for the server: it names itself and the instance, and brings nothing else along.

    No cookies, no referrer, no proxy of the environment; a connection of its own for each request,
    to an address that was checked (see `Resolver`), and its TLS verified. Time, size and the
    number of requests at once are bounded whatever the other side does.
    """

    def __init__(self, reach: Reach, agent: str, lookup: Lookup | None = None) -> None:
        self._reach = reach
        self._agent = _UNPRINTABLE.sub(" ", agent)
        self._addresses = Addresses(reach.allow_addresses)
        self._names = Names()
        self._lookup = lookup or self._names.look_up
        self._opened: ClientSession | None = None
        self.outcomes = Counter[str]()
        """How many requests ended how, since the start."""

    async def close(self) -> None:
        """Break off what is under way."""
        if self._opened is not None:
            await self._opened.close()
        self._names.close()

    async def fetch(self, url: str, ask: Ask) -> Fetched:
        """Get what a URL leads to, or raise `NotFetched`."""
        return await self._counted(self._follow(url, ask))

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send something to a URL and no further: whatever the answer, there it ends."""
        return await self._counted(self._send(url, body, headers))

    async def exchange(
        self, url: str, body: bytes, headers: Mapping[str, str], most: int
    ) -> Exchanged:
        """Send something to a URL and no further, and hear what is said to it."""
        return await self._counted(self._hear(url, body, headers, most))

    def check(self, url: str) -> None:
        """Raise `NotFetched` where a URL's own words say that nothing is sent there."""
        self._reach.checked(url)

    async def _counted(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            done = await self._bounded(work)
        except NotFetched as failure:
            self.outcomes[failure.why.value] += 1
            raise
        self.outcomes[FETCHED] += 1
        return done

    async def _send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        here = self._reach.checked(url)
        async with self._session.post(
            here, data=body, headers=headers, allow_redirects=False
        ) as response:
            answer = Answer(response.status, response.headers.get("Retry-After", ""))
            response.close()
        return answer

    async def _hear(
        self, url: str, body: bytes, headers: Mapping[str, str], most: int
    ) -> Exchanged:
        here = self._reach.checked(url)
        async with self._session.post(
            here, data=body, headers=headers, allow_redirects=False
        ) as response:
            coding = response.headers.get("Content-Encoding", "")
            said, whole = await gather(response.content, coding, most)
            if not whole:
                raise NotFetched(Why.SIZE)
            response.close()
            return Exchanged(response.status, said)

    async def _bounded(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            async with asyncio.timeout(_DEADLINE_S):
                return await work
        except TimeoutError:
            raise NotFetched(Why.DEADLINE) from None
        except (aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError):
            raise NotFetched(Why.TLS) from None
        except aiohttp.InvalidURL:
            raise NotFetched(Why.URL) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise NotFetched(Why.NETWORK) from None

    async def _follow(self, url: str, ask: Ask) -> Fetched:
        """Redirects are followed by hand, so that each place is looked at like the first one."""
        for _ in range(_HOPS + 1):
            here = self._reach.checked(url)
            async with self._session.get(
                here, headers={**ask.headers, "Accept": ask.accept}, allow_redirects=False
            ) as response:
                if response.status not in _REDIRECTS:
                    return await _taken(here, response, ask)
                url = _next(here, response)
                response.close()
        raise NotFetched(Why.REDIRECTS)

    @property
    def _session(self) -> ClientSession:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> ClientSession:
        return ClientSession(
            connector=TCPConnector(
                limit=_AT_ONCE,
                limit_per_host=_AT_ONCE_PER_HOST,
                resolver=Resolver(self._addresses, self._lookup),
                socket_factory=Sockets(self._addresses),
                use_dns_cache=False,
                force_close=True,
            ),
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, identity"},
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(sock_connect=_STEP_S, sock_read=_STEP_S),
            auto_decompress=False,
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
            max_headers=_MOST_HEADERS,
        )


def _next(here: URL, response: ClientResponse) -> str:
    location = response.headers.get("Location", "")
    if not location:
        raise NotFetched(Why.REDIRECTS)
    return str(here.join(URL(location)))


async def _taken(here: URL, response: ClientResponse, ask: Ask) -> Fetched:
    if response.status != _OK:
        raise NotFetched(Why.STATUS)
    wanted = ask.takes(response.content_type)
    if wanted is None:
        raise NotFetched(Why.TYPE)
    coding = response.headers.get("Content-Encoding", "")
    if wanted.whole and (response.content_length or 0) > wanted.size:
        raise NotFetched(Why.SIZE)
    body, whole = b"", False
    if wanted.size:
        body, whole = await gather(response.content, coding, wanted.size)
    if wanted.whole and not whole:
        raise NotFetched(Why.SIZE)
    links = tuple(response.headers.getall("Link", ()))
    response.close()
    return Fetched(str(here), response.content_type, response.charset, body, whole, links)
