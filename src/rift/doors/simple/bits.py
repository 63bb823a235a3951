"""Permission bits: the simple door's fourteen, and Discord's that stand for them."""

from enum import IntFlag
from typing import Annotated, Final

from msgspec import Meta

from rift.errors import InvalidForm
from rift.permissions import Permission


class SimplePermission(IntFlag):
    VIEW_CHANNELS = 1 << 0
    SEND_MESSAGES = 1 << 1
    READ_HISTORY = 1 << 2
    MANAGE_MESSAGES = 1 << 3
    ATTACH_FILES = 1 << 4
    MANAGE_CHANNELS = 1 << 5
    MANAGE_SERVER = 1 << 6
    MANAGE_ROLES = 1 << 7
    KICK_MEMBERS = 1 << 8
    BAN_MEMBERS = 1 << 9
    CREATE_INVITES = 1 << 10
    MANAGE_INVITES = 1 << 11
    MENTION_EVERYONE = 1 << 12
    ADMINISTRATOR = 1 << 30


Bits = Annotated[int, Meta(ge=0, le=(1 << 31) - 1, description="A set of permission bits.")]

PAIRS: Final = (
    (SimplePermission.VIEW_CHANNELS, Permission.VIEW_CHANNEL),
    (SimplePermission.SEND_MESSAGES, Permission.SEND_MESSAGES),
    (SimplePermission.READ_HISTORY, Permission.READ_MESSAGE_HISTORY),
    (SimplePermission.MANAGE_MESSAGES, Permission.MANAGE_MESSAGES),
    (SimplePermission.ATTACH_FILES, Permission.ATTACH_FILES),
    (SimplePermission.MANAGE_CHANNELS, Permission.MANAGE_CHANNELS),
    (SimplePermission.MANAGE_SERVER, Permission.MANAGE_GUILD),
    (SimplePermission.MANAGE_ROLES, Permission.MANAGE_ROLES),
    (SimplePermission.KICK_MEMBERS, Permission.KICK_MEMBERS),
    (SimplePermission.BAN_MEMBERS, Permission.BAN_MEMBERS),
    (SimplePermission.CREATE_INVITES, Permission.CREATE_INSTANT_INVITE),
    (SimplePermission.MENTION_EVERYONE, Permission.MENTION_EVERYONE),
    (SimplePermission.ADMINISTRATOR, Permission.ADMINISTRATOR),
)

COVERED: Final = int(SimplePermission.MANAGE_INVITES)
"""Discord has no such bit: who manages channels or the server manages invites."""

COVERING: Final = int(Permission.MANAGE_CHANNELS | Permission.MANAGE_GUILD)
_KNOWN: Final = sum(simple for simple, _ in PAIRS) | COVERED
_SPOKEN_FOR: Final = sum(theirs for _, theirs in PAIRS)


def shown(theirs: int) -> int:
    """Discord's bits as the simple door shows them."""
    bits = sum(int(simple) for simple, bit in PAIRS if theirs & bit)
    return bits | COVERED if theirs & COVERING else bits


def written(field: str, simple: int, before: int = 0) -> int:
    """Discord's bits for those of a request; what these cannot express stays as it was."""
    if simple & ~_KNOWN:
        raise _refused(field, "There are permission bits among these that mean nothing here.")
    theirs = sum(int(bit) for bit_here, bit in PAIRS if simple & bit_here)
    if simple & COVERED and not theirs & COVERING:
        raise _refused(
            field,
            "MANAGE_INVITES comes with MANAGE_CHANNELS or MANAGE_SERVER, and not without them.",
        )
    return before & ~_SPOKEN_FOR | theirs


def _refused(field: str, words: str) -> InvalidForm:
    return InvalidForm.at(field, "PERMISSIONS_NOT_KNOWN", words)
