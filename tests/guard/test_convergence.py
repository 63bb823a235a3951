"""A client that lived through the events holds the same world as one that just joined."""

import asyncio
from typing import Any, Final

import pytest

from rift.doors.discord.rest import ENDPOINTS
from tests.api import Person
from tests.gateway import Gateway
from tests.guard import simple_mirror
from tests.guard.listeners import gateways, until_quiet, wires
from tests.guard.mirror import as_listed, as_lived, mirrored
from tests.guard.plays import Operation
from tests.guard.rehearsal import UNHEARD, Rehearsal
from tests.guard.scenes import ALONE, SCENES
from tests.guard.stage import Stage
from tests.server import Server
from tests.simple_door.caller import Caller

_LOOKS: Final = 10
_PAUSE_S: Final = 0.1

VERBS = {(endpoint.method, endpoint.path) for endpoint in ENDPOINTS if endpoint.method != "GET"}


def test_every_verb_has_its_scene() -> None:
    assert VERBS - SCENES.keys() - ALONE.keys() == set()


def test_no_scene_is_played_for_a_verb_that_is_gone() -> None:
    assert (SCENES.keys() | ALONE.keys()) - VERBS == set()


@pytest.mark.parametrize("verb", sorted(SCENES), ids=" ".join)
async def test_the_lived_world_is_the_loaded_world(server: Server, verb: Operation) -> None:
    """Through either door; and who has no business with a verb is refused and changes nothing."""
    stage = await Stage(server).set()
    rehearsal = Rehearsal(stage, await server.person(), verb)
    people = (stage.owner, stage.member)
    watchers = (*people, stage.bot)
    await stage.join_mark(*watchers)
    callers = [await Caller.behind(server, one) for one in people]
    async with gateways(stage, *watchers) as lived, wires(stage, *people) as told:
        with rehearsal.before(*people, stage.bot, stage.outsider):
            await SCENES[verb](stage)
        assert rehearsal.was_held or verb in UNHEARD
        await until_quiet(stage, *lived, *told)
        for watcher, gateway in zip(watchers, lived, strict=True):
            await _compare(server, watcher, gateway)
            await _compare_messages(watcher, gateway)
        for caller, wire in zip(callers, told, strict=True):
            await simple_mirror.agree(caller, wire)


async def _compare(server: Server, watcher: Person, lived: Gateway) -> None:
    """A guild one comes into is shown as soon as it is loaded, not in turn with other guilds."""
    async with server.gateway(watcher) as joined:
        for _ in range(_LOOKS):
            if mirrored(lived).world() == mirrored(joined).world():
                return
            await asyncio.sleep(_PAUSE_S)
        assert mirrored(lived).world() == mirrored(joined).world()


async def _compare_messages(watcher: Person, lived: Gateway) -> None:
    """Every message heard of is as REST shows it; where one may not look, nothing was heard."""
    for channel_id, messages in mirrored(lived).messages.items():
        reply = await watcher.call("GET", f"/channels/{channel_id}/messages?limit=100")
        if reply.status == 200:
            listed: dict[str, Any] = {one["id"]: as_listed(one) for one in reply.body}
            for id_, message in messages.items():
                assert as_lived(message) == listed.get(id_), "lived and listed differ"
