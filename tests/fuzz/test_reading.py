"""Made-up questions to every operation that reads."""

from typing import Final

import msgspec
import pytest
import pytest_asyncio

from rift.app import openapi
from tests.fuzz.fuzzer import OPERATIONS, Party, attack, gather
from tests.server import Server

pytestmark = pytest.mark.slow

_READING: Final = [it for it in OPERATIONS if it.startswith("GET ")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def party(server: Server) -> Party:
    """One for all: who reads destroys nothing."""
    return await gather(server)


@pytest.mark.parametrize("operation", _READING)
async def test_every_answer_is_one_we_describe(
    server: Server, party: Party, operation: str
) -> None:
    await attack(server, party, operation)


async def test_the_published_description_is_the_one_attacked(server: Server) -> None:
    async with server.http.get(f"{server.url}/api/openapi.json") as response:
        assert response.headers["Content-Type"] == "application/json"
        assert await response.json() == msgspec.json.decode(msgspec.json.encode(openapi()))
