"""What changes for somebody while an event is on its way to very many, slice by slice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import pytest

from rift.doors.discord.gateway.relay import Relay
from rift.events import MessageCreate, Release
from rift.snowflake import Snowflake
from rift.wire.messages import MessageEvent
from rift.wire.users import User
from tests.gateway import Gateway
from tests.gateway_door.halls import GUILD, OWNER, ROOM, Hall, open_hall
from tests.world import samples

CROWD: Final = 1000
MEMBER: Final = "12"


@pytest.fixture
async def hall(database: str) -> AsyncIterator[Hall]:
    async with open_hall(database, [MEMBER]) as hall:
        yield hall


class Listener:
    """A session of another door, which writes down what it hears."""

    def __init__(self, hall: Hall, person: Gateway) -> None:
        self.heard: list[str] = []
        actor = hall.door.hub.sessions[person.ready["session_id"]].actor
        self.relay = Relay(actor, hall.door.hub.journal, self._hear, lambda: None)
        hall.door.hub.enter(self.relay)
        hall.door.hub.admit(self.relay, hall.picture)

    def _hear(self, name: str, _: bytes) -> None:
        self.heard.append(name)


def _say(hall: Hall, number: int = 1) -> None:
    """A message that is told to everybody, beginning with the first slice at the next turn."""
    message = samples.message(str(5000 + number), ROOM, f"message {number}")
    shape = {name: getattr(message, name) for name in MessageEvent.__struct_fields__}
    shape |= {"guild_id": GUILD, "author": User(id=Snowflake(OWNER), username="user11")}
    hall.door.hub.receive([Release(events=(MessageCreate(data=MessageEvent(**shape)),))])


async def test_who_resumes_in_another_encoding_gets_it_in_that(hall: Hall) -> None:
    hub = hall.door.hub
    async with (
        Gateway.connected(hall.url, compress="zlib-stream") as first,
        Gateway.connected(hall.url) as last,
    ):
        await first.identify(hall.token)
        crowd = [Listener(hall, first) for _ in range(CROWD)]
        await last.identify(hall.token)
        session = hub.sessions[last.ready["session_id"]]
        async with Gateway.connected(hall.url, encoding="etf") as again:
            [socket] = [it for it in hall.door.sockets if it.session is None]
            transport = socket.transport
            assert transport is not None
            _say(hall)
            await asyncio.sleep(0)
            assert "MESSAGE_CREATE" not in crowd[-1].heard
            again.sequence = session.sequence
            hub.regroup(session, lambda: session.connect(transport, socket.stream))
            assert (await again.expect("MESSAGE_CREATE")).data["content"] == "message 1"
            await again.quiet("MESSAGE_CREATE")
    assert {listener.heard.count("MESSAGE_CREATE") for listener in crowd} == {1}


async def test_who_leaves_before_their_slice_hears_nothing(hall: Hall) -> None:
    async with Gateway.connected(hall.url) as owner:
        await owner.identify(hall.token)
        crowd = [Listener(hall, owner) for _ in range(CROWD)]
        _say(hall)
        await asyncio.sleep(0)
        hall.door.hub.part(crowd[-1].relay, GUILD)
        assert hall.door.hub.guilds[GUILD].sessions
        await owner.expect("MESSAGE_CREATE")
        await asyncio.sleep(0.1)
        assert "MESSAGE_CREATE" not in crowd[-1].heard
        assert "MESSAGE_CREATE" in crowd[-2].heard
