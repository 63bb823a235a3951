"""What the addresses of the CDN stand for.

Nothing that was typed becomes a key of the store but ids and hashes, which have no other letters
than theirs; names only count towards a signature.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Final, NamedTuple
from urllib.parse import unquote

from rift.media import Format
from rift.snowflake import created_at, parse

ROOT: Final = "/cdn/"

Found = re.Match[str]

_PICTURES: Final[Mapping[str, str]] = {
    "avatars": "avatars",
    "banners": "banners",
    "icons": "icons",
    "splashes": "splashes",
    "discovery-splashes": "discovery-splashes",
    "home-headers": "home-headers",
    "new-member-actions": "new-member-actions",
    "resource-channels": "resource-channels",
    "role-icons": "role-icons",
    "channel-icons": "groups",
    "app-icons": "application-icons",
    "guild-events": "guild-events",
}
"""Folders of pictures, and where in `images/` these lie."""

FORMATS: Final[Mapping[str, Format]] = {
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "webp": "webp",
    "gif": "gif",
    "avif": "avif",
}
_FETCHED: Final = "previews/"
_AVATARS: Final = "images/avatars"
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
    def is_fetched(self) -> bool:
        """Whether it came from somebody else's site."""
        return self.key.startswith(_FETCHED)

    @property
    def face(self) -> tuple[str, str] | None:
        """Whose avatar it is, and which: it may be one that a message of a webhook named."""
        folder, _, owner = self.key.rpartition("/")[0].rpartition("/")
        return (owner, self.tag) if folder == _AVATARS else None

    @property
    def is_signed(self) -> bool:
        return bool(self.channel_id)


class Drawn(NamedTuple):
    """A picture of who has none, one of six."""

    number: int


class Lent(NamedTuple):
    """A file that lies at somebody else's, by the signature of its address."""

    signature: str
    coded: str


def find(raw_path: str) -> Place | Drawn | Lent | None:
    """What an address stands for, if it is one of ours; whether it is there is not looked at."""
    if len(raw_path) <= _LONGEST and raw_path.startswith(ROOT):
        for address, made in _ADDRESSES:
            found = address.fullmatch(raw_path, len(ROOT))
            if found is not None:
                return made(found)
    return None


def _attachment(shown: Shown, found: Found) -> Place | None:
    channel_id, attachment_id = found["channel"], found["id"]
    try:
        # Taken out before it is decoded: an encoded slash is part of a name.
        filename = unquote(found["name"], errors="strict")
    except UnicodeDecodeError:
        return None
    if not (_is_id(channel_id) and _is_id(attachment_id)):
        return None
    return Place(
        f"attachments/{channel_id}/{attachment_id}",
        attachment_id,
        shown,
        made_s=_made_s(attachment_id),
        channel_id=channel_id,
        attachment_id=attachment_id,
        filename=filename,
    )


def _picture(found: Found) -> Place | None:
    return _hashed(f"{_PICTURES[found['folder']]}/{found['owner']}", found, found["owner"])


def _of_member(found: Found) -> Place | None:
    guild_id, user_id = found["guild"], found["user"]
    return _hashed(f"members/{guild_id}/{user_id}", found, guild_id, user_id)


def _hashed(folder: str, found: Found, *owners: str) -> Place | None:
    if not all(map(_is_id, owners)):
        return None
    hash_, extension = found["hash"], found["extension"]
    return Place(
        f"images/{folder}/{hash_}",
        hash_,
        Shown.EITHER,
        FORMATS.get(extension or ""),
        moves=hash_.startswith("a_"),
    )


def _numbered(kind: str, shown: Shown, found: Found) -> Place | None:
    id_, extension = found["id"], found["extension"] or ""
    if not _is_id(id_):
        return None
    lottie = extension == "json"
    return Place(f"{kind}/{id_}", id_, shown, FORMATS.get(extension), lottie, made_s=_made_s(id_))


def _preview(found: Found) -> Place:
    return fetched(found["token"])


def fetched(token: str, format_: Format | None = None) -> Place:
    """An image that was fetched from elsewhere."""
    return Place(f"{_FETCHED}{token}", token, Shown.RENDITION, format_)


def _drawn(found: Found) -> Drawn:
    return Drawn(int(found["number"]))


def _lent(found: Found) -> Lent:
    return Lent(found["signature"], found["coded"])


def _is_id(text: str) -> bool:
    """Whether it is an id, written as ids are written: one file has one address."""
    return parse(text) == text


def _made_s(id_: str) -> int:
    return int(created_at(id_).timestamp())


_HASH: Final = "(?P<hash>(?:a_)?[0-9a-f]{32})"
_EXTENSION: Final = rf"(?:\.(?P<extension>{'|'.join(FORMATS)}))?"
_FILE: Final = "(?P<channel>[0-9]+)/(?P<id>[0-9]+)/(?P<name>[^/]+)"
_MEMBER: Final = "guilds/(?P<guild>[0-9]+)/users/(?P<user>[0-9]+)/(?:avatars|banners)"

_ADDRESSES: Final[
    Sequence[tuple[re.Pattern[str], Callable[[Found], Place | Drawn | Lent | None]]]
] = [
    (re.compile(pattern), made)
    for pattern, made in (
        (rf"attachments/{_FILE}", partial(_attachment, Shown.ORIGINAL)),
        (rf"media/attachments/{_FILE}", partial(_attachment, Shown.RENDITION)),
        (rf"(?P<folder>{'|'.join(_PICTURES)})/(?P<owner>[0-9]+)/{_HASH}{_EXTENSION}", _picture),
        (rf"{_MEMBER}/{_HASH}{_EXTENSION}", _of_member),
        (rf"emojis/(?P<id>[0-9]+){_EXTENSION}", partial(_numbered, "emojis", Shown.EITHER)),
        (
            rf"stickers/(?P<id>[0-9]+)(?:\.(?P<extension>json|{'|'.join(FORMATS)}))?",
            partial(_numbered, "stickers", Shown.EITHER),
        ),
        (
            "soundboard-sounds/(?P<id>[0-9]+)(?P<extension>)",
            partial(_numbered, "sounds", Shown.ORIGINAL),
        ),
        ("previews/(?P<token>[0-9a-f]{32})", _preview),
        (r"embed/avatars/(?P<number>[0-5])\.png", _drawn),
        ("gifs/(?P<signature>[0-9a-f]{32})/(?P<coded>[A-Za-z0-9_-]+)", _lent),
    )
]
