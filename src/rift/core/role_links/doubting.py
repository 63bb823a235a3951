"""When somebody has to look again at who has linked roles; written with what gave reason to it."""

from rift.core.bells import Bell
from rift.core.role_links import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake


async def of_role(unit: Unit, role_id: Snowflake) -> None:
    """A role asks for something else."""
    await unit.run(queries.DOUBT_ROLE, role_id, unit.now())
    unit.rouse(Bell.ROLE_LINKS)


async def of_application(unit: Unit, application_id: Snowflake) -> None:
    """An application knows other things of its users, or is no more."""
    await unit.run(queries.DOUBT_APPLICATION, application_id, unit.now())
    unit.rouse(Bell.ROLE_LINKS)


async def of_user(unit: Unit, application_id: Snowflake, user_id: Snowflake) -> None:
    """An application says something else of somebody."""
    await unit.run(queries.DOUBT_USER, application_id, user_id, unit.now())
    unit.rouse(Bell.ROLE_LINKS)
