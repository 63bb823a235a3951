"""Every client library on the stage: a guild with an owner, a member, and the library's bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from tests.api import Person
from tests.clients.cable import Cable, cable_to
from tests.clients.client import Client
from tests.clients.environments import LACKING, LIBRARIES, Library
from tests.server import Server

PRIVILEGED: Final = 1 << 13 | 1 << 15 | 1 << 19
"""Presences, members and message content, as an application's owner switches them on."""


_NOT_READ: Final = {("hikari", 143)}
"""It knows what an entry of a blocked message is called, but not the options of one."""


@dataclass
class Stage:
    """Who and what a scenario needs."""

    server: Server
    library: Library
    client: Client
    bot: Person
    owner: Person
    member: Person
    guild_id: str
    channel_id: str

    def reads(self, entry: dict[str, Any]) -> bool:
        """Whether the library keeps such an entry of the audit log."""
        return (self.library.name, entry["action_type"]) not in _NOT_READ

    async def do(self, verb: str, /, **what: Any) -> Any:
        return await self.client.do(verb, **what)

    async def say(self, content: str) -> str:
        """The owner says something; its id."""
        return str((await self.owner.say(self.channel_id, content))["id"])

    async def messages(self) -> list[dict[str, Any]]:
        """What the server holds, newest first."""
        found: list[dict[str, Any]] = await self.owner.get(f"/channels/{self.channel_id}/messages")
        return found

    async def joins(self) -> Person:
        """Somebody new in the guild, whom the bot has seen come."""
        person = await self.server.person()
        await self.owner.bring(person, self.channel_id)
        await self.client.expect("member_join", user_id=person.id)
        return person

    @classmethod
    @asynccontextmanager
    async def set(
        cls, server: Server, library: Library, url: str, *people: Person
    ) -> AsyncIterator[Self]:
        """With the library's bot logged in by that URL; an owner and a member, if not new ones."""
        owner, member = people or (await server.person(), await server.person())
        guild = await owner.guild(f"Home of {library.name}")
        channel = await owner.channel(guild["id"])
        await owner.bring(member, channel["id"])
        bot = await server.bot(owner, guild["id"], flags=PRIVILEGED)
        async with Client.running(library, url, bot.api.bare_token) as client:
            cast = (client, bot, owner, member)
            yield cls(server, library, *cast, guild["id"], channel["id"])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def cable(server: Server) -> AsyncIterator[Cable]:
    """Between the server and the client on the stage."""
    async with cable_to(urlsplit(server.url).port or 0) as whole:
        yield whole


@pytest_asyncio.fixture(
    scope="module", loop_scope="session", params=LIBRARIES, ids=lambda library: library.name
)
async def set_stage(
    request: pytest.FixtureRequest, server: Server, cable: Cable
) -> AsyncIterator[Stage]:
    async with Stage.set(server, request.param, cable.url) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage(request: pytest.FixtureRequest, set_stage: Stage) -> AsyncIterator[Stage]:
    """The library logged in; at the end it may not have complained about anything."""
    lacks = LACKING.get((set_stage.library.name, request.function.__name__))
    if lacks is not None:
        pytest.skip(f"{set_stage.library.name}: {lacks}")
    set_stage.client.heard.clear()
    yield set_stage
    complaints = list(set_stage.client.complaints)
    set_stage.client.complaints.clear()
    assert complaints == [], "\n".join(complaints)
