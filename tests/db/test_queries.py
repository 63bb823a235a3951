"""Every query of the project is understood by the database as it is after all migrations."""

import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Iterator
from types import ModuleType
from typing import Final

import asyncpg
import pytest

import rift

_SQL: Final = re.compile(r"\s*(select|insert|update|delete|with)\s", re.ASCII)
_NAME: Final = re.compile(r"_?[A-Z][A-Z0-9_]*")


def queries(module: ModuleType) -> Iterator[tuple[str, str]]:
    """The constants of a module that are SQL, by name."""
    for name, value in vars(module).items():
        if _NAME.fullmatch(name) and isinstance(value, str) and _SQL.match(value):
            yield f"{module.__name__}.{name}", value


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(rift.__path__, "rift."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def every_query() -> dict[str, str]:
    return {name: query for module in modules() for name, query in queries(module)}


async def refusal(connection: "asyncpg.Connection[asyncpg.Record]", query: str) -> str | None:
    """What the database has against a query."""
    try:
        await connection.prepare(query)
    except asyncpg.PostgresError as error:
        return str(error)
    return None


@pytest.fixture
async def connection(database: str) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connected = await asyncpg.connect(database)
    yield connected
    await connected.close()


async def test_every_query_can_be_prepared(
    connection: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    found = every_query()
    assert len(found) > 100
    complaints = {name: await refusal(connection, query) for name, query in found.items()}
    assert {name: why for name, why in complaints.items() if why is not None} == {}


async def test_a_bad_query_would_be_found(
    connection: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    module = ModuleType("made_up")
    module.FIND = "\nselect nonsense\nfrom users\n"  # type: ignore[attr-defined]
    module.GREETING = "Select one"  # type: ignore[attr-defined]
    [(name, query)] = queries(module)
    assert name == "made_up.FIND"
    assert "nonsense" in (await refusal(connection, query) or "")
