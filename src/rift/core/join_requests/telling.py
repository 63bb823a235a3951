"""Requests as they are shown, and who is told of them: the one who asks, and who decides."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import events
from rift.core.applications import queries as user_queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.join_requests import JoinRequest, JoinRequestChange, JoinRequestGone
from rift.wire.users import User


async def shown(unit: Unit, rows: Sequence[Row]) -> list[JoinRequest]:
    """Requests, as those see them who decide."""
    wanted = {row[key] for row in rows for key in ("user_id", "reviewer_id")} - {None}
    found = msgspec.convert(await unit.all(user_queries.USERS, list(wanted)), list[User])
    users = {user.id: user for user in found}
    return [_request(row, users) for row in rows]


def own(request: JoinRequest) -> JoinRequest:
    """A request, as who made it sees it."""
    return replace(request, user=UNSET, form_responses=UNSET, actioned_by_user=UNSET)


def sent(request: JoinRequest) -> JoinRequest:
    """The same with what they answered."""
    return replace(request, user=UNSET, actioned_by_user=UNSET)


def begun(unit: Unit, request: JoinRequest) -> None:
    """Tell somebody that they have something to agree to; nobody else yet."""
    unit.emit(events.JoinRequestCreate(data=_change(own(request)), to=(request.user_id,)))


def moved(unit: Unit, request: JoinRequest) -> None:
    """Tell both sides how far it is."""
    unit.emit(events.JoinRequestUpdate(data=_change(own(request)), to=(request.user_id,)))
    unit.emit(events.ReviewUpdate(data=_change(request)))


def seen(unit: Unit, request: JoinRequest) -> None:
    """Tell somebody's other devices that they know it."""
    unit.emit(events.JoinRequestUpdate(data=_change(own(request)), to=(request.user_id,)))


def gone(unit: Unit, guild_id: Snowflake, id_: Snowflake, user_id: Snowflake) -> None:
    data = JoinRequestGone(guild_id=guild_id, id=id_, user_id=user_id)
    unit.emit(events.JoinRequestDelete(data=data, to=(user_id,)))
    unit.emit(events.ReviewDelete(data=data))


def _change(request: JoinRequest) -> JoinRequestChange:
    status = request.application_status
    return JoinRequestChange(guild_id=request.guild_id, request=request, status=status)


def _request(row: Row, users: dict[Snowflake, User]) -> JoinRequest:
    shape = {
        **row,
        "join_request_id": row["id"],
        "application_status": row["status"],
        "user": users[row["user_id"]],
        "actioned_by_user": users.get(row["reviewer_id"]),
    }
    return msgspec.convert(shape, JoinRequest)
