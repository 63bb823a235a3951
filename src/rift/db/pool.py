"""Opens the connection pool, to the embedded PostgreSQL or any other that is new enough."""

import asyncio
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import asyncpg
import msgspec
from asyncpg.connection import Connection
from asyncpg.pool import PoolConnectionProxy
from asyncpg.transaction import Transaction

from rift.db.failure import DatabaseFailure

OLDEST_MAJOR: Final = 15

__all__ = ["Pool", "PooledConnection", "Transaction", "install_codecs", "open_pool"]

# In quotes: asyncpg's classes take type arguments in its stubs only.
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
PooledConnection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"
AnyConnection: TypeAlias = "Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

_COMMAND_TIMEOUT_S: Final = 30.0
_CONNECT_TIMEOUT_S: Final = 10.0
_PAUSE_S: Final = 0.25
_IDLE_CONNECTION_S: Final = 300.0
_ENDLESS: Final = 2**31 - 1

_SERVER_SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application_name": "rift",
        "timezone": "UTC",
        "jit": "off",  # compiling costs more than our short queries
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
    }
)

# It is there, but not ready, full for the moment, or restarting: worth another attempt.
_PASSING: Final = (
    OSError,
    TimeoutError,
    asyncpg.CannotConnectNowError,
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.TooManyConnectionsError,
)
AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # its last words came unasked, between two statements
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)
"""By what one sees that the database is not there for the moment."""

_REMEDY: Final = "Check DATABASE_URL, and that the database runs and accepts this user."


async def open_pool(dsn: str, *, size: int, wait_s: float = 60.0) -> Pool:
    """A pool of at most `size` connections, waiting up to `wait_s` for a starting database.

    No query is sent when a connection goes back. So nothing may outlast its transaction on it:
    `set local` and transaction-level advisory locks only, and LISTEN on a connection of its own.
    """
    await _wait_for(dsn, wait_s)
    return await asyncpg.create_pool(
        dsn,
        min_size=min(2, size),
        max_size=size,
        max_queries=_ENDLESS,
        max_inactive_connection_lifetime=_IDLE_CONNECTION_S,
        init=install_codecs,
        reset=_keep,
        timeout=_CONNECT_TIMEOUT_S,
        command_timeout=_COMMAND_TIMEOUT_S,
        server_settings=dict(_SERVER_SETTINGS),
    )


async def install_codecs(connection: AnyConnection) -> None:
    """Makes bigint a decimal `str` (ids, permission bits), json and jsonb plain values."""
    await connection.set_type_codec(
        "int8", schema="pg_catalog", encoder=str, decoder=str, format="text"
    )
    await connection.set_type_codec(
        "json",
        schema="pg_catalog",
        encoder=msgspec.json.encode,
        decoder=msgspec.json.decode,
        format="binary",
    )
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=_encode_jsonb,
        decoder=_decode_jsonb,
        format="binary",
    )


def _encode_jsonb(value: object) -> bytes:
    return b"\x01" + msgspec.json.encode(value)


def _decode_jsonb(data: bytes) -> Any:
    return msgspec.json.decode(memoryview(data)[1:])


async def _keep(connection: "Connection[Any]") -> None:
    """Leaves the session as it is; asyncpg has already ended an open transaction."""


async def _wait_for(dsn: str, wait_s: float) -> None:
    give_up_at = time.monotonic() + wait_s
    while True:
        try:
            return await _check_version(dsn)
        except _PASSING as error:
            if time.monotonic() + _PAUSE_S > give_up_at:
                raise DatabaseFailure(
                    f"The database does not answer: {str(error) or 'no reply in time'}.", _REMEDY
                ) from error
        except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
            raise DatabaseFailure(f"The database refuses us: {error}.", _REMEDY) from error
        await asyncio.sleep(_PAUSE_S)


async def _check_version(dsn: str) -> None:
    connection = await asyncpg.connect(dsn, timeout=_CONNECT_TIMEOUT_S)
    try:
        found = connection.get_server_version()
    finally:
        await connection.close(timeout=_CONNECT_TIMEOUT_S)
    if found.major < OLDEST_MAJOR:
        raise DatabaseFailure(
            f"The database is PostgreSQL {found.major}; Rift needs {OLDEST_MAJOR} or newer.",
            "Upgrade it, or leave DATABASE_URL unset to use the PostgreSQL that comes with Rift.",
        )
