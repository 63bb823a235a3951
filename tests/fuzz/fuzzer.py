"""Made-up requests to the operations of our published description: answered, never broken."""

import asyncio
from contextlib import suppress
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

import msgspec
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rift.app import openapi
from tests.api import Person
from tests.hostile.scene import Scene, set_scene
from tests.server import Server

_EXAMPLES: Final = {GenerationMode.POSITIVE: 7, GenerationMode.NEGATIVE: 5}
_FEW: Final = 2
_CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
_DOCUMENT: Final = openapi()
SCHEMA: Final = schemathesis.openapi.from_dict(_DOCUMENT)
OPERATIONS: Final = [
    f"{method.upper()} {path}" for path, methods in _DOCUMENT["paths"].items() for method in methods
]


class Fuzzer:
    """Somebody who asks for one operation in every way they can think of."""

    def __init__(self, url: str, token: str, ids: dict[str, str]) -> None:
        self._url = url
        self._token = token
        self._ids = ids
        self._http = requests.Session()

    def check_refusal(self, refusal: Any) -> None:
        """Every refusal is spelled as Discord does it."""
        assert isinstance(refusal["message"], str), refusal
        assert isinstance(refusal["code"], int), refusal

    def attack(
        self, operation: Any, mode: GenerationMode, *, at_home: bool, most: int | None = None
    ) -> None:
        """The same examples each time; at home, the ids are those of things that are there."""
        if most is None:
            most = _EXAMPLES[mode] if at_home else _FEW
        known = {it.name: self._ids.get(it.name, "1") for it in operation.path_parameters}
        cases = operation.as_strategy(
            generation_mode=mode,
            headers={"Authorization": self._token},
            path_parameters=known if at_home else None,
        )

        @settings(
            max_examples=most,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(cases)
        def ask(case: Case) -> None:
            response = case.call(base_url=self._url, session=self._http, timeout=30)
            case.validate_response(response, checks=_CHECKS)
            if response.status_code >= 400:
                self.check_refusal(msgspec.json.decode(response.content))
                assert response.headers["content-type"] == ["application/json"]

        with suppress(Unsatisfiable):  # where nothing is asked for, nothing wrong can be said
            ask()


class Party(NamedTuple):
    """Who asks: somebody with one of everything, and their bot."""

    scene: Scene
    bot: Person


async def gather(server: Server) -> Party:
    """A fresh guild with one of everything, so that what one operation destroys another has."""
    scene = await set_scene(server, "")
    bot = await server.bot(scene.owner, scene.ids["guild_id"], flags=1 << 15 | 1 << 19)
    return Party(scene, bot)


async def attack(server: Server, party: Party, operation: str) -> None:
    """Every answer is one we describe."""
    method, path = operation.split(" ")
    ids = {name: unquote(id_) for name, id_ in party.scene.ids_for(path).items()}
    described = SCHEMA[path][method]
    heard = len(server.log)
    # The bot comes first: it is let into less, so it leaves more for the person to destroy.
    machine = Fuzzer(f"{server.url}/api/v10", str(party.bot.api.token), ids)
    kind = GenerationMode.POSITIVE
    await asyncio.to_thread(machine.attack, described, kind, at_home=True, most=_FEW)
    person = Fuzzer(f"{server.url}/api/v10", str(party.scene.owner.api.token), ids)
    for mode in GenerationMode:
        for at_home in (True, False):
            await asyncio.to_thread(person.attack, described, mode, at_home=at_home)
    assert not any("Traceback" in line for line in server.log[heard:])
