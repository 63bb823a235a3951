"""Webhooks: those that others write through, and those that carry another channel's messages."""

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.embeds import EmbedBody
from rift.wire.limits import Flags, Image, Json
from rift.wire.messages import AllowedMentions, AttachmentBody
from rift.wire.polls import PollBody
from rift.wire.users import User

INCOMING: Final = 1
"""The type of a webhook that writes what it is sent."""
FOLLOWER: Final = 2
"""The type of a webhook that brings what another channel publishes."""

Name = Annotated[str, Meta(min_length=1, max_length=80)]
FaceUrl = Annotated[str, Meta(max_length=2048, pattern=r"^(https?://|$)")]
"""Where a picture lies; an empty one is none."""


class SourceGuild(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    icon: str | None


class SourceChannel(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str


class Webhook(Struct, frozen=True, kw_only=True):
    """Where a follower's messages come from is left out once its maker may not see it.

    Token and address are for who manages it; those of an application's webhook for it alone.
    """

    id: Snowflake
    type: int
    guild_id: Snowflake
    channel_id: Snowflake
    name: str
    avatar: str | None = None
    application_id: Snowflake | None = None
    user: User | UnsetType = UNSET
    source_guild: SourceGuild | UnsetType = UNSET
    source_channel: SourceChannel | UnsetType = UNSET
    token: str | UnsetType = UNSET
    url: str | UnsetType = UNSET


class CreateWebhook(Struct, frozen=True, kw_only=True):
    name: Name
    avatar: Image | None | UnsetType = UNSET


class ModifyWebhook(Struct, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    avatar: Image | None | UnsetType = UNSET
    channel_id: SnowflakeInput | None | UnsetType = UNSET


class ModifyWebhookByToken(Struct, frozen=True, kw_only=True):
    """Who only has the token moves it nowhere."""

    name: Name | UnsetType = UNSET
    avatar: Image | None | UnsetType = UNSET


class ThreadQuery(Struct, frozen=True, kw_only=True):
    """Where of its channel a webhook's message stands."""

    thread_id: SnowflakeInput | None = None


class EditQuery(ThreadQuery, frozen=True, kw_only=True):
    with_components: bool = False
    """Without it only a webhook of an application has components."""


class ServiceQuery(ThreadQuery, frozen=True, kw_only=True):
    wait: bool = False


class ExecuteQuery(EditQuery, frozen=True, kw_only=True):
    wait: bool = False
    """Whether to answer with the message."""


class ExecuteWebhook(Struct, frozen=True, kw_only=True):
    content: str | None = None
    username: Name | None = None
    avatar_url: FaceUrl | None = None
    tts: bool | None = None
    embeds: Annotated[list[EmbedBody], Meta(max_length=10)] | None = None
    allowed_mentions: AllowedMentions | None = None
    components: Annotated[list[Json], Meta(max_length=40)] | None = None
    attachments: Annotated[list[AttachmentBody], Meta(max_length=10)] | None = None
    flags: Flags | None = None
    poll: PollBody | None = None
    thread_name: Annotated[str, Meta(max_length=100)] | None = None
    applied_tags: Annotated[list[SnowflakeInput], Meta(max_length=5)] | None = None


class FollowChannel(Struct, frozen=True, kw_only=True):
    webhook_channel_id: SnowflakeInput


class FollowedChannel(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    webhook_id: Snowflake
