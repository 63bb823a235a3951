"""Every place for files keeps the same promises: the disk, and a real S3 server."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rift.config import Settings
from rift.config.settings import Data
from rift.files import Missing, OutOfPlace, Store, StoreDown, Taken, open_store
from tests.files.warehouse import Warehouse

MIB = 1024 * 1024
KEY = "attachments/1/2"


class Broken(Exception):
    """As when a client hangs up."""


async def pieces(content: bytes, size: int = 100_000, breaks: bool = False) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]
    if breaks:
        raise Broken


async def read(store: Store, key: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.read(key, start, end)])


async def keys(store: Store, prefix: str, after: str = "") -> list[str]:
    return [key async for key in store.keys(prefix, after)]


@pytest.mark.parametrize("size", [0, 1, 300_000, 20 * MIB])
async def test_what_is_written_is_read(store: Store, size: int) -> None:
    content = os.urandom(size)
    assert await store.write(KEY, pieces(content)) == size
    assert await store.size(KEY) == size
    assert await read(store, KEY) == content
    async with store.local(KEY) as path:
        assert path.read_bytes() == content


async def test_a_range_is_read(store: Store) -> None:
    content = os.urandom(MIB)
    await store.write(KEY, pieces(content))
    for start, end in [(0, 10), (5, 5), (1000, 700_000), (MIB - 3, None), (MIB - 3, 2 * MIB)]:
        assert await read(store, KEY, start, end) == content[start:end]
    assert await read(store, KEY, MIB) == b""
    assert await read(store, KEY, MIB + 5, MIB + 9) == b""


async def test_pieces_are_small(store: Store) -> None:
    await store.write(KEY, pieces(bytes(3 * MIB)))
    sizes = [len(piece) async for piece in store.read(KEY)]
    assert max(sizes) <= 256 * 1024


async def test_what_is_not_there_is_missing(store: Store) -> None:
    assert await store.size(KEY) is None
    assert await store.extent(KEY) == 0
    with pytest.raises(Missing):
        await read(store, KEY)
    with pytest.raises(Missing):
        async with store.local(KEY):
            pass
    with pytest.raises(Missing):
        await store.finish("parts/1", KEY)
    await store.remove([KEY])


async def test_a_broken_write_leaves_nothing(store: Store) -> None:
    for size in (1000, 20 * MIB):
        with pytest.raises(Broken):
            await store.write(KEY, pieces(bytes(size), breaks=True))
        assert await store.size(KEY) is None
        assert await keys(store, "attachments") == []


async def test_a_cancelled_write_leaves_nothing(store: Store) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(MIB)
            await asyncio.sleep(0.01)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(store.write(KEY, endless()), 0.5)
    assert await store.size(KEY) is None


async def test_a_file_is_replaced_whole_or_not_at_all(store: Store) -> None:
    await store.write(KEY, pieces(b"old"))
    with pytest.raises(Broken):
        await store.write(KEY, pieces(b"half", breaks=True))
    assert await read(store, KEY) == b"old"
    await store.write(KEY, pieces(b"new"))
    assert await read(store, KEY) == b"new"


async def test_many_are_removed_at_once(store: Store) -> None:
    names = [f"attachments/{number % 7}/{number}" for number in range(1, 60)]
    await asyncio.gather(*(store.write(name, pieces(b"x")) for name in names))
    await store.remove([*names[:50], "attachments/9/nothing"])
    assert await keys(store, "attachments") == sorted(names[50:])


async def test_keys_come_in_order_from_anywhere(store: Store) -> None:
    names = sorted(["a/1", "a/1/2", "a/10", "a/2/3", "a/2x", "a/b/c/d", "ab/1"])
    for name in names:
        if name != "a/1":
            await store.write(name, pieces(b"x"))
    expected = [name for name in names if name.startswith("a/") and name != "a/1"]
    assert await keys(store, "a") == expected
    for name in expected:
        assert await keys(store, "a", name) == [it for it in expected if it > name]
    assert await keys(store, "nothing") == []
    assert await keys(store, "a/10") == []


async def test_a_broken_part_is_kept_and_continued(store: Store) -> None:
    content = os.urandom(25 * MIB)
    half = 12 * MIB + 17
    with pytest.raises(Broken):
        await store.extend("parts/1", 0, pieces(content[:half], breaks=True))
    assert await store.extent("parts/1") == half
    with pytest.raises(OutOfPlace) as wrong:
        await store.extend("parts/1", 5, pieces(b"x"))
    assert wrong.value.extent == half
    assert await store.extend("parts/1", half, pieces(content[half:])) == len(content)
    assert await store.finish("parts/1", KEY) == len(content)
    assert await read(store, KEY) == content
    assert await store.extent("parts/1") == 0
    assert await keys(store, "parts") == []


async def test_nothing_added_is_nothing_changed(store: Store) -> None:
    await store.extend("parts/1", 0, pieces(b"some"))
    with pytest.raises(Broken):
        await store.extend("parts/1", 4, pieces(b"", breaks=True))
    assert await store.extend("parts/1", 4, pieces(b"")) == 4
    assert await store.extend("parts/1", 4, pieces(b"more")) == 8
    await store.finish("parts/1", KEY)
    assert await read(store, KEY) == b"somemore"


async def test_a_cancelled_part_goes_on_somewhere(store: Store) -> None:
    async def slow() -> AsyncIterator[bytes]:
        while True:
            yield b"y" * MIB
            await asyncio.sleep(0.02)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(store.extend("parts/1", 0, slow()), 0.5)
    extent = await store.extent("parts/1")
    assert await store.extend("parts/1", extent, pieces(b"end")) == extent + 3
    await store.finish("parts/1", KEY)
    assert await read(store, KEY) == b"y" * extent + b"end"


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a//b", "a/../b", "A/b", "a/", "", ".a/b"])
async def test_what_is_no_key_is_a_fault(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="is no key"):
        await store.write(key, pieces(b"x"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


async def test_files_are_for_their_owner_alone(tmp_path: Path, folder: Path) -> None:
    store = await open_store(Settings(data=Data(directory=str(tmp_path))))
    await store.write(KEY, pieces(b"x"))
    assert (folder / KEY).stat().st_mode & 0o777 == 0o600
    assert (folder / "attachments").stat().st_mode & 0o777 == 0o700


async def test_two_do_not_add_to_one_part(tmp_path: Path) -> None:
    store = await open_store(Settings(data=Data(directory=str(tmp_path))))
    gate = asyncio.Event()

    async def waiting() -> AsyncIterator[bytes]:
        yield b"x"
        await gate.wait()

    first = asyncio.create_task(store.extend("parts/1", 0, waiting()))
    await asyncio.sleep(0.1)
    with pytest.raises(Taken):
        await store.extend("parts/1", 0, pieces(b"y"))
    gate.set()
    assert await first == 1


_WRITER = """
import asyncio, sys
from pathlib import Path
from rift.files.opening import open_disk

