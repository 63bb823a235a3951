"""What a client may say on the gateway, decoded and checked."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import replace

from rift.protocols import etf
from rift.protocols.frames import Encoding
from rift.protocols.gateway import USER_OPCODES, CloseCode, Closing, Opcode
from rift.snowflake import SnowflakeInput, SnowflakesInput, decode_hook
from rift.wire.characters import json_holds_nul
from rift.wire.gateway import Identify, RequestGuildMembers, Resume, UpdateVoiceState
from rift.wire.presences import UpdatePresence

MAX_PAYLOAD_BYTES: Final = 15_360
"""What people's clients hold themselves to when they subscribe to many guilds at once."""


class Heartbeat(Struct, frozen=True, kw_only=True):
    """Opcode 1; opcode 40, which the official client sends instead, says more."""

    seq: int | None = None


class RequestSoundboardSounds(Struct, frozen=True, kw_only=True):
    """Opcode 31."""

    guild_ids: SnowflakesInput


class RequestChannelInfo(Struct, frozen=True, kw_only=True):
    """Opcode 43."""

    guild_id: SnowflakeInput
    fields: list[str] = []


class CallConnect(Struct, frozen=True, kw_only=True):
    """Opcode 13, of people's clients: tell me of the call in this channel."""

    channel_id: SnowflakeInput


class Subscription(Struct, frozen=True, kw_only=True):
    """What a person's client shows of a guild: the ranges of the member list per channel."""

    typing: bool | UnsetType = UNSET
    activities: bool | UnsetType = UNSET
    threads: bool | UnsetType = UNSET
    members: SnowflakesInput | UnsetType = UNSET
    channels: dict[str, list[tuple[int, int]]] | UnsetType = UNSET


class GuildSubscription(Subscription, frozen=True, kw_only=True):
    """Opcode 14, of older clients."""

    guild_id: SnowflakeInput


class GuildSubscriptions(Struct, frozen=True, kw_only=True):
    """Opcode 37, by guild id."""

    subscriptions: dict[str, Subscription]


class Ignored(Struct, frozen=True):
    """An opcode of the official client that asks for nothing we have."""

    op: int


Command = (
    Heartbeat
    | Identify
    | Resume
    | UpdatePresence
    | UpdateVoiceState
    | RequestGuildMembers
    | RequestSoundboardSounds
    | RequestChannelInfo
    | CallConnect
    | GuildSubscription
    | GuildSubscriptions
    | Ignored
)


class _Envelope(Struct):
    op: int
    d: Raw = Raw(b"null")


def _reader(kind: Any) -> Callable[[Raw], Any]:
    return msgspec.json.Decoder(kind, strict=False, dec_hook=decode_hook).decode


_envelope: Final = msgspec.json.Decoder(_Envelope, strict=False).decode
_number: Final = _reader(int | None)


def _heartbeat(data: Raw) -> Heartbeat:
    return Heartbeat(seq=_number(data))


_READERS: Final[dict[int, Callable[[Raw], Command]]] = {
    Opcode.HEARTBEAT: _heartbeat,
    Opcode.IDENTIFY: _reader(Identify),
    Opcode.RESUME: _reader(Resume),
    Opcode.PRESENCE_UPDATE: _reader(UpdatePresence),
    Opcode.VOICE_STATE_UPDATE: _reader(UpdateVoiceState),
    Opcode.REQUEST_GUILD_MEMBERS: _reader(RequestGuildMembers),
    Opcode.REQUEST_SOUNDBOARD_SOUNDS: _reader(RequestSoundboardSounds),
    Opcode.REQUEST_CHANNEL_INFO: _reader(RequestChannelInfo),
}
_USER_READERS: Final[dict[int, Callable[[Raw], Command]]] = {
    Opcode.QOS_HEARTBEAT: _reader(Heartbeat),
    Opcode.CALL_CONNECT: _reader(CallConnect),
    Opcode.GUILD_SUBSCRIPTION: _reader(GuildSubscription),
    Opcode.GUILD_SUBSCRIPTIONS: _reader(GuildSubscriptions),
}


def parse(message: bytes, encoding: Encoding, max_bytes: int = MAX_PAYLOAD_BYTES) -> Command:
    """The command in a client's payload; raises Closing for what is none."""
    if len(message) > max_bytes:
        raise Closing(CloseCode.DECODE_ERROR)
    try:
        if encoding is Encoding.ETF:
            # one way to check them all: a client's terms are small and few
            message = msgspec.json.encode(etf.decode(message, max_bytes))
        if json_holds_nul(message):
            raise Closing(CloseCode.DECODE_ERROR)
        envelope = _envelope(message)
        return _command(envelope.op, envelope.d)
    except (ValueError, RecursionError, OverflowError) as error:
        raise Closing(CloseCode.DECODE_ERROR) from error


def _command(op: int, data: Raw) -> Command:
    read = _READERS.get(op)
    if read is None:
        return _user_command(op, data)
    command = read(data)
    if isinstance(command, Identify | Resume):
        return replace(command, token=bare_token(command.token))
    return command


def _user_command(op: int, data: Raw) -> Command:
    """The official client changes without notice, so that nothing it says is an error."""
    if op not in USER_OPCODES:
        raise Closing(CloseCode.UNKNOWN_OPCODE)
    read = _USER_READERS.get(op)
    try:
        return read(data) if read else Ignored(op)
    except (ValueError, RecursionError):
        return Ignored(op)


def bare_token(token: str) -> str:
    """Without the `Bot ` that Oceanic and eris leave in front."""
    return token.removeprefix("Bot ").strip()
