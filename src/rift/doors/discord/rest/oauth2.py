"""The operations of OAuth2: consent, tokens, and what they allow."""

import binascii
from base64 import b64decode
from typing import Final
from urllib.parse import unquote

from rift.core.applications import verbs as applications
from rift.core.oauth2 import granting, openid
from rift.core.oauth2 import verbs as oauth2
from rift.core.oauth2.refusals import InvalidClient
from rift.core.unit import Row, Unit
from rift.doors.http.endpoints import FORM, JSON, Bucket, delete, get, post
from rift.doors.http.messages import Answer, Request, json_answer
from rift.snowflake import parse
from rift.wire.oauth2 import SCOPES, RevokeForm, TokenForm

_NOT_STORED: Final = b"Cache-Control: no-store\r\n"


async def exchange(unit: Unit, request: Request, body: TokenForm) -> Answer:
    """Tokens for a code, a refresh token or a client's own secret."""
    client = await _client(unit, request, body, by_other=oauth2.proves_itself(body))
    made = await oauth2.exchange(unit, client, body, request.visit())
    return json_answer(200, made).with_head(_NOT_STORED)


async def revoke(unit: Unit, request: Request, body: RevokeForm) -> dict[str, str]:
    """End a consent by one of its tokens."""
    client = await _client(unit, request, body, by_other=True)
    await oauth2.revoke(unit, client, body.token)
    return {}


async def _client(
    unit: Unit, request: Request, form: TokenForm | RevokeForm, *, by_other: bool
) -> Row:
    """The application that asks; it says who it is in the header or in the form."""
    client_id, secret = form.client_id or "", form.client_secret or ""
    scheme, _, credentials = request.header(b"authorization").partition(" ")
    if scheme.lower() == "basic":
        client_id, secret = _basic(credentials)
    id_ = parse(client_id)
    if id_ is None:
        raise InvalidClient
    return await granting.prove(unit, id_, secret, by_other=by_other)


def _basic(credentials: str) -> tuple[str, str]:
    """RFC 6749, section 2.3.1: both halves are percent-encoded before they are joined."""
    try:
        name, _, secret = b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidClient from error
    return unquote(name), unquote(secret)


ENDPOINTS: Final = (
    get("/oauth2/@me", oauth2.fetch_current, scopes=SCOPES),
    get("/oauth2/applications/@me", applications.fetch_current),
    get("/oauth2/authorize", oauth2.show),
    get("/oauth2/keys", openid.list_keys),
    get("/oauth2/userinfo", openid.fetch_user, scopes=frozenset({"openid"})),
    post("/oauth2/authorize", oauth2.authorize),
    post("/oauth2/token", exchange, Bucket("oauth2.token", 50, 10.0), media_types=(FORM, JSON)),
    post(
        "/oauth2/token/revoke",
        revoke,
        Bucket("oauth2.revoke", 50, 10.0),
        media_types=(FORM, JSON),
    ),
    get("/oauth2/tokens", oauth2.list_own),
    delete("/oauth2/tokens/{grant_id}", oauth2.withdraw),
)
