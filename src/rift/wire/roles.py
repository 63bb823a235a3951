"""Roles and the forms that make, change and order them."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import PermissionsInput, Snowflake, SnowflakeInput
from rift.wire.limits import Colour, Image, Int32

RoleName = Annotated[str, Meta(min_length=1, max_length=100)]


class RoleColours(Struct, frozen=True, kw_only=True):
    primary_color: int = 0
    secondary_color: int | None = None
    tertiary_color: int | None = None


class RoleTags(Struct, frozen=True, kw_only=True):
    """The null fields are flags: present means yes."""

    bot_id: Snowflake | UnsetType = UNSET
    integration_id: Snowflake | UnsetType = UNSET
    premium_subscriber: None | UnsetType = UNSET
    subscription_listing_id: Snowflake | UnsetType = UNSET
    available_for_purchase: None | UnsetType = UNSET
    guild_connections: None | UnsetType = UNSET


class Role(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    permissions: str
    position: int
    color: int = 0
    colors: RoleColours = RoleColours()
    hoist: bool = False
    managed: bool = False
    mentionable: bool = False
    icon: str | None = None
    unicode_emoji: str | None = None
    tags: RoleTags | UnsetType = UNSET
    flags: int = 0
    upload_bytes: int | UnsetType = UNSET
    """The largest file that members with this role may send, where it says so; ours."""


class RoleColoursBody(Struct, frozen=True, kw_only=True):
    primary_color: Colour | None = None
    secondary_color: Colour | None = None
    tertiary_color: Colour | None = None


class CreateRole(Struct, frozen=True, kw_only=True):
    name: RoleName | None | UnsetType = UNSET
    permissions: PermissionsInput | None | UnsetType = UNSET
    color: Colour | None | UnsetType = UNSET
    colors: RoleColoursBody | None | UnsetType = UNSET
    hoist: bool | None | UnsetType = UNSET
    mentionable: bool | None | UnsetType = UNSET
    icon: Image | None | UnsetType = UNSET
    unicode_emoji: Annotated[str, Meta(max_length=100)] | None | UnsetType = UNSET
    upload_bytes: Annotated[int, Meta(ge=1024, le=2**53)] | None | UnsetType = UNSET


class ModifyRole(CreateRole, frozen=True, kw_only=True):
    """The same fields; here an absent one means: leave it as it is."""


class RolePosition(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput
    position: Int32 | None = None
