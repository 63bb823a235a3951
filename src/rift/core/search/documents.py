"""A message as it is found: the words in it, and marks for all else that is known of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from rift.core.search.expressions import EACH, mark, quoted, word
from rift.core.search.folding import language, stem
from rift.core.search.terms import words
from rift.core.unit import Row
from rift.snowflake import Snowflake

_MOST_WORDS: Final = 4096
_MOST_MARKS: Final = 100
_LONGEST: Final = 256
_GAP: Final = 50
"""Between two texts of one message, so that no phrase reaches from one into the other."""

_LINK: Final = re.compile(r"https?://[^\s<>\"]{1,2048}", re.IGNORECASE)
_EMBEDDED: Final[Mapping[str, str]] = {"gifv": "gif", "link": "article", "rich": "article"}
_MEDIA: Final = ("image", "video", "audio")

_AS_WRITTEN: Final = "A"
_BESIDE: Final = "C"
"""The weight of words in embeds and names of files."""
_STEM: Final = "D"


class Document(NamedTuple):
    """A message, ready to be indexed. Words stand at their places, marks nowhere."""

    id: Snowflake
    channel_id: Snowflake
    scope: Snowflake
    """The guild it is found in, or its private channel."""
    author_id: Snowflake
    places: Mapping[str, Sequence[int]]
    weights: Mapping[str, str]
    plain: frozenset[str]
    """Its words without their lexemes' colon, as somebody may mean them."""

    def vector(self, segment: str) -> str:
        """As PostgreSQL reads it, within a segment."""
        return " ".join(self._lexemes(segment))

    def _lexemes(self, segment: str) -> Iterator[str]:
        for lexeme, places in self.places.items():
            if not places:
                yield quoted(lexeme, segment)
                continue
            weight = self.weights[lexeme]
            yield quoted(lexeme, segment) + ":" + ",".join(f"{at}{weight}" for at in places)


def document(row: Row) -> Document:
    """What a stored message is found by."""
    spoken = language(row["locale"])
    places: defaultdict[str, list[int]] = defaultdict(list)
    weights: dict[str, str] = {}
    plain = set[str]()
    place = 1
    for text, weight in _texts(row):
        for found in islice(words(text, place), _MOST_WORDS - place):
            _put(places, weights, word(found.text), found.place, weight)
            plain.add(found.text)
            root = stem(found.written, spoken) if found.written else ""
            if root:
                _put(places, weights, word(root), found.place, _STEM)
            place = found.place
        place += _GAP
    for name in (*_marks(row), *islice(_many_marks(row), _MOST_MARKS)):
        places[mark(name[:_LONGEST])] = []
    places[EACH] = []
    return Document(
        row["id"],
        row["channel_id"],
        row["guild_id"] or row["channel_id"],
        row["author_id"],
        places,
        weights,
        frozenset(plain),
    )


def _put(
    places: defaultdict[str, list[int]],
    weights: dict[str, str],
    lexeme: str,
    place: int,
    weight: str,
) -> None:
    found = places[lexeme]
    if not found or found[-1] != place:
        found.append(place)
    if weight < weights.get(lexeme, "Z"):
        weights[lexeme] = weight


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    yield row["content"], _AS_WRITTEN
    for carried in _carried(row):
        yield carried["content"], _AS_WRITTEN
    for embed in _embeds(row):
        parts = [embed.get("title"), embed.get("description")]
        parts += [embed.get(name, {}).get(key) for name, key in _SAID_IN_EMBEDS]
        for field in embed.get("fields", ()):
            parts += [field["name"], field["value"]]
        yield "\n".join(filter(None, parts)), _BESIDE
    for file in _files(row):
        said = (file["filename"], file.get("title"), file.get("description"))
        yield "\n".join(filter(None, said)), _BESIDE
    for sticker in _stickers(row):
        yield sticker["name"], _BESIDE
    if row["poll"] is not None:
        yield row["poll"]["question"]["text"], _AS_WRITTEN
        answers = [answer["poll_media"]["text"] for answer in row["poll"]["answers"]]
        yield "\n".join(answers), _BESIDE


_SAID_IN_EMBEDS: Final = (("author", "name"), ("footer", "text"), ("provider", "name"))


