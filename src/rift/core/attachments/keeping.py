"""Attachments as messages keep them: everything but the addresses, which are made when read."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct, UnsetType

from rift.core.links import Links
from rift.snowflake import Snowflake
from rift.wire.messages import Attachment

IS_CLIP: Final = 1 << 0
IS_SPOILER: Final = 1 << 3
IS_ANIMATED: Final = 1 << 5


class Kept(Struct, frozen=True, kw_only=True):
    """One file; `channel_id` is where it was uploaded, also where it is shown elsewhere."""

    id: Snowflake
    channel_id: Snowflake
    filename: str
    size: int
    content_type: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    duration_secs: float | UnsetType = UNSET
    waveform: str | UnsetType = UNSET
    flags: int | UnsetType = UNSET
    placeholder: str | UnsetType = UNSET
    placeholder_version: int | UnsetType = UNSET

    def shown(self, links: Links) -> Attachment:
        """The file as everybody sees it, with addresses that are good for some hours."""
        place = (self.channel_id, self.id, self.filename)
        return Attachment(
            url=links.attachment(*place),
            proxy_url=links.rendition(*place),
            **{name: getattr(self, name) for name in _SHOWN},
        )


_SHOWN: Final = tuple(name for name in Kept.__struct_fields__ if name != "channel_id")


def kept(column: Any) -> list[Kept]:
    """The attachments in a column of a row."""
    return [] if column is None else msgspec.convert(column, list[Kept])


def shown(column: Any, links: Links) -> list[Attachment]:
    """The same, as they are shown."""
    return [] if column is None else [one.shown(links) for one in kept(column)]


def stored(attachments: Sequence[Kept]) -> Any:
    """What the column holds of them."""
    return msgspec.to_builtins(attachments) if attachments else None
