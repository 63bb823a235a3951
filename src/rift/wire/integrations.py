"""Integrations: the applications in a guild."""

from msgspec import UNSET, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.role_connections import RoleConnectionMetadata
from rift.wire.users import User


class IntegrationAccount(Struct, frozen=True, kw_only=True):
    id: str
    name: str | None


class IntegrationApplication(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    icon: str | None
    description: str
    summary: str = ""
    """Always empty, but old client libraries read it without asking."""
    type: int | None = None
    flags: int = 0
    flags_new: str = "0"
    bot: User | UnsetType = UNSET
    role_connections_verification_url: str | None | UnsetType = UNSET
    """Where it gets to know somebody, for linked roles; only where these are the matter."""


class PartialIntegration(Struct, frozen=True, kw_only=True):
    """As the audit log names one."""

    id: Snowflake
    name: str | None
    account: IntegrationAccount
    application_id: Snowflake
    type: str = "discord"


class Integration(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str | None
    account: IntegrationAccount
    application: IntegrationApplication
    scopes: list[str]
    type: str = "discord"
    enabled: bool = True
    user: User | UnsetType = UNSET
    """Who brought it."""
    role_connections_metadata: list[RoleConnectionMetadata] | UnsetType = UNSET


class IntegrationsQuery(Struct, frozen=True, kw_only=True):
    include_role_connections_metadata: bool = False


class IntegrationEvent(Integration, frozen=True, kw_only=True):
    """INTEGRATION_CREATE and INTEGRATION_UPDATE."""

    guild_id: Snowflake


class IntegrationGone(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    application_id: Snowflake


class IntegrationsUpdate(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
