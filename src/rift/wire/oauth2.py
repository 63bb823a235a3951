"""What an application asks a user for, the consent, and the tokens that come of it."""

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import PermissionsInput, Snowflake, SnowflakeInput
from rift.wire.applications import Application
from rift.wire.guilds import Guild
from rift.wire.limits import Json
from rift.wire.users import User

INSTALLING: Final = frozenset({"bot", "applications.commands"})
"""What brings an application into a guild."""

READING: Final = frozenset(
    {"openid", "identify", "email", "connections", "guilds", "guilds.members.read"}
)
"""What an application learns of a user, with a token."""

ACTING: Final = frozenset({"applications.commands.update"})
"""What an application does as its owner, with a token of its own."""

WRITING: Final = frozenset({"role_connections.write"})
"""What an application says of a user, with a token."""

JOINING: Final = "guilds.join"
"""That an application's bot brings a user into a guild, with a token."""

SCOPES: Final = INSTALLING | READING | ACTING | WRITING | {JOINING}
"""All that this server can grant."""

Secret = Annotated[str, Meta(max_length=512)]


class AuthorizeQuery(Struct, frozen=True, kw_only=True):
    client_id: SnowflakeInput
    scope: Annotated[str, Meta(max_length=1024)] = "bot"
    response_type: Literal["code", "token"] | None = None
    redirect_uri: Annotated[str, Meta(max_length=2048)] | None = None
    state: Annotated[str, Meta(max_length=1024)] | None = None
    permissions: PermissionsInput | None = None
    guild_id: SnowflakeInput | None = None
    integration_type: Literal[0, 1] | None = None
    nonce: Annotated[str, Meta(max_length=255, pattern=r"^[ -~]*\Z")] | None = None
    code_challenge: (
        Annotated[str, Meta(min_length=43, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$")] | None
    ) = None
    code_challenge_method: Literal["S256", "plain"] | None = None


class Authorize(Struct, frozen=True, kw_only=True):
    authorize: bool = True
    guild_id: SnowflakeInput | None = None
    permissions: PermissionsInput | None = None
    integration_type: Literal[0, 1] | None = None


class Authorized(Struct, frozen=True, kw_only=True):
    """Where the browser goes next."""

    location: str


class AuthorizationPage(Struct, frozen=True, kw_only=True):
    """What a user is asked before they consent."""

    application: Application
    user: User
    authorized: bool
    """Whether they have consented to as much before."""
    bot: User | UnsetType = UNSET
    guilds: list[Json] = []
    redirect_uri: str | None = None
    scopes: list[str] = []


class CurrentAuthorization(Struct, frozen=True, kw_only=True):
    application: Application
    scopes: list[str]
    expires: datetime
    user: User | UnsetType = UNSET


class Authorization(Struct, frozen=True, kw_only=True):
    """A consent as the user finds it later, to take it back."""

    id: Snowflake
    application: Application
    scopes: list[str]


class TokenForm(Struct, frozen=True, kw_only=True):
    """RFC 6749, sections 4.1.3, 4.4.2 and 6; RFC 7636, section 4.5."""

    grant_type: Annotated[str, Meta(max_length=64)] | None = None
    client_id: SnowflakeInput | None = None
    client_secret: Secret | None = None
    code: Secret | None = None
    redirect_uri: Annotated[str, Meta(max_length=2048)] | None = None
    code_verifier: Annotated[str, Meta(max_length=128)] | None = None
    refresh_token: Secret | None = None
    scope: Annotated[str, Meta(max_length=1024)] | None = None


class RevokeForm(Struct, frozen=True, kw_only=True):
    """RFC 7009, section 2.1."""

    token: Secret
    token_type_hint: Annotated[str, Meta(max_length=64)] | None = None
    client_id: SnowflakeInput | None = None
    client_secret: Secret | None = None


class AccessToken(Struct, frozen=True, kw_only=True):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  # the name of a scheme
    expires_in: int
    scope: str
    refresh_token: str | UnsetType = UNSET
    id_token: str | UnsetType = UNSET
    guild: Guild | UnsetType = UNSET
    """Where the bot came in, when it came with this consent."""
