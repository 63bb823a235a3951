"""The bus between the processes of one machine: each is connected to each by Unix sockets."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from rift.bus.failure import BusFailure
from rift.bus.interface import Receiver, deliver
from rift.events import INSTANCE_TOPIC, Release
from rift.snowflake import decode_hook

_log = logging.getLogger(__name__)
_WAITING_BYTES: Final = 32 * 1024 * 1024
_PREFIX_BYTES: Final = 4
_RETRY_S: Final = 0.2


class _Wish(msgspec.Struct, array_like=True):
    """What a follower asks of a publisher; the name comes with the first one."""

    number: int
    follow: list[str] = []
    unfollow: list[str] = []
    name: str = ""


class _Parcel(msgspec.Struct, array_like=True):
    """What a publisher sends in one tick: the wish it granted last, and releases."""

    granted: int
    releases: list[Release] = []
    last: bool = False
    """A farewell: nothing was lost, and nothing comes any more."""


class UnixBus:
    """Every process listens in `directory` and is connected to by each of the others.

    A connection belongs to its follower: it tells what it follows and is sent just that, one frame
    a tick for all topics together. Who is too slow is cut off, and fetches the truth when it is
    connected again; nobody waits for anybody. Whoever lost a publisher fetches the truth as soon
    as no more of it can be missed: when they are connected again, or it is known to be dead.
    """

    def __init__(self, directory: Path, deadline_s: float = 5.0) -> None:
        self.deadline_s = deadline_s
        """How long another process may take to answer."""
        self._directory = directory
        self._name = secrets.token_urlsafe(6)
        self._receive: Receiver | None = None
        self._resync: Callable[[], None] | None = None
        self._place = -1
        self._server: asyncio.AbstractServer | None = None
        self._wanted = {INSTANCE_TOPIC}
        self._publishers: dict[str, _Following | None] = {}
        """Those we follow, by name; None while we are not connected."""
        self._followers: dict[str, _Follower] = {}
        self._late: set[str] = set()
        """Those who did not follow us in time: they missed something."""
        self._arrived = asyncio.Event()
        self._courting: set[asyncio.Task[object]] = set()
        self._flushing = False
        self._encoder = msgspec.msgpack.Encoder()

    async def start(self, receive: Receiver, resync: Callable[[], None]) -> None:
        self._receive, self._resync = receive, resync
        loop = asyncio.get_running_loop()
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._place = os.open(self._directory, os.O_PATH | os.O_DIRECTORY)
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(self._address(self._name))
            self._server = await loop.create_unix_server(lambda: _Follower(self), sock=listening)
        except OSError as error:
            raise BusFailure(
                f"The workers cannot meet in {self._directory}: {error.strerror}.",
                "The data directory must be on a local disk and ours to write in.",
            ) from error
        others = [path.name for path in self._directory.iterdir() if path.name != self._name]
        await asyncio.gather(*(self._reach(name) for name in others))
        await self._met()

    async def stop(self) -> None:
        self._receive = self._resync = None
        for task in self._courting:
            task.cancel()
        await asyncio.gather(*self._courting, return_exceptions=True)
        if self._server is not None:
            for follower in self._followers.values():
                follower.send(last=True)
            self._server.close()
            self._server = None
            (self._directory / self._name).unlink(missing_ok=True)
            os.close(self._place)
        ends: list[_End] = [*self._followers.values(), *self._connected()]
        self._publishers.clear()
        self._followers.clear()
        await asyncio.gather(*(end.close() for end in ends))

    def publish(self, releases: Sequence[Release]) -> None:
        followers = self._followers.values()
        if followers:
            for release in releases:
                topics = release.topics()
                takers = [it for it in followers if not it.topics.isdisjoint(topics)]
                if takers:
                    encoded = msgspec.Raw(self._encoder.encode(release))
                    for follower in takers:
                        follower.outgoing.append(encoded)
            self._flush_soon()
        deliver(self._receive, releases)

    def follow(self, topic: str) -> None:
        self._wanted.add(topic)
        for publisher in self._connected():
            publisher.ask([topic], [])

    def unfollow(self, topic: str) -> None:
        self._wanted.discard(topic)
        for publisher in self._connected():
            publisher.ask([], [topic])

    async def settled(self) -> None:
        async with asyncio.timeout(self.deadline_s):
            for publisher in self._connected():
                await publisher.granted()

    # Meeting the others

    def _address(self, name: str) -> str:
        """By way of an open directory: a Unix socket's own path has at most 107 bytes."""
        return f"/proc/self/fd/{self._place}/{name}"

    async def _reach(self, name: str) -> bool:
        """Follow another process; whether it is clear what there is to hear of it."""
        while True:
            try:
                return await self._connect(name)
            except OSError as error:
                _log.warning("another worker cannot be reached: %s", error)
                await asyncio.sleep(_RETRY_S)

    async def _connect(self, name: str) -> bool:
        self._publishers[name] = None
        loop = asyncio.get_running_loop()
        try:
            _, following = await loop.create_unix_connection(
                lambda: _Following(self, name), self._address(name)
            )
        except (ConnectionRefusedError, FileNotFoundError):
            (self._directory / name).unlink(missing_ok=True)  # left by one that was killed
            self._publishers.pop(name, None)
            return True
        return await following.joined()

    def reached(self, following: "_Following") -> None:
        """A connection to a publisher stands: tell it all that we follow."""
        self._publishers[following.name] = following
        following.ask(self._wanted, [], self._name)

    async def _met(self) -> None:
        """Return when those we follow follow us: from then on they miss nothing of ours."""
        try:
            async with asyncio.timeout(self.deadline_s):
                while self._missing():
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            _log.warning("another worker does not follow this one yet")
            self._late = self._missing()

    def _missing(self) -> set[str]:
        return self._publishers.keys() - self._followers.keys()

    def met(self, follower: "_Follower") -> None:
        """Somebody follows us, and we them; who comes too late is to find out that they do."""
        if follower.name in self._late:
            self._late.discard(follower.name)
            follower.transport.abort()
            return
        self._followers[follower.name] = follower
        self._arrived.set()
        if follower.name not in self._publishers:
            self._court(self._reach(follower.name))

    def lost_follower(self, follower: "_Follower") -> None:
        if self._followers.get(follower.name) is follower:
            del self._followers[follower.name]

    def parted(self, name: str) -> None:
        """A publisher said farewell."""
        self._publishers.pop(name, None)

    def lost_publisher(self, following: "_Following") -> None:
        """What they published may not have come."""
        if self._receive is not None and self._publishers.get(following.name) is following:
            self._publishers[following.name] = None
            self._court(self._reconnect(following.name))

    async def _reconnect(self, name: str) -> None:
        if await self._reach(name) and self._resync is not None:
            self._resync()

    def _court(self, meeting: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(meeting, name="bus")
        self._courting.add(task)
        task.add_done_callback(self._courting.discard)

    def _connected(self) -> Iterator["_Following"]:
        return (it for it in [*self._publishers.values()] if it is not None)

    # What leaves and comes in

    def _flush_soon(self) -> None:
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._flushing = False
        for follower in list(self._followers.values()):
            follower.send()

    def take(self, releases: Sequence[Release]) -> None:
        deliver(self._receive, releases)


class _End(asyncio.Protocol):
    """One end of a connection: frames with their length in front."""

    def __init__(self, bus: UnixBus) -> None:
        self.bus = bus
        self.transport: asyncio.Transport
        self._encoder = msgspec.msgpack.Encoder()
        self._rest = b""
        self._gone = asyncio.Event()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # however it ended
        self._gone.set()

    async def close(self) -> None:
        """End it when what was written is sent, or does not get sent."""
        self.transport.close()
        try:
            async with asyncio.timeout(self.bus.deadline_s):
                await self._gone.wait()
        except TimeoutError:
            self.transport.abort()

    def write(self, message: object) -> None:
        frame = self._encoder.encode(message)
        self.transport.write(len(frame).to_bytes(_PREFIX_BYTES, "big") + frame)

    def frames(self, data: bytes) -> Iterator[memoryview]:
        """The frames that are complete now."""
        data = self._rest + data if self._rest else data
        view, start = memoryview(data), 0
        while len(data) - start >= _PREFIX_BYTES:
            begin = start + _PREFIX_BYTES
            end = begin + int.from_bytes(view[start:begin], "big")
            if end > len(data):
                break
            start = end
            yield view[begin:end]
        self._rest = data[start:]


class _Follower(_End):
    """Somebody who follows us."""

    _decoder: Final = msgspec.msgpack.Decoder(_Wish)

    def __init__(self, bus: UnixBus) -> None:
        super().__init__(bus)
        self.name = ""
        self.topics: set[str] = set()
        self.outgoing: list[msgspec.Raw] = []
        self._granted = 0

    def data_received(self, data: bytes) -> None:
        for frame in self.frames(data):
            wish = self._decoder.decode(frame)
            self.topics.update(wish.follow)
            self.topics.difference_update(wish.unfollow)
            self._granted = wish.number
            if wish.name:
                self.name = wish.name
                self.bus.met(self)
        self.send(always=True)

    def send(self, *, always: bool = False, last: bool = False) -> None:
        """What was gathered, in one frame; who does not take it in is cut off."""
        if not (self.outgoing or always or last) or self.transport.is_closing():
            return
        outgoing, self.outgoing = self.outgoing, []
        self.write((self._granted, outgoing, last))
        if self.transport.get_write_buffer_size() > _WAITING_BYTES:
            _log.warning("another worker is too slow for what is published and fetches it instead")
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.bus.lost_follower(self)


class _Following(_End):
    """Somebody whom we follow."""

    _decoder: Final = msgspec.msgpack.Decoder(_Parcel, dec_hook=decode_hook)

    def __init__(self, bus: UnixBus, name: str) -> None:
        super().__init__(bus)
        self.name = name
        self._asked = 0
        self._granted = 0
        self._change = asyncio.Event()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.bus.reached(self)

    def ask(self, follow: Iterable[str], unfollow: Iterable[str], name: str = "") -> None:
        self._asked += 1
        self.write(_Wish(self._asked, [*follow], [*unfollow], name))

    async def granted(self) -> None:
        """Return once all that was asked so far is granted, or they are gone."""
        asked = self._asked
        while self._granted < asked and not self.transport.is_closing():
            self._change.clear()
            await self._change.wait()

    async def joined(self) -> bool:
        """Whether all was granted; who does not answer is cut off, and so connected to again."""
        try:
            async with asyncio.timeout(self.bus.deadline_s):
                await self.granted()
        except TimeoutError:
            _log.warning("another worker does not answer")
            self.transport.abort()
        return not self.transport.is_closing()

    def data_received(self, data: bytes) -> None:
        releases: list[Release] = []
        for frame in self.frames(data):
            parcel = self._decoder.decode(frame)
            releases += parcel.releases
            if parcel.granted != self._granted:
                self._granted = parcel.granted
                self._change.set()
            if parcel.last:
                self.bus.parted(self.name)
        self.bus.take(releases)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._change.set()
        self.bus.lost_publisher(self)
