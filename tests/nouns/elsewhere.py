"""An application somewhere else, where people log in with this server."""

import base64
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import asyncpg

from tests import oracle
from tests.api import Api, Person, Reply
from tests.server import Server

BACK: Final = "https://example.org/back?from=rift"


class Client:
    """An application that lets people log in with this server."""

    def __init__(self, server: Server, owner: Person, id_: str, secret: str) -> None:
        self.server, self.owner, self.id, self.secret = server, owner, id_, secret

    @classmethod
    async def registered(cls, server: Server, owner: Person | None = None) -> "Client":
        owner = owner or await server.person()
        made = await owner.post("/applications", {"name": "Elsewhere"})
        return await cls.of(server, owner, made["id"])

    @classmethod
    async def of(cls, server: Server, owner: Person, id_: str) -> "Client":
        """An application that is there already, as the one of a bot."""
        path = f"/applications/{id_}"
        await owner.patch(path, {"redirect_uris": [BACK, "https://example.org/other"]})
        secret = (await owner.post(f"{path}/reset", {}))["secret"]
        return cls(server, owner, id_, secret)

    def path(self, scope: str = "identify", **query: str) -> str:
        asked = {"client_id": self.id, "scope": scope, "response_type": "code"}
        asked |= {"redirect_uri": BACK, **query}
        return f"/oauth2/authorize?{urlencode({k: v for k, v in asked.items() if v})}"

    async def consent(self, person: Person, scope: str = "identify", **query: str) -> str:
        body = {"authorize": True}
        answer = await person.post(self.path(scope, **query), body)
        location: str = answer["location"]
        return location

    async def code(self, person: Person, scope: str = "identify", **query: str) -> str:
        return answered(await self.consent(person, scope, **query))["code"]

    async def call(self, path: str, basic: bool = False, **form: str) -> Reply:
        headers = {}
        if basic:
            credentials = base64.b64encode(f"{self.id}:{self.secret}".encode()).decode()
            headers["Authorization"] = f"Basic {credentials}"
        else:
            own = {"client_secret": self.secret} if self.secret else {}
            form = {"client_id": self.id, **own, **form}
        address = f"{self.server.url}/api/v10{path}"
        async with self.server.http.post(address, data=form, headers=headers) as response:
            reply = Reply(response.status, await response.json(), dict(response.headers))
        if reply.status >= 400:
            oracle.check_error(reply.body)
        return reply

    async def redeem(self, code: str, basic: bool = False, **form: str) -> Reply:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, **form}
        return await self.call("/oauth2/token", basic, **form)

    async def refresh(self, token: str) -> Reply:
        return await self.call("/oauth2/token", grant_type="refresh_token", refresh_token=token)

    async def tokens(self, person: Person, scope: str = "identify") -> dict[str, Any]:
        reply = await self.redeem(await self.code(person, scope))
        assert reply.status == 200, reply.body
        answer: dict[str, Any] = reply.body
        return answer

    def bearer(self, token: str) -> Api:
        return self.server.guest.with_token(f"Bearer {token}")

    async def api(self, person: Person, scope: str = "identify") -> Api:
        return self.bearer((await self.tokens(person, scope))["access_token"])


def answered(location: str) -> dict[str, str]:
    """What the browser carries back, in the query or behind the `#`."""
    parts = urlsplit(location)
    return {key: values[0] for key, values in parse_qs(parts.fragment or parts.query).items()}


async def works(api: Api) -> bool:
    return (await api.call("GET", "/users/@me")).status == 200


async def told(database: str, query: str, *args: object) -> list[asyncpg.Record]:
    """What the database says, asked beside the server."""
    connection = await asyncpg.connect(database)
    try:
        return await connection.fetch(query, *args)
    finally:
        await connection.close()


async def aged(database: str, passed: timedelta) -> None:
    """As if so much time had passed since the tokens were made."""
    await told(database, "update oauth2_tokens set expires_at = expires_at - $1::interval", passed)
