"""Buttons, menus and layouts below a message: kept as they came, each with a number."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.wire.limits import Json

_LAST_TYPE: Final = 23
_MOST: Final = 40
_INSIDE: Final = ("component", "accessory")


def numbered(components: list[Json]) -> list[Json]:
    """The components with an id in each; those given are kept, the rest counted from 1."""
    every = [one for at, item in enumerate(components) for one in _walk(item, f"components.{at}")]
    if len(every) > _MOST:
        words = f"Must be {_MOST} or fewer in length."
        raise InvalidForm.at("components", "BASE_TYPE_MAX_LENGTH", words)
    taken = {component["id"] for component, _ in every if "id" in component}
    free = (number for number in count(1) if number not in taken)
    fresh = {path: next(free) for component, path in every if not component.get("id")}
    return [_with_ids(item, f"components.{at}", fresh) for at, item in enumerate(components)]


def _walk(item: Any, path: str) -> Iterator[tuple[Json, str]]:
    """The component and all those inside of it, with where they stand."""
    _check(item, path)
    yield item, path
    for at, child in enumerate(item.get("components") or ()):
        yield from _walk(child, f"{path}.components.{at}")
    for name in _INSIDE:
        if item.get(name) is not None:
            yield from _walk(item[name], f"{path}.{name}")


def _check(item: Any, path: str) -> None:
    if not isinstance(item, dict):
        words = "Only dictionaries may be used in a ModelType"
        raise InvalidForm.at(path, "MODEL_TYPE_CONVERT", words)
    if "type" not in item:
        raise InvalidForm({f"{path}.type": [REQUIRED]})
    if type(item["type"]) is not int or not 1 <= item["type"] <= _LAST_TYPE:
        raise InvalidForm({f"{path}.type": [_no_choice(item["type"])]})
    if type(item.get("id", 0)) is not int or not 0 <= item.get("id", 0) < 2**31:
        raise InvalidForm.at(f"{path}.id", "NUMBER_TYPE_COERCE", "Value is not int.")
    if not isinstance(item.get("components") or [], list):
        words = "Only iterables may be used in a ListType"
        raise InvalidForm.at(f"{path}.components", "LIST_TYPE_CONVERT", words)


def _no_choice(value: Any) -> FieldError:
    shown = str(value)[:64]
    return FieldError("BASE_TYPE_CHOICES", f"Value {shown} is not one of the choices.")


def _with_ids(item: Json, path: str, fresh: dict[str, int]) -> Json:
    whole = dict(item)
    if path in fresh:
        whole["id"] = fresh[path]
    if whole.get("components"):
        whole["components"] = [
            _with_ids(child, f"{path}.components.{at}", fresh)
            for at, child in enumerate(whole["components"])
        ]
    for name in _INSIDE:
        if whole.get(name) is not None:
            whole[name] = _with_ids(whole[name], f"{path}.{name}", fresh)
    return whole
