"""The rule by which somebody wants a push of a message, or does not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from rift.snowflake import Snowflake

_ALL, _MENTIONS, _INHERITED = 0, 1, 3
_UNTOUCHED: Final[Mapping[str, Any]] = {}


class Call(NamedTuple):
    """How a message calls somebody; `level` is what their guild does unless they say otherwise."""

    channel_id: Snowflake
    parent_id: Snowflake | None = None
    level: int = _ALL
    by_name: bool = False
    by_role: bool = False
    everyone: bool = False
    privately: bool = False

    @property
    def is_personal(self) -> bool:
        return self.by_name or self.privately


def is_wanted(kept: Mapping[str, Any] | None, call: Call, now: datetime) -> bool:
    """What is muted is quiet; the channel's own word counts first, then its category's."""
    settings = kept or _UNTOUCHED
    overrides = {it["channel_id"]: it for it in settings.get("channel_overrides") or ()}
    places = [
        overrides[str(id_)] for id_ in (call.channel_id, call.parent_id) if str(id_) in overrides
    ]
    if any(_is_muted(place, now) for place in (*places, settings)):
        return False
    if not settings.get("mobile_push", True):
        return False
    levels = (place.get("message_notifications", _INHERITED) for place in (*places, settings))
    level = next((level for level in levels if level != _INHERITED), call.level)
    return level == _ALL or (level == _MENTIONS and _is_called(settings, call))


def _is_called(settings: Mapping[str, Any], call: Call) -> bool:
    return (
        call.is_personal
        or (call.by_role and not settings.get("suppress_roles"))
        or (call.everyone and not settings.get("suppress_everyone"))
    )


def _is_muted(place: Mapping[str, Any], now: datetime) -> bool:
    if not place.get("muted"):
        return False
    end = (place.get("mute_config") or {}).get("end_time")
    return end is None or datetime.fromisoformat(end) > now
