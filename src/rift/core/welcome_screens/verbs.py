"""What can be done with welcome screens."""

from typing import Final

import msgspec
from msgspec import UNSET

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.guilds.emblems import emblem
from rift.core.unit import Unit
from rift.core.welcome_screens import queries, showing
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.welcome_screens import (
    ModifyWelcomeScreen,
    WelcomeChannel,
    WelcomeChannelBody,
    WelcomeScreen,
)
from rift.world import Picture

_EMPTY: Final = WelcomeScreen(description=None, welcome_channels=[])


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake) -> WelcomeScreen:
    """A guild's welcome screen; one that is not shown only for those who manage the guild."""
    hall = await access.guild(unit, actor, guild_id)
    if showing.ENABLED not in hall.guild.guild.features:
        hall.require(Permission.MANAGE_GUILD)
    screen = await showing.stored(unit, guild_id)
    if screen is None:
        raise errors.UnknownWelcomeScreen
    return showing.only(screen, hall.guild.visible(hall.member).__contains__)


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyWelcomeScreen
) -> WelcomeScreen:
    """Change what is shown, or whether anything is."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    before = await showing.stored(unit, guild_id) or _EMPTY
    description = before.description if body.description is UNSET else body.description
    channels = before.welcome_channels
    if body.welcome_channels is not UNSET:
        wanted = body.welcome_channels or []
        channels = [_channel(hall.guild, number, one) for number, one in enumerate(wanted)]
    await unit.run(queries.PUT, guild_id, description, msgspec.to_builtins(channels))
    if body.enabled is not UNSET:
        features = {*hall.guild.guild.features} - {showing.ENABLED}
        features |= {showing.ENABLED} if body.enabled else set()
        await guilds.change(unit, actor, hall, {"features": sorted(features)})
    return WelcomeScreen(description=description, welcome_channels=channels)


def _channel(guild: Picture, number: int, body: WelcomeChannelBody) -> WelcomeChannel:
    channel = guild.channels.get(body.channel_id)
    if channel is None:
        raise errors.UnknownChannel
    if not guild.is_open(channel.id):
        at = f"welcome_channels.{number}.channel_id"
        words = "Everybody must be able to see this channel."
        raise errors.InvalidForm.at(at, "WELCOME_CHANNEL_NOT_VIEWABLE", words)
    shown = emblem(guild, body.emoji_id, body.emoji_name)
    return WelcomeChannel(
        channel_id=channel.id,
        description=body.description,
        emoji_id=shown.id,
        emoji_name=shown.name,
    )
