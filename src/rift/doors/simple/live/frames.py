"""What is said on the simple WebSocket: commands in, events out, each tagged with its type."""

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Annotated, Any, Final, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

from rift.doors.simple import ids, translation
from rift.doors.simple.ids import GivenId
from rift.doors.simple.shapes import ChangedMessage
from rift.errors import Refusal
from rift.wire.gateway import MessageDelete, MessageDeleteBulk, TypingStart
from rift.wire.messages import MessageEvent
from rift.wire.presences import PresenceUpdate


class CloseCode(IntEnum):
    """Why a socket was closed; the numbers from 4000 on are those Discord's gateway uses."""

    RESTART = 1012
    TOO_SLOW = 1013
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    RATE_LIMITED = 4008
    TIMED_OUT = 4009


class _Command(Struct, frozen=True, kw_only=True, tag_field="type"):
    pass


class Identify(_Command, frozen=True, kw_only=True, tag="Identify"):
    """The first message; again, with a newer token, before the old one expires."""

    token: Annotated[str, Meta(max_length=1024)]


class SendMessage(_Command, frozen=True, kw_only=True, tag="SendMessage"):
    channel_id: GivenId
    content: str


class StartTyping(_Command, frozen=True, kw_only=True, tag="StartTyping"):
    channel_id: GivenId


class UpdatePresence(_Command, frozen=True, kw_only=True, tag="UpdatePresence"):
    status: Literal["online", "idle", "dnd", "invisible", "offline"]


class SubscribeChannel(_Command, frozen=True, kw_only=True, tag="SubscribeChannel"):
    channel_id: GivenId


class SubscribeServer(_Command, frozen=True, kw_only=True, tag="SubscribeServer"):
    server_id: GivenId


Command = Identify | SendMessage | StartTyping | UpdatePresence | SubscribeChannel | SubscribeServer

COMMANDS: Final[msgspec.json.Decoder[Command]] = msgspec.json.Decoder(Command)


class Told(NamedTuple):
    """An event as a client is told it, and where it happened; in no server, it is private."""

    text: bytes
    server_id: str | None
    channel_id: str | None


def frame(type_: str, data: Any) -> bytes:
    return msgspec.json.encode({"type": type_, "data": data})


def refused(refusal: Refusal) -> bytes:
    """The one message the seed does not have: nobody is left to guess why nothing happens."""
    return frame("Error", translation.refusal(refusal))


def translate(name: str, payload: bytes) -> list[Told]:
    """What a client is told of one of Discord's events; most are not told."""
    teller = _TELLERS.get(name)
    return [] if teller is None else list(teller(payload))


def _created(payload: bytes) -> Iterable[Told]:
    event = msgspec.json.decode(payload, type=MessageEvent)
    yield _message(event, "MessageCreate", translation.message(event))


def _updated(payload: bytes) -> Iterable[Told]:
    event = msgspec.json.decode(payload, type=MessageEvent)
    yield _message(event, "MessageUpdate", translation.changed_message(event))


def _message(event: MessageEvent, type_: str, shown: ChangedMessage) -> Told:
    return Told(frame(type_, shown), event.guild_id or None, event.channel_id)


def _deleted(payload: bytes) -> Iterable[Told]:
    event = msgspec.json.decode(payload, type=MessageDelete)
    yield _gone(event.id, event.channel_id, event.guild_id or None)


def _bulk_deleted(payload: bytes) -> Iterable[Told]:
    event = msgspec.json.decode(payload, type=MessageDeleteBulk)
    for id_ in event.ids:
        yield _gone(id_, event.channel_id, event.guild_id or None)


def _gone(message_id: str, channel_id: str, guild_id: str | None) -> Told:
    data = {"id": ids.shown(message_id), "channel_id": ids.shown(channel_id)}
    return Told(frame("MessageDelete", data), guild_id, channel_id)


def _typing(payload: bytes) -> Iterable[Told]:
    event = msgspec.json.decode(payload, type=TypingStart)
    data = {"channel_id": ids.shown(event.channel_id), "user_id": ids.shown(event.user_id)}
    yield Told(frame("TypingStart", data), event.guild_id or None, event.channel_id)


def _presence(payload: bytes) -> Iterable[Told]:
    event = msgspec.json.decode(payload, type=PresenceUpdate)
    data = {"user_id": ids.shown(event.user.id), "status": event.status}
    yield Told(frame("PresenceUpdate", data), event.guild_id or None, None)


_TELLERS: Final[Mapping[str, Callable[[bytes], Iterable[Told]]]] = {
    "MESSAGE_CREATE": _created,
    "MESSAGE_UPDATE": _updated,
    "MESSAGE_DELETE": _deleted,
    "MESSAGE_DELETE_BULK": _bulk_deleted,
    "TYPING_START": _typing,
    "PRESENCE_UPDATE": _presence,
}
