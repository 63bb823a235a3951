"""Limits in force: what a client that asks too often is told, from end to end."""

import asyncio
import time
from pathlib import Path

import pytest
from multidict import CIMultiDict

from tests.api import Reply
from tests.server import Server, running_server

pytestmark = pytest.mark.slow

_BUCKET = (
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-RateLimit-Reset-After",
    "X-RateLimit-Bucket",
)


def _headers(reply: Reply) -> CIMultiDict[str]:
    """Found by any spelling, as clients find them."""
    return CIMultiDict(reply.headers)


async def test_an_empty_bucket_tells_when_to_return(strict_server: Server) -> None:
    person = await strict_server.person()
    guild = await person.guild()
    channel = await person.channel(guild["id"])
    path = f"/channels/{channel['id']}/messages"
    left = []
    while (reply := await person.call("POST", path, {"content": "again"})).status == 200:
        assert all(name in _headers(reply) for name in _BUCKET)
        left.append(int(_headers(reply)["X-RateLimit-Remaining"]))
        assert len(left) < 100
    assert left == list(range(len(left) - 1, -1, -1))
    assert len(left) == int(_headers(reply)["X-RateLimit-Limit"])
    assert reply.status == 429
    assert _headers(reply)["Via"]
    assert _headers(reply)["X-RateLimit-Scope"] == "user"
    assert _headers(reply)["X-RateLimit-Remaining"] == "0"
    assert int(_headers(reply)["Retry-After"]) >= 1
    assert reply.body["global"] is False
    assert 0 < reply.body["retry_after"] <= 10
    assert reply.body["message"] == "You are being rate limited."
    await asyncio.sleep(reply.body["retry_after"])
    assert (await person.say(channel["id"], "at last"))["content"] == "at last"


async def test_too_many_requests_of_all_kinds_are_the_global_limit(strict_server: Server) -> None:
    person = await strict_server.person()
    guild = await person.guild()
    paths = [f"/guilds/{guild['id']}", f"/guilds/{guild['id']}/roles", "/users/@me", "/gateway/bot"]
    replies = await asyncio.gather(*(person.call("GET", path) for path in paths * 40))
    told = [it for it in replies if it.status == 429 and it.body["global"]]
    assert told
    for reply in told:
        assert _headers(reply)["X-RateLimit-Global"] == "true"
        assert _headers(reply)["X-RateLimit-Scope"] == "global"
        assert _headers(reply)["Via"]


async def test_guessing_a_password_ends_soon(home: Path, database: str) -> None:
    async with running_server(home, _strict(database, ATTEMPTS_PER_ACCOUNT="3")) as server:
        await server.person("guarded")
        await server.person("other")
        wrong = {"login": "guarded", "password": "a guess in the dark"}
        right = {"login": "guarded", "password": "correct horse battery"}
        for _ in range(3):
            assert (await server.guest.refused("POST", "/auth/login", wrong)).status == 400
        for body in (wrong, right, {**right, "login": "GUARDED"}):
            reply = await server.guest.refused("POST", "/auth/login", body)
            assert reply.status == 429, "also with the right password, or guessing would go on"
            assert reply.body["retry_after"] > 60
        assert (await server.guest.post("/auth/login", {**right, "login": "other"}))["token"]


async def test_guessing_through_many_accounts_ends_too(home: Path, database: str) -> None:
    strict = _strict(database, ATTEMPTS_PER_ADDRESS="4", ATTEMPTS_PER_ACCOUNT="4")
    async with running_server(home, strict) as server:
        for number in range(4):
            wrong = {"login": f"account{number}", "password": "a guess in the dark"}
            assert (await server.guest.refused("POST", "/auth/login", wrong)).status == 400
        wrong = {"login": "account9", "password": "a guess in the dark"}
        reply = await server.guest.refused("POST", "/auth/login", wrong)
        assert reply.status == 429
        forged = {"X-Forwarded-For": "203.0.113.7"}
        reply = await server.guest.refused("POST", "/auth/login", wrong, headers=forged)
        assert reply.status == 429, "an address one claims to have is not one's address"


async def test_an_address_makes_only_so_many_accounts(home: Path, database: str) -> None:
    strict = {**_strict(database), "RIFT_AUTH_REGISTRATIONS_PER_ADDRESS": "2"}
    async with running_server(home, strict) as server:
        await server.person()
        await server.person()
        body = {"username": "onetoomany", "password": "correct horse battery"}
        reply = await server.guest.refused("POST", "/auth/register", body)
        assert reply.status == 429
        assert reply.body["retry_after"] > 60


async def test_how_long_a_wrong_login_takes_says_nothing_of_the_account(
    home: Path, database: str
) -> None:
    dear = {"RIFT_AUTH_ARGON2_MEMORY_KIB": "65536", "RIFT_AUTH_ARGON2_TIME_COST": "4"}
    lifted = {"RIFT_RATE_LIMITS": "off", "DATABASE_URL": database}
    async with running_server(home, {**dear, **lifted}) as server:
        await server.person("present")
        known = [await _wrong_login_s(server, "present") for _ in range(5)]
        unknown = [await _wrong_login_s(server, "absent") for _ in range(5)]
    assert 0.5 < min(unknown) / min(known) < 2


async def _wrong_login_s(server: Server, login: str) -> float:
    began = time.perf_counter()
    body = {"login": login, "password": "a guess in the dark"}
    assert (await server.guest.refused("POST", "/auth/login", body)).status == 400
    return time.perf_counter() - began


def _strict(database: str, **login: str) -> dict[str, str]:
    cheap = {"RIFT_AUTH_ARGON2_MEMORY_KIB": "64", "DATABASE_URL": database}
    return {**cheap, **{f"RIFT_AUTH_LOGIN_{name}": value for name, value in login.items()}}
