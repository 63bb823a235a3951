"""Short signed tokens: who it is, in which session, for what, and until when."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import jwt
from msgspec import Struct

from rift.core.accounts.keys import Key
from rift.errors import Unauthorized
from rift.snowflake import Snowflake, parse

_ALGORITHM: Final = "HS256"
_CLAIMS: Final = ("iss", "aud", "sub", "sid", "iat", "exp")
_LONGEST: Final = 1024

Purpose = Literal["access", "mfa"]
"""What a token is good for; one for the one is nothing for the other."""


class Claims(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    session_id: Snowflake
    expires_at: float


class Jwts:
    """Makes them, and reads none but those made here.

    The algorithm is ours to say, never the token's: what is unsigned or signed otherwise is no
    token. Time is the house's, so the library is not asked about it.
    """

    def __init__(self, keys: Sequence[Key], issuer: str) -> None:
        self._newest = keys[0]
        self._keys = {key.id: key.secret for key in keys}
        self._issuer = issuer

    def sign(
        self, purpose: Purpose, user_id: str, session_id: str, now: float, lifetime_s: int
    ) -> str:
        issued_at = int(now)
        claims = {
            "iss": self._issuer,
            "aud": purpose,
            "sub": user_id,
            "sid": session_id,
            "iat": issued_at,
            "exp": issued_at + lifetime_s,
        }
        headers = {"kid": self._newest.id}
        return jwt.encode(claims, self._newest.secret, _ALGORITHM, headers=headers)

    def read(self, token: str, purpose: Purpose, now: float) -> Claims:
        """What it says, or Unauthorized."""
        if len(token) > _LONGEST:
            raise Unauthorized
        try:
            claims = self._verified(token, purpose)
        except jwt.PyJWTError as error:
            raise Unauthorized from error
        user_id, session_id = parse(claims["sub"]), parse(str(claims["sid"]))
        expires_at = claims["exp"]
        if user_id is None or session_id is None or not isinstance(expires_at, int):
            raise Unauthorized
        if expires_at <= now:
            raise Unauthorized
        return Claims(user_id=user_id, session_id=session_id, expires_at=expires_at)

    def _verified(self, token: str, purpose: Purpose) -> dict[str, Any]:
        name = jwt.get_unverified_header(token).get("kid")
        secret = self._keys.get(name) if isinstance(name, str) else None
        if secret is None:
            raise Unauthorized
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=purpose,
            issuer=self._issuer,
            options={"require": list(_CLAIMS), "verify_exp": False, "verify_iat": False},
        )
        return claims
