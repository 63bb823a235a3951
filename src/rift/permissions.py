"""What a member may do: Discord's 53 permission bits and the rules that combine them."""

from collections.abc import Iterable, Mapping
from enum import IntFlag
from typing import Final


class Permission(IntFlag):
    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    PRIORITY_SPEAKER = 1 << 8
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    VIEW_GUILD_INSIGHTS = 1 << 19
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    MUTE_MEMBERS = 1 << 22
    DEAFEN_MEMBERS = 1 << 23
    MOVE_MEMBERS = 1 << 24
    USE_VAD = 1 << 25
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    MANAGE_GUILD_EXPRESSIONS = 1 << 30
    USE_APPLICATION_COMMANDS = 1 << 31
    REQUEST_TO_SPEAK = 1 << 32
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EMBEDDED_ACTIVITIES = 1 << 39
    MODERATE_MEMBERS = 1 << 40
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41
    USE_SOUNDBOARD = 1 << 42
    CREATE_GUILD_EXPRESSIONS = 1 << 43
    CREATE_EVENTS = 1 << 44
    USE_EXTERNAL_SOUNDS = 1 << 45
    SEND_VOICE_MESSAGES = 1 << 46
    USE_CLYDE_AI = 1 << 47  # retired by Discord; kept so that a bit set survives a round trip
    SET_VOICE_CHANNEL_STATUS = 1 << 48
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


BITS: Final[Mapping[str, int]] = {bit.name: bit.value for bit in Permission if bit.name}

ALL: Final[int] = (1 << len(BITS)) - 1

# Plain ints: an IntFlag builds an object for every `&`, and these run once per session.
ADMINISTRATOR: Final[int] = Permission.ADMINISTRATOR.value
VIEW_CHANNEL: Final[int] = Permission.VIEW_CHANNEL.value
SEND_MESSAGES: Final[int] = Permission.SEND_MESSAGES.value
MANAGE_THREADS: Final[int] = Permission.MANAGE_THREADS.value
_SEND_IN_THREADS: Final[int] = Permission.SEND_MESSAGES_IN_THREADS.value
_NOT_IMPLIED_BY_SILENCE: Final[int] = ALL & ~(
    Permission.MENTION_EVERYONE
    | Permission.SEND_TTS_MESSAGES
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
)
_LEFT_IN_SILENCE: Final[int] = VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY.value

DEFAULT_EVERYONE: Final[int] = int(
    Permission.CREATE_INSTANT_INVITE
    | Permission.ADD_REACTIONS
    | Permission.STREAM
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.CONNECT
    | Permission.SPEAK
    | Permission.USE_VAD
    | Permission.CHANGE_NICKNAME
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.REQUEST_TO_SPEAK
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.USE_EXTERNAL_STICKERS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EMBEDDED_ACTIVITIES
    | Permission.USE_SOUNDBOARD
    | Permission.USE_EXTERNAL_SOUNDS
    | Permission.SEND_VOICE_MESSAGES
    | Permission.SEND_POLLS
    | Permission.USE_EXTERNAL_APPS
)
"""What @everyone may do in a new guild."""

ELEVATED: Final[int] = int(
    Permission.KICK_MEMBERS
    | Permission.BAN_MEMBERS
    | Permission.ADMINISTRATOR
    | Permission.MANAGE_CHANNELS
    | Permission.MANAGE_GUILD
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_WEBHOOKS
    | Permission.MANAGE_GUILD_EXPRESSIONS
    | Permission.MANAGE_THREADS
    | Permission.VIEW_CREATOR_MONETIZATION_ANALYTICS
)
"""What only those do who have a second factor, where a guild asks for one."""

PRIVATELY: Final[int] = int(
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.USE_EXTERNAL_STICKERS
    | Permission.SEND_VOICE_MESSAGES
    | Permission.SEND_POLLS
    | Permission.USE_EXTERNAL_APPS
    | Permission.PIN_MESSAGES
)
"""What everybody in a private channel may do there; nobody moderates it."""

Overwrites = Mapping[str, tuple[int, int]]
"""A channel's overwrites: id of a role or user -> (allow, deny)."""


def base_permissions(roles_bits: Iterable[int], is_owner: bool) -> int:
    """A member's permissions in the guild; `roles_bits` includes those of @everyone."""
    if is_owner:
        return ALL
    bits = 0
    for role_bits in roles_bits:
        bits |= role_bits
    return ALL if bits & ADMINISTRATOR else bits


def channel_permissions(
    base: int,
    overwrites: Overwrites,
    everyone_id: str,
    role_ids: Iterable[str],
    user_id: str,
) -> int:
    """A member's permissions in a channel, with what a missing one implies taken away."""
    if base & ADMINISTRATOR:
        return ALL
    bits = overwritten(base, overwrites, everyone_id, role_ids, user_id)
    return implied(bits) & ~ADMINISTRATOR  # which no overwrite can give


def overwritten(
    base: int,
    overwrites: Overwrites,
    everyone_id: str,
    role_ids: Iterable[str],
    user_id: str,
) -> int:
    """First @everyone, then all roles at once, then the member; in each, deny before allow."""
    if not overwrites:
        return base
    allow, deny = overwrites.get(everyone_id, _NEITHER)
    bits = base & ~deny | allow
    roles_allow = roles_deny = 0
    for role_id in role_ids:
        if role_id != everyone_id and role_id in overwrites:
            allow, deny = overwrites[role_id]
            roles_allow |= allow
            roles_deny |= deny
    bits = bits & ~roles_deny | roles_allow
    allow, deny = overwrites.get(user_id, _NEITHER)
    return bits & ~deny | allow


def implied(bits: int) -> int:
    """Who cannot see a channel can do nothing in it; who cannot speak cannot shout."""
    if not bits & VIEW_CHANNEL:
        return 0
    if not bits & SEND_MESSAGES:
        return bits & _NOT_IMPLIED_BY_SILENCE
    return bits


def in_thread(bits: int) -> int:
    """What the permissions in a channel are worth in its threads, where speaking has its own."""
    if bits & _SEND_IN_THREADS:
        return implied(bits | SEND_MESSAGES)
    return implied(bits & ~SEND_MESSAGES)


def silenced(bits: int) -> int:
    """What a timeout leaves, or not having agreed to the rules yet.

    Neither touches administrators (and so owners).
    """
    return bits if bits & ADMINISTRATOR else bits & _LEFT_IN_SILENCE


def quarantined(bits: int) -> int:
    """What is left to whom nobody should have to read the name of: to take another one."""
    return silenced(bits) | bits & int(Permission.CHANGE_NICKNAME)


def names(bits: int) -> list[str]:
    return [name for name, bit in BITS.items() if bits & bit]


_NEITHER: Final = (0, 0)
