"""A guild of which very many are online, in this process: so many sockets no machine here holds."""

import asyncio
import gc
import random
import time
from datetime import UTC, datetime
from typing import Final

import msgspec

from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.roster import Roster
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.wire.guilds import Guild
from rift.wire.members import Member
from rift.wire.presences import PresenceUpdate
from rift.wire.roles import Role
from rift.wire.users import PartialUser, User
from rift.world import Picture

_GUILD: Final = Snowflake("1")
_ROOM: Final = Snowflake("2")
_ROLES: Final = 20
_LAST: Final = 99


def crowd(members: int, online: int) -> GuildSessions:
    """A guild of twenty roles, of whose members some are online, in no order."""
    roles = [_role(_GUILD, 0), *(_role(Snowflake(str(10 + n)), n + 1) for n in range(_ROLES))]
    room = Channel(id=_ROOM, type=0, guild_id=_GUILD, permission_overwrites=[])
    guild = msgspec.convert({"id": _GUILD, "name": "crowd", "owner_id": "3"}, Guild)
    picture = Picture(guild, 1, roles, [room], members)
    sessions = GuildSessions(picture)
    chance = random.Random(7)
    ids = [Snowflake(str((1 << 60) + n)) for n in range(members)]
    for user_id in chance.sample(ids, online):
        name = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=8))
        picture.members[user_id] = _member(user_id, name, str(10 + int(user_id) % _ROLES))
    for user_id in chance.sample(list(picture.members), online):
        user = PartialUser(id=Snowflake(user_id))
        sessions.note_presence(PresenceUpdate(user=user, status="online", guild_id=_GUILD))
    return sessions


def first_look(guild: GuildSessions) -> tuple[float, float]:
    """Milliseconds until the first rows are known, and for how long others had to wait."""
    gc.collect()
    gc.freeze()  # as the server does with what stays
    return asyncio.run(_first_look(guild))


async def _first_look(guild: GuildSessions) -> tuple[float, float]:
    waits: list[float] = []
    others = asyncio.create_task(_others(waits))
    await asyncio.sleep(0)
    roster = Roster(guild)
    start = time.perf_counter()
    if not roster.is_long or not await roster.glance([_ROOM], _LAST):
        await _make(roster)
    rows = [roster.item(row) for row in roster.rows(_ROOM, 0, _LAST)]
    first = time.perf_counter() - start
    if len(rows) <= _LAST:
        raise RuntimeError("there are too few rows")
    if not roster.is_ready:
        await _make(roster)
    others.cancel()
    return first * 1e3, max(waits) * 1e3


async def _make(roster: Roster) -> None:
    online = list(roster.guild.presences)
    for start in range(0, len(online), 500):
        roster.adopt(online[start : start + 500])
        await asyncio.sleep(0)
    await roster.arrange([_ROOM])


async def _others(waits: list[float]) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(0)
        now = time.perf_counter()
        waits.append(now - before)
        before = now


def _role(role_id: Snowflake, position: int) -> Role:
    shape = {"id": role_id, "name": "role", "position": position, "permissions": "1024"}
    return msgspec.convert(shape, Role)


def _member(user_id: Snowflake, name: str, role_id: str) -> Member:
    return Member(
        user=User(id=user_id, username=name),
        roles=[Snowflake(role_id)],
        joined_at=datetime.now(UTC),
    )
