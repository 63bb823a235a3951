"""Which web pages may call us: cross-origin headers and preflights."""

from collections.abc import Sequence
from typing import Final

from rift.doors.http.messages import Answer, Request

_EXPOSED: Final = (
    b"Access-Control-Expose-Headers: Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, "
    b"X-RateLimit-Reset, X-RateLimit-Reset-After, X-RateLimit-Bucket, X-RateLimit-Scope, "
    b"X-RateLimit-Global\r\n"
)
_ALLOWED_HEADERS: Final = (
    b"Access-Control-Allow-Headers: Authorization, Content-Type, X-Audit-Log-Reason, "
    b"X-RateLimit-Precision, X-Super-Properties, X-Discord-Locale, X-Discord-Timezone\r\n"
    b"Access-Control-Max-Age: 7200\r\n"
)


class Origins:
    """Same-origin only, unless origins are named; tokens travel in headers, so `*` leaks none."""

    __slots__ = ("_allowed", "_any", "named")

    def __init__(self, allowed: Sequence[str]) -> None:
        self._any = "*" in allowed
        self._allowed = frozenset(origin.rstrip("/").lower().encode() for origin in allowed)
        self.named = bool(self._allowed)
        """Whether there are any, and so something to say."""

    def lines(self, request: Request) -> bytes:
        """What an answer says about who may read it."""
        if not self._allowed:
            return b""
        if self._any:
            return b"Access-Control-Allow-Origin: *\r\n" + _EXPOSED
        origin = request.headers.get(b"origin", b"")
        if origin.lower() not in self._allowed:
            return b"Vary: Origin\r\n"
        return b"Access-Control-Allow-Origin: %b\r\nVary: Origin\r\n%b" % (origin, _EXPOSED)

    def options(self, methods: Sequence[str]) -> Answer:
        """The answer to OPTIONS; to a preflight of a page that is not allowed it says nothing."""
        allow = ", ".join(methods).encode()
        head = b"Allow: %b\r\n" % allow
        if self._allowed:
            head += b"Access-Control-Allow-Methods: %b\r\n%b" % (allow, _ALLOWED_HEADERS)
        return Answer(204, head=head)
