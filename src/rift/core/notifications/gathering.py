"""What many people wish to be told of in one channel, gathered at once."""

from collections.abc import Sequence
from typing import Final

import msgspec

from rift.core.messages import people
from rift.core.notifications import queries
from rift.core.notifications.rules import ALL, Wishes
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.wire.notifications import NotificationSettings, UserGuildSettings
from rift.world import Picture

_PLACE: Final = (
    "message_notifications",
    "mobile_push",
    "muted",
    "mute_config",
    "mute_scheduled_events",
    "suppress_everyone",
    "suppress_roles",
    "channel_overrides",
)


async def wishes(
    unit: Unit, guild: Picture | None, channel: Channel | None, user_ids: Sequence[Snowflake]
) -> list[Wishes]:
    """What each of the users wishes for, there or in the guild as such.

    Where they may read at all is not asked here.
    """
    parent_id = None if channel is None else channel.parent_id or None
    named = [] if channel is None else [channel.id]
    named += [] if parent_id is None else [parent_id]
    guild_id = None if guild is None else guild.id
    rows = await unit.all(queries.WISHES, user_ids, guild_id, named)
    members = await people.members(unit, guild, user_ids)
    level = ALL if guild is None else guild.guild.default_message_notifications
    return [
        Wishes(
            user_id=row["user_id"],
            everywhere=_everywhere(row),
            place=_place(row, guild_id),
            parent_id=parent_id,
            level=level,
            role_ids=frozenset(members[row["user_id"]].roles if row["user_id"] in members else ()),
        )
        for row in rows
    ]


def _everywhere(row: Row) -> NotificationSettings:
    told = {name: row[name] for name in ("flags", "quiet_hours", "keywords")}
    return msgspec.convert(told, NotificationSettings)


def _place(row: Row, guild_id: Snowflake | None) -> UserGuildSettings:
    told = {name: row[name] for name in _PLACE}
    told |= {"guild_id": guild_id, "keywords": row["place_keywords"]}
    return msgspec.convert(told, UserGuildSettings)
