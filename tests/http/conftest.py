"""A running server, on the fast lane and through ASGI."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
import uvloop

from tests.http.serving import House, serving


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(params=[True, False], ids=["lane", "asgi"])
def hot(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
async def house(hot: bool) -> AsyncIterator[House]:
    async with serving(hot=hot) as running:
        yield running
