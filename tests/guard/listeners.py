"""Who listens while a scene is played, through either door, and what they heard."""

import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from rift.doors.simple import ids
from tests.api import Person
from tests.gateway import Gateway
from tests.guard.stage import Stage
from tests.simple_door.caller import Caller
from tests.simple_door.wire import Wire

_ID: Final = re.compile(r"\d{15,20}")
_GUILD_MESSAGES: Final = 1 << 9

Listener = Gateway | Wire


@asynccontextmanager
async def gateways(stage: Stage, *people: Person) -> AsyncIterator[Sequence[Gateway]]:
    """Everybody is connected, in the order given."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(stage.server.gateway(one)) for one in people]


@asynccontextmanager
async def wires(stage: Stage, *people: Person) -> AsyncIterator[Sequence[Wire]]:
    """Everybody subscribes to the stage and its hidden channel, whether they may or not, and to
    where the end is.
    """
    places = [ids.shown(id_) for id_ in (stage.id, stage.mark["id"])]
    async with AsyncExitStack() as stack:
        found = []
        for person in people:
            wire = await stack.enter_async_context(Wire.connected(stage.server.url))
            await wire.identify(await Caller.behind(stage.server, person))
            for place in places:
                await wire.say("SubscribeServer", server_id=place)
            await wire.say("SubscribeChannel", channel_id=ids.shown(stage.hidden["id"]))
            await wire.say("SubscribeChannel", channel_id="0")  # refused when the others are done
            await wire.expect("Error", error="Unknown Channel")
            found.append(wire)
        yield found


async def until_quiet(stage: Stage, *listeners: Listener) -> None:
    """What was to arrive before the end of the scene has arrived."""
    end = await stage.end_of_scene()
    for one in listeners:
        if isinstance(one, Wire):
            await one.expect("MessageCreate", id=ids.shown(end))
        elif one.intents & _GUILD_MESSAGES:
            await one.expect("MESSAGE_CREATE", lambda data: data["id"] == end)
        else:
            await one.send(1, None)
            await one.heard(11)


def found(secrets: Iterable[str], listener: Listener) -> list[str]:
    """What somebody was told of any of them; for the simple door ids have two spellings."""
    if isinstance(listener, Wire):
        patterns, said = [*secrets], listener.raw
        patterns += [ids.shown(secret) for secret in patterns if _ID.fullmatch(secret)]
    else:
        patterns, said = [*secrets], [raw.decode() for raw in listener.raw]
    return [raw for raw in said if any(re.search(pattern, raw) for pattern in patterns)]
