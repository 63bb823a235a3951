"""Putting out at once everybody who has not been seen for long and has no role to stay by."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from rift import events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import done, record
from rift.core.guilds import holding
from rift.core.members import queries
from rift.core.roles import hierarchy
from rift.core.threads import telling as threads
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake, parse
from rift.wire.auditlog import Action
from rift.wire.gateway import GuildMemberRemove
from rift.wire.members import Prune, Pruned, PruneQuery
from rift.wire.users import User

_NEEDS: Final = Permission.KICK_MEMBERS | Permission.MANAGE_GUILD
_USUAL_DAYS: Final = 7


async def count(unit: Unit, actor: Actor, guild_id: Snowflake, query: PruneQuery) -> Pruned:
    """How many members pruning would put out."""
    hall = await access.guild(unit, actor, guild_id, _NEEDS)
    roles = _roles(hall, _ids(query.include_roles))
    since = _since(unit, query.days)
    owner_id = hall.guild.guild.owner_id
    found = await unit.one(queries.COUNT_INACTIVE, guild_id, owner_id, roles, since)
    return Pruned(pruned=found["count"])


async def prune(unit: Unit, actor: Actor, guild_id: Snowflake, body: Prune) -> Pruned:
    """Put out who has not been seen for so many days and has no roles but those named."""
    hall = await holding.hall(unit, actor, guild_id, _NEEDS)
    roles = _roles(hall, body.include_roles or ())
    days = body.days or _USUAL_DAYS
    since = _since(unit, days)
    owner_id = hall.guild.guild.owner_id
    found = await unit.all(queries.INACTIVE, guild_id, owner_id, roles, since)
    ids = [row["user_id"] for row in found]
    rows = await unit.all(queries.DELETE_SEVERAL, guild_id, ids, unit.now())
    for user in msgspec.convert(rows, list[User]):
        for left in threads.gone(hall.guild, user.id):
            unit.emit(left)
        gone = GuildMemberRemove(guild_id=guild_id, user=user)
        unit.emit(events.MemberRemove(data=gone))
    if rows:
        options = {"delete_member_days": str(days), "members_removed": str(len(rows))}
        await record(unit, actor, guild_id, done(Action.MEMBER_PRUNE, None, **options))
    return Pruned(pruned=None if body.compute_prune_count is False else len(rows))


def _since(unit: Unit, days: int) -> datetime:
    return unit.now() - timedelta(days=days)


def _roles(hall: Hall, role_ids: Iterable[Snowflake]) -> list[Snowflake]:
    """Roles below the actor's, so that nobody is put out who stands above them."""
    return [hierarchy.below(hall, role_id).id for role_id in role_ids]


def _ids(given: str | list[str]) -> list[Snowflake]:
    """The ids in a query, separated by commas or by repetition."""
    texts = given.split(",") if isinstance(given, str) else ",".join(given).split(",")
    ids = [parse(text) for text in texts if text]
    found = [id_ for id_ in ids if id_ is not None]
    if len(found) < len(ids):
        words = "Value is not a list of snowflakes."
        raise InvalidForm.at("include_roles", "NUMBER_TYPE_COERCE", words)
    return found
