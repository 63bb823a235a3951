"""Members of a guild, and the forms and queries about them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput, SnowflakesInput
from rift.wire.limits import Flags, Image, Json, Moment
from rift.wire.presences import PresenceUpdate
from rift.wire.users import AvatarDecoration, User

Nickname = Annotated[str, Meta(max_length=32)]
PageLimit = Annotated[int, Meta(ge=1, le=1000)]


class PartialMember(Struct, frozen=True, kw_only=True):
    """A member without the user, as it accompanies a message or a mention."""

    roles: list[Snowflake]
    joined_at: datetime
    nick: str | None = None
    avatar: str | None = None
    banner: str | None = None
    premium_since: datetime | None = None
    communication_disabled_until: datetime | None = None
    pending: bool = False
    flags: int = 0
    mute: bool = False
    deaf: bool = False
    avatar_decoration_data: AvatarDecoration | None = None
    collectibles: Json | None = None


class Member(PartialMember, frozen=True, kw_only=True):
    user: User


class CurrentMember(Member, frozen=True, kw_only=True):
    """One's own member, with what it may do in the guild."""

    permissions: str | UnsetType = UNSET


class MembersQuery(Struct, frozen=True, kw_only=True):
    limit: PageLimit = 1
    after: SnowflakeInput = Snowflake("0")


class SearchMembersQuery(Struct, frozen=True, kw_only=True):
    query: Annotated[str, Meta(min_length=1, max_length=100)]
    limit: PageLimit = 1


class ModifyMember(Struct, frozen=True, kw_only=True):
    nick: Nickname | None | UnsetType = UNSET
    roles: Annotated[list[SnowflakeInput], Meta(max_length=350)] | None | UnsetType = UNSET
    mute: bool | None | UnsetType = UNSET
    deaf: bool | None | UnsetType = UNSET
    channel_id: SnowflakeInput | None | UnsetType = UNSET
    communication_disabled_until: Moment | UnsetType = UNSET
    flags: Flags | None | UnsetType = UNSET


class ModifyCurrentMember(Struct, frozen=True, kw_only=True):
    nick: Nickname | None | UnsetType = UNSET
    avatar: Image | None | UnsetType = UNSET
    banner: Image | None | UnsetType = UNSET
    bio: Annotated[str, Meta(max_length=190)] | None | UnsetType = UNSET


class AddMember(Struct, frozen=True, kw_only=True):
    """What a bot says that brings a user along; the token is the user's consent."""

    access_token: Annotated[str, Meta(max_length=1024)]
    nick: Nickname | None = None
    roles: Annotated[list[SnowflakeInput], Meta(max_length=350)] | None = None
    mute: bool | None = None
    deaf: bool | None = None
    flags: Flags | None = None


class NicknameAnswer(Struct, frozen=True, kw_only=True):
    nick: str | None


class PruneQuery(Struct, frozen=True, kw_only=True):
    days: Annotated[int, Meta(ge=1, le=30)] = 7
    include_roles: str | list[str] = ""


class Prune(Struct, frozen=True, kw_only=True):
    days: Annotated[int, Meta(ge=1, le=30)] | None = None
    compute_prune_count: bool | None = None
    include_roles: SnowflakesInput | None = None


class Pruned(Struct, frozen=True, kw_only=True):
    pruned: int | None


class MembersChunk(Struct, frozen=True, kw_only=True):
    """The answer to a gateway request for members."""

    guild_id: Snowflake
    members: list[Member]
    chunk_index: int
    chunk_count: int
    not_found: list[Snowflake] | UnsetType = UNSET
    presences: list[PresenceUpdate] | UnsetType = UNSET
    nonce: str | UnsetType = UNSET
