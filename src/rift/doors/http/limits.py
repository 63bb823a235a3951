"""Rate limits of REST: per bucket, over all requests of a caller, and of invalid requests."""

import math
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Final, TypeVar

from rift.doors.http.endpoints import Bucket
from rift.errors import RateLimited

_Key = TypeVar("_Key")

_GLOBAL_LIMIT: Final = 50
_GLOBAL_S: Final = 1.0
_INVALID_LIMIT: Final = 10_000
_INVALID_S: Final = 600.0
_INVALID_STATUSES: Final = frozenset({401, 403, 429})


class _Window:
    """What is left until the window ends; it begins with its first request."""

    __slots__ = ("ends_at", "left")

    def __init__(self, left: int, ends_at: float) -> None:
        self.left = left
        self.ends_at = ends_at


class BucketEmpty(RateLimited):
    """The bucket of this route is used up."""

    def __init__(self, retry_after: float, rates: Mapping[str, str]) -> None:
        super().__init__(retry_after)
        self._rates = rates

    @property
    def headers(self) -> Mapping[str, str]:
        return {**super().headers, **self._rates}


class Limits:
    """Counts requests; the clock is the wall clock, since clients are told when to return."""

    def __init__(self, clock: Callable[[], float], *, enabled: bool = True) -> None:
        self._clock = clock
        self._enabled = enabled
        self._windows: dict[tuple[str, str, str], _Window] = {}
        self._callers: dict[str, _Window] = {}
        self._invalid: dict[str, _Window] = {}
        self._bucket_ids: dict[str, bytes] = {}

    def admit(self, address: str) -> None:
        """Refuse an address that has sent too many invalid requests."""
        window = self._invalid.get(address)
        if window is None or window.left > 0 or not self._enabled:
            return
        wait_s = window.ends_at - self._clock()
        if wait_s > 0:
            raise RateLimited(wait_s, scope="global")

    def note(self, address: str, status: int) -> None:
        """Count an answer, if it tells of an invalid request."""
        if self._enabled and status in _INVALID_STATUSES:
            _take(self._invalid, address, _INVALID_LIMIT, _INVALID_S, self._clock())

    def spend(self, bucket: Bucket, caller: str, major: str) -> bytes:
        """Count a request and answer the header lines that tell what is left."""
        if not self._enabled:
            return b""
        now = self._clock()
        if bucket.counts_globally:
            window = _take(self._callers, caller, _GLOBAL_LIMIT, _GLOBAL_S, now)
            if window.left < 0:
                raise RateLimited(window.ends_at - now, scope="global")
        key = (bucket.name, caller, major)
        window = _take(self._windows, key, bucket.limit, bucket.per_s, now)
        if window.left < 0:
            raise BucketEmpty(window.ends_at - now, self._rates(bucket, window, now))
        return (
            b"X-RateLimit-Limit: %d\r\nX-RateLimit-Remaining: %d\r\nX-RateLimit-Reset: %.3f\r\n"
            b"X-RateLimit-Reset-After: %.3f\r\nX-RateLimit-Bucket: %b\r\n"
        ) % (bucket.limit, window.left, window.ends_at, window.ends_at - now, self._id(bucket))

    def sweep(self) -> None:
        """Forget the windows that ended."""
        now = self._clock()
        self._windows = _current(self._windows, now)
        self._callers = _current(self._callers, now)
        self._invalid = _current(self._invalid, now)

    def _rates(self, bucket: Bucket, window: _Window, now: float) -> Mapping[str, str]:
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": f"{window.ends_at:.3f}",
            "X-RateLimit-Reset-After": f"{math.ceil((window.ends_at - now) * 1000) / 1000:.3f}",
            "X-RateLimit-Bucket": self._id(bucket).decode(),
        }

    def _id(self, bucket: Bucket) -> bytes:
        """The bucket as clients know it: opaque, and the same in every process."""
        known = self._bucket_ids.get(bucket.name)
        if known is None:
            known = blake2b(bucket.name.encode(), digest_size=16).hexdigest().encode()
            self._bucket_ids[bucket.name] = known
        return known


def _take(windows: dict[_Key, _Window], key: _Key, limit: int, per_s: float, now: float) -> _Window:
    """Take one from the window of this key; below zero, it had none left."""
    window = windows.get(key)
    if window is None or window.ends_at <= now:
        window = windows[key] = _Window(limit - 1, now + per_s)
    elif window.left >= 0:
        window.left -= 1
    return window


def _current(windows: dict[_Key, _Window], now: float) -> dict[_Key, _Window]:
    return {key: window for key, window in windows.items() if window.ends_at > now}
