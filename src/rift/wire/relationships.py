"""Relationships: what two people are to each other, and the forms that change it."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.limits import Int32
from rift.wire.users import User

Note = Annotated[str, Meta(max_length=120)]


class _Relationship(Struct, frozen=True, kw_only=True):
    """Type 0 none, 1 friend, 2 blocked, 3 incoming request, 4 outgoing request."""

    id: Snowflake
    type: int
    nickname: str | None = None
    user_ignored: bool = False
    is_spam_request: bool = False
    stranger_request: bool = False
    since: datetime | UnsetType = UNSET


class Relationship(_Relationship, frozen=True, kw_only=True):
    user: User


class UserlessRelationship(_Relationship, frozen=True, kw_only=True):
    """One whose user stands elsewhere in the same event."""

    user_id: Snowflake


class RelationshipAdded(Relationship, frozen=True, kw_only=True):
    should_notify: bool = False


class PartialRelationship(Struct, frozen=True, kw_only=True):
    id: Snowflake
    type: int
    nickname: str | None = None
    user_ignored: bool = False
    since: datetime | UnsetType = UNSET


class RelationshipRemoved(Struct, frozen=True, kw_only=True):
    id: Snowflake
    type: int


class RequestFriend(Struct, frozen=True, kw_only=True):
    username: Annotated[str, Meta(min_length=1, max_length=32)]
    discriminator: Annotated[str, Meta(max_length=4)] | None = None


class PutRelationship(Struct, frozen=True, kw_only=True):
    """Type -1, or none, asks or accepts; 1 accepts; 2 blocks."""

    type: Int32 | None = None


class ModifyRelationship(Struct, frozen=True, kw_only=True):
    nickname: Annotated[str, Meta(max_length=32)] | None = None


class RemovalQuery(Struct, frozen=True, kw_only=True):
    relationship_type: Int32 | None = None
    only_spam: bool = False


class RemoveRelationships(Struct, frozen=True, kw_only=True):
    """Filter 1 is spam, 2 is whom one ignores."""

    filters: Annotated[list[Int32], Meta(max_length=10)] | None = None
