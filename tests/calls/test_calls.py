"""Applications that are told by HTTP: signed, proven when the URL is saved, answered at once."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest_asyncio
from aiohttp import web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.api import Person
from tests.database import Databases
from tests.fetching.site import Site, open_site
from tests.nouns.test_commands import ECHO, Shop
from tests.patience import until
from tests.server import ALONE, LIFTED, Server, running_server


class Application:
    """An application that listens on this machine, and is as careful as it is told to be."""

    def __init__(self, site: Site, key: str) -> None:
        self.key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        self.careful = True
        self.status = 200
        self.answer: dict[str, Any] = {"type": 4, "data": {"content": "by http"}}
        self.heard: list[dict[str, Any]] = []
        self.url = site.url("/interactions")
        site.pages["/interactions"] = self._listen

    async def _listen(self, request: web.Request) -> web.Response:
        body = await request.read()
        signature = bytes.fromhex(request.headers["X-Signature-Ed25519"])
        timestamp = request.headers["X-Signature-Timestamp"]
        try:
            self.key.verify(signature, timestamp.encode() + body)
        except InvalidSignature:
            if self.careful:
                return web.Response(status=401)
        told = msgspec.json.decode(body)
        if told["type"] == 1:
            return web.json_response({"type": 1})
        self.heard.append(told)
        if self.status == 202:
            return web.Response(status=202)
        return web.json_response(self.answer, status=self.status)


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Site]:
    async with open_site() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def calling(databases: Databases, tmp_path: Any, site: Site) -> AsyncIterator[Server]:
    """A server that may call this machine for the applications of its users."""
    async with databases.fresh_database() as dsn:
        environment = {
            **LIFTED,
            **ALONE,
            "DATABASE_URL": dsn,
            "RIFT_INTERACTIONS_ALLOW_ADDRESSES": "127.0.0.0/8",
            "RIFT_INTERACTIONS_PORTS": str(site.port),
        }
        async with running_server(tmp_path, environment) as server:
            yield server


async def use(person: Person, shop: Shop, room: dict[str, Any], command: dict[str, Any]) -> None:
    body = {
        "type": 2,
        "application_id": shop.bot.id,
        "guild_id": shop.guild["id"],
        "channel_id": room["id"],
        "data": {
            "id": command["id"],
            "name": "echo",
            "options": [{"type": 3, "name": "text", "value": "hello"}],
        },
    }
    await person.post("/interactions", body)


async def test_a_url_is_proven_and_then_called(calling: Server, site: Site) -> None:
    shop = await Shop.open(calling)
    mine = f"/applications/{shop.bot.id}"
    application = Application(site, (await shop.owner.get(mine))["verify_key"])
    careless = {"interactions_endpoint_url": application.url}
    for wrong in (site.url("/nothing"), "http://192.0.2.1/", "https://localhost:1/"):
        reply = await shop.owner.refused("PATCH", mine, {"interactions_endpoint_url": wrong})
        assert "interactions_endpoint_url" in reply.body["errors"]
    application.careful = False
    assert (await shop.owner.refused("PATCH", mine, careless)).code == 50035
    application.careful = True
    saved = await shop.owner.patch(mine, careless)
    assert saved["interactions_endpoint_url"] == application.url
    command = await shop.bot.post(shop.everywhere, ECHO)
    room = await shop.owner.channel(shop.guild["id"])
    async with calling.gateway(shop.owner) as person, calling.gateway(shop.bot) as robot:
        await use(shop.owner, shop, room, command)
        assert (await person.expect("MESSAGE_CREATE")).data["content"] == "by http"
        await person.expect("INTERACTION_SUCCESS")
        assert application.heard[0]["data"]["name"] == "echo"
        application.answer = {"type": 99}
        await use(shop.owner, shop, room, command)
        await person.expect("INTERACTION_FAILURE")
        application.status = 202
        await use(shop.owner, shop, room, command)

        async def was_told() -> bool:
            return len(application.heard) == 3

        await until(was_told)
        told = application.heard[-1]
        path = f"/interactions/{told['id']}/{told['token']}/callback"
        await calling.guest.post(path, {"type": 4, "data": {"content": "by hand"}})
        await person.expect("MESSAGE_CREATE", lambda it: it["content"] == "by hand")
        await robot.quiet("INTERACTION_CREATE")
    cleared = await shop.owner.patch(mine, {"interactions_endpoint_url": None})
    assert cleared.get("interactions_endpoint_url") is None
