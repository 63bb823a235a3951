"""Instances to be saved and put back, and the program that does it."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import asyncpg

from tests.nouns.luggage import png, send
from tests.server import ALONE, LIFTED, ROOT, Server, running_server

TRANSIENT: Final = ("backup_runs",)

_TABLES: Final = """
select relname as name, format(
    'select md5(coalesce(string_agg(it::text, '','' order by it::text), '''')) from public.%I it',
    relname
) as digest
from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace
"""


class Done(NamedTuple):
    code: int
    out: str
    problem: str


async def begin(
    *words: str | Path,
    data: Path,
    database: str = "",
    limit: Callable[[], None] | None = None,
) -> asyncio.subprocess.Process:
    """`rift` with some words, on a data directory."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rift", *map(str, words), "--data", str(data)),
        cwd=ROOT,
        env={**os.environ, **ALONE, **LIFTED, "DATABASE_URL": database},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=limit,
    )


async def rift(*words: str | Path, **options: Any) -> Done:
    """The same, to its end."""
    process = await begin(*words, **options)
    out, problem = await process.communicate()
    return Done(process.returncode or 0, out.decode(), problem.decode())


async def saved(shelf: Path, **options: Any) -> Path:
    """A new backup."""
    done = await rift("backup", "--to", shelf, **options)
    assert done.code == 0, done.problem
    return Path(done.out.splitlines()[0])


async def rows(database: str) -> Mapping[str, str]:
    """What every table holds, as a digest of it."""
    connection = await asyncpg.connect(database)
    try:
        return {
            table["name"]: await connection.fetchval(table["digest"])
            for table in await connection.fetch(_TABLES)
            if table["name"] not in TRANSIENT
        }
    finally:
        await connection.close()


def files(data: Path) -> Mapping[str, bytes]:
    """Every file there is, by its key."""
    root = data / "files"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".aside" not in path.parts
    }


@asynccontextmanager
async def steady_server(data: Path, database: str) -> AsyncIterator[Server]:
    """A server whose port stays the same when it starts anew."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(data, environment, "--port", port) as server:
        yield server


class Lived(NamedTuple):
    """An instance in which something happened."""

    token: str
    channel_id: str
    attachment: str
    content: bytes


async def live(server: Server) -> Lived:
    """Somebody makes a guild with a picture and shows a file there."""
    owner = await server.person("keeper", setup_token=server.setup_token)
    guild = await owner.guild("Harbour")
    channel = await owner.channel(guild["id"])
    content = png(64, 64) + os.urandom(500_000)
    shown = await send(owner, channel["id"], ("notes.bin", content), content="look")
    await owner.say(channel["id"], "and more")
    url = shown["attachments"][0]["url"]
    return Lived(owner.api.bare_token, channel["id"], url, content)
