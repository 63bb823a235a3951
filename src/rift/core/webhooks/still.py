"""Which components a webhook's messages have: behind most webhooks nobody hears a click."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import replace

from rift.core.unit import Row
from rift.errors import InvalidForm
from rift.wire.limits import Json
from rift.wire.messages import ModifyMessage
from rift.wire.webhooks import EditQuery

_BUTTON: Final = 2
_LINK: Final = 5
_MENUS: Final = frozenset({3, 5, 6, 7, 8})
_INSIDE: Final = ("component", "accessory")


def allowed(row: Row, query: EditQuery, components: list[Json] | None) -> list[Json] | None:
    """The components that are to be shown; without the wish for them, only an application's."""
    if row["application_id"] is not None or not components:
        return components
    if not query.with_components:
        return None
    for at, component in enumerate(components):
        if any(map(_is_interactive, _walk(component))):
            words = "Only webhooks of applications have components that answer."
            raise InvalidForm.at(f"components.{at}", "COMPONENT_NOT_INTERACTIVE", words)
    return components


def respected(row: Row, query: EditQuery, body: ModifyMessage) -> ModifyMessage:
    """An edit with those of its components that are to be shown."""
    if body.components is UNSET or body.components is None:
        return body
    kept = allowed(row, query, body.components)
    return replace(body, components=UNSET if kept is None else kept)


def _walk(item: Any) -> Iterator[Any]:
    yield item
    if not isinstance(item, dict):
        return
    inside = item.get("components")
    children = list(inside) if isinstance(inside, Sequence) else []
    for child in (*children, *(item.get(name) for name in _INSIDE)):
        yield from _walk(child)


def _is_interactive(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    is_button = item.get("type") == _BUTTON and item.get("style") != _LINK
    return is_button or item.get("type") in _MENUS
