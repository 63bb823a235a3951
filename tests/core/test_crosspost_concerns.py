"""Of all that is changed and deleted, the outbox holds what followers may have copies of."""

from collections.abc import AsyncIterator

import pytest

from rift.core.accounts import sessions
from rift.core.actor import Actor
from rift.core.crossposts import flags
from rift.core.house import House
from rift.core.messages import verbs as messages
from rift.core.purges import running
from rift.core.unit import Unit
from rift.outlets.crossposts import Crossposts
from rift.snowflake import Snowflake
from rift.wire.messages import BulkDelete, ModifyMessage
from tests.core.houses import CHANNEL, furnish, living

GUILD, ROOM, OWNER = Snowflake("1000"), Snowflake("2000"), Snowflake("11")

MESSAGE = """
insert into messages (channel_id, id, guild_id, author_id, content, flags)
values ($1, $2, $3, $4, 'said', $5)
"""

EVENTS = """
select event
from outbox
order by id
"""


@pytest.fixture
async def house(database: str) -> AsyncIterator[House]:
    async with living(database, outlets=[Crossposts]) as house:
        await furnish(house.pool)
        await house.pool.execute(CHANNEL, ROOM, GUILD, "room")
        yield house


async def _actor(house: House) -> Actor:
    async with Unit(house) as unit:
        token = (await sessions.begin(unit, OWNER, "")).token
    return await house.tokens.resolve(token)


async def _said(house: House, mark: int = 0) -> Snowflake:
    message_id = house.ids.new()
    await house.pool.execute(MESSAGE, ROOM, message_id, GUILD, OWNER, mark)
    return message_id


async def _kept(house: House) -> list[str]:
    return [row["event"] for row in await house.pool.fetch(EVENTS)]


@pytest.mark.parametrize(
    ("mark", "kept"),
    [
        (0, []),
        (flags.IS_CROSSPOST, ["MessageDelete", "MessageDeleteBulk", "MessageDeleteBulk"]),
        (
            flags.CROSSPOSTED,
            ["MessageUpdate", "MessageDelete", "MessageDeleteBulk", "MessageDeleteBulk"],
        ),
    ],
)
async def test_only_what_may_have_copies_or_is_one_is_kept(
    house: House, mark: int, kept: list[str]
) -> None:
    actor = await _actor(house)
    one = await _said(house, mark)
    async with Unit(house) as unit:
        await messages.edit(unit, actor, ROOM, one, ModifyMessage(content="said otherwise"))
    async with Unit(house) as unit:
        await messages.delete(unit, actor, ROOM, one)
    many = [await _said(house), await _said(house, mark), await _said(house)]
    async with Unit(house) as unit:
        await messages.bulk_delete(unit, actor, ROOM, BulkDelete(messages=many))
    await _said(house, mark)
    criteria = running.Criteria(
        guild_id=GUILD,
        user_id=OWNER,
        channel_ids=[ROOM],
        newest=house.ids.new(),
        oldest=Snowflake("0"),
    )
    async with Unit(house) as unit:
        await running.begin(unit, criteria)
    assert await house.pool.fetchval("select count(*)::int from messages") == 0
    assert await _kept(house) == kept
