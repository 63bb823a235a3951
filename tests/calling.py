"""What everybody who calls a REST API in a test does alike, whichever door they knock at."""

import io
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp
import msgspec

_DEADLINE: Final = aiohttp.ClientTimeout(total=30)


class Refused(AssertionError):
    """The server said no where the test expected a yes."""

    def __init__(self, method: str, path: str, status: int, body: Any) -> None:
        super().__init__(f"{method} {path} -> {status}: {body}")
        self.status = status
        self.body = body
        self.code: int = body.get("code", -1) if isinstance(body, dict) else -1


class Reply(msgspec.Struct):
    """An answer whose status is part of the test."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int:
        return int(self.body["code"])

    @property
    def error(self) -> str:
        return str(self.body["error"])


Before = Callable[[str, str, Any], Awaitable[None]]
"""Hears of a request before it is sent."""


class Calling:
    """Verbs return the decoded body and raise `Refused` for a refusal; every answer is judged."""

    def __init__(self, http: aiohttp.ClientSession, root: str, token: str | None = None) -> None:
        self.http = http
        self.root = root
        self.token = token
        self.before: Before | None = None

    @property
    def authorization(self) -> str | None:
        """What the header of that name says."""
        return self.token

    def judge(self, method: str, path: str, reply: Reply) -> None:
        """Hold an answer against the description of its API."""
        raise NotImplementedError

    async def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """One request, whatever comes of it; the body goes as JSON, if it is no form."""
        if self.before is not None:
            await self.before(method, path, body)
        sent = dict(headers or {})
        if self.authorization is not None:
            sent.setdefault("Authorization", self.authorization)
        data = body
        if body is not None and not isinstance(body, aiohttp.FormData):
            # A file, because aiohttp warns of large bodies that are none.
            data = io.BytesIO(msgspec.json.encode(body))
            sent.setdefault("Content-Type", "application/json")
        async with self.http.request(
            method, f"{self.root}{path}", data=data, headers=sent, timeout=_DEADLINE
        ) as response:
            raw = await response.read()
            reply = Reply(
                response.status,
                msgspec.json.decode(raw) if raw else None,
                dict(response.headers),
            )
        self.judge(method, path, reply)
        return reply

    async def get(self, path: str) -> Any:
        return await self._expect("GET", path)

    async def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return await self._expect("POST", path, body, **options)

    async def put(self, path: str, body: Any = None, **options: Any) -> Any:
        return await self._expect("PUT", path, body, **options)

    async def patch(self, path: str, body: Any = None, **options: Any) -> Any:
        return await self._expect("PATCH", path, body, **options)

    async def delete(self, path: str, body: Any = None, **options: Any) -> Any:
        return await self._expect("DELETE", path, body, **options)

    async def _expect(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        reply = await self.call(method, path, body, **options)
        if reply.status >= 400:
            raise Refused(method, path, reply.status, reply.body)
        return reply.body
