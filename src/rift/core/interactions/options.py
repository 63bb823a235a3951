"""What is given to a command, held against what it was registered with."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.snowflake import parse
from rift.wire import commands as wire
from rift.wire.commands import CommandOption
from rift.wire.interactions import GivenOption
from rift.wire.limits import Json

_NESTING: Final = (wire.SUB_COMMAND, wire.SUB_COMMAND_GROUP)
_IDS: Final = (wire.USER_OPTION, wire.CHANNEL, wire.ROLE, wire.MENTIONABLE, wire.ATTACHMENT)
_WRONG: Final = FieldError("INTERACTION_APPLICATION_COMMAND_OPTION_INVALID", "Invalid value")
_UNKNOWN: Final = FieldError(
    "INTERACTION_APPLICATION_COMMAND_OPTION_UNKNOWN", "This command has no such option"
)

Given = Sequence[GivenOption]
Known = Sequence[CommandOption]
Path = str


def told(known: Known, given: Given, *, partial: bool, path: Path = "data.options") -> list[Json]:
    """The options as the application is told of them; `partial` while they are being typed."""
    by_name = {option.name: option for option in known}
    found: list[Json] = []
    for at, one in enumerate(given):
        here = f"{path}.{at}"
        option = by_name.pop(one.name, None)
        if option is None or option.type != one.type:
            raise InvalidForm({here: [_UNKNOWN]})
        found.append(_one(option, one, here, partial=partial))
    nested = [option for option in known if option.type in _NESTING]
    if nested and len(found) != 1:
        raise InvalidForm({path: [REQUIRED]})
    missing = [option.name for option in by_name.values() if option.required]
    if missing and not partial:
        raise InvalidForm({path: [REQUIRED]})
    return found


def leaves(options: Sequence[Json]) -> Iterator[Json]:
    """The values, however deep they are given."""
    for option in options:
        if "options" in option:
            yield from leaves(option["options"])
        elif "value" in option:
            yield option


def _one(option: CommandOption, one: GivenOption, here: Path, *, partial: bool) -> Json:
    shape: Json = {"type": one.type, "name": one.name}
    if option.type in _NESTING:
        inner = told(
            option.options or (), one.options or (), partial=partial, path=f"{here}.options"
        )
        return {**shape, "options": inner}
    if one.value is None:
        raise InvalidForm({f"{here}.value": [REQUIRED]})
    if partial and one.focused:
        return {**shape, "value": str(one.value), "focused": True}
    value = _value(option, one.value)
    if value is None or not _fits(option, value):
        raise InvalidForm({f"{here}.value": [_WRONG]})
    return {**shape, "value": value}


def _value(option: CommandOption, value: Any) -> Any:
    """The value as its type has it, or None."""
    match option.type:
        case wire.STRING:
            return value if isinstance(value, str) else None
        case wire.BOOLEAN:
            return value if isinstance(value, bool) else None
        case wire.INTEGER:
            whole = isinstance(value, int) and not isinstance(value, bool)
            return value if whole and abs(value) < 2**53 else None
        case wire.NUMBER:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return value if number and abs(value) < 2**53 else None
        case _ if option.type in _IDS:
            return parse(str(value))
    return None


def _fits(option: CommandOption, value: Any) -> bool:
    if option.choices:
        return any(choice.value == value for choice in option.choices)
    if option.type in (wire.INTEGER, wire.NUMBER):
        least, most = option.min_value, option.max_value
        low = not isinstance(least, int | float) or value >= least
        return low and (not isinstance(most, int | float) or value <= most)
    if option.type == wire.STRING:
        least, most = option.min_length, option.max_length
        low = not isinstance(least, int) or len(value) >= least
        return low and (not isinstance(most, int) or len(value) <= most)
    return True
