"""Linked roles are looked at again, whoever died over it and however many have them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from msgspec.structs import replace

from rift import events
from rift.core.role_links.reviewing import Reviewer
from tests.nouns.parlour import CALLABLE, GUILD, Parlour, parlour

BAKERY: Final = "4000"
OF_ROLE: Final = f"/guilds/{GUILD}/roles/{CALLABLE}/connections"
APPLICATION: Final = """
insert into applications (id, owner_id, name, verify_key)
values ($1, $2, 'Bakery', '')
"""
FACT: Final = """
insert into role_connection_metadata (application_id, key, place, type, name, description)
values ($1, 'since', 0, 6, 'Since', 'When they came first')
"""
SAID: Final = """
insert into role_connections (user_id, application_id, metadata)
values ($1, $2, jsonb_build_object('since', $3::text))
"""
CROWD: Final = """
with crowd as (
    insert into users (id, username)
    select id, 'user' || id
    from generate_series(100, 299) as person (id)
    returning id
)
insert into members (guild_id, user_id, roles)
select $1, id, array[$2::bigint]
from crowd
"""
HAVE: Final = "select user_id from members where roles @> array[$1::bigint]"


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


async def _ours(_: str) -> bool:
    return True


@dataclass
class Bakery:
    """An application that says since when it knows Cid, and a role for who came lately."""

    house: Parlour

    async def ask_for(self, days: int) -> None:
        wanted: dict[str, Any] = {"connection_type": "application", "application_id": BAKERY}
        wanted |= {"connection_metadata_field": "since", "operator": 6, "value": str(days)}
        reply = await self.house.ann.ask("PUT", f"{OF_ROLE}/configuration", [[wanted]])
        assert reply.status == 200, reply.json

    async def reviewed(self, now: datetime | None = None) -> int:
        """How many rounds it took."""
        now = now or datetime.now(UTC)
        reviewer = Reviewer(replace(self.house.house, clock=lambda: now), _ours)
        rounds = 1
        while await reviewer.step():
            rounds += 1
        return rounds

    async def have(self) -> list[str]:
        return [row["user_id"] for row in await self.house.rows(HAVE, CALLABLE)]


async def bakery(house: Parlour) -> Bakery:
    await house.run(APPLICATION, BAKERY, house.ann.id)
    await house.run(FACT, BAKERY)
    await house.run(SAID, house.cid.id, BAKERY, datetime.now(UTC).isoformat())
    return Bakery(house)


async def test_time_alone_takes_a_role(house: Parlour) -> None:
    shop = await bakery(house)
    await shop.ask_for(days=3)
    assert (await house.cid.ask("PUT", f"{OF_ROLE}/assign")).status == 204
    now = datetime.now(UTC)
    assert await shop.reviewed(now) > 1
    assert await shop.reviewed(now + timedelta(hours=23)) == 1, "it looks once a day"
    await shop.reviewed(now + timedelta(days=2))
    assert await shop.have() == [house.cid.id]
    await shop.reviewed(now + timedelta(days=4))
    assert await shop.have() == []
    assert house.last(events.MemberUpdate)["roles"] == []


async def test_who_has_a_role_is_looked_at_in_portions_also_after_a_crash(house: Parlour) -> None:
    shop = await bakery(house)
    await house.run(CROWD, GUILD, CALLABLE)
    await shop.ask_for(days=3)
    assert (await house.cid.ask("PUT", f"{OF_ROLE}/assign")).status == 204
    dies = Reviewer(house.house, _ours)
    await dies.step()
    left = await shop.have()
    assert 1 < len(left) < 201, "one portion is done"
    await shop.reviewed()
    assert await shop.have() == [house.cid.id]
