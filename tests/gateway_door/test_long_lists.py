"""The member list of a guild in which thousands are online, in this process."""

from collections.abc import AsyncIterator

import pytest

from rift.doors.discord.gateway.roster import Roster
from rift.events import PresenceUpdate
from rift.snowflake import Snowflake
from rift.wire.presences import PresenceUpdate as Payload
from rift.wire.users import PartialUser
from tests.core.houses import emit
from tests.gateway import Gateway
from tests.gateway_door.halls import GUILD, OWNER, ROOM, Hall, open_hall
from tests.nouns.test_memberlists import LIST, OFFICIAL, Sidebar

PEOPLE = [OWNER, *(str(n) for n in range(100_000, 104_500))]

ROLES = """
insert into roles (id, guild_id, name, position, permissions, hoist)
select 3000 + n, $1, 'crew ' || n, n, 0, true
from generate_series(1, 2) as n
"""

CREW = """
update members
set roles = array[3001 + user_id / 100 % 2]
where guild_id = $1 and user_id % 100 = 0
"""

HIDDEN = """
insert into overwrites (channel_id, id, type, allow, deny)
values ($1, $2, 1, 0, 1024)
"""


@pytest.fixture
async def hall(database: str) -> AsyncIterator[Hall]:
    """In which everybody is online."""
    async with open_hall(database, PEOPLE[1:]) as hall:
        await hall.house.pool.execute(ROLES, GUILD)
        await hall.house.pool.execute(CREW, GUILD)
        await hall.house.pool.execute(HIDDEN, ROOM, PEOPLE[7])
        yield hall


def _presence(user_id: str, status: str = "online") -> PresenceUpdate:
    user = PartialUser(id=Snowflake(user_id))
    return PresenceUpdate(data=Payload(user=user, status=status, guild_id=GUILD))


async def test_the_first_rows_come_first_and_are_those_of_the_whole_list(
    hall: Hall,
) -> None:
    house = hall.house
    async with Gateway.connected(hall.url) as gateway:
        await gateway.identify(hall.token, guilds=False, capabilities=OFFICIAL)
        await emit(house, *map(_presence, PEOPLE[1:]))
        await house.world.members(hall.picture, PEOPLE)
        sidebar = Sidebar(gateway, GUILD)
        await sidebar.look({ROOM: [[0, 99]]})
        sidebar.apply((await gateway.expect(LIST)).data)
        crews = {f"#300{n}": [id_ for id_ in PEOPLE if _crew(id_) == n] for n in (2, 1)}
        wanted = [row for head, ids in crews.items() for row in (head, *ids)]
        online = [id_ for id_ in PEOPLE if _crew(id_) == 0 and id_ != PEOPLE[7]]
        assert sidebar.shown == [*wanted, "#online", *sorted(online, key=_name)][:100]
        counts = {"3002": len(crews["#3002"]), "3001": len(crews["#3001"]), "online": len(online)}
        assert {it["id"]: it["count"] for it in sidebar.groups} == counts
        await gateway.quiet(LIST)
        assert await Roster(hall.door.hub.guilds[GUILD]).glance([ROOM], 299)
        await emit(house, _presence(PEOPLE[101], "offline"))
        sidebar.apply((await gateway.expect(LIST)).data)
        assert PEOPLE[101] not in sidebar.shown


def _name(user_id: str) -> str:
    return f"user{user_id}"


def _crew(user_id: str) -> int:
    return 1 + int(user_id) // 100 % 2 if int(user_id) % 100 == 0 else 0
