"""Components are looked at from the top down; what is wrong is told where it stands."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

import msgspec

from rift.core.components import kinds
from rift.core.components.kinds import Inside
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.snowflake import decode_hook
from rift.wire import components as wire
from rift.wire.limits import Json

_MOST: Final = 40
_MOST_TEXT: Final = 4000
_MOST_ID: Final = 2**31 - 1
_TWICE: Final = FieldError(
    "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
)
_SAME_ID: Final = FieldError("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
_TOO_WIDE: Final = FieldError(
    "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
)
_TOO_MANY: Final = FieldError(
    "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    f"The maximum number of components ({_MOST}) was exceeded",
)
_TOO_LONG: Final = FieldError(
    "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    f"Total displayable text size exceeds maximum size of {_MOST_TEXT}",
)
_NEEDS_ID: Final = FieldError("BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
_NEEDS_URL: Final = FieldError("BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
_BOTH: Final = FieldError(
    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    "A custom id and url cannot both be specified",
)
_NO_FACE: Final = FieldError(
    "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required"
)
_NO_SHOP: Final = FieldError(
    "BUTTON_COMPONENT_SKU_UNKNOWN", "Nothing is sold here that a button could lead to"
)
_BAD_EMOJI: Final = FieldError("BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
_SAME_VALUE: Final = FieldError(
    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
)
_RANGE: Final = FieldError(
    "SELECT_COMPONENT_MIN_MAX_VALUES_INVALID", "The least must not be above the most"
)
_TOO_FEW: Final = FieldError(
    "SELECT_COMPONENT_MAX_VALUES_TOO_HIGH", "There are not that many options"
)
_DEFAULTS: Final = FieldError(
    "SELECT_COMPONENT_DEFAULT_VALUES_INVALID", "As many are chosen as may be, of the right kind"
)
_OF_KIND: Final = {
    wire.USER_SELECT: {"user"},
    wire.ROLE_SELECT: {"role"},
    wire.MENTIONABLE_SELECT: {"user", "role"},
    wire.CHANNEL_SELECT: {"channel"},
}

Place = tuple[Json, str]


def of_message(components: list[Any], *, layout: bool) -> list[Json]:
    """The components of a message with an id in each; `layout` opens all there are to it."""
    top = kinds.OF_LAYOUT if layout else kinds.OF_MESSAGE
    found = checked(components, top, kinds.IN_MESSAGE)
    for item, _ in walk(found):
        item.pop("required", None)  # only forms have what must be filled in
    return found


def walk(components: list[Json], path: str = "components") -> Iterator[Place]:
    """Every component and where it stands, each before what is inside of it."""
    for at, item in enumerate(components):
        yield from _walk_one(item, f"{path}.{at}")


def _walk_one(item: Json, path: str) -> Iterator[Place]:
    yield item, path
    for name in ("components", "accessory", "component"):
        inner = item.get(name)
        if isinstance(inner, list):
            yield from walk(inner, f"{path}.{name}")
        elif inner is not None:
            yield from _walk_one(inner, f"{path}.{name}")


def checked(
    components: list[Any], top: Inside, inside: Mapping[int, Mapping[str, Inside]]
) -> list[Json]:
    """Components with an id in each, where they fit together."""
    built = _several(components, "components", top, inside)
    every = list(walk(built))
    if len(every) > _MOST:
        raise InvalidForm({"components": [_TOO_MANY]})
    text = sum(len(item.get("content", "")) for item, _ in every)
    if text > _MOST_TEXT:
        raise InvalidForm({"components": [_TOO_LONG]})
    _check_unique(every)
    _number(every)
    return built


def _several(
    items: Any, path: str, room: Inside, inside: Mapping[int, Mapping[str, Inside]]
) -> list[Json]:
    if not isinstance(items, list):
        words = "Only iterables may be used in a ListType"
        raise InvalidForm.at(path, "LIST_TYPE_CONVERT", words)
    if not room.least <= len(items) <= room.most:
        words = f"Must be between {room.least} and {room.most} in length."
        raise InvalidForm.at(path, "BASE_TYPE_BAD_LENGTH", words)
    return [_one(item, f"{path}.{at}", room, inside) for at, item in enumerate(items)]


def _one(item: Any, path: str, room: Inside, inside: Mapping[int, Mapping[str, Inside]]) -> Json:
    kind = _kind(item, path, room)
    built: Json = {"type": kind, "id": _id(item, path)}
    built |= kinds.DEFAULTS.get(kind, {})
    built |= _own(item, path, kinds.FORMS[kind])
    _check_one(built, path)
    for name, within in inside.get(kind, {}).items():
        here = f"{path}.{name}"
        if item.get(name) is None:
            raise InvalidForm({here: [REQUIRED]})
        if within.is_list:
            built[name] = _several(item[name], here, within, inside)
        else:
            built[name] = _one(item[name], here, within, inside)
    if kind == wire.ROW:
        _check_width(built, path)
    return built


def _kind(item: Any, path: str, room: Inside) -> int:
    if not isinstance(item, dict):
        words = "Only dictionaries may be used in a ModelType"
        raise InvalidForm.at(path, "MODEL_TYPE_CONVERT", words)
    if "type" not in item:
        raise InvalidForm({f"{path}.type": [REQUIRED]})
    kind = item["type"]
    if type(kind) is not int or kind not in room.kinds:
        listed = ", ".join(map(str, sorted(room.kinds)))
        words = f'Value of field "type" must be one of ({listed}).'
        raise InvalidForm.at(f"{path}.type", "UNION_TYPE_CHOICES", words)
    return kind


def _id(item: Json, path: str) -> int:
    id_ = item.get("id") or 0
    if type(id_) is not int or not 0 <= id_ <= _MOST_ID:
        raise InvalidForm.at(f"{path}.id", "NUMBER_TYPE_COERCE", "Value is not int.")
    return id_


def _own(item: Json, path: str, form: type[msgspec.Struct]) -> Json:
    """What a component says of itself, without what it leaves open."""
    try:
        read = msgspec.convert(item, form, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        found = InvalidForm.from_validation(error).fields
        raise InvalidForm({f"{path}.{at}".rstrip("."): it for at, it in found.items()}) from error
    said: Json = _without_none(msgspec.to_builtins(read))
    return said


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(one) for key, one in value.items() if one is not None}
    return [_without_none(one) for one in value] if isinstance(value, list) else value


def _check_one(item: Json, path: str) -> None:
    kind = item["type"]
    if kind == wire.BUTTON:
        _check_button(item, path)
    elif kind in kinds.SELECTS or kind in (wire.UPLOAD, wire.RADIO, wire.CHECKS):
        _check_choice(item, path)
    elif kind == wire.TEXT_INPUT:
        if item.get("min_length", 0) > item.get("max_length", _MOST_TEXT):
            raise InvalidForm({f"{path}.min_length": [_RANGE]})
    elif kind == wire.GALLERY:
        item["items"] = [{"description": None, "spoiler": False, **it} for it in item["items"]]


def _check_button(item: Json, path: str) -> None:
    if item["style"] == wire.PREMIUM:
        raise InvalidForm({f"{path}.sku_id": [_NO_SHOP]})
    if "sku_id" in item:
        raise InvalidForm({f"{path}.sku_id": [_NO_SHOP]})
    if "custom_id" in item and "url" in item:
        raise InvalidForm({path: [_BOTH]})
    wanted = ("url", _NEEDS_URL) if item["style"] == wire.LINK else ("custom_id", _NEEDS_ID)
    if wanted[0] not in item:
        raise InvalidForm({f"{path}.{wanted[0]}": [wanted[1]]})
    if not item.get("label") and "emoji" not in item:
        raise InvalidForm({path: [_NO_FACE]})
    _check_emoji(item, path)


def _check_emoji(item: Json, path: str) -> None:
    emoji = item.get("emoji")
    if emoji is not None and not (emoji.get("id") or emoji.get("name")):
        raise InvalidForm({f"{path}.emoji.name": [_BAD_EMOJI]})


def _check_choice(item: Json, path: str) -> None:
    least, most = item.get("min_values", 1), item.get("max_values")
    if most is not None and least > most:
        raise InvalidForm({f"{path}.min_values": [_RANGE]})
    seen: set[str] = set()
    options = item.get("options", ())
    for at, option in enumerate(options):
        if option["value"] in seen:
            raise InvalidForm({f"{path}.options.{at}.value": [_SAME_VALUE]})
        seen.add(option["value"])
        _check_emoji(option, f"{path}.options.{at}")
    if options and max(least, most or 0) > len(options):
        raise InvalidForm({f"{path}.max_values": [_TOO_FEW]})
    chosen = sum(bool(option.get("default")) for option in options)
    if item["type"] != wire.RADIO and most is not None and chosen > most:
        raise InvalidForm({f"{path}.options": [_DEFAULTS]})
    given = item.get("default_values")
    if given:
        kinds_ = {one["type"] for one in given}
        if not least <= len(given) <= (most or 1) or not kinds_ <= _OF_KIND[item["type"]]:
            raise InvalidForm({f"{path}.default_values": [_DEFAULTS]})


def _check_width(row: Json, path: str) -> None:
    """Five buttons fill a row, and so does one menu."""
    children = row["components"]
    if len(children) > 1 and any(child["type"] in kinds.SELECTS for child in children):
        raise InvalidForm({f"{path}.components.1": [_TOO_WIDE]})


def _check_unique(every: list[Place]) -> None:
    names: set[str] = set()
    numbers: set[int] = set()
    for item, path in every:
        name, number = item.get("custom_id"), item["id"]
        if name is not None and name in names:
            raise InvalidForm({f"{path}.custom_id": [_TWICE]})
        if number and number in numbers:
            raise InvalidForm({f"{path}.id": [_SAME_ID]})
        names |= {name} if name is not None else set()
        numbers.add(number)


def _number(every: list[Place]) -> None:
    """Those given are kept, the rest counted from 1."""
    taken = {item["id"] for item, _ in every}
    free = (number for number in count(1) if number not in taken)
    for item, _ in every:
        item["id"] = item["id"] or next(free)
