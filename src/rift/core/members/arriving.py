"""How far somebody is who comes into a guild, as their member's flags have it."""

from typing import Final

from rift.world import Picture

COMPLETED_ONBOARDING: Final = 1 << 1
BYPASSES_VERIFICATION: Final = 1 << 2
STARTED_ONBOARDING: Final = 1 << 3
STARTED_GUIDE: Final = 1 << 5
COMPLETED_GUIDE: Final = 1 << 6
GATE: Final = "MEMBER_VERIFICATION_GATE_ENABLED"
"""The feature of a guild in which nobody speaks who has not agreed to its rules."""
_ONBOARDING: Final = "GUILD_ONBOARDING"


def flags(picture: Picture, *, is_bot: bool) -> int:
    """What somebody begins with who comes now."""
    return STARTED_ONBOARDING if _ONBOARDING in picture.guild.features and not is_bot else 0


def is_pending(picture: Picture, *, is_bot: bool) -> bool:
    """Whether somebody has to agree to something first; bots agree to nothing."""
    return GATE in picture.guild.features and not is_bot
