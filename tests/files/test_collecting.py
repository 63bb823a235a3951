"""What nobody shows is thrown away; what anything still shows never is, whoever comes at once."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from rift.core.attachments import queries
from rift.core.attachments.collecting import Collector
from rift.core.attachments.examining import key
from rift.core.attachments.keeping import Kept, stored
from rift.core.house import House
from rift.core.unit import Unit
from rift.db.conflicts import NotThere
from rift.snowflake import Snowflake
from tests.core.houses import furnish, living

CHANNEL = Snowflake("2000")
OLD = "update attachments set taken_at = now() - interval '2 days' where id = $1"
POST = """
insert into messages (channel_id, id, author_id, attachments, reference)
values ($1, $2, 11, $3, $4)
"""
HISTORY = """
insert into message_history (channel_id, message_id, changed_by, kind, content, attachments)
values ($1, $2, 11, 'delete', '', $3)
"""
FORGOTTEN = "delete from message_history"
LONG_AGO = "update message_history set changed_at = changed_at - interval '7 days'"


async def always(_: str) -> bool:
    return True


@pytest_asyncio.fixture
async def house(database: str) -> AsyncIterator[House]:
    async with living(database) as house:
        await furnish(house.pool)
        yield house


async def bytes_of(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def store(house: House, *, old: bool = True) -> Kept:
    """A file that was taken in two days ago."""
    id_ = house.ids.new()
    async with Unit(house) as unit:
        await unit.run(queries.TAKE, id_, CHANNEL, "11")
        if old:
            await unit.run(OLD, id_)
    await house.files.write(key(CHANNEL, id_), bytes_of(b"content"))
    return Kept(id=id_, channel_id=CHANNEL, filename="f", size=7)


async def show(house: House, kept: Kept, *, carried: bool = False) -> Snowflake:
    """A message with the file, or one that carries it on."""
    id_ = house.ids.new()
    snapshot = {"snapshots": [{"message": {"attachments": stored([kept])}}]}
    async with Unit(house) as unit:
        await unit.run(queries.USE, CHANNEL, id_, [kept.id], [kept.size])
        columns: tuple[Any, Any] = (None, snapshot) if carried else (stored([kept]), None)
        await unit.run(POST, CHANNEL, id_, *columns)
    return id_


async def collect(house: House) -> None:
    while await Collector(house, always).step():
        pass


async def is_there(house: House, kept: Kept) -> bool:
    return await house.files.size(key(kept.channel_id, kept.id)) is not None


async def test_what_was_never_posted_goes_when_it_is_old(house: House) -> None:
    old, young = await store(house), await store(house, old=False)
    await collect(house)
    assert not await is_there(house, old)
    assert await is_there(house, young)
    assert await house.pool.fetchval("select count(*)::int from forsaken_files") == 0


async def test_pieces_of_what_never_became_whole_go_as_well(house: House) -> None:
    kept = await store(house)
    part = f"parts/{kept.id}"
    await house.files.extend(part, 0, bytes_of(b"the beginning"))
    await collect(house)
    assert await house.files.extent(part) == 0
    assert await house.pool.fetchval("select count(*)::int from forsaken_files") == 0


@pytest.mark.parametrize("carried", [False, True])
async def test_what_a_message_shows_stays_as_long_as_it_does(house: House, carried: bool) -> None:
    kept = await store(house)
    message_id = await show(house, kept, carried=carried)
    await collect(house)
    assert await is_there(house, kept)
    await house.pool.execute("delete from messages where id = $1", message_id)
    await collect(house)
    assert not await is_there(house, kept)


@pytest.mark.parametrize("end", [FORGOTTEN, LONG_AGO], ids=["forgotten", "a week ago"])
async def test_what_the_history_shows_stays_as_long_as_it_does_and_for_a_week(
    house: House, end: str
) -> None:
    kept = await store(house)
    message_id = await show(house, kept)
    await house.pool.execute("delete from messages where id = $1", message_id)
    await house.pool.execute(HISTORY, CHANNEL, message_id, stored([kept]))
    await collect(house)
    assert await is_there(house, kept)
    await house.pool.execute(end)
    await collect(house)
    assert not await is_there(house, kept)


async def test_an_edit_that_took_it_away_lets_it_go(house: House) -> None:
    kept = await store(house)
    message_id = await show(house, kept)
    await house.pool.execute("update messages set attachments = null where id = $1", message_id)
    await collect(house)
    assert not await is_there(house, kept)


async def test_one_who_forwards_keeps_what_the_first_lets_go(house: House) -> None:
    kept = await store(house)
    first = await show(house, kept)
    await show(house, kept, carried=True)
    await house.pool.execute("delete from messages where id = $1", first)
    await collect(house)
    assert await is_there(house, kept)


async def test_who_posts_while_it_is_collected_has_the_file_or_is_refused(house: House) -> None:
    """Whoever comes first: never does a message show what is gone."""
    files = [await store(house) for _ in range(60)]

    async def post(kept: Kept) -> bool:
        await asyncio.sleep(random.uniform(0, 0.05))
        try:
            await show(house, kept)
        except NotThere:
            return False
        return True

    collecting = asyncio.create_task(collect(house))
    posted = await asyncio.gather(*map(post, files))
    await collecting
    await collect(house)
    there = [await is_there(house, kept) for kept in files]
    assert there == posted
    left = await house.pool.fetchval("select count(*)::int from attachments")
    assert left == sum(posted)


async def test_what_was_given_up_and_not_forgotten_yet_is_forgotten_later(house: House) -> None:
    """As after a crash between the two."""
    kept = await store(house)
    async with Unit(house) as unit:
        await unit.run(queries.FORSAKE, [kept.id])
    assert await house.pool.fetchval("select count(*)::int from forsaken_files") == 3
    assert await is_there(house, kept)
    await collect(house)
    assert not await is_there(house, kept)
