"""What the server says of itself, and how it comes by its first owner."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from tests.server import LIFTED, Server, running_server

PASSWORD = "correct horse battery"


async def owners(database: str) -> list[str]:
    connection = await asyncpg.connect(database)
    try:
        found = await connection.fetch("select username from users where instance_owner")
        return [row["username"] for row in found]
    finally:
        await connection.close()


async def test_anybody_may_ask_what_server_this_is(server: Server) -> None:
    shown = await server.guest.get("/instance")
    assert shown["name"] == "Rift"
    assert shown["registration"] == "open"
    assert shown["limits"]["message_length"] == 2000
    assert shown["limits"]["password_length"] == 8


async def test_the_owner_link_makes_one_owner_and_only_one(
    own_server: Server, database: str
) -> None:
    assert (await own_server.guest.get("/instance"))["setup_required"] is True
    asking = [
        own_server.guest.call(
            "POST",
            "/auth/register",
            {
                "username": f"heir{number}",
                "password": PASSWORD,
                "setup_token": own_server.setup_token,
            },
        )
        for number in range(5)
    ]
    replies = await asyncio.gather(*asking)
    assert sorted(reply.status for reply in replies) == [201, 400, 400, 400, 400]
    assert len(await owners(database)) == 1
    assert (await own_server.guest.get("/instance"))["setup_required"] is False


async def test_an_account_without_the_link_owns_nothing(own_server: Server, database: str) -> None:
    await own_server.person("guest")
    body = {"username": "liar", "password": PASSWORD, "setup_token": "made up"}
    reply = await own_server.guest.refused("POST", "/auth/register", body)
    assert "setup_token" in reply.body["errors"]
    assert await owners(database) == []


async def test_a_link_that_failed_to_make_an_account_is_still_good(own_server: Server) -> None:
    await own_server.person("taken")
    body = {"username": "taken", "password": PASSWORD, "setup_token": own_server.setup_token}
    await own_server.guest.refused("POST", "/auth/register", body)
    await own_server.guest.post("/auth/register", {**body, "username": "free"})


async def test_each_start_replaces_the_link_until_there_is_an_owner(
    database: str, tmp_path: Path
) -> None:
    where = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, where) as server:
        first = server.setup_token
    async with running_server(tmp_path, where) as server:
        assert server.setup_token not in ("", first)
        body = {"username": "early", "password": PASSWORD, "setup_token": first}
        await server.guest.refused("POST", "/auth/register", body)
        await server.person("early", setup_token=server.setup_token)
    async with running_server(tmp_path, where) as server:
        assert server.setup_token == ""


async def test_what_libraries_ask_for_at_their_start_is_answered(server: Server) -> None:
    bot = await server.bot(await server.person())
    assert await bot.get("/soundboard-default-sounds") == []
    assert await bot.get("/sticker-packs") == {"sticker_packs": []}
    assert [region["id"] for region in await bot.get("/voice/regions")] == ["local"]
    assert await bot.get("/users/@me/connections") == []
    assert await bot.get("/experiments") == {}


@pytest.mark.parametrize("path", ["/science", "/metrics/v2"])
async def test_telemetry_is_thanked_for_and_thrown_away(server: Server, path: str) -> None:
    reply = await server.guest.call("POST", path, {"events": [{"type": "app_opened"}]})
    assert (reply.status, reply.body) == (204, None)
