"""What can be done with the applications in a guild."""

from typing import Final

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.guilds import holding
from rift.core.integrations import keeping, queries
from rift.core.members import joining
from rift.core.unit import Unit
from rift.core.webhooks import verbs as webhooks
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.integrations import Integration, IntegrationsQuery

_MOST: Final = 50


async def list_all(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: IntegrationsQuery
) -> list[Integration]:
    """The applications in a guild, the oldest first; no more than Discord shows.

    Who says what linked roles take is shown what they can ask for.
    """
    hall = await access.guild(unit, actor, guild_id)
    if not (query.include_role_connections_metadata and hall.may(Permission.MANAGE_ROLES)):
        hall.require(Permission.MANAGE_GUILD)
    rows = await unit.all(queries.OF_GUILD, guild_id, _MOST)
    if query.include_role_connections_metadata:
        return await keeping.linkables(unit, rows)
    return await keeping.shown(unit, rows)


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake, integration_id: Snowflake) -> None:
    """Put an application out, with its bot, its commands and its webhooks."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    row = await unit.maybe(queries.ONE, guild_id, integration_id)
    if row is None:
        raise errors.UnknownIntegration
    [integration] = await keeping.shown(unit, [row])
    application_id = row["application_id"]
    await keeping.go(unit, guild_id, application_id)
    await webhooks.forget_application(unit, guild_id, application_id)
    bot_id = row["bot_id"]
    bot = None if bot_id is None else await holding.member(unit, hall.guild, bot_id)
    if bot is not None:
        await joining.leave(unit, hall.guild, bot)
    gone = changed(Action.INTEGRATION_DELETE, integration_id, integration, None)
    await record(unit, actor, guild_id, gone)
