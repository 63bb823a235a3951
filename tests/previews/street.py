"""Where people link to a site: a guild of Ann's, with Bob in it."""

import asyncio
import secrets
from typing import Any, Self

from aiohttp import web

from tests.api import Person
from tests.fetching.site import Site
from tests.media.pictures import encoded, picture
from tests.patience import until
from tests.server import LIFTED, Server

Json = dict[str, Any]

_QUIET_S = 1.5
"""In which a preview would have come: the outbox and the errands are looked at four times a
second.
"""


def environment(dsn: str, site: Site) -> dict[str, str]:
    """Of a server that may call this machine at the site's port."""
    return {
        **LIFTED,
        "DATABASE_URL": dsn,
        "RIFT_INSTANCE_NAME": "A house",
        "RIFT_PREVIEWS_ENABLED": "on",
        "RIFT_PREVIEWS_ALLOW_ADDRESSES": "127.0.0.1",
        "RIFT_PREVIEWS_PORTS": f"80,443,{site.port}",
        "RIFT_PREVIEWS_DENY_DOMAINS": "denied.example",
    }


class Street:
    """The paths of the site are this street's own, so that nothing of it is known yet."""

    def __init__(self, server: Server, site: Site) -> None:
        self.server = server
        self.site = site
        self.name = secrets.token_hex(4)

    ann: Person
    bob: Person
    guild: Json
    channel: Json

    @classmethod
    async def open(cls, server: Server, site: Site) -> Self:
        street = cls(server, site)
        street.ann, street.bob = await server.person(), await server.person()
        street.guild = await street.ann.guild()
        street.channel = await street.ann.channel(street.guild["id"])
        await street.ann.bring(street.bob, street.channel["id"])
        return street

    async def newcomer(self) -> Person:
        person = await self.server.person()
        await self.ann.bring(person, self.channel["id"])
        return person

    def silent(self, path: str, go: asyncio.Event) -> str:
        """A page that says nothing until it may go on; its URL."""

        async def page(_: web.Request) -> web.Response:
            await go.wait()
            return web.Response(text="<title>at last</title>", content_type="text/html")

        self.site.pages[self.path(path)] = page
        return self.site.url(self.path(path))

    def path(self, path: str) -> str:
        return f"/{self.name}/{path}"

    def page(self, path: str = "page", *lines: str, title: str = "A title") -> str:
        """A page with a title and these lines in its head; its URL."""
        head = "".join(lines)
        body = f'<meta charset="utf-8"><title>{title}</title>{head}'
        return self.site.says(self.path(path), f"<!doctype html><html><head>{body}</head></html>")

    def image(self, path: str = "image.png", width: int = 64, height: int = 48) -> str:
        """A real image; its URL."""
        png = encoded(picture(width, height), "PNG")
        return self.site.says(self.path(path), png, "image/png")

    async def say(self, content: str, by: Person | None = None, **fields: Any) -> Json:
        return await (by or self.ann).say(self.channel["id"], content, **fields)

    def place(self, message: Json) -> str:
        return f"/channels/{message['channel_id']}/messages/{message['id']}"

    async def read(self, message: Json, by: Person | None = None) -> Json:
        read: Json = await (by or self.ann).get(self.place(message))
        return read

    async def embeds(self, message: Json, count: int = 1) -> list[Json]:
        """The embeds of a message, once there are so many."""

        async def are_there() -> bool:
            return len((await self.read(message))["embeds"]) == count

        await until(are_there, within_s=15)
        embeds: list[Json] = (await self.read(message))["embeds"]
        return embeds

    async def stays_bare(self, message: Json, by: Person | None = None) -> None:
        """No preview comes, though one was to come by now."""
        await asyncio.sleep(_QUIET_S)
        assert (await self.read(message, by))["embeds"] == []

    def calls(self, path: str) -> int:
        """How often a page was asked for."""
        return self.site.paths.count(self.path(path))
