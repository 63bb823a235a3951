"""Ends polls when their time has come, each once, and says in the channel what came out."""

import logging
from collections.abc import Iterator
from typing import Any, Final

from msgspec import UNSET

from rift.core import access
from rift.core.access import Room
from rift.core.bells import Bell
from rift.core.messages import announcing, people, reading, telling
from rift.core.offices import Officer
from rift.core.polls import queries
from rift.core.unit import Row, Unit
from rift.db.pool import AWAY
from rift.snowflake import Snowflake
from rift.wire.embeds import Embed, EmbedField
from rift.wire.messages import Message
from rift.wire.polls import Poll, PollAnswerCount
from rift.wire.users import OF_WEBHOOK

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 100
_RESULT: Final = "poll_result"


class Teller(Officer):
    """One process of the instance has one at work; a second one would find nothing to end.

    Nobody rings for a new poll: it lasts for an hour at least, and when it ends is read before.
    """

    office = bell = Bell.POLLS
    next_due = queries.NEXT_DUE

    async def step(self) -> bool:
        """End those whose time has come; whether there may be more of them."""
        async with Unit(self._house, reading=True) as glance:
            due = await glance.all(queries.DUE, glance.now(), _AT_ONCE)
        for row in due:
            await self._attend_to(row)
        return len(due) == _AT_ONCE

    async def _attend_to(self, row: Row) -> None:
        try:
            await self._end(row)
        except AWAY:
            raise
        except Exception:  # noqa: BLE001  # the edge of a job: others are due as well
            _log.exception("the poll %s is ended again", row["id"])

    async def _end(self, row: Row) -> None:
        author = people.persona(row) or people.user_from_row(row)
        async with Unit(self._house, reading=True) as glance:
            room = await access.written_in(glance, author, row["channel_id"])
        async with Unit(self._house) as unit:
            if room is None:  # its channel is gone, and so will it be
                await unit.run(queries.END, row["channel_id"], row["id"], {"is_finalized": True})
            else:
                await end(unit, room, row["id"])


async def end(
    unit: Unit, room: Room, message_id: Snowflake, *, early: bool = False
) -> Message | None:
    """End a poll of who is in the room; None where it has ended already."""
    noted: dict[str, Any] = {"is_finalized": True}
    if early:
        noted["expiry"] = unit.now()
    if not await unit.run(queries.END, room.channel.id, message_id, noted):
        return None
    message = await reading.one(unit, room.channel.id, message_id, room.user.id)
    unit.emit(await telling.updated(unit, room, message))
    if message.poll is not UNSET:
        said: dict[str, Any] = {
            "embeds": [_outcome(message.poll)],
            "message_reference": reading.pointer(room, message_id),
        }
        if room.user.discriminator == OF_WEBHOOK:
            said["webhook_id"] = room.user.id
        await announcing.announce(unit, room, announcing.POLL_ENDED, said)
    return message


def _outcome(poll: Poll) -> Embed:
    """What came out, in the fields that clients read it from."""
    fields = [EmbedField(name=name, value=value) for name, value in _outcomes(poll)]
    return Embed(type=_RESULT, fields=fields)


def _outcomes(poll: Poll) -> Iterator[tuple[str, str]]:
    counted = [] if poll.results is UNSET else poll.results.answer_counts
    most = max((one.count for one in counted), default=0)
    yield "poll_question_text", poll.question.text
    yield "victor_answer_votes", str(most)
    yield "total_votes", str(sum(one.count for one in counted))
    first = [one for one in counted if one.count == most]
    if len(first) == 1:
        yield from _victor(poll, first[0])


def _victor(poll: Poll, won: PollAnswerCount) -> Iterator[tuple[str, str]]:
    [media] = [one.poll_media for one in poll.answers if one.answer_id == won.id]
    yield "victor_answer_id", str(won.id)
    yield "victor_answer_text", media.text
    if media.emoji is not UNSET:
        if media.emoji.id is not None:
            yield "victor_answer_emoji_id", media.emoji.id
        if media.emoji.name is not None:
            yield "victor_answer_emoji_name", media.emoji.name
        yield "victor_answer_emoji_animated", "true" if media.emoji.animated is True else "false"
