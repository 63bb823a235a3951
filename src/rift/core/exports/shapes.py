"""The shape in which DiscordChatExporter writes a channel down, so that its readers read ours."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType


class ExportedRole(Struct, frozen=True, kw_only=True, rename="camel"):
    id: str
    name: str
    color: str | None
    position: int


class ExportedUser(Struct, frozen=True, kw_only=True, rename="camel"):
    """The nickname is what somebody is called in the place; the colour is that of a role."""

    id: str
    name: str
    discriminator: str
    nickname: str
    color: str | None
    is_bot: bool
    roles: list[ExportedRole] | UnsetType = UNSET
    avatar_url: str


class ExportedEmoji(Struct, frozen=True, kw_only=True, rename="camel"):
    id: str
    name: str
    code: str
    is_animated: bool
    image_url: str


class ExportedAttachment(Struct, frozen=True, kw_only=True, rename="camel"):
    id: str
    url: str
    file_name: str
    file_size_bytes: int


class ExportedSticker(Struct, frozen=True, kw_only=True, rename="camel"):
    id: str
    name: str
    format: str
    source_url: str


class ExportedReaction(Struct, frozen=True, kw_only=True, rename="camel"):
    emoji: ExportedEmoji
    count: int
    users: list[ExportedUser]


class ExportedMedia(Struct, frozen=True, kw_only=True, rename="camel"):
    url: str | UnsetType = UNSET
    canonical_url: str | UnsetType = UNSET
    width: int | None = None
    height: int | None = None


class ExportedEmbedAuthor(Struct, frozen=True, kw_only=True, rename="camel"):
    name: str
    url: str | None = None
    icon_url: str | UnsetType = UNSET


class ExportedFooter(Struct, frozen=True, kw_only=True, rename="camel"):
    text: str
    icon_url: str | UnsetType = UNSET


class ExportedField(Struct, frozen=True, kw_only=True, rename="camel"):
    name: str
    value: str
    is_inline: bool


class ExportedEmbed(Struct, frozen=True, kw_only=True, rename="camel"):
    title: str
    url: str | None
    timestamp: datetime | None
    description: str
    color: str | UnsetType = UNSET
    author: ExportedEmbedAuthor | UnsetType = UNSET
    thumbnail: ExportedMedia | UnsetType = UNSET
    image: ExportedMedia | UnsetType = UNSET
    video: ExportedMedia | UnsetType = UNSET
    footer: ExportedFooter | UnsetType = UNSET
    images: list[ExportedMedia]
    fields: list[ExportedField]
    inline_emojis: list[ExportedEmoji]


class ExportedReference(Struct, frozen=True, kw_only=True, rename="camel"):
    type: str
    message_id: str | None
    channel_id: str | None
    guild_id: str | None


class ExportedForward(Struct, frozen=True, kw_only=True, rename="camel"):
    timestamp: datetime
    timestamp_edited: datetime | None
    content: str
    attachments: list[ExportedAttachment]
    embeds: list[ExportedEmbed]
    stickers: list[ExportedSticker]


class ExportedMessage(Struct, frozen=True, kw_only=True, rename="camel"):
    id: str
    type: str
    timestamp: datetime
    timestamp_edited: datetime | None
    call_ended_timestamp: datetime | None = None
    is_pinned: bool
    content: str
    author: ExportedUser
    attachments: list[ExportedAttachment]
    embeds: list[ExportedEmbed]
    stickers: list[ExportedSticker]
    reactions: list[ExportedReaction]
    mentions: list[ExportedUser]
    reference: ExportedReference | UnsetType = UNSET
    forwarded_message: ExportedForward | UnsetType = UNSET
    inline_emojis: list[ExportedEmoji]


class ExportedGuild(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where there is none, the exporter writes the direct messages under this name."""

    id: str = "0"
    name: str = "Direct Messages"
    icon_url: str = ""


class ExportedChannel(Struct, frozen=True, kw_only=True, rename="camel"):
    id: str
    type: str
    category_id: str | None
    category: str | None
    name: str
    topic: str | None


class DateRange(Struct, frozen=True, kw_only=True, rename="camel"):
    after: datetime | None = None
    before: datetime | None = None


class Preamble(Struct, frozen=True, kw_only=True, rename="camel"):
    """What stands in a file before its messages."""

    guild: ExportedGuild
    channel: ExportedChannel
    date_range: DateRange = DateRange()
    exported_at: datetime
