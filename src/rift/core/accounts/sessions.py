"""Sessions: what a login begins, how it is shown to its owner, and how it ends."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from rift.core.accounts import queries
from rift.core.accounts.tokens import new_token, token_hash
from rift.core.unit import Row, Unit
from rift.events import SessionsRevoked
from rift.snowflake import Snowflake
from rift.wire.sessions import AuthSession, ClientInfo
from rift.wire.users import Registered

_REFRESH_BYTES: Final = 32
_LONGEST_CLIENT: Final = 256

# In this order: Android says Linux too, Edge says Chrome, and Chrome says Safari.
_SYSTEMS: Final = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_PROGRAMS: Final = re.compile(
    r"(Rift|Edg|OPR|Vivaldi|Firefox|Electron|Chrome|Safari|DiscordBot|curl|python-requests)\b"
)


async def begin(unit: Unit, user_id: Snowflake, client: str) -> Registered:
    """A session of a user client, and its tokens; of these only hashes are kept."""
    session_id, token = unit.new_id(), new_token(user_id)
    refresh_token = secrets.token_urlsafe(_REFRESH_BYTES)
    now = unit.now()
    ends_at = now + timedelta(days=unit.settings.auth.session_days)
    shown = client[:_LONGEST_CLIENT]
    await unit.run(
        queries.INSERT_SESSION, session_id, user_id, "user", token_hash(token), shown, now, ends_at
    )
    await unit.run(queries.INSERT_REFRESH, token_hash(refresh_token), session_id, ends_at)
    return Registered(token=token, refresh_token=refresh_token, user_id=user_id)


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


async def end_all(unit: Unit, user_id: Snowflake) -> int:
    """End every session of a user; how many there were."""
    return _told(unit, await unit.all(queries.END_ALL_SESSIONS, user_id))


async def prune(unit: Unit) -> None:
    """Forget the sessions that ended by themselves."""
    await unit.run(queries.PRUNE_SESSIONS)


def id_hash(session_id: str) -> str:
    """The name a session has outside: it tells one from another, and nothing else."""
    digest = hashlib.sha256(f"session {session_id}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def shown(row: Row, current: str) -> AuthSession:
    """A session as its owner sees it."""
    client = row["client"]
    system = next((name for name in _SYSTEMS if name in client), None)
    program = _PROGRAMS.search(client)
    return AuthSession(
        id_hash=id_hash(row["id"]),
        approx_last_used_time=row["used_at"],
        client_info=ClientInfo(os=system, platform=_program(program[1]) if program else None),
        current=row["id"] == current,
    )


def _program(found: str) -> str:
    return {"Edg": "Edge", "OPR": "Opera"}.get(found, found)


def _told(unit: Unit, rows: list[Row]) -> int:
    if rows:
        unit.emit(SessionsRevoked(data=tuple(row["id"] for row in rows)))
    return len(rows)
