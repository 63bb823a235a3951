"""A server that may call the push service of these tests, and waits for nobody to come by."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import asyncpg
import pytest_asyncio

from tests.database import Databases
from tests.fetching.site import Site, open_site
from tests.server import LIFTED, Server, running_server


def environment(dsn: str, site: Site) -> Mapping[str, str]:
    return {
        **LIFTED,
        "DATABASE_URL": dsn,
        "RIFT_PUSH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "RIFT_PUSH_PORTS": f"443,{site.port}",
        "RIFT_PUSH_AWAY_S": "0",
        "RIFT_PUSH_CONTACT": "mailto:keeper@example.org",
    }


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service() -> AsyncIterator[Site]:
    async with open_site() as site:
        yield site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pushing_dsn(databases: Databases) -> AsyncIterator[str]:
    async with databases.fresh_database() as dsn:
        yield dsn


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pushing(pushing_dsn: str, tmp_path_factory: Any, service: Site) -> AsyncIterator[Server]:
    data = tmp_path_factory.mktemp("pushing")
    async with running_server(data, environment(pushing_dsn, service)) as server:
        yield server


@pytest_asyncio.fixture
async def kept(pushing_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """What the server has kept."""
    connection = await asyncpg.connect(pushing_dsn)
    yield connection
    await connection.close()
