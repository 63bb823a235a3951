"""A server that looks at links, and a site of somebody else's to link to."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.database import Databases
from tests.fetching.site import Site, open_site
from tests.previews.street import Street
from tests.server import LIFTED, Server, running_server


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def site() -> AsyncIterator[Site]:
    async with open_site() as site:
        yield site


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def looking(
    databases: Databases, tmp_path_factory: object, site: Site
) -> AsyncIterator[Server]:
    """It may call this machine, at the site's port."""
    data = tmp_path_factory.mktemp("looking")  # type: ignore[attr-defined]
    async with databases.fresh_database() as dsn:
        environment = {
            **LIFTED,
            "DATABASE_URL": dsn,
            "RIFT_INSTANCE_NAME": "A house",
            "RIFT_PREVIEWS_ENABLED": "on",
            "RIFT_PREVIEWS_ALLOW_ADDRESSES": "127.0.0.1",
            "RIFT_PREVIEWS_PORTS": f"80,443,{site.port}",
            "RIFT_PREVIEWS_DENY_DOMAINS": "denied.example",
        }
        async with running_server(data, environment) as server:
            yield server


@pytest_asyncio.fixture
async def street(looking: Server, site: Site) -> Street:
    return await Street.open(looking, site)
