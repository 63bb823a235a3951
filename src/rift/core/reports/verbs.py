"""What can be done with reports: make one, look through them, deal with them."""

from datetime import timedelta
from typing import Any, Final

from msgspec import UNSET

from rift import errors, events
from rift.core import access
from rift.core.actor import Actor
from rift.core.reports import queries, shapes, subjects
from rift.core.reports.subjects import Subject
from rift.core.unit import Row, Unit
from rift.core.users.holding import hold
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import MAX, Snowflake, created_at
from rift.wire.reports import (
    CreateReport,
    ModifyReport,
    Report,
    ReportQueue,
    ReportReceipt,
    ReportsQuery,
)

_MODERATE: Final = Permission.MODERATE_MEMBERS
_AT_ONCE: Final = 1000


async def create(unit: Unit, actor: Actor, body: CreateReport) -> ReportReceipt:
    """Report a message or a user; the same thing a second time is the same report."""
    actor.must_be_person()
    subject = await subjects.find(unit, actor, body)
    # Held, so that of two at once the second finds the first.
    await hold(unit, actor.id)
    report = await unit.maybe(
        queries.EARLIER, actor.id, subject.message_id, subject.user_id, subject.guild_id
    )
    if report is None:
        report = await _put(unit, actor, subject, body)
        await _tell(unit, report, new=True)
    return ReportReceipt(
        id=report["id"],
        kind=body.kind,
        reason=report["reason"],
        created_at=created_at(report["id"]),
    )


async def page_of_guild(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: ReportsQuery
) -> ReportQueue:
    """What was reported in a guild, as far as one moderates where it was, and not oneself."""
    view = await _view(unit, actor, guild_id)
    bounds = (query.status == "open", query.before or str(MAX), query.limit)
    rows = await unit.all(queries.OF_GUILD, *view, *bounds)
    counted = await unit.one(queries.OPEN_OF_GUILD, *view)
    return ReportQueue(reports=await shapes.shown(unit, rows), open_count=counted["count"])


async def page_of_instance(unit: Unit, actor: Actor, query: ReportsQuery) -> ReportQueue:
    """What was reported anywhere, but for what is about oneself."""
    await access.instance(unit, actor)
    bounds = (query.status == "open", query.before or str(MAX), query.limit)
    rows = await unit.all(queries.OF_INSTANCE, actor.id, *bounds)
    counted = await unit.one(queries.OPEN_OF_INSTANCE, actor.id)
    return ReportQueue(reports=await shapes.shown(unit, rows), open_count=counted["count"])


async def modify_of_guild(
    unit: Unit, actor: Actor, guild_id: Snowflake, report_id: Snowflake, body: ModifyReport
) -> Report:
    """Note what was done about a report in a guild one moderates."""
    view = await _view(unit, actor, guild_id)
    if body.action == "disabled":
        words = "Only those who run this server can disable an account."
        raise InvalidForm.at("action", "REPORT_ACTION", words)
    row = await unit.maybe(queries.LOCK_OF_GUILD, *view, report_id)
    return await _change(unit, actor, row, body)


async def modify_of_instance(
    unit: Unit, actor: Actor, report_id: Snowflake, body: ModifyReport
) -> Report:
    """The same for any report, by those who own the instance."""
    await access.instance(unit, actor)
    row = await unit.maybe(queries.LOCK_OF_INSTANCE, actor.id, report_id)
    return await _change(unit, actor, row, body)


async def prune(unit: Unit) -> int:
    """Forget a batch of what was dealt with long ago; it is kept as long as the audit log."""
    days = unit.settings.history.audit_log_days
    if not days:
        return 0
    return await unit.run(queries.PRUNE, unit.now() - timedelta(days=days), _AT_ONCE)


async def _view(unit: Unit, actor: Actor, guild_id: Snowflake) -> tuple[object, ...]:
    """Which reports of a guild somebody sees: the same that they are told of by events."""
    hall = await access.guild(unit, actor, guild_id)
    channels = await access.visible_channels(unit, actor, guild_id, _MODERATE)
    if not channels:
        hall.require(_MODERATE)
    return guild_id, list(channels), hall.may(_MODERATE), actor.id


async def _put(unit: Unit, actor: Actor, subject: Subject, body: CreateReport) -> Row:
    id_ = unit.new_id()
    await unit.run(
        queries.INSERT,
        id_,
        actor.id,
        subject.user_id,
        subject.guild_id,
        subject.channel_id,
        subject.message_id,
        body.reason,
        body.text or None,
        subject.message,
        subject.profile,
    )
    return await unit.one(queries.ONE, id_)


async def _change(unit: Unit, actor: Actor, row: Row | None, body: ModifyReport) -> Report:
    if row is None:
        raise errors.NotFound
    changed: dict[str, Any] = {
        name: getattr(body, name) for name in ("action", "note") if getattr(body, name) is not UNSET
    }
    if body.status == "open":
        changed |= {"resolved_at": None, "resolver_id": None}
    elif body.status == "resolved" and row["resolved_at"] is None:
        changed |= {"resolved_at": unit.now(), "resolver_id": actor.id}
    after = {**row, **changed}
    columns = ("id", "action", "note", "resolved_at", "resolver_id")
    if after == row:
        return (await shapes.shown(unit, [row]))[0]
    await unit.run(queries.CHANGE, *(after[name] for name in columns))
    return await _tell(unit, after, new=False)


async def _tell(unit: Unit, row: Row, *, new: bool) -> Report:
    """Let those know who see it in their queues."""
    [report] = await shapes.shown(unit, [row])
    if report.guild_id is not None:
        in_guild = events.ReportCreate if new else events.ReportUpdate
        unit.emit(in_guild(data=report))
    owners = await unit.all(queries.OWNERS, row["user_id"])
    if owners:
        in_instance = events.InstanceReportCreate if new else events.InstanceReportUpdate
        unit.emit(in_instance(data=report, to=tuple(owner["id"] for owner in owners)))
    return report
