"""The ordinary lane: requests through ASGI, and the way to the other ASGI application."""

from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import Any, Final

from rift.doors.http.handler import Handler
from rift.doors.http.messages import Request
from rift.doors.http.proxies import Proxies
from rift.doors.http.refusals import BadRequest
from rift.doors.http.router import Match, Miss
from rift.errors import EntityTooLarge

FOUND: Final = "rift.found"
"""Where a connection leaves the route it has found, in the state of the scope."""

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
        request = Request(
            scope["method"],
            path,
            scope["query_string"],
            dict(scope["headers"]),
            address,
            scheme,
            read=partial(_read, receive),
        )
        answer = await self.handler.respond(request, found)
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": answer.header_pairs(),
            }
        )
        await send({"type": "http.response.body", "body": answer.body})


def _is_elsewhere(path: str, miss: Miss) -> bool:
    return miss.surface is None and not miss.allowed and not (path + "/").startswith("/api/")


def _caller(scope: Scope, proxies: Proxies) -> tuple[str, str]:
    client = scope["client"]
    address = client[0] if client else ""
    if proxies.trusts(address):
        return proxies.caller(dict(scope["headers"]), address, scope["scheme"])
    return address, scope["scheme"]


async def _read(receive: Receive, limit: int) -> bytes:
    """The body, given up as soon as it grows too large."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BadRequest
        body += message["body"]
        if len(body) > limit:
            raise EntityTooLarge
        if not message["more_body"]:
            return bytes(body)
