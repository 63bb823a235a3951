"""Who is behind a JWT: the sessions' second kind of token, for doors that take short ones."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from rift.core.accounts.jwts import Claims, Jwts
from rift.core.accounts.tokens import Tokens
from rift.core.actor import Actor
from rift.errors import Unauthorized

_BEARER: Final = "bearer "
_REMEMBERED: Final = 20_000


class AccessTokens:
    """Checks a signature once and remembers it; whether the session lives is asked each time.

    That is asked of the memory of `Tokens`, which forgets a session the moment it is revoked.
    """

    def __init__(self, jwts: Jwts, tokens: Tokens, clock: Callable[[], datetime]) -> None:
        self._jwts = jwts
        self._tokens = tokens
        self._clock = clock
        self._read: dict[str, Claims] = {}

    def lookup(self, header: str) -> Actor | None:
        """The caller, if this process knows the header and it is still good."""
        claims = self._read.get(header[len(_BEARER) :])
        if claims is None or claims.expires_at <= self._clock().timestamp():
            return None
        return self._tokens.lookup_session(claims.session_id)

    async def resolve(self, header: str) -> Actor:
        """The caller behind an `Authorization` header, or Unauthorized."""
        if header[: len(_BEARER)].lower() != _BEARER:
            raise Unauthorized
        return await self.resolve_token(header[len(_BEARER) :])

    async def resolve_token(self, token: str) -> Actor:
        """The same for a bare token."""
        actor, _ = await self.resolve_until(token)
        return actor

    async def resolve_until(self, token: str) -> tuple[Actor, float]:
        """The same for sockets, and until when the token is good."""
        claims = self._claims(token)
        actor = await self._tokens.resolve_session(claims.session_id)
        if actor.id != claims.user_id:
            raise Unauthorized
        return actor, claims.expires_at

    def _claims(self, token: str) -> Claims:
        now = self._clock().timestamp()
        claims = self._read.get(token)
        if claims is None:
            claims = self._jwts.read(token, "access", now)
            if len(self._read) >= _REMEMBERED:
                del self._read[next(iter(self._read))]
            self._read[token] = claims
        elif claims.expires_at <= now:
            del self._read[token]
            raise Unauthorized
        return claims
