"""Welcome screens as they are shown: nobody is led to where they may not go."""

from collections.abc import Callable
from typing import Final

import msgspec

from rift.core.unit import Unit
from rift.core.welcome_screens import queries
from rift.wire.welcome_screens import WelcomeChannel, WelcomeScreen
from rift.world import Picture

ENABLED: Final = "WELCOME_SCREEN_ENABLED"
"""The feature of a guild that shows its screen."""


async def stored(unit: Unit, guild_id: str) -> WelcomeScreen | None:
    """The whole screen as it was made; None where nobody has made one."""
    row = await unit.maybe(queries.FETCH, guild_id)
    if row is None:
        return None
    channels = msgspec.convert(row["channels"], list[WelcomeChannel])
    return WelcomeScreen(description=row["description"], welcome_channels=channels)


async def to_strangers(unit: Unit, picture: Picture) -> WelcomeScreen | None:
    """What those see who hold an invite, where the guild shows anything."""
    if ENABLED not in picture.guild.features:
        return None
    screen = await stored(unit, picture.id)
    return None if screen is None else only(screen, picture.is_open)


def only(screen: WelcomeScreen, is_seen: Callable[[str], bool]) -> WelcomeScreen:
    """The screen with those of its channels that somebody sees."""
    seen = [one for one in screen.welcome_channels if is_seen(one.channel_id)]
    return msgspec.structs.replace(screen, welcome_channels=seen)
