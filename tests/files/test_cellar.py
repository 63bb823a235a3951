"""The cellar: never more than it may hold, and what was used last stays."""

import os
import time
from pathlib import Path

import pytest

from rift.files import Missing
from rift.files.cellar import Cellar

MIB = 1024 * 1024


def name(number: int) -> str:
    return f"{number:040x}"


async def opened(root: Path, most_bytes: int = 16 * MIB) -> Cellar:
    cellar = Cellar(root, most_bytes)
    await cellar.open()
    return cellar


def held(root: Path) -> int:
    return sum(it.stat().st_size for it in (root / "made").glob("*/*"))


def age(root: Path, number: int, seconds: float) -> None:
    path = root / "made" / name(number)[:2] / name(number)
    then = time.time() - seconds
    os.utime(path, (then, then))


async def test_what_was_made_is_there_until_there_is_no_room(tmp_path: Path) -> None:
    cellar = await opened(tmp_path)
    assert await cellar.size(name(1)) is None
    await cellar.add(name(1), b"made")
    assert await cellar.size(name(1)) == 4
    assert b"".join([it async for it in cellar.read(name(1), 1, 3)]) == b"ad"
    with pytest.raises(Missing):
        _ = [it async for it in cellar.read(name(2), 0, 9)]


async def test_it_never_holds_much_more_than_it_may(tmp_path: Path) -> None:
    cellar = await opened(tmp_path)
    for number in range(60):
        await cellar.add(name(number), bytes(MIB // 2))
        age(tmp_path, number, 1000 - number)
        assert held(tmp_path) <= 16 * MIB
    assert held(tmp_path) > 12 * MIB
    assert await cellar.size(name(59)) is not None
    assert await cellar.size(name(0)) is None


async def test_what_is_asked_for_stays_longest(tmp_path: Path) -> None:
    cellar = await opened(tmp_path)
    for number in range(28):
        await cellar.add(name(number), bytes(MIB // 2))
        age(tmp_path, number, 80_000 - number)
    assert await cellar.size(name(0)) is not None
    for number in range(28, 40):
        await cellar.add(name(number), bytes(MIB // 2))
    assert await cellar.size(name(0)) is not None
    assert await cellar.size(name(1)) is None


async def test_what_nobody_asks_for_goes_after_a_week(tmp_path: Path) -> None:
    cellar = await opened(tmp_path)
    await cellar.add(name(1), b"old")
    await cellar.add(name(2), b"new")
    age(tmp_path, 1, 8 * 86_400)
    again = await opened(tmp_path)
    await again.add(name(3), b"x")
    assert await again.size(name(1)) is None
    assert await again.size(name(2)) is not None


async def test_two_processes_share_it(tmp_path: Path) -> None:
    one, other = await opened(tmp_path), await opened(tmp_path)
    await one.add(name(1), b"made")
    assert await other.size(name(1)) == 4
    await other.add(name(1), b"made")
    assert await one.size(name(1)) == 4


async def test_only_its_owner_reads_what_is_in_it(tmp_path: Path) -> None:
    cellar = await opened(tmp_path / "cellar")
    await cellar.add(name(1), b"made")
    for path in (tmp_path / "cellar").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


async def test_what_is_small_is_at_hand_even_when_the_disk_lost_it(tmp_path: Path) -> None:
    cellar = await opened(tmp_path)
    await cellar.add(name(1), b"small")
    await cellar.add(name(2), bytes(100_000))
    for path in (tmp_path / "made").glob("*/*"):
        path.unlink()
    assert await cellar.size(name(1)) == 5
    assert b"".join([it async for it in cellar.read(name(1), 1, 4)]) == b"mal"
    assert await cellar.size(name(2)) is None


async def test_only_so_much_is_at_hand(tmp_path: Path) -> None:
    cellar = await opened(tmp_path, 64 * MIB)
    for number in range(400):
        await cellar.add(name(number), bytes(50_000))
    for path in (tmp_path / "made").glob("*/*"):
        path.unlink()
    there = [number for number in range(400) if await cellar.size(name(number)) is not None]
    assert there == list(range(400 - len(there), 400))
    assert 300 < len(there) <= 16 * MIB // 50_000
