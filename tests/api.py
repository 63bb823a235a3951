"""The REST API as a test calls it: every answer is held against the official specification."""

import re
from typing import Any, Final, Self

import aiohttp
import msgspec

from tests import oracle

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


class Api:
    """Calls with one token. Verbs return the decoded body and raise `Refused` for a refusal."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str | None = None) -> None:
        self._http = http
        self.url = url
        self.token = token

    @property
    def bare_token(self) -> str:
        return (self.token or "").removeprefix("Bot ")

    def with_token(self, token: str | None) -> Self:
        return type(self)(self._http, self.url, token)

    async def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """One request, whatever comes of it."""
        sent = dict(headers or {})
        if self.token is not None:
            sent["Authorization"] = self.token
        data = None
        if body is not None:
            data = msgspec.json.encode(body)
            sent.setdefault("Content-Type", "application/json")
        address = f"{self.url}/api/v10{path}"
        async with self._http.request(
            method, address, data=data, headers=sent, timeout=_DEADLINE
        ) as response:
            raw = await response.read()
            reply = Reply(
                response.status,
                msgspec.json.decode(raw) if raw else None,
                dict(response.headers),
            )
        _judge(method, path, reply)
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

    async def refused(self, method: str, path: str, body: Any = None, **options: Any) -> Reply:
        """A request that must be refused."""
        reply = await self.call(method, path, body, **options)
        assert reply.status >= 400, f"{method} {path} was not refused: {reply.status}"
        return reply

    async def _expect(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        reply = await self.call(method, path, body, **options)
        if reply.status >= 400:
            raise Refused(method, path, reply.status, reply.body)
        return reply.body


class Person:
    """Somebody with a token, a person's or a bot's; the API's verbs are theirs."""

    def __init__(self, api: Api, user: dict[str, Any]) -> None:
        self.api = api
        self.user = user
        self.get, self.post, self.put = api.get, api.post, api.put
        self.patch, self.delete = api.patch, api.delete
        self.call, self.refused = api.call, api.refused

    @classmethod
    async def behind(cls, api: Api) -> Self:
        return cls(api, await api.get("/users/@me"))

    @property
    def id(self) -> str:
        return str(self.user["id"])

    async def guild(self, name: str = "A guild", **fields: Any) -> dict[str, Any]:
        """A guild of their own."""
        made: dict[str, Any] = await self.post("/guilds", {"name": name, **fields})
        return made

    async def channel(self, guild_id: str, name: str = "talk", **fields: Any) -> dict[str, Any]:
        """A channel in a guild."""
        body = {"name": name, "type": 0, **fields}
        made: dict[str, Any] = await self.post(f"/guilds/{guild_id}/channels", body)
        return made

    async def say(self, channel_id: str, content: str, **fields: Any) -> dict[str, Any]:
        """A message."""
        body = {"content": content, **fields}
        sent: dict[str, Any] = await self.post(f"/channels/{channel_id}/messages", body)
        return sent

    async def bring(self, other: "Person", channel_id: str) -> None:
        """Invite somebody into the guild of a channel, and they accept."""
        invite = await self.post(f"/channels/{channel_id}/invites", {})
        await other.post(f"/invites/{invite['code']}", {})


_ID: Final = re.compile(r"\d{15,20}")


def _judge(method: str, path: str, reply: Reply) -> None:
    """Hold an answer against the specification, where that knows the operation."""
    if reply.status >= 400:
        if reply.status != 429:
            oracle.check_error(reply.body)
        return
    template = _template(method, path.partition("?")[0])
    if template is not None:
        oracle.check_response(method, template, reply.status, reply.body)


def _template(method: str, path: str) -> str | None:
    """The specification's path for a real one."""
    parts = path.strip("/").split("/")
    for candidate in oracle.judge().paths(method, len(parts)):
        steps = candidate.strip("/").split("/")
        pairs = zip(steps, parts, strict=True)
        if all(step == part or (step[0] == "{" and part != "@me") for step, part in pairs):
            return candidate
    return None
