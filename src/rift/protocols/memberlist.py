"""A member list in its order: groups by rank, members by name, and what each change does to rows.

A group without members has no row. Rows are found by halving, so that a list may be very long.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import repeat
from typing import Final, NamedTuple

_BETWEEN: Final = "\0"


class Heading(NamedTuple):
    """The row above the members of a group."""

    group: str
    size: int


Row = Heading | str
"""A heading, or the id of a member."""


class Change(NamedTuple):
    """One step from the list before to the list after; the row of a deletion is None."""

    op: str
    at: int
    row: Row | None = None


class Glimpse:
    """The first rows of a list that is still to be made: the others are counted, not ordered."""

    __slots__ = ("_best", "_counts", "_groups", "_wanted")

    def __init__(self, groups: Sequence[str], last: int) -> None:
        self._groups = groups
        self._wanted = last + 1
        self._counts = Counter[str | None]()
        self._best: defaultdict[str, list[str]] = defaultdict(list)

    def count(self, groups: Iterable[str | None]) -> None:
        """The groups of many members; None of who is in none."""
        self._counts.update(groups)

    @property
    def counts(self) -> list[Heading]:
        counts = self._counts
        return [Heading(group, counts[group]) for group in self._groups if group in counts]

    def tops(self) -> Collection[str]:
        """The groups the first rows are of, when all are counted."""
        found, rows = set[str](), 0
        for group, size in self.counts:
            if rows < self._wanted:
                found.add(group)
            rows += size + 1
        return found

    def show(self, group: str, user_ids: Sequence[str], names: Sequence[str]) -> None:
        """Some members of a group the first rows are of."""
        keys = [*self._best[group], *keys_of(names, user_ids)]
        self._best[group] = nsmallest(self._wanted, keys)

    def rows(self, first: int, last: int) -> list[Row]:
        """As those of the whole list, as far as they are known."""
        found: list[Row] = []
        for heading in self.counts:
            found += [heading, *map(user_of, self._best[heading.group])]
            if len(found) >= self._wanted:
                break
        return found[first : min(last + 1, self._wanted)]


class MemberList:
    """`groups` are the ids of all groups that there may be, the highest first."""

    __slots__ = ("_keys", "_places", "_ranks", "groups")

    def __init__(self, groups: Sequence[str]) -> None:
        self.groups = tuple(groups)
        self._ranks = {group: rank for rank, group in enumerate(self.groups)}
        self._keys: list[list[str]] = [[] for _ in self.groups]
        self._places: dict[str, tuple[int, str]] = {}

    def __len__(self) -> int:
        """How many rows there are."""
        return sum(len(keys) + 1 for keys in self._keys if keys)

    def __contains__(self, user_id: str) -> bool:
        return user_id in self._places

    @property
    def counts(self) -> list[Heading]:
        """The groups that have members."""
        pairs = zip(self.groups, self._keys, strict=True)
        return [Heading(group, len(keys)) for group, keys in pairs if keys]

    def gather(self, group: str, user_ids: Sequence[str], names: Sequence[str]) -> None:
        """Take in many members of a group, whose order is made by `settle`."""
        rank, keys = self._ranks[group], keys_of(names, user_ids)
        self._places.update(zip(user_ids, zip(repeat(rank), keys), strict=False))
        self._keys[rank] += keys

    def settle(self) -> Iterator[None]:
        """Put in order what was gathered, group by group."""
        for keys in self._keys:
            keys.sort()
            yield

    def put(self, user_id: str, group: str, name: str) -> list[Change]:
        """A member comes, goes somewhere else in the list, or looks different where they are."""
        place = (self._ranks[group], _key(name, user_id))
        if self._places.get(user_id) == place:
            return [Change("UPDATE", self._row(*place), user_id)]
        return [*self.drop(user_id), *self._insert(user_id, *place)]

    def drop(self, user_id: str) -> list[Change]:
        """A member leaves the list."""
        place = self._places.pop(user_id, None)
        if place is None:
            return []
        rank, key = place
        index = self._row(rank, key)
        keys = self._keys[rank]
        del keys[bisect_left(keys, key)]
        changes = [Change("DELETE", index)]
        if not keys:
            changes.append(Change("DELETE", index - 1))
        return changes

    def rows(self, first: int, last: int) -> list[Row]:
        """The rows of a range, both ends included, as far as there are so many."""
        found: list[Row] = []
        for group, keys in zip(self.groups, self._keys, strict=True):
            if not keys:
                continue
            if first <= 0 <= last:
                found.append(Heading(group, len(keys)))
            part = keys[max(first - 1, 0) : max(last, 0)]
            found += map(user_of, part)
            first, last = first - len(keys) - 1, last - len(keys) - 1
            if last < 0:
                break
        return found

    def _insert(self, user_id: str, rank: int, key: str) -> list[Change]:
        keys = self._keys[rank]
        keys.insert(bisect_left(keys, key), key)
        self._places[user_id] = (rank, key)
        index = self._row(rank, key)
        changes = [Change("INSERT", index, user_id)]
        if len(keys) == 1:
            changes.insert(0, Change("INSERT", index - 1, Heading(self.groups[rank], 1)))
        return changes

    def _row(self, rank: int, key: str) -> int:
        above = sum(len(keys) + 1 for keys in self._keys[:rank] if keys)
        return above + 1 + bisect_left(self._keys[rank], key)


def keys_of(names: Sequence[str], user_ids: Sequence[str]) -> list[str]:
    """What the members of a group are ordered by."""
    pairs = zip(names, user_ids, strict=True)
    return [f"{name.casefold()}{_BETWEEN}{user_id}" for name, user_id in pairs]


def user_of(key: str) -> str:
    return key.rpartition(_BETWEEN)[2]


def _key(name: str, user_id: str) -> str:
    return keys_of([name], [user_id])[0]
