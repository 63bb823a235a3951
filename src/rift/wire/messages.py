"""Messages: as read, as sent, as edited, and the pages, pins and reactions around them."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.channels import Channel
from rift.wire.embeds import Embed, EmbedBody
from rift.wire.emojis import PartialEmoji
from rift.wire.limits import Flags, Json, Time
from rift.wire.members import PartialMember
from rift.wire.polls import Poll, PollBody
from rift.wire.stickers import StickerItem
from rift.wire.users import User

Nonce = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | Annotated[str, Meta(max_length=25)]
Mentionable = Literal["roles", "users", "everyone"]
FormText = Annotated[str, Meta(max_length=1024)]


class Attachment(Struct, frozen=True, kw_only=True):
    id: Snowflake
    filename: str
    size: int
    url: str
    proxy_url: str
    content_type: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    ephemeral: bool | UnsetType = UNSET
    duration_secs: float | UnsetType = UNSET
    waveform: str | UnsetType = UNSET
    flags: int | UnsetType = UNSET
    placeholder: str | UnsetType = UNSET
    placeholder_version: int | UnsetType = UNSET


class ReactionCounts(Struct, frozen=True, kw_only=True):
    normal: int
    burst: int = 0


class Reaction(Struct, frozen=True, kw_only=True):
    emoji: PartialEmoji
    count: int
    count_details: ReactionCounts
    me: bool
    me_burst: bool = False
    burst_colors: list[str] = []


class MessageReference(Struct, frozen=True, kw_only=True):
    """Type 0 is a reply, 1 a forward."""

    channel_id: Snowflake
    type: int = 0
    message_id: Snowflake | UnsetType = UNSET
    guild_id: Snowflake | UnsetType = UNSET


class SnapshotMessage(Struct, frozen=True, kw_only=True):
    """What is carried away of a message that is forwarded: not who wrote it."""

    content: str
    timestamp: datetime
    edited_timestamp: datetime | None = None
    type: int = 0
    flags: int = 0
    mentions: list[User] = []
    mention_roles: list[Snowflake] = []
    attachments: list[Attachment] = []
    embeds: list[Embed] = []
    components: list[Json] = []
    sticker_items: list[StickerItem] | UnsetType = UNSET


class MessageSnapshot(Struct, frozen=True, kw_only=True):
    message: SnapshotMessage


class ChannelMention(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    type: int
    name: str


class MentionedUser(User, frozen=True, kw_only=True):
    """In gateway events a mentioned user brings their member along."""

    member: PartialMember | UnsetType = UNSET


class Message(Struct, frozen=True, kw_only=True):
    id: Snowflake
    channel_id: Snowflake
    author: User
    content: str
    timestamp: datetime
    edited_timestamp: datetime | None = None
    type: int = 0
    tts: bool = False
    mention_everyone: bool = False
    mentions: list[MentionedUser] = []
    mention_roles: list[Snowflake] = []
    attachments: list[Attachment] = []
    embeds: list[Embed] = []
    pinned: bool = False
    flags: int = 0
    components: list[Json] = []
    nonce: int | str | UnsetType = UNSET
    reactions: list[Reaction] | UnsetType = UNSET
    message_reference: MessageReference | UnsetType = UNSET
    referenced_message: "Message | None | UnsetType" = UNSET
    mention_channels: list[ChannelMention] | UnsetType = UNSET
    position: int | UnsetType = UNSET
    webhook_id: Snowflake | UnsetType = UNSET
    application_id: Snowflake | UnsetType = UNSET
    interaction: Json | UnsetType = UNSET
    interaction_metadata: Json | UnsetType = UNSET
    message_snapshots: list[MessageSnapshot] | UnsetType = UNSET
    thread: Channel | UnsetType = UNSET
    sticker_items: list[StickerItem] | UnsetType = UNSET
    poll: Poll | UnsetType = UNSET


class MessageRequest(Struct, frozen=True, kw_only=True):
    """The message by which a stranger asked to write."""

    channel_id: Snowflake
    message_preview: Message


class MessageEvent(Message, frozen=True, kw_only=True):
    """MESSAGE_CREATE and MESSAGE_UPDATE."""

    guild_id: Snowflake | UnsetType = UNSET
    member: PartialMember | UnsetType = UNSET
    channel_type: int | UnsetType = UNSET


class AllowedMentions(Struct, frozen=True, kw_only=True):
    parse: Annotated[list[Mentionable], Meta(max_length=3)] | None = None
    users: Annotated[list[SnowflakeInput], Meta(max_length=100)] | None = None
    roles: Annotated[list[SnowflakeInput], Meta(max_length=100)] | None = None
    replied_user: bool | None = None


class MessageReferenceBody(Struct, frozen=True, kw_only=True):
    message_id: SnowflakeInput
    type: Literal[0, 1] | None = None
    channel_id: SnowflakeInput | None = None
    guild_id: SnowflakeInput | None = None
    fail_if_not_exists: bool | None = None


class AttachmentBody(Struct, frozen=True, kw_only=True):
    """One to add: the id is the number of its file. One to keep: the id is its own."""

    id: SnowflakeInput
    filename: Annotated[str, Meta(min_length=1, max_length=1024)] | None = None
    description: FormText | None = None
    title: FormText | None = None
    uploaded_filename: FormText | None = None
    is_spoiler: bool | None = None
    duration_secs: float | None = None
    waveform: Annotated[str, Meta(max_length=400)] | None = None


class CreateMessage(Struct, frozen=True, kw_only=True):
    """The length of the content is limited by the instance's settings, so by the verb."""

    content: str | None = None
    nonce: Nonce | None = None
    enforce_nonce: bool | None = None
    tts: bool | None = None
    embeds: Annotated[list[EmbedBody], Meta(max_length=10)] | None = None
    embed: EmbedBody | None = None
    allowed_mentions: AllowedMentions | None = None
    message_reference: MessageReferenceBody | None = None
    components: Annotated[list[Json], Meta(max_length=40)] | None = None
    sticker_ids: Annotated[list[SnowflakeInput], Meta(max_length=3)] | None = None
    attachments: Annotated[list[AttachmentBody], Meta(max_length=10)] | None = None
    flags: Flags | None = None
    poll: PollBody | None = None