def _marks(row: Row) -> Iterator[str]:
    """What every message has, or may have once."""
    yield f"a{row['author_id']}"
    yield f"c{row['channel_id']}"
    yield f"t{_author_type(row)}"
    if row["pinned_at"] is not None:
        yield "pinned"
    if row["mention_everyone"]:
        yield "everyone"
    if row["answered_id"] is not None:
        yield f"q{row['answered_id']}"
    if row["answered_author_id"] is not None:
        yield f"p{row['answered_author_id']}"
    for thing in _things(row):
        yield f"h{thing}"
    yield from _of_command(row["interaction"] or {})


def _of_command(interaction: Mapping[str, Any]) -> Iterator[str]:
    """The command a message came of; by name with the sub-command, and without."""
    if interaction.get("command_id"):
        yield f"i{interaction['command_id']}"
    if interaction.get("name"):
        yield from {command_mark(interaction["name"]), command_mark(interaction["name"].split()[0])}


def _author_type(row: Row) -> str:
    if row["persona"] is not None:
        return "webhook"
    return "bot" if row["bot"] else "user"


def _things(row: Row) -> set[str]:
    """What the message has: Discord's `has`."""
    embeds, files = _embeds(row), _files(row)
    found = {"embed"} if embeds else set[str]()
    if files:
        found.add("file")
    if _stickers(row):
        found.add("sticker")
    if _carried(row):
        found.add("snapshot")
    if row["poll"] is not None:
        found.add("poll")
    if any(_LINK.search(text) for text in _written(row)):
        found.add("link")
    kinds = {(file.get("content_type") or "").partition("/")[0] for file in files}
    kinds |= {name for embed in embeds for name in ("image", "video") if name in embed}
    kinds |= {embed["type"] for embed in embeds if embed.get("type") in _MEDIA}
    kinds |= {"video" for embed in embeds if embed.get("type") == "gifv"}
    return found | {"sound" if kind == "audio" else kind for kind in kinds & {*_MEDIA}}


def _many_marks(row: Row) -> Iterator[str]:
    """What a message may have several of."""
    yield from (f"m{id_}" for id_ in row["mentions"])
    yield from (f"r{id_}" for id_ in row["mention_roles"])
    for embed in _embeds(row):
        type_ = embed.get("type", "rich")
        yield f"e{_EMBEDDED.get(type_, type_)}"
        if "provider" in embed:
            yield f"b{embed['provider'].get('name', '')}"
    for file in _files(row):
        yield filename_mark(file["filename"])
        yield f"x{file['filename'].rpartition('.')[2].lower()}"
    for text in _written(row):
        for link in _LINK.finditer(text):
            yield from hosts(link[0])


def filename_mark(name: str) -> str:
    """What a message with a file of this name is marked with."""
    return f"f{name.lower()}"


def command_mark(name: str) -> str:
    """What a message that came of a command of this name is marked with."""
    return f"n{name.lower()}"


def hosts(link: str) -> Iterator[str]:
    """The marks of where a link leads: the host, with and without `www.`."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return
    if host:
        yield f"l{host}"
        if host.startswith("www."):
            yield f"l{host[4:]}"


def _written(row: Row) -> Iterator[str]:
    yield row["content"]
    yield from (carried["content"] for carried in _carried(row))


def _embeds(row: Row) -> Sequence[Mapping[str, Any]]:
    """The embeds, one's own and those of what is forwarded."""
    return [*(row["embeds"] or ()), *_of_carried(row, "embeds")]


def _files(row: Row) -> Sequence[Mapping[str, Any]]:
    return [*(row["attachments"] or ()), *_of_carried(row, "attachments")]


def _stickers(row: Row) -> Sequence[Mapping[str, Any]]:
    return [*(row["sticker_items"] or ()), *_of_carried(row, "sticker_items")]


def _of_carried(row: Row, name: str) -> Iterable[Mapping[str, Any]]:
    return [it for carried in _carried(row) for it in carried.get(name) or ()]


def _carried(row: Row) -> Sequence[Mapping[str, Any]]:
    """What a forward brings along."""
    reference = row["reference"]
    if reference is None:
        return ()
    return [it["message"] for it in reference.get("snapshots", ())]
