"""Communities: what a guild must have to be one, and what it may not do without while it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import Permission
from rift.wire.guilds import Guild

COMMUNITY: Final = "COMMUNITY"
DISCOVERABLE: Final = "DISCOVERABLE"
"""The feature of a guild that everybody on the instance may find."""
INVITES_PAUSED: Final = "INVITES_DISABLED"
"""The feature of a guild that lets nobody in for a while."""
_CHANNELS: Final = ("rules_channel_id", "public_updates_channel_id")
_LEVELS: Final = (("verification_level", 1), ("explicit_content_filter", 2))
_ONLY_THERE: Final = frozenset({"GUILD_ONBOARDING", "GUILD_SERVER_GUIDE", DISCOVERABLE})
"""The features that end when a guild is no community any more."""
_FOR_ADMINISTRATORS: Final = frozenset({COMMUNITY, DISCOVERABLE})


def demanded(before: Guild, row: Mapping[str, Any]) -> dict[str, Any]:
    """What else changes with the columns of a form; refuses what a community may not be.

    Who becomes one and says nothing of its levels is given those it needs.
    """
    features = row.get("features", before.features)
    if COMMUNITY not in features:
        if COMMUNITY in before.features:
            return {"features": sorted(set(features) - _ONLY_THERE)}
        if DISCOVERABLE in features:
            words = "Only communities are found by everybody."
            raise InvalidForm.at("features", "GUILD_FEATURE_NOT_SUPPORTED", words)
        return {}
    for field in _CHANNELS:
        if row.get(field, getattr(before, field)) is None:
            raise InvalidForm({field: [REQUIRED]})
    for field, least in _LEVELS:
        if row.get(field, least) < least:
            words = f"A community needs a level of at least {least}."
            raise InvalidForm.at(field, "NUMBER_TYPE_MIN", words)
    return {
        field: least for field, least in _LEVELS if row.get(field, getattr(before, field)) < least
    }


def check_permission(unit: Unit, hall: Hall, columns: Mapping[str, Any]) -> None:
    """What a guild shows to the world is for those to decide who may do everything.

    Whether there is such a list at all, the instance decides.
    """
    before = hall.guild.guild.features
    switched = set(columns.get("features", before)) ^ set(before)
    if switched & _FOR_ADMINISTRATORS:
        hall.require(Permission.ADMINISTRATOR)
    if DISCOVERABLE in switched - set(before):
        access.must_be_discovered(unit)


def is_paused(guild: Guild, now: datetime) -> bool:
    """Whether nobody comes in: until somebody says otherwise, or for a while."""
    incidents = guild.incidents_data
    until = None if incidents is None else incidents.invites_disabled_until
    return INVITES_PAUSED in guild.features or (until is not None and until > now)


def check_needless(guild: Guild, channel_id: str) -> None:
    """A channel that a community cannot be without is not deleted."""
    if COMMUNITY in guild.features and channel_id in {getattr(guild, it) for it in _CHANNELS}:
        raise errors.CommunityChannelRequired
