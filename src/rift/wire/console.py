"""What those who own an instance see of it and may do, all of it our own."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Json
from rift.wire.users import User

AccountKind = Literal["admin", "disabled", "leaving", "bot", "person"]
Value = bool | int | str | list[str] | None


class AccountsQuery(Struct, frozen=True, kw_only=True):
    """The newest first; `query` is part of a name or an address."""

    query: Annotated[str, Meta(max_length=100)] = ""
    kind: AccountKind | None = None
    before: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class Account(Struct, frozen=True, kw_only=True):
    user: User
    email: str | None
    admin: bool
    disabled: bool
    barred: bool
    """Whether somebody else disabled it, so that logging in does not bring it back."""
    leaves_at: datetime | None
    mfa_enabled: bool
    created_at: datetime
    last_seen_at: datetime | None
    sessions: int
    guilds: int
    storage_bytes: int


class Accounts(Struct, frozen=True, kw_only=True):
    """A page; `total` is how many fit, on all pages."""

    users: list[Account]
    total: int


class PasswordLink(Struct, frozen=True, kw_only=True):
    """Whoever opens it chooses a new password: to be handed over as carefully as one."""

    url: str
    expires_at: datetime


class StoredKind(Struct, frozen=True, kw_only=True):
    """Without a size where nobody counts it."""

    kind: str
    count: int
    size_bytes: int | None


class GuildStorage(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    icon: str | None
    owner_id: Snowflake
    files: int
    size_bytes: int


class Storage(Struct, frozen=True, kw_only=True):
    """The disk is that of the files, where these lie on this machine."""

    store: str
    kinds: list[StoredKind]
    guilds: list[GuildStorage]
    """Those that take the most."""
    database_bytes: int
    messages: int
    """About so many."""
    disk_bytes: int | None
    disk_free_bytes: int | None


class OutletState(Struct, frozen=True, kw_only=True):
    name: str
    behind: int
    """Events it has still to read."""


class Queue(Struct, frozen=True, kw_only=True):
    """Work that waits; of it `retrying` failed before."""

    name: str
    waiting: int
    retrying: int
    can_retry: bool
    can_drop: bool


class RunningPurge(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    channel_id: Snowflake | None
    user_id: Snowflake
    looked: int
    deleted: int


class RunningHarvest(Struct, frozen=True, kw_only=True):
    """Status 0 waits, 1 is under way, 2 failed."""

    id: Snowflake
    user_id: Snowflake
    status: int
    scanned: int
    created_at: datetime
    updated_at: datetime


class Jobs(Struct, frozen=True, kw_only=True):
    outlets: list[OutletState]
    queues: list[Queue]
    purges: list[RunningPurge]
    harvests: list[RunningHarvest]


class JobsChanged(Struct, frozen=True, kw_only=True):
    count: int


class SettingState(Struct, frozen=True, kw_only=True):
    """A setting; a `fixed` one stands in the configuration, and is changed there."""

    name: str
    value: Value
    default: Value
    meaning: str
    kind: Literal["text", "number", "switch", "choice", "list"]
    choices: list[str]
    least: int | None
    most: int | None
    fixed: bool
    changed: bool
    """Whether it was changed here."""


class InstanceSettings(Struct, frozen=True, kw_only=True):
    settings: list[SettingState]


class ModifyInstanceSettings(Struct, frozen=True, kw_only=True):
    """By name, such as `auth.registration`; null is the default again."""

    settings: Annotated[dict[str, Value], Meta(max_length=100)]


class DatabaseHealth(Struct, frozen=True, kw_only=True):
    version: str
    latency_ms: float
    connections: int
    most_connections: int
    migration: str


class StoreHealth(Struct, frozen=True, kw_only=True):
    kind: str
    reachable: bool
    free_bytes: int | None


class Health(Struct, frozen=True, kw_only=True):
    """`workers` are the processes that serve this database, on any machine."""

    version: str
    python: str
    started_at: datetime
    uptime_s: int
    workers: int
    database: DatabaseHealth
    store: StoreHealth
    queues: list[Queue]
    messages_waiting: int
    last_backup_at: datetime | None
    """When the newest one was made that this machine sees."""
    warnings: list[str]


class LogQuery(Struct, frozen=True, kw_only=True):
    before: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class InstanceDeed(Struct, frozen=True, kw_only=True):
    """Something an owner did; `target_id` is an account, mostly."""

    id: Snowflake
    user_id: Snowflake
    action: str
    target_id: Snowflake | None
    details: Json | None
    happened_at: datetime


class InstanceLog(Struct, frozen=True, kw_only=True):
    entries: list[InstanceDeed]
    users: list[User]
    """Those the entries speak of."""
