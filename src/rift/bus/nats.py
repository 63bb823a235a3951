"""The bus between processes and machines: NATS core, one message per topic and loop tick."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec
import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from rift.bus.interface import Receiver
from rift.events import INSTANCE_TOPIC, Release
from rift.snowflake import decode_hook

_log = logging.getLogger(__name__)
_PENDING_BYTES = 64 * 1024 * 1024
_MESSAGE_BYTES = 512 * 1024
_DEADLINE_S = 5.0
_RETRY_S = 0.2


class NatsBus:
    """Publishes each tick's releases as one message per topic, and never hears its own.

    Nothing here waits for the broker: what cannot leave is dropped with a warning, and whoever
    missed it fetches the truth again when the connection is back.
    """

    def __init__(self, url: str, *, name: str = "rift") -> None:
        self._url = url
        self._name = name
        self._receive: Receiver | None = None
        self._resync: Callable[[], None] | None = None
        self._client: Client | None = None
        self._courier: asyncio.Task[None] | None = None
        self._outgoing: dict[str, list[bytes]] = {}
        self._wanted: set[str] = set()
        self._followed: dict[str, Subscription] = {}
        self._work = asyncio.Event()
        self._settled = asyncio.Event()
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Release, dec_hook=decode_hook)

    async def start(self, receive: Receiver, resync: Callable[[], None]) -> None:
        self._receive = receive
        self._resync = resync
        self._client = await nats.connect(
            self._url,
            name=self._name,
            no_echo=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=_RETRY_S,
            pending_size=_PENDING_BYTES,
            reconnected_cb=self._on_reconnected,
            error_cb=self._on_error,
        )
        self.follow(INSTANCE_TOPIC)
        self._courier = asyncio.create_task(self._carry(), name="bus")

    async def stop(self) -> None:
        if self._courier is not None:
            self._courier.cancel()
            with suppress(asyncio.CancelledError):
                await self._courier
        if self._client is not None:
            with suppress(NatsError, TimeoutError):
                await self._send()
                await asyncio.wait_for(self._client.drain(), _DEADLINE_S)
            self._client = None
        self._receive = None

    def publish(self, releases: Sequence[Release]) -> None:
        for release in releases:
            encoded = self._encoder.encode(release)
            for topic in release.topics():
                self._outgoing.setdefault(topic, []).append(encoded)
        self._work.set()
        if self._receive is not None:
            self._receive(releases)

    def follow(self, topic: str) -> None:
        self._wanted.add(topic)
        self._settled.clear()
        self._work.set()

    def unfollow(self, topic: str) -> None:
        self._wanted.discard(topic)
        self._work.set()

    async def settled(self) -> None:
        await asyncio.wait_for(self._settled.wait(), _DEADLINE_S)

    async def _carry(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                await self._send()
                await self._follow_wanted()
            except NatsError as error:
                _log.warning("the bus could not deliver, trying again: %s", error)
                await asyncio.sleep(_RETRY_S)
                self._work.set()

    async def _send(self) -> None:
        outgoing, self._outgoing = self._outgoing, {}
        if self._client is None:
            return
        for topic, encoded in outgoing.items():
            for parcel in _parcels(encoded):
                await self._client.publish(topic, parcel)

    async def _follow_wanted(self) -> None:
        client = self._client
        if client is None:
            return
        for topic in self._wanted - self._followed.keys():
            self._followed[topic] = await client.subscribe(topic, cb=self._on_message)
        for topic in self._followed.keys() - self._wanted:
            await self._followed.pop(topic).unsubscribe()
        if not self._settled.is_set():
            await client.flush()
            if self._wanted <= self._followed.keys():
                self._settled.set()

    async def _on_message(self, message: Msg) -> None:
        if self._receive is not None:
            self._receive([self._decoder.decode(part) for part in _unpack(message.data)])

    async def _on_reconnected(self) -> None:
        _log.warning("the bus was away and is back: what was missed is fetched again")
        self._lost()

    async def _on_error(self, error: Exception) -> None:
        _log.warning("the bus reports: %s", error)
        self._lost()

    def _lost(self) -> None:
        if self._resync is not None:
            self._resync()


def _parcels(encoded: list[bytes]) -> list[bytes]:
    """Join encoded releases into messages the broker accepts."""
    parcels: list[bytes] = []
    group: list[bytes] = []
    size = 0
    for item in encoded:
        if group and size + len(item) > _MESSAGE_BYTES:
            parcels.append(msgspec.msgpack.encode(group))
            group, size = [], 0
        group.append(item)
        size += len(item)
    if group:
        parcels.append(msgspec.msgpack.encode(group))
    return parcels


def _unpack(parcel: bytes) -> list[bytes]:
    return msgspec.msgpack.decode(parcel, type=list[bytes])
