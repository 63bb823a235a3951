"""The gateway's catalogues: opcodes, close codes, intents, and what may not be asked for.

https://discord.com/developers/docs/topics/gateway
"""

from enum import IntEnum, IntFlag
from typing import Final

from msgspec import UnsetType


class Opcode(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11
    CALL_CONNECT = 13
    GUILD_SUBSCRIPTION = 14
    REQUEST_SOUNDBOARD_SOUNDS = 31
    GUILD_SUBSCRIPTIONS = 37
    QOS_HEARTBEAT = 40
    REQUEST_CHANNEL_INFO = 43


MAX_SHARDS: Final = 65_536

USER_OPCODES: Final = range(12, 44)
"""What the official client sends besides: mostly housekeeping, so unknown ones are ignored."""


class CloseCode(IntEnum):
    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    RATE_LIMITED = 4008
    SESSION_TIMED_OUT = 4009
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014

    @property
    def resumable(self) -> bool:
        """Whether the session outlives such a close."""
        return self in _RESUMABLE

    @property
    def reason(self) -> str:
        """Discord's words for it."""
        return _REASONS[self]


_RESUMABLE: Final = frozenset(
    {
        CloseCode.UNKNOWN_ERROR,
        CloseCode.UNKNOWN_OPCODE,
        CloseCode.DECODE_ERROR,
        CloseCode.ALREADY_AUTHENTICATED,
        CloseCode.RATE_LIMITED,
    }
)
_REASONS: Final = {
    CloseCode.UNKNOWN_ERROR: "Unknown error.",
    CloseCode.UNKNOWN_OPCODE: "Unknown opcode.",
    CloseCode.DECODE_ERROR: "Error while decoding payload.",
    CloseCode.NOT_AUTHENTICATED: "Not authenticated.",
    CloseCode.AUTHENTICATION_FAILED: "Authentication failed.",
    CloseCode.ALREADY_AUTHENTICATED: "Already authenticated.",
    CloseCode.INVALID_SEQUENCE: "Invalid seq.",
    CloseCode.RATE_LIMITED: "You are being rate limited.",
    CloseCode.SESSION_TIMED_OUT: "Session timed out.",
    CloseCode.INVALID_SHARD: "Invalid shard.",
    CloseCode.SHARDING_REQUIRED: "Sharding required.",
    CloseCode.INVALID_VERSION: "Invalid API version.",
    CloseCode.INVALID_INTENTS: "Invalid intent(s).",
    CloseCode.DISALLOWED_INTENTS: "Disallowed intent(s).",
}


class Closing(Exception):
    """The connection is to be closed with this code."""

    def __init__(self, code: CloseCode, reason: str | None = None) -> None:
        self.code = code
        self.reason = reason or code.reason
        super().__init__(code, self.reason)


class Intents(IntFlag):
    """Which events a session wants. Slow as all flags are: keep plain ints where it is hot."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_EXPRESSIONS = 1 << 3
    GUILD_INTEGRATIONS = 1 << 4
    GUILD_WEBHOOKS = 1 << 5
    GUILD_INVITES = 1 << 6
    GUILD_VOICE_STATES = 1 << 7
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16
    AUTO_MODERATION_CONFIGURATION = 1 << 20
    AUTO_MODERATION_EXECUTION = 1 << 21
    GUILD_MESSAGE_POLLS = 1 << 24
    DIRECT_MESSAGE_POLLS = 1 << 25


class Capabilities(IntFlag):
    """What people's clients say that they understand; only what changes something here."""

    LAZY_USER_NOTES = 1 << 0
    VERSIONED_READ_STATES = 1 << 2
    VERSIONED_USER_GUILD_SETTINGS = 1 << 3
    DEDUPE_USER_OBJECTS = 1 << 4
    PRIORITIZED_READY_PAYLOAD = 1 << 5
    USER_SETTINGS_PROTO = 1 << 9
    CLIENT_STATE_V2 = 1 << 10


ALL_INTENTS: Final = Intents(sum(Intents))
PRIVILEGED_INTENTS: Final = (
    Intents.GUILD_MEMBERS | Intents.GUILD_PRESENCES | Intents.MESSAGE_CONTENT
)


def bot_intents(asked: int | UnsetType, privileged: Intents) -> Intents:
    """What a bot gets, `privileged` being those its owner has switched on."""
    if isinstance(asked, UnsetType) or asked < 0 or asked & ~int(ALL_INTENTS):
        raise Closing(CloseCode.INVALID_INTENTS)
    intents = Intents(asked)
    if intents & PRIVILEGED_INTENTS & ~privileged:
        raise Closing(CloseCode.DISALLOWED_INTENTS)
    return intents


def user_intents(asked: int | UnsetType) -> Intents:
    """What a person's client gets: everything, unless it asks for less."""
    return ALL_INTENTS if isinstance(asked, UnsetType) else ALL_INTENTS & asked


def check_shard(shard: tuple[int, int] | None) -> tuple[int, int]:
    """The shard's number and how many there are."""
    number, count = shard or (0, 1)
    if not 0 <= number < count <= MAX_SHARDS:
        raise Closing(CloseCode.INVALID_SHARD)
    return number, count
