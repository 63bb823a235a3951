"""The ends of polls and kills: what came out is said exactly once, whoever dies over it."""

from pathlib import Path
from typing import Final

import pytest

from rift.core.polls.ending import Teller
from tests.crash.rivals import Work
from tests.guard.stage import POLL
from tests.nouns.elsewhere import told
from tests.server import LIFTED, running_server

pytestmark = pytest.mark.slow

_POLLS: Final = 30
_DUE: Final = "update messages set poll_ends_at = now() where poll_ends_at is not null"
_LEFT: Final = "select count(*)::int as count from messages where poll_ends_at is not null"
_SAID: Final = "select reference ->> 'message_id' as poll from messages where type = 46"
_OPEN: Final = """
select id
from messages
where poll is not null and (poll ->> 'is_finalized')::bool is not true
"""


async def test_a_poll_ends_once_though_two_are_at_it_and_one_is_killed(
    database: str, tmp_path: Path
) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        person = await server.person()
        path = f"/channels/{(await person.channel((await person.guild())['id']))['id']}/messages"
        polls = [(await person.post(path, {"poll": POLL}))["id"] for _ in range(_POLLS)]
    work = Work(database, Teller.office, _LEFT)
    await told(database, _DUE)
    await work.be_done_by_two(falls_at=_POLLS * 2 // 3)
    assert sorted(row["poll"] for row in await told(database, _SAID)) == sorted(polls)
    assert await told(database, _OPEN) == []
