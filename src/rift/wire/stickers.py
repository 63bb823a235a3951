"""Stickers: those of guilds, as messages show them, and the packs that everybody may use."""

from enum import IntEnum
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.limits import Json
from rift.wire.users import User

StickerName = Annotated[str, Meta(min_length=2, max_length=30)]
StickerTags = Annotated[str, Meta(min_length=1, max_length=200)]
StickerDescription = Annotated[str, Meta(max_length=100)]


class StickerFormat(IntEnum):
    PNG = 1
    APNG = 2
    LOTTIE = 3
    GIF = 4


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


class StickerPack(Struct, frozen=True, kw_only=True):
    id: Snowflake
    sku_id: Snowflake
    name: str
    description: str | None
    stickers: list[Json] = []


class StickerPacks(Struct, frozen=True, kw_only=True):
    sticker_packs: list[StickerPack] = []


class CreateSticker(Struct, frozen=True, kw_only=True):
    """The fields of the form; its `file` comes beside them."""

    name: StickerName
    tags: StickerTags
    description: StickerDescription | None = None


class ModifySticker(Struct, frozen=True, kw_only=True):
    name: StickerName | UnsetType = UNSET
    tags: StickerTags | UnsetType = UNSET
    description: StickerDescription | None | UnsetType = UNSET
