"""Close codes, intents and shards are Discord's."""

import pytest
from msgspec import UNSET

from rift.protocols.gateway import (
    ALL_INTENTS,
    PRIVILEGED_INTENTS,
    CloseCode,
    Closing,
    Intents,
    bot_intents,
    check_shard,
    user_intents,
)

NO_INTENTS = Intents(0)


def test_there_are_twenty_one_intents_at_discords_bits() -> None:
    assert len(Intents) == 21
    assert int(ALL_INTENTS) == 53_608_447  # discord.py's Intents.all()
    assert int(PRIVILEGED_INTENTS) == 1 << 1 | 1 << 8 | 1 << 15


def test_a_bot_gets_the_intents_it_asks_for() -> None:
    assert bot_intents(513, NO_INTENTS) == Intents.GUILDS | Intents.GUILD_MESSAGES
    assert bot_intents(0, NO_INTENTS) == NO_INTENTS
    assert bot_intents(int(ALL_INTENTS), PRIVILEGED_INTENTS) == ALL_INTENTS


@pytest.mark.parametrize("asked", [1 << 17, 1 << 26, -1, 1 << 40, UNSET])
def test_unknown_or_missing_intents_close_with_4013(asked: int) -> None:
    with pytest.raises(Closing) as closing:
        bot_intents(asked, PRIVILEGED_INTENTS)
    assert closing.value.code is CloseCode.INVALID_INTENTS


@pytest.mark.parametrize("asked", list(PRIVILEGED_INTENTS))
def test_a_privileged_intent_that_is_not_switched_on_closes_with_4014(asked: Intents) -> None:
    with pytest.raises(Closing) as closing:
        bot_intents(asked, PRIVILEGED_INTENTS & ~asked)
    assert closing.value.code is CloseCode.DISALLOWED_INTENTS
    assert closing.value.reason == "Disallowed intent(s)."
    assert bot_intents(asked, asked) == asked


def test_people_need_not_name_intents() -> None:
    assert user_intents(UNSET) == ALL_INTENTS
    assert user_intents(1 | 1 << 40) == Intents.GUILDS


def test_a_session_outlives_only_accidents() -> None:
    assert [code for code in CloseCode if code.resumable] == [4000, 4001, 4002, 4005, 4008]
    assert all(code.reason for code in CloseCode)


def test_a_shard_lies_within_its_count() -> None:
    assert check_shard(None) == (0, 1)
    assert check_shard((3, 4)) == (3, 4)
    for shard in ((4, 4), (-1, 4), (0, 0), (0, 1 << 40)):
        with pytest.raises(Closing) as closing:
            check_shard(shard)
        assert closing.value.code is CloseCode.INVALID_SHARD
