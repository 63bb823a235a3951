"""What a session can replay on RESUME: its last events, and the number of the newest."""

from collections import deque
from typing import Final, Generic, Protocol, TypeVar, final


class Sized(Protocol):
    @property
    def size(self) -> int: ...


_Entry = TypeVar("_Entry", bound=Sized)

_NOTHING: Final[tuple[()]] = ()


@final
class Ring(Generic[_Entry]):
    """The newest entries, bounded by count and by bytes; it hands out the sequence numbers.

    Entries are shared between rings, so a byte counted here is rarely a byte of memory.
    """

    __slots__ = ("_bytes", "_entries", "_max_bytes", "_max_count", "sequence")

    def __init__(self, max_count: int, max_bytes: int) -> None:
        self.sequence = 0
        """The number of the newest entry; the first one gets 1."""
        self._max_count = max_count
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: deque[_Entry] | None = None  # an empty deque takes 600 bytes

    def __len__(self) -> int:
        return len(self._entries or _NOTHING)

    def append(self, entry: _Entry) -> int:
        """Keep the entry and answer its sequence number."""
        entries = self._entries
        if entries is None:
            entries = self._entries = deque()
        entries.append(entry)
        self._bytes += entry.size
        if self._bytes > self._max_bytes or len(entries) > self._max_count:
            self._shrink(entries)
        self.sequence += 1
        return self.sequence

    def acknowledge(self, sequence: int) -> None:
        """The client has everything up to this number: a heartbeat said so.

        What it has it will never ask for, so the ring of a quiet session is empty.
        """
        entries = self._entries
        if entries is None:
            return
        for _ in range(len(entries) - max(self.sequence - sequence, 0)):
            self._bytes -= entries.popleft().size
        if not entries:
            self._entries = None

    def since(self, sequence: int) -> list[_Entry] | None:
        """The entries after this one, the first numbered `sequence + 1`.

        None where one of them has fallen off, or the client knows more than ever was.
        """
        missed = self.sequence - sequence
        kept = len(self)
        if not 0 <= missed <= kept:
            return None
        return list(self._entries or _NOTHING)[kept - missed :]

    def _shrink(self, entries: deque[_Entry]) -> None:
        while entries and (self._bytes > self._max_bytes or len(entries) > self._max_count):
            self._bytes -= entries.popleft().size
