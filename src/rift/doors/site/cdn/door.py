"""The CDN: files of messages by signed links, pictures by their hashes, in any size."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any, Final, NamedTuple

from rift.core.attachments.previewing import preview_key
from rift.core.house import House
from rift.core.previews.images import Recovery
from rift.core.webhooks.faces import Faces
from rift.doors.site.cdn import answers, routes, wishes
from rift.doors.site.cdn.answers import ALWAYS, FOR_EVER, Answer, Thing, begun, hand_out, said
from rift.doors.site.cdn.borrowing import Borrowing
from rift.doors.site.cdn.renditions import Renditions, Source
from rift.doors.site.cdn.routes import Drawn, Lent, Place, Shown
from rift.doors.site.cdn.wishes import BadWish, NotAnImage, Wish
from rift.doors.site.conditions import Headers, read_headers
from rift.errors import Overloaded, RateLimited, Refusal
from rift.files import Missing, StoreDown
from rift.files.cellar import Cellar
from rift.media import HEAD_BYTES, Kind, Rendition, Unreadable, kind_of

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_log: Final = logging.getLogger(__name__)
_METHODS: Final = "GET, HEAD, OPTIONS"
_REMEMBERED: Final = 4096
_BELIEVED_S: Final = 60.0
_DRAWN_SIDE: Final = 256
_FOR_A_DAY: Final = "public, max-age=86400"
_SOON: Final = {"retry-after": "5"}
_PREFLIGHT: Final = Answer(
    204,
    {
        "access-control-allow-methods": _METHODS,
        "access-control-allow-headers": "range, if-none-match, if-modified-since, if-range",
        "access-control-max-age": "86400",
    },
)

_NOTHING: Final = "There is nothing here, or the link to it has expired."
_NO_SUCH_SIZE: Final = (
    "Sizes are powers of two from 16 to 4096; formats png, jpeg, webp, gif, avif."
)
_CANNOT_SHOW: Final = "This file cannot be shown like that."
_BUSY: Final = "Too many images are being made. Try again in a moment."
_TOO_MANY: Final = "You asked for too many new images. Try again in a moment."
_DOWN: Final = "Files are out of reach at the moment. Try again soon."


class Asked(NamedTuple):
    """What the asker sent."""

    query: str
    headers: Headers
    address: str


class Cdn:
    """Knows nothing of who asks: what is not for everybody has an address nobody can guess."""

    def __init__(self, house: House, cellar: Cellar) -> None:
        self._files = house.files
        self._links = house.links
        self._cellar = cellar
        self._recovery = Recovery(house)
        self._faces = Faces(house)
        self._borrowing = Borrowing(house, cellar)
        self._renditions = Renditions(house.files, house.workshop, cellar, house.clock)
        if not house.settings.server.rate_limits:
            self._renditions.lift_limits()
        self._kinds: OrderedDict[str, Kind] = OrderedDict()
        """Of what was asked for last: a file does not change."""
        self._sizes: OrderedDict[str, tuple[int, float]] = OrderedDict()
        """Of public files that were there a moment ago, and until when that is believed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope)
        headers = {**ALWAYS, **answer.headers}
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
        if isinstance(answer.body, bytes):
            await send({"type": "http.response.body", "body": answer.body})
        else:
            await _stream(answer.body, receive, send)

    async def _answer(self, scope: Scope) -> Answer:
        method = scope["method"]
        if method == "OPTIONS":
            return _PREFLIGHT
        if method not in {"GET", "HEAD"}:
            return said(405, "Only GET and HEAD work here.", {"allow": _METHODS})
        asked = Asked(
            scope["query_string"].decode("latin-1"),
            read_headers(scope["headers"]),
            scope["client"][0],
        )
        try:
            place = routes.find(scope["raw_path"].decode("latin-1"))
            found = await self._found(place, asked)
            return found._replace(body=b"") if method == "HEAD" else await begun(found)
        except (Missing, BadWish, NotAnImage, Unreadable, Refusal, StoreDown) as error:
            return _refusal(error)

    async def _found(self, place: Place | Drawn | Lent | None, asked: Asked) -> Answer:
        if place is None:
            raise Missing
        if isinstance(place, Lent):
            return hand_out(await self._borrowing.thing(*place), asked.headers)
        if isinstance(place, Drawn):
            return hand_out(await self._drawing(place), asked.headers)
        place = await self._met(place)
        cache = self._unlocked(place, asked.query) if place.is_signed else FOR_EVER
        size = await self._size(place)
        original = self._original(place, await self._kind(place), size, cache)
        if place.shown is Shown.ORIGINAL:
            return hand_out(original, asked.headers)
        return hand_out(await self._shown(place, original, asked), asked.headers)

    async def _met(self, place: Place) -> Place:
        """Where it lies: a picture that a webhook's message named is one from elsewhere."""
        if place.face is None:
            return place
        with suppress(Missing):
            await self._size(place)
            return place
        token = await self._faces.token(*place.face)
        return place if token is None else routes.fetched(token, place.format)

    async def _size(self, place: Place) -> int:
        """How long a file is. What is anybody's is looked for once a minute, and not each time."""
        if place.is_signed:
            return await self._looked_for(place)
        now = time.monotonic()
        size, until = self._sizes.get(place.key, (0, 0.0))
        if until < now:
            size = await self._looked_for(place)
            self._sizes[place.key] = size, now + _BELIEVED_S
            if len(self._sizes) > _REMEMBERED:
                self._sizes.popitem(last=False)
        return size

    async def _looked_for(self, place: Place) -> int:
        """What was fetched from elsewhere may have been removed: then it is fetched once more."""
        size = await self._files.size(place.key)
        if size is None and place.is_fetched and await self._recovery.recover(place.tag):
            size = await self._files.size(place.key)
        if size is None:
            raise Missing
        return size

    async def _shown(self, place: Place, original: Thing, asked: Asked) -> Thing:
        """What is made of a file, or where that will do the file itself."""
        wish = wishes.read(asked.query, asked.headers.get("accept", ""))
        kind = await self._kind(place)
        if kind.family == "video" and place.is_signed and wish.format is None:
            return await self._preview(place, original)
        rendition = wishes.choose(wish, place, kind)
        if rendition is not None:
            source = Source(place.key, original.size)
            original = await self._rendition(place, source, original, rendition, asked.address)
        return original._replace(varies=_varies(wish, place))

    async def _preview(self, place: Place, original: Thing) -> Thing:
        """A film as every browser plays it, once that was made."""
        key = preview_key(place.channel_id, place.attachment_id)
        size = await self._files.size(key)
        if size is None:
            raise NotAnImage
        return original._replace(
            size=size,
            read=partial(self._files.read, key),
            content_type="video/webm",
            etag=f'"{place.tag}-preview"',
            disposition="",
        )

    async def _drawing(self, place: Drawn) -> Thing:
        """In one size, whatever is asked for: some libraries ask for the largest of everything."""
        made = await self._renditions.drawn(place.number, _DRAWN_SIDE)
        read = partial(self._cellar.read, made.name)
        return Thing(made.size, read, "image/png", f'"{made.name}"', _FOR_A_DAY)

    def _unlocked(self, place: Place, query: str) -> str:
        """For how long the asker may keep it; whether it exists is not told without a link."""
        left_s = self._links.opens(place.channel_id, place.attachment_id, place.filename, query)
        if not left_s:
            raise Missing
        return f"private, max-age={left_s}"

    async def _kind(self, place: Place) -> Kind:
        name = f"{place.key}/{place.filename}"
        known = self._kinds.get(name)
        if known is None:
            head = b"".join([piece async for piece in self._files.read(place.key, 0, HEAD_BYTES)])
            known = self._kinds[name] = kind_of(head, place.filename)
            if len(self._kinds) > _REMEMBERED:
                self._kinds.popitem(last=False)
        return known

    def _original(self, place: Place, kind: Kind, size: int, cache: str) -> Thing:
        return Thing(
            size,
            partial(self._files.read, place.key),
            kind.content_type,
            f'"{place.tag}"',
            cache,
            modified_s=place.made_s,
            disposition=answers.disposition(kind, place.filename),
        )

    async def _rendition(
        self, place: Place, source: Source, original: Thing, wish: Rendition, address: str
    ) -> Thing:
        """What was asked for. A picture that cannot be made anew is shown as it was kept."""
        is_film = (await self._kind(place)).family == "video"
        make = self._renditions.of_film if is_film else self._renditions.of_image
        try:
            made = await make(source, wish, address)
        except Unreadable:
            if place.shown is Shown.EITHER:
                return original
            raise
        return original._replace(
            size=made.size,
            read=partial(self._cellar.read, made.name),
            content_type=f"image/{wish.format}",
            etag=f'"{place.tag}-{made.name[:16]}"',
            disposition="",
        )


def _varies(wish: Wish, place: Place) -> bool:
    return place.format is None and wish.format is None and not place.lottie


def _refusal(error: Exception) -> Answer:
    match error:
        case Missing():
            return said(404, _NOTHING)
        case BadWish():
            return said(400, _NO_SUCH_SIZE)
        case RateLimited():
            return said(429, _TOO_MANY, {"retry-after": error.headers["Retry-After"]})
        case Overloaded():
            return said(503, _BUSY, {"retry-after": "1"})
        case StoreDown():
            _log.error("the place for files cannot be used: %s", error)
            return said(503, _DOWN, _SOON)
        case _:
            return said(415, _CANNOT_SHOW)


async def _stream(body: AsyncIterator[bytes], receive: Receive, send: Send) -> None:
    """A body as its reader takes it; who has gone is sent no more."""
    gone = asyncio.create_task(_gone(receive))
    try:
        async for piece in body:
            if gone.done():
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except (Missing, StoreDown) as error:
        # Without its end the answer is cut off, and its reader knows that it is not whole.
        _log.warning("a file broke off while it was handed out: %s", error)
    finally:
        gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
