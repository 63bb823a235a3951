"""A server that looks at links, and a site of somebody else's to link to."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.database import Databases
from tests.fetching.site import Site, open_site
from tests.previews.street import Street, environment
from tests.server import Server, running_server


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def site() -> AsyncIterator[Site]:
    async with open_site() as site:
        yield site


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def looking(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, site: Site
) -> AsyncIterator[Server]:
    """It may call this machine, at the site's port."""
    data = tmp_path_factory.mktemp("looking")
    async with (
        databases.fresh_database() as dsn,
        running_server(data, environment(dsn, site)) as server,
    ):
        yield server


@pytest_asyncio.fixture
async def street(looking: Server, site: Site) -> Street:
    return await Street.open(looking, site)
