"""OpenID Connect: who somebody is, and how that is checked."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType


class Jwk(Struct, frozen=True, kw_only=True):
    """The public half of an RSA key (RFC 7518, section 6.3.1)."""

    kid: str
    n: str
    e: str
    kty: Literal["RSA"] = "RSA"
    use: Literal["sig"] = "sig"
    alg: Literal["RS256"] = "RS256"


class Jwks(Struct, frozen=True, kw_only=True):
    keys: list[Jwk]


class UserInfo(Struct, frozen=True, kw_only=True):
    """The claims about a user that the scopes of a token open."""

    sub: str
    preferred_username: str | UnsetType = UNSET
    nickname: str | None | UnsetType = UNSET
    picture: str | UnsetType = UNSET
    locale: str | UnsetType = UNSET
    email: str | None | UnsetType = UNSET
    email_verified: bool | UnsetType = UNSET


class ProviderConfiguration(Struct, frozen=True, kw_only=True):
    """What OpenID Connect libraries read first (Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    revocation_endpoint: str
    jwks_uri: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    grant_types_supported: list[str]
    subject_types_supported: list[str]
    id_token_signing_alg_values_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    code_challenge_methods_supported: list[str]
    claims_supported: list[str]
