"""The simple door's WebSocket tells nobody what is not theirs, and what it tells is true."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import pytest

from rift.doors.simple import ids
from rift.events import CATALOGUE, Audience
from tests.api import Person
from tests.guard.confidences import CONFIDENCES
from tests.guard.plays import Operation
from tests.guard.scenes import SCENES
from tests.guard.secrets import SECRETS
from tests.guard.stage import Stage
from tests.nouns.circles import befriend
from tests.server import Server
from tests.simple_door.caller import Caller
from tests.simple_door.wire import Wire

Json = dict[str, Any]

_LOOKS: Final = 10
_PAUSE_S: Final = 0.1
_ID: Final = re.compile(r"\d{15,20}")

IN_CHANNELS: Final = {
    event.__name__
    for event in CATALOGUE
    if event.about.name and event.about.audience is Audience.CHANNEL
}
TOLD: Final = {
    "MessageCreate": "MessageCreate",
    "MessageUpdate": "MessageUpdate",
    "MessageDelete": "MessageDelete",
    "MessageDeleteBulk": "MessageDelete",
    "TypingStart": "TypingStart",
    "PresenceUpdate": "PresenceUpdate",
}
"""The events of which this door tells, and as what."""


@pytest.mark.parametrize("name", sorted(SECRETS))
async def test_who_is_not_a_member_is_told_nothing(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    async with _watching(stage, stage.outsider) as [spy]:
        await _nothing_told_of(stage, name, spy)


@pytest.mark.parametrize("name", sorted(IN_CHANNELS))
async def test_who_may_not_see_the_channel_is_told_nothing(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    async with _watching(stage, stage.member) as [spy]:
        await spy.say("SubscribeChannel", channel_id=ids.shown(stage.hidden["id"]))
        assert await spy.expect("Error")
        await _nothing_told_of(stage, name, spy)


@pytest.mark.parametrize("name", sorted(TOLD))
async def test_who_may_see_the_channel_is_told(server: Server, name: str) -> None:
    """The negative control: the same scenes do reach those they are for."""
    stage = await Stage(server).set()
    async with _watching(stage, stage.owner) as [listener]:
        secrets = await SECRETS[name](stage)
        await _until_the_end(stage, listener)
        assert TOLD[name] in {message["type"] for message in listener.heard}
        if name not in ("PresenceUpdate", "TypingStart"):
            assert _found(secrets, listener)


@pytest.mark.parametrize("name", sorted(CONFIDENCES))
async def test_only_who_is_in_a_private_channel_is_told(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    friend = await server.person()
    await befriend(stage.owner, friend)
    async with _watching(stage, stage.member, friend) as [spy, listener]:
        channel_id = await CONFIDENCES[name](stage, friend)
        await _until_the_end(stage, spy, listener)
        assert not _found([channel_id], spy)
        assert name not in TOLD or _found([channel_id], listener)


@pytest.mark.parametrize("verb", sorted(SCENES), ids=" ".join)
async def test_what_was_told_is_what_is_answered(server: Server, verb: Operation) -> None:
    stage = await Stage(server).set()
    callers = [await Caller.behind(server, one) for one in (stage.owner, stage.member)]
    async with _watching(stage, stage.owner, stage.member) as wires:
        await SCENES[verb](stage)
        await _until_the_end(stage, *wires)
        for caller, wire in zip(callers, wires, strict=True):
            for _ in range(_LOOKS):
                if await _answered(caller, wire) == _told(wire):
                    break
                await asyncio.sleep(_PAUSE_S)
            assert await _answered(caller, wire) == _told(wire)


@asynccontextmanager
async def _watching(stage: Stage, *people: Person) -> AsyncIterator[Sequence[Wire]]:
    """Everybody subscribes to the stage, whether they may or not, and to where the end is."""
    await stage.join_mark(*people)
    places = [ids.shown(id_) for id_ in (stage.id, stage.mark["id"])]
    async with AsyncExitStack() as stack:
        wires = []
        for person in people:
            wire = await stack.enter_async_context(Wire.connected(stage.server.url))
            await wire.identify(await Caller.behind(stage.server, person))
            for place in places:
                await wire.say("SubscribeServer", server_id=place)
            await wire.say("SubscribeChannel", channel_id="0")  # refused when the others are done
            await wire.expect("Error", error="Unknown Channel")
            wires.append(wire)
        yield wires


async def _until_the_end(stage: Stage, *wires: Wire) -> None:
    """What was to arrive before the end of the scene has arrived."""
    end = ids.shown(await stage.end_of_scene())
    for wire in wires:
        await wire.expect("MessageCreate", id=end)


async def _nothing_told_of(stage: Stage, name: str, spy: Wire) -> None:
    secrets = await SECRETS[name](stage)
    await _until_the_end(stage, spy)
    assert not _found(secrets, spy)


def _found(secrets: Sequence[str], wire: Wire) -> list[str]:
    """What a socket told of any of them; ids have two spellings."""
    spelled = [*secrets, *(ids.shown(secret) for secret in secrets if _ID.fullmatch(secret))]
    return [raw for raw in wire.raw if any(re.search(secret, raw) for secret in spelled)]


def _told(wire: Wire) -> dict[str, Json | None]:
    """Every message as it was told of last; of reactions nothing is told."""
    known: dict[str, Json | None] = {}
    for message in wire.heard:
        match message["type"]:
            case "MessageCreate":
                known[message["data"]["id"]] = _bare(message["data"])
            case "MessageUpdate":
                assert "reactions" not in message["data"]
                known[message["data"]["id"]] = message["data"]
            case "MessageDelete":
                known[message["data"]["id"]] = None
    return known


async def _answered(caller: Caller, wire: Wire) -> dict[str, Json | None]:
    """The same by REST; where one may look no longer, it stays as it was told."""
    told = {message["data"].get("id"): message["data"] for message in wire.heard}
    answered: dict[str, Json | None] = {}
    for id_, last in _told(wire).items():
        channel = await caller.call("GET", f"/channels/{told[id_]['channel_id']}/messages")
        reply = await caller.call("GET", f"/messages/{id_}")
        if reply.status == 200:
            answered[id_] = _bare(reply.body)
        else:
            answered[id_] = None if channel.status == 200 else last
    return answered


def _bare(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reactions"}
