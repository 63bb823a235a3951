"""uvicorn's HTTP protocol with a fast lane for hot endpoints, deadlines and our WebSockets.

Hot requests skip the ASGI scope, its task and events, and are answered with one write. Everything
else, and whatever comes while an earlier request still runs, goes through ASGI as usual.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Mapping
from enum import Enum
from math import inf
from typing import Any, Final

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from rift.doors.http.asgi import DISCARDED, FOUND
from rift.doors.http.connections import ServerContext
from rift.doors.http.errands import Errand
from rift.doors.http.messages import Answer, Request, Stream
from rift.doors.http.refusals import BadRequest, HeaderTooLarge, TooManyConnections
from rift.doors.http.router import NOWHERE, Match
from rift.doors.http.websocket import hand_over
from rift.errors import EntityTooLarge, Refusal

_log: Final = logging.getLogger(__name__)
_H2C: Final = re.compile(rb"\r\nupgrade:[ \t]*h2c[ \t]*\r\n", re.IGNORECASE)


class Reading(Enum):
    """What a connection is waiting to read."""

    IDLE = "the next request"
    HEAD = "the rest of a header"
    BODY = "the rest of a body"
    NOTHING = "a request is being served"
    CLOSED = "the connection ends"


# Looked at many times a request, and to take a member from its enum is as slow as a call.
_IDLE, _HEAD, _BODY, _NOTHING, _CLOSED = Reading


class Exchange:
    """A hot request that had to wait; to its connection it looks like one of uvicorn's cycles."""

    __slots__ = (
        "disconnected",
        "errand",
        "keep_alive",
        "match",
        "message_event",
        "request",
        "response_complete",
        "since",
    )

    def __init__(
        self,
        request: Request,
        match: Match,
        errand: Errand[Answer],
        since: float,
        *,
        keep_alive: bool,
    ) -> None:
        self.since = since
        self.request = request
        self.match = match
        self.errand = errand
        self.keep_alive = keep_alive
        self.response_complete = False
        self.disconnected = False
        self.message_event = asyncio.Event()


