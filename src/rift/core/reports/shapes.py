"""Reports as those see them who deal with them."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from rift.core.messages import people, reading
from rift.core.unit import Row, Unit
from rift.snowflake import created_at
from rift.wire.messages import Message
from rift.wire.reports import Report, ReportedProfile
from rift.wire.users import User

_PEOPLE: Final = ("user_id", "reporter_id", "resolver_id")


async def shown(unit: Unit, rows: Sequence[Row]) -> list[Report]:
    """The reports of these rows, in a few queries however many they are."""
    named = {row[name] for row in rows for name in _PEOPLE if row[name] is not None}
    users = await people.users(unit, named)
    of_messages = {row["id"]: row["message"] for row in rows if row["message"] is not None}
    thawed = await reading.thawed(unit, list(of_messages.values()))
    messages = dict(zip(of_messages, thawed, strict=True))
    return [_report(row, users, messages.get(row["id"])) for row in rows]


def _report(row: Row, users: Mapping[str, User], message: Message | None) -> Report:
    return Report(
        id=row["id"],
        kind="user" if row["message_id"] is None else "message",
        status="open" if row["resolved_at"] is None else "resolved",
        reason=row["reason"],
        text=row["text"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        user=users.get(row["user_id"]),
        reporter=users.get(row["reporter_id"]),
        message=message,
        profile=msgspec.convert(row["profile"], ReportedProfile | None),
        created_at=created_at(row["id"]),
        action=row["action"],
        note=row["note"],
        resolved_at=row["resolved_at"],
        resolved_by=users.get(row["resolver_id"]),
    )
