"""All that a message says, as one text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import UNSET

from rift.wire.embeds import Embed
from rift.wire.polls import Poll

_MOST: Final = 16_000
"""More than fits into a message with embeds, and less than would take long to look through."""


def text(shape: Mapping[str, Any]) -> str:
    """What the author wrote and what they carried along."""
    said = shape.get("content", "")
    if len(shape) <= 1:
        return str(said)
    return "\n".join(filter(None, _parts(shape)))[:_MOST]


def _parts(shape: Mapping[str, Any]) -> Iterator[str]:
    yield shape.get("content", "")
    yield from _embedded(shape.get("embeds") or ())
    yield from _built(shape.get("components") or ())
    poll = shape.get("poll")
    if isinstance(poll, Poll):
        yield poll.question.text
        yield from (answer.poll_media.text for answer in poll.answers)
    snapshots = shape.get("message_snapshots")
    for snapshot in () if snapshots is UNSET else snapshots or ():
        yield snapshot.message.content
        yield from _embedded(snapshot.message.embeds)


def _embedded(embeds: Sequence[Embed]) -> Iterator[str]:
    for embed in embeds:
        if embed.is_derived:
            continue
        yield from (part for part in (embed.title, embed.description) if part is not UNSET)
        if embed.author is not UNSET:
            yield embed.author.name
        for field in () if embed.fields is UNSET else embed.fields:
            yield from (field.name, field.value)
        if embed.footer is not UNSET:
            yield embed.footer.text


def _built(components: Sequence[Any]) -> Iterator[str]:
    """The texts and labels of components, however deep they stand."""
    for part in components:
        for name in ("content", "label", "placeholder"):
            if isinstance(part.get(name), str):
                yield part[name]
        yield from _built(part.get("components") or ())
        if isinstance(part.get("accessory"), dict):
            yield from _built((part["accessory"],))
