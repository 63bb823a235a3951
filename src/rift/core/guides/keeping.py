"""The guide of a guild as it is kept and shown."""

from typing import Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift.core.guides import queries
from rift.core.unit import Unit
from rift.wire.guides import ServerGuide
from rift.world import Picture

ENABLED: Final = "GUILD_SERVER_GUIDE"
"""The feature of a guild that guides those who come."""


async def stored(unit: Unit, guild: Picture) -> ServerGuide | None:
    """Without the channels that are gone; None where nothing was ever set up."""
    row = await unit.maybe(queries.FETCH, guild.id)
    if row is None:
        return None
    for part in ("new_member_actions", "resource_channels"):
        row[part] = [it for it in row[part] if it["channel_id"] in guild.channels]
    if row["welcome_message"] is None:
        del row["welcome_message"]
    guide = msgspec.convert({**row, "enabled": ENABLED in guild.guild.features}, ServerGuide)
    return await _drawn(unit, guide)


async def store(unit: Unit, guide: ServerGuide) -> None:
    """Keep a guide; icons are kept apart, and only those of what is in it."""
    actions = [replace(it, icon=UNSET) for it in guide.new_member_actions]
    resources = [replace(it, icon=UNSET) for it in guide.resource_channels]
    shape = msgspec.to_builtins((actions, resources))
    greeting = msgspec.to_builtins(guide).get("welcome_message")
    await unit.run(queries.PUT, guide.guild_id, greeting, *shape)
    there = [[it.channel_id for it in lines] for lines in (actions, resources)]
    await unit.run(queries.KEEP_ICONS, guide.guild_id, *there)


async def _drawn(unit: Unit, guide: ServerGuide) -> ServerGuide:
    """With the icons that its channels were given."""
    lines = (*guide.new_member_actions, *guide.resource_channels)
    rows = await unit.all(queries.ICONS, list({line.channel_id for line in lines}))
    actions = {row["id"]: row["action_icon"] for row in rows}
    resources = {row["id"]: row["resource_icon"] for row in rows}
    return replace(
        guide,
        new_member_actions=[
            replace(it, icon=actions.get(it.channel_id) or UNSET) for it in guide.new_member_actions
        ],
        resource_channels=[
            replace(it, icon=resources.get(it.channel_id) or UNSET)
            for it in guide.resource_channels
        ],
    )
