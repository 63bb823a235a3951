"""Rate limits of the peer: a bucket for each route and one for everything a caller does."""

import time
from hashlib import blake2b
from typing import Final

from starlette.exceptions import HTTPException

_INEXHAUSTIBLE: Final = 1_000_000
_GLOBAL_S: Final = 1.0


class Bucket:
    """So many requests in so many seconds; the hash is the name that clients see."""

    def __init__(self, name: str, per_s: float, limit: int = _INEXHAUSTIBLE) -> None:
        self.per_s = per_s
        self.limit = limit
        self.hash = blake2b(name.encode(), digest_size=16).hexdigest()


class _Window:
    __slots__ = ("ends_at", "used")

    def __init__(self, ends_at: float) -> None:
        self.used = 0
        self.ends_at = ends_at


class Limiter:
    """Counts in windows that begin with their first request."""

    def __init__(self) -> None:
        self._everything = Bucket("global", _GLOBAL_S)
        self._windows: dict[tuple[str, str, str], _Window] = {}

    def take(self, bucket: Bucket, user_id: str, major: str) -> dict[str, str]:
        """Count a request in both buckets; the headers of its answer, which tell what is left."""
        now = time.time()
        self._count(self._everything, user_id, "", now)
        window = self._count(bucket, user_id, major, now)
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.limit - window.used),
            "X-RateLimit-Reset": f"{window.ends_at:.3f}",
            "X-RateLimit-Reset-After": f"{window.ends_at - now:.3f}",
            "X-RateLimit-Bucket": bucket.hash,
            "X-Content-Type-Options": "nosniff",
        }

    def _count(self, bucket: Bucket, user_id: str, major: str, now: float) -> _Window:
        key = (bucket.hash, user_id, major)
        window = self._windows.get(key)
        if window is None or window.ends_at <= now:
            window = self._windows[key] = _Window(now + bucket.per_s)
        if window.used >= bucket.limit:
            wait = {"Retry-After": f"{window.ends_at - now:.3f}"}
            raise HTTPException(429, "You are being rate limited.", wait)
        window.used += 1
        return window
