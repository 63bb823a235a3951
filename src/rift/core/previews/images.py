"""Images of previews: fetched once, looked into, and kept where our own CDN finds them."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urldefrag
from weakref import WeakValueDictionary

import msgspec
from msgspec import UNSET, Struct

from rift.core.attachments.keeping import IS_ANIMATED
from rift.core.house import House
from rift.core.previews import proxied, queries
from rift.core.previews.pages import Picture
from rift.core.unit import Unit
from rift.errors import Overloaded
from rift.fetching import Ask, NotFetched, Portion
from rift.files import StoreDown
from rift.media import Probe, Unreadable
from rift.wire.embeds import EmbedMedia

_AGAIN: Final = timedelta(minutes=10)
_FAMILY: Final = "image/"
_DRAWN: Final = "image/svg+xml"
"""A document rather than an image: it is never opened."""


class Media(Struct, frozen=True, kw_only=True):
    """What an image turned out to be."""

    content_type: str
    width: int
    height: int
    animated: bool = False
    placeholder: str | None = None
    placeholder_version: int | None = None


def takes(content_type: str, most: int) -> Portion | None:
    """How much of an image is fetched: all of it or nothing."""
    is_image = content_type.startswith(_FAMILY) and content_type != _DRAWN
    return Portion(most, whole=True) if is_image else None


async def fetched(house: House, picture: Picture) -> EmbedMedia | None:
    """The image as embeds show it; None where there is none that can be shown."""
    hash_ = hashed(picture.url)
    async with Unit(house, reading=True) as unit:
        row = await unit.maybe(queries.IMAGE, hash_)
    if row is not None and row["is_here"]:
        return _shown(picture, row["token"], msgspec.convert(row["media"], Media))
    body = await _fetch(house, picture.url)
    return None if body is None else await keep(house, picture, body)


async def token(house: House, url: str) -> str | None:
    """Under which an image was kept that was fetched at some time."""
    async with Unit(house, reading=True) as unit:
        row = await unit.maybe(queries.IMAGE, hashed(url))
    return None if row is None else str(row["token"])


async def keep(house: House, picture: Picture, body: bytes) -> EmbedMedia | None:
    """Look into an image that was fetched, and keep it if it is one."""
    try:
        probe = await house.workshop.probe(body)
        media = _media(probe)
        if media is None:
            return None
        token = await _store(house, picture.url, body, media)
    except (Unreadable, Overloaded, StoreDown):
        return None
    return _shown(picture, token, media)


class Recovery:
    """Fetches again what was removed to save space, when somebody looks at it.

    What is not there any more is not asked for by each reader, and by many at once only once.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._at_it = WeakValueDictionary[str, asyncio.Lock]()

    async def recover(self, token: str) -> bool:
        """Whether the image is there now."""
        if not self._house.settings.previews.enabled:
            return False
        lock = self._at_it.setdefault(token, asyncio.Lock())
        async with lock:
            if await self._house.files.size(_key(token)) is not None:
                return True
            async with Unit(self._house) as unit:
                now = unit.now()
                row = await unit.maybe(queries.TRY_AGAIN, token, now, now - _AGAIN)
            return row is not None and await self._again(row["url"])

    async def _again(self, url: str) -> bool:
        body = await _fetch(self._house, url)
        return body is not None and await keep(self._house, Picture(url), body) is not None


async def prune(unit: Unit) -> None:
    """Remove the oldest files where all of them together take too much space."""
    most = unit.settings.previews.cache_bytes
    rows = await unit.all(queries.SURPLUS, str(most))
    await unit.run(queries.FORSAKE, [_key(row["token"]) for row in rows])


def hashed(url: str) -> str:
    """Under which a URL is remembered; the fragment is the reader's affair."""
    return sha256(urldefrag(url)[0].encode()).hexdigest()


async def _fetch(house: House, url: str) -> bytes | None:
    most = house.settings.previews.image_bytes
    try:
        return (await house.fetcher.fetch(url, Ask("image/*", lambda it: takes(it, most)))).body
    except NotFetched:
        return None


async def _store(house: House, url: str, body: bytes, media: Media) -> str:
    """Two who fetch the same at once write the same to one place."""
    size = str(len(body))
    given = (secrets.token_hex(16), url, hashed(url), size, media)
    async with Unit(house) as unit:
        token: str = (await unit.one(queries.KEEP_IMAGE, *given))["token"]
    await house.files.write(_key(token), _once(body))
    async with Unit(house) as unit:
        await unit.run(queries.IS_HERE, token, unit.now())
    return token


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body


def _key(token: str) -> str:
    return f"previews/{token}"


def _media(probe: Probe) -> Media | None:
    """None for what is no image, or has no size to be shown in."""
    if not probe.content_type.startswith(_FAMILY) or not probe.width or not probe.height:
        return None
    return Media(
        content_type=probe.content_type,
        width=probe.width,
        height=probe.height,
        animated=probe.animated,
        placeholder=probe.placeholder,
        placeholder_version=probe.placeholder_version,
    )


def _shown(picture: Picture, token: str, media: Media) -> EmbedMedia:
    told: dict[str, Any] = {
        "description": picture.description,
        "placeholder": media.placeholder,
        "placeholder_version": media.placeholder_version,
        "flags": IS_ANIMATED if media.animated else 0,
    }
    return EmbedMedia(
        url=picture.url,
        proxy_url=proxied.path(token),
        width=media.width,
        height=media.height,
        content_type=media.content_type,
        **{name: value or UNSET for name, value in told.items()},
    )
