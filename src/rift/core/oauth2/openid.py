"""OpenID Connect on top of OAuth2: the token that says who logged in, and what it is checked by."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import replace

from rift.core.actor import Actor, Visit
from rift.core.unit import Row, Unit
from rift.wire.oauth2 import SCOPES, AccessToken
from rift.wire.openid import Jwks, ProviderConfiguration, UserInfo

_LASTS_S: Final = 3600
_API: Final = "/api/v10"


async def fetch_user(unit: Unit, actor: Actor) -> UserInfo:
    """Who the token that asks belongs to, as far as its scopes go."""
    scopes = SCOPES if actor.grant is None else actor.grant.scopes
    user, account = actor.user, actor.account
    named, addressed = "identify" in scopes, "email" in scopes
    return UserInfo(
        sub=user.id,
        preferred_username=user.username if named else UNSET,
        nickname=user.global_name if named else UNSET,
        picture=unit.house.links.avatar(user.id, user.avatar) if named else UNSET,
        locale=account.locale if named else UNSET,
        email=account.email if addressed else UNSET,
        email_verified=account.verified if addressed else UNSET,
    )


async def list_keys(unit: Unit) -> Jwks:
    """What to check our signatures with."""
    return Jwks(keys=unit.house.identities.public)


def with_identity(
    unit: Unit, grant: Row, made: AccessToken, visit: Visit, code: str
) -> AccessToken:
    """Say who logged in, where the application asked for that."""
    if "openid" not in grant["scopes"]:
        return made
    now = int(unit.now().timestamp())
    claims: dict[str, Any] = {
        "iss": unit.settings.server.public_url.rstrip("/") or visit.origin,
        "sub": grant["user_id"],
        "aud": grant["application_id"],
        "iat": now,
        "exp": now + _LASTS_S,
    }
    nonce = _nonce(code)
    if nonce:
        claims["nonce"] = nonce
    return replace(made, id_token=unit.house.identities.sign(claims))


def carrying(secret: str, nonce: str | None) -> str:
    """A code that brings the nonce back itself; of the whole of it a hash is kept."""
    if nonce is None:
        return secret
    return f"{secret}.{urlsafe_b64encode(nonce.encode()).decode()}"


def _nonce(code: str) -> str:
    return urlsafe_b64decode(code.partition(".")[2]).decode()


def configuration(origin: str) -> ProviderConfiguration:
    """Where an OpenID Connect library finds everything."""
    return ProviderConfiguration(
        issuer=origin,
        authorization_endpoint=f"{origin}/oauth2/authorize",
        token_endpoint=f"{origin}{_API}/oauth2/token",
        userinfo_endpoint=f"{origin}{_API}/oauth2/userinfo",
        revocation_endpoint=f"{origin}{_API}/oauth2/token/revoke",
        jwks_uri=f"{origin}{_API}/oauth2/keys",
        scopes_supported=sorted(SCOPES),
        response_types_supported=["code", "token"],
        grant_types_supported=[
            "authorization_code",
            "implicit",
            "refresh_token",
            "client_credentials",
        ],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        token_endpoint_auth_methods_supported=[
            "client_secret_basic",
            "client_secret_post",
            "none",
        ],
        code_challenge_methods_supported=["S256", "plain"],
        claims_supported=["iss", "aud", "iat", "exp", "nonce", *UserInfo.__struct_fields__],
    )
