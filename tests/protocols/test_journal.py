"""A record replays exactly what its reader missed, or says that it cannot."""

from dataclasses import dataclass
from sys import getsizeof

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rift.protocols.journal import Journal, Record

PLENTY = 1 << 20


@dataclass(frozen=True)
class Entry:
    number: int
    size: int = 10


def numbers(entries: list[Entry] | None) -> list[int] | None:
    return None if entries is None else [entry.number for entry in entries]


def send(journal: Journal[Entry], readers: tuple[Record[Entry], ...], *sent: int) -> None:
    journal.note([Entry(number) for number in sent], readers)
    for reader in readers:
        reader.sequence += len(sent)


def ten() -> tuple[Journal[Entry], Record[Entry]]:
    """A journal of ten entries at most, and one reader."""
    journal = Journal[Entry](10, PLENTY)
    return journal, Record(journal, PLENTY)


def test_what_was_missed_comes_in_order_whether_shared_or_ones_own() -> None:
    journal, reader = ten()
    other = Record(journal, PLENTY)
    both = (reader, other)
    reader.append(Entry(1))
    send(journal, both, 2, 3)
    reader.append(Entry(4))
    send(journal, (other,), 50, 51)
    send(journal, (reader,), 5)
    everything = [1, 2, 3, 4, 5]
    assert [numbers(reader.since(known)) for known in range(6)] == [
        everything[known:] for known in range(6)
    ]
    assert numbers(other.since(0)) == [2, 3, 50, 51]


def test_what_was_sent_to_others_never_comes_back_to_who_was_not_there() -> None:
    journal, reader = ten()
    other = Record(journal, PLENTY)
    send(journal, (reader, other), 1)
    send(journal, (other,), 2)
    send(journal, (reader, other), 3)
    assert numbers(reader.since(0)) == [1, 3]
    assert reader.since(-1) is None
    assert reader.since(3) is None


def test_what_fell_out_of_the_journal_cannot_be_replayed() -> None:
    journal, reader = ten()
    send(journal, (reader,), 1)
    for number in range(2, 13):
        send(journal, (reader,), number)
    assert numbers(reader.since(2)) == list(range(3, 13))
    assert reader.since(1) is None


def test_what_is_too_old_cannot_be_replayed() -> None:
    journal, reader = ten()
    send(journal, (reader,), 1)
    journal.turn(kept=1)
    send(journal, (reader,), 2)
    journal.turn(kept=1)
    assert numbers(reader.since(1)) == [2]
    assert reader.since(0) is None
    journal.turn(kept=1)
    assert reader.since(1) is None
    assert journal.size == 0


def test_bytes_bound_the_journal_and_readers_count_once() -> None:
    journal = Journal[Entry](PLENTY, 1000)
    readers = tuple(Record(journal, PLENTY) for _ in range(100))
    for number in range(1, 31):
        send(journal, readers, number)
        assert journal.size <= 1000
    assert numbers(readers[0].since(10)) == list(range(11, 31))
    assert readers[0].since(9) is None


def test_bytes_bound_what_is_ones_own() -> None:
    _, reader = ten()
    reader = Record(Journal[Entry](10, PLENTY), 1000)
    for number in range(1, 100):
        reader.append(Entry(number, size=100))
    assert numbers(reader.since(96)) == [97, 98, 99]
    assert reader.since(90) is None
    reader.append(Entry(100, size=5000))
    assert numbers(reader.since(99)) == [100]
    assert reader.since(98) is None


def test_what_the_client_has_is_not_kept() -> None:
    journal, reader = ten()
    for number in (1, 2, 3):
        reader.append(Entry(number))
    send(journal, (reader,), 4)
    for known in (2, 1, 2, -5):
        reader.acknowledge(known)
    assert numbers(reader.since(2)) == [3, 4]
    assert reader.since(1) is None
    reader.acknowledge(99)
    assert reader.since(4) == []
    reader.append(Entry(5))
    assert numbers(reader.since(4)) == [5]


def test_a_record_is_small() -> None:
    _, reader = ten()
    assert reader.since(0) == []
    assert reader.since(1) is None
    assert getsizeof(reader) < 200


_STEP = st.tuples(st.booleans(), st.sets(st.integers(0, 3), min_size=1), st.integers(1, 3))


@pytest.mark.parametrize("max_count", [5, 1000])
@given(steps=st.lists(_STEP, max_size=60))
def test_a_replay_is_what_was_sent_or_nothing(
    max_count: int, steps: list[tuple[bool, set[int], int]]
) -> None:
    journal = Journal[Entry](max_count, PLENTY)
    readers = [Record(journal, PLENTY) for _ in range(4)]
    sent: list[list[int]] = [[] for _ in readers]
    serial = 0
    for alone, seats, count in steps:
        batch = list(range(serial, serial := serial + count))
        if alone:
            seat = min(seats)
            readers[seat].append(Entry(batch[0]))
            sent[seat].append(batch[0])
        else:
            send(journal, tuple(readers[seat] for seat in sorted(seats)), *batch)
            for seat in seats:
                sent[seat] += batch
    for reader, history in zip(readers, sent, strict=True):
        for known in range(len(history) + 1):
            replayed = numbers(reader.since(known))
            assert replayed == history[known:] or (replayed is None and max_count < 1000)
