"""A house with a furnished guild, whose world is looked into."""

from collections.abc import AsyncIterator

import pytest

from rift.core.house import House
from tests.core.houses import CHANNEL, furnish, living
from tests.world import samples

GUILD = samples.GUILD


@pytest.fixture
async def house(database: str) -> AsyncIterator[House]:
    async with living(database) as made:
        await furnish(made.pool)
        await made.pool.execute(CHANNEL, samples.CHANNEL, GUILD, "general")
        yield made
