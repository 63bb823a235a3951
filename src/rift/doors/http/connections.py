"""What the connections of one server share: the application, deadlines and who is connected."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec
from picows import WSListener

from rift.doors.http.asgi import Application


class Accept(Protocol):
    """Lets a WebSocket in, or raises a `Refusal`; header names are lower case."""

    def __call__(
        self, path: str, query: str, headers: Mapping[str, str], address: str, /
    ) -> WSListener: ...


PassOn = Callable[[int, bytes], bool]
"""Gives a descriptor and the first bytes that came on it to another worker."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How patient a server is, in seconds and bytes."""

    keep_alive_s: float = 75.0
    head_s: float = 10.0
    body_s: float = 20.0
    body_bytes_per_s: int = 2048
    """A body may take longer than `body_s`, if it comes at least at this rate."""
    write_s: float = 60.0
    head_bytes: int = 32_768
    discarded_bytes: int = 16_777_216
    """How much more of a refused body is read away, so that the client sees the refusal."""
    connections_per_address: int = 1000
    sweep_s: float = 1.0
    stop_s: int = 15
    socket_frame_bytes: int = 65_536


class ServerContext:
    """`now` is a coarse clock, moved on by the sweep, precise enough for deadlines."""

    def __init__(
        self,
        application: Application,
        sockets: Mapping[str, Accept],
        elsewhere: Mapping[str, PassOn],
        pace: Pace,
        clock: Callable[[], float],
    ) -> None:
        self.application = application
        self.sockets = sockets
        self.elsewhere = elsewhere
        self.pace = pace
        self.clock = clock
        self.now = clock()
        self._by_address: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count a connection in; False where its address has too many. Proxies are exempt."""
        if self.application.proxies.trusts(address):
            return True
        if self._by_address[address] >= self.pace.connections_per_address:
            return False
        self._by_address[address] += 1
        return True

    def leave(self, address: str) -> None:
        left = self._by_address[address] - 1
        if left > 0:
            self._by_address[address] = left
        else:
            del self._by_address[address]
