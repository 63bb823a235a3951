"""Pictures of an application by themselves, for its bot, its owner and the people who use it."""

import asyncio
import io
from typing import Any

import aiohttp

from tests.api import Api, Person, Reply
from tests.nouns.elsewhere import Client
from tests.nouns.luggage import TEXT, ask, fetched, form, png
from tests.server import Server


def picture(name: str = "view.png", content: bytes = b"") -> aiohttp.FormData:
    data = aiohttp.FormData(default_to_multipart=True)
    data.add_field("file", io.BytesIO(content or png()), filename=name, content_type="image/png")
    return data


async def attach(who: Person | Api, application_id: str, data: Any) -> Reply:
    return await ask(who, "POST", f"/applications/{application_id}/attachment", data)


async def test_a_picture_of_an_application_lies_at_an_address(server: Server) -> None:
    client = await Client.registered(server)
    token = (await client.owner.post(f"/applications/{client.id}/bot/reset", {}))["token"]
    user = await client.api(await server.person())
    for who in (client.owner, server.guest.with_token(f"Bot {token}"), user):
        reply = await attach(who, client.id, picture())
        assert reply.status == 200, reply.body
        shown = reply.body["attachment"]
        assert (shown["filename"], shown["content_type"]) == ("view.png", "image/png")
        assert (shown["width"], shown["height"], shown["ephemeral"]) == (8, 6, True)
        assert shown["url"].split("/attachments/")[1].startswith(f"{client.id}/{shown['id']}/")
        assert await fetched(client.owner, shown["url"]) == png()


async def test_others_put_no_pictures_there(server: Server) -> None:
    client, other = await asyncio.gather(Client.registered(server), Client.registered(server))
    stranger = await server.person()
    for who in (stranger, await server.bot(stranger), await client.api(client.owner)):
        refused = await attach(who, other.id, picture())
        assert (refused.status, refused.code) == (403, 20012), refused.body
    unknown = await attach(stranger, "1", picture())
    assert (unknown.status, unknown.code) == (404, 10002)


async def test_only_one_picture_is_taken(server: Server) -> None:
    client = await Client.registered(server)
    two = picture()
    two.add_field("other", io.BytesIO(png()), filename="more.png")
    refused = [
        await attach(client.owner, client.id, data)
        for data in (picture("view.png", TEXT[1]), two, form(payload={}), b"{}")
    ]
    assert [reply.code for reply in refused] == [50046, 30015, 50035, 50035]
