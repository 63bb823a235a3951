"""Emojis: a guild's own, and the short form that stands in reactions and buttons."""

from msgspec import UNSET, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.limits import Json
from rift.wire.users import User


class PartialEmoji(Struct, frozen=True, kw_only=True):
    id: Snowflake | None = None
    name: str | None = None
    animated: bool | UnsetType = UNSET


class Emoji(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    roles: list[Snowflake] = []
    user: User | UnsetType = UNSET
    require_colons: bool = True
    managed: bool = False
    animated: bool = False
    available: bool = True


class Sticker(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    name: str
    tags: str
    type: int = 2
    format_type: int | None = 1
    description: str | None = None
    available: bool = True
    user: User | UnsetType = UNSET


class StickerItem(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    format_type: int


class StickerPacks(Struct, frozen=True, kw_only=True):
    sticker_packs: list[Json] = []
