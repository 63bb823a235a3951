"""What applications know of their users, as it is shown."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from msgspec import convert

from rift.core.role_connections import queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.role_connections import RoleConnectionMetadata


async def metadata(
    unit: Unit, application_ids: Collection[Snowflake]
) -> Mapping[Snowflake, Sequence[RoleConnectionMetadata]]:
    """The facts that each of these applications knows."""
    found: defaultdict[Snowflake, list[RoleConnectionMetadata]] = defaultdict(list)
    for row in await unit.all(queries.METADATA_OF, list(application_ids)):
        found[row["application_id"]].append(convert(present(row), RoleConnectionMetadata))
    return found


async def metadata_of(unit: Unit, application_id: Snowflake) -> list[RoleConnectionMetadata]:
    """Those of one."""
    return list((await metadata(unit, [application_id]))[application_id])


def present(row: Row) -> Row:
    """A row without what it does not have."""
    return {key: value for key, value in row.items() if value is not None}
