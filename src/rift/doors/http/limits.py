"""Rate limits of REST: per bucket, over all requests of a caller, and of invalid requests."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from rift.errors import RateLimited
from rift.protocols.ratelimit import GLOBAL, Bucket, Limiter, Throttle, Verdict

_INVALID_LIMIT: Final = 10_000
_INVALID_S: Final = 600.0
_INVALID_STATUSES: Final = frozenset({401, 403, 429})
_INEXHAUSTIBLE: Final = 1_000_000


class BucketEmpty(RateLimited):
    """The bucket of this route is used up."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.retry_after, scope=verdict.scope)
        self._verdict = verdict

    @property
    def headers(self) -> Mapping[str, str]:
        verdict = self._verdict
        return {
            **super().headers,
            "X-RateLimit-Limit": str(verdict.limit),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": f"{verdict.reset:.3f}",
            # Rounded up: who comes back at the very end of it must not be refused again.
            "X-RateLimit-Reset-After": f"{math.ceil(verdict.reset_after * 1000) / 1000:.3f}",
            "X-RateLimit-Bucket": verdict.bucket,
        }


class Limits:
    """Counts requests; the clock is the wall clock, since clients are told when to return.

    Where limits are off, clients are told the same of buckets that nobody can empty.
    """

    def __init__(self, clock: Callable[[], float], *, enabled: bool = True) -> None:
        self._clock = clock
        self._enabled = enabled
        everything = GLOBAL if enabled else replace(GLOBAL, limit=_INEXHAUSTIBLE)
        self._limiter = Limiter(everything, least=0 if enabled else _INEXHAUSTIBLE)
        self._invalid = Throttle(_INVALID_LIMIT, _INVALID_S)
        self._has_invalid = False
        self._forms: dict[str, bytes] = {}
        """Of each bucket, the header lines with what never changes filled in."""

    def admit(self, address: str) -> None:
        """Refuse an address that has sent too many invalid requests."""
        if self._has_invalid:
            left, wait_s = self._invalid.remaining(address, self._clock())
            if not left:
                raise RateLimited(wait_s, scope="global")

    def note(self, address: str, status: int) -> None:
        """Count an answer, if it tells of an invalid request."""
        if self._enabled and status in _INVALID_STATUSES:
            self._has_invalid = True
            self._invalid.attempt(address, self._clock())

    def spend(self, bucket: Bucket, caller: str, major: str) -> bytes:
        """Count a request and answer the header lines that tell what is left."""
        verdict = self._limiter.take(bucket, caller, major, self._clock())
        if verdict.retry_after:
            raise _refusal(verdict)
        if not bucket.is_told:
            return b""
        form = self._forms.get(bucket.name) or self._form(bucket.name, verdict)
        return form % (verdict.remaining, verdict.reset, verdict.reset_after)

    def _form(self, name: str, verdict: Verdict) -> bytes:
        form = self._forms[name] = (
            b"X-RateLimit-Limit: %d\r\nX-RateLimit-Remaining: %%d\r\nX-RateLimit-Reset: %%.3f\r\n"
            b"X-RateLimit-Reset-After: %%.3f\r\nX-RateLimit-Bucket: %b\r\n"
        ) % (verdict.limit, verdict.bucket.encode())
        return form


def _refusal(verdict: Verdict) -> RateLimited:
    if verdict.scope == "global":
        return RateLimited(verdict.retry_after, scope="global")
    return BucketEmpty(verdict)
