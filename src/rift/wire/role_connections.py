"""What applications say of their users on other platforms, and how it is compared."""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.wire.commands import Locale

MetadataType = Literal[1, 2, 3, 4, 5, 6, 7, 8]
INTEGERS: Final = frozenset({1, 2, 3, 4})
"""At most, at least, equal, not equal."""
TIMES: Final = frozenset({5, 6})
"""At most and at least so many days ago."""
BOOLEANS: Final = frozenset({7, 8})
"""Equal, not equal."""

Key = Annotated[str, Meta(min_length=1, max_length=50, pattern=r"^[a-z0-9_]+\Z")]
Title = Annotated[str, Meta(min_length=1, max_length=100)]
Description = Annotated[str, Meta(min_length=1, max_length=200)]
Said = Annotated[str, Meta(min_length=1, max_length=100)] | int
"""Kept as text; applications write numbers as numbers too."""


class RoleConnectionMetadata(Struct, frozen=True, kw_only=True):
    """One fact that an application knows of its users."""

    type: int
    key: str
    name: str
    description: str
    name_localizations: dict[str, str] | UnsetType = UNSET
    description_localizations: dict[str, str] | UnsetType = UNSET


class RoleConnectionMetadataBody(Struct, frozen=True, kw_only=True):
    type: MetadataType
    key: Key
    name: Title
    description: Description
    name_localizations: dict[Locale, Title | None] | None = None
    description_localizations: dict[Locale, Description | None] | None = None


RoleConnectionMetadataList = Annotated[list[RoleConnectionMetadataBody], Meta(max_length=5)]


class RoleConnection(Struct, frozen=True, kw_only=True):
    """Who a user is on an application's platform, and what it says of them there."""

    platform_name: str | UnsetType = UNSET
    platform_username: str | None = None
    metadata: dict[str, str] = {}


class UpdateRoleConnection(Struct, frozen=True, kw_only=True):
    platform_name: Annotated[str, Meta(max_length=50)] | None = None
    platform_username: Annotated[str, Meta(max_length=100)] | None = None
    metadata: Annotated[dict[str, Said], Meta(max_length=5)] | None = None
