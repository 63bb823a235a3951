"""Looks names up once, and connects to nothing but what was found and checked then."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from aiohttp.abc import AbstractResolver, ResolveResult

from rift.fetching.addresses import Addresses
from rift.fetching.failure import NotFetched, Why

_AT_ONCE: Final = 16

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, as the system's resolver tells them."""


class Names:
    """Asks the system, in threads of its own: a name server that takes its time, as that of
    whoever made up the name may, keeps nothing else of the program waiting.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="names")

    async def look_up(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host."""
        loop = asyncio.get_running_loop()
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        return [str(entry[4][0]) for entry in await loop.run_in_executor(self._threads, ask)]

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class Resolver(AbstractResolver):
    """A name that leads to even one address which is not public leads nowhere.

    What it answers is what is connected to: aiohttp asks once for each connection.
    """

    def __init__(self, addresses: Addresses, lookup: Lookup) -> None:
        self._addresses = addresses
        self._lookup = lookup

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - both are as good
    ) -> list[ResolveResult]:
        """The addresses behind a name, all of them public."""
        try:
            found = await self._lookup(host, port)
        except (OSError, UnicodeError):
            raise NotFetched(Why.NAME) from None
        if not found:
            raise NotFetched(Why.NAME)
        if not all(map(self._addresses.allow, found)):
            raise NotFetched(Why.ADDRESS)
        return [_result(host, address, port) for address in dict.fromkeys(found)]

    async def close(self) -> None:
        pass


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=family,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )


class Sockets:
    """Makes the sockets of a connector, and none to an address that was not to be called.

    Nothing passes it: not a host that is an address itself, and so was never looked up.
    """

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses

    def __call__(self, info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not self._addresses.allow(str(address[0])):
            raise NotFetched(Why.ADDRESS)
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made
