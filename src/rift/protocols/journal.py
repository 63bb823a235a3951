"""What can be replayed on RESUME: one journal of what many were sent, and each one's own record."""

from collections import deque
from collections.abc import Sequence
from typing import Final, Generic, NamedTuple, Protocol, TypeVar, final

_POINTER: Final = 8
_OVERHEAD: Final = 128
"""Counted for each entry of one's own, so that many small ones are bounded too."""


class Sized(Protocol):
    @property
    def size(self) -> int: ...


_Entry = TypeVar("_Entry", bound=Sized)


class _Page(NamedTuple, Generic[_Entry]):
    """What went out together, and to whom."""

    entries: Sequence[_Entry]
    readers: tuple[object, ...]
    turn: int


@final
class Journal(Generic[_Entry]):
    """The newest entries that several were sent, each with those who were sent it.

    Bounded by count, by bytes and by age. The readers of many pages are one and the same tuple,
    which is counted once.
    """

    __slots__ = ("_bytes", "_count", "_max_bytes", "_max_count", "_pages", "_turn", "_uses")

    def __init__(self, max_count: int, max_bytes: int) -> None:
        self._pages: deque[_Page[_Entry]] = deque()
        self._uses: dict[int, int] = {}
        """On how many pages the tuple of readers with this identity stands."""
        self._count = self._bytes = self._turn = 0
        self._max_count = max_count
        self._max_bytes = max_bytes

    @property
    def size(self) -> int:
        """The bytes of all that is kept."""
        return self._bytes

    def note(self, entries: Sequence[_Entry], readers: tuple[object, ...]) -> None:
        """Keep what these readers are about to be sent."""
        self._pages.append(_Page(entries, readers, self._turn))
        self._count += len(entries)
        self._bytes += sum([entry.size for entry in entries])
        uses = self._uses.get(id(readers), 0)
        self._uses[id(readers)] = uses + 1
        if not uses:
            self._bytes += len(readers) * _POINTER
        while self._count > self._max_count or self._bytes > self._max_bytes:
            self._drop()

    def turn(self, kept: int) -> None:
        """Begin another turn, and let go what is more than so many turns old."""
        self._turn += 1
        while self._pages and self._pages[0].turn < self._turn - kept:
            self._drop()

    def newest(self, reader: object, count: int) -> list[_Entry] | None:
        """The last so many entries this reader was sent, in order; None where some are gone."""
        found: list[_Entry] = []
        concerned: dict[int, bool] = {}
        for page in reversed(self._pages):
            if len(found) >= count:
                break
            identity = id(page.readers)
            if identity not in concerned:
                concerned[identity] = reader in page.readers
            if concerned[identity]:
                found.extend(reversed(page.entries))
        return None if len(found) < count else found[:count][::-1]

    def _drop(self) -> None:
        page = self._pages.popleft()
        self._count -= len(page.entries)
        self._bytes -= sum([entry.size for entry in page.entries])
        uses = self._uses.pop(id(page.readers)) - 1
        if uses:
            self._uses[id(page.readers)] = uses
        else:
            self._bytes -= len(page.readers) * _POINTER


class Record(Generic[_Entry]):
    """What one reader was sent: how much, and those entries that nobody else was.

    Of what was sent to several, only the number counts up here, by those who send it: a fan-out
    that had to visit a queue of each reader would spend its time on waiting for memory.
    """

    __slots__ = ("_floor", "_journal", "_max_bytes", "_own", "_own_bytes", "sequence")

    def __init__(self, journal: Journal[_Entry], max_bytes: int) -> None:
        self.sequence = 0
        """The number of the newest entry; the first one gets 1."""
        self._journal = journal
        self._max_bytes = max_bytes
        self._own: list[tuple[int, _Entry]] = []
        self._own_bytes = 0
        self._floor = 0
        """Nothing up to this number is asked for any more, or could be answered."""

    def append(self, entry: _Entry) -> int:
        """Keep an entry that nobody else is sent, and answer its number.

        When too many bytes of that kind gathered, everything before is let go.
        """
        if self._own_bytes + entry.size + _OVERHEAD > self._max_bytes:
            self._forget(self.sequence)
        self.sequence += 1
        self._own.append((self.sequence, entry))
        self._own_bytes += entry.size + _OVERHEAD
        return self.sequence

    def acknowledge(self, sequence: int) -> None:
        """The client has everything up to this number: a heartbeat said so.

        What it has it will never ask for, so the record of a quiet reader is empty.
        """
        self._forget(min(sequence, self.sequence))

    def since(self, sequence: int) -> list[_Entry] | None:
        """The entries after this one, the first numbered `sequence + 1`.

        None where one of them is gone, or the client knows more than ever was.
        """
        if not self._floor <= sequence <= self.sequence:
            return None
        own = {number: entry for number, entry in self._own if number > sequence}
        shared = self._journal.newest(self, self.sequence - sequence - len(own))
        if shared is None:
            return None
        following = iter(shared)
        numbers = range(sequence + 1, self.sequence + 1)
        return [own[number] if number in own else next(following) for number in numbers]

    def _forget(self, sequence: int) -> None:
        if sequence <= self._floor:
            return
        self._floor = sequence
        self._own = [(number, entry) for number, entry in self._own if number > sequence]
        self._own_bytes = sum(entry.size + _OVERHEAD for _, entry in self._own)
