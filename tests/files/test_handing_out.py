"""The CDN before a bucket of S3, under a flood, and after a power cut."""

import asyncio
from collections import Counter
from pathlib import Path
from secrets import token_hex
from typing import Any

from PIL import Image

from rift.files import open_store
from tests.files.warehouse import Warehouse
from tests.media.pictures import decoded, encoded, picture
from tests.nouns.gallery import uri
from tests.server import LIFTED, Server, running_server
from tests.site.shelf import Shelf


async def test_what_lies_in_a_bucket_is_handed_out_alike(
    warehouse: Warehouse, database: str, tmp_path: Path
) -> None:
    bucket = f"b{token_hex(8)}"
    environment = {**LIFTED, **warehouse.environment(bucket), "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        shelf = Shelf(server)
        shelf.store = await open_store(warehouse.settings(bucket, tmp_path, prefix=""))
        content = bytes(range(256)) * 4000
        link = shelf.links().attachment(*await shelf.attach(content, "a.bin"))
        assert (await shelf.ask(link)).body == content
        part = await shelf.ask(link, range="bytes=300000-700000")
        assert (part.status, part.body) == (206, content[300_000:700_001])
        assert (await shelf.ask(link, "HEAD")).headers["content-length"] == str(len(content))
        person = await server.person()
        body = {"avatar": uri(encoded(picture(200, 200), "PNG"))}
        hash_ = (await person.patch("/users/@me", body))["avatar"]
        shown = await shelf.ask(f"/cdn/avatars/{person.id}/{hash_}.webp?size=64")
        assert decoded(shown.body).size == (64, 64)
        key = f"images/avatars/{person.id}/{hash_}"
        assert [it async for it in shelf.store.keys("images")] == [key]
        assert not (tmp_path / "files").exists()
        assert list((tmp_path / "scratch").iterdir()) == []


async def test_who_asks_for_more_than_can_be_made_is_told_to_come_again(server: Server) -> None:
    shelf = Shelf(server)
    content = encoded(Image.effect_noise((1500, 1500), 50), "PNG")
    link = shelf.links().rendition(*await shelf.attach(content, "a.png"))
    addresses = [f"{link}width={width}&format=webp" for width in range(900, 1030)]
    replies = await asyncio.gather(*map(shelf.ask, addresses))
    statuses = Counter(reply.status for reply in replies)
    assert set(statuses) == {200, 503}
    for address, reply in zip(addresses, replies, strict=True):
        if reply.status == 503:
            assert reply.headers["retry-after"] == "1"
            assert (await shelf.ask(address)).status == 200
            break


async def test_a_power_cut_leaves_no_half_image(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    content = encoded(Image.effect_noise((3000, 3000), 50), "PNG")
    async with running_server(tmp_path, environment) as server:
        shelf = Shelf(server)
        file = await shelf.attach(content, "a.png")
        link = shelf.links().rendition(*file)
        asking: list[asyncio.Task[Any]] = [
            asyncio.create_task(shelf.ask(f"{link}format=webp&width={width}"))
            for width in (1200, 1201, 1202, 1203)
        ]
        await asyncio.sleep(0.3)
        server.kill()
        await asyncio.gather(*asking, return_exceptions=True)
        await server.process.wait()
    async with running_server(tmp_path, environment) as server:
        shelf = Shelf(server)
        link = shelf.links().rendition(*file)
        for width in (1200, 1201, 1202, 1203):
            made = decoded((await shelf.ask(f"{link}format=webp&width={width}")).body)
            made.load()
            assert made.size == (width, width)
