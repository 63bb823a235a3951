"""Tell those who know somebody, outside of guilds, what they are called now."""

from rift import events
from rift.core.private_channels import queries as channel_queries
from rift.core.private_channels import seeing
from rift.core.relationships import queries
from rift.core.relationships.pairs import side_from_row
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.relationships import RelationshipAdded


async def tell(unit: Unit, user_id: Snowflake) -> None:
    """Those who have a relationship to somebody, and those who have a channel with them."""
    for row in await unit.all(queries.KNOWN_BY, user_id):
        side = side_from_row(row)
        # The only event about a relationship that shows the user; nobody is notified by it.
        added = RelationshipAdded(**side.shown_fields(), should_notify=False)
        unit.emit(events.RelationshipAdd(data=added, to=(side.user_id,)))
    opened = await unit.all(channel_queries.OPEN_TO_OTHERS, user_id)
    channel_ids = list(dict.fromkeys(row["channel_id"] for row in opened))
    viewer_ids = {row["user_id"] for row in opened}
    pairs = {(row["channel_id"], row["user_id"]) for row in opened}
    for view in await seeing.views(unit, channel_ids, viewer_ids):
        if not view.bot and (view.channel.id, view.viewer_id) in pairs:
            unit.emit(events.ChannelUpdate(data=view.channel, to=(view.viewer_id,)))
