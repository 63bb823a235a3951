"""Which components there are, and which of them stand inside of which."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from msgspec import Struct

from rift.wire import components as wire

_SELECTS: Final = frozenset({3, 5, 6, 7, 8})
_CONTENT: Final = frozenset({1, 9, 10, 12, 13, 14})


class Inside(NamedTuple):
    """What a component holds under a name: how many, and of which kinds."""

    kinds: frozenset[int]
    least: int = 1
    most: int = 1
    is_list: bool = True


FORMS: Final[Mapping[int, type[Struct]]] = {
    wire.ROW: wire.Row,
    wire.BUTTON: wire.Button,
    wire.STRING_SELECT: wire.StringSelect,
    wire.TEXT_INPUT: wire.TextInput,
    wire.USER_SELECT: wire.EntitySelect,
    wire.ROLE_SELECT: wire.EntitySelect,
    wire.MENTIONABLE_SELECT: wire.EntitySelect,
    wire.CHANNEL_SELECT: wire.ChannelSelect,
    wire.SECTION: wire.Section,
    wire.TEXT: wire.Text,
    wire.THUMBNAIL: wire.Thumbnail,
    wire.GALLERY: wire.Gallery,
    wire.FILE: wire.File,
    wire.SEPARATOR: wire.Separator,
    wire.CONTAINER: wire.Container,
    wire.LABEL: wire.Label,
    wire.UPLOAD: wire.Upload,
    wire.RADIO: wire.Radio,
    wire.CHECKS: wire.Checks,
    wire.CHECK: wire.Check,
}

SELECTS: Final = _SELECTS

OF_MESSAGE: Final = Inside(frozenset({wire.ROW}), 0, 5)
OF_MODAL: Final = Inside(frozenset({wire.ROW, wire.TEXT, wire.LABEL}), 1, 40)
OF_LAYOUT: Final = Inside(_CONTENT | {wire.CONTAINER}, 0, 40)

IN_MESSAGE: Final[Mapping[int, Mapping[str, Inside]]] = {
    wire.ROW: {"components": Inside(_SELECTS | {wire.BUTTON}, 1, 5)},
    wire.SECTION: {
        "components": Inside(frozenset({wire.TEXT}), 1, 3),
        "accessory": Inside(frozenset({wire.BUTTON, wire.THUMBNAIL}), is_list=False),
    },
    wire.CONTAINER: {"components": Inside(_CONTENT, 1, 40)},
}

IN_MODAL: Final[Mapping[int, Mapping[str, Inside]]] = {
    wire.ROW: {"components": Inside(frozenset({wire.TEXT_INPUT}), 1, 1)},
    wire.LABEL: {
        "component": Inside(
            _SELECTS | {wire.TEXT_INPUT, wire.UPLOAD, wire.RADIO, wire.CHECKS, wire.CHECK},
            is_list=False,
        )
    },
}

DEFAULTS: Final[Mapping[int, Mapping[str, object]]] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in _SELECTS},
    wire.THUMBNAIL: {"description": None, "spoiler": False},
    wire.FILE: {"spoiler": False},
    wire.SEPARATOR: {"divider": True, "spacing": 1},
    wire.CONTAINER: {"accent_color": None, "spoiler": False},
}
"""What is said of a component that leaves it open."""
