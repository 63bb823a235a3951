"""Pictures and files that components show: kept by their names, shown with where they lie."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from rift.core.components.checking import walk
from rift.core.previews import proxied
from rift.errors import FieldError, InvalidForm
from rift.wire import components as wire
from rift.wire.embeds import EmbedMedia
from rift.wire.limits import Json
from rift.wire.messages import Attachment

_OURS: Final = "attachment://"
_MISSING: Final = FieldError(
    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    "The referenced attachment could not be found",
)
_SHOWN: Final = ("content_type", "width", "height")
_MOST_FETCHED: Final = 10
_ROOM: Final = 16
"""So many things one component shows at most, for their ids."""

Change = Callable[[Json, str, int], Json]


def check(components: list[Json], attachments: Sequence[Attachment]) -> None:
    """Refuse what shows a file that the message does not have."""
    names = {one.filename for one in attachments}

    def look(media: Json, path: str, _number: int) -> Json:
        url = media["url"]
        if url.startswith(_OURS) and url.removeprefix(_OURS) not in names:
            raise InvalidForm({f"{path}.url": [_MISSING]})
        return media

    _changed(components, look)


def shown(components: list[Json], attachments: Sequence[Attachment], base: str) -> list[Json]:
    """The components with the addresses that files and fetched pictures have now."""
    if not any(item["type"] in _BEARERS for item, _ in walk(components)):
        return components
    files = {one.filename: one for one in attachments}

    def find(media: Json, _path: str, number: int) -> Json:
        name = media["url"].removeprefix(_OURS)
        file = files.get(name) if media["url"].startswith(_OURS) else None
        if file is None:
            told = {"id": str(number), "proxy_url": media["url"], **media}
            return {**told, "proxy_url": proxied.whole(told["proxy_url"], base)}
        told = {"id": file.id, "url": file.url, "proxy_url": file.proxy_url}
        told |= {field: value for field in _SHOWN if (value := getattr(file, field))}
        return {**told, "attachment_id": file.id, "name": name, "size": file.size}

    return _changed(components, find)


def kept(components: list[Json], attachments: Sequence[Attachment]) -> list[Json]:
    """The components as they are stored: their files by name, what was fetched by its path."""
    names = {one.id: one.filename for one in attachments}

    def lose(media: Json, _path: str, _number: int) -> Json:
        name = names.get(media.get("attachment_id", ""))
        if name is not None:
            return {"url": _OURS + name}
        if not _is_fetched(media):
            return {"url": media["url"]}
        known: Json = {field: media[field] for field in ("url", *_SHOWN) if field in media}
        return {**known, "proxy_url": proxied.bare(media["proxy_url"])}

    return _changed(components, lose)


def addresses(components: list[Json]) -> list[str]:
    """Where in the web pictures lie that were not fetched, the first of them, each once."""
    found = dict[str, None]()

    def look(media: Json, _path: str, _number: int) -> Json:
        if not _is_fetched(media) and not media["url"].startswith(_OURS):
            found[media["url"]] = None
        return media

    _changed(components, look)
    return list(found)[:_MOST_FETCHED]


def _is_fetched(media: Json) -> bool:
    """Whether it is had from us, be it a file or a picture of the web."""
    return bool(media.get("proxy_url", media["url"]) != media["url"])


def illustrated(
    components: list[Json], pictures: Mapping[str, EmbedMedia], base: str
) -> list[Json]:
    """The components with what was fetched of the web."""

    def show(media: Json, _path: str, _number: int) -> Json:
        picture = pictures.get(media["url"])
        if picture is None or "attachment_id" in media:
            return media
        told: Json = {field: value for field in _SHOWN if (value := getattr(picture, field))}
        return {**media, **told, "proxy_url": proxied.whole(str(picture.proxy_url), base)}

    return _changed(components, show)


_BEARERS: Final = {wire.THUMBNAIL: "media", wire.FILE: "file", wire.GALLERY: "items"}


def _changed(components: list[Json], change: Change) -> list[Json]:
    return [_one(item, f"components.{at}", change) for at, item in enumerate(components)]


def _one(item: Json, path: str, change: Change) -> Json:
    told, kind, number = dict(item), item["type"], _ROOM * item["id"]
    if kind == wire.GALLERY:
        told["items"] = [
            {**one, "media": _bare(change(one["media"], f"{path}.items.{at}.media", number + at))}
            for at, one in enumerate(item["items"])
        ]
    elif kind == wire.THUMBNAIL:
        told["media"] = _bare(change(item["media"], f"{path}.media", number))
    elif kind == wire.FILE:
        found = change(item["file"], f"{path}.file", number)
        told |= {name: found[name] for name in ("name", "size") if name in found}
        told["file"] = _bare(found)
    for name in ("components", "accessory"):
        inner = item.get(name)
        if isinstance(inner, list):
            told[name] = [_one(one, f"{path}.{name}.{at}", change) for at, one in enumerate(inner)]
        elif inner is not None:
            told[name] = _one(inner, f"{path}.{name}", change)
    return told


def _bare(media: Json) -> Json:
    return {key: value for key, value in media.items() if key not in ("name", "size")}
