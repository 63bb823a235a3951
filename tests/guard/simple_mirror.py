"""What the simple door told of messages, beside what it answers when it is asked."""

import asyncio
from typing import Any, Final

from tests.simple_door.caller import Caller
from tests.simple_door.wire import Wire

Json = dict[str, Any]

_LOOKS: Final = 10
_PAUSE_S: Final = 0.1


async def agree(caller: Caller, wire: Wire) -> None:
    """What was told is what is answered."""
    for _ in range(_LOOKS):
        if await _answered(caller, wire) == _told(wire):
            return
        await asyncio.sleep(_PAUSE_S)
    assert await _answered(caller, wire) == _told(wire)


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
