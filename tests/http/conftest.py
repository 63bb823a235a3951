"""A running server, on the fast lane and through ASGI."""

from collections.abc import AsyncIterator

import pytest

from tests.http.serving import House, serving


@pytest.fixture(params=[True, False], ids=["lane", "asgi"])
def hot(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
async def house(hot: bool) -> AsyncIterator[House]:
    async with serving(hot=hot) as running:
        yield running
