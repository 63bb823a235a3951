"""What a sender wrote, checked field by field, as the fields of the message to be."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import UNSET

from rift import errors
from rift.core.access import Room
from rift.core.components import checking, media
from rift.core.messages import forwarding
from rift.core.polls import drafting as polling
from rift.errors import FieldError, InvalidForm
from rift.permissions import Permission
from rift.wire.embeds import Embed, EmbedBody
from rift.wire.limits import Json
from rift.wire.messages import CreateMessage, Message, ModifyMessage

SUPPRESS_EMBEDS: Final = 1 << 2
SUPPRESS_NOTIFICATIONS: Final = 1 << 12
VOICE: Final = 1 << 13
"""One recording and nothing else."""
LAYOUT: Final = 1 << 15
"""Components of all kinds, and nothing besides."""
_SENDABLE_FLAGS: Final = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE | LAYOUT
_SOMETHING: Final = frozenset({"embeds", "components"})
_MOST_IN_EMBEDS: Final = 6000
_INT64: Final = 2**63
_LEGACY: Final = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"

Shape = dict[str, Any]


def written(room: Room, body: CreateMessage, most: int, *, files: bool = False) -> Shape:
    """The fields of a new message that are not at their default; `files` says it brings some."""
    shape: Shape = {"content": text(body.content, most)}
    if body.poll:
        polling.check(room, body.poll)
    given = body.embeds or ([body.embed] if body.embed else None)
    if given:
        shape["embeds"] = embeds(room, given)
    if body.components or (body.flags or 0) & LAYOUT:
        shape["components"] = _components(body, files=files)
    if body.flags:
        shape["flags"] = body.flags & _SENDABLE_FLAGS
        if body.flags & VOICE:
            _check_voice(room, shape)
    if body.tts:
        room.require(Permission.SEND_TTS_MESSAGES)
        shape["tts"] = True
    if body.nonce is not None:
        shape["nonce"] = _nonce(body.nonce)
    if forwarding.is_forward(body):
        forwarding.check(body, files=files)
    elif not (
        files or body.sticker_ids or body.poll or shape["content"] or shape.keys() & _SOMETHING
    ):
        raise errors.EmptyMessage
    return shape


def rewritten(room: Room, before: Message, body: ModifyMessage, most: int) -> Shape:
    """The fields an edit sets."""
    shape: Shape = {}
    _check_not_final(before, body)
    if body.content is not UNSET:
        shape["content"] = text(body.content, most)
    if body.embeds is not UNSET:
        shape["embeds"] = embeds(room, body.embeds) if body.embeds else []
    if body.components is not UNSET:
        layout = bool((before.flags | (body.flags or 0)) & LAYOUT)
        shape["components"] = checking.of_message(body.components or [], layout=layout)
    if body.flags is not UNSET and body.flags is not None:
        kept = before.flags & ~SUPPRESS_EMBEDS
        shape["flags"] = kept | (body.flags & (SUPPRESS_EMBEDS | LAYOUT))
    if shape.get("flags", before.flags) & LAYOUT:
        for name in ("content", "embeds"):
            if shape.get(name, getattr(before, name)):
                raise InvalidForm({name: [_legacy(name)]})
    return shape


def _components(body: CreateMessage, *, files: bool) -> list[Json]:
    """Components as they are shown; those that show files wait until these are known."""
    layout = bool((body.flags or 0) & LAYOUT)
    if layout:
        _check_layout(body)
    found = checking.of_message(body.components or [], layout=layout)
    if files:
        return found
    media.check(found, ())
    return media.shown(found, (), base="")  # of what is new nothing is fetched yet


def _check_layout(body: CreateMessage) -> None:
    fields = ("content", "embeds", "embed", "sticker_ids", "poll")
    wrong = [name for name in fields if getattr(body, name)]
    if wrong:
        raise InvalidForm({name: [_legacy(name)] for name in wrong})
    if not body.components:
        raise errors.EmptyMessage


def _legacy(name: str) -> FieldError:
    words = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
    return FieldError(_LEGACY, words)


def text(content: str | None, most: int) -> str:
    """The content without the blanks around it."""
    if not content:
        return ""
    content = content.strip()
    if len(content) > most:
        words = f"Must be {most} or fewer in length."
        raise InvalidForm.at("content", "BASE_TYPE_MAX_LENGTH", words)
    return content


def embeds(room: Room, bodies: Sequence[EmbedBody]) -> list[Embed]:
    """The embeds as they are kept."""
    room.require(Permission.EMBED_LINKS)
    if sum(body.length() for body in bodies) > _MOST_IN_EMBEDS:
        words = f"Embed size exceeds maximum size of {_MOST_IN_EMBEDS}"
        raise InvalidForm.at("embeds", "MAX_EMBED_SIZE_EXCEEDED", words)
    empty = [number for number, body in enumerate(bodies) if _is_empty(body)]
    if empty:
        raise InvalidForm({f"embeds.{number}.description": [errors.REQUIRED] for number in empty})
    return [body.embed() for body in bodies]


def _is_empty(body: EmbedBody) -> bool:
    return not any(
        (
            body.title,
            body.description,
            body.fields,
            body.image and body.image.url,
            body.thumbnail and body.thumbnail.url,
            body.author and body.author.name,
            body.footer and body.footer.text,
        )
    )


def _nonce(nonce: int | str) -> int | str:
    if isinstance(nonce, int) and not -_INT64 <= nonce < _INT64:
        raise InvalidForm.at("nonce", "NUMBER_TYPE_MAX", "Number is out of range.")
    return nonce


def _check_voice(room: Room, shape: Shape) -> None:
    room.require(Permission.SEND_VOICE_MESSAGES)
    if shape["content"] or "embeds" in shape or "components" in shape:
        raise errors.VoiceHasNoMore


def _check_not_final(before: Message, body: ModifyMessage) -> None:
    """Of some messages only the flags can be changed."""
    if before.flags & VOICE:
        raise errors.VoiceIsFinal
    said = (body.content, body.embeds, body.components, body.attachments)
    if before.poll is not UNSET and any(field is not UNSET for field in said):
        raise errors.PollIsFinal
    if before.message_snapshots is not UNSET:
        forwarding.check(body)
