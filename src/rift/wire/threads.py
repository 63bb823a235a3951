"""The forms by which threads are started, joined and listed, and the lists."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.channels import AutoArchive, Channel, ChannelName, ThreadMember
from rift.wire.embeds import EmbedBody
from rift.wire.limits import Flags, Json, Slowmode, Time
from rift.wire.messages import AllowedMentions, AttachmentBody, Message
from rift.wire.notifications import MuteConfigBody
from rift.wire.polls import PollBody


class PostMessage(Struct, frozen=True, kw_only=True):
    """What a post in a forum begins with."""

    content: str | None = None
    embeds: Annotated[list[EmbedBody], Meta(max_length=10)] | None = None
    allowed_mentions: AllowedMentions | None = None
    sticker_ids: Annotated[list[SnowflakeInput], Meta(max_length=3)] | None = None
    components: Annotated[list[Json], Meta(max_length=40)] | None = None
    flags: Flags | None = None
    attachments: Annotated[list[AttachmentBody], Meta(max_length=10)] | None = None
    poll: PollBody | None = None


class StartThread(Struct, frozen=True, kw_only=True):
    """In a forum with a message; the type is for channels where there may be several."""

    name: ChannelName
    auto_archive_duration: AutoArchive | None = None
    rate_limit_per_user: Slowmode | None = None
    type: Literal[10, 11, 12] | None = None
    invitable: bool | None = None
    applied_tags: Annotated[list[SnowflakeInput], Meta(max_length=5)] | None = None
    message: PostMessage | None = None


class StartedThread(Channel, frozen=True, kw_only=True):
    """A thread as who started it is answered: of a post with its first message."""

    message: Message | UnsetType = UNSET


class ThreadMemberQuery(Struct, frozen=True, kw_only=True):
    with_member: bool = False


class ThreadMembersQuery(Struct, frozen=True, kw_only=True):
    """Without their members all are listed at once."""

    with_member: bool = False
    after: SnowflakeInput = Snowflake("0")
    limit: Annotated[int, Meta(ge=1, le=100)] = 100


class ModifyThreadMember(Struct, frozen=True, kw_only=True):
    flags: Flags | UnsetType = UNSET
    muted: bool | UnsetType = UNSET
    mute_config: MuteConfigBody | None | UnsetType = UNSET


class ArchivedQuery(Struct, frozen=True, kw_only=True):
    before: Time | None = None
    limit: Annotated[int, Meta(ge=2, le=100)] = 50


class JoinedQuery(Struct, frozen=True, kw_only=True):
    before: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=2, le=100)] = 50


class ThreadList(Struct, frozen=True, kw_only=True):
    """Threads, and how one is oneself in those of them one is in."""

    threads: list[Channel]
    members: list[ThreadMember]
    has_more: bool = False
    first_messages: list[Message] | UnsetType = UNSET


class ThreadSearch(ThreadList, frozen=True, kw_only=True):
    total_results: int


class ThreadSearchQuery(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=100)] | None = None
    slop: Annotated[int, Meta(ge=0, le=100)] = 2
    min_id: SnowflakeInput | None = None
    max_id: SnowflakeInput | None = None
    tag: Annotated[list[Annotated[str, Meta(max_length=420)]], Meta(max_length=20)] = []
    tag_setting: Literal["match_all", "match_some"] = "match_some"
    archived: bool | None = None
    sort_by: Literal["relevance", "creation_time", "last_message_time", "archive_time"] = (
        "last_message_time"
    )
    sort_order: Literal["asc", "desc"] = "desc"
    limit: Annotated[int, Meta(ge=1, le=25)] = 25
    offset: Annotated[int, Meta(ge=0, le=9975)] = 0
