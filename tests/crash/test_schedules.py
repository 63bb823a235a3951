"""Scheduled messages and kills: each is sent exactly once, whoever dies over it."""

import asyncio
import random
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.api import Person
from tests.nouns.elsewhere import told
from tests.server import LIFTED, running_server

pytestmark = pytest.mark.slow

_CHANNELS: Final = 6
_EACH: Final = 12
_KILLED_AT: Final = [1.0, 0.8, 0.6, 0.4]
_SOON_S: Final = 0.05
_PATIENCE_S: Final = 60.0
_DUE: Final = "update scheduled_messages set send_at = now(), due_at = now()"
_LEFT: Final = "select count(*)::int as count from scheduled_messages"
_SAID: Final = "select content from messages where content like 'later %'"


async def test_what_is_due_is_sent_once_however_often_somebody_is_killed_over_it(
    database: str, tmp_path: Path
) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        expected = [
            content
            for person in [await server.person() for _ in range(2)]
            for content in await _write(person)
        ]
    await told(database, _DUE)
    chance = random.Random("kills")
    for share in _KILLED_AT:
        await _kill_one(database, int(share * len(expected)), chance.uniform(0.0, _SOON_S))
    assert await _left(database) > 0, "the kills came while there was work"
    async with running_server(tmp_path, environment), asyncio.timeout(_PATIENCE_S):
        while await _left(database):  # noqa: ASYNC110  # nobody tells us
            await asyncio.sleep(0.2)
    said = [row["content"] for row in await told(database, _SAID)]
    assert sorted(said) == sorted(expected)


async def test_two_that_send_at_once_send_nothing_twice(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        expected = await _write(await server.person())
    await told(database, _DUE)
    rivals = [await _sender(database) for _ in range(2)]
    async with asyncio.timeout(_PATIENCE_S):
        while await _left(database):  # noqa: ASYNC110  # nobody tells us
            await asyncio.sleep(0.1)
    for process in rivals:
        process.kill()
        await process.wait()
    said = [row["content"] for row in await told(database, _SAID)]
    assert sorted(said) == sorted(expected)


async def _write(person: Person) -> list[str]:
    """Many messages to be sent, in several channels; what they say."""
    guild = await person.guild()
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    contents = []
    for _ in range(_CHANNELS):
        channel = await person.channel(guild["id"])
        for number in range(_EACH):
            content = f"later {person.id} {channel['id']} {number}"
            body = {"content": content, "send_at": later}
            await person.post(f"/channels/{channel['id']}/scheduled-messages", body)
            contents.append(content)
    return contents


async def _kill_one(dsn: str, left: int, after_s: float) -> None:
    """Kill one that sends, soon after no more than these are left."""
    process = await _sender(dsn)
    async with asyncio.timeout(_PATIENCE_S):
        while await _left(dsn) > left:  # noqa: ASYNC110  # nobody tells us
            await asyncio.sleep(0.01)
    await asyncio.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL


async def _sender(dsn: str) -> asyncio.subprocess.Process:
    """A process that has begun to send."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.crash.sender", dsn), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(_PATIENCE_S):
        assert await process.stdout.readline() == b"a round\n"
    return process


async def _left(dsn: str) -> int:
    [row] = await told(dsn, _LEFT)
    return int(row["count"])
