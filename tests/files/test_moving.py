"""`rift files move`: everything arrives, in both directions, however often it is broken off."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rift.config import Settings
from rift.config.settings import Data
from rift.files import Store, open_store
from rift.files.moving import FOLDERS
from tests.files.warehouse import Warehouse

pytestmark = pytest.mark.slow


async def chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def contents(store: Store) -> dict[str, bytes]:
    return {
        key: b"".join([piece async for piece in store.read(key)])
        for folder in FOLDERS
        async for key in store.keys(folder)
    }


def rift(data: Path, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rift", "files", "move", "--data", str(data), *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_everything_arrives_and_comes_back(warehouse: Warehouse, tmp_path: Path) -> None:
    environment = {**warehouse.environment("moved"), "RIFT_FILES_STORE": "disk"}
    here = await open_store(Settings(data=Data(directory=str(tmp_path))))
    for number in range(30):
        content = os.urandom(number * 1000)
        await here.write(f"attachments/{number % 3}/{number}", chunks(content))
    await here.write("images/avatars/1/abc", chunks(os.urandom(9_000_000)))
    expected = await contents(here)

    done = rift(tmp_path, environment, "--to", "s3")
    assert done.returncode == 0, done.stderr
    assert "31 files" in done.stdout
    assert 'files.store = "s3"' in done.stdout
    there = await open_store(warehouse.settings("moved", tmp_path, prefix=""))
    assert await contents(there) == expected

    await there.write("attachments/0/3", chunks(b"cut"))
    again = rift(tmp_path, environment, "--to", "s3")
    assert "1 copied just now" in again.stdout
    assert await contents(there) == expected

    back = tmp_path / "back"
    environment["RIFT_FILES_STORE"] = "s3"
    done = rift(back, environment, "--to", "disk")
    assert done.returncode == 0, done.stderr
    assert await contents(await open_store(Settings(data=Data(directory=str(back))))) == expected


async def test_a_bucket_out_of_reach_is_said(warehouse: Warehouse, tmp_path: Path) -> None:
    here = await open_store(Settings(data=Data(directory=str(tmp_path))))
    await here.write("attachments/1/1", chunks(b"x"))
    environment = {**warehouse.environment("x"), "RIFT_FILES_S3_ENDPOINT": "http://127.0.0.1:9"}
    done = rift(tmp_path, {**environment, "RIFT_FILES_STORE": "disk"}, "--to", "s3")
    assert done.returncode == 1
    assert "Run the same again" in done.stderr
    assert "Traceback" not in done.stderr


async def test_without_a_bucket_there_is_nothing_to_move_from(tmp_path: Path) -> None:
    done = rift(tmp_path, {}, "--to", "disk")
    assert (done.returncode, "s3_bucket" in done.stderr) == (2, True)
