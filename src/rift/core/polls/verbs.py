"""What can be done with polls: answer them, see who did, end one's own."""

from rift import errors, events
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.messages import people, rooms
from rift.core.polls import ending, queries
from rift.core.private_channels import reaching
from rift.core.unit import Row, Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.messages import Message
from rift.wire.polls import PollVoters, Vote, VotersQuery

_READ = Permission.READ_MESSAGE_HISTORY


async def vote(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake, body: Vote
) -> None:
    """Choose among the answers of a poll; what one chose before and names no more is taken back."""
    actor.must_be_person()
    room = await reaching.enter(unit, actor, channel_id, _READ)
    await unit.run(queries.TAKE_TURN, f"{message_id} {actor.id}")
    asked = _asked(await unit.maybe(queries.HOLD, channel_id, message_id))
    if asked["poll_ends_at"] is None or asked["poll_ends_at"] <= unit.now():
        raise errors.PollExpired
    if await unit.maybe(queries.BLOCK, asked["author_id"], actor.id) is not None:
        raise errors.PollVotingBlocked
    _check_choice(asked["poll"], body.answer_ids)
    for row in await unit.all(queries.VOTE, channel_id, message_id, actor.id, body.answer_ids):
        unit.emit(_told(room, message_id, row))


async def voters(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    message_id: Snowflake,
    answer_id: Snowflake,
    query: VotersQuery,
) -> PollVoters:
    """Who chose an answer, by id."""
    await rooms.enter(unit, actor, channel_id, _READ)
    asked = _asked(await unit.maybe(queries.ASKED, channel_id, message_id))
    number = int(answer_id)
    if number not in _numbers(asked["poll"]):
        raise errors.NotFound
    rows = await unit.all(queries.VOTERS, channel_id, message_id, number, query.after, query.limit)
    return PollVoters(users=[people.user_from_row(row) for row in rows])


async def expire(unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake) -> Message:
    """End a poll of one's own before its time."""
    room = await reaching.enter(unit, actor, channel_id, _READ)
    asked = await unit.maybe(queries.ASKED, channel_id, message_id)
    if asked is None:
        raise errors.UnknownMessage
    if asked["poll"] is None:
        raise errors.NotAPoll
    if asked["author_id"] != actor.id:
        raise errors.NotYourMessage
    ended = await ending.end(unit, room, message_id, early=True)
    if ended is None:
        raise errors.PollExpired
    return ended


def _asked(row: Row | None) -> Row:
    if row is None or row["poll"] is None:
        raise errors.UnknownMessage
    return row


def _numbers(poll: Row) -> list[int]:
    return [answer["answer_id"] for answer in poll["answers"]]


def _check_choice(poll: Row, chosen: list[int]) -> None:
    numbers = _numbers(poll)
    for at, number in enumerate(chosen):
        if number not in numbers:
            words = "There is no such answer."
            raise InvalidForm.at(f"answer_ids.{at}", "POLL_ANSWER_UNKNOWN", words)
    if len(set(chosen)) > 1 and not poll["allow_multiselect"]:
        words = "Only one answer may be chosen."
        raise InvalidForm.at("answer_ids", "POLL_MULTISELECT_NOT_ALLOWED", words)


def _told(
    room: Room, message_id: Snowflake, row: Row
) -> events.PollVoteAdd | events.PollVoteRemove:
    data = gateway.MessagePollVote(
        user_id=room.user.id,
        channel_id=room.channel.id,
        message_id=message_id,
        answer_id=row["answer_id"],
        guild_id=room.guild_id,
    )
    kind = events.PollVoteAdd if row["given"] else events.PollVoteRemove
    return kind(data=data, to=room.people)
