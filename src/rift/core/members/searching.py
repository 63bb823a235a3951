"""Searching the members of a guild: by the beginning of a name, or by all that is known of them."""

from datetime import UTC, datetime
from typing import Any, Final, Literal

from msgspec import Struct

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.members import queries
from rift.core.unit import Row, Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.members import Member, SearchMembersQuery
from rift.wire.membersearch import (
    FoundMember,
    FoundMembers,
    MemberCursor,
    MemberFilter,
    SearchMembers,
    TimeRange,
)
from rift.world import loading
from rift.world import queries as world_queries

_SEES_MEMBERS: Final = 1 << 14 | 1 << 15
"""The application flags, full or limited, with which a bot may list members."""


class _Order(Struct, frozen=True):
    """Members are compared by two numbers: when they joined, if that counts, and their ids."""

    joined: bool
    direction: int

    def place(self, cursor: MemberCursor) -> tuple[int, int]:
        joined = cursor.guild_joined_at if self.joined else 0
        return joined * self.direction, int(cursor.user_id) * self.direction


_ORDERS: Final[dict[Literal[1, 2, 3, 4], _Order]] = {
    1: _Order(joined=True, direction=-1),
    2: _Order(joined=True, direction=1),
    3: _Order(joined=False, direction=-1),
    4: _Order(joined=False, direction=1),
}


async def by_name(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: SearchMembersQuery
) -> list[Member]:
    """Members one of whose names begins so."""
    await access.guild(unit, actor, guild_id)
    rows = await unit.all(world_queries.MEMBERS_BY_PREFIX, guild_id, query.query, query.limit)
    return [loading.member_from_row(row) for row in rows]


async def by_filter(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: SearchMembers
) -> FoundMembers:
    """Members of whom all of one filter and something of the other is true."""
    hall = await access.guild(unit, actor, guild_id, Permission.MANAGE_GUILD)
    await check_intent(unit, actor)
    rows = await _page(unit, hall, body)
    found = [row for row in rows if row["user_id"] is not None]
    members = await _members(unit, guild_id, [row["user_id"] for row in found])
    return FoundMembers(
        guild_id=guild_id,
        members=[_found(row, members[row["user_id"]]) for row in found],
        page_result_count=len(found),
        total_result_count=rows[0]["total"],
    )


async def check_intent(unit: Unit, actor: Actor) -> None:
    """Bots see members only with the privileged intent."""
    if actor.bot:
        application = await unit.one(queries.APPLICATION_FLAGS, actor.application_id)
        if not application["flags"] & _SEES_MEMBERS:
            raise errors.MissingAccess


async def _page(unit: Unit, hall: Hall, body: SearchMembers) -> list[Row]:
    """The rows of a page; one without a member where there is none, for the sake of the total."""
    order = _ORDERS[body.sort]
    filters = (_flat(body.and_query), _flat(body.or_query))
    head = (hall.guild.id, *filters, order.joined, order.direction)
    if body.before is not None and body.after is None:
        place = order.place(body.before)
        return (await unit.all(queries.SEARCH_BACK, *head, *map(str, place), body.limit))[::-1]
    place = (-(2**62), -(2**62)) if body.after is None else order.place(body.after)
    return await unit.all(queries.SEARCH, *head, *map(str, place), body.limit)


async def _members(unit: Unit, guild_id: Snowflake, user_ids: list[Snowflake]) -> dict[str, Member]:
    rows = await unit.all(world_queries.MEMBERS, guild_id, user_ids)
    return {row["user_id"]: loading.member_from_row(row) for row in rows}


def _found(row: Row, member: Member) -> FoundMember:
    return FoundMember(
        member=member,
        join_source_type=row["join_source_type"],
        source_invite_code=row["source_invite_code"],
        inviter_id=row["inviter_id"],
    )


def _flat(asked: MemberFilter | None) -> dict[str, Any]:
    """A filter as the fields of one record; what is not asked for is not in it."""
    if asked is None:
        return {}
    fields: dict[str, Any] = {"pending": asked.is_pending, "rejoined": asked.did_rejoin}
    if asked.user_id is not None:
        fields["user_ids"] = asked.user_id.or_query
        if asked.user_id.range is not None:
            fields["first_id"], fields["last_id"] = asked.user_id.range.gte, asked.user_id.range.lte
    if asked.role_ids is not None:
        fields["any_roles"] = asked.role_ids.or_query
        fields["all_roles"] = asked.role_ids.and_query
    for field, query in (
        ("names", asked.usernames),
        ("sources", asked.join_source_type),
        ("codes", asked.source_invite_code),
    ):
        fields[field] = None if query is None else query.or_query
    if asked.guild_joined_at is not None:
        fields |= _times("joined", asked.guild_joined_at.range)
    return {name: it for name, it in (fields | _signals(asked)).items() if it is not None}


def _signals(asked: MemberFilter) -> dict[str, Any]:
    """Nobody here has unusual messages: who asks for these finds nobody."""
    signals = asked.safety_signals
    if signals is None:
        return {}
    fields: dict[str, Any] = {
        "spammer": signals.unusual_account_activity,
        "quarantined": signals.automod_quarantined_username,
    }
    if signals.unusual_dm_activity_until is not None:
        fields["nobody"] = True
    if signals.communication_disabled_until is not None:
        fields |= _times("silent", signals.communication_disabled_until.range)
    return fields


def _times(name: str, asked: TimeRange | None) -> dict[str, Any]:
    if asked is None:
        return {}
    bounds = {"first": asked.gte, "last": asked.lte}
    return {
        f"{bound}_{name}": datetime.fromtimestamp(ms / 1000, UTC).isoformat()
        for bound, ms in bounds.items()
        if ms is not None
    }
