"""The private PostgreSQL: whole or not there, ours alone, and back on its feet after kill -9."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from rift.db.embedded import EmbeddedPostgres, find_running, tool
from rift.db.embedded.account import Account, choose_account
from rift.db.embedded.binaries import Binaries
from rift.db.embedded.cluster import Layout, server_command
from rift.db.failure import DatabaseFailure

SOURCES = Path(__file__).parents[2] / "src"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="is about switching users, as root does")

Popen = subprocess.Popen[bytes]

# How asyncpg says that the server went away; the last one when it did between two statements.
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)

# A program that runs the database in argv[1], says so, and waits to be killed.
PROGRAM = """
    import asyncio, sys
    from pathlib import Path
    from rift.db.embedded import EmbeddedPostgres

    def say(text):
        print(text, flush=True)

    async def main():
        async with EmbeddedPostgres(Path(sys.argv[1]), progress=say) as server:
            say(f"ready {server.pid} {server.dsn}")
            await asyncio.to_thread(sys.stdin.read)

    asyncio.run(main())
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A closed directory with a short path, as a data directory's parent often is."""
    path = Path(tempfile.mkdtemp(prefix="rift-test-"))
    yield path
    shutil.rmtree(path)


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        with contextlib.suppress(*LOST):
            await connection.close(timeout=2)


def embedded(directory: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(directory, progress=print)


@contextlib.contextmanager
def program(directory: Path, **options: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs the database, and stops it at the end if nobody killed it."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **{"env": environment, **options},
    )
    with process:
        try:
            yield process
        finally:
            process.communicate("")


def ready(process: subprocess.Popen[str]) -> tuple[int, str]:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("ready "):
            _, pid, dsn = line.split()
            return int(pid), dsn
    raise AssertionError(f"the program did not get ready: {''.join(said)}")


def gone(pid: int, within_s: float = 10) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False


async def listening(directory: Path) -> None:
    async with asyncio.timeout(10):
        while find_running(directory) is None:  # noqa: ASYNC110 - another process; nothing tells
            await asyncio.sleep(0.01)


def status_of(pid: int | None) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":", 1) for line in lines)


@contextlib.contextmanager
def child_of(account: Account, *command: str, cwd: Path = Path("/")) -> Iterator[Popen]:
    with subprocess.Popen(command, cwd=cwd, stderr=subprocess.DEVNULL, **account.switch) as process:
        try:
            yield process
        finally:
            process.kill()


async def test_a_first_start_makes_a_database_of_ours(home: Path) -> None:
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        settings = {
            name: await connection.fetchval("select current_setting($1)", name)
            for name in ("data_checksums", "fsync", "synchronous_commit", "listen_addresses")
        }
        assert settings == {
            "data_checksums": "on",
            "fsync": "on",
            "synchronous_commit": "on",
            "listen_addresses": "",
        }
        assert tuple(
            await connection.fetchrow(
                "select datlocprovider, datlocale, datcollate, datctype, encoding"
                " from pg_database where datname = current_database()"
            )
        ) == (b"b", "C.UTF-8", "C", "C.UTF-8", 6)
        assert not await connection.fetchval(
            "select rolsuper from pg_roles where rolname = current_user"
        )


async def test_what_was_written_is_there_after_a_quick_second_start(home: Path) -> None:
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        await connection.execute("create table kept as select 42 as answer")
    assert find_running(home / "postgres") is None
    begun = time.monotonic()
    async with embedded(home / "postgres") as server:
        assert time.monotonic() - begun < 1
        assert find_running(home / "postgres") == server.dsn
        async with connected(server.dsn) as connection:
            assert await connection.fetchval("select answer from kept") == 42


async def test_stopping_twice_or_before_the_start_is_no_error(home: Path) -> None:
    server = embedded(home / "postgres")
    await server.stop()
    await server.start()
    await server.stop()
    await server.stop()
    assert server.pid is None


async def test_everything_on_disk_is_closed_to_others(home: Path) -> None:
    async with embedded(home / "postgres"):
        parts = {path.name: path.stat().st_mode & 0o777 for path in (home / "postgres").iterdir()}
        assert parts == {"cluster": 0o700, "run": 0o700, "log": 0o700, "lock": 0o600}
        assert (home / "postgres").stat().st_mode & 0o007 == 0
        assert (home / "postgres/log/postgres.log").stat().st_mode & 0o777 == 0o600


