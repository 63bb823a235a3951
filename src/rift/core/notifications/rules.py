"""Whether something is worth disturbing somebody: a pure function of what they wish for."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import UNSET, Struct

from rift.snowflake import Snowflake
from rift.wire.happenings import ScheduledEvent
from rift.wire.messages import MessageEvent
from rift.wire.notifications import (
    ChannelOverride,
    MuteConfig,
    NotificationSettings,
    QuietHours,
    UserGuildSettings,
)

ALL, MENTIONS, NOTHING, AS_ABOVE = 0, 1, 2, 3
_SILENT: Final = 1 << 12
_DAY: Final = timedelta(days=1)
_UNSPACED: Final = ((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0xD7FF))
"""Scripts that put no spaces between words, or hang endings onto them: South-East and East Asia."""


class Wishes(Struct, frozen=True, kw_only=True):
    """What somebody wishes for, as far as messages of one channel go."""

    user_id: Snowflake
    everywhere: NotificationSettings = NotificationSettings()
    place: UserGuildSettings = UserGuildSettings(guild_id=None)
    """Their settings of the guild, or of private channels."""
    parent_id: Snowflake | None = None
    """The category the channel stands in."""
    level: int = ALL
    """What is told of to who wishes nothing else: the guild's setting; in private, everything."""
    role_ids: frozenset[Snowflake] = frozenset()


def wants_push(wishes: Wishes, message: MessageEvent, now: datetime) -> bool:
    """Whether somebody wants to be told of a message, if they do not look at it anyway.

    That they may read it, and have not blocked who wrote it, is not asked here.
    """
    if message.author.id == wishes.user_id or message.flags & _SILENT:
        return False
    overrides = _overrides(wishes, message.channel_id)
    if not _is_open(wishes, overrides, now):
        return False
    level = _level(wishes, overrides)
    return level == ALL or (level == MENTIONS and _calls(wishes, message))


def wants_beginning(wishes: Wishes, event: ScheduledEvent, now: datetime) -> bool:
    """Whether somebody who wants to come to an event wants to be told that it begins."""
    overrides = [] if event.channel_id is None else _overrides(wishes, event.channel_id)
    if wishes.place.mute_scheduled_events or not _is_open(wishes, overrides, now):
        return False
    return _level(wishes, overrides) != NOTHING


def is_quiet(hours: QuietHours | None, now: datetime) -> bool:
    """Whether it is a time at which somebody wants to be left alone."""
    if hours is None or not hours.enabled:
        return False
    local = now.astimezone(zone(hours.timezone) or UTC)
    start, end = time.fromisoformat(hours.start), time.fromisoformat(hours.end)
    clock = local.time()
    if start < end:
        return local.weekday() in hours.days and start <= clock < end
    evening = local.weekday() in hours.days and clock >= start
    return evening or ((local - _DAY).weekday() in hours.days and clock < end)


def zone(name: str) -> tzinfo | None:
    """A time zone by its name; None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def says(content: str, keyword: str) -> bool:
    """Whether a text contains a word or phrase as such, and not within other words."""
    text, word = content.casefold(), keyword.casefold()
    at = text.find(word)
    while at >= 0:
        before, after = text[:at][-1:], text[at + len(word) :][:1]
        if _parts(before, word[0]) and _parts(word[-1], after):
            return True
        at = text.find(word, at + 1)
    return False


def _parts(left: str, right: str) -> bool:
    """Whether a word may end between these two characters."""
    if not (left and right and _is_letter(left) and _is_letter(right)):
        return True
    return _is_unspaced(left) or _is_unspaced(right)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_unspaced(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _UNSPACED)


def _is_open(wishes: Wishes, overrides: list[ChannelOverride], now: datetime) -> bool:
    """Whether somebody hears anything at all at this time, of this place."""
    if not wishes.place.mobile_push or is_quiet(wishes.everywhere.quiet_hours, now):
        return False
    return not _is_muted(wishes.place, now) and not any(_is_muted(one, now) for one in overrides)


def _overrides(wishes: Wishes, channel_id: Snowflake) -> list[ChannelOverride]:
    """The channel's own, then its category's."""
    known = {one.channel_id: one for one in wishes.place.channel_overrides}
    found = (known.get(id_) for id_ in (channel_id, wishes.parent_id) if id_ is not None)
    return [one for one in found if one is not None]


def _is_muted(settings: UserGuildSettings | ChannelOverride, now: datetime) -> bool:
    return settings.muted and _lasts(settings.mute_config, now)


def _lasts(config: MuteConfig | None, now: datetime) -> bool:
    if config is None or config.end_time is UNSET or config.end_time is None:
        return True
    return config.end_time > now


def _level(wishes: Wishes, overrides: list[ChannelOverride]) -> int:
    """The nearest that says something."""
    levels = [one.message_notifications for one in overrides]
    levels.append(wishes.place.message_notifications)
    return next((level for level in levels if level != AS_ABOVE), wishes.level)


def _calls(wishes: Wishes, message: MessageEvent) -> bool:
    """Whether somebody is mentioned, or one of their words."""
    place = wishes.place
    if any(user.id == wishes.user_id for user in message.mentions):
        return True
    if message.mention_everyone and not place.suppress_everyone:
        return True
    if not place.suppress_roles and not wishes.role_ids.isdisjoint(message.mention_roles):
        return True
    words = (*wishes.everywhere.keywords, *place.keywords)
    return any(says(message.content, word) for word in words)
