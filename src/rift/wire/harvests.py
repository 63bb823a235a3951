"""Harvests, as the documentation of user clients shows them, and how to get one."""

from datetime import datetime

from msgspec import Struct

from rift.snowflake import Snowflake


class HarvestMetadata(Struct, frozen=True, kw_only=True):
    user_is_staff: bool = False
    sla_email_sent: bool = False
    bypass_cooldown: bool = False
    is_provisional: bool = False


class Harvest(Struct, frozen=True, kw_only=True):
    """The last four fields are ours: how far it is, and where it can be had for some minutes."""

    harvest_id: Snowflake
    user_id: Snowflake
    email: str
    state: str
    status: int
    created_at: datetime
    completed_at: datetime | None
    polled_at: datetime | None
    backends: dict[str, str]
    updated_at: datetime
    harvest_metadata: HarvestMetadata
    shadow_run: bool = False
    scanned: int
    """Rows that were looked at; it grows while messages are gone through."""
    size_bytes: int
    expires_at: datetime | None
    download_url: str | None


class CreateHarvest(Struct, frozen=True, kw_only=True):
    """Unknown kinds of data are passed over; without any known one all are meant."""

    backends: list[str] | None = None