@as_root
async def test_root_never_runs_it_and_opens_nothing_above_the_data_directory(home: Path) -> None:
    data = home / "closed" / "data"
    data.mkdir(parents=True)
    (home / "closed").chmod(0o700)
    above = [data, *data.parents, SOURCES, *SOURCES.parents, tool("postgres"), tool("").parent]
    before = [(path, path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above]
    async with embedded(data / "postgres") as server, connected(server.dsn) as connection:
        assert await connection.fetchval("select 1") == 1
        status = status_of(server.pid)
        assert "0" not in status["Uid"].split()
        assert "0" not in status["Gid"].split()
        assert status["Groups"].split() == []
    after = [(path, path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above]
    assert after == before


@as_root
async def test_nobody_else_can_log_in_even_with_every_directory_open(home: Path) -> None:
    async with embedded(home / "postgres"):
        run = home / "postgres" / "run"
        attempts = {
            (user, role): _psql(run, user, role) for user in ("nobody", None) for role in ROLES
        }
        for path in (home, home / "postgres", run):
            path.chmod(0o755)
        (run / ".s.PGSQL.5432").chmod(0o777)
        opened = {
            (user, role): _psql(run, user, role) for user in ("nobody", None) for role in ROLES
        }
    assert {key for key, said in attempts.items() if said == "1"} == {(None, "rift")}
    assert "Permission denied" in attempts["nobody", "rift"]
    assert {key for key, said in opened.items() if said == "1"} == {(None, "rift")}
    assert "Peer authentication failed" in opened["nobody", "rift"]
    assert "no pg_hba.conf entry" in opened["nobody", "postgres"]
    assert "no pg_hba.conf entry" in opened[None, "postgres"]


ROLES = ("rift", "postgres", "nobody")


def _psql(run: Path, user: str | None, role: str) -> str:
    done = subprocess.run(
        [tool("psql"), "-XAtq", "-h", run, "-U", role, "-d", "rift", "-c", "select 1"],
        user=user,
        extra_groups=[] if user else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr


async def test_a_killed_server_comes_back_with_every_commit(home: Path) -> None:
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        await connection.execute("create table kept as select 42 as answer")
        for _ in range(2):
            former = server.pid
            assert former is not None
            os.kill(former, signal.SIGKILL)
            assert gone(former)
            await asyncio.sleep(0.05)
            await server.wait_ready(20)
            assert server.pid != former
            async with connected(server.dsn) as again:
                assert await again.fetchval("select answer from kept") == 42


async def test_a_killed_server_comes_back_although_a_backend_goes_on(home: Path) -> None:
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        backend = connection.get_server_pid()
        counting = asyncio.ensure_future(
            connection.execute("do $$ begin loop perform 1; end loop; end $$")
        )
        await asyncio.sleep(0.1)
        former = server.pid
        assert former is not None
        os.kill(former, signal.SIGKILL)
        assert gone(former)
        await asyncio.sleep(0.05)
        await server.wait_ready(30)
        assert gone(backend, 0.1)
        with pytest.raises(asyncpg.PostgresError):
            await counting


async def test_the_server_ends_with_a_killed_program_and_keeps_its_commits(home: Path) -> None:
    with program(home / "postgres") as process:
        pid, dsn = ready(process)
        async with connected(dsn) as connection:
            await connection.execute("create table kept as select 42 as answer")
            process.kill()
            process.wait()
            async with embedded(home / "postgres") as server:
                assert gone(pid, 0.1)
                async with connected(server.dsn) as again:
                    assert await again.fetchval("select answer from kept") == 42


async def test_every_acknowledged_write_outlives_a_killed_program(home: Path) -> None:
    acknowledged = 0
    with program(home / "postgres") as process:
        _, dsn = ready(process)
        async with connected(dsn) as connection:
            await connection.execute("create table kept (number int4)")
            asyncio.get_running_loop().call_later(0.7, process.kill)
            with contextlib.suppress(*LOST):
                while True:
                    await connection.execute("insert into kept values ($1)", acknowledged)
                    acknowledged += 1
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        kept = await connection.fetchval("select count(*) from kept")
        assert acknowledged > 0
        assert kept - acknowledged in (0, 1)


async def test_the_server_ends_with_a_killed_program_without_a_successor(home: Path) -> None:
    with program(home / "postgres") as process:
        pid, _ = ready(process)
        process.kill()
        assert gone(pid)


@pytest.mark.parametrize("delay_s", [0.0, 0.1, 0.2, 0.4])
async def test_a_program_killed_while_it_makes_the_cluster_leaves_nothing_half_made(
    home: Path, delay_s: float
) -> None:
    with program(home / "postgres") as process:
        async with asyncio.timeout(20):
            while not list((home / "postgres").glob("cluster.new-*")):  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        await asyncio.sleep(delay_s)
        process.kill()
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        assert await connection.fetchval("select 1") == 1
        assert not list((home / "postgres").glob("cluster.new-*"))


async def test_a_leftover_server_is_stopped_first(home: Path) -> None:
    async with embedded(home / "postgres"):
        pass
    layout = Layout(home / "postgres")
    account = choose_account(layout.cluster)
    layout.run.mkdir(mode=0o700)
    account.give(layout.run)
    command = server_command(layout, account, Binaries(tool("postgres").parent, 18), {})
    with child_of(account, *command, cwd=layout.cluster) as leftover:
        await listening(home / "postgres")
        async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
            assert leftover.wait(1) == 0
            assert await connection.fetchval("select 1") == 1


async def test_a_stale_pid_file_naming_an_innocent_process_harms_nobody(home: Path) -> None:
    async with embedded(home / "postgres") as server:
        lines = (home / "postgres/cluster/postmaster.pid").read_text().splitlines()
    account = choose_account(home / "postgres" / "cluster")
    with child_of(account, "sleep", "60") as innocent:
        stale = home / "postgres" / "cluster" / "postmaster.pid"
        stale.write_text("\n".join([str(innocent.pid), *lines[1:]]) + "\n")
        async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
            assert await connection.fetchval("select 1") == 1
        assert innocent.poll() is None


async def test_a_second_starter_is_refused_and_told_by_whom(home: Path) -> None:
    with program(home / "postgres") as process:
        _, dsn = ready(process)
        with pytest.raises(DatabaseFailure, match=rf"process {process.pid}\) is already using"):
            await embedded(home / "postgres").start()
        async with connected(dsn) as connection:
            assert await connection.fetchval("select 1") == 1


async def test_the_terminals_ctrl_c_does_not_reach_the_server(home: Path) -> None:
    async with embedded(home / "postgres") as server:
        assert server.pid is not None
        assert os.getsid(server.pid) != os.getsid(0)


async def test_a_path_too_long_for_a_socket_gets_a_short_private_directory(home: Path) -> None:
    directory = home / ("long" * 25) / "postgres"
    async with embedded(directory) as server, connected(server.dsn) as connection:
        short = Layout(directory).socket_directory
        assert find_running(directory) == server.dsn
        assert await connection.fetchval("select 1") == 1
        assert short.stat().st_mode & 0o777 == 0o700
        assert len(str(short)) < 60
    assert not short.exists()


async def test_a_short_directory_left_by_a_killed_program_is_removed(home: Path) -> None:
    directory = home / ("long" * 25) / "postgres"
    with program(directory) as process:
        pid, _ = ready(process)
        left = Layout(directory).socket_directory
        process.kill()
        assert gone(pid)
    async with embedded(directory):
        assert not left.exists()


async def test_a_path_with_spaces_commas_and_umlauts_works(home: Path) -> None:
    directory = home / "Füße, a b%20@" / "postgres"
    async with embedded(directory) as server, connected(server.dsn) as connection:
        assert await connection.fetchval("select 1") == 1


async def test_a_cluster_of_another_major_version_is_refused(home: Path) -> None:
    async with embedded(home / "postgres"):
        pass
    (home / "postgres/cluster/PG_VERSION").write_text("16\n")
    with pytest.raises(DatabaseFailure, match=r"PostgreSQL 16;.*PostgreSQL 18.\n.*rift backup"):
        await embedded(home / "postgres").start()


async def test_a_server_that_cannot_start_says_why_and_frees_the_directory(home: Path) -> None:
    broken = EmbeddedPostgres(
        home / "postgres", progress=print, settings={"shared_buffers": "much"}
    )
    with pytest.raises(DatabaseFailure, match='invalid value for parameter "shared_buffers"'):
        await broken.start()
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        assert await connection.fetchval("select 1") == 1


async def test_a_cancelled_start_leaves_nothing_running(home: Path) -> None:
    async with embedded(home / "postgres"):
        pass
    for delay_s in (0.0, 0.005, 0.01, 0.015, 0.02):
        starting = asyncio.create_task(embedded(home / "postgres").start())
        await asyncio.sleep(delay_s)
        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting
            raise AssertionError("the start was quicker than its cancellation")
        assert not (home / "postgres/cluster/postmaster.pid").exists()
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        assert await connection.fetchval("select 1") == 1


async def test_the_log_names_no_values_and_stays_small(home: Path) -> None:
    log = home / "postgres" / "log" / "postgres.log"
    async with embedded(home / "postgres") as server, connected(server.dsn) as connection:
        await connection.execute("create table people (mail text unique)")
        await connection.execute("insert into people values ('secret@example.org')")
        with pytest.raises(asyncpg.UniqueViolationError):
            await connection.execute("insert into people values ('secret@example.org')")
    assert "duplicate key" in log.read_text()
    assert "secret" not in log.read_text()
    with log.open("a") as file:
        file.write("x" * 5_000_000)
    async with embedded(home / "postgres"):
        assert log.stat().st_size < 10_000
        assert (home / "postgres/log/postgres.log.1").stat().st_mode & 0o777 == 0o600


@as_root
async def test_a_cluster_copied_by_root_is_handed_back_to_the_database_user(home: Path) -> None:
    async with embedded(home / "one"):
        pass
    shutil.copytree(home / "one" / "cluster", home / "two" / "cluster")
    for path in (home / "two").rglob("*"):
        os.chown(path, 0, 0)
    async with embedded(home / "two") as server, connected(server.dsn) as connection:
        assert await connection.fetchval("select 1") == 1


@as_root
def test_a_checkout_in_a_closed_directory_gets_its_programs_copied(home: Path) -> None:
    package = tool("postgres").parents[2]
    site = home / "checkout" / "site"
    for part in (package, package.parent / f"{package.name}.libs"):
        shutil.copytree(part, site / part.name, ignore=shutil.ignore_patterns("include"))
    copies = Path("/var/lib/rift-test") / home.name
    script = PROGRAM.replace(
        "progress=say)", f"progress=say, program_copies=Path({str(copies)!r}))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{site}:{SOURCES}"}
    try:
        for announced in (True, False):  # the second start finds the copy
            done = subprocess.run(
                [sys.executable, "-c", textwrap.dedent(script), str(home / "data" / "postgres")],
                input="",
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            assert "ready " in done.stdout
            assert ("Copying PostgreSQL's programs" in done.stdout) is announced
        assert [path.name for path in copies.iterdir()] == [_copy_name()]
    finally:
        shutil.rmtree(copies.parent)
    assert (home / "checkout").stat().st_mode == site.stat().st_mode


def _copy_name() -> str:
    return f"postgresql-18.6.3-{os.uname().machine}"


@as_root
async def test_an_ordinary_user_runs_it_as_themselves_and_so_does_root_for_them(home: Path) -> None:
    own = _directory_of_nobody(home)
    _run_as_nobody(own / "postgres")
    assert {path.owner() for path in own.rglob("*")} == {"nobody"}
    async with embedded(own / "postgres") as server, connected(server.dsn) as connection:
        assert status_of(server.pid)["Uid"].split()[0] == str(own.stat().st_uid)
        assert await connection.fetchval("select current_user::text") == "rift"
    _run_as_nobody(own / "postgres")


def _directory_of_nobody(home: Path) -> Path:
    home.chmod(0o755)
    own = home / "own"
    own.mkdir(mode=0o700)
    shutil.chown(own, "nobody")
    return own


def _run_as_nobody(directory: Path) -> None:
    done = subprocess.run(
        [_interpreter_of("nobody"), "-c", textwrap.dedent(PROGRAM), str(directory)],
        input="",
        env={"PYTHONPATH": f"{tool('postgres').parents[3]}:{SOURCES}"},
        user="nobody",
        group="nogroup",
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ready " in done.stdout, done.stderr


@as_root
def test_another_users_cluster_is_refused_to_an_ordinary_user(home: Path) -> None:
    with program(home / "postgres") as process:
        ready(process)
    home.chmod(0o755)
    with pytest.raises(AssertionError, match=r"DatabaseFailure.*cannot be used"):
        _run_as_nobody(home / "postgres")


def _interpreter_of(user: str) -> str:
    for candidate in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(OSError):
            shown = subprocess.run(
                [candidate, "-c", "import sys; print(sys.version_info[:2])"],
                user=user,
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
            )
            if shown.stdout.strip() == str(sys.version_info[:2]):
                return candidate
    pytest.skip(f"no Python of this version that {user} can run")
