"""Read states, their acks, and the list of mentions."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Count, Int32

Token = Annotated[str, Meta(max_length=1024)]
FeatureType = Literal[0, 1, 2, 3, 4, 5]
MOST_AT_ONCE = 10_000


class AckMessage(Struct, frozen=True, kw_only=True):
    """What a client says of what it has read; the token is from former times and ignored."""

    token: Token | None = None
    manual: bool | None = None
    mention_count: Count | None = None
    flags: Count | None = None
    last_viewed: Int32 | None = None


class AckFeature(Struct, frozen=True, kw_only=True):
    token: Token | None = None


class Acked(Struct, frozen=True, kw_only=True):
    token: str | None = None


class ReadStateUpdate(Struct, frozen=True, kw_only=True):
    """One of many; `channel_id` is the guild or the user for what is no channel."""

    channel_id: SnowflakeInput
    message_id: SnowflakeInput
    read_state_type: FeatureType = 0


class AckBulk(Struct, frozen=True, kw_only=True):
    """Discord takes a hundred."""

    read_states: Annotated[list[ReadStateUpdate], Meta(max_length=MOST_AT_ONCE)]


class DeleteReadState(Struct, frozen=True, kw_only=True):
    read_state_type: FeatureType | None = None
    version: Count | None = None


class ReadState(Struct, frozen=True, kw_only=True):
    """How far somebody read; of what is no channel, how far they acknowledged."""

    id: Snowflake
    read_state_type: int | UnsetType = UNSET
    last_message_id: Snowflake | UnsetType = UNSET
    mention_count: int | UnsetType = UNSET
    flags: int | UnsetType = UNSET
    last_viewed: int | UnsetType = UNSET
    last_pin_timestamp: datetime | UnsetType = UNSET
    last_acked_id: Snowflake | UnsetType = UNSET
    badge_count: int | UnsetType = UNSET


class ReadStates(Struct, frozen=True, kw_only=True):
    """All read states of a user, their entries as the database wrote them."""

    entries: Raw
    version: int
    partial: bool = False


class MessageAck(Struct, frozen=True, kw_only=True):
    """MESSAGE_ACK."""

    channel_id: Snowflake
    message_id: Snowflake
    version: int
    mention_count: int = 0
    ack_type: int = 0
    manual: bool | UnsetType = UNSET
    flags: int | None | UnsetType = UNSET
    last_viewed: int | None | UnsetType = UNSET


class ChannelPinsAck(Struct, frozen=True, kw_only=True):
    """CHANNEL_PINS_ACK."""

    channel_id: Snowflake
    timestamp: datetime
    version: int


class FeatureAck(Struct, frozen=True, kw_only=True):
    """GUILD_FEATURE_ACK and USER_NON_CHANNEL_ACK."""

    ack_type: int
    resource_id: Snowflake
    entity_id: Snowflake
    version: int


class RecentMentionDelete(Struct, frozen=True, kw_only=True):
    """RECENT_MENTION_DELETE."""

    message_id: Snowflake


class MentionsQuery(Struct, frozen=True, kw_only=True):
    before: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 25
    guild_id: SnowflakeInput | None = None
    roles: bool = True
    everyone: bool = True
