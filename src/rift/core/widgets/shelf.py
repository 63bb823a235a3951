"""The pictures of widgets that were drawn lately, so that a busy page costs nothing."""

from collections import OrderedDict
from typing import Final, NamedTuple

_MOST: Final = 512


class Drawing(NamedTuple):
    """All that a picture shows: the same again looks the same."""

    guild_id: str
    style: str
    name: str
    icon: str | None
    online: int


class Shelf:
    """Holds so many, and forgets what nobody has asked for the longest time."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._drawn: OrderedDict[Drawing, bytes] = OrderedDict()

    def get(self, drawing: Drawing) -> bytes | None:
        found = self._drawn.get(drawing)
        if found is not None:
            self._drawn.move_to_end(drawing)
        return found

    def put(self, drawing: Drawing, picture: bytes) -> None:
        self._drawn[drawing] = picture
        while len(self._drawn) > self._most:
            self._drawn.popitem(last=False)
