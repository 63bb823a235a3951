"""The logins of an account, as its owner sees and revokes them."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.wire.users import GivenPassword


class ClientInfo(Struct, frozen=True, kw_only=True):
    os: str | None = None
    platform: str | None = None
    location: str | None = None


class AuthSession(Struct, frozen=True, kw_only=True):
    id_hash: str
    approx_last_used_time: datetime
    client_info: ClientInfo
    name: str | UnsetType = UNSET
    current: bool = False
    """Whether it is the one that asks."""


IncidentKind = Literal["refresh_token_reused", "passkey_copied"]


class Incident(Struct, frozen=True, kw_only=True):
    """What points to a thief; it ended the session it happened in, or was refused."""

    kind: IncidentKind
    happened_at: datetime
    client_info: ClientInfo


class AuthSessions(Struct, frozen=True, kw_only=True):
    user_sessions: list[AuthSession]
    incidents: list[Incident]
    """Of the last 90 days, the newest first."""


class RevokeSessions(Struct, frozen=True, kw_only=True):
    session_id_hashes: Annotated[list[str], Meta(min_length=1, max_length=100)]
    password: GivenPassword | None = None


class NameSession(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=100)]
