"""The workshop keeps its word while workers break: deadlines, bounds, and nobody left behind."""

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from rift.media import Busy, Limits, Rendition, Unreadable, Workshop
from rift.media.bench import Died, Worker
from rift.media.tasks import ProbeTask
from tests.media import pictures
from tests.patience import until

SMALL = pictures.encoded(pictures.picture(), "PNG")
SLOW = Rendition(format="avif", quality=90)


@pytest.fixture(scope="module")
def long_work() -> bytes:
    """An image that takes about two seconds to be written as AVIF."""
    return pictures.encoded(Image.effect_noise((2000, 1600), 90), "JPEG", quality=80)


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(pid: int, what: str) -> str:
    return Path(f"/proc/{pid}/{what}").read_text()


async def at_work(workshop: Workshop) -> int:
    """The one worker's process, in the middle of its task."""
    await until(lambda: bool(workshop.pids))
    (pid,) = workshop.pids
    start = cpu_s(pid)
    await until(lambda: cpu_s(pid) > start + 0.2)
    return pid


async def test_no_process_before_it_is_needed_and_none_afterwards() -> None:
    async with Workshop() as workshop:
        assert workshop.pids == frozenset()
        await asyncio.gather(*(workshop.probe(SMALL) for _ in range(6)))
        pids = workshop.pids
        assert 1 <= len(pids) <= 2
    assert not any(map(exists, pids))


async def test_who_has_had_nothing_to_do_goes() -> None:
    async with Workshop(idle_s=0.1) as workshop:
        await workshop.probe(SMALL)
        (pid,) = workshop.pids
        await until(lambda: not exists(pid))
        assert (await workshop.probe(SMALL)).kind == "png"


async def test_a_worker_killed_in_the_middle_is_replaced_and_nobody_notices(
    long_work: bytes,
) -> None:
    async with Workshop(workers=1) as workshop:
        making = asyncio.create_task(workshop.render(long_work, SLOW))
        os.kill(await at_work(workshop), signal.SIGKILL)
        assert (await making).width == 2000


async def test_a_file_that_breaks_every_worker_is_unreadable(long_work: bytes) -> None:
    async with Workshop(workers=1) as workshop:
        making = asyncio.create_task(workshop.render(long_work, SLOW))
        first = await at_work(workshop)
        os.kill(first, signal.SIGKILL)
        await until(lambda: bool(workshop.pids - {first}))
        os.kill(await at_work(workshop), signal.SIGKILL)
        with pytest.raises(Unreadable):
            await making
        assert (await workshop.probe(SMALL)).kind == "png"


async def test_a_worker_that_crashes_by_itself_is_not_asked_twice(long_work: bytes) -> None:
    async with Workshop(workers=1) as workshop:
        making = asyncio.create_task(workshop.render(long_work, SLOW))
        os.kill(await at_work(workshop), signal.SIGSEGV)
        with pytest.raises(Unreadable):
            await making


async def test_a_worker_killed_while_idle_is_not_missed() -> None:
    async with Workshop(workers=1) as workshop:
        await workshop.probe(SMALL)
        (pid,) = workshop.pids
        os.kill(pid, signal.SIGKILL)
        assert (await workshop.probe(SMALL)).kind == "png"


async def test_a_worker_whose_pipe_is_gone_before_its_process_counts_as_dead() -> None:
    worker = await Worker.start(1 << 30)
    worker._tasks.close()
    await asyncio.sleep(0.01)
    with pytest.raises(Died):
        await worker.do(ProbeTask(data=SMALL, limits=Limits()), None)


async def test_what_takes_too_long_is_ended(long_work: bytes) -> None:
    async with Workshop(workers=1, deadline_s=0.5) as workshop:
        start = time.monotonic()
        making = asyncio.create_task(workshop.render(long_work, SLOW))
        await until(lambda: bool(workshop.pids))
        (pid,) = workshop.pids
        with pytest.raises(Unreadable, match="within"):
            await making
        assert time.monotonic() - start < 3
        assert not exists(pid)
        assert (await workshop.probe(SMALL)).kind == "png"


async def test_who_no_longer_wants_it_frees_the_worker(long_work: bytes) -> None:
    async with Workshop(workers=1) as workshop:
        making = asyncio.create_task(workshop.render(long_work, SLOW))
        pid = await at_work(workshop)
        making.cancel()
        with pytest.raises(asyncio.CancelledError):
            await making
        assert not exists(pid)
        assert (await workshop.probe(SMALL)).kind == "png"


