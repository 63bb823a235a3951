"""Which account a name on the command line means."""

from rift.core.administration import queries
from rift.core.unit import Unit
from rift.errors import UnknownUser
from rift.snowflake import Snowflake


async def account(unit: Unit, username: str) -> Snowflake:
    """The id of the person who goes by this name."""
    row = await unit.maybe(queries.ACCOUNT, username)
    if row is None:
        raise UnknownUser
    return Snowflake(row["id"])
