"""What is found when somebody opens a client, however long ago it was written."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from rift.core.reading import opening
from rift.core.unit import Unit
from rift.snowflake import at
from tests.nouns.parlour import TEXT, Parlour, Person, parlour


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


async def gather(house: Parlour) -> None:
    async with Unit(house.house) as unit:
        await opening.gather(unit)


async def state(house: Parlour, person: Person) -> dict[str, Any]:
    actor = await house.house.tokens.resolve_token(person.token)
    async with Unit(house.house, reading=True) as unit:
        states = await opening.read_states(unit, actor)
    found = {it["id"]: it for it in msgspec.json.decode(states.entries)}
    return found.get(TEXT, {})


def ago(**time: float) -> int:
    return int(at(datetime.now(UTC) - timedelta(**time)))


async def test_own_messages_are_found_before_and_after_they_are_gathered(house: Parlour) -> None:
    said = await house.cid.say()
    await house.bob.say(f"<@{house.cid.id}>")
    before = await state(house, house.cid)
    assert (before["last_message_id"], before["mention_count"]) == (said["id"], 1)
    await gather(house)
    [progress] = await house.rows("select said_until from reading_progress")
    assert ago(minutes=2) < int(progress["said_until"]) < ago(seconds=50)
    assert await state(house, house.cid) == before
    await house.run("update reading_progress set said_until = $1", str(ago(seconds=-60)))
    assert await state(house, house.cid) == before
    await gather(house)
    assert await house.rows("select message_id from last_said where user_id = 13") == [
        {"message_id": said["id"]}
    ]


async def test_a_message_that_is_stored_late_is_still_gathered(house: Parlour) -> None:
    await gather(house)
    late = str(ago(seconds=30))  # given out before, committed only now
    await house.run(
        "insert into messages (channel_id, id, guild_id, author_id) values ($1, $2, 1000, 13)",
        TEXT,
        late,
    )
    assert (await state(house, house.cid))["last_message_id"] == late
    await gather(house)
    [row] = await house.rows("select message_id from last_said where user_id = 13")
    assert row["message_id"] == late


async def test_of_old_mentions_only_the_unread_are_kept(house: Parlour) -> None:
    old, new = str(ago(days=8)), str(ago(days=6))
    for message_id in (old, new):
        for user_id in (house.bob.id, house.cid.id):
            row = (user_id, TEXT, message_id)
            await house.run("insert into user_mentions values ($1, $2, $3)", *row)
    await house.run(
        "insert into read_states (user_id, type, resource_id, last_id, counted_from)"
        " values ($1, 0, $2, $3, $3)",
        house.bob.id,
        TEXT,
        str(ago(days=0)),
    )
    await house.run("insert into dismissed_mentions values ($1, $2), ($1, $3)", "12", old, new)
    await house.run("update reading_progress set said_until = $1", str(ago(days=1.5)))
    await gather(house)
    kept = await house.rows("select user_id, message_id from user_mentions order by 1, 2")
    assert [(row["user_id"], row["message_id"]) for row in kept] == [
        (house.bob.id, new),
        (house.cid.id, old),
        (house.cid.id, new),
    ]
    assert await house.rows("select message_id from dismissed_mentions") == [{"message_id": new}]


async def test_only_one_process_gathers(house: Parlour) -> None:
    await house.cid.say()
    async with house.house.pool.acquire() as connection, connection.transaction():
        await connection.fetch("select * from reading_progress for update")
        await gather(house)
        assert await house.rows("select * from last_said") == []
    await gather(house)
    assert len(await house.rows("select * from last_said")) == 1


async def test_a_message_that_calls_nobody_writes_nothing_more(house: Parlour) -> None:
    await house.ann.say("plain")
    await house.ann.say("@everyone")
    tables = ("read_states", "user_mentions", "last_said", "dismissed_mentions")
    for table in tables:
        assert await house.rows(f"select * from {table}") == []


async def test_nothing_is_kept_of_who_is_gone(house: Parlour) -> None:
    await house.ann.say(f"<@{house.eve.id}>")
    await house.run("insert into read_states (user_id, type, resource_id) values (14, 0, 1)")
    await house.run("insert into last_said values (14, 1, 1)")
    await house.run("insert into dismissed_mentions values (14, 1)")
    await house.run("insert into user_guild_settings (user_id) values (14)")
    await house.run("delete from users where id = 14")
    for table in ("read_states", "user_mentions", "last_said", "dismissed_mentions"):
        assert await house.rows(f"select * from {table}") == []
    assert await house.rows("select * from user_guild_settings") == []
