"""Member lists: their order, and that every change says what it does to the rows."""

import random
import time

import pytest

from rift.protocols.memberlist import Change, Glimpse, Heading, MemberList, Row
from rift.protocols.murmur import murmur3

GROUPS = ("mighty", "online", "offline")


def _applied(rows: list[Row | None], changes: list[Change]) -> None:
    """What a client does."""
    for op, index, row in changes:
        if op == "INSERT":
            rows.insert(index, row)
        elif op == "DELETE":
            del rows[index]
        else:
            rows[index] = row


def _ids(rows: list[Row]) -> list[str]:
    """Without the counts, which are told beside the rows."""
    return [row.group if isinstance(row, Heading) else row for row in rows]


def test_members_stand_by_group_and_then_by_name() -> None:
    members = MemberList(GROUPS)
    for user_id, group, name in (
        ("1", "online", "zoe"),
        ("2", "offline", "Ann"),
        ("3", "online", "Bob"),
        ("4", "mighty", "carl"),
        ("5", "online", "bob"),
    ):
        members.put(user_id, group, name)
    assert members.rows(0, 99) == [
        Heading("mighty", 1), "4", Heading("online", 3), "3", "5", "1", Heading("offline", 1), "2",
    ]  # fmt: skip
    assert members.rows(1, 3) == ["4", Heading("online", 3), "3"]
    assert members.rows(4, 6) == ["5", "1", Heading("offline", 1)]
    assert members.rows(8, 99) == []
    assert members.counts == [Heading("mighty", 1), Heading("online", 3), Heading("offline", 1)]
    assert len(members) == 8


def test_who_applies_the_changes_has_the_list() -> None:
    chance = random.Random(7)
    members, mirror = MemberList(GROUPS), list[Row | None]()
    for _ in range(3000):
        user_id = str(chance.randrange(60))
        if chance.random() < 0.3:
            changes = members.drop(user_id)
        else:
            changes = members.put(user_id, chance.choice(GROUPS), f"n{chance.randrange(9)}")
        _applied(mirror, changes)
        assert _ids([row for row in mirror if row is not None]) == _ids(members.rows(0, 10_000))
        assert len(mirror) == len(members)
        first = chance.randrange(40)
        assert members.rows(first, first + 9) == members.rows(0, 10_000)[first : first + 10]


def test_gathering_is_like_putting_one_by_one() -> None:
    entries = [(str(n), GROUPS[n % 3], f"name {n * 7919 % 101}") for n in range(500)]
    one, other = MemberList(GROUPS), MemberList(GROUPS)
    for group in GROUPS:
        them = [entry for entry in entries if entry[1] == group]
        one.gather(group, [it[0] for it in them], [it[2] for it in them])
    for _ in one.settle():
        pass
    for entry in entries:
        other.put(*entry)
    assert one.rows(0, 9999) == other.rows(0, 9999)


def test_a_glimpse_shows_the_first_rows_of_the_whole_list() -> None:
    entries = [(str(n), GROUPS[n % 7 % 3], f"name {n * 7919 % 101}") for n in range(500)]
    for last in (0, 1, 99, 150, 300, 501, 2000):
        whole, glimpse = MemberList(GROUPS), Glimpse(GROUPS, last)
        for half in (entries[:250], entries[250:]):
            glimpse.count(group for _, group, _ in half)
        for group in GROUPS:
            for half in (entries[:250], entries[250:]):
                them = [entry for entry in half if entry[1] == group]
                ids, names = [it[0] for it in them], [it[2] for it in them]
                whole.gather(group, ids, names)
                if group in glimpse.tops():
                    glimpse.show(group, ids, names)
        assert list(whole.settle()) == [None] * len(GROUPS)
        assert glimpse.counts == whole.counts
        for first in (0, 1, last // 2, last):
            assert glimpse.rows(first, last) == whole.rows(first, last)


def test_a_change_among_fifty_thousand_is_a_matter_of_microseconds() -> None:
    members = MemberList(GROUPS)
    there = range(50_000)
    names = [f"name {n * 7919 % 50_021}" for n in there]
    members.gather("online", [str(n) for n in there], names)
    for _ in members.settle():
        pass
    start = time.perf_counter()
    for n in range(100):
        members.put(str(n * 400), "mighty", f"name {n}")
        members.rows(200, 299)
    assert (time.perf_counter() - start) / 100 < 0.005


@pytest.mark.parametrize(
    ("data", "wanted"), [(b"", 0), (b"test", 0xBA6BD213), (b"Hello, world!", 0xC0363E43)]
)
def test_murmur3_is_as_published(data: bytes, wanted: int) -> None:
    assert murmur3(data) == wanted
