"""What is done now and then goes on, whatever becomes of one round."""

import asyncio
import logging

import asyncpg
import pytest

from rift.app.chores import Chores
from rift.doors.discord.gateway import GatewayDoor
from tests.core.houses import living
from tests.patience import until

AWAY = "alter table search_segments rename to put_away"


async def test_a_chore_that_fails_ends_neither_the_process_nor_the_others(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "rift.app.chores")
    async with living(database) as house:
        connection = await asyncpg.connect(database)
        await connection.execute(AWAY)
        gateway = GatewayDoor(house, "/gateway/")
        chores = asyncio.create_task(Chores(house, gateway, (), every_s=0.01).run())
        await until(lambda: caplog.text.count("rift.core.search.indexing failed") >= 2)
        assert not chores.done()
        chores.cancel()
        await connection.close()
