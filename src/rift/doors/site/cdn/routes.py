"""What the addresses of the CDN stand for.

Nothing that was typed becomes a key of the store but ids and hashes, which have no other letters
than theirs; names only count towards a signature.
"""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple
from urllib.parse import unquote

from rift.media import Format
from rift.snowflake import created_at, parse

ROOT: Final = "/cdn/"

_PICTURES: Final[Mapping[str, str]] = {
    "avatars": "avatars",
    "banners": "banners",
    "icons": "icons",
    "splashes": "splashes",
    "discovery-splashes": "discovery-splashes",
    "role-icons": "role-icons",
    "channel-icons": "groups",
    "app-icons": "application-icons",
}
"""Folders of pictures, and where in `images/` these lie."""

_EXPRESSIONS: Final[Mapping[str, str]] = {"emojis": "emojis", "stickers": "stickers"}
_FORMATS: Final[Mapping[str, Format]] = {
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "webp": "webp",
    "gif": "gif",
    "avif": "avif",
}
_HASH: Final = re.compile(r"(?:a_)?[0-9a-f]{32}")
_PREVIEW: Final = re.compile(r"[0-9a-f]{32,64}")
_LONGEST: Final = 2048


class Shown(Enum):
    """Which of its faces a place shows."""

    ORIGINAL = "the bytes that lie there"
    RENDITION = "what is made of them, and never they themselves"
    EITHER = "them or what is made of them, as is asked"


class Place(NamedTuple):
    """A file of the store, and how it may be shown. Under its tag it is always the same."""

    key: str
    tag: str
    shown: Shown
    format: Format | None = None
    """The one that the extension asks for."""
    lottie: bool = False
    """Whether the extension asks for an animation that is not an image."""
    moves: bool | None = None
    """Whether it is an animation; None where its bytes have to tell."""
    made_s: int | None = None
    """When it came to be, where the address tells."""
    channel_id: str = ""
    attachment_id: str = ""
    filename: str = ""

    @property
    def is_signed(self) -> bool:
        return bool(self.channel_id)


class Drawn(NamedTuple):
    """A picture of who has none."""

    index: int


def find(raw_path: str) -> Place | Drawn | None:
    """What an address stands for, if it is one of ours; whether it is there is not looked at."""
    if len(raw_path) > _LONGEST or not raw_path.startswith(ROOT):
        return None
    try:
        # Split before it is decoded: an encoded slash is part of a name.
        parts = [unquote(part, errors="strict") for part in raw_path[len(ROOT) :].split("/")]
    except UnicodeDecodeError:
        return None
    match parts:
        case ["attachments", *file]:
            return _attachment(file, Shown.ORIGINAL)
        case ["media", "attachments", *file]:
            return _attachment(file, Shown.RENDITION)
        case ["guilds", guild_id, "users", user_id, "avatars" | "banners", name]:
            return _picture("members", [guild_id, user_id], name)
        case ["embed", "avatars", name]:
            return _drawn(name)
        case ["soundboard-sounds", id_]:
            return _numbered("sounds", id_, Shown.ORIGINAL)
        case ["previews", name] if _PREVIEW.fullmatch(name):
            return Place(f"previews/{name}", name, Shown.RENDITION)
        case [folder, name] if folder in _EXPRESSIONS:
            return _numbered(_EXPRESSIONS[folder], name, Shown.EITHER)
        case [folder, owner_id, name] if folder in _PICTURES:
            return _picture(_PICTURES[folder], [owner_id], name)
        case _:
            return None


def _attachment(file: Sequence[str], shown: Shown) -> Place | None:
    if len(file) != 3 or not all(_is_id(id_) for id_ in file[:2]):
        return None
    channel_id, attachment_id, filename = file
    return Place(
        f"attachments/{channel_id}/{attachment_id}",
        attachment_id,
        shown,
        made_s=_made_s(attachment_id),
        channel_id=channel_id,
        attachment_id=attachment_id,
        filename=filename,
    )


def _picture(kind: str, owners: Sequence[str], name: str) -> Place | None:
    hash_, _, extension = name.partition(".")
    if not (_HASH.fullmatch(hash_) and all(map(_is_id, owners)) and _is_known(extension)):
        return None
    return Place(
        f"images/{kind}/{'/'.join(owners)}/{hash_}",
        hash_,
        Shown.EITHER,
        _FORMATS.get(extension),
        moves=hash_.startswith("a_"),
    )


def _numbered(kind: str, name: str, shown: Shown) -> Place | None:
    id_, _, extension = name.partition(".")
    lottie = extension == "json" and kind == "stickers"
    if not _is_id(id_) or not (lottie or _is_known(extension)):
        return None
    made_s = _made_s(id_)
    return Place(f"{kind}/{id_}", id_, shown, _FORMATS.get(extension), lottie, made_s=made_s)


def _drawn(name: str) -> Drawn | None:
    index, _, extension = name.partition(".")
    return Drawn(int(index)) if extension == "png" and index in {*"012345"} else None


def _is_known(extension: str) -> bool:
    return not extension or extension in _FORMATS


def _is_id(text: str) -> bool:
    """Whether it is an id, written as ids are written: one file has one address."""
    return parse(text) == text


def _made_s(id_: str) -> int:
    return int(created_at(id_).timestamp())
