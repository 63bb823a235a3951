"""A poll as somebody asks it, checked, as it will stand in their message."""

from datetime import timedelta
from typing import Final

from msgspec import UNSET, UnsetType

from rift import errors
from rift.core.access import Room
from rift.core.actor import Speaker
from rift.core.emojis import using
from rift.core.reactions import emojis
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import Permission
from rift.wire.emojis import PartialEmoji
from rift.wire.polls import (
    Poll,
    PollAnswer,
    PollBody,
    PollEmojiBody,
    PollMedia,
    PollMediaBody,
    PollResults,
)

_HOURS: Final = 24
_LONGEST_QUESTION: Final = 300
_LONGEST_ANSWER: Final = 55


def check(room: Room, body: PollBody) -> None:
    """What can be said of a poll before anything is looked up."""
    room.require(Permission.SEND_POLLS)
    _text(body.question, "poll.question.text", _LONGEST_QUESTION)
    if body.question.emoji is not None:
        words = "A question has no emoji."
        raise InvalidForm.at("poll.question.emoji", "POLL_QUESTION_EMOJI", words)
    for at, answer in enumerate(body.answers):
        _text(answer.poll_media, f"poll.answers.{at}.poll_media.text", _LONGEST_ANSWER)


async def drawn(unit: Unit, speaker: Speaker, room: Room, body: PollBody) -> Poll:
    """A checked poll, with the emojis that are the speaker's to use."""
    answers = [
        PollAnswer(
            answer_id=number,
            poll_media=PollMedia(
                text=(answer.poll_media.text or "").strip(),
                emoji=await _emoji(unit, speaker, room, answer.poll_media.emoji),
            ),
        )
        for number, answer in enumerate(body.answers, 1)
    ]
    return Poll(
        question=PollMedia(text=(body.question.text or "").strip()),
        answers=answers,
        expiry=unit.now() + timedelta(hours=int(body.duration or _HOURS)),
        allow_multiselect=bool(body.allow_multiselect),
        results=PollResults(),
    )


def _text(media: PollMediaBody, path: str, most: int) -> None:
    text = (media.text or "").strip()
    if not text:
        raise InvalidForm({path: [REQUIRED]})
    if len(text) > most:
        words = f"Must be {most} or fewer in length."
        raise InvalidForm.at(path, "BASE_TYPE_MAX_LENGTH", words)


async def _emoji(
    unit: Unit, speaker: Speaker, room: Room, body: PollEmojiBody | None
) -> PartialEmoji | UnsetType:
    if body is None or (body.id is None and not body.name):
        return UNSET
    if body.id is None:
        return _of_unicode(body.name or "")
    found = (await using.within_reach(unit, speaker, room, [body.id])).get(body.id)
    if found is None or (found.external and not room.may(Permission.USE_EXTERNAL_EMOJIS)):
        raise errors.PollEmojiForbidden
    return found.emoji


def _of_unicode(name: str) -> PartialEmoji:
    try:
        known = emojis.checked(name)
    except emojis.NotAnEmoji as error:
        raise errors.PollEmojiForbidden from error
    if emojis.custom_id(known) is not None:
        raise errors.PollEmojiForbidden
    return PartialEmoji(name=known)
