"""Sessions: they are listed and ended, and what ended is unknown at once."""

import asyncio
from typing import Any

import asyncpg
import pytest

from rift.core.accounts.tokens import Tokens, new_token, token_hash
from rift.db.pool import open_pool
from rift.errors import Unauthorized
from tests.api import Api
from tests.server import Server

PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def another(server: Server, name: str, client: str | None = None) -> Api:
    """A second login of somebody."""
    body = {"login": name, "password": PASSWORD}
    headers = None if client is None else {"User-Agent": client}
    begun = await server.guest.post("/auth/login", body, headers=headers)
    return server.guest.with_token(begun["token"])


async def sessions(api: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.get("/auth/sessions"))["user_sessions"]
    return found


async def test_ones_sessions_are_listed_with_what_they_run_on(server: Server) -> None:
    person = await server.person("lister")
    other = await another(server, "lister", FIREFOX)
    shown = await sessions(other)
    assert [one["current"] for one in shown].count(True) == 1
    current = next(one for one in shown if one["current"])
    assert current["client_info"] == {"os": "Linux", "platform": "Firefox", "location": None}
    assert {one["id_hash"] for one in shown} == {one["id_hash"] for one in await sessions(person)}


async def test_logging_out_ends_the_session_and_no_other(server: Server) -> None:
    person = await server.person("leaver")
    other = await another(server, "leaver")
    reply = await other.call("POST", "/auth/logout", {})
    assert (reply.status, reply.body) == (204, None)
    assert (await other.refused("GET", "/users/@me")).status == 401
    assert len(await sessions(person)) == 1


async def test_a_revoked_session_is_unknown_at_once(server: Server) -> None:
    person = await server.person("revoker")
    other = await another(server, "revoker")
    await other.get("/users/@me")
    rest = [one["id_hash"] for one in await sessions(person) if not one["current"]]
    await person.post("/auth/sessions/logout", {"session_id_hashes": rest})
    assert (await other.refused("GET", "/users/@me")).status == 401
    assert len(await sessions(person)) == 1


async def test_nobody_ends_somebody_elses_session(server: Server) -> None:
    victim, other = await server.person(), await server.person()
    hashes = [one["id_hash"] for one in await sessions(victim)]
    await other.post("/auth/sessions/logout", {"session_id_hashes": hashes})
    assert len(await sessions(victim)) == 1


async def test_a_revoked_session_loses_its_gateway(server: Server) -> None:
    person = await server.person("watcher")
    other = await another(server, "watcher")
    async with server.gateway(person) as gateway:
        current = next(one for one in await sessions(person) if one["current"])
        body = {"session_id_hashes": [current["id_hash"]]}
        await other.post("/auth/sessions/logout", body)
        assert (await gateway.closing()).code == 4004


async def test_a_change_of_password_ends_all_other_sessions(server: Server) -> None:
    person = await server.person("changer")
    other = await another(server, "changer")
    body = {"password": PASSWORD, "new_password": "a better one altogether"}
    answer = await person.patch("/users/@me", body)
    renewed = server.guest.with_token(answer["token"])
    assert (await renewed.get("/users/@me"))["username"] == "changer"
    assert (await other.refused("GET", "/users/@me")).status == 401
    assert len(await sessions(renewed)) == 1
    old = {"login": "changer", "password": PASSWORD}
    assert (await server.guest.refused("POST", "/auth/login", old)).status == 400
    new = {"login": "changer", "password": "a better one altogether"}
    assert await server.guest.post("/auth/login", new)


async def test_a_change_of_password_needs_the_old_one(server: Server) -> None:
    person = await server.person()
    for body in (
        {"new_password": "a better one altogether"},
        {"password": "wrong", "new_password": "a better one altogether"},
    ):
        reply = await person.refused("PATCH", "/users/@me", body)
        found = reply.body["errors"]["password"]["_errors"][0]
        assert found["code"] == "PASSWORD_DOES_NOT_MATCH"
    body = {"password": PASSWORD, "new_password": "short"}
    reply = await person.refused("PATCH", "/users/@me", body)
    assert "new_password" in reply.body["errors"]


async def test_bots_and_people_each_have_their_way_to_send_a_token(server: Server) -> None:
    person = await server.person()
    bot = await server.bot(person)
    bare = server.guest.with_token(bot.api.bare_token)
    assert (await bare.refused("GET", "/users/@me")).status == 401
    dressed = server.guest.with_token(f"Bot {person.api.token}")
    assert (await dressed.refused("GET", "/users/@me")).status == 401


async def test_bots_have_no_sessions_to_manage(server: Server) -> None:
    bot = await server.bot(await server.person())
    for method, path, body in (
        ("POST", "/auth/logout", {}),
        ("GET", "/auth/sessions", None),
        ("POST", "/auth/sessions/logout", {"session_id_hashes": ["x"]}),
    ):
        assert (await bot.refused(method, path, body)).code == 20001


async def test_a_session_ends_when_it_was_not_used_for_long(
    own_server: Server, database: str
) -> None:
    body = {"username": "ada", "password": "correct horse battery"}
    token = (await own_server.guest.post("/auth/register", body))["token"]
    connection = await asyncpg.connect(database)
    try:
        days = await connection.fetchval(
            "select extract(day from expires_at - now()) from sessions"
        )
        assert 29 <= days <= 30
        await connection.execute("update sessions set expires_at = now() - interval '1 second'")
    finally:
        await connection.close()
    person = own_server.guest.with_token(token)
    assert (await person.refused("GET", "/users/@me")).status == 401


async def test_use_prolongs_a_session(database: str) -> None:
    token = new_token("5")
    pool = await open_pool(database, size=2)
    try:
        await pool.execute("insert into users (id, username) values ('5', 'ada')")
        await pool.execute(
            """
            insert into sessions (id, user_id, kind, token_hash, used_at, expires_at)
            values ('6', '5', 'user', $1, now() - interval '29 days', now() + interval '1 day')
            """,
            token_hash(token),
        )
        assert (await Tokens(pool).resolve(token)).id == "5"
        left = await pool.fetchval("select extract(day from expires_at - now())::int from sessions")
        assert left in (29, 30)
    finally:
        await pool.close()


async def test_what_is_remembered_of_a_token_does_not_outlast_two_sweeps(database: str) -> None:
    token = new_token("5")
    pool = await open_pool(database, size=2)
    try:
        await pool.execute("insert into users (id, username) values ('5', 'ada')")
        await pool.execute(
            "insert into sessions (id, user_id, kind, token_hash) values ('6', '5', 'user', $1)",
            token_hash(token),
        )
        tokens = Tokens(pool)
        await tokens.resolve(token)
        tokens.sweep()
        assert tokens.lookup(token) is not None
        await pool.execute("delete from sessions")
        tokens.sweep()
        assert tokens.lookup(token) is None
        with pytest.raises(Unauthorized):
            await tokens.resolve(token)
    finally:
        await pool.close()


async def test_a_session_revoked_while_it_is_looked_up_is_not_remembered(database: str) -> None:
    token = new_token("5")
    pool = await open_pool(database, size=2)
    try:
        await pool.execute("insert into users (id, username) values ('5', 'ada')")
        await pool.execute(
            "insert into sessions (id, user_id, kind, token_hash) values ('6', '5', 'user', $1)",
            token_hash(token),
        )
        tokens = Tokens(pool)
        looking = asyncio.create_task(tokens.resolve(token))
        await asyncio.sleep(0)  # now it waits for the database
        tokens.forget(["6"])
        await looking
        assert tokens.lookup(token) is None
    finally:
        await pool.close()
