"""`rift up` to the letter: what it prints, how fast it is back, whom it answers, how it ends."""

import asyncio
import os
import pwd
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from tests.api import Api, Person
from tests.contract.shell import line_with, rift, started
from tests.server import LIFTED, Server, running_server

pytestmark = pytest.mark.slow

_OURS: Final = 0o700
_UP: Final = ("up", "--port", "0", "--data")


async def test_the_life_of_an_installation(home: Path) -> None:
    data = home / "new" / "data"
    first = await _lived(data)
    steps = [line.removeprefix("rift: ") for line in first.err]
    assert steps[0] == "Starting"
    assert any(step.startswith("Creating the database") for step in steps)
    assert any(step.startswith("Migrating the database: 0001") for step in steps)
    assert steps[-1] == "Stopping"
    owner_link, url = first.out
    assert re.fullmatch(
        r"The first account .*: http://127\.0\.0\.1:\d+/setup\?token=\S+", owner_link
    )
    assert re.fullmatch(r"Rift is at http://127\.0\.0\.1:\d+ \(started in \d+\.\d s\)", url)
    assert first.took_s < 15

    second = await _lived(data, owner=True)
    assert len(second.out) == 2, "nobody owns it yet, so the link is offered again"
    assert second.out[0] != owner_link
    assert not any("Creating" in line or "Migrating" in line for line in second.err)

    third = await _lived(data)
    assert len(third.out) == 1, "the owner is there, and no link is offered"
    # Three seconds, or what a busy machine makes of them.
    assert min(second.took_s, third.took_s) < max(3, 5 * _imported_s())
    assert not _open_to_others(data)


def _imported_s() -> float:
    """What the program's code alone takes to be read."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import rift.app.serve"], check=True, timeout=60)
    return time.perf_counter() - start


class _Life:
    def __init__(self, out: list[str], err: list[str], took_s: float) -> None:
        self.out = out
        self.err = err
        self.took_s = took_s


async def _lived(data: Path, *, owner: bool = False) -> _Life:
    """Start, be healthy, stop; in between somebody may become the owner."""
    began = time.monotonic()
    async with started(*_UP, str(data)) as process:
        out: list[str] = []
        assert process.stdout is not None
        while not out or "Rift is at" not in out[-1]:
            out.append((await asyncio.wait_for(process.stdout.readline(), 30)).decode().rstrip())
        took_s = time.monotonic() - began
        url = out[-1].split()[3]
        async with aiohttp.ClientSession() as http:
            async with http.get(f"{url}/healthz") as response:
                assert response.status == 200
                assert await response.read() == b'{"status":"ok"}'
            if owner:
                await _become_owner(http, url, out[0])
        postmaster = _postmaster(data)
        process.send_signal(signal.SIGINT)
        rest, err = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0
        assert rest == b""
        assert b"Traceback" not in err
        assert not _runs(postmaster), "the database is left running"
        said = [line for line in err.decode().splitlines() if line.startswith("rift: ")]
        return _Life(out, said, took_s)


async def _become_owner(http: aiohttp.ClientSession, url: str, line: str) -> None:
    token = line.rpartition("token=")[2]
    body = {"username": "owner", "password": "correct horse battery", "setup_token": token}
    made = await Api(http, url).post("/auth/register", body)
    assert made["token"]
    refused = await Api(http, url).refused("POST", "/auth/register", {**body, "username": "next"})
    assert refused.status == 400


def _postmaster(data: Path) -> int:
    lines = (data / "postgres" / "cluster" / "postmaster.pid").read_text()
    return int(lines.split("\n", 1)[0])


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _open_to_others(data: Path) -> list[str]:
    """What somebody else on this machine could read; the database's user may walk to its own."""
    found = []
    for path in [data, *data.rglob("*")]:
        mode = path.lstat().st_mode
        walkable = 0o010 if path == data / "postgres" else 0
        if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) & ~_OURS & ~walkable:
            found.append(f"{path} {stat.S_IMODE(mode):o}")
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_a_stop_says_goodbye_and_finishes_what_was_begun(
    database: str, home: Path, how: signal.Signals
) -> None:
    slow = {
        "RIFT_RATE_LIMITS": "off",
        "RIFT_AUTH_ARGON2_MEMORY_KIB": "131072",
        "RIFT_AUTH_ARGON2_TIME_COST": "8",
        "DATABASE_URL": database,
    }
    async with running_server(home, slow) as server:
        person = await server.person()
        async with server.gateway(person) as gateway:
            body = {"login": person.user["username"], "password": "correct horse battery"}
            waiting = asyncio.create_task(server.guest.post("/auth/login", body))
            idle = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
            await asyncio.sleep(0.15)
            assert not waiting.done(), (
                "the request must be under way for this test to mean anything"
            )
            server.process.send_signal(how)
            await gateway.heard(7)
            assert (await gateway.closing()).code not in (1000, 1001), "or it could not resume"
            assert (await waiting)["token"]
            assert await idle[0].read() == b""
            idle[1].close()
        assert await asyncio.wait_for(server.process.wait(), 20) == 0
        assert not any("Traceback" in line for line in server.log)


