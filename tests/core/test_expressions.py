"""Files of emojis, stickers and sounds that belong to nothing any more are collected."""

from datetime import UTC, datetime, timedelta

from rift.app.building import open_house
from rift.config import Settings
from rift.config.settings import Data
from rift.core.expressions import keeping
from rift.core.unit import Unit
from rift.snowflake import Snowflake, at

_OWNER = Snowflake("11")
_GUILD = Snowflake("1000")


async def test_what_has_no_row_goes_and_what_is_young_may_wait_for_its_row(
    database: str, tmp_path: object
) -> None:
    now = datetime.now(UTC)
    old, older, young = (
        at(now - timedelta(hours=2)),
        at(now - timedelta(hours=3)),
        at(now - timedelta(minutes=5)),
    )
    settings = Settings(data=Data(directory=str(tmp_path)))
    async with open_house(settings, database) as house:
        async with Unit(house) as unit:
            await unit.run("insert into users (id, username) values ($1, 'ann')", _OWNER)
            await unit.run("insert into guilds (id, owner_id, name) values (1000, 11, 'G')")
            insert = "insert into emojis (id, guild_id, name, animated) values ($1, $2, 'e', false)"
            await unit.run(insert, old, _GUILD)
            for folder in ("emojis", "stickers", "sounds"):
                for id_ in (old, older, young):
                    await keeping.keep(unit, folder, id_, b"bytes")
        assert await keeping.collect(house) == 5
        assert await keeping.collect(house) == 0
        kept = [key async for key in house.files.keys("emojis")]
        assert sorted(kept) == sorted([f"emojis/{old}", f"emojis/{young}"])
        async with Unit(house) as unit:
            await unit.run("delete from guilds where id = $1", _GUILD)
        assert await keeping.collect(house) == 1
        for folder in ("emojis", "stickers", "sounds"):
            assert [key async for key in house.files.keys(folder)] == [f"{folder}/{young}"]
