"""Web Push: where somebody's devices are reached, and what is sent there."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake

_Name = Annotated[str, Meta(max_length=100)]


class PushSubscription(Struct, frozen=True, kw_only=True):
    """One device; `service` is the host that carries pushes to it.

    `received_at` is when the device itself last said that one had come.
    """

    id: Snowflake
    name: str
    service: str
    shows_content: bool
    current: bool
    """Whether it belongs to the session that asks."""
    created_at: datetime
    pushed_at: datetime | None
    received_at: datetime | None
    failure: str | None
    """Why the last push did not go out, until one does."""


class CreatePushSubscription(Struct, frozen=True, kw_only=True):
    """As `PushSubscription.toJSON()` has it in browsers, with the keys beside the endpoint."""

    endpoint: Annotated[str, Meta(max_length=1024)]
    p256dh: Annotated[str, Meta(max_length=120)]
    auth: Annotated[str, Meta(max_length=48)]
    name: _Name = ""
    shows_content: bool = True


class ModifyPushSubscription(Struct, frozen=True, kw_only=True):
    name: _Name | UnsetType = UNSET
    shows_content: bool | UnsetType = UNSET


class PushReceipt(Struct, frozen=True, kw_only=True):
    """What a worker read in the push, which shows that it came to where it was sent."""

    receipt: Annotated[str, Meta(max_length=64)]


class PushTest(Struct, frozen=True, kw_only=True):
    """What the push service said; `gone` where it no longer knows the device."""

    delivered: bool
    gone: bool
    status: int | None


class Push(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a device is sent. Pushes with one tag take each other's place."""

    title: str
    body: str
    tag: str
    url: str
    """Where a click leads, from the root of the site."""
    icon: str
    badge: int
    """How often one was called, in all, since one read."""
    timestamp: int
    """In milliseconds."""
    subscription_id: Snowflake
    receipt: str
    guild_id: Snowflake | None = None
    channel_id: Snowflake | None = None
    message_id: Snowflake | None = None
    event_id: Snowflake | None = None
    """Of a scheduled event that begins."""
