"""Pictures as clients send them, and where they are seen afterwards."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rift.app.building import open_house
from rift.config import Settings
from rift.config.settings import Data, Database
from rift.core.house import House
from rift.core.pictures.keeping import let_go
from rift.core.unit import Unit
from tests.media.pictures import encoded, film, picture
from tests.nouns.elsewhere import told
from tests.server import Server
from tests.site.shelf import Reply, Shelf

STILL = encoded(picture(120, 80), "PNG")
OTHER = encoded(picture(80, 120), "PNG")
MOVING = film("GIF")
HASH = r"[0-9a-f]{32}"


def uri(content: bytes, content_type: str = "image/png") -> str:
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"


async def seen(server: Server, path: str) -> Reply:
    """What the CDN shows under a path."""
    return await Shelf(server).ask(f"/cdn/{path}")


def kept(server: Server) -> set[str]:
    """The keys of all images in the store."""
    root = server.data / "files"
    return {str(it.relative_to(root)) for it in (root / "images").rglob("*") if it.is_file()}


@asynccontextmanager
async def behind_the_scenes(dsn: str, data: Path) -> AsyncIterator[House]:
    """Another process of the same instance."""
    settings = Settings(
        data=Data(directory=str(data)), database=Database(url=dsn, max_connections=4)
    )
    async with open_house(settings, dsn) as house:
        yield house


async def tidied(dsn: str, server: Server) -> int:
    """How many images were removed when the chore's time had come."""
    await told(dsn, "update loose_images set since = since - interval '1 hour'")
    async with behind_the_scenes(dsn, server.data) as house, Unit(house) as unit:
        return await let_go(unit)
