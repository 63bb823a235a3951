"""`rift admin`: the same words whether the server runs or not."""

from pathlib import Path

import pytest

from tests.api import Api, Person
from tests.contract.shell import Ended, rift
from tests.server import LIFTED, Server, running_server

pytestmark = pytest.mark.slow

_PASSWORD = "correct horse battery"


async def _admin(data: Path, *words: str, typed: str = "", **environment: str) -> Ended:
    cheap = {"RIFT_AUTH_ARGON2_MEMORY_KIB": "64"}
    return await rift("admin", "--data", str(data), *words, typed=typed, **cheap, **environment)


async def _logged_in(server: Server, name: str, password: str = _PASSWORD) -> Person:
    made = await server.guest.post("/auth/login", {"login": name, "password": password})
    return await Person.behind(Api(server.http, server.url, made["token"]))


async def test_accounts_and_bots_are_made_while_the_server_runs(server: Server) -> None:
    made = await _admin(server.data, "create-user", "shelly.at.the.shell", typed=f"{_PASSWORD}\n")
    assert (made.code, made.err) == (0, "")
    shelly = await _logged_in(server, "shelly.at.the.shell")
    assert made.out.strip() == shelly.id
    guild = await shelly.guild()
    async with server.gateway(shelly) as gateway:
        words = ("create-bot", "Helper", "--owner", "shelly.at.the.shell", "--guild", guild["id"])
        bot = await _admin(server.data, *words)
        assert bot.code == 0, bot.err
        token = bot.out.strip()
        joined = await gateway.expect("GUILD_MEMBER_ADD")
        helper = await Person.behind(Api(server.http, server.url, f"Bot {token}"))
        assert joined.data["user"]["id"] == helper.id
        assert helper.user["bot"] is True
        assert helper.user["username"] == "Helper"
        listed = await _admin(server.data, "list-users")
        assert f"{shelly.id}  shelly.at.the.shell" in listed.out
        assert token not in listed.out
        words = ("reset-password", "shelly.at.the.shell")
        assert (await _admin(server.data, *words, typed="another horse battery\n")).code == 0
        assert (await gateway.closing()).code == 4004
    assert (await shelly.refused("GET", "/users/@me")).status == 401
    await _logged_in(server, "shelly.at.the.shell", "another horse battery")


async def test_a_refusal_is_told_in_words(server: Server) -> None:
    for words, typed, why in (
        (("create-user", "x"), _PASSWORD, "username: Must be between 2 and 32 in length."),
        (("create-user", "short.one"), "123", "password: Must be between 8 and 128 in length."),
        (("create-bot", "--owner", "nobody.at.all"), "", "Unknown User"),
        (("make-owner", "nobody.at.all"), "", "Unknown User"),
    ):
        ended = await _admin(server.data, *words, typed=typed)
        assert ended.code == 1, words
        assert why in ended.err
        assert "Traceback" not in ended.err
        assert ended.out == ""


async def test_accounts_and_bots_are_made_while_no_server_runs(home: Path) -> None:
    made = await _admin(home, "create-user", "early", "--owner", "--password", _PASSWORD)
    assert made.code == 0, made.err
    bot = await _admin(home, "create-bot", "Helper", "--owner", "early")
    assert bot.code == 0, bot.err
    async with running_server(home, LIFTED) as server:
        assert not server.setup_url, "the owner is there already"
        early = await _logged_in(server, "early")
        assert early.id == made.out.strip()
        helper = await Person.behind(Api(server.http, server.url, f"Bot {bot.out.strip()}"))
        assert helper.user["username"] == "Helper"


async def test_an_owner_is_made_of_an_account(home: Path, database: str) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(home, environment) as server:
        await server.person("first")
    assert (await _admin(home, "make-owner", "first", DATABASE_URL=database)).code == 0
    async with running_server(home, environment) as server:
        assert not server.setup_url


async def test_registration_codes_are_made_listed_and_withdrawn(server: Server) -> None:
    words = ("create-code", "--uses", "3", "--hours", "24", "--note", "for the choir")
    made = await _admin(server.data, *words)
    assert made.code == 0, made.err
    code = made.out.strip()
    listed = await _admin(server.data, "list-codes")
    assert f"{code}  0 of 3 used  until " in listed.out
    assert "for the choir" in listed.out
    assert (await _admin(server.data, "delete-code", code)).code == 0
    assert code not in (await _admin(server.data, "list-codes")).out
    assert (await _admin(server.data, "delete-code", code)).code == 1
    wrong = await _admin(server.data, "create-code", "--uses", "0")
    assert "max_uses" in wrong.err
