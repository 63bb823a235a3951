"""Registration codes: who makes them, and how many accounts each one is good for."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.api import Person
from tests.nouns.elsewhere import told
from tests.server import LIFTED, Server, running_server

PASSWORD = "correct horse battery"


@pytest.fixture
async def club(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    """A server that takes who has a code."""
    where = {**LIFTED, "DATABASE_URL": database, "RIFT_AUTH_REGISTRATION": "codes"}
    async with running_server(tmp_path, where) as server:
        yield server


@pytest.fixture
async def boss(club: Server) -> Person:
    return await club.person("boss", setup_token=club.setup_token)


def form(name: str, **fields: Any) -> dict[str, Any]:
    return {"username": name, "password": PASSWORD, **fields}


async def test_a_code_opens_a_server_that_asks_for_one(club: Server, boss: Person) -> None:
    assert (await club.guest.get("/instance"))["registration"] == "codes"
    without = await club.guest.refused("POST", "/auth/register", form("bold"))
    assert without.body["errors"].keys() == {"registration_code"}
    made = await boss.post("/instance/codes", {"note": "for Ada"})
    assert (made["uses"], made["max_uses"], made["creator_id"]) == (0, 1, boss.id)
    wrong = form("bold", registration_code="NEVERMADE")
    refused = await club.guest.refused("POST", "/auth/register", wrong)
    assert "registration_code" in refused.body["errors"]
    spelled = f" {made['code'][:6].lower()}-{made['code'][6:]} "
    await club.guest.post("/auth/register", form("ada", registration_code=spelled))
    again = await club.guest.call(
        "POST", "/auth/register", form("bob", registration_code=made["code"])
    )
    assert again.status == 400
    [shown] = await boss.get("/instance/codes")
    assert (shown["uses"], shown["note"]) == (1, "for Ada")


async def test_of_twenty_at_once_as_many_get_in_as_the_code_is_good_for(
    club: Server, boss: Person, database: str
) -> None:
    code = (await boss.post("/instance/codes", {"max_uses": 5}))["code"]
    asking = [
        club.guest.call("POST", "/auth/register", form(f"eager{n}", registration_code=code))
        for n in range(20)
    ]
    statuses = [reply.status for reply in await asyncio.gather(*asking)]
    assert (statuses.count(201), statuses.count(400)) == (5, 15)
    [row] = await told(database, "select count(*) from users where username like 'eager%'")
    assert row["count"] == 5
    assert (await boss.get("/instance/codes"))[0]["uses"] == 5


async def test_a_registration_that_fails_uses_nothing(club: Server, boss: Person) -> None:
    code = (await boss.post("/instance/codes", {}))["code"]
    await club.guest.refused("POST", "/auth/register", form("boss", registration_code=code))
    await club.guest.post("/auth/register", form("other", registration_code=code))


async def test_a_code_ends_with_its_hours(club: Server, boss: Person, database: str) -> None:
    code = (await boss.post("/instance/codes", {"expires_in_hours": 1, "max_uses": 9}))["code"]
    await told(database, "update registration_codes set expires_at = now()")
    await club.guest.refused("POST", "/auth/register", form("late", registration_code=code))


async def test_a_withdrawn_code_is_good_for_nobody(club: Server, boss: Person) -> None:
    code = (await boss.post("/instance/codes", {}))["code"]
    await boss.delete(f"/instance/codes/{code}")
    assert await boss.get("/instance/codes") == []
    await club.guest.refused("POST", "/auth/register", form("late", registration_code=code))
    assert (await boss.refused("DELETE", f"/instance/codes/{code}")).status == 404


async def test_only_an_owner_of_the_instance_handles_codes(server: Server) -> None:
    ann = await server.person()
    for method, path in (
        ("GET", "/instance/codes"),
        ("POST", "/instance/codes"),
        ("DELETE", "/instance/codes/ANY"),
    ):
        body = {} if method == "POST" else None
        assert (await ann.refused(method, path, body)).code == 50013
