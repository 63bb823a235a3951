"""Windows open with the first request, refuse the one too many, and never pile up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rift.protocols.ratelimit import Bucket, Limiter, Throttle, Windows

NOW = 1_800_000_000.0
SEND = Bucket("messages", 5, 5.0)
CALLBACK = Bucket("callback", 5, 5.0, counts_globally=False)


def test_a_bucket_counts_down_refuses_and_opens_again() -> None:
    limiter = Limiter()
    left = [limiter.take(SEND, "1", "9", NOW + second).remaining for second in range(5)]
    assert left == [4, 3, 2, 1, 0]
    refused = limiter.take(SEND, "1", "9", NOW + 4.5)
    assert (refused.remaining, refused.scope, refused.bucket) == (0, "user", SEND.hash)
    assert refused.retry_after == refused.reset_after == pytest.approx(0.5)
    assert refused.reset == NOW + 5
    allowed = limiter.take(SEND, "1", "9", NOW + 5)
    assert (allowed.remaining, allowed.retry_after, allowed.reset) == (4, 0.0, NOW + 10)


def test_callers_channels_and_buckets_do_not_share_a_window() -> None:
    limiter = Limiter()
    for _ in range(5):
        limiter.take(SEND, "1", "9", NOW)
    assert limiter.take(SEND, "2", "9", NOW).retry_after == 0
    assert limiter.take(SEND, "1", "8", NOW).retry_after == 0
    assert limiter.take(Bucket("edit", 5, 5.0), "1", "9", NOW).retry_after == 0
    assert limiter.take(SEND, "1", "9", NOW).retry_after == 5


def test_all_requests_of_an_identity_together_have_a_limit_too() -> None:
    limiter = Limiter()
    verdicts = [limiter.take(SEND, "1", str(channel), NOW) for channel in range(51)]
    assert [verdict.scope for verdict in verdicts if verdict.retry_after] == ["global"]
    assert limiter.take(CALLBACK, "1", "9", NOW).retry_after == 0
    assert limiter.take(SEND, "2", "9", NOW).retry_after == 0
    assert limiter.take(SEND, "1", "9", NOW + 1).retry_after == 0


def test_a_shared_bucket_says_so() -> None:
    shared = Bucket("reactions", 1, 1.0, scope="shared")
    limiter = Limiter()
    limiter.take(shared, "", "9", NOW)
    assert limiter.take(shared, "", "9", NOW).scope == "shared"


def test_a_bucket_is_known_by_the_same_opaque_name_everywhere() -> None:
    assert SEND.hash == Bucket("messages", 9, 9.0).hash == "d90667582a511cc67c31d1a2d5034c51"


def test_a_clock_set_back_does_not_lock_anybody_out() -> None:
    windows = Windows(1, 5.0)
    windows.take("a", NOW)
    assert windows.take("a", NOW - 3600).used == 1


@pytest.mark.parametrize("now", [0.1, NOW + 0.123456789])
def test_rounding_does_not_open_a_window_twice(now: float) -> None:
    windows = Windows(2, 0.1)
    assert [windows.take("a", now).used for _ in range(4)] == [1, 2, 3, 3]


def test_ended_windows_make_room_for_new_ones() -> None:
    windows = Windows(5, 5.0)
    for number in range(1000):
        windows.take(number, NOW + number)
    assert len(windows) <= 6


def test_a_full_table_forgets_the_oldest_window() -> None:
    windows = Windows(1, 60.0, capacity=100)
    for number in range(1000):
        windows.take(number, NOW + number / 1000)
    assert len(windows) == 100
    assert windows.take(999, NOW + 1).used == 2
    assert windows.take(0, NOW + 1).used == 1


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 3)), max_size=60))
def test_no_window_ever_lets_more_through_than_its_limit(steps: list[tuple[str, float]]) -> None:
    windows = Windows(3, 5.0, capacity=10)
    now, passed = NOW, dict[tuple[str, float], int]()
    for key, pause in steps:
        now += pause
        window = windows.take(key, now)
        if window.used <= 3:
            passed[key, window.ends_at] = passed.get((key, window.ends_at), 0) + 1
        assert now < window.ends_at <= now + 5.0
    assert all(count <= 3 for count in passed.values())


def test_a_throttle_tells_how_long_to_wait_and_forgives() -> None:
    logins = Throttle(2, 60.0)
    assert [logins.attempt("ada", NOW + second) for second in range(3)] == [0.0, 0.0, 58.0]
    assert logins.remaining("ada", NOW + 10) == (0, 50.0)
    assert logins.remaining("bob", NOW) == (2, 0.0)
    logins.forgive("ada")
    assert logins.attempt("ada", NOW + 3) == 0.0
    assert logins.remaining("ada", NOW + 3) == (1, 60.0)
