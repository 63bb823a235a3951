"""What of previews outlasts a crash, what takes room, and what an operator may decide."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from rift.core.house import House
from rift.core.previews import errands, images, looking
from rift.core.unit import Unit
from tests.api import Api, Person
from tests.core.houses import living
from tests.fetching.site import Site
from tests.previews.street import Street, environment
from tests.server import running_server

IMAGE = """
insert into link_images (token, url, hash, size, media, fetched_at)
values ($1, $1, $1, $2, '{}', now() - $3::interval)
"""
PREVIEW = "insert into link_previews (hash, embed, expires_at) values ($1, null, now() + $2)"
ERRAND = """
insert into link_errands (channel_id, message_id, author_id, noted_at)
values (1, $1, 1, now() - $2::interval)
"""


@pytest.mark.slow
async def test_what_a_crash_interrupted_is_shown_after_it(
    database: str, tmp_path: Path, site: Site
) -> None:
    go = asyncio.Event()
    async with running_server(tmp_path, environment(database, site)) as server:
        street = await Street.open(server, site)
        said = await street.say(street.silent("slow", go))
        async with asyncio.timeout(10):
            while not street.calls("slow"):  # noqa: ASYNC110  # the site is not asked to tell
                await asyncio.sleep(0.01)
        server.kill()
        await server.process.wait()
    go.set()
    async with running_server(tmp_path, environment(database, site)) as server:
        street.ann = await Person.behind(Api(server.http, server.url, street.ann.api.token))
        assert [embed["title"] for embed in await street.embeds(said)] == ["at last"]


@pytest.mark.slow
async def test_an_operator_may_have_links_in_direct_messages_looked_at(
    database: str, tmp_path: Path, site: Site
) -> None:
    opened = {**environment(database, site), "RIFT_PREVIEWS_DIRECT_MESSAGES": "on"}
    async with running_server(tmp_path, opened, "--workers", "2") as server:
        street = await Street.open(server, site)
        private = await street.ann.post("/users/@me/channels", {"recipient_id": street.bob.id})
        async with server.gateway(street.ann) as ann, server.gateway(street.bob) as bob:
            said = await street.ann.say(private["id"], street.page())
            for person in (ann, bob):
                update = await person.expect("MESSAGE_UPDATE")
                assert update.data["id"] == said["id"]
                assert update.data["embeds"][0]["title"] == "A title"
                assert "guild_id" not in update.data


@pytest.mark.slow
async def test_switched_off_nobody_is_called(database: str, tmp_path: Path, site: Site) -> None:
    closed = {**environment(database, site), "RIFT_PREVIEWS_ENABLED": "off"}
    async with running_server(tmp_path, closed) as server:
        street = await Street.open(server, site)
        await street.stays_bare(await street.say(street.page()))
        assert street.calls("page") == 0


async def test_the_oldest_images_make_room_and_keep_their_name(database: str) -> None:
    async with living(database) as house:
        most = house.settings.previews.cache_bytes
        for token, days in (("new", 0), ("older", 1), ("oldest", 2)):
            await house.pool.execute(IMAGE, token, str(most // 2), timedelta(days=days))
        async with Unit(house) as unit:
            await images.prune(unit)
        assert await _column(house, "select key from forsaken_files") == ["previews/oldest"]
        assert await _column(house, "select token from link_images where fetched_at is null") == [
            "oldest"
        ]
        async with Unit(house) as unit:
            await images.prune(unit)
        assert await _column(house, "select key from forsaken_files") == ["previews/oldest"]


async def test_what_was_found_is_forgotten_when_it_is_old(database: str) -> None:
    async with living(database) as house:
        await house.pool.execute(PREVIEW, "old", timedelta(seconds=-1))
        await house.pool.execute(PREVIEW, "new", timedelta(hours=1))
        await house.pool.execute(ERRAND, "1", timedelta(hours=2))
        await house.pool.execute(ERRAND, "2", timedelta(minutes=2))
        async with Unit(house) as unit:
            await looking.prune(unit)
            await errands.prune(unit)
        assert await _column(house, "select hash from link_previews") == ["new"]
        assert await _column(house, "select message_id from link_errands") == ["2"]


async def _column(house: House, query: str) -> list[str]:
    return [row[0] for row in await house.pool.fetch(query)]
