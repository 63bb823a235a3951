"""Threads fall asleep by themselves, counted from the last word that was said in them."""

from collections.abc import AsyncIterator

import pytest

from rift import events
from rift.core.threads import verbs as threads
from rift.core.unit import Unit
from tests.nouns.parlour import TEXT, Parlour, parlour

LONG_AGO = """
update threads
set archive_timestamp = now() - interval '2 hours', awake_until = now() - interval '1 hour'
"""
AWAKE = "select archived, awake_until > now() as later from threads where channel_id = $1"


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


async def started(house: Parlour) -> str:
    body = {"name": "a thread", "type": 11, "auto_archive_duration": 60}
    reply = await house.ann.ask("POST", f"/channels/{TEXT}/threads", body)
    assert reply.status == 201
    return str(reply.json["id"])


async def go_round(house: Parlour) -> bool:
    async with Unit(house.house) as unit:
        return await threads.archive_due(unit)


async def test_a_quiet_thread_is_put_to_sleep_and_told_so(house: Parlour) -> None:
    thread_id = await started(house)
    assert await go_round(house) is False
    await house.run(LONG_AGO)
    house.names()
    assert await go_round(house) is True
    told = house.last(events.ThreadUpdate)
    assert (told["id"], told["thread_metadata"]["archived"]) == (thread_id, True)
    assert await go_round(house) is False


async def test_a_thread_in_which_somebody_spoke_stays_awake(house: Parlour) -> None:
    thread_id = await started(house)
    await house.ann.say("still here", thread_id)
    await house.run(LONG_AGO)
    assert await go_round(house) is True
    [row] = await house.rows(AWAKE, thread_id)
    assert row == {"archived": False, "later": True}
    assert await go_round(house) is False
