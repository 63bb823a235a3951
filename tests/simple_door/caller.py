"""The simple API as a test calls it: every answer is held against its own description."""

from typing import Any, Final, Self

import jsonschema_rs
import msgspec

from rift.app import simple_openapi
from rift.doors.simple import ids
from tests.api import Person
from tests.calling import Calling, Reply
from tests.server import Server

Json = dict[str, Any]

_API: Final = msgspec.to_builtins(simple_openapi())
PASSWORD: Final = "correct horse battery"


class Caller(Calling):
    """Somebody with an access token, or without one."""

    def __init__(self, server: Server, tokens: Json | None = None, name: str = "") -> None:
        self.server = server
        self.tokens = tokens or {}
        self.name = name
        super().__init__(server.http, f"{server.url}/api", self.tokens.get("access_token"))

    @classmethod
    async def new(cls, server: Server, name: str | None = None) -> Self:
        """A new account, made through this door."""
        name = name or f"simple{next(server._numbers)}"
        form = {"username": name, "password": PASSWORD}
        return cls(server, await cls(server).post("/auth/register", form), name)

    @classmethod
    async def behind(cls, server: Server, person: Person) -> Self:
        """Somebody who came through the other door, logged in at this one."""
        name = person.user["username"]
        form = {"username": name, "password": PASSWORD}
        return cls(server, await cls(server).post("/auth/login", form), name)

    @property
    def id(self) -> str:
        return str(self.tokens["user_id"])

    @property
    def snowflake(self) -> str:
        return snowflake(self.id)

    @property
    def authorization(self) -> str | None:
        return None if self.token is None else f"Bearer {self.token}"

    def judge(self, method: str, path: str, reply: Reply) -> None:
        _judge(method, path, reply)

    async def refused(self, status: int, method: str, path: str, body: Any = None) -> Reply:
        """A request that must be refused, and how."""
        reply = await self.call(method, path, body)
        assert reply.status == status, f"{method} {path}: {reply.status} {reply.body}"
        return reply

    # What most tests begin with

    async def server_of_own(self, name: str = "A server") -> Json:
        made: Json = await self.post("/servers", {"name": name})
        return made

    async def channel(self, server_id: str, name: str = "talk", **fields: Any) -> Json:
        made: Json = await self.post(f"/servers/{server_id}/channels", {"name": name, **fields})
        return made

    async def say(self, channel_id: str, content: str) -> Json:
        said: Json = await self.post(f"/channels/{channel_id}/messages", {"content": content})
        return said

    async def bring(self, other: "Caller", server_id: str) -> None:
        """Invite somebody, and they come."""
        invite = await self.post(f"/servers/{server_id}/invites", {})
        await other.post(f"/servers/{server_id}/join", {"invite_code": invite["code"]})


def snowflake(id_: str) -> str:
    found = ids.read(id_)
    assert found is not None
    return found


def _judge(method: str, path: str, reply: Reply) -> None:
    """Hold an answer against the description."""
    components = {"components": _API["components"]}
    if reply.status >= 400:
        _check({"$ref": "#/components/schemas/Refused", **components}, reply.body)
        return
    found = _described(method, path.partition("?")[0])
    assert found is not None, f"{method} {path} is not described"
    assert str(reply.status) in found["responses"], f"{method} {path}: {reply.status}"
    content = found["responses"][str(reply.status)].get("content")
    if content is not None:
        _check({**content["application/json"]["schema"], **components}, reply.body)


def _check(schema: Json, body: Any) -> None:
    jsonschema_rs.validator_for(schema).validate(body)


def _described(method: str, path: str) -> Json | None:
    parts = path.split("/")
    for template in sorted(_API["paths"], key=lambda it: it.count("{")):
        steps = template.split("/")
        if len(steps) == len(parts) and all(
            step == part or step.startswith("{") for step, part in zip(steps, parts, strict=True)
        ):
            found: Json | None = _API["paths"][template].get(method.lower())
            if found is not None:
                return found
    return None
