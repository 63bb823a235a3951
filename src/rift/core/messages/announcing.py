"""Messages by which the server says what somebody did in a channel."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from rift.core.access import Room
from rift.core.messages import inbox, telling
from rift.core.messages.inbox import Posting
from rift.core.messages.stamping import stamp
from rift.core.unit import Unit
from rift.snowflake import Snowflake

RECIPIENT_ADDED: Final = 1
RECIPIENT_REMOVED: Final = 2
RENAMED: Final = 4
ICON_CHANGED: Final = 5
PINNED: Final = 6
JOINED: Final = 7
FOLLOWED: Final = 12
THREAD_CREATED: Final = 18
THREAD_STARTER: Final = 21
AUTOMOD: Final = 24
STAGE_BEGAN: Final = 27
STAGE_ENDED: Final = 28
STAGE_SPEAKER: Final = 29
STAGE_RENAMED: Final = 31
SHUT: Final = 36
OPENED: Final = 37
RAID_REPORTED: Final = 38
POLL_ENDED: Final = 46

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


async def announce(
    unit: Unit, room: Room, type_: int, shape: Mapping[str, Any] = _NOTHING
) -> Snowflake:
    """Say in the channel what the one who is in the room did; the id of the message."""
    id_ = unit.new_id()
    fixed = {**stamp(room, id_, begins=type_ == THREAD_STARTER), "type": type_}
    posting = Posting(telling.told(room, {"content": "", **shape, **fixed}, {}), to=room.people)
    # The unit itself notes its events in the outbox.
    await unit.run(inbox.statement([posting]), *inbox.arguments([posting]))
    unit.emit(posting.told())
    return id_
