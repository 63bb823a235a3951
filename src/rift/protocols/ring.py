"""What a session can replay on RESUME: its last events, and the number of the newest."""

from collections import deque
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def size(self) -> int: ...


_Entry = TypeVar("_Entry", bound=Sized)


class Ring(Generic[_Entry]):
    """The newest entries, bounded by count; those that are nobody else's also by bytes.

    The hot loop of a fan-out keeps shared entries without a call of ours: it counts `sequence` up
    and appends to `entries` itself.
    """

    __slots__ = ("_max_bytes", "_own_bytes", "entries", "sequence")

    def __init__(self, max_count: int, max_bytes: int) -> None:
        self.sequence = 0
        """The number of the newest entry; the first one gets 1."""
        self.entries: deque[_Entry] = deque(maxlen=max_count)
        self._max_bytes = max_bytes
        self._own_bytes = 0

    def append(self, entry: _Entry) -> int:
        """Keep an entry that no other ring has, and answer its sequence number.

        When too many bytes of that kind gathered, everything before is let go.
        """
        self._own_bytes += entry.size
        if self._own_bytes > self._max_bytes:
            self.entries.clear()
            self._own_bytes = entry.size
        self.entries.append(entry)
        self.sequence += 1
        return self.sequence

    def acknowledge(self, sequence: int) -> None:
        """The client has everything up to this number: a heartbeat said so.

        What it has it will never ask for, so the ring of a quiet session is empty.
        """
        entries = self.entries
        for _ in range(len(entries) - max(self.sequence - sequence, 0)):
            entries.popleft()
        if not entries:
            self._own_bytes = 0

    def since(self, sequence: int) -> list[_Entry] | None:
        """The entries after this one, the first numbered `sequence + 1`.

        None where one of them has fallen off, or the client knows more than ever was.
        """
        missed = self.sequence - sequence
        kept = len(self.entries)
        if not 0 <= missed <= kept:
            return None
        return list(self.entries)[kept - missed :]
