"""The REST API as a test calls it: every answer is held against the official specification."""

from typing import Any, Final, Self

import aiohttp

from tests import oracle
from tests.calling import Calling, Refused, Reply

__all__ = ["Api", "Person", "Refused", "Reply"]


class Api(Calling):
    """Calls with one token."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str | None = None) -> None:
        super().__init__(http, f"{url}/api/v10", token)
        self.url = url

    @property
    def bare_token(self) -> str:
        return (self.token or "").removeprefix("Bot ")

    def with_token(self, token: str | None) -> Self:
        return type(self)(self.http, self.url, token)

    def judge(self, method: str, path: str, reply: Reply) -> None:
        _judge(method, path, reply)

    async def refused(self, method: str, path: str, body: Any = None, **options: Any) -> Reply:
        """A request that must be refused."""
        reply = await self.call(method, path, body, **options)
        assert reply.status >= 400, f"{method} {path} was not refused: {reply.status}"
        return reply


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


_WORDS: Final = frozenset({"@me", "search", "connections-configurations"})
"""Where others have an id, these stand for themselves."""


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
    length = len(path.strip("/").split("/"))
    known = oracle.judge().paths(method, length)
    return next((template for template in known if fits(template, path)), None)


def fits(template: str, path: str) -> bool:
    """Whether a real path is one of these."""
    steps = template.strip("/").split("/")
    parts = path.partition("?")[0].strip("/").split("/")
    return len(steps) == len(parts) and all(
        step == part or (step[0] == "{" and part not in _WORDS)
        for step, part in zip(steps, parts, strict=True)
    )
