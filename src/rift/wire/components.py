"""Components of messages and modals, each kind with what it says of itself; the rest is inside."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from rift.snowflake import SnowflakeInput
from rift.wire.limits import Colour

ROW = 1
BUTTON = 2
STRING_SELECT = 3
TEXT_INPUT = 4
USER_SELECT = 5
ROLE_SELECT = 6
MENTIONABLE_SELECT = 7
CHANNEL_SELECT = 8
SECTION = 9
TEXT = 10
THUMBNAIL = 11
GALLERY = 12
FILE = 13
SEPARATOR = 14
CONTAINER = 17
LABEL = 18
UPLOAD = 19
RADIO = 21
CHECKS = 22
CHECK = 23

LINK = 5
PREMIUM = 6

CustomId = Annotated[str, Meta(min_length=1, max_length=100)]
Short = Annotated[str, Meta(max_length=100)]
Title = Annotated[str, Meta(min_length=1, max_length=100)]
Alt = Annotated[str, Meta(min_length=1, max_length=1024)]
Least = Annotated[int, Meta(ge=0, le=25)]
Most = Annotated[int, Meta(ge=1, le=25)]
Fewest = Annotated[int, Meta(ge=0, le=10)]
Highest = Annotated[int, Meta(ge=1, le=10)]


class ComponentEmoji(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput | None = None
    name: Annotated[str, Meta(max_length=32)] | None = None
    animated: bool | None = None


class Media(Struct, frozen=True, kw_only=True):
    """An address, or a file of the message as `attachment://name`."""

    url: Annotated[str, Meta(max_length=2048, pattern=r"^(https?|attachment)://\S")]


class OwnFile(Struct, frozen=True, kw_only=True):
    url: Annotated[str, Meta(max_length=2048, pattern=r"^attachment://.")]


class Row(Struct, frozen=True, kw_only=True):
    pass


class Button(Struct, frozen=True, kw_only=True):
    style: Literal[1, 2, 3, 4, 5, 6]
    custom_id: CustomId | None = None
    label: Annotated[str, Meta(max_length=80)] | None = None
    emoji: ComponentEmoji | None = None
    url: Annotated[str, Meta(max_length=512, pattern=r"^(https?|discord)://\S")] | None = None
    sku_id: SnowflakeInput | None = None
    disabled: bool | None = None


class SelectOption(Struct, frozen=True, kw_only=True):
    label: Title
    value: Title
    description: Short | None = None
    emoji: ComponentEmoji | None = None
    default: bool | None = None


class DefaultValue(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput
    type: Literal["user", "role", "channel"]


class _Select(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    placeholder: Annotated[str, Meta(max_length=150)] | None = None
    min_values: Least | None = None
    max_values: Most | None = None
    disabled: bool | None = None
    required: bool | None = None


class StringSelect(_Select, frozen=True, kw_only=True):
    options: Annotated[list[SelectOption], Meta(min_length=1, max_length=25)]


class EntitySelect(_Select, frozen=True, kw_only=True):
    default_values: Annotated[list[DefaultValue], Meta(max_length=25)] | None = None


class ChannelSelect(EntitySelect, frozen=True, kw_only=True):
    channel_types: Annotated[list[int], Meta(max_length=25)] | None = None


class TextInput(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    style: Literal[1, 2]
    label: Annotated[str, Meta(min_length=1, max_length=45)] | None = None
    min_length: Annotated[int, Meta(ge=0, le=4000)] | None = None
    max_length: Annotated[int, Meta(ge=1, le=4000)] | None = None
    required: bool | None = None
    value: Annotated[str, Meta(max_length=4000)] | None = None
    placeholder: Short | None = None


class Section(Struct, frozen=True, kw_only=True):
    pass


class Text(Struct, frozen=True, kw_only=True):
    content: Annotated[str, Meta(min_length=1, max_length=4000)]


class Thumbnail(Struct, frozen=True, kw_only=True):
    media: Media
    description: Alt | None = None
    spoiler: bool | None = None


class GalleryItem(Struct, frozen=True, kw_only=True):
    media: Media
    description: Alt | None = None
    spoiler: bool | None = None


class Gallery(Struct, frozen=True, kw_only=True):
    items: Annotated[list[GalleryItem], Meta(min_length=1, max_length=10)]


class File(Struct, frozen=True, kw_only=True):
    file: OwnFile
    spoiler: bool | None = None


class Separator(Struct, frozen=True, kw_only=True):
    divider: bool | None = None
    spacing: Literal[1, 2] | None = None


class Container(Struct, frozen=True, kw_only=True):
    accent_color: Colour | None = None
    spoiler: bool | None = None


class Label(Struct, frozen=True, kw_only=True):
    label: Annotated[str, Meta(min_length=1, max_length=45)]
    description: Title | None = None


class Upload(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    min_values: Fewest | None = None
    max_values: Highest | None = None
    required: bool | None = None
    file_types: Annotated[list[Title], Meta(max_length=10)] | None = None


class GroupOption(Struct, frozen=True, kw_only=True):
    label: Title
    value: Title
    description: Short | None = None
    default: bool | None = None


class Radio(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    options: Annotated[list[GroupOption], Meta(min_length=2, max_length=10)]
    required: bool | None = None


class Checks(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    options: Annotated[list[GroupOption], Meta(min_length=1, max_length=10)]
    min_values: Fewest | None = None
    max_values: Highest | None = None
    required: bool | None = None


class Check(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    default: bool | None = None
