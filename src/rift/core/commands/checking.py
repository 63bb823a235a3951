"""What of a command's form does not fit together, with the place of each fault."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.wire import commands as wire
from rift.wire.commands import Command, CommandOption, CreateCommand, OptionBody

_MOST_CHARACTERS: Final = 8000
_MARKED: Final = ("DEVANAGARI", "THAI")
"""Scripts whose words are written with marks of their own."""

_NESTING: Final = (wire.SUB_COMMAND, wire.SUB_COMMAND_GROUP)
_CHOSEN: Final = (wire.STRING, wire.INTEGER, wire.NUMBER)
_COUNTED: Final = (wire.INTEGER, wire.NUMBER)
_BAD_NAME: Final = FieldError("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
_BAD_OPTION: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Command name is invalid"
)
_NOT_UNIQUE: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists"
)
_NO_OPTIONS: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_FORBIDDEN",
    "Context menu commands cannot have options",
)
_NO_DESCRIPTION: Final = FieldError(
    "APPLICATION_COMMAND_DESCRIPTION_FORBIDDEN",
    "Context menu commands cannot have description",
)
_MIXED: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    "Sub-command and sub-command group option types are mutually exclusive to all other types",
)
_TOO_DEEP: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_NESTING_INVALID", "Options are nested too deep here"
)
_ORDER: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    "Required options must be placed before non-required options",
)
_NO_CHOICES: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Options of this type cannot have choices"
)
_EXCLUSIVE: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
    "An option has either choices or autocompletion, and only where it is text or a number",
)
_NOT_HERE: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", "Options of this type do not have this field"
)
_BACKWARDS: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_RANGE_INVALID", "The least must not be above the most"
)
_WRONG_VALUE: Final = FieldError(
    "APPLICATION_COMMAND_OPTIONS_CHOICES_TYPE_INVALID", "The value is not of the option's type"
)
_TOO_LARGE: Final = FieldError(
    "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({_MOST_CHARACTERS})"
)

Fault = tuple[str, FieldError]


def check(body: CreateCommand, path: str = "") -> None:
    """Refuse a command that makes no sense, all its faults at once."""
    found: dict[str, list[FieldError]] = {}
    for place, fault in _faults(body):
        found.setdefault(f"{path}{place}", []).append(fault)
    if found:
        raise InvalidForm(found)


def check_size(command: Command, path: str = "") -> None:
    """All words of a command together have a limit as well; of translations the longest counts."""
    if _characters(command) > _MOST_CHARACTERS:
        raise InvalidForm({path.rstrip("."): [_TOO_LARGE]})


def _faults(body: CreateCommand) -> Iterator[Fault]:
    if body.type not in (None, wire.CHAT_INPUT):
        if body.options:
            yield "options", _NO_OPTIONS
        if body.description:
            yield "description", _NO_DESCRIPTION
        if not body.name.strip():
            yield "name", _BAD_NAME
        return
    if not is_name(body.name):
        yield "name", _BAD_NAME
    for locale, name in (body.name_localizations or {}).items():
        if not is_name(name):
            yield f"name_localizations.{locale}", _BAD_NAME
    if not body.description:
        yield "description", REQUIRED
    yield from _options(body.options or (), "options", 0)


def _options(options: Sequence[OptionBody], path: str, depth: int) -> Iterator[Fault]:
    nested = [option for option in options if option.type in _NESTING]
    if nested and len(nested) < len(options):
        yield path, _MIXED
    names: set[str] = set()
    optional = False
    for number, option in enumerate(options):
        here = f"{path}.{number}"
        yield from _named(option, here)
        if option.name in names:
            yield f"{here}.name", _NOT_UNIQUE
        names.add(option.name)
        if option.type in _NESTING:
            if depth >= _deepest(option.type):
                yield f"{here}.type", _TOO_DEEP
            elif option.type == wire.SUB_COMMAND_GROUP:
                yield from _group(option, here, depth)
            else:
                yield from _options(option.options or (), f"{here}.options", 2)
            continue
        if optional and option.required:
            yield f"{here}.required", _ORDER
        optional = optional or not option.required
        yield from _plain(option, here)


def _deepest(kind: int) -> int:
    """Groups stand in the command itself, sub-commands there or in a group."""
    return 1 if kind == wire.SUB_COMMAND_GROUP else 2


def _group(option: OptionBody, here: str, depth: int) -> Iterator[Fault]:
    if not option.options:
        yield f"{here}.options", REQUIRED
    for number, inner in enumerate(option.options or ()):
        if inner.type != wire.SUB_COMMAND:
            yield f"{here}.options.{number}.type", _MIXED
    yield from _options(option.options or (), f"{here}.options", depth + 1)


def _named(option: OptionBody, here: str) -> Iterator[Fault]:
    if not is_name(option.name):
        yield f"{here}.name", _BAD_OPTION
    for locale, name in (option.name_localizations or {}).items():
        if not is_name(name):
            yield f"{here}.name_localizations.{locale}", _BAD_OPTION


def _plain(option: OptionBody, here: str) -> Iterator[Fault]:
    if option.options:
        yield f"{here}.options", _NOT_HERE
    if option.choices and option.type not in _CHOSEN:
        yield f"{here}.choices", _NO_CHOICES
    elif option.choices:
        yield from _choices(option, here)
    if option.autocomplete and (option.choices or option.type not in _CHOSEN):
        yield f"{here}.autocomplete", _EXCLUSIVE
    if option.channel_types and option.type != wire.CHANNEL:
        yield f"{here}.channel_types", _NOT_HERE
    yield from _range(option.type in _COUNTED, here, "value", option.min_value, option.max_value)
    is_text = option.type == wire.STRING
    yield from _range(is_text, here, "length", option.min_length, option.max_length)
    for field in ("min_value", "max_value"):
        bound = getattr(option, field)
        if option.type == wire.INTEGER and isinstance(bound, float) and not bound.is_integer():
            yield f"{here}.{field}", FieldError("NUMBER_TYPE_COERCE", "Value is not int.")


def _range(
    fits: bool,  # of this type, or of another one
    here: str,
    of: str,
    least: float | None,
    most: float | None,
) -> Iterator[Fault]:
    for field, bound in ((f"min_{of}", least), (f"max_{of}", most)):
        if bound is not None and not fits:
            yield f"{here}.{field}", _NOT_HERE
    if least is not None and most is not None and least > most:
        yield f"{here}.min_{of}", _BACKWARDS


def _choices(option: OptionBody, here: str) -> Iterator[Fault]:
    types = {wire.STRING: (str,), wire.INTEGER: (int,), wire.NUMBER: (int, float)}[option.type]
    names: set[str] = set()
    for number, choice in enumerate(option.choices or ()):
        if not isinstance(choice.value, types):
            yield f"{here}.choices.{number}.value", _WRONG_VALUE
        if choice.name in names:
            yield f"{here}.choices.{number}.name", _NOT_UNIQUE
        names.add(choice.name)


def is_name(name: str) -> bool:
    """Letters and digits of any script in lower case, `-`, `_` and `'`."""
    return name == name.lower() and all(map(_is_named_by, name))


def _is_named_by(character: str) -> bool:
    if character in "-_'" or unicodedata.category(character)[0] in "LN":
        return True
    return unicodedata.name(character, "").startswith(_MARKED)


def _characters(item: Command | CommandOption) -> int:
    own = _longest(item.name, item.name_localizations)
    own += _longest(item.description, item.description_localizations)
    if isinstance(item, CommandOption) and item.choices:
        own += sum(
            _longest(choice.name, choice.name_localizations) + len(str(choice.value))
            for choice in item.choices
        )
    return own + sum(map(_characters, item.options or ()))


def _longest(text: str, others: object) -> int:
    words = others.values() if isinstance(others, dict) else ()
    return max(len(text), *map(len, words)) if words else len(text)
