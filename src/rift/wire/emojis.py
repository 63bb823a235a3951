"""Emojis: those of guilds and applications, and the short form in reactions and buttons."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Image
from rift.wire.users import User

EmojiName = Annotated[str, Meta(min_length=2, max_length=32)]
RoleIds = Annotated[list[SnowflakeInput | None], Meta(max_length=1521)]
"""Discord's own form has nulls in it, which stand for nothing."""


class PartialEmoji(Struct, frozen=True, kw_only=True):
    id: Snowflake | None = None
    name: str | None = None
    animated: bool | UnsetType = UNSET


class SettingsEmoji(Struct, frozen=True, kw_only=True):
    """What stands before a line of a guild's settings: its own emoji, one of Unicode, or none."""

    id: Snowflake | None = None
    name: str | None = None
    animated: bool = False


class Emoji(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    roles: list[Snowflake] = []
    user: User | UnsetType = UNSET
    require_colons: bool = True
    managed: bool = False
    animated: bool = False
    available: bool = True


class CreateEmoji(Struct, frozen=True, kw_only=True):
    name: EmojiName
    image: Image
    roles: RoleIds | None = None


class ModifyEmoji(Struct, frozen=True, kw_only=True):
    name: EmojiName | UnsetType = UNSET
    roles: RoleIds | None | UnsetType = UNSET


class ApplicationEmojis(Struct, frozen=True, kw_only=True):
    items: list[Emoji]


class CreateApplicationEmoji(Struct, frozen=True, kw_only=True):
    name: EmojiName
    image: Image


class ModifyApplicationEmoji(Struct, frozen=True, kw_only=True):
    name: EmojiName | UnsetType = UNSET
