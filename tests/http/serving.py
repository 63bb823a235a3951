"""A real server with a few verbs of its own, on a port the system chooses, on both lanes."""

# ruff: noqa: ARG002  # a verb declares what its endpoint gives it

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec

from rift.config import Settings
from rift.config.settings import Limits, Server
from rift.core.actor import Actor, Guest
from rift.doors.http.asgi import Application
from rift.doors.http.connections import Pace
from rift.doors.http.endpoints import (
    FORM,
    JSON,
    MULTIPART,
    Bucket,
    Endpoint,
    Surface,
    discord,
    get,
    post,
)
from rift.doors.http.handler import Handler
from rift.doors.http.messages import Request
from rift.doors.http.proxies import Proxies
from rift.doors.http.server import HttpServer
from rift.errors import Unauthorized, UnknownChannel
from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.users import CurrentUser

TOKEN = "Bot MQ.x.known"
SLOW_TOKEN = "Bot MQ.x.unknown"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    content: Annotated[str, msgspec.Meta(max_length=2000)]
    tts: bool = False
    replies: list[SnowflakeInput] = []
    deep: Any = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    with_counts: bool = False
    ids: list[SnowflakeInput] = []


class Echo(msgspec.Struct, frozen=True, kw_only=True):
    channel_id: str
    author: str
    content: str
    reason: str | None = None
    tts: bool = False


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    limit: int
    with_counts: bool
    ids: list[str]


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    address: str
    origin: str
    who: str


class BareUnit:
    """The least a verb needs of a unit here: it tells whether it was left in peace."""

    def __init__(self, log: list[str]) -> None:
        self._log = log

    def settle(self) -> bool:
        return False

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._log.append("rolled back" if kind else "committed")


@dataclass
class Verbs:
    """Verbs that echo, wait, fail and count."""

    units: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    finished: int = 0

    async def send(self, unit: BareUnit, actor: Actor, channel_id: Snowflake, body: Note) -> Echo:
        """Answers at once."""
        return Echo(
            channel_id=channel_id,
            author=actor.id,
            content=body.content,
            reason=actor.reason,
            tts=body.tts,
        )

    async def send_later(
        self, unit: BareUnit, actor: Actor, channel_id: Snowflake, body: Note
    ) -> Echo:
        """Answers after waiting inside of a timeout, as database drivers do."""
        async with asyncio.timeout(5):
            await asyncio.sleep(0.005)
        return await self.send(unit, actor, channel_id, body)

    async def wait(self, unit: BareUnit, actor: Actor) -> None:
        """Waits until the test opens the gate."""
        self.started.set()
        await self.gate.wait()
        self.finished += 1

    async def fail(self, unit: BareUnit, actor: Actor) -> None:
        """Fails in a way nobody foresaw."""
        raise RuntimeError("the secret inside")

    async def refuse(self, unit: BareUnit, actor: Actor, channel_id: Snowflake) -> None:
        """Says no."""
        raise UnknownChannel

    async def lose(self, unit: BareUnit, actor: Actor) -> None:
        """Cannot reach the database."""
        raise ConnectionRefusedError("no database")

    async def page(self, unit: BareUnit, actor: Actor, query: Page) -> Shown:
        """Shows what a query was understood as."""
        return Shown(limit=query.limit, with_counts=query.with_counts, ids=list(query.ids))

    async def whoami(self, actor: Actor | Guest, request: Request) -> Caller:
        """Shows who was understood to call."""
        who = actor.id if isinstance(actor, Actor) else "guest"
        return Caller(address=request.address, origin=request.origin, who=who)

    async def react(self, unit: BareUnit, actor: Actor, channel_id: Snowflake, emoji: str) -> str:
        """Shows a text parameter."""
        return emoji


class Tokens:
    """Knows one token at once and one after asking."""

    def __init__(self) -> None:
        ann = CurrentUser(id=Snowflake("1"), username="ann")
        self._actor = Actor(user=ann, account=ann, session_id=Snowflake("7"))

    def lookup(self, header: str) -> Actor | None:
        return self._actor if header == TOKEN else None

    async def resolve(self, header: str) -> Actor:
        await asyncio.sleep(0)
        if header != SLOW_TOKEN:
            raise Unauthorized
        return self._actor


