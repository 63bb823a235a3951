"""Scheduled messages and kills: each is sent exactly once, whoever dies over it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from rift.core.schedules.sending import Sender
from tests.api import Person
from tests.crash.rivals import Work
from tests.nouns.elsewhere import told
from tests.server import LIFTED, running_server

pytestmark = pytest.mark.slow

_CHANNELS: Final = 6
_EACH: Final = 12
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
    work = Work(database, Sender.office, _LEFT)
    await told(database, _DUE)
    await work.break_off(len(expected))
    async with running_server(tmp_path, environment):
        await work.done()
    said = [row["content"] for row in await told(database, _SAID)]
    assert sorted(said) == sorted(expected)


async def test_two_that_send_at_once_send_nothing_twice(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        expected = await _write(await server.person())
    await told(database, _DUE)
    await Work(database, Sender.office, _LEFT).be_done_by_two()
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
