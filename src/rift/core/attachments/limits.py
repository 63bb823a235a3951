"""How large a file may be: the instance's limit, or what the roles of a member say below it."""

from typing import Final

from msgspec import UNSET

from rift.config import Settings
from rift.core.access import Room

MOST_FILES: Final = 10
"""The files of one message."""


def largest(settings: Settings, room: Room) -> int:
    """Bytes of one file; the role that allows most counts, and roles that say nothing do not."""
    most = settings.limits.upload_bytes
    if room.guild is None or room.member is None:
        return most
    roles = room.guild.roles
    own = (roles[id_] for id_ in (room.guild.id, *room.member.roles) if id_ in roles)
    said = [role.upload_bytes for role in own if role.upload_bytes is not UNSET]
    return min(most, max(said)) if said else most


def together(settings: Settings, room: Room) -> int:
    """Bytes of all files of one message."""
    return max(largest(settings, room), settings.limits.message_upload_bytes)
