"""Whether somebody is what a role asks for, by what applications say of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from operator import eq, ge, le, ne
from typing import Any, Final, NamedTuple

from msgspec import convert

from rift.core.role_links import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.role_connections import INTEGERS, TIMES
from rift.wire.role_links import RoleRequirement

Rules = list[list[RoleRequirement]]
_FADING: Final = 6
"""At most so many days ago: what is true today may be so no more tomorrow."""
_COMPARED: Final[Mapping[int, Callable[[Any, Any], bool]]] = {
    1: le,
    2: ge,
    3: eq,
    4: ne,
    5: le,
    6: ge,
    7: eq,
    8: ne,
}


class Standing(NamedTuple):
    """What applications say of somebody at a moment."""

    said: Mapping[Snowflake, Mapping[str, str]]
    at: datetime

    def meets(self, rules: Rules) -> bool:
        """Whether they meet all of one of the lists."""
        return any(all(map(self.is_met, wanted)) for wanted in rules)

    def unmet(self, rules: Rules) -> Snowflake:
        """The application by which they do not."""
        every = (one for wanted in rules for one in wanted)
        return next(one.application_id for one in every if not self.is_met(one))

    def is_met(self, wanted: RoleRequirement) -> bool:
        said = self.said.get(wanted.application_id)
        if said is None:
            return False
        field, operator = wanted.connection_metadata_field, wanted.operator
        if field is None or operator is None:
            return True
        if field not in said:
            return False
        return self._compared(operator, said[field], int(wanted.value or 0))

    def _compared(self, operator: int, said: str, value: int) -> bool:
        """Times are held against so many days ago."""
        compare = _COMPARED[operator]
        if operator in INTEGERS:
            return compare(int(said), value)
        if operator not in TIMES:
            return compare(said == "1", value == 1)
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return compare(moment, self.at - timedelta(days=value))


async def standing(unit: Unit, user_id: Snowflake, rules: Iterable[Rules]) -> Standing:
    """What the applications of these rules say of somebody."""
    asked = list(applications(rules))
    rows = await unit.all(queries.SAID, user_id, asked)
    return Standing({row["application_id"]: row["metadata"] for row in rows}, unit.now())


async def standings(
    unit: Unit, user_ids: Collection[Snowflake], rules: Rules
) -> Mapping[Snowflake, Standing]:
    """The same of many."""
    said: defaultdict[Snowflake, dict[Snowflake, Mapping[str, str]]] = defaultdict(dict)
    for row in await unit.all(queries.SAID_OF_MANY, list(user_ids), list(applications([rules]))):
        said[row["user_id"]][row["application_id"]] = row["metadata"]
    return {id_: Standing(said[id_], unit.now()) for id_ in user_ids}


def read(column: object) -> Rules:
    """Rules as they are kept."""
    return convert(column, Rules)


def fade(rules: Rules) -> bool:
    """Whether time alone makes them unmet."""
    return any(one.operator == _FADING for wanted in rules for one in wanted)


def applications(rules: Iterable[Rules]) -> set[Snowflake]:
    """Those that the rules speak of."""
    return {one.application_id for each in rules for wanted in each for one in wanted}
