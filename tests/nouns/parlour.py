"""A small guild with three people, asked through the door and watched on the bus."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Self

import msgspec

from rift.app.building import open_house
from rift.config import Settings
from rift.config.settings import Auth, Data, Server
from rift.core.accounts.tokens import token_hash
from rift.core.house import House
from rift.core.unit import Unit
from rift.doors.discord.rest import (
    happenings,
    messages,
    pins,
    reactions,
    role_links,
    stages,
    threads,
    voices,
)
from rift.doors.http.endpoints import discord
from rift.doors.http.handler import Handler
from rift.doors.http.messages import Request
from rift.doors.http.router import Match
from rift.events import Event, Release
from rift.outlets import Outlet
from rift.permissions import DEFAULT_EVERYONE, Permission
from tests.oracle import check_response, covers

GUILD, TEXT, VOICE, CATEGORY, QUIET = "1000", "2000", "2001", "2002", "2003"
MODERATORS, CALLABLE, SILENT = "3000", "3001", "3002"

CHEAP = Auth(argon2_memory_kib=8, argon2_time_cost=1)

PEOPLE = """
insert into users (id, username)
select id, name
from unnest($1::bigint[], $2::text[]) as person (id, name)
"""

SESSIONS = """
insert into sessions (id, user_id, kind, token_hash)
select id, user_id, 'user', hash
from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as session (id, user_id, hash)
"""

MEMBERS = """
insert into members (guild_id, user_id, roles)
select $1, id, roles::bigint[]
from unnest($2::bigint[], $3::text[]) as member (id, roles)
"""

ROLE = """
insert into roles (id, guild_id, name, position, permissions, mentionable)
values ($1, $2, $3, $4, $5, $6)
"""

CHANNEL = """
insert into channels (id, guild_id, type, name)
values ($1, $2, $3, $4)
"""

OVERWRITE = """
insert into overwrites (channel_id, id, type, allow, deny)
values ($1, $2, $3, $4, $5)
"""


class Reply(msgspec.Struct, frozen=True):
    status: int
    json: Any

    @property
    def code(self) -> int:
        code: int = self.json["code"]
        return code


def path(message: Any) -> str:
    """Where a message is found."""
    return f"/channels/{message['channel_id']}/messages/{message['id']}"


def field_codes(errors: Any) -> list[str]:
    """What is wrong below some part of a form."""
    found = [error["code"] for error in errors.get("_errors", ())]
    return found + [
        code for key, inner in errors.items() if key != "_errors" for code in field_codes(inner)
    ]


def answering(message: Any, **more: Any) -> dict[str, Any]:
    return {"message_reference": {"message_id": message["id"], **more}}


class Person:
    """Somebody who asks; every answer is shown to the official specification."""

    def __init__(self, id_: str, name: str, handler: Handler) -> None:
        self.id = id_
        self.name = name
        self.token = f"{name}.token"
        self._handler = handler

    async def ask(self, method: str, path: str, body: Any = None) -> Reply:
        path, _, query = path.partition("?")
        found = self._handler.router.match(method, f"/api/v10{path}")
        headers = {b"authorization": self.token.encode()}
        payload = body if isinstance(body, bytes) else msgspec.json.encode(body)
        request = Request(
            method,
            path,
            query.encode(),
            headers,
            "127.0.0.1",
            "http",
            b"" if body is None else payload,
        )
        answer = await self._handler.respond(request, found)
        shown = msgspec.json.decode(answer.body) if answer.body else None
        assert answer.status < 500, shown
        if isinstance(found, Match):
            _judge(method, found, answer.status, shown)
        return Reply(answer.status, shown)

    async def say(self, content: str = "hello", channel: str = TEXT, **more: Any) -> Any:
        body = {"content": content, **more}
        reply = await self.ask("POST", f"/channels/{channel}/messages", body)
        assert reply.status == 200, reply.json
        return reply.json

    async def see(self, message: Any) -> Any:
        reply = await self.ask("GET", f"/channels/{message['channel_id']}/messages/{message['id']}")
        assert reply.status == 200, reply.json
        return reply.json


def _judge(method: str, found: Match, status: int, shown: Any) -> None:
    template = found.route.template.removeprefix("/api/v10")
    if covers(method, template):
        check_response(method, template, status, shown)


class Parlour:
    """Ann owns the guild, Bob moderates it, Cid is anybody; Eve is not a member."""

    def __init__(self, house: House) -> None:
        self.house = house
        endpoints = (
            *messages.ENDPOINTS,
            *reactions.ENDPOINTS,
            *pins.ENDPOINTS,
            *threads.ENDPOINTS,
            *happenings.ENDPOINTS,
            *stages.ENDPOINTS,
            *role_links.ENDPOINTS,
            *voices.ENDPOINTS,
        )
        handler = Handler(
            (discord(endpoints),),
            house.tokens,
            lambda reading: Unit(house, reading=reading),
            house.settings,
        )
        self.ann = Person("11", "ann", handler)
        self.bob = Person("12", "bob", handler)
        self.cid = Person("13", "cid", handler)
        self.eve = Person("14", "eve", handler)
        self.heard: list[Event] = []
        house.world.listener = self._hear

    @property
    def people(self) -> Sequence[Person]:
        return (self.ann, self.bob, self.cid, self.eve)

    def _hear(self, releases: Sequence[Release]) -> None:
        self.heard += [event for release in releases for event in release.events]

    def names(self) -> list[str]:
        """What was told since the last time it was asked."""
        heard, self.heard = self.heard, []
        return [event.about.name for event in heard]

    def last(self, kind: type[Event]) -> Any:
        """The newest event of a kind, as clients receive it."""
        found = [event for event in self.heard if type(event) is kind]
        return msgspec.to_builtins(found[-1].data)

    async def run(self, query: str, *args: Any) -> None:
        await self.house.pool.execute(query, *args)

    async def rows(self, query: str, *args: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in await self.house.pool.fetch(query, *args)]

    async def furnish(self) -> None:
        ids = [person.id for person in self.people]
        await self.run(PEOPLE, ids, [person.name for person in self.people])
        hashes = [token_hash(person.token) for person in self.people]
        await self.run(SESSIONS, ids, ids, hashes)
        await self.run(
            "insert into guilds (id, owner_id, name) values ($1, $2, 'guild')", GUILD, self.ann.id
        )
        moderates = Permission.MANAGE_MESSAGES | Permission.PIN_MESSAGES
        everyone = DEFAULT_EVERYONE & ~Permission.MENTION_EVERYONE.value
        await self.run(ROLE, GUILD, GUILD, "@everyone", 0, str(everyone), False)
        await self.run(ROLE, MODERATORS, GUILD, "moderators", 1, str(int(moderates)), False)
        await self.run(ROLE, CALLABLE, GUILD, "callable", 2, "0", True)
        await self.run(ROLE, SILENT, GUILD, "silent", 3, "0", False)
        for id_, type_ in ((TEXT, 0), (VOICE, 2), (CATEGORY, 4), (QUIET, 0)):
            await self.run(CHANNEL, id_, GUILD, type_, f"channel-{id_}")
        await self.run(MEMBERS, GUILD, ids[:3], ["{}", f"{{{MODERATORS}}}", "{}"])

    async def forbid(self, person: Person, *permissions: Permission, channel: str = QUIET) -> str:
        """A channel in which somebody lacks permissions; to be called before anybody asks."""
        denied = sum(permission.value for permission in permissions)
        await self.run(OVERWRITE, channel, person.id, 1, "0", str(denied))
        return channel


def wanting(wanted: frozenset[type[Event]]) -> type[Outlet]:
    """An outlet, as far as it decides which events are written to the outbox."""

    class Wanting:
        name: ClassVar[str] = "test"
        events: ClassVar[Sequence[type[Event]]] = tuple(wanted)

        @classmethod
        def is_wanted(cls, settings: Settings) -> bool:  # noqa: ARG003  # by the test it is
            return True

        @classmethod
        def of(cls, house: House) -> Self:  # noqa: ARG003  # it needs nothing of it
            return cls()

        @classmethod
        def concerns(cls, event: Event) -> bool:  # noqa: ARG003  # they are all wanted
            return True

        async def take(self, events: Sequence[Event]) -> None:
            """Nobody asks: the tests look into the outbox themselves."""

    return Wanting


@asynccontextmanager
async def parlour(
    dsn: str, *, durable: frozenset[type[Event]] = frozenset(), **settings: Any
) -> AsyncIterator[Parlour]:
    """The house, open for one test; `durable` events are written to the outbox."""
    with TemporaryDirectory() as directory:
        chosen = Settings(
            server=Server(rate_limits=False), auth=CHEAP, data=Data(directory=directory), **settings
        )
        async with open_house(chosen, dsn, outlets=[wanting(durable)]) as house:
            await house.bus.start(house.world.receive, house.world.doubt_all)
            storing = asyncio.create_task(house.inbox.run())
            try:
                made = Parlour(house)
                await made.furnish()
                yield made
            finally:
                storing.cancel()
                await asyncio.gather(storing, return_exceptions=True)
                await house.bus.stop()
