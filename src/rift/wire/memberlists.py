"""Member lists as people's clients show them: groups, rows, and what changes in them."""

from msgspec import UNSET, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.members import Member
from rift.wire.presences import PresenceUpdate


class ListGroup(Struct, frozen=True, kw_only=True):
    """The id is a hoisted role's, or `online` or `offline`."""

    id: str
    count: int


class ListMember(Member, frozen=True, kw_only=True):
    presence: PresenceUpdate | None = None


class ListItem(Struct, frozen=True, kw_only=True):
    """Either the heading of a group or a member."""

    group: ListGroup | UnsetType = UNSET
    member: ListMember | UnsetType = UNSET


class ListOp(Struct, frozen=True, kw_only=True):
    """SYNC and INVALIDATE are of ranges, INSERT, UPDATE and DELETE of single rows."""

    op: str
    range: tuple[int, int] | UnsetType = UNSET
    items: list[ListItem] | UnsetType = UNSET
    index: int | UnsetType = UNSET
    item: ListItem | UnsetType = UNSET


class GuildMemberListUpdate(Struct, frozen=True, kw_only=True):
    """The list named `everyone` or by what hides it is the same in all channels that share it."""

    id: str
    guild_id: Snowflake
    member_count: int
    online_count: int
    groups: list[ListGroup]
    ops: list[ListOp]
