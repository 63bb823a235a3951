"""What can be done with the audit log: read it, and forget what is old."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, LiteralString

import msgspec

from rift.core import access
from rift.core.actor import Actor
from rift.core.auditlog import queries
from rift.core.happenings import queries as happening_queries
from rift.core.integrations import queries as integration_queries
from rift.core.unit import Row, Unit
from rift.core.webhooks import queries as webhook_queries
from rift.core.webhooks import showing
from rift.permissions import Permission
from rift.snowflake import MAX, Snowflake, at
from rift.wire.auditlog import Action, AuditLog, AuditLogQuery, Entry
from rift.wire.automod import Rule
from rift.wire.happenings import ScheduledEvent, from_row
from rift.wire.integrations import IntegrationAccount, PartialIntegration
from rift.wire.users import User
from rift.wire.webhooks import Webhook
from rift.world import Picture

_AT_ONCE: Final = 5000
_OF_WEBHOOKS: Final = frozenset(
    map(int, (Action.WEBHOOK_CREATE, Action.WEBHOOK_UPDATE, Action.WEBHOOK_DELETE))
)
_OF_INTEGRATIONS: Final = frozenset(
    map(int, (Action.INTEGRATION_CREATE, Action.INTEGRATION_UPDATE, Action.INTEGRATION_DELETE))
)
_OF_HAPPENINGS: Final = frozenset(
    map(
        int,
        (
            Action.GUILD_SCHEDULED_EVENT_CREATE,
            Action.GUILD_SCHEDULED_EVENT_UPDATE,
            Action.GUILD_SCHEDULED_EVENT_DELETE,
            Action.GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE,
            Action.GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE,
            Action.GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE,
        ),
    )
)
_OF_RULES: Final = frozenset(
    map(
        int,
        (
            Action.AUTO_MODERATION_RULE_CREATE,
            Action.AUTO_MODERATION_RULE_UPDATE,
            Action.AUTO_MODERATION_RULE_DELETE,
        ),
    )
)

Way = tuple[LiteralString, LiteralString, tuple[object, ...]]
"""The query from the newest entry on, the one from the oldest on, and what both also ask."""


async def page(unit: Unit, actor: Actor, guild_id: Snowflake, query: AuditLogQuery) -> AuditLog:
    """Entries, the newest first; after a named one, the oldest first."""
    hall = await access.guild(unit, actor, guild_id, Permission.VIEW_AUDIT_LOG)
    down, up, asked = _way(query)
    chosen = down if query.after is None else up
    bounds = (query.after or "0", query.before or str(MAX))
    rows = await unit.all(chosen, guild_id, *bounds, query.limit, *asked)
    named = {row["user_id"] for row in rows} | {row["target_id"] for row in rows}
    users = await unit.all(queries.USERS, [id_ for id_ in named if id_ is not None])
    webhooks = await _webhooks(unit, guild_id, rows)
    happenings = await _happenings(unit, guild_id, rows)
    return AuditLog(
        audit_log_entries=[_entry(row) for row in rows],
        users=msgspec.convert(users, list[User]),
        webhooks=webhooks,
        guild_scheduled_events=happenings,
        auto_moderation_rules=_rules(hall.guild, rows),
        integrations=await _integrations(unit, guild_id, rows),
    )


async def prune(unit: Unit) -> int:
    """Forget a batch of what was kept long enough; how many entries it was."""
    days = unit.settings.history.audit_log_days
    if not days:
        return 0
    return await unit.run(queries.PRUNE, at(unit.now() - timedelta(days=days)), _AT_ONCE)


async def erase_forsaken(unit: Unit) -> bool:
    """Erase a portion of the log of a deleted guild; whether there was one."""
    forsaken = await unit.maybe(queries.NEXT_FORSAKEN)
    if forsaken is None:
        return False
    if await unit.run(queries.ERASE, forsaken["id"], _AT_ONCE) < _AT_ONCE:
        await unit.run(queries.REMEMBER_NO_MORE, forsaken["id"])
    return True


async def _webhooks(unit: Unit, guild_id: str, rows: Sequence[Row]) -> list[Webhook]:
    """Those the entries speak of, as far as they are still there."""
    ids = [row["target_id"] for row in rows if row["action_type"] in _OF_WEBHOOKS]
    if not ids:
        return []
    found = await unit.all(webhook_queries.SEVERAL_OF_GUILD, guild_id, ids)
    return [showing.plain(row) for row in found]


async def _happenings(unit: Unit, guild_id: str, rows: Sequence[Row]) -> list[ScheduledEvent]:
    """The same of scheduled events."""
    ids = [row["target_id"] for row in rows if row["action_type"] in _OF_HAPPENINGS]
    if not ids:
        return []
    return [from_row(row) for row in await unit.all(happening_queries.SEVERAL, guild_id, ids)]


async def _integrations(unit: Unit, guild_id: str, rows: Sequence[Row]) -> list[PartialIntegration]:
    """The same of applications in the guild."""
    ids = [row["target_id"] for row in rows if row["action_type"] in _OF_INTEGRATIONS]
    if not ids:
        return []
    return [
        PartialIntegration(
            id=row["id"],
            name=row["name"],
            account=IntegrationAccount(id=row["application_id"], name=row["name"]),
            application_id=row["application_id"],
        )
        for row in await unit.all(integration_queries.SEVERAL, guild_id, ids)
    ]


def _rules(guild: Picture, rows: Sequence[Row]) -> list[Rule]:
    """The same of the rules of automatic moderation."""
    ids = dict.fromkeys(row["target_id"] for row in rows if row["action_type"] in _OF_RULES)
    return [guild.rules[id_] for id_ in ids if id_ in guild.rules]


def _way(query: AuditLogQuery) -> Way:
    """Along which index to go."""
    user_id = query.user_id
    action = None if query.action_type is None else int(query.action_type)
    if query.target_id is not None:
        return queries.OF_TARGET_DOWN, queries.OF_TARGET_UP, (query.target_id, user_id, action)
    if user_id is not None and action is not None:
        return queries.OF_BOTH_DOWN, queries.OF_BOTH_UP, (user_id, action)
    if user_id is not None:
        return queries.OF_USER_DOWN, queries.OF_USER_UP, (user_id,)
    if action is not None:
        return queries.OF_ACTION_DOWN, queries.OF_ACTION_UP, (action,)
    return queries.ALL_DOWN, queries.ALL_UP, ()


def _entry(row: Row) -> Entry:
    """Null columns are fields that are absent, but for the two that may be null."""
    there = {name: value for name, value in row.items() if value is not None}
    return msgspec.convert({"user_id": None, "target_id": None, **there}, Entry)
