"""What happens between two people in private, event by event, and what nobody else may learn."""

from collections.abc import Awaitable, Callable
from typing import Final

from tests.api import Person
from tests.guard.stage import EMOJI, POLL, Stage
from tests.nouns.circles import befriend, direct, group

Confidence = Callable[[Stage, Person], Awaitable[str]]
"""Plays a scene between the owner and their friend; answers the id of the channel."""

CONFIDENCES: Final[dict[str, Confidence]] = {}

ELSEWHERE: Final = {
    "MessageDeleteBulk": "nobody moderates a private channel",
    "ReactionRemoveAll": "nobody moderates a private channel",
    "ReactionRemoveEmoji": "nobody moderates a private channel",
    "InviteCreate": "there are no invites to private channels",
    "InviteDelete": "there are no invites to private channels",
    "ReportCreate": "what is reported in private is told to the owners of the instance alone",
    "ReportUpdate": "what is reported in private is told to the owners of the instance alone",
    "ThreadCreate": "there are no threads in private channels",
    "ThreadUpdate": "there are no threads in private channels",
    "ThreadDelete": "there are no threads in private channels",
    "ThreadMembersUpdate": "there are no threads in private channels",
    "HappeningCreate": "nothing is scheduled in private",
    "HappeningUpdate": "nothing is scheduled in private",
    "HappeningDelete": "nothing is scheduled in private",
    "HappeningExceptionCreate": "nothing is scheduled in private",
    "HappeningExceptionUpdate": "nothing is scheduled in private",
    "HappeningExceptionDelete": "nothing is scheduled in private",
    "HappeningExceptionsDelete": "nothing is scheduled in private",
    "HappeningUserAdd": "nothing is scheduled in private",
    "HappeningUserRemove": "nothing is scheduled in private",
    "StageCreate": "there are no stages in private",
    "StageUpdate": "there are no stages in private",
    "StageDelete": "there are no stages in private",
    "VoiceStateUpdate": "nobody calls in private yet",
    "VoiceStatusUpdate": "nobody calls in private yet",
    "VoiceStartTimeUpdate": "nobody calls in private yet",
    "VoiceEffectSend": "nobody calls in private yet",
    "WebhooksUpdate": "there are no webhooks in private channels",
}
"""Events of channels that do not happen in private, each with the reason."""


def confidence(event: str) -> Callable[[Confidence], Confidence]:
    def register(play: Confidence) -> Confidence:
        CONFIDENCES[event] = play
        return play

    return register


async def _said(stage: Stage, friend: Person) -> tuple[str, str]:
    channel = await direct(stage.owner, friend)
    message = await stage.owner.say(channel["id"], f"between us, not <@{stage.member.id}>")
    return channel["id"], f"/channels/{channel['id']}/messages/{message['id']}"


@confidence("ChannelCreate")
async def _(stage: Stage, friend: Person) -> str:
    return str((await group(stage.owner, friend))["id"])


@confidence("ChannelUpdate")
async def _(stage: Stage, friend: Person) -> str:
    channel = await group(stage.owner, friend)
    await stage.owner.patch(f"/channels/{channel['id']}", {"name": "secret"})
    return str(channel["id"])


@confidence("ChannelDelete")
async def _(stage: Stage, friend: Person) -> str:
    channel = await group(stage.owner, friend)
    await stage.owner.delete(f"/channels/{channel['id']}/recipients/{friend.id}")
    return str(channel["id"])


@confidence("RecipientAdd")
async def _(stage: Stage, friend: Person) -> str:
    channel = await group(stage.owner, friend)
    other = await stage.server.person()
    await befriend(stage.owner, other)
    await stage.owner.put(f"/channels/{channel['id']}/recipients/{other.id}")
    return str(channel["id"])


@confidence("RecipientRemove")
async def _(stage: Stage, friend: Person) -> str:
    channel = await group(stage.owner, friend)
    await stage.owner.delete(f"/channels/{channel['id']}")
    return str(channel["id"])


@confidence("ChannelPinsUpdate")
async def _(stage: Stage, friend: Person) -> str:
    channel_id, path = await _said(stage, friend)
    await stage.owner.put(path.replace("/messages/", "/messages/pins/"))
    return channel_id


@confidence("MessageCreate")
async def _(stage: Stage, friend: Person) -> str:
    return (await _said(stage, friend))[0]


@confidence("MessageUpdate")
async def _(stage: Stage, friend: Person) -> str:
    channel_id, path = await _said(stage, friend)
    await stage.owner.patch(path, {"content": "rather not said"})
    return channel_id


@confidence("MessageDelete")
async def _(stage: Stage, friend: Person) -> str:
    channel_id, path = await _said(stage, friend)
    await stage.owner.delete(path)
    return channel_id


@confidence("PollVoteAdd")
async def _(stage: Stage, friend: Person) -> str:
    channel_id, path = await _asked(stage, friend)
    await stage.owner.put(path, {"answer_ids": [1]})
    return channel_id


@confidence("PollVoteRemove")
async def _(stage: Stage, friend: Person) -> str:
    channel_id, path = await _asked(stage, friend)
    await stage.owner.put(path, {"answer_ids": [1]})
    await stage.owner.put(path, {"answer_ids": []})
    return channel_id


async def _asked(stage: Stage, friend: Person) -> tuple[str, str]:
    """A poll between two, and where it is answered."""
    channel = await direct(stage.owner, friend)
    said = await stage.owner.post(f"/channels/{channel['id']}/messages", {"poll": POLL})
    return channel["id"], f"/channels/{channel['id']}/polls/{said['id']}/answers/@me"


@confidence("ReactionAdd")
async def _(stage: Stage, friend: Person) -> str:
    channel_id, path = await _said(stage, friend)
    await stage.owner.put(f"{path}/reactions/{EMOJI}/@me")
    return channel_id


@confidence("ReactionRemove")
async def _(stage: Stage, friend: Person) -> str:
    channel_id, path = await _said(stage, friend)
    await stage.owner.put(f"{path}/reactions/{EMOJI}/@me")
    await stage.owner.delete(f"{path}/reactions/{EMOJI}/@me")
    return channel_id


@confidence("TypingStart")
async def _(stage: Stage, friend: Person) -> str:
    channel = await direct(stage.owner, friend)
    await stage.owner.post(f"/channels/{channel['id']}/typing")
    return str(channel["id"])
