"""Made-up requests to every operation that changes something."""

from typing import Final

import pytest

from tests.fuzz.fuzzer import OPERATIONS, attack, gather
from tests.server import Server

pytestmark = pytest.mark.slow

_WRITING: Final = [it for it in OPERATIONS if not it.startswith("GET ")]


@pytest.mark.parametrize("operation", _WRITING)
async def test_every_answer_is_one_we_describe(server: Server, operation: str) -> None:
    await attack(server, await gather(server), operation)
