"""Codes and tokens: how they are made, kept, proven and spent."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Final

from msgspec.structs import replace

from rift.core.accounts.tokens import token_hash
from rift.core.applications.shapes import PUBLIC_CLIENT
from rift.core.oauth2 import openid, queries
from rift.core.oauth2.asking import Ask
from rift.core.oauth2.refusals import InvalidClient
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.oauth2 import AccessToken

_SECRET_BYTES: Final = 32
_CODE_LASTS: Final = timedelta(minutes=10)
_ACCESS_LASTS: Final = timedelta(days=7)
_REFRESH_LASTS: Final = timedelta(days=90)
"""Counted from the last refresh."""
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""When what is not bound to tokens ends by itself."""


def new_secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


async def prove(unit: Unit, client_id: Snowflake, client_secret: str, *, by_other: bool) -> Row:
    """The application that knows its secret.

    One that keeps none is believed `by_other` proof: what it brings is good for itself alone.
    """
    async with Unit(unit.house, reading=True) as glance:
        client = await glance.maybe(queries.CLIENT, client_id)
    if client is None:
        raise InvalidClient
    if by_other and not client_secret and client["flags"] & PUBLIC_CLIENT:
        return client
    if not compare_digest(client["secret_hash"] or b"", token_hash(client_secret)):
        raise InvalidClient
    return client


async def begin(unit: Unit, user_id: Snowflake, asked: Ask, guild_id: str | None) -> Row:
    """A consent, from which codes and tokens come."""
    query = asked.query
    method = query.code_challenge_method or "plain"
    grant: Row = {
        "id": unit.new_id(),
        "application_id": asked.application["id"],
        "user_id": user_id,
        "scopes": list(asked.scopes),
        "guild_id": guild_id,
        "redirect_uri": asked.redirect_uri,
        "challenge": query.code_challenge,
        "challenge_method": None if query.code_challenge is None else method,
        "expires_at": unit.now() + _CODE_LASTS,
    }
    await unit.run(queries.INSERT_GRANT, *grant.values())
    return grant


async def begin_own(unit: Unit, client: Row, scopes: Sequence[str]) -> Row:
    """What an application may learn of its owner needs no consent of theirs."""
    nothing = [None] * 4
    own: Row = {"id": unit.new_id(), "scopes": list(scopes)}
    named = (own["id"], client["id"], client["owner_id"], own["scopes"])
    await unit.run(queries.INSERT_GRANT, *named, *nothing, unit.now() + _ACCESS_LASTS)
    return own


async def code(unit: Unit, grant: Row, nonce: str | None) -> str:
    """A code to be exchanged for tokens, once and soon."""
    made = openid.carrying(new_secret(), nonce)
    await _keep(unit, grant, [("code", made, _CODE_LASTS)])
    return made


async def tokens(unit: Unit, grant: Row, *, refreshable: bool) -> AccessToken:
    """An access token, which takes the place of the one before."""
    access, refresh = new_secret(), new_secret()
    made = [("access", access, _ACCESS_LASTS)]
    if refreshable:
        made.append(("refresh", refresh, _REFRESH_LASTS))
    await unit.run(queries.END_ACCESS, grant["id"])
    await _keep(unit, grant, made)
    answer = AccessToken(
        access_token=access,
        expires_in=int(_ACCESS_LASTS.total_seconds()),
        scope=" ".join(grant["scopes"]),
    )
    return replace(answer, refresh_token=refresh) if refreshable else answer


def verifies(grant: Row, verifier: str | None) -> bool:
    """Whether who brings the code is who asked for it (RFC 7636).

    A verifier without a challenge is wrong too: somebody may have left the challenge out on the
    way (RFC 9700, section 4.8.2).
    """
    challenge: str | None = grant["challenge"]
    if challenge is None or verifier is None:
        return challenge is verifier
    given = verifier.encode()
    if grant["challenge_method"] == "S256":
        given = base64.urlsafe_b64encode(hashlib.sha256(given).digest()).rstrip(b"=")
    return compare_digest(given, challenge.encode())


async def _keep(unit: Unit, grant: Row, made: Sequence[tuple[str, str, timedelta]]) -> None:
    now = unit.now()
    kinds = [kind for kind, _, _ in made]
    hashes = [token_hash(secret) for _, secret, _ in made]
    ends = [now + lasts for _, _, lasts in made]
    await unit.run(queries.INSERT_TOKENS, grant["id"], hashes, kinds, ends)
    await unit.run(queries.PROLONG, grant["id"], max(ends))
