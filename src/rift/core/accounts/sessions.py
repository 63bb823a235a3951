"""Sessions: what a login begins, how it is shown to its owner, and how it ends."""

import base64
import hashlib
import logging
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from rift.core.accounts import queries, tickets
from rift.core.accounts.tokens import new_token, token_hash
from rift.core.unit import Row, Unit
from rift.events import SessionsRenewed, SessionsRevoked
from rift.snowflake import Snowflake
from rift.wire.sessions import AuthSession, ClientInfo, Incident, IncidentKind
from rift.wire.users import Registered

_log: Final = logging.getLogger(__name__)
_REFRESH_BYTES: Final = 32
_LONGEST_CLIENT: Final = 256

# In this order: Android says Linux too, Edge says Chrome, and Chrome says Safari.
_SYSTEMS: Final = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_PROGRAMS: Final = re.compile(
    r"(Rift|Edg|OPR|Vivaldi|Firefox|Electron|Chrome|Safari|DiscordBot|curl|python-requests)\b"
)


class AccessPair(Struct, frozen=True, kw_only=True):
    """What a session of short tokens lives by."""

    user_id: Snowflake
    access_token: str
    refresh_token: str
    expires_in: int
    """Seconds for which the access token is good."""


async def begin(unit: Unit, user_id: Snowflake, client: str) -> Registered:
    """A session of a user client, and its tokens; of these only hashes are kept."""
    token = new_token(user_id)
    session_id = await _open(unit, user_id, client, token_hash(token))
    refresh_token = await new_refresh_token(unit, session_id)
    return Registered(token=token, refresh_token=refresh_token, user_id=user_id)


async def begin_pair(unit: Unit, user_id: Snowflake, client: str) -> AccessPair:
    """A session without a token that lasts: a short one, and one to get the next by."""
    session_id = await _open(unit, user_id, client, None)
    return await pair(unit, user_id, session_id)


async def pair(unit: Unit, user_id: Snowflake, session_id: Snowflake) -> AccessPair:
    """Further tokens of a session."""
    lifetime_s = 60 * unit.settings.auth.access_token_minutes
    now = unit.now().timestamp()
    return AccessPair(
        user_id=user_id,
        access_token=unit.house.jwts.sign("access", user_id, session_id, now, lifetime_s),
        refresh_token=await new_refresh_token(unit, session_id),
        expires_in=lifetime_s,
    )


async def renew(unit: Unit, user_id: Snowflake, session_id: Snowflake) -> str:
    """A new token for a session, which takes the place of the one before."""
    token = new_token(user_id)
    await unit.run(queries.RENEW, session_id, token_hash(token))
    unit.emit(SessionsRenewed(data=(session_id,)))
    return token


async def new_refresh_token(unit: Unit, session_id: Snowflake) -> str:
    token = secrets.token_urlsafe(_REFRESH_BYTES)
    await unit.run(queries.INSERT_REFRESH, token_hash(token), session_id, ends_at(unit))
    return token


def ends_at(unit: Unit) -> datetime:
    """When a session ends that is not used from now on."""
    return unit.now() + timedelta(days=unit.settings.auth.session_days)


async def _open(unit: Unit, user_id: Snowflake, client: str, hashed: bytes | None) -> Snowflake:
    session_id, now = unit.new_id(), unit.now()
    shown = client[:_LONGEST_CLIENT]
    await unit.run(
        queries.INSERT_SESSION, session_id, user_id, "user", hashed, shown, now, ends_at(unit)
    )
    return session_id


async def begin_bot(unit: Unit, user_id: Snowflake) -> str:
    """A new token of a bot, which takes the place of the one before."""
    await end_all(unit, user_id)
    token = new_token(user_id)
    await unit.run(
        queries.INSERT_SESSION,
        unit.new_id(),
        user_id,
        "bot",
        token_hash(token),
        "",
        unit.now(),
        None,
    )
    return token


async def end(unit: Unit, user_id: Snowflake, session_ids: Iterable[str]) -> int:
    """End some sessions of a user; how many there were."""
    return _told(unit, await unit.all(queries.END_SESSIONS, user_id, list(session_ids)))


async def end_others(unit: Unit, user_id: Snowflake, session_id: Snowflake) -> int:
    """End every session of a user but one; how many there were."""
    return _told(unit, await unit.all(queries.END_OTHER_SESSIONS, user_id, session_id))


async def end_all(unit: Unit, user_id: Snowflake) -> int:
    """End every session of a user, and the logins that were begun; how many sessions there were."""
    await tickets.drop_all(unit, user_id)
    return _told(unit, await unit.all(queries.END_ALL_SESSIONS, user_id))


async def end_reused(unit: Unit, session: Row, refresh_hash: bytes) -> bool:
    """End the session whose refresh token came a second time, and note it; whether it did."""
    ended = await unit.all(queries.END_IF_SPENT, session["id"], refresh_hash)
    if _told(unit, ended):
        await note(unit, session["user_id"], "refresh_token_reused", session["client"])
    return bool(ended)


async def note(unit: Unit, user_id: Snowflake, kind: IncidentKind, client: str) -> None:
    """Keep what points to a thief, for the account's owner to see and the operator to count."""
    _log.warning("user %s: %s", user_id, kind)
    shown = client[:_LONGEST_CLIENT]
    await unit.run(queries.INSERT_INCIDENT, unit.new_id(), user_id, kind, shown, unit.now())


async def prune(unit: Unit) -> None:
    """Forget what ended by itself."""
    await unit.run(queries.PRUNE_SESSIONS)
    await unit.run(queries.PRUNE_REFRESH)
    await unit.run(queries.PRUNE_INCIDENTS)
    await tickets.prune(unit)


def id_hash(session_id: str) -> str:
    """The name a session has outside: it tells one from another, and nothing else."""
    digest = hashlib.sha256(f"session {session_id}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def shown(row: Row, current: str) -> AuthSession:
    """A session as its owner sees it."""
    return AuthSession(
        id_hash=id_hash(row["id"]),
        approx_last_used_time=row["used_at"],
        client_info=_client(row["client"]),
        current=row["id"] == current,
    )


def shown_incident(row: Row) -> Incident:
    """What happened, as the account's owner sees it."""
    return Incident(
        kind=row["kind"], happened_at=row["happened_at"], client_info=_client(row["client"])
    )


def _client(client: str) -> ClientInfo:
    system = next((name for name in _SYSTEMS if name in client), None)
    program = _PROGRAMS.search(client)
    return ClientInfo(os=system, platform=_program(program[1]) if program else None)


def _program(found: str) -> str:
    return {"Edg": "Edge", "OPR": "Opera"}.get(found, found)


def _told(unit: Unit, rows: list[Row]) -> int:
    if rows:
        unit.emit(SessionsRevoked(data=tuple(row["id"] for row in rows)))
    return len(rows)
