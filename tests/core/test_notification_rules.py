"""Of which messages somebody wants to be told, as far as their settings say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from rift.core.notifications.rules import Wishes, is_quiet, says, wants_push
from rift.snowflake import Snowflake
from rift.wire.messages import MentionedUser, MessageEvent
from rift.wire.notifications import (
    ChannelOverride,
    MuteConfig,
    NotificationSettings,
    QuietHours,
    UserGuildSettings,
)
from tests.world.samples import CHANNEL, GUILD, ROLE, message

ME = Snowflake("77")
CATEGORY = Snowflake("2001")
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
ALL, MENTIONS, NOTHING = 0, 1, 2


def wishes(**fields: Any) -> Wishes:
    return Wishes(user_id=ME, parent_id=CATEGORY, role_ids=frozenset([ROLE]), **fields)


def place(**fields: Any) -> UserGuildSettings:
    return UserGuildSettings(guild_id=GUILD, **fields)


def calling(content: str = "hello", **fields: Any) -> MessageEvent:
    return replace(message(content=content), **fields)


ME_CALLED = [MentionedUser(id=ME, username="me")]


def test_where_nothing_is_said_the_guild_decides() -> None:
    assert wants_push(wishes(level=ALL), calling(), NOW)
    assert not wants_push(wishes(level=MENTIONS), calling(), NOW)
    assert wants_push(
        wishes(level=MENTIONS, place=place(message_notifications=ALL)), calling(), NOW
    )


def test_the_channel_goes_before_its_category_and_that_before_the_guild() -> None:
    category = ChannelOverride(channel_id=CATEGORY, message_notifications=NOTHING)
    channel = ChannelOverride(channel_id=CHANNEL, message_notifications=ALL)
    of_category = place(message_notifications=ALL, channel_overrides=[category])
    assert not wants_push(wishes(place=of_category), calling(mentions=ME_CALLED), NOW)
    both = place(message_notifications=NOTHING, channel_overrides=[category, channel])
    assert wants_push(wishes(place=both), calling(), NOW)


@pytest.mark.parametrize(
    ("fields", "suppressing"),
    [
        ({"mentions": ME_CALLED}, {}),
        ({"mention_everyone": True}, {"suppress_everyone": True}),
        ({"mention_roles": [ROLE]}, {"suppress_roles": True}),
    ],
)
def test_mentions_call_unless_they_are_suppressed(
    fields: dict[str, Any], suppressing: dict[str, Any]
) -> None:
    assert wants_push(wishes(place=place(message_notifications=MENTIONS)), calling(**fields), NOW)
    if suppressing:
        deaf = place(message_notifications=MENTIONS, **suppressing)
        assert not wants_push(wishes(place=deaf), calling(**fields), NOW)
    nothing = place(message_notifications=NOTHING)
    assert not wants_push(wishes(place=nothing), calling(**fields), NOW)


def test_another_ones_mention_or_role_calls_nobody_else() -> None:
    mentions = place(message_notifications=MENTIONS)
    other = [MentionedUser(id=Snowflake("78"), username="other")]
    assert not wants_push(wishes(place=mentions), calling(mentions=other), NOW)
    assert not wants_push(wishes(place=mentions), calling(mention_roles=[CHANNEL]), NOW)


def test_words_call_where_mentions_do() -> None:
    said = calling("a game of Chess?")
    everywhere = NotificationSettings(keywords=["chess"])
    here = place(message_notifications=MENTIONS, keywords=["chess"])
    mentions = place(message_notifications=MENTIONS)
    assert wants_push(wishes(place=mentions, everywhere=everywhere), said, NOW)
    assert wants_push(wishes(place=here), said, NOW)
    assert not wants_push(wishes(place=mentions), said, NOW)
    nothing = place(message_notifications=NOTHING, keywords=["chess"])
    assert not wants_push(wishes(place=nothing, everywhere=everywhere), said, NOW)


def test_what_is_muted_is_silent_until_it_ends() -> None:
    called = calling(mentions=ME_CALLED)
    for end, heard in ((None, False), (NOW + timedelta(hours=1), False), (NOW, True)):
        config = MuteConfig(end_time=end)
        guild = place(muted=True, mute_config=config)
        category = ChannelOverride(channel_id=CATEGORY, muted=True, mute_config=config)
        channel = ChannelOverride(channel_id=CHANNEL, muted=True, mute_config=config)
        for settings in (
            guild,
            place(channel_overrides=[category]),
            place(channel_overrides=[channel]),
        ):
            assert wants_push(wishes(place=settings), called, NOW) is heard
    elsewhere = ChannelOverride(channel_id=Snowflake("9"), muted=True)
    assert wants_push(wishes(place=place(channel_overrides=[elsewhere])), called, NOW)


def test_own_silent_and_unwanted_messages_are_not_pushed() -> None:
    own = replace(message(), author=ME_CALLED[0])
    assert not wants_push(wishes(), own, NOW)
    assert not wants_push(wishes(), calling(flags=1 << 12, mentions=ME_CALLED), NOW)
    assert not wants_push(wishes(place=place(mobile_push=False)), calling(), NOW)


def night(**fields: Any) -> QuietHours:
    given = {"days": [2], "start": "22:00", "end": "07:00", "timezone": "UTC", **fields}
    return QuietHours(**given)


@pytest.mark.parametrize(
    ("day", "clock", "quiet"),
    [
        (4, "21:59", False),
        (4, "22:00", True),
        (4, "23:59", True),
        (5, "00:00", True),
        (5, "06:59", True),
        (5, "07:00", False),
        (5, "22:00", False),
        (4, "03:00", False),
    ],
)
def test_a_night_begins_on_its_day_and_ends_on_the_next(day: int, clock: str, quiet: bool) -> None:
    now = datetime.fromisoformat(f"2026-03-0{day}T{clock}:00+00:00")
    assert is_quiet(night(), now) is quiet


def test_quiet_hours_of_a_day_and_of_a_whole_day() -> None:
    noon = night(start="11:00", end="13:00")
    assert is_quiet(noon, NOW)
    assert not is_quiet(noon, NOW + timedelta(hours=1))
    assert not is_quiet(night(start="11:00", end="13:00", days=[1]), NOW)
    whole = night(start="00:00", end="00:00")
    assert is_quiet(whole, NOW.replace(hour=0))
    assert is_quiet(whole, NOW.replace(hour=23, minute=59))
    assert not is_quiet(whole, NOW + timedelta(days=1))


def test_quiet_hours_are_those_of_the_clock_on_the_wall() -> None:
    tokyo = night(timezone="Asia/Tokyo", days=[3], start="00:00", end="06:00")
    assert is_quiet(tokyo, datetime(2026, 3, 4, 16, 0, tzinfo=UTC))
    berlin = night(timezone="Europe/Berlin", days=[6], start="07:00", end="08:00")
    assert is_quiet(berlin, datetime(2026, 3, 22, 6, 30, tzinfo=UTC))
    assert is_quiet(berlin, datetime(2026, 3, 29, 5, 30, tzinfo=UTC))  # summer time has begun


def test_quiet_hours_silence_everything_and_can_be_switched_off() -> None:
    called = calling(mentions=ME_CALLED)
    at_night = NOW.replace(hour=23)
    for enabled, heard in ((True, False), (False, True)):
        everywhere = NotificationSettings(quiet_hours=night(enabled=enabled))
        assert wants_push(wishes(everywhere=everywhere), called, at_night) is heard


@pytest.mark.parametrize(
    ("content", "keyword", "found"),
    [
        ("let us play GO now", "go", True),
        ("google it", "go", False),
        ("cargo", "go", False),
        ("gogo, go!", "go", True),
        ("snake_go", "go", False),
        ("C++ is fun", "c++", True),
        ("a game  of chess", "game of", False),
        ("Straße", "STRASSE", True),
        ("今日は将棋をします", "将棋", True),
        ("서울에서 만나요", "서울", True),
        ("", "go", False),
    ],
)
def test_a_word_is_found_as_such(content: str, keyword: str, found: bool) -> None:
    assert says(content, keyword) is found
