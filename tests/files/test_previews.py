"""Previews of videos: made once, whatever happens meanwhile; and files that are examined."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.api import Person
from tests.media.recordings import film
from tests.media.test_clamd import EICAR, daemon, listening
from tests.nouns.luggage import TEXT, attempt, send
from tests.patience import until
from tests.server import LIFTED, Server, running_server

pytestmark = pytest.mark.slow


async def talk(server: Server) -> tuple[Person, dict[str, Any]]:
    ann = await server.person()
    return ann, await ann.channel((await ann.guild())["id"])


async def fetchval(dsn: str, query: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def preview(data: Path, channel: dict[str, Any], attachment: dict[str, Any]) -> Path:
    return data / "files" / "renditions" / channel["id"] / f"{attachment['id']}.webm"


async def test_a_video_gets_a_preview(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        ann, channel = await talk(server)
        sent = await send(ann, channel["id"], ("film.mp4", film("mp4", seconds=1)))
        [attachment] = sent["attachments"]
        assert (attachment["width"], attachment["height"]) == (96, 64)
        made = preview(tmp_path, channel, attachment)
        await until(made.exists, within_s=60)
        assert made.read_bytes()[:4] == b"\x1aE\xdf\xa3"
        await until(lambda: nothing_waits(database))


async def nothing_waits(dsn: str) -> bool:
    return await fetchval(dsn, "select count(*)::int from preview_jobs") == 0


async def begun(dsn: str) -> bool:
    return await fetchval(dsn, "select max(tries) from preview_jobs") == 1


async def test_a_kill_over_a_preview_begins_it_again(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        ann, channel = await talk(server)
        long = film("mp4", seconds=40, size=(640, 480))
        [attachment] = (await send(ann, channel["id"], ("film.mp4", long)))["attachments"]
        await until(lambda: begun(database), within_s=30)
        server.kill()
        await server.process.wait()
    made = preview(tmp_path, channel, attachment)
    assert not made.exists()
    assert await fetchval(database, "update preview_jobs set due_at = now() returning tries") == 1
    async with running_server(tmp_path, environment):
        await until(made.exists, within_s=90)


async def test_a_video_nobody_can_read_is_given_up(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        ann, channel = await talk(server)
        broken = film("mp4")[:700] + bytes(2000)
        sent = await send(ann, channel["id"], ("film.mp4", broken))
        assert sent["attachments"][0]["content_type"] == "video/mp4"
        await until(lambda: nothing_waits(database), within_s=60)


@pytest.fixture
async def guarded(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    """A server whose operator has a virus scanner."""
    async with listening(daemon) as address:
        environment = {**LIFTED, "DATABASE_URL": database, "RIFT_FILES_CLAMD": address}
        async with running_server(tmp_path, environment) as server:
            yield server


async def test_what_does_harm_is_refused_and_not_kept(guarded: Server, database: str) -> None:
    ann, channel = await talk(guarded)
    await send(ann, channel["id"], TEXT)
    reply = await attempt(ann, channel["id"], ("virus.com", EICAR))
    assert (reply.status, reply.code) == (400, 50046)
    files = [{"filename": "virus.com", "file_size": len(EICAR)}]
    made = await ann.post(f"/channels/{channel['id']}/attachments", {"files": files})
    async with ann.api.http.put(made["attachments"][0]["upload_url"], data=EICAR) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50046)
    assert await fetchval(database, "select count(*)::int from attachments") == 1
    assert await fetchval(database, "select count(*)::int from uploads") == 0
