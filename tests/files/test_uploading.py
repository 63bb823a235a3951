"""Uploads that are too large, break off, or find no room: what is told, and what is left behind."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import asyncpg
import pytest

from tests.api import Person
from tests.database import Databases
from tests.files.warehouse import Warehouse
from tests.nouns.luggage import TEXT, attempt, fetched, form, send
from tests.patience import until
from tests.server import LIFTED, Server, running_server

MIB = 1024 * 1024
LIMIT = 8 * MIB
GIB = 1024 * MIB
MOST_GROWTH = 200 * MIB


async def talk(server: Server) -> tuple[Person, dict[str, Any]]:
    ann = await server.person()
    return ann, await ann.channel((await ann.guild())["id"])


def stored(data: Path) -> list[Path]:
    """Every file of the store, also those that are being written."""
    return [path for path in (data / "files").rglob("*") if path.is_file()]


async def rows(dsn: str, table: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval(f"select count(*) from {table}"))
    finally:
        await connection.close()


async def gone(server: Server, dsn: str) -> None:
    """Wait until nothing is left of an upload."""

    async def nothing() -> bool:
        return not stored(server.data) and not await rows(dsn, "attachments")

    await until(nothing)


@pytest.fixture
async def narrow(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    """A server that takes files of 8 MiB."""
    environment = {
        **LIFTED,
        "DATABASE_URL": database,
        "MAX_UPLOAD_BYTES": str(LIMIT),
        "RIFT_LIMITS_MESSAGE_UPLOAD_BYTES": str(LIMIT),
    }
    async with running_server(tmp_path, environment) as server:
        yield server


class Slow:
    """A client on a bare socket, which sends as much as it wants to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def begin(
        cls, person: Person, channel_id: str, length: int | None, filename: str = "big.bin"
    ) -> "Slow":
        parts = urlsplit(person.api.root)
        slow = cls(*await asyncio.open_connection(parts.hostname, parts.port))
        framing = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
        slow.writer.write(
            f"POST {parts.path}/channels/{channel_id}/messages HTTP/1.1\r\nHost: x\r\n"
            f"Authorization: {person.api.authorization}\r\n{framing}\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode()
        )
        slow.is_chunked = length is None
        head = f'--b\r\nContent-Disposition: form-data; name="files[0]"; filename="{filename}"'
        slow.send(f"{head}\r\n\r\n".encode())
        return slow

    is_chunked = False

    def send(self, content: bytes) -> None:
        framed = b"%x\r\n%b\r\n" % (len(content), content) if self.is_chunked else content
        self.writer.write(framed)

    async def status(self) -> tuple[int, bytes]:
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 10)
        return int(head.split()[1]), await asyncio.wait_for(self.reader.read(4096), 10)

    async def close(self) -> None:
        self.writer.close()
        await asyncio.gather(self.writer.wait_closed(), return_exceptions=True)


async def test_what_says_that_it_is_too_large_is_refused_unread(narrow: Server) -> None:
    ann, channel = await talk(narrow)
    client = await Slow.begin(ann, channel["id"], 100 * MIB)
    status, body = await client.status()
    assert (status, b'"code":40005' in body) == (413, True)
    await client.close()


async def test_what_turns_out_too_large_is_refused_before_its_end(
    narrow: Server, database: str
) -> None:
    ann, channel = await talk(narrow)
    client = await Slow.begin(ann, channel["id"], None)
    for _ in range(9):
        client.send(bytes(MIB))
    status, body = await client.status()
    assert (status, b'"code":40005' in body) == (413, True)
    await client.close()
    await gone(narrow, database)


async def test_clients_see_that_it_was_too_large(narrow: Server) -> None:
    ann, channel = await talk(narrow)
    reply = await attempt(ann, channel["id"], ("big.bin", bytes(40 * MIB)))
    assert (reply.status, reply.code) == (413, 40005)
    name = narrow.data / "big.bin"
    name.write_bytes(bytes(40 * MIB))
    url = f"{ann.api.root}/channels/{channel['id']}/messages"
    for more in ((), ("-H", "Expect:"), ("-H", "Transfer-Encoding: chunked")):
        curl = await asyncio.create_subprocess_exec(
            *("curl", "-s", "-w", "%{http_code}", "-H", f"Authorization: {ann.api.authorization}"),
            *("-F", f"file=@{name}", *more, url),
            stdout=subprocess.PIPE,
        )
        out, _ = await curl.communicate()
        assert out.endswith(b"413"), out
        assert b"40005" in out


