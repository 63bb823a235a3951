"""GIFs: asked of a provider on this machine, and shown by this server alone."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest_asyncio
from aiohttp import web

from tests.database import Databases
from tests.fetching.site import Site, open_site
from tests.media.pictures import encoded, film, picture
from tests.server import LIFTED, Server, running_server

Json = dict[str, Any]
MOVING = film("GIF")
STILL = encoded(picture(), "JPEG")


class Provider:
    """What both of them say, each in its own way."""

    def __init__(self, site: Site) -> None:
        self.site = site
        site.says("/media/hello.gif", MOVING, "image/gif")
        site.says("/media/hello.jpg", STILL, "image/jpeg")
        site.says("/media/page.gif", b"<html>not a gif</html>", "image/gif")
        self.says("/v1/gifs/search", {"data": [self.giphy("g1"), {"id": "broken"}, "nonsense"]})
        self.says("/v1/gifs/trending", {"data": [self.giphy("g2"), self.giphy("g3")]})
        kinds = [{"name": "animals", "gif": self.giphy("g4")}, {"name": "empty"}]
        self.says("/v1/gifs/categories", {"data": kinds})
        self.says("/v1/gifs/search/tags", {"data": [{"name": "hello there"}]})
        root = "/api/v1/secret%2Fkey"
        self.says(f"{root}/gifs/search", {"result": True, "data": {"data": [self.klipy("k1")]}})
        self.says(f"{root}/gifs/trending", {"data": {"data": [self.klipy("k2")]}})
        category = {"category": "hi", "query": "hi", "preview_url": site.url("/media/hello.gif")}
        self.says(f"{root}/gifs/categories", {"data": {"categories": [category]}})
        self.says(f"{root}/autocomplete/hello", {"data": ["hello there", "hello you"]})

    def says(self, path: str, answer: Json) -> None:
        body = msgspec.json.encode(answer)

        async def page(_: web.Request) -> web.Response:
            return web.Response(body=body, content_type="application/json")

        self.site.pages[path.replace("%2F", "/")] = page

    def giphy(self, id_: str) -> Json:
        gif = self.site.url("/media/hello.gif")
        shown = {"url": gif, "webp": gif, "mp4": f"{gif}?mp4", "width": "32", "height": "24"}
        images = {"original": shown, "fixed_width": {**shown, "width": "16", "height": "12"}}
        still = {"original_still": {"url": self.site.url("/media/hello.jpg")}}
        page = f"https://giphy.com/gifs/{id_}"
        return {"id": id_, "title": "Hello", "url": page, "images": {**images, **still}}

    def klipy(self, slug: str) -> Json:
        gif = {"url": self.site.url("/media/hello.gif"), "width": 32, "height": 24}
        jpg = {"jpg": {"url": self.site.url("/media/hello.jpg"), "width": 32, "height": 24}}
        file = {"hd": {"gif": gif, "webm": {**gif, "url": f"{gif['url']}?webm"}}, "sm": jpg}
        return {"id": 1, "slug": slug, "title": "Hello", "file": file}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def provider() -> AsyncIterator[Provider]:
    async with open_site() as site:
        yield Provider(site)


def environment(provider: Provider, name: str) -> Mapping[str, str]:
    return {
        **LIFTED,
        "RIFT_GIFS_PROVIDER": name,
        "RIFT_GIFS_KEY": "secret/key",
        "RIFT_GIFS_URL": provider.site.url("").rstrip("/"),
        "RIFT_GIFS_ALLOW_ADDRESSES": "127.0.0.0/8",
    }


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def amused(
    databases: Databases, tmp_path_factory: Any, provider: Provider
) -> AsyncIterator[Server]:
    async with databases.fresh_database() as dsn:
        given = {**environment(provider, "giphy"), "DATABASE_URL": dsn}
        async with running_server(tmp_path_factory.mktemp("amused"), given) as server:
            yield server


async def fetched(server: Server, url: str) -> tuple[int, str, bytes]:
    assert url.startswith(f"{server.url}/cdn/gifs/")
    async with server.http.get(url) as response:
        return response.status, response.content_type, await response.read()


async def test_words_find_gifs_that_are_shown_from_here(amused: Server, provider: Provider) -> None:
    ann = await amused.person()
    [gif] = await ann.get("/gifs/search?q=hello&media_format=tinygif&locale=de")
    assert (gif["id"], gif["title"], gif["url"]) == ("g1", "Hello", "https://giphy.com/gifs/g1")
    assert (gif["width"], gif["height"]) == (16, 12)
    asked = provider.site.asked[-1]
    assert asked.query["api_key"] == "secret/key"
    assert (asked.query["q"], asked.query["lang"], asked.query["rating"]) == (
        "hello",
        "de",
        "pg-13",
    )
    assert "Authorization" not in asked.headers
    assert await fetched(amused, gif["src"]) == (200, "image/gif", MOVING)
    assert await fetched(amused, gif["preview"]) == (200, "image/jpeg", STILL)


async def test_nobody_asks_twice_for_the_same(amused: Server, provider: Provider) -> None:
    ann = await amused.person()
    [gif] = await ann.get("/gifs/search?q=again")
    seen = len(provider.site.asked)
    assert await ann.get("/gifs/search?q=again") == [gif]
    assert len(provider.site.asked) == seen
    for _ in range(3):
        await fetched(amused, gif["gif_src"])
    assert provider.site.paths.count("/media/hello.gif") <= 1


async def test_the_usual_format_is_a_film(amused: Server) -> None:
    ann = await amused.person()
    [film_] = await ann.get("/gifs/search?q=film")
    [other] = await ann.get("/gifs/search?q=film&media_format=nonsense")
    assert film_["src"] == other["src"] != film_["gif_src"]


async def test_what_is_in_demand_is_shown_by_category(amused: Server) -> None:
    ann = await amused.person()
    told = await ann.get("/gifs/trending?media_format=gif")
    assert [kind["name"] for kind in told["categories"]] == ["animals"]
    assert (await fetched(amused, told["categories"][0]["src"]))[0] == 200
    assert [gif["id"] for gif in told["gifs"]] == ["g2"]
    assert [gif["id"] for gif in await ann.get("/gifs/trending-gifs")] == ["g2", "g3"]
    assert await ann.get("/gifs/suggest?q=hel") == ["hello there"]
    seen = (await amused.guest.get("/instance"))["gifs"]
    assert seen is True
    await ann.post("/gifs/select", {"id": "g1", "q": "hello"})


async def test_only_addresses_that_were_given_out_are_fetched(
    amused: Server, provider: Provider
) -> None:
    ann = await amused.person()
    [gif] = await ann.get("/gifs/search?q=address")
    before, _, coded = gif["src"].rpartition("/")
    forged = before[:-1] + ("0" if before[-1] != "0" else "1")
    assert (await fetched(amused, f"{forged}/{coded}"))[0] == 404
    assert (await fetched(amused, f"{before}/{coded[:-4]}AAAA"))[0] == 404
    assert (await fetched(amused, f"{before}/x"))[0] == 404
    assert provider.site.asked


async def test_a_file_that_is_no_picture_is_not_shown(amused: Server, provider: Provider) -> None:
    ann = await amused.person()
    trick = provider.giphy("g9")
    for shown in trick["images"].values():
        shown["url"] = provider.site.url("/media/page.gif")
    trick["images"]["original"]["mp4"] = "http://10.0.0.1/inside.mp4"
    provider.says("/v1/gifs/search", {"data": [trick]})
    [gif] = await ann.get("/gifs/search?q=trick")
    assert (await fetched(amused, gif["gif_src"]))[0] == 415
    assert (await fetched(amused, gif["src"]))[0] == 404
    provider.says("/v1/gifs/search", {"data": [provider.giphy("g1")]})


async def test_a_provider_that_is_away_is_said_to_be(amused: Server, provider: Provider) -> None:
    ann = await amused.person()
    pages, provider.site.pages = provider.site.pages, {}
    assert (await ann.refused("GET", "/gifs/search?q=anybody")).status == 503
    provider.site.pages = pages
    assert await ann.get("/gifs/search?q=anybody")


async def test_bots_and_strangers_look_for_none(amused: Server) -> None:
    ann = await amused.person()
    bot = await amused.bot(ann)
    assert (await bot.refused("GET", "/gifs/search?q=beep")).code == 20001
    assert (await amused.guest.refused("GET", "/gifs/search?q=hi")).status == 401
    assert (await ann.refused("GET", "/gifs/search")).code == 50035


async def test_the_other_provider_answers_alike(
    database: str, tmp_path: Path, provider: Provider
) -> None:
    given = {**environment(provider, "klipy"), "DATABASE_URL": database}
    async with running_server(tmp_path, given) as server:
        ann = await server.person()
        [gif] = await ann.get("/gifs/search?q=hello&media_format=webm&locale=en-US")
        assert (gif["id"], gif["url"]) == ("k1", "https://klipy.com/gifs/k1")
        assert gif["src"] != gif["gif_src"]
        asked = provider.site.asked[-1]
        assert asked.query["locale"] == "en_US"
        assert "customer_id" not in asked.query
        assert (await fetched(server, gif["gif_src"]))[0] == 200
        told = await ann.get("/gifs/trending")
        assert [kind["name"] for kind in told["categories"]] == ["hi"]
        assert await ann.get("/gifs/suggest?q=hello&limit=1") == ["hello there"]
        log = "\n".join(server.log)
        assert "secret/key" not in log


async def test_without_a_key_there_are_none(server: Server) -> None:
    ann = await server.person()
    assert (await server.guest.get("/instance"))["gifs"] is False
    for path in ("search?q=x", "trending", "trending-gifs", "suggest?q=x"):
        assert (await ann.refused("GET", f"/gifs/{path}")).status == 404
    async with server.http.get(f"{server.url}/cdn/gifs/{'0' * 32}/aHR0cA") as response:
        assert response.status == 404
