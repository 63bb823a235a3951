"""Rate limits as fixed windows in bounded tables; the clock is handed in.

A window begins with its first request and ends `per_s` seconds later, as Discord's buckets do.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final, Literal, final

import msgspec

Scope = Literal["user", "global", "shared"]

CAPACITY: Final = 100_000
"""Windows a table remembers by default; past it, the oldest is forgotten."""

_CLOCK_SLACK_S: Final = 1.0


@final
class Window:
    """How often a thing was done since the window began."""

    __slots__ = ("ends_at", "used")

    def __init__(self, ends_at: float) -> None:
        self.used = 0
        self.ends_at = ends_at


@final
class Windows:
    """The windows of one rule, by key. All are equally long, so the oldest ends first."""

    __slots__ = ("_capacity", "_table", "_too_far_s", "limit", "per_s")

    def __init__(self, limit: int, per_s: float, capacity: int = CAPACITY) -> None:
        self.limit = limit
        self.per_s = per_s
        self._capacity = capacity
        # a window that ends later than a whole one could is left from a clock that was set back
        self._too_far_s = per_s + _CLOCK_SLACK_S
        self._table: OrderedDict[Hashable, Window] = OrderedDict()

    def __len__(self) -> int:
        return len(self._table)

    def take(self, key: Hashable, now: float) -> Window:
        """Count one more; the window's `used` goes to `limit + 1` where it is one too many."""
        window = self._table.get(key)
        if window is None or not 0.0 < window.ends_at - now <= self._too_far_s:
            window = self._begin(key, now)
        if window.used <= self.limit:
            window.used += 1
        return window

    def look(self, key: Hashable, now: float) -> Window:
        """The window as it is, counting nothing."""
        window = self._table.get(key)
        if window is None or not 0.0 < window.ends_at - now <= self._too_far_s:
            return Window(now + self.per_s)
        return window

    def forget(self, key: Hashable) -> None:
        self._table.pop(key, None)

    def _begin(self, key: Hashable, now: float) -> Window:
        """Each new window buries up to two that ended, so that the table never has to be swept."""
        table = self._table
        table.pop(key, None)
        for _ in range(2):
            if not table:
                break
            oldest = next(iter(table.values()))
            if oldest.ends_at > now and len(table) < self._capacity:
                break
            table.popitem(last=False)
        window = table[key] = Window(now + self.per_s)
        return window


@final
class Throttle:
    """So many attempts in so many seconds, by key: logins, identifies, connects."""

    __slots__ = ("_windows",)

    def __init__(self, limit: int, per_s: float, capacity: int = CAPACITY) -> None:
        self._windows = Windows(limit, per_s, capacity)

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._windows)

    def attempt(self, key: Hashable, now: float) -> float:
        """Count an attempt: 0.0 where it may go on, or the seconds to wait."""
        window = self._windows.take(key, now)
        return window.ends_at - now if window.used > self._windows.limit else 0.0

    def remaining(self, key: Hashable, now: float) -> tuple[int, float]:
        """Attempts left, and the seconds until all are free again."""
        window = self._windows.look(key, now)
        left = max(self._windows.limit - window.used, 0)
        return left, window.ends_at - now if window.used else 0.0

    def refund(self, key: Hashable, now: float) -> None:
        """Take back one attempt that was admitted."""
        window = self._windows.look(key, now)
        window.used = max(window.used - 1, 0)

    def forgive(self, key: Hashable) -> None:
        """Forget the attempts, after the one that succeeded."""
        self._windows.forget(key)


@dataclass(frozen=True)
class Bucket:
    """So many requests in so many seconds, by one caller to one channel, guild or webhook."""

    name: str
    limit: int
    per_s: float
    counts_globally: bool = True
    """Interaction endpoints do not count towards the limit of all requests together."""
    together: bool = False
    """Whether everybody who calls counts as one, as with what has a secret instead of a user."""
    is_told: bool = True
    """Whether answers say what is left; hikari complains where Discord's do not."""
    scope: Scope = "user"
    """`shared` where the caller's own doing is not what used it up."""

    @cached_property
    def hash(self) -> str:
        """The bucket as clients know it: opaque, the same in every process, without the major."""
        return blake2b(self.name.encode(), digest_size=16).hexdigest()


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What the headers of the answer say; refused where `retry_after` is above zero."""

    limit: int
    remaining: int
    reset: float
    reset_after: float
    bucket: str
    retry_after: float = 0.0
    scope: Scope = "user"


GLOBAL: Final = Bucket("global", 50, 1.0, scope="global")


@final
class Limiter:
    """Discord's two limits: the bucket of the route, and all requests of an identity together.

    No bucket holds fewer requests than `least`.
    """

    __slots__ = ("_capacity", "_everything", "_global", "_least", "_tables")

    def __init__(
        self, everything: Bucket = GLOBAL, capacity: int = CAPACITY, least: int = 0
    ) -> None:
        self._capacity = capacity
        self._least = least
        self._everything = everything
        self._global = Windows(everything.limit, everything.per_s, capacity)
        self._tables: dict[str, Windows] = {}

    def take(self, bucket: Bucket, identity: str, major: str, now: float) -> Verdict:
        """Count a request; `now` is the wall clock, since clients are told when to return."""
        if bucket.counts_globally:
            window = self._global.take(identity, now)
            if window.used > self._global.limit:
                return _refused(self._everything, self._global.limit, window, now)
        windows = self._tables.get(bucket.name)
        if windows is None:
            windows = self._open(bucket)
        limit, window = (
            windows.limit,
            windows.take(("" if bucket.together else identity, major), now),
        )
        if window.used > limit:
            return _refused(bucket, limit, window, now)
        ends_at = window.ends_at
        return Verdict(limit, limit - window.used, ends_at, ends_at - now, bucket.hash)

    def _open(self, bucket: Bucket) -> Windows:
        windows = Windows(max(bucket.limit, self._least), bucket.per_s, self._capacity)
        self._tables[bucket.name] = windows
        return windows


def _refused(bucket: Bucket, limit: int, window: Window, now: float) -> Verdict:
    wait_s = window.ends_at - now
    return Verdict(limit, 0, window.ends_at, wait_s, bucket.hash, wait_s, bucket.scope)
