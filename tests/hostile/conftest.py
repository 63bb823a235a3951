"""A server to be attacked, with something in it worth keeping whole."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.database import Databases
from tests.hostile.scene import Scene, set_scene
from tests.server import LIFTED, running_server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def scene(databases: Databases, tmp_path_factory: Any) -> AsyncIterator[Scene]:
    """A guild with one of everything, on a server of these tests' own."""
    data: Path = tmp_path_factory.mktemp("hostile")
    async with (
        databases.fresh_database() as dsn,
        running_server(data, {**LIFTED, "DATABASE_URL": dsn}) as server,
    ):
        yield await set_scene(server, dsn)


@pytest_asyncio.fixture(autouse=True)
async def _no_traceback(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Nothing that a client says is an error of ours."""
    yield
    if "scene" in request.fixturenames:
        lines = request.getfixturevalue("scene").server.log
        log = "\n".join(lines)
        lines.clear()
        assert "Traceback" not in log
        assert " ERROR " not in log
