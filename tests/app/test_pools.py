"""Connections to the database: who waits for a lock does not keep others from theirs."""

import asyncio
from pathlib import Path

import asyncpg

from tests.server import LIFTED, running_server


async def test_messages_are_stored_while_all_units_wait_for_a_lock(
    database: str, tmp_path: Path
) -> None:
    environment = {**LIFTED, "DATABASE_URL": database, "RIFT_DATABASE_MAX_CONNECTIONS": "4"}
    async with running_server(tmp_path, environment) as server:
        ann = await server.person()
        busy = await ann.guild("Everybody changes it")
        room = await ann.channel((await ann.guild("A quiet one"))["id"])
        connection = await asyncpg.connect(database)
        async with connection.transaction():
            locked = "select from guilds where id = $1 for update"
            await connection.execute(locked, int(busy["id"]))
            path = f"/guilds/{busy['id']}"
            changes = [
                asyncio.create_task(ann.call("PATCH", path, {"name": f"Name {number}"}))
                for number in range(8)
            ]
            await asyncio.sleep(0.5)
            async with asyncio.timeout(2):
                await ann.say(room["id"], "business as usual")
        replies = await asyncio.gather(*changes)
        await connection.close()
    assert {reply.status for reply in replies} == {200}
