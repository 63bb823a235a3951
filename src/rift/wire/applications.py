"""Applications and their bots."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import PermissionsInput, Snowflake
from rift.wire.limits import Flags, Image, Json, WebUrl
from rift.wire.users import User

AppName = Annotated[str, Meta(min_length=2, max_length=32)]
AppDescription = Annotated[str, Meta(max_length=400)]
Tag = Annotated[str, Meta(max_length=20)]

ReturnUrl = Annotated[
    str,
    Meta(max_length=2048, pattern=r"^(https?://|[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/)[^\s]*\Z"),
]
"""Where a browser goes with the answer: a site, or an app by its own domain read backwards."""


class InstallParams(Struct, frozen=True, kw_only=True):
    scopes: list[str]
    permissions: str


class Application(Struct, frozen=True, kw_only=True):
    """An application as anybody sees it."""

    id: Snowflake
    name: str
    verify_key: str
    icon: str | None = None
    cover_image: str | UnsetType = UNSET
    description: str = ""
    type: int | None = None
    bot: User | UnsetType = UNSET
    bot_public: bool = True
    bot_require_code_grant: bool = False
    flags: int = 0
    flags_new: str = "0"
    guild_id: Snowflake | UnsetType = UNSET
    terms_of_service_url: str | UnsetType = UNSET
    privacy_policy_url: str | UnsetType = UNSET
    custom_install_url: str | UnsetType = UNSET
    install_params: InstallParams | UnsetType = UNSET
    integration_types_config: dict[str, Json] | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    summary: str | UnsetType = UNSET


class PrivateApplication(Application, frozen=True, kw_only=True):
    """An application as its owner and its bot see it."""

    owner: User
    redirect_uris: list[str] = []
    interactions_endpoint_url: str | None = None
    role_connections_verification_url: str | None = None
    approximate_guild_count: int = 0
    approximate_user_install_count: int = 0
    approximate_user_authorization_count: int = 0
    explicit_content_filter: int = 0
    team: Json | None = None
    eligible_oauth2_scopes: list[str] = []


class PartialApplication(Struct, frozen=True, kw_only=True):
    """What READY tells a bot."""

    id: Snowflake
    flags: int = 0


class CreateApplication(Struct, frozen=True, kw_only=True):
    name: AppName
    description: AppDescription | None = None
    icon: Image | None = None


class InstallParamsBody(Struct, frozen=True, kw_only=True):
    scopes: list[Literal["applications.commands", "bot"]]
    permissions: PermissionsInput


class IntegrationConfigBody(Struct, frozen=True, kw_only=True, omit_defaults=True):
    oauth2_install_params: InstallParamsBody | None = None


class ModifyApplication(Struct, frozen=True, kw_only=True):
    name: AppName | UnsetType = UNSET
    description: AppDescription | None | UnsetType = UNSET
    icon: Image | None | UnsetType = UNSET
    cover_image: Image | None | UnsetType = UNSET
    flags: Flags | None | UnsetType = UNSET
    bot_public: bool | None | UnsetType = UNSET
    bot_require_code_grant: bool | None | UnsetType = UNSET
    redirect_uris: Annotated[list[ReturnUrl], Meta(max_length=10)] | None | UnsetType = UNSET
    interactions_endpoint_url: WebUrl | None | UnsetType = UNSET
    role_connections_verification_url: WebUrl | None | UnsetType = UNSET
    custom_install_url: WebUrl | None | UnsetType = UNSET
    terms_of_service_url: WebUrl | None | UnsetType = UNSET
    privacy_policy_url: WebUrl | None | UnsetType = UNSET
    install_params: InstallParamsBody | None | UnsetType = UNSET
    integration_types_config: dict[Literal["0", "1"], IntegrationConfigBody] | None | UnsetType = (
        UNSET
    )
    tags: Annotated[list[Tag], Meta(max_length=5)] | None | UnsetType = UNSET


class ResetBot(Struct, frozen=True, kw_only=True):
    """Sent by user clients with a second factor; an empty body is usual."""

    code: Annotated[str, Meta(max_length=16)] | None = None


class BotToken(Struct, frozen=True, kw_only=True):
    token: str


class ClientSecret(Struct, frozen=True, kw_only=True):
    secret: str