def children() -> set[int]:
    """The workers of this process, whoever knows of them."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"rift.media.worker" in (place / "cmdline").read_bytes():
                found.add(int(place.name))
    return found


async def test_who_changes_their_mind_during_the_start_leaves_nobody_behind() -> None:
    before = children()
    async with Workshop(workers=2) as workshop:
        for at in range(20):
            probing = asyncio.create_task(workshop.probe(SMALL))
            await asyncio.sleep(at / 100)
            probing.cancel()
            await asyncio.wait([probing])
        assert (await workshop.probe(SMALL)).kind == "png"
        assert children() - before <= workshop.pids
    await until(lambda: children() <= before)


@pytest.mark.parametrize("after_s", [0.0, 0.01, 0.05])
async def test_closing_during_the_start_leaves_nobody_behind(after_s: float) -> None:
    before = children()
    async with Workshop() as workshop:
        probing = asyncio.create_task(workshop.probe(SMALL))
        await asyncio.sleep(after_s)
    with suppress(Busy):
        await probing
    await until(lambda: children() <= before)


async def test_a_file_that_takes_too_much_memory_is_unreadable() -> None:
    huge = pictures.encoded(Image.new("RGBA", (7000, 7000)), "PNG", compress_level=1)
    async with Workshop(workers=1, memory_bytes=256 * 1024 * 1024) as workshop:
        with pytest.raises(Unreadable):
            await workshop.render(huge, Rendition(width=100))
        assert (await workshop.probe(SMALL)).kind == "png"


async def test_no_more_wait_than_there_is_room_for(long_work: bytes) -> None:
    async with Workshop(workers=1, waiting=2) as workshop:
        making = asyncio.create_task(workshop.render(long_work, SLOW))
        await at_work(workshop)
        waiting = [asyncio.create_task(workshop.probe(SMALL)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await workshop.probe(SMALL)
        making.cancel()
        assert [probe.kind for probe in await asyncio.gather(*waiting)] == ["png", "png"]


async def test_closing_ends_what_is_being_made(long_work: bytes) -> None:
    async with Workshop(workers=1) as workshop:
        making = asyncio.create_task(workshop.render(long_work, SLOW))
        waiting = asyncio.create_task(workshop.probe(SMALL))
        pid = await at_work(workshop)
    assert not exists(pid)
    for task in (making, waiting):
        with pytest.raises(Busy):
            await task
    with pytest.raises(Busy):
        await workshop.probe(SMALL)


async def test_the_loop_goes_on_meanwhile(long_work: bytes) -> None:
    async with Workshop(workers=1) as workshop:
        making = asyncio.create_task(workshop.render(long_work, Rendition(format="webp")))
        longest = 0.0
        while not making.done():
            start = time.monotonic()
            await asyncio.sleep(0.001)
            longest = max(longest, time.monotonic() - start)
        assert longest < 0.2


async def test_a_worker_has_little_and_knows_nothing() -> None:
    os.environ["RIFT_DATABASE_URL_OF_A_TEST"] = "secret"
    try:
        async with Workshop(workers=1, memory_bytes=400_000_000) as workshop:
            await workshop.probe(SMALL)
            (pid,) = workshop.pids
            limits, status, environment = (
                told(pid, what) for what in ("limits", "status", "environ")
            )
            niceness = os.getpriority(os.PRIO_PROCESS, pid)
    finally:
        del os.environ["RIFT_DATABASE_URL_OF_A_TEST"]
    assert "secret" not in environment
    assert "Max address space         400000000" in limits
    assert "Max open files            32" in limits
    assert "NoNewPrivs:\t1" in status
    assert "Seccomp:\t2" in status
    assert niceness > os.getpriority(os.PRIO_PROCESS, 0)


TRIES = """
import os, socket, sys, threading
from rift.media.confinement import confine

confine(os.getppid(), 1 << 30)
for forbidden in (
    lambda: socket.socket(),
    lambda: socket.socket(socket.AF_UNIX),
    lambda: os.execv(sys.executable, [sys.executable]),
    lambda: os.kill(os.getppid(), 0),
):
    try:
        forbidden()
    except PermissionError:
        print("refused")
thread = threading.Thread(target=print, args=["a thread"])
thread.start()
thread.join()
"""


async def test_a_worker_reaches_nothing_beyond_files() -> None:
    tried = await asyncio.create_subprocess_exec(
        sys.executable, "-c", TRIES, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await tried.communicate()
    assert said.decode().splitlines() == ["refused"] * 4 + ["a thread"]


ORPHANS = """
import asyncio, sys
from pathlib import Path
from rift.media import Rendition, Workshop

async def main():
    async with Workshop(workers=1) as workshop:
        making = asyncio.create_task(
            workshop.render(Path(sys.argv[1]), Rendition(format="avif", quality=90))
        )
        while not workshop.pids:
            await asyncio.sleep(0.01)
        print(*workshop.pids, flush=True)
        await making

asyncio.run(main())
"""


async def test_workers_die_with_their_parent(long_work: bytes, tmp_path: Path) -> None:
    path = tmp_path / "image"
    path.write_bytes(long_work)
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ORPHANS, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    worker = int(await parent.stdout.readline())
    assert exists(worker)
    parent.kill()
    await parent.wait()
    await until(lambda: not exists(worker), within_s=2)
