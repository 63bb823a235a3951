"""Made-up requests to every operation of the simple door: answered as described, never broken."""

import asyncio
from typing import Any, Final
from urllib.parse import unquote

import pytest
import schemathesis
from schemathesis import GenerationMode

from rift.app import simple_openapi
from rift.doors.simple import ids
from tests.fuzz.fuzzer import Fuzzer
from tests.hostile.scene import set_scene
from tests.server import Server
from tests.simple_door.caller import Caller

pytestmark = pytest.mark.slow

_DOCUMENT: Final = simple_openapi()
_SCHEMA: Final = schemathesis.openapi.from_dict(_DOCUMENT)
_OPERATIONS: Final = [
    f"{method.upper()} {path}" for path, methods in _DOCUMENT["paths"].items() for method in methods
]


class SimpleFuzzer(Fuzzer):
    def check_refusal(self, refusal: Any) -> None:
        """Every refusal is spelled as this door does it."""
        assert isinstance(refusal["error"], str), refusal
        assert refusal.keys() <= {"error", "fields", "retry_after"}, refusal


def _simple(found: dict[str, str], caller: Caller) -> dict[str, str]:
    """The scene's ids as this door writes them."""
    shown = {name: ids.shown(id_) for name, id_ in found.items() if id_.isdigit()}
    return {
        **{name: unquote(id_) for name, id_ in found.items()},
        **shown,
        "server_id": shown["guild_id"],
        "target_id": shown["role_id"],
        "user_id": caller.id,
    }


@pytest.mark.parametrize("operation", _OPERATIONS)
async def test_every_answer_is_one_we_describe(server: Server, operation: str) -> None:
    scene = await set_scene(server, "")
    caller = await Caller.behind(server, scene.owner)
    fuzzer = SimpleFuzzer(f"{server.url}/api", f"Bearer {caller.token}", _simple(scene.ids, caller))
    method, path = operation.split(" ")
    heard = len(server.log)
    for mode in GenerationMode:
        for at_home in (True, False):
            described = _SCHEMA[path][method]
            await asyncio.to_thread(fuzzer.attack, described, mode, at_home=at_home)
    assert not any("Traceback" in line for line in server.log[heard:])
