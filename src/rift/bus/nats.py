"""The bus between processes and machines: NATS core, one message per topic and loop tick."""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Final

import msgspec
import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.errors import SlowConsumerError

from rift.bus.failure import BusFailure
from rift.bus.interface import Receiver, deliver
from rift.events import INSTANCE_TOPIC, Release
from rift.snowflake import decode_hook

_log = logging.getLogger(__name__)
_BROKEN: Final = (NatsError, OSError, RuntimeError)
"""How a connection says that it is gone; the last one is uvloop's word for a closed one."""

_LOSS_TOPIC: Final = "loss"
_WAITING_BYTES: Final = 32 * 1024 * 1024
_MESSAGE_BYTES: Final = 512 * 1024
_REMEMBERED: Final = 4096
_DEADLINE_S: Final = 5.0
_FLUSH_S: Final = 5
_PING_S: Final = 10
_RETRY_S: Final = 0.2
_GATHER_S: Final = 0.5


class _Parcel(msgspec.Struct, array_like=True):
    """One message: who sends, and releases; those under several topics carry a number."""

    origin: str
    releases: list[tuple[int, Release]]


class NatsBus:
    """Publishes each tick's releases as one message per topic, and never hears its own.

    Nothing here waits for the broker: what cannot leave is dropped, and everybody is told of the
    loss as soon as somebody listens again, so that whoever missed something fetches the truth.
    """

    def __init__(self, url: str, *, name: str = "rift", connect_s: float = 15.0) -> None:
        self._url = url
        self._connect_s = connect_s
        self._name = name
        self._origin = secrets.token_urlsafe(6)
        self._receive: Receiver | None = None
        self._resync: Callable[[], None] | None = None
        self._client: Client | None = None
        self._courier: asyncio.Task[None] | None = None
        self._outgoing: dict[str, list[bytes]] = {}
        self._waiting_bytes = 0
        self._number = 0
        self._seen: OrderedDict[tuple[str, int], None] = OrderedDict()
        self._wanted = {INSTANCE_TOPIC, _LOSS_TOPIC}
        self._followed: dict[str, Subscription] = {}
        self._work = asyncio.Event()
        self._settled = asyncio.Event()
        self._sends_lost = False
        """Something of ours did not leave: the others have to be told."""
        self._hearing_lost = False
        """Something may not have reached us: it has to be fetched."""
        self._resyncing: asyncio.TimerHandle | None = None
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(_Parcel, dec_hook=decode_hook)

    async def start(self, receive: Receiver, resync: Callable[[], None]) -> None:
        self._receive = receive
        self._resync = resync
        self._client = await self._connect()
        self._work.set()
        self._courier = asyncio.create_task(self._carry(), name="bus")
        await self.settled()

    async def stop(self) -> None:
        self._receive = self._resync = None
        if self._resyncing is not None:
            self._resyncing.cancel()
        if self._courier is not None:
            self._courier.cancel()
            with suppress(asyncio.CancelledError):
                await self._courier
        client = self._client
        if client is not None:
            with suppress(*_BROKEN):
                async with asyncio.timeout(_DEADLINE_S):
                    await self._send(client)
                    await _flush(client)
            with suppress(*_BROKEN):
                await client.close()
            self._client = None

    def publish(self, releases: Sequence[Release]) -> None:
        if self._client is not None and self._client.is_connected:
            for release in releases:
                self._enqueue(release)
        elif releases:
            self._sends_lost = True
        self._work.set()
        deliver(self._receive, releases)

    def follow(self, topic: str) -> None:
        self._wanted.add(topic)
        self._settled.clear()
        self._work.set()

    def unfollow(self, topic: str) -> None:
        self._wanted.discard(topic)
        self._work.set()

    async def settled(self) -> None:
        if self._client is not None and self._client.is_connected:
            await asyncio.wait_for(self._settled.wait(), _DEADLINE_S)

    async def _connect(self) -> Client:
        try:
            async with asyncio.timeout(self._connect_s):
                return await nats.connect(
                    self._url,
                    name=self._name,
                    no_echo=True,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=_RETRY_S,
                    ping_interval=_PING_S,
                    reconnected_cb=self._on_reconnected,
                    disconnected_cb=self._on_disconnected,
                    error_cb=self._on_error,
                )
        except (NatsError, OSError) as error:
            raise BusFailure(
                f"The message broker does not answer: {str(error) or 'no reply in time'}.",
                "Check bus.url (RIFT_BUS_URL), and that the NATS server runs and lets us in.",
            ) from error

    # What leaves

    def _enqueue(self, release: Release) -> None:
        topics = release.topics()
        number = 0
        if len(topics) > 1:
            number = self._number = self._number + 1
        encoded = self._encoder.encode((number, release))
        self._waiting_bytes += len(encoded) * len(topics)
        if self._waiting_bytes > _WAITING_BYTES:
            self._drop_waiting()
            return
        for topic in topics:
            self._outgoing.setdefault(topic, []).append(encoded)

    def _drop_waiting(self) -> None:
        _log.warning("the bus is too slow for what is published; the others fetch it instead")
        self._outgoing.clear()
        self._waiting_bytes = 0
        self._sends_lost = True

    async def _carry(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            client = self._client
            if client is None or not client.is_connected:
                continue  # there is work again when the connection is
            try:
                await self._send(client)
                await self._follow_wanted(client)
            except _BROKEN as error:
                _log.warning("the bus stumbled and tries again: %s", error)
                await asyncio.sleep(_RETRY_S)
                self._work.set()
            else:
                self._plan_resync()

    async def _send(self, client: Client) -> None:
        outgoing, self._outgoing = self._outgoing, {}
        self._waiting_bytes = 0
        most = min(_MESSAGE_BYTES, client.max_payload - 1024)
        try:
            for topic, encoded in outgoing.items():
                for group in _groups(encoded, most):
                    if len(group) == 1 and len(group[0]) > client.max_payload - 1024:
                        _log.warning("a release is too large for the broker; it is fetched instead")
                        self._sends_lost = True
                    else:
                        await client.publish(topic, self._parcel(group))
        except BaseException:
            self._sends_lost = True
            raise
        if self._sends_lost:
            await client.publish(_LOSS_TOPIC, b"")
            self._sends_lost = False

    def _parcel(self, encoded: Sequence[bytes]) -> bytes:
        return self._encoder.encode((self._origin, [msgspec.Raw(item) for item in encoded]))

    # What is followed and comes in

    async def _follow_wanted(self, client: Client) -> None:
        for topic in self._wanted - self._followed.keys():
            self._followed[topic] = await client.subscribe(topic, cb=self._on_message)
        for topic in self._followed.keys() - self._wanted:
            await self._followed.pop(topic).unsubscribe()
        if not self._settled.is_set():
            await _flush(client)
            if self._wanted <= self._followed.keys():
                self._settled.set()

    async def _on_message(self, message: Msg) -> None:
        if message.subject == _LOSS_TOPIC:
            self._lose_hearing()
            return
        try:
            parcel = self._decoder.decode(message.data)
        except msgspec.MsgspecError:
            _log.exception("the bus brought what nobody understands")
            return
        deliver(self._receive, list(self._unseen(parcel)))

    def _unseen(self, parcel: _Parcel) -> Iterator[Release]:
        """What did not come under another of its topics before."""
        for number, release in parcel.releases:
            key = (parcel.origin, number)
            if number and key in self._seen:
                continue
            if number:
                self._seen[key] = None
                if len(self._seen) > _REMEMBERED:
                    self._seen.popitem(last=False)
            yield release

    # When the broker was away

    async def _on_disconnected(self) -> None:
        if self._receive is not None:
            _log.warning("the bus is away")
        self._outgoing.clear()
        self._waiting_bytes = 0
        self._settled.set()  # nobody waits for a broker that is away

    async def _on_reconnected(self) -> None:
        _log.warning("the bus is back: what was missed is fetched again")
        self._sends_lost = True
        self._lose_hearing()

    async def _on_error(self, error: Exception) -> None:
        if isinstance(error, SlowConsumerError):
            _log.warning("the bus brought more than could be taken: it is fetched instead")
            self._lose_hearing()
        elif self._client is not None and self._client.is_connected:
            _log.warning("the bus reports: %s", error)

    def _lose_hearing(self) -> None:
        self._hearing_lost = True
        self._work.set()

    def _plan_resync(self) -> None:
        """Fetch what was missed, once for all the losses of the same moment."""
        if self._hearing_lost and self._resyncing is None:
            self._resyncing = asyncio.get_running_loop().call_later(_GATHER_S, self._resync_now)

    def _resync_now(self) -> None:
        self._resyncing = None
        self._hearing_lost = False
        if self._resync is not None:
            self._resync()


async def _flush(client: Client) -> None:
    """Return once the broker has taken in all that was said to it.

    The client's own flush lets its PING overtake commands that still wait to be written, so its
    answer says nothing of those. When it has come they are written, and a second one is behind.
    """
    await client.flush(_FLUSH_S)
    await client.flush(_FLUSH_S)


def _groups(encoded: Sequence[bytes], most: int) -> Iterator[Sequence[bytes]]:
    """Portions that a message can take; one that is larger by itself comes alone."""
    group: list[bytes] = []
    size = 0
    for item in encoded:
        if group and size + len(item) > most:
            yield group
            group, size = [], 0
        group.append(item)
        size += len(item)
    if group:
        yield group
