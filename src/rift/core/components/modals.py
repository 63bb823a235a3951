"""Forms that somebody is to fill in: what they are made of, and what may be filled in."""

from typing import Any, Final

from rift.core.components import kinds
from rift.core.components.checking import checked, walk
from rift.errors import FieldError, InvalidForm
from rift.wire import components as wire
from rift.wire.limits import Json

_MUST_CHOOSE: Final = FieldError(
    "COMPONENT_REQUIRED_MIN_VALUES_INVALID", "What is required has at least one value"
)
_NO_LABEL: Final = FieldError("COMPONENT_LABEL_REQUIRED", "A label is required")


def of_modal(components: list[Any]) -> list[Json]:
    """The components of a form, with an id in each."""
    found = checked(components, kinds.OF_MODAL, kinds.IN_MODAL)
    for item, path in walk(found):
        _check_required(item, path)
        if item["type"] == wire.ROW and not item["components"][0].get("label"):
            raise InvalidForm({f"{path}.components.0.label": [_NO_LABEL]})
    return found


def _check_required(item: Json, path: str) -> None:
    chooses = item["type"] in kinds.SELECTS or item["type"] in (wire.UPLOAD, wire.CHECKS)
    if chooses and item.get("required", True) and item.get("min_values") == 0:
        raise InvalidForm({f"{path}.min_values": [_MUST_CHOOSE]})
