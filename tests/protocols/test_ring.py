"""A ring replays exactly what was missed, or says that it cannot."""

from dataclasses import dataclass
from sys import getsizeof

from hypothesis import given
from hypothesis import strategies as st

from rift.protocols.ring import Ring


@dataclass
class Entry:
    number: int
    size: int = 10


def numbers(entries: list[Entry] | None) -> list[int] | None:
    return None if entries is None else [entry.number for entry in entries]


def filled(count: int, max_count: int = 4, max_bytes: int = 1000) -> Ring[Entry]:
    ring = Ring[Entry](max_count, max_bytes)
    for number in range(1, count + 1):
        assert ring.append(Entry(number)) == number
    return ring


def test_what_was_missed_comes_in_order() -> None:
    ring = filled(3)
    assert [numbers(ring.since(known)) for known in range(4)] == [[1, 2, 3], [2, 3], [3], []]


def test_what_fell_off_or_never_was_cannot_be_replayed() -> None:
    ring = filled(6)
    assert numbers(ring.since(2)) == [3, 4, 5, 6]
    assert ring.since(1) is None
    assert ring.since(7) is None
    assert ring.since(-1) is None


def test_bytes_bound_what_is_ones_own() -> None:
    ring = filled(3, max_count=100, max_bytes=25)
    assert numbers(ring.since(2)) == [3]
    assert ring.since(1) is None
    ring.append(Entry(4, size=1000))
    assert numbers(ring.since(3)) == [4]
    assert ring.since(2) is None


def test_entries_that_others_keep_too_count_no_bytes() -> None:
    ring = filled(2, max_count=100, max_bytes=25)
    for number in range(3, 50):
        ring.entries.append(Entry(number))
        ring.sequence += 1
    assert numbers(ring.since(1)) == list(range(2, 50))


def test_an_empty_ring_is_small_and_knows_its_beginning() -> None:
    ring = Ring[Entry](1024, 1 << 20)
    assert ring.since(0) == []
    assert ring.since(1) is None
    assert getsizeof(ring) + getsizeof(ring.entries) < 1000


def test_what_the_client_has_is_not_kept() -> None:
    ring = filled(4)
    for known in (2, 1, 2, -5):
        ring.acknowledge(known)
    assert numbers(ring.since(2)) == [3, 4]
    assert ring.since(1) is None
    ring.acknowledge(99)
    assert len(ring.entries) == 0
    assert ring.since(4) == []
    assert ring.append(Entry(5)) == 5
    assert numbers(ring.since(4)) == [5]


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 8), st.integers(0, 120))
def test_a_ring_holds_its_bounds_and_its_count(
    sizes: list[int], max_count: int, max_bytes: int
) -> None:
    ring = Ring[Entry](max_count, max_bytes)
    for number, size in enumerate(sizes, 1):
        ring.append(Entry(number, size))
        kept = ring.since(ring.sequence - len(ring.entries))
        assert kept is not None
        assert len(kept) <= max_count
        assert sum(entry.size for entry in kept) <= max(max_bytes, size)
        assert numbers(kept) == list(range(number - len(kept) + 1, number + 1))
