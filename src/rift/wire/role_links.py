"""Linked roles: what somebody must be elsewhere to give themselves a role."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.integrations import IntegrationApplication
from rift.wire.role_connections import (
    Key,
    MetadataType,
    RoleConnection,
    RoleConnectionMetadata,
)


class RoleRequirementBody(Struct, frozen=True, kw_only=True):
    """Of other connections than those of applications this server knows nothing."""

    connection_type: Literal["application"]
    application_id: SnowflakeInput
    connection_metadata_field: Key | None = None
    operator: MetadataType | None = None
    value: Annotated[str, Meta(max_length=16, pattern=r"^-?[0-9]+\Z")] | None = None


RoleRulesBody = Annotated[
    list[Annotated[list[RoleRequirementBody], Meta(min_length=1, max_length=5)]],
    Meta(max_length=5),
]
"""One of the lists is enough, and of that all."""


class RoleRequirement(Struct, frozen=True, kw_only=True):
    """Without a field it is enough that the application knows them."""

    connection_type: str = "application"
    application_id: Snowflake
    connection_metadata_field: str | None = None
    operator: int | None = None
    value: str | None = None


class JudgedRequirement(RoleRequirement, frozen=True, kw_only=True):
    """With what it means, and whether who asks meets it."""

    application: IntegrationApplication | UnsetType = UNSET
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    result: bool


class RoleLink(Struct, frozen=True, kw_only=True):
    """A role, its rules, and the applications these speak of."""

    role_id: Snowflake
    rules: list[list[RoleRequirement]]
    applications: dict[Snowflake, IntegrationApplication]


class KnownRoleConnection(RoleConnection, frozen=True, kw_only=True):
    """What an application says of somebody, with what it means, for themselves."""

    application: IntegrationApplication
    application_metadata: list[RoleConnectionMetadata]
