"""Previews of videos that not every browser plays: ordered with the message, made later."""

from collections.abc import Iterable
from typing import Final

from rift.core.attachments import queries
from rift.core.attachments.keeping import Kept
from rift.core.unit import Unit
from rift.snowflake import Snowflake

_OFTEN_H264: Final = frozenset({"video/mp4", "video/quicktime", "video/x-matroska"})


async def order(
    unit: Unit, channel_id: Snowflake, message_id: Snowflake, carried: Iterable[Kept]
) -> None:
    """Note which of the files of a message want a preview."""
    ids = [one.id for one in carried if one.content_type in _OFTEN_H264]
    if ids:
        await unit.run(queries.ORDER_PREVIEWS, ids, channel_id, message_id)
