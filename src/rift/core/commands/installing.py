"""How an application's commands come into a guild, or along with somebody wherever they write."""

from typing import Final

from rift.core.actor import Actor
from rift.core.commands import queries
from rift.core.oauth2 import granting
from rift.core.oauth2 import queries as grant_queries
from rift.core.oauth2.asking import Ask
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake

WITH_ONESELF: Final = 1


async def take(unit: Unit, actor: Actor, asked: Ask) -> None:
    """Take an application along, which its owner must have meant it for."""
    application = asked.application
    if "1" not in (application["integration_types_config"] or {}):
        words = "This application is not made to be taken along by people."
        raise InvalidForm.at("integration_type", "OAUTH2_INTEGRATION_TYPE_INVALID", words)
    await unit.run(queries.TAKE, actor.id, application["id"])
    if not asked.is_login:  # so that it is listed, and can be taken back
        grant = await granting.begin(unit, actor.id, asked, None)
        await unit.run(grant_queries.PROLONG, grant["id"], granting.NEVER)


async def give_up(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """Take it along no longer."""
    await unit.run(queries.GIVE_UP, actor.id, application_id)
