"""Making an account and logging in: who may, how often, and what is kept of it."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from rift.config import Settings
from rift.config.settings import Auth
from rift.core.accounts.passwords import Passwords
from rift.core.accounts.throttles import Throttles
from rift.errors import Overloaded, RateLimited
from tests.api import Api
from tests.server import LIFTED, Server, running_server

PASSWORD = "correct horse battery"
HASHING = {"RIFT_AUTH_ARGON2_MEMORY_KIB": "64"}


def form(username: str, **fields: Any) -> dict[str, Any]:
    return {"username": username, "password": PASSWORD, **fields}


async def log_in(api: Api, login: str, password: str = PASSWORD) -> Any:
    return await api.call("POST", "/auth/login", {"login": login, "password": password})


async def test_a_new_account_is_logged_in(server: Server) -> None:
    reply = await server.guest.call("POST", "/auth/register", form("Ada.Lovelace"))
    assert reply.status == 201
    assert reply.body.keys() == {"token", "refresh_token", "user_id"}
    me = await server.guest.with_token(reply.body["token"]).get("/users/@me")
    assert (me["id"], me["username"], me["discriminator"]) == (
        reply.body["user_id"],
        "ada.lovelace",
        "0",
    )


async def test_one_logs_in_by_name_in_any_case_or_by_address(server: Server) -> None:
    made = await server.guest.post("/auth/register", form("grace", email="Grace@example.org"))
    for login in ("grace", "GRACE", "grace@example.ORG"):
        reply = await log_in(server.guest, login)
        assert reply.status == 200
        assert reply.body["user_id"] == made["user_id"]
        assert reply.body["token"] != made["token"]


async def test_a_wrong_password_and_an_unknown_name_look_the_same(server: Server) -> None:
    await server.person("hedy")
    wrong = await log_in(server.guest, "hedy", "wrong")
    unknown = await log_in(server.guest, "nobody.at.all", "wrong")
    assert wrong.status == unknown.status == 400
    assert wrong.body == unknown.body
    for field in ("login", "password"):
        assert wrong.body["errors"][field]["_errors"][0]["code"] == "INVALID_LOGIN"


@pytest.mark.parametrize(
    "name", ["a", "a" * 33, "a..b", "a b", "ümlaut", "a-b", "everyone", "Here", "a@b", ""]
)
async def test_some_names_are_refused(server: Server, name: str) -> None:
    reply = await server.guest.refused("POST", "/auth/register", form(name))
    assert reply.code == 50035
    assert "username" in reply.body["errors"]


async def test_a_name_is_taken_in_any_case(server: Server) -> None:
    await server.person("mary")
    reply = await server.guest.refused("POST", "/auth/register", form("MARY"))
    assert reply.body["errors"]["username"]["_errors"][0]["code"] == "USERNAME_ALREADY_TAKEN"


async def test_an_address_is_taken_in_any_case(server: Server) -> None:
    await server.person("joan", email="joan@example.org")
    reply = await server.guest.refused(
        "POST", "/auth/register", form("joan2", email="JOAN@example.org")
    )
    assert reply.body["errors"]["email"]["_errors"][0]["code"] == "EMAIL_ALREADY_REGISTERED"


async def test_of_many_who_want_a_name_at_once_one_gets_it(server: Server) -> None:
    asking = [server.guest.call("POST", "/auth/register", form("highlander")) for _ in range(5)]
    replies = await asyncio.gather(*asking)
    assert sorted(reply.status for reply in replies) == [201, 400, 400, 400, 400]


@pytest.mark.parametrize("password", ["short", "", "x" * 129])
async def test_some_passwords_are_refused(server: Server, password: str) -> None:
    reply = await server.guest.refused("POST", "/auth/register", form("shorty", password=password))
    assert "password" in reply.body["errors"]


async def test_passwords_and_tokens_are_kept_as_hashes(own_server: Server, database: str) -> None:
    made = await own_server.guest.post("/auth/register", form("safe"))
    connection = await asyncpg.connect(database)
    try:
        secret = await connection.fetchval("select secret from factors")
        kept = [
            bytes(row["kept"])
            for row in await connection.fetch(
                "select token_hash as kept from sessions union all select hash from refresh_tokens"
            )
        ]
    finally:
        await connection.close()
    assert secret.startswith("$argon2id$")
    assert len(kept) == 2
    assert all(len(one) == 32 for one in kept)
    spoken = [made["token"].encode(), made["refresh_token"].encode()]
    assert not any(word in one for word in spoken for one in kept)


async def test_a_login_hashes_anew_once_the_parameters_were_raised(
    database: str, tmp_path: Path
) -> None:
    where = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, where) as server:
        await server.guest.post("/auth/register", form("old"))
    raised = {**where, "RIFT_AUTH_ARGON2_MEMORY_KIB": "128"}
    async with running_server(tmp_path, raised) as server:
        assert (await log_in(server.guest, "old")).status == 200
    connection = await asyncpg.connect(database)
    try:
        assert "m=128," in await connection.fetchval("select secret from factors")
    finally:
        await connection.close()


async def test_a_disabled_account_is_refused_once_it_has_shown_its_password(
    own_server: Server, database: str
) -> None:
    made = await own_server.guest.post("/auth/register", form("gone"))
    connection = await asyncpg.connect(database)
    try:
        await connection.execute("update users set disabled = true")
    finally:
        await connection.close()
    assert (await log_in(own_server.guest, "gone")).code == 20013
    assert (await log_in(own_server.guest, "gone", "wrong")).code == 50035
    stranger = own_server.guest.with_token(made["token"])
    assert (await stranger.refused("GET", "/users/@me")).status == 401


async def test_failed_logins_of_an_account_make_it_wait(database: str, tmp_path: Path) -> None:
    where = {
        **HASHING,
        "DATABASE_URL": database,
        "RIFT_AUTH_LOGIN_ATTEMPTS_PER_ACCOUNT": "3",
    }
    async with running_server(tmp_path, where) as server:
        await server.guest.post("/auth/register", form("target", email="target@example.org"))
        for _ in range(2):
            assert (await log_in(server.guest, "target", "wrong")).status == 400
        assert (await log_in(server.guest, "target")).status == 200
        for _ in range(3):
            assert (await log_in(server.guest, "target", "wrong")).status == 400
        for login in ("target", "target@example.org"):
            reply = await log_in(server.guest, login)
            assert reply.status == 429
            assert reply.body["retry_after"] > 200
            assert "Via" in reply.headers


async def test_failed_logins_from_an_address_make_it_wait(database: str, tmp_path: Path) -> None:
    where = {
        **HASHING,
        "DATABASE_URL": database,
        "RIFT_AUTH_LOGIN_ATTEMPTS_PER_ACCOUNT": "3",
        "RIFT_AUTH_LOGIN_ATTEMPTS_PER_ADDRESS": "3",
    }
    async with running_server(tmp_path, where) as server:
        await server.guest.post("/auth/register", form("bystander"))
        for _ in range(4):
            assert (await log_in(server.guest, "bystander")).status == 200
        for number in range(3):
            assert (await log_in(server.guest, f"guess{number}", "wrong")).status == 400
        reply = await log_in(server.guest, "bystander")
        assert reply.status == 429
        assert reply.body["retry_after"] > 200


async def test_an_address_makes_so_many_accounts_in_an_hour(database: str, tmp_path: Path) -> None:
    where = {**HASHING, "DATABASE_URL": database, "RIFT_AUTH_REGISTRATIONS_PER_ADDRESS": "2"}
    async with running_server(tmp_path, where) as server:
        for name in ("one", "two"):
            await server.guest.post("/auth/register", form(name))
        reply = await server.guest.call("POST", "/auth/register", form("three"))
        assert reply.status == 429
        assert reply.body["retry_after"] > 3000


async def test_a_closed_server_takes_no_accounts(database: str, tmp_path: Path) -> None:
    where = {**LIFTED, "DATABASE_URL": database, "RIFT_AUTH_REGISTRATION": "closed"}
    async with running_server(tmp_path, where) as server:
        reply = await server.guest.refused("POST", "/auth/register", form("hopeful"))
        assert reply.status == 403
        await server.guest.post("/auth/register", form("boss", setup_token=server.setup_token))
        assert (await server.guest.get("/instance"))["registration"] == "closed"


async def test_an_invite_opens_a_server_that_asks_for_one(database: str, tmp_path: Path) -> None:
    where = {**LIFTED, "DATABASE_URL": database, "RIFT_AUTH_REGISTRATION": "invite"}
    async with running_server(tmp_path, where) as server:
        assert (await server.guest.refused("POST", "/auth/register", form("bold"))).code == 50035
        owner = await server.person("boss", setup_token=server.setup_token)
        guild = await owner.guild()
        channel = await owner.channel(guild["id"])
        invite = await owner.post(f"/channels/{channel['id']}/invites", {"max_uses": 1})
        unknown = form("bold", invite="nothing")
        assert (await server.guest.refused("POST", "/auth/register", unknown)).code == 10006
        guest = await server.person("bold", invite=invite["code"])
        assert (await guest.get(f"/guilds/{guild['id']}"))["id"] == guild["id"]
        late = form("late", invite=invite["code"])
        assert (await server.guest.refused("POST", "/auth/register", late)).code == 10006
        assert (await log_in(server.guest, "late")).status == 400


def test_an_ipv6_network_counts_as_one_address() -> None:
    throttles = Throttles(Settings(auth=Auth(registrations_per_address=2)))
    for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "192.0.2.1", "192.0.2.2"):
        throttles.admit_registration(address, 0.0)
    with pytest.raises(RateLimited):
        throttles.admit_registration("2001:db8::3", 0.0)


def test_a_guess_nobody_looked_at_does_not_count() -> None:
    auth = Auth(login_attempts_per_account=1, login_attempts_per_address=1)
    throttles = Throttles(Settings(auth=auth))
    for _ in range(3):
        throttles.admit_guess("ada", "192.0.2.1", 0.0)
        throttles.refund_guess("ada", "192.0.2.1", 0.0)
    throttles.admit_guess("ada", "192.0.2.1", 0.0)
    with pytest.raises(RateLimited):
        throttles.admit_guess("ada", "192.0.2.1", 0.0)


async def test_who_comes_when_too_many_wait_is_told_to_come_again() -> None:
    passwords = Passwords(memory_kib=64, time_cost=1, parallelism=1)
    tries = [passwords.hash(PASSWORD) for _ in range(80)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    passwords.close()
    assert [type(one) for one in answers] == [str] * 64 + [Overloaded] * 16
    assert Overloaded.status == 503


def _nicenesses(process: int) -> set[int]:
    """Of all its threads."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return {os.getpriority(os.PRIO_PROCESS, int(task.name)) for task in tasks}


@pytest.mark.skipif(sys.platform != "linux", reason="a thread has its own niceness on Linux alone")
async def test_hashing_stands_back_for_everything_else(server: Server) -> None:
    await server.person()
    loop = server.process.pid
    assert 19 in _nicenesses(loop)
    assert os.getpriority(os.PRIO_PROCESS, loop) < 19


async def test_checking_nobodys_password_takes_as_long_as_somebodys() -> None:
    passwords = Passwords(memory_kib=19_456, time_cost=2, parallelism=1)
    kept = await passwords.hash(PASSWORD)
    loop = asyncio.get_running_loop()

    async def fastest(secret: str) -> float:
        found = []
        for _ in range(5):
            begun = loop.time()
            assert not await passwords.verify(secret, "wrong")
            found.append(loop.time() - begun)
        return min(found)

    somebody, nobody = await fastest(kept), await fastest("")
    passwords.close()
    assert nobody > somebody / 3