class ModifyMessage(Struct, frozen=True, kw_only=True):
    content: str | None | UnsetType = UNSET
    embeds: Annotated[list[EmbedBody], Meta(max_length=10)] | None | UnsetType = UNSET
    flags: Flags | None | UnsetType = UNSET
    allowed_mentions: AllowedMentions | None | UnsetType = UNSET
    components: Annotated[list[Json], Meta(max_length=40)] | None | UnsetType = UNSET
    attachments: Annotated[list[AttachmentBody], Meta(max_length=10)] | None | UnsetType = UNSET


class BulkDelete(Struct, frozen=True, kw_only=True):
    """The count is checked by the verb: outside of 2 to 100 has a refusal of its own."""

    messages: Annotated[list[SnowflakeInput], Meta(max_length=1000)]


class MessagesQuery(Struct, frozen=True, kw_only=True):
    around: SnowflakeInput | None = None
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class ReactionsQuery(Struct, frozen=True, kw_only=True):
    after: SnowflakeInput = Snowflake("0")
    limit: Annotated[int, Meta(ge=1, le=100)] = 25
    type: Literal[0, 1] = 0


class PinsQuery(Struct, frozen=True, kw_only=True):
    before: Time | None = None
    limit: Annotated[int, Meta(ge=1, le=50)] = 50


class Pin(Struct, frozen=True, kw_only=True):
    pinned_at: datetime
    message: Message


class Pins(Struct, frozen=True, kw_only=True):
    """The new answer; the old one is a plain list of messages."""

    items: list[Pin]
    has_more: bool
