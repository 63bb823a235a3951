"""Refusals of the token endpoints, which OAuth2 libraries read too (RFC 6749, section 5.2)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rift.errors import Refusal


class TokenRefusal(Refusal):
    """Spelled for both: for Discord's clients, and for OAuth2's."""

    status = 400
    error: ClassVar[str] = "invalid_request"

    def body(self) -> dict[str, Any]:
        return {**super().body(), "error": self.error, "error_description": self.message}


class InvalidClient(TokenRefusal):
    status = 401
    error = "invalid_client"
    message = "The client_id and the client_secret do not belong together."

    @property
    def headers(self) -> Mapping[str, str]:
        return {"WWW-Authenticate": 'Basic realm="OAuth2"'}


class InvalidGrant(TokenRefusal):
    error = "invalid_grant"
    message = "The code or refresh token is not good, or no longer, or not for this client."


class InvalidScope(TokenRefusal):
    error = "invalid_scope"
    message = "This server does not grant these scopes to a client for itself."


class UnsupportedGrantType(TokenRefusal):
    error = "unsupported_grant_type"
    message = "The grant_type is none of authorization_code, refresh_token, client_credentials."
