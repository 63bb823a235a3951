"""Two people and what each is to the other: read while both are held, changed, and told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import UNSET, structs

from rift import errors, events
from rift.core.messages.people import user_from_row
from rift.core.relationships import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.relationships import (
    PartialRelationship,
    Relationship,
    RelationshipAdded,
    RelationshipRemoved,
)
from rift.wire.users import User

NONE: Final = 0
FRIEND: Final = 1
BLOCKED: Final = 2
INCOMING: Final = 3
OUTGOING: Final = 4

_AT_ONCE: Final = 100


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What the other one is to somebody."""

    user_id: Snowflake
    other: User
    type: int = NONE
    nickname: str | None = None
    ignored: bool = False
    stranger: bool = False
    since: datetime | None = None

    @property
    def exists(self) -> bool:
        return self.type != NONE or self.ignored

    def shown(self) -> Relationship:
        return Relationship(
            id=self.other.id,
            type=self.type,
            user=self.other,
            nickname=self.nickname,
            user_ignored=self.ignored,
            stranger_request=self.stranger,
            since=self.since or UNSET,
        )

    def shown_fields(self) -> dict[str, Any]:
        return structs.asdict(self.shown())

    def becomes(self, type_: int, since: datetime | None = None) -> "Side":
        """Another relationship; a nickname is for friends."""
        nickname = self.nickname if type_ == FRIEND == self.type else None
        return structs.replace(self, type=type_, nickname=nickname, since=since, stranger=False)


def side_from_row(row: Mapping[str, Any]) -> Side:
    """The side a row stands for; where there is no relationship, all of it is null."""
    return Side(
        user_id=row["user_id"],
        other=user_from_row(row, "other_id"),
        type=row["type"] or NONE,
        nickname=row["nickname"],
        ignored=bool(row["ignored"]),
        stranger=bool(row["stranger"]),
        since=row["since"],
    )


async def hold(unit: Unit, own_id: Snowflake, other_id: Snowflake) -> tuple[Side, Side]:
    """One's own side and the other's; nobody changes them or counts friends until the unit ends."""
    await unit.all(queries.HOLD, [own_id, other_id])
    found = [side_from_row(row) for row in await unit.all(queries.PAIR, own_id, other_id)]
    sides = {side.user_id: side for side in found}
    if own_id == other_id or len(sides) < 2:
        raise errors.UnknownUser
    return sides[own_id], sides[other_id]


async def sever_some(unit: Unit, user_id: Snowflake) -> bool:
    """End a batch of what others are to somebody, and they to others; whether there was any."""
    rows = await unit.all(queries.SOME_OTHERS, user_id, _AT_ONCE)
    others = [row["other_id"] for row in rows]
    # All at once, in the one order: pair by pair, two could wait for each other.
    await unit.all(queries.HOLD, [user_id, *others])
    for other_id in others:
        for side in await hold(unit, user_id, other_id):
            await put(unit, side, structs.replace(side.becomes(NONE), ignored=False))
    return bool(rows)


async def put(unit: Unit, before: Side, after: Side, *, notify: bool = False) -> None:
    """Store what somebody's side became, and tell them."""
    if after == before:
        return
    if after.exists:
        await unit.run(
            queries.PUT,
            after.user_id,
            after.other.id,
            after.type,
            after.nickname,
            after.ignored,
            after.stranger,
            after.since,
        )
    else:
        await unit.run(queries.DELETE, after.user_id, after.other.id)
    _tell(unit, before, after, notify=notify)


def _tell(unit: Unit, before: Side, after: Side, *, notify: bool) -> None:
    """An update tells of the same relationship; one of another type is added or removed."""
    to = (after.user_id,)
    if after.exists and (not before.exists or after.type != before.type):
        added = RelationshipAdded(
            **after.shown_fields(), should_notify=notify and not after.ignored
        )
        unit.emit(events.RelationshipAdd(data=added, to=to))
    elif after.exists:
        changed = PartialRelationship(
            id=after.other.id,
            type=after.type,
            nickname=after.nickname,
            user_ignored=after.ignored,
            since=after.since or UNSET,
        )
        unit.emit(events.RelationshipUpdate(data=changed, to=to))
    else:
        gone = RelationshipRemoved(id=after.other.id, type=before.type)
        unit.emit(events.RelationshipRemove(data=gone, to=to))
