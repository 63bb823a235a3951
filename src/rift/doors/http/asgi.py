"""The ordinary lane: requests through ASGI, and the way to the other ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, Final

from rift.doors.http.handler import Handler
from rift.doors.http.messages import Request
from rift.doors.http.proxies import Proxies
from rift.doors.http.refusals import BadRequest
from rift.doors.http.router import Match, Miss

FOUND: Final = "rift.found"
"""Where a connection leaves the route it has found, in the state of the scope."""

DISCARDED: Final = "rift.discarded"
"""And how many bytes of a refused body are read away."""

_REFUSED: Final = 400
_DISCARDING_S: Final = 5.0

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]


class Application:
    """Serves the endpoints; what lies outside of `/api` and of them goes to `site`."""

    def __init__(self, handler: Handler, proxies: Proxies, site: AsgiApp | None = None) -> None:
        self.handler = handler
        self.proxies = proxies
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address, scheme = _caller(scope, self.proxies)
        path = scope["raw_path"].decode("latin-1")
        found: Match | Miss = scope["state"][FOUND]
        if isinstance(found, Miss) and self._site is not None and _is_elsewhere(path, found):
            scope["client"] = (address, 0)
            scope["scheme"] = scheme
            await self._site(scope, receive, send)
            return
        body = _Body(receive)
        request = Request(
            scope["method"],
            path,
            scope["query_string"],
            dict(scope["headers"]),
            address,
            scheme,
            stream=body.pieces,
        )
        answer = await self.handler.respond(request, found)
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": answer.header_pairs(),
            }
        )
        if answer.status >= _REFUSED and body.is_coming(request):
            # The answer is all there, and its end is not: the connection stays as it is meanwhile.
            await send({"type": "http.response.body", "body": answer.body, "more_body": True})
            await body.discard(scope["state"][DISCARDED])
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.body", "body": answer.body})


def _is_elsewhere(path: str, miss: Miss) -> bool:
    return miss.surface is None and not miss.allowed and not (path + "/").startswith("/api/")


def _caller(scope: Scope, proxies: Proxies) -> tuple[str, str]:
    client = scope["client"]
    address = client[0] if client else ""
    if proxies.trusts(address):
        return proxies.caller(dict(scope["headers"]), address, scope["scheme"])
    return address, scope["scheme"]


class _Body:
    """What the caller sends. The connection is read no faster than this is."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_over = False

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes."""
        while not self._is_over:
            piece = await self._next()
            if piece is None:
                raise BadRequest
            if piece:
                yield piece

    def is_coming(self, request: Request) -> bool:
        """Whether the caller sends on, and may not look at the answer before they are done."""
        headers = request.headers
        return not self._is_over and (
            headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers
        )

    async def discard(self, most: int) -> None:
        """Read some more for nothing: to hang up on somebody who sends is to take the answer back.

        Who waits to be told to go on has the answer, and sends nothing.
        """
        left = most
        with suppress(TimeoutError):
            async with asyncio.timeout(_DISCARDING_S):
                while not self._is_over and left > 0:
                    piece = await self._next()
                    left -= len(piece or b"")

    async def _next(self) -> bytes | None:
        """Some more of it; None where the caller is gone."""
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self._is_over = True
            return None
        self._is_over = not message["more_body"]
        piece: bytes = message["body"]
        return piece
