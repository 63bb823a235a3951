"""What REST could not make in reasonable time: members and messages, written behind the server."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, LiteralString

import asyncpg

from rift import snowflake

USERS: Final = """
insert into users (id, username)
select $1::bigint + n, 'seeded' || ($1::bigint + n)
from generate_series(1, $2::int) as n
"""

ROLES: Final = """
insert into roles (id, guild_id, name, position, permissions)
select $1::bigint + n, $2::bigint, 'role ' || n, n, 0
from generate_series(1, $3::int) as n
"""

MEMBERS: Final = """
insert into members (guild_id, user_id, roles)
select $1::bigint, $2::bigint + n, array[$3::bigint + 1 + n % $5::int]
from generate_series(1, $4::int) as n
"""

CHANNELS: Final = """
insert into channels (id, guild_id, type, name, position)
select $1::bigint + n, $2::bigint, 0, 'channel-' || n, n
from generate_series(1, $3::int) as n
"""

OVERWRITES: Final = """
insert into overwrites (channel_id, id, type, allow, deny)
select $1::bigint + n, $2::bigint + 1 + n % $4::int, 0, 1024, 0
from generate_series(1, $3::int) as n
"""

MESSAGES: Final = """
insert into messages (channel_id, id, guild_id, author_id, content)
select $1::bigint, $2::bigint + (n::bigint << 22), $3::bigint, $4::bigint,
       'message number ' || n || ' of a long conversation about nothing'
from generate_series(1, $5::int) as n
"""

READER: Final = """
insert into members (guild_id, user_id, joined_at)
values ($1::bigint, $2::bigint, '2020-01-01')
"""

FIRST_WORDS: Final = """
insert into messages (channel_id, id, guild_id, author_id, content)
select $1::bigint + n, $2::bigint + (n::bigint << 22), $3::bigint, $4::bigint, 'something new'
from generate_series(1, $5::int) as n
"""

SETTLE: Final = """
vacuum analyze
"""

_SOCKET: Final = ".s.PGSQL.5432"
_ROLES: Final = 20
_next_block = iter(range(1 << 52, 1 << 60, 1 << 40))


def seed_messages(data: Path, channel_id: str, guild_id: str, author_id: str, count: int) -> int:
    """Messages a millisecond apart, the last of them just now; the id before the first."""
    first = int(snowflake.at(datetime.now(UTC))) - ((count + 1) << 22)
    arguments = (int(channel_id), first, int(guild_id), int(author_id), count)
    _run(data, [(MESSAGES, arguments)])
    return first


def seed_guild(data: Path, guild_id: str, members: int, channels: int = 0) -> None:
    """Members who never connect, with roles; channels, each with an overwrite for a role."""
    guild, users, roles, places = int(guild_id), *(next(_next_block) for _ in range(3))
    _run(
        data,
        [
            (USERS, (users, members)),
            (ROLES, (roles, guild, _ROLES)),
            (MEMBERS, (guild, users, roles, members, _ROLES)),
            (CHANNELS, (places, guild, channels)),
            (OVERWRITES, (places, roles, channels, _ROLES)),
        ],
    )


def seed_reader(
    data: Path, reader_id: str, author_id: str, guild_ids: Iterable[str], channels: int
) -> list[tuple[str, str]]:
    """Somebody in many guilds with many channels, and a message in each: channel and message."""
    statements: list[tuple[LiteralString, tuple[int, ...]]] = []
    made: list[tuple[str, str]] = []
    first = int(snowflake.at(datetime.now(UTC))) - ((channels + 1) << 22)
    for guild_id in guild_ids:
        guild, places = int(guild_id), next(_next_block)
        statements += [
            (READER, (guild, int(reader_id))),
            (CHANNELS, (places, guild, channels)),
            (FIRST_WORDS, (places, first, guild, int(author_id), channels)),
        ]
        made += [(str(places + n), str(first + (n << 22))) for n in range(1, channels + 1)]
    _run(data, statements)
    return made


def _run(data: Path, statements: Iterable[tuple[LiteralString, tuple[int, ...]]]) -> None:
    socket = next(data.rglob(_SOCKET))
    asyncio.run(_execute(str(socket.parent), statements))


async def _execute(host: str, statements: Iterable[tuple[LiteralString, tuple[int, ...]]]) -> None:
    connection = await asyncpg.connect(host=host, user="rift", database="rift")
    try:
        async with connection.transaction():
            for statement, arguments in statements:
                await connection.execute(statement, *arguments, timeout=600)
        await connection.execute(SETTLE, timeout=600)
    finally:
        await connection.close()
