"""Whether the rules of a linked role ask for what applications know of their users."""

from collections.abc import Iterator, Mapping
from typing import Final

from rift.core.applications import queries as application_queries
from rift.core.role_links import judging, queries
from rift.core.role_links.judging import Rules
from rift.core.unit import Unit
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.role_connections import BOOLEANS, TIMES
from rift.wire.role_links import RoleRequirement, RoleRequirementBody, RoleRulesBody

_MOST_DAYS: Final = 100_000
_NOBODY: Final = FieldError("UNKNOWN_APPLICATION", "Unknown application")
_NO_FACT: Final = FieldError(
    "APPLICATION_ROLE_CONNECTION_METADATA_UNKNOWN_KEY",
    "The application has no metadata with this key",
)
_OTHER_TYPE: Final = FieldError(
    "BASE_TYPE_CHOICES", "The application's metadata is of another type"
)
_NO_VALUE: Final = FieldError("BASE_TYPE_CHOICES", "This value means nothing here")

Types = Mapping[tuple[Snowflake, str], int]


async def checked(unit: Unit, body: RoleRulesBody) -> Rules:
    """The rules, if each can be met at all."""
    rules = [[_requirement(one) for one in wanted] for wanted in body]
    asked = list(judging.applications([rules]))
    known = {row["id"] for row in await unit.all(application_queries.SOME, asked)}
    facts = await unit.all(queries.FACTS, asked)
    types = {(row["application_id"], row["key"]): row["type"] for row in facts}
    faults = {
        f"{at}.{place}.{field}": [fault]
        for at, wanted in enumerate(rules)
        for place, one in enumerate(wanted)
        for field, fault in _faults(one, known, types)
    }
    if faults:
        raise InvalidForm(faults)
    return rules


def _requirement(body: RoleRequirementBody) -> RoleRequirement:
    return RoleRequirement(
        **{name: getattr(body, name) for name in RoleRequirement.__struct_fields__}
    )


def _faults(
    one: RoleRequirement, known: set[Snowflake], types: Types
) -> Iterator[tuple[str, FieldError]]:
    if one.application_id not in known:
        yield "application_id", _NOBODY
        return
    if one.connection_metadata_field is None:
        return
    type_ = types.get((one.application_id, one.connection_metadata_field))
    if type_ is None:
        yield "connection_metadata_field", _NO_FACT
    elif one.operator is None:
        yield "operator", REQUIRED
    elif one.operator != type_:
        yield "operator", _OTHER_TYPE
    elif one.value is None:
        yield "value", REQUIRED
    elif not _makes_sense(type_, int(one.value)):
        yield "value", _NO_VALUE


def _makes_sense(type_: int, value: int) -> bool:
    if type_ in BOOLEANS:
        return value == 1
    return type_ not in TIMES or 0 <= value <= _MOST_DAYS