class Lane(HttpToolsProtocol):
    """One connection."""

    parser: httptools.HttpRequestParser

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        # config.app is the server's context: uvicorn offers no other way to hand parts in.
        self.context: ServerContext = config.app  # type: ignore[assignment]
        # What the lane leaves to uvicorn goes the application's common way.
        self.app = self.context.application
        self.proxies = self.context.application.proxies
        self.handler = self.context.application.handler
        self.address = ""
        self.is_proxied = False
        self.is_counted = False
        self.reading = _HEAD
        self.since = self.context.now
        self.received = 0
        self.target = NOWHERE
        self.match: Match | None = None
        self.fields: dict[bytes, bytes] = {}
        self.body: list[bytes] = []
        self.exchange: Exchange | None = None
        self.keep_alive = True

    # The life of a connection.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self.is_proxied = self.proxies.trusts(self.address)
        self.is_counted = self.context.enter(self.address)
        self._wait_for(_HEAD)
        if not self.is_counted:
            self._refuse(TooManyConnections())

    def connection_lost(self, exc: Exception | None) -> None:
        self._depart()
        super().connection_lost(exc)

    def _depart(self) -> None:
        if self.is_counted:
            self.is_counted = False
            self.context.leave(self.address)

    def sweep(self) -> None:
        """End what has taken too long; called about once a second."""
        pace = self.context.pace
        waited_s = self.context.now - self.since
        if self.reading is _CLOSED or self.flow.write_paused:
            if waited_s > pace.write_s:
                self.transport.abort()
        elif self.transport.is_closing():
            self._wait_for(_CLOSED)
        elif not self.flow.read_paused and waited_s > self._patience_s():
            self.transport.close()
        if self.exchange and self.context.now - self.exchange.since > self.handler.verb_s:
            self.exchange.errand.cancel()

    def _patience_s(self) -> float:
        pace = self.context.pace
        if self.reading is _NOTHING:
            return inf
        if self.reading is _BODY:
            return pace.body_s + self.received / pace.body_bytes_per_s
        return pace.head_s if self.reading is _HEAD else pace.keep_alive_s

    def _wait_for(self, reading: Reading) -> None:
        self.reading = reading
        self.since = self.context.now

    # Reading.

    def data_received(self, data: bytes) -> None:
        if self.reading is _IDLE:
            self.received = len(data)
            self._wait_for(_HEAD)
        elif self.reading is _HEAD:
            self.received += len(data)
        if b"h2c" in data and self.reading is not _BODY:
            data = _without_h2c(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._upgrade(data[upgrade.args[0] :])
            return
        except httptools.HttpParserCallbackError as error:
            _log.error("a parser callback failed", exc_info=error)
            self._refuse(BadRequest())
        except httptools.HttpParserError:
            self._refuse(BadRequest())
        if self.reading is _HEAD and self.received > self.context.pace.head_bytes:
            self._refuse(HeaderTooLarge())

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self.match = None
        if self.reading is not _HEAD:
            self.received = 0
            self._wait_for(_HEAD)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        too_long = self.received > self.context.pace.head_bytes and self._is_too_long()
        self._wait_for(_BODY)
        self.received = 0
        if too_long:
            self._refuse(HeaderTooLarge())
            return
        try:
            target = self.target = self.handler.router.locate(self.parser.get_method(), self.url)
        except httptools.HttpParserInvalidURLError:
            self._refuse(BadRequest())
            return
        self.fields = fields = dict(self.headers)
        expect = fields.get(b"expect")
        self.expect_100_continue = expect is not None and expect.lower() == b"100-continue"
        if target.hot and self._is_plain() and not _brings_files(fields):
            self._take(target.hot)
        else:
            self._go_through_asgi()

    def _take(self, match: Match) -> None:
        """Begin a hot request; one whose body is announced too large is refused before it comes."""
        self.body = []
        self.keep_alive = self.parser.should_keep_alive()
        announced = self.fields.get(b"content-length")
        if announced and announced != b"0" and int(announced) > self.handler.max_bytes(match.route):
            self._serve(match, _too_large)
        else:
            self.match = match

    def on_body(self, body: bytes) -> None:
        self.received += len(body)
        if self.match is not None:
            self.body.append(body)
            if self.received > self.handler.max_bytes(self.match.route):
                self._serve(self.match, _too_large)
        elif self._is_asgi_reading():
            super().on_body(body)
        elif self.received > self.context.pace.discarded_bytes:
            self._close()

    def on_message_complete(self) -> None:
        self.reading = _NOTHING
        if self.match is not None:
            self._serve(self.match)
        elif self._is_asgi_reading():
            super().on_message_complete()
        elif self._is_answered():
            self._wait_for(_IDLE)

    def _is_answered(self) -> bool:
        """Whether no earlier request is still being served."""
        latest = self._latest()
        return latest is None or latest.response_complete

    def _is_asgi_reading(self) -> bool:
        """Whether an ASGI cycle still wants this body; else it is read away."""
        return not self._is_answered() and not isinstance(self._latest(), Exchange)

    def _latest(self) -> Exchange | RequestResponseCycle | None:
        """The request that came last, if it had to wait; uvicorn's type is too narrow for it."""
        return self.cycle

    def _is_too_long(self) -> bool:
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        return size > self.context.pace.head_bytes

    def _is_plain(self) -> bool:
        """Whether nothing about this request needs uvicorn's care.

        HTTP/1.0 does: a connection that it wants to keep. Where no header speaks of the connection
        it ends with the answer, as it does in any version that says `close`.
        """
        return (
            self._is_answered()
            and not self.flow.write_paused
            and not self.expect_100_continue
            and not self.parser.should_upgrade()
            and (b"connection" not in self.fields or self.parser.get_http_version() == "1.1")
        )

    def _go_through_asgi(self) -> None:
        """Let uvicorn have the request, with the scope it would have begun earlier."""
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers = self.scope["headers"] = headers
        state = self.scope.setdefault("state", {})
        state[FOUND], state[DISCARDED] = self.target.found, self.context.pace.discarded_bytes
        super().on_headers_complete()

    # The fast lane.

    def _serve(self, match: Match, stream: Stream | None = None) -> None:
        """Run the verb; `stream` refuses a body that is not read to its end."""
        self.match = None
        request = self._request()
        if stream is not None:
            request.body = None
            request.stream = stream
        errand = Errand(self.handler.respond(request, match))
        answer = errand.start(self.loop)
        if answer is not None:
            self._reply(answer, keep_alive=self.keep_alive)
            return
        exchange = Exchange(request, match, errand, self.context.now, keep_alive=self.keep_alive)
        self.exchange = exchange
        self.cycle = exchange  # type: ignore[assignment]  # it has what uvicorn looks at
        if errand.task is not None:
            self._mind(errand.task, exchange)

    def _request(self) -> Request:
        address: str = self.address
        scheme: str = self.scheme or "http"
        if self.is_proxied:
            address, scheme = self.proxies.caller(self.fields, address, scheme)
        _, method, path, query, _ = self.target
        body = b"".join(self.body)
        return Request(method, path, query, self.fields, address, scheme, body, watched=True)

    def _mind(self, task: asyncio.Task[Answer], exchange: Exchange) -> None:
        """Answer when the task is done, and let a stopping server wait for it."""
        self.tasks.add(task)  # type: ignore[arg-type]  # uvicorn never asks for results
        task.add_done_callback(self.tasks.discard)
        task.add_done_callback(lambda done: self._end(done, exchange))

    def _end(self, task: asyncio.Task[Answer], exchange: Exchange) -> None:
        exchange.response_complete = True
        self.exchange = None
        if exchange.disconnected or self.transport.is_closing():
            return
        if task.cancelled():
            answer = self.handler.overdue(exchange.request, exchange.match.route)
        else:
            answer = task.result()
        self._reply(answer, keep_alive=exchange.keep_alive)

    def _reply(self, answer: Answer, *, keep_alive: bool) -> None:
        self.transport.write(answer.to_bytes(keep_alive=keep_alive))
        if keep_alive:
            self.on_response_complete()
        else:
            self._close()

    # Ending.

    def on_response_complete(self) -> None:
        """As uvicorn's, but for the timer of each idle connection: the sweep minds those."""
        if self.transport.is_closing():
            return
        if self.flow.read_paused:
            self.flow.resume_reading()
        if self.reading is _BODY and self.received > self.context.pace.discarded_bytes:
            self._close()
        elif self.pipeline:
            cycle, app = self.pipeline.pop()
            self._start_asgi_task(cycle, app)
        elif self.reading is _NOTHING:
            self._wait_for(_IDLE)

    def pause_writing(self) -> None:
        self.since = self.context.now
        super().pause_writing()

    def _refuse(self, refusal: Refusal) -> None:
        """Answer a request that never became one, and end the connection.

        Nobody may take this for the answer to an earlier request: where one is still being served,
        the connection ends with its answer.
        """
        latest = self._latest()
        is_waiting = latest is not None and not latest.response_complete
        is_half_read = is_waiting and self.reading is _BODY and self._is_asgi_reading()
        if self.transport.is_closing():
            return
        if latest is not None and is_waiting and not is_half_read:
            latest.keep_alive = False
            self.flow.pause_reading()
            return
        if not self.pipeline:
            answer = self.handler.refuse(refusal)
            self.transport.write(answer.to_bytes(keep_alive=False))
        self._close()

    def _close(self) -> None:
        self._wait_for(_CLOSED)
        self.transport.close()

    # WebSockets.

    def _should_upgrade(self) -> bool:
        return self._get_upgrade() == b"websocket"

    def _upgrade(self, rest: bytes) -> None:
        """Hand the connection over; other upgrades are declined by going on with HTTP."""
        if not self._should_upgrade():
            if rest:
                self.data_received(rest)
        elif not self._is_answered():
            self._refuse(BadRequest())
        else:
            try:
                hand_over(self, rest)
            except Refusal as refusal:
                self._refuse(refusal)


def _brings_files(fields: Mapping[bytes, bytes]) -> bool:
    """Whether the body may be too much to be held in memory."""
    kind = fields.get(b"content-type")
    return kind is not None and kind[:10].lower() == b"multipart/"


def _without_h2c(data: bytes) -> bytes:
    """Curl and Java offer HTTP/2 with every request. The parser would take the body for what is
    spoken after an upgrade, so it does not see the offer, which is thereby declined.
    """
    end = data.find(b"\r\n\r\n")
    head = data if end < 0 else data[: end + 2]
    return _H2C.sub(b"\r\n", head, count=1) + data[len(head) :]


async def _too_large() -> AsyncIterator[bytes]:
    for piece in (b"",):
        yield piece
        raise EntityTooLarge