async def chunks():
    while True:
        yield bytes(1024 * 1024)
        print("more", flush=True)

async def main():
    store = await open_disk(Path(sys.argv[1]))
    await getattr(store, sys.argv[2])(*eval(sys.argv[3]), chunks())

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("verb", "given"), [("write", f"({KEY!r},)"), ("extend", "('parts/1', 0)")]
)
async def test_a_kill_leaves_nothing_half(
    tmp_path: Path, folder: Path, verb: str, given: str
) -> None:
    store = await open_store(Settings(data=Data(directory=str(tmp_path))))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _WRITER, str(folder), verb, given), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    for _ in range(8):
        await process.stdout.readline()
    process.kill()
    await process.wait()
    assert await store.size(KEY) is None
    assert await keys(store, "attachments") == []
    extent = await store.extent("parts/1")
    assert (extent > 0) is (verb == "extend")
    if verb == "extend":
        assert await store.extend("parts/1", extent, pieces(b"end")) == extent + 3


@pytest.fixture
def small(folder: Path) -> Iterator[Path]:
    """A disk of its own for the files, which is soon full."""
    if os.geteuid() != 0:
        pytest.skip("only root may make a small disk")
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_disk_says_so_and_keeps_what_was(small: Path) -> None:
    store = await open_store(Settings(data=Data(directory=str(small.parent))))
    await store.write(KEY, pieces(b"small"))
    with pytest.raises(StoreDown):
        await store.write("attachments/1/3", pieces(bytes(8 * MIB)))
    with pytest.raises(StoreDown):
        await store.extend("parts/1", 0, pieces(bytes(8 * MIB)))
    assert await keys(store, "attachments") == [KEY]
    extent = await store.extent("parts/1")
    await store.remove(["parts/1"])
    await store.write("attachments/1/4", pieces(bytes(MIB)))
    assert extent > 0


async def test_a_store_out_of_reach_says_so(warehouse: Warehouse, tmp_path: Path) -> None:
    settings = warehouse.settings("gone", tmp_path)
    gone = replace(settings, files=replace(settings.files, s3_endpoint="http://127.0.0.1:9"))
    store = await open_store(gone)
    for attempt in (store.write(KEY, pieces(b"x")), store.size(KEY), read(store, KEY)):
        with pytest.raises(StoreDown):
            await attempt
