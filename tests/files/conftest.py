"""Stores of every kind, each empty."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
import pytest_asyncio

from rift.config import Settings
from rift.config.settings import Data
from rift.files import Store, open_store
from tests.files.warehouse import Warehouse, warehouse_in


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: Any) -> Iterator[Warehouse]:
    with warehouse_in(tmp_path_factory.mktemp("warehouse")) as warehouse:
        yield warehouse


@pytest.fixture(params=["disk", "s3"])
def settings(request: Any, tmp_path: Path) -> Settings:
    if request.param == "disk":
        return Settings(data=Data(directory=str(tmp_path)))
    found: Warehouse = request.getfixturevalue("warehouse")
    return found.settings(f"b{token_hex(8)}", tmp_path)


@pytest_asyncio.fixture
async def store(settings: Settings) -> Store:
    store = await open_store(settings)
    # The S3 server makes its bucket when it is first written to.
    await store.write("first", nothing())
    await store.remove(["first"])
    return store


async def nothing() -> AsyncIterator[bytes]:
    yield b""