async def test_a_second_signal_does_no_harm(database: str, home: Path) -> None:
    async with running_server(home, {**LIFTED, "DATABASE_URL": database}) as server:
        person = await server.person()
        async with server.gateway(person):
            for _ in range(3):
                server.process.send_signal(signal.SIGINT)
                await asyncio.sleep(0.02)
            assert await asyncio.wait_for(server.process.wait(), 20) == 0


async def test_clients_resume_or_come_back_after_a_clean_restart(database: str, home: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(home, environment) as server:
        token = str((await server.person()).api.token)
    async with running_server(home, environment) as server:
        again = await Person.behind(Api(server.http, server.url, token))
        async with server.gateway(again) as gateway:
            assert gateway.ready["user"]["id"] == again.id


async def test_a_port_in_use_is_told_with_a_remedy(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = await rift("up", "--port", str(port), "--data", str(home))
    assert ended.code == 1
    assert f"Cannot listen on 127.0.0.1:{port}: Address already in use." in ended.err
    assert "--port" in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""


async def test_two_servers_do_not_share_a_data_directory(server: Server) -> None:
    """Whether the database is the embedded one or, as here, another."""
    ended = await rift("up", "--port", "0", "--data", str(server.data))
    assert ended.code == 1
    assert f"process {server.process.pid}" in ended.err
    assert "--data" in ended.err
    assert "Traceback" not in ended.err
    assert (await server.guest.get("/gateway"))["url"]


async def test_a_data_directory_that_cannot_be_used_is_told(home: Path) -> None:
    (home / "file").write_text("")
    ended = await rift(*_UP, str(home / "file" / "data"))
    assert ended.code == 1
    assert "cannot be used" in ended.err
    assert "Traceback" not in ended.err


async def test_wrong_settings_are_told_with_their_line_and_a_remedy(home: Path) -> None:
    (home / "rift.toml").write_text('[server]\nprot = 1\n[limits]\nmessage_length = "long"\n')
    ended = await rift(*_UP, str(home), RIFT_SERVER_WORKERS="none")
    assert ended.code == 2
    assert (
        f"{home}/rift.toml:2: server.prot is not a setting. Did you mean server.port?" in ended.err
    )
    assert f"{home}/rift.toml:4: limits.message_length cannot be 'long'." in ended.err
    assert "environment variable RIFT_SERVER_WORKERS" in ended.err
    assert "Traceback" not in ended.err
    assert not (home / "postgres").exists(), "nothing is begun with wrong settings"


async def test_a_database_that_refuses_us_is_told_without_its_password(
    database: str, home: Path
) -> None:
    wrong = re.sub(r"//rift@/\w+", "//rift:hunter2@/no_such_database", database)
    ended = await rift(*_UP, str(home), DATABASE_URL=wrong)
    assert ended.code == 1
    assert "The database refuses us" in ended.err
    assert "DATABASE_URL" in ended.err
    assert "hunter2" not in ended.err
    assert "Traceback" not in ended.err


async def test_the_forerunners_variables_are_enough(database: str, home: Path) -> None:
    environment = {
        "LISTEN_ADDR": "127.0.0.1:0",
        "DATABASE_URL": database,
        "JWT_SECRET": "a secret of the forerunner's own",
        "UPLOAD_DIR": str(home / "uploads"),
        "MAX_UPLOAD_BYTES": "1048576",
        "CORS_ALLOWED_ORIGINS": "https://chat.example.org",
        "RUST_LOG": "info,tower_http=debug",
    }
    async with started("up", cwd=home, **environment) as process:
        url = (await line_with(process.stdout, "Rift is at")).split()[3]
        async with aiohttp.ClientSession() as http:
            origin = {"Origin": "https://chat.example.org"}
            async with http.get(f"{url}/api/v10/gateway", headers=origin) as response:
                assert response.headers["Access-Control-Allow-Origin"] == origin["Origin"]
        process.terminate()
        await asyncio.wait_for(process.communicate(), 20)
        assert process.returncode == 0


async def test_lifted_limits_are_warned_of(database: str, home: Path) -> None:
    async with running_server(home, {**LIFTED, "DATABASE_URL": database}) as server:
        assert any("WARNING" in line and "ate limits are off" in line for line in server.log)
    strict = {"DATABASE_URL": database, "RIFT_RATE_LIMITS": "on"}
    async with running_server(home, strict) as server:
        assert not any("WARNING" in line for line in server.log)


def _address_of_this_machine() -> str | None:
    """One that is not loopback; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.100.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


@pytest.mark.skipif(
    _address_of_this_machine() in (None, "127.0.0.1"), reason="this machine has no other address"
)
async def test_metrics_are_for_this_machine_alone(database: str, home: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(home, environment, "--host", "0.0.0.0") as server:
        port = server.url.rpartition(":")[2]
        inside, outside = f"http://127.0.0.1:{port}", f"http://{_address_of_this_machine()}:{port}"
        assert "rift_gateway_sessions" in await _metrics(server, inside, 200)
        for header in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "localhost"}):
            await _metrics(server, outside, 404, **header)
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
            await _metrics(server, inside, 404, **{header: "203.0.113.9"})
    opened = {**environment, "RIFT_SERVER_METRICS_PUBLIC": "on"}
    async with running_server(home, opened, "--host", "0.0.0.0") as server:
        port = server.url.rpartition(":")[2]
        await _metrics(server, f"http://{_address_of_this_machine()}:{port}", 200)


async def _metrics(server: Server, url: str, status: int, **headers: Any) -> str:
    async with server.http.get(f"{url}/metrics", headers=headers) as response:
        assert response.status == status, (url, headers)
        return await response.text()


async def test_the_document_is_printed() -> None:
    ended = await rift("openapi")
    assert ended.code == 0
    assert '"/channels/{channel_id}/messages"' in ended.out


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
async def test_an_ordinary_user_runs_it(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, -1)
    interpreter = _interpreter_of("nobody")
    if interpreter is None:
        pytest.skip("nobody may enter no Python of this version")
    data = home / "data"
    places = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HOME": str(home)}
    async with started(
        *_UP, str(data), interpreter=interpreter, user="nobody", cwd=Path("/"), **places
    ) as process:
        url = (await line_with(process.stdout, "Rift is at")).split()[3]
        async with aiohttp.ClientSession() as http, http.get(f"{url}/healthz") as response:
            assert response.status == 200
        assert _owner_of(_postmaster(data)) == nobody.pw_uid
        process.terminate()
        await asyncio.wait_for(process.communicate(), 20)
        assert process.returncode == 0
    assert not _open_to_others(data)


def _owner_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def _interpreter_of(user: str) -> str | None:
    """A Python like ours that this user may run: ours may lie in root's home."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/python{version}"):
        try:
            subprocess.run([candidate, "-c", ""], user=user, cwd="/", check=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    return None
