"""Who is online, with what, and doing what."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Json
from rift.wire.users import PartialUser

Status = Literal["online", "idle", "dnd", "invisible", "offline"]
SaidStatus = Status | Literal["unknown"]
"""Unknown is what a person's client says that leaves it to the settings."""
ActivityText = Annotated[str, Meta(max_length=128)]
ActivityUrl = Annotated[str, Meta(max_length=512)]


class Activity(Struct, frozen=True, kw_only=True):
    """One thing somebody does. Sent by clients and handed on, so it is lenient."""

    name: ActivityText
    type: Annotated[int, Meta(ge=0, le=6)] = 0
    url: ActivityUrl | None | UnsetType = UNSET
    created_at: int | UnsetType = UNSET
    timestamps: Json | None | UnsetType = UNSET
    application_id: SnowflakeInput | None | UnsetType = UNSET
    status_display_type: int | None | UnsetType = UNSET
    details: ActivityText | None | UnsetType = UNSET
    details_url: ActivityUrl | None | UnsetType = UNSET
    state: ActivityText | None | UnsetType = UNSET
    state_url: ActivityUrl | None | UnsetType = UNSET
    emoji: Json | None | UnsetType = UNSET
    party: Json | None | UnsetType = UNSET
    assets: Json | None | UnsetType = UNSET
    secrets: Json | None | UnsetType = UNSET
    instance: bool | UnsetType = UNSET
    flags: int | UnsetType = UNSET
    buttons: Annotated[list[Any], Meta(max_length=2)] | UnsetType = UNSET


class ClientStatus(Struct, frozen=True, kw_only=True):
    desktop: str | UnsetType = UNSET
    mobile: str | UnsetType = UNSET
    web: str | UnsetType = UNSET


class PresenceUpdate(Struct, frozen=True, kw_only=True):
    user: PartialUser
    status: str
    activities: list[Activity] = []
    client_status: ClientStatus = ClientStatus()
    guild_id: Snowflake | UnsetType = UNSET


class UpdatePresence(Struct, frozen=True, kw_only=True):
    """What a client says about itself (gateway opcode 3, and in identify)."""

    status: SaidStatus = "online"
    since: int | float | None = None
    activities: Annotated[list[Activity], Meta(max_length=16)] | None = None
    game: Activity | None = None  # what hikari still sends instead of activities
    afk: bool = False

    @property
    def doing(self) -> list[Activity]:
        return self.activities or ([self.game] if self.game else [])