async def test_the_files_of_a_message_have_a_limit_together(narrow: Server) -> None:
    ann, channel = await talk(narrow)
    half = bytes(5 * MIB)
    reply = await attempt(ann, channel["id"], ("a", half), ("b", half))
    assert (reply.status, reply.code) == (413, 40005)
    await send(ann, channel["id"], ("a", half))


async def test_who_hangs_up_leaves_nothing(narrow: Server, database: str) -> None:
    ann, channel = await talk(narrow)
    client = await Slow.begin(ann, channel["id"], 5 * MIB)
    client.send(bytes(3 * MIB))
    await client.writer.drain()
    await until(lambda: stored(narrow.data) != [])
    await client.close()
    await gone(narrow, database)
    assert await ann.get(f"/channels/{channel['id']}/messages") == []


async def test_a_refused_message_leaves_no_file(narrow: Server, database: str) -> None:
    ann, channel = await talk(narrow)
    reply = await attempt(ann, channel["id"], TEXT, content="x" * 3000)
    assert reply.status == 400
    assert await rows(database, "attachments") == 0
    assert await rows(database, "forsaken_files") > 0


async def test_a_kill_in_the_middle_leaves_nothing_half(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        ann, channel = await talk(server)
        client = await Slow.begin(ann, channel["id"], 50 * MIB)
        client.send(bytes(20 * MIB))
        await client.writer.drain()
        upload = await announced(ann, channel, 30 * MIB)
        pushing = asyncio.create_task(push(ann, upload, 30 * MIB))
        await asyncio.sleep(1)
        server.kill()
        await asyncio.gather(pushing, return_exceptions=True)
        await client.close()
    async with running_server(tmp_path, environment) as server:
        again = await Person.behind(type(ann.api)(server.http, server.url, ann.api.token))
        assert await again.get(f"/channels/{channel['id']}/messages") == []
        assert [it for it in stored(tmp_path) if "attachments" in it.parts] == []
        path = urlsplit(upload["upload_url"]).path
        async with server.http.head(f"{server.url}{path}") as reply:
            here = int(reply.headers["Upload-Offset"])
        assert 0 < here < 30 * MIB
        span = f"bytes {here}-{30 * MIB - 1}/{30 * MIB}"
        rest = zeros(30 * MIB - here)
        headers = {"Content-Range": span}
        async with server.http.put(f"{server.url}{path}", data=rest, headers=headers) as reply:
            assert reply.status == 200
        said = {"attachments": [{"id": "0", "uploaded_filename": upload["upload_filename"]}]}
        sent = await again.post(f"/channels/{channel['id']}/messages", said)
        assert sent["attachments"][0]["size"] == 30 * MIB


async def announced(person: Person, channel: dict[str, Any], size: int) -> dict[str, Any]:
    files = [{"filename": "big.bin", "file_size": size}]
    made = await person.post(f"/channels/{channel['id']}/attachments", {"files": files})
    return dict(made["attachments"][0])


async def push(person: Person, upload: dict[str, Any], size: int) -> None:
    """Slowly, so that something can happen meanwhile."""
    async with person.api.http.put(upload["upload_url"], data=zeros(size, 0.1)) as reply:
        await reply.read()


async def zeros(size: int, pause_s: float = 0.0) -> AsyncIterator[bytes]:
    for at in range(0, size, MIB):
        yield bytes(min(MIB, size - at))
        await asyncio.sleep(pause_s)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own for the files, which is soon full."""
    if os.geteuid() != 0:
        pytest.skip("only root may make a small disk")
    folder = tmp_path / "files"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder)], check=True)
    yield tmp_path
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_disk_is_said_and_words_go_on(small: Path, database: str) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(small, environment) as server:
        ann, channel = await talk(server)
        before = await send(ann, channel["id"], TEXT, content="before")
        reply = await attempt(ann, channel["id"], ("big", bytes(8 * MIB)), content="lost?")
        assert reply.status == 503
        assert "store files" in reply.body["message"]
        assert reply.headers["Retry-After"] == "60"
        await ann.say(channel["id"], "words")
        read = await ann.get(f"/channels/{channel['id']}/messages")
        assert [it["content"] for it in read] == ["words", "before"]
        assert await fetched(ann, before["attachments"][0]["url"]) == TEXT[1]
        await send(ann, channel["id"], ("little", bytes(1000)))


@pytest.mark.slow
async def test_a_bucket_out_of_reach_is_said_and_words_go_on(
    warehouse: Warehouse, databases: Databases, tmp_path: Path
) -> None:
    async with databases.fresh_database() as dsn:
        environment = {**LIFTED, "DATABASE_URL": dsn, **warehouse.environment("outage")}
        async with running_server(tmp_path, environment) as server:
            ann, channel = await talk(server)
            await send(ann, channel["id"], ("a.bin", bytes(10 * MIB)))
            warehouse.stop()
            try:
                reply = await attempt(ann, channel["id"], TEXT)
                assert (reply.status, reply.code) == (503, 0)
                await ann.say(channel["id"], "words")
            finally:
                warehouse.start()
            sent = await send(ann, channel["id"], TEXT)
            assert await fetched(ann, sent["attachments"][0]["url"]) == TEXT[1]


@pytest.mark.slow
async def test_a_gibibyte_is_taken_with_little_memory(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        ann, channel = await talk(server)
        await send(ann, channel["id"], ("warm.bin", bytes(MIB)))
        watching = asyncio.create_task(peak(server.process.pid))
        data = form()
        data.add_field("files[0]", zeros(GIB - MIB), filename="big.bin")
        path = f"{ann.api.root}/channels/{channel['id']}/messages"
        headers = {"Authorization": str(ann.api.authorization)}
        timeout = aiohttp.ClientTimeout(total=300)
        async with server.http.post(path, data=data, headers=headers, timeout=timeout) as reply:
            assert reply.status == 200
            sent = await reply.json()
        assert sent["attachments"][0]["size"] == GIB - MIB
        watching.cancel()
        first, most = GROWTH
        assert most - first < MOST_GROWTH


GROWTH = [0, 0]


async def peak(pid: int) -> None:
    """What the process holds, and the most it ever did."""
    GROWTH[:] = [resident(pid)] * 2
    while True:
        GROWTH[1] = max(GROWTH[1], resident(pid))
        await asyncio.sleep(0.1)


def resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
async def test_a_bucket_takes_large_files_with_little_memory(
    warehouse: Warehouse, databases: Databases, tmp_path: Path
) -> None:
    """In one go, and in two pieces."""
    large = 384 * MIB
    async with databases.fresh_database() as dsn:
        environment = {**LIFTED, "DATABASE_URL": dsn, **warehouse.environment("large")}
        async with running_server(tmp_path, environment) as server:
            ann, channel = await talk(server)
            await send(ann, channel["id"], ("warm.bin", bytes(MIB)))
            watching = asyncio.create_task(peak(server.process.pid))
            data = form()
            data.add_field("files[0]", zeros(large), filename="big.bin")
            path = f"{ann.api.root}/channels/{channel['id']}/messages"
            headers = {"Authorization": str(ann.api.authorization)}
            async with server.http.post(path, data=data, headers=headers) as reply:
                assert (await reply.json())["attachments"][0]["size"] == large
            upload = await announced(ann, channel, 40 * MIB)
            for start, status in ((0, 308), (20 * MIB, 200)):
                end = start + 20 * MIB
                span = {"Content-Range": f"bytes {start}-{end - 1}/{40 * MIB}"}
                async with server.http.put(
                    upload["upload_url"],
                    data=zeros(20 * MIB),
                    headers=span,
                    allow_redirects=False,
                ) as reply:
                    assert reply.status == status
            said = {"attachments": [{"id": "0", "uploaded_filename": upload["upload_filename"]}]}
            sent = await ann.post(f"/channels/{channel['id']}/messages", said)
            assert sent["attachments"][0]["size"] == 40 * MIB
            watching.cancel()
            first, most = GROWTH
            assert most - first < MOST_GROWTH, f"grew by {(most - first) // MIB} MiB"