def endpoints(verbs: Verbs, *, hot: bool) -> Sequence[Endpoint]:
    plenty = Bucket("plenty", 1000, 5.0)
    return (
        post(
            "/channels/{channel_id}/messages",
            verbs.send,
            plenty,
            hot=hot,
            media_types=(JSON, MULTIPART),
        ),
        post("/channels/{channel_id}/later", verbs.send_later, plenty, hot=hot),
        post("/channels/{channel_id}/rare", verbs.send, Bucket("rare", 2, 0.4), hot=hot),
        post("/channels/{channel_id}/form", verbs.send, plenty, hot=hot, media_types=(FORM, JSON)),
        get("/channels/{channel_id}/refuse", verbs.refuse, plenty, hot=hot),
        get("/channels/{channel_id}/reactions/{emoji}/@me", verbs.react, plenty, hot=hot),
        get("/wait", verbs.wait, plenty, hot=hot),
        get("/fail", verbs.fail, plenty, hot=hot),
        get("/lose", verbs.lose, plenty, hot=hot),
        get("/page", verbs.page, plenty, hot=hot),
        get("/whoami", verbs.whoami, plenty, hot=hot),
    )


def settings(**server: Any) -> Settings:
    return Settings(server=Server(**server), limits=Limits(body_bytes=65_536))


@dataclass
class House:
    """A running server and what the tests look at."""

    port: int
    verbs: Verbs
    server: HttpServer
    clients: list["Client"] = field(default_factory=list)

    async def connect(self) -> "Client":
        client = Client(*await asyncio.open_connection("127.0.0.1", self.port))
        self.clients.append(client)
        return client

    async def ask(self, *args: Any, **more: Any) -> "Reply":
        client = await self.connect()
        try:
            return await client.ask(*args, **more)
        finally:
            client.close()


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """One raw connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    def close(self) -> None:
        self.writer.close()

    async def reply(self, method: str = "GET") -> Reply:
        async with asyncio.timeout(5):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.rstrip("\r\n").split("\r\n")
            headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
            length = 0 if method == "HEAD" else int(headers.get("content-length", "0"))
            return Reply(int(first.split(" ")[1]), headers, await self.reader.readexactly(length))

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        self.send(request(method, path, body, **headers))
        return await self.reply(method)

    async def ended(self) -> bool:
        """Whether the server closes the connection, now or soon."""
        async with asyncio.timeout(5):
            try:
                return await self.reader.read() == b""
            except ConnectionResetError:
                return True


def request(method: str, path: str, body: Any = None, **headers: str) -> bytes:
    fields = {"host": "rift.test", "authorization": TOKEN}
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    if body is not None:
        fields |= {"content-type": "application/json", "content-length": str(len(raw))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    target = path if path.startswith(("/api", "http")) else f"/api/v10{path}"
    return f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + raw


@asynccontextmanager
async def serving(
    *,
    hot: bool = True,
    pace: Pace | None = None,
    verb_s: float = 30.0,
    sockets: Any = None,
    site: Any = None,
    surfaces: Callable[[Surface], Sequence[Surface]] = lambda surface: (surface,),
    **server: Any,
) -> AsyncIterator[House]:
    verbs = Verbs()
    chosen = settings(**server)
    handler = Handler(
        surfaces(discord(endpoints(verbs, hot=hot))),
        Tokens(),
        lambda _: BareUnit(verbs.units),
        chosen,
        verb_s=verb_s,
    )
    application = Application(handler, Proxies(chosen.server.trusted_proxies), site)
    listener = socket.create_server(("127.0.0.1", 0))
    http = HttpServer(application, sockets, pace=pace or Pace(sweep_s=0.05))
    await http.start([listener])
    house = House(listener.getsockname()[1], verbs, http)
    try:
        yield house
    finally:
        for client in house.clients:
            client.close()
        verbs.gate.set()
        await http.stop()


async def settle(condition: Callable[[], object]) -> None:
    """Wait until something that is on its way has happened."""
    async with asyncio.timeout(3):
        while not condition():  # noqa: ASYNC110  # there is no event to wait for
            await asyncio.sleep(0.01)
