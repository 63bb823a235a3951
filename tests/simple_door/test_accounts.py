"""Accounts over the simple door: in, out, and which tokens are none."""

import asyncio
import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
import pytest

from tests.server import Server
from tests.simple_door.caller import PASSWORD, Caller


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    head, claims, signature = token.split(".")
    return _read(head), _read(claims), signature


def _read(part: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def _write(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


async def test_somebody_registers_logs_in_and_is_themselves(server: Server) -> None:
    caller = await Caller.new(server)
    assert caller.tokens["token_type"] == "Bearer"
    assert caller.tokens["expires_in"] == 15 * 60
    me = await caller.get("/users/me")
    assert (me["id"], me["username"], me["email"]) == (caller.id, caller.name, None)
    form = {"username": caller.name, "password": PASSWORD}
    again = Caller(server, await caller.post("/auth/login", form))
    assert await again.get("/users/me") == me
    assert await again.get(f"/users/{caller.id}") == {
        key: value for key, value in me.items() if key not in ("email", "bio")
    }
    assert await again.get(f"/users/{caller.snowflake}") == await again.get(f"/users/{caller.id}")


async def test_a_wrong_password_and_an_unknown_name_are_answered_alike(server: Server) -> None:
    caller = await Caller.new(server)
    guest = Caller(server)
    wrong = {"username": caller.name, "password": "wrong"}
    unknown = {"username": "nobody-has-this", "password": "wrong"}
    first = await guest.refused(400, "POST", "/auth/login", wrong)
    second = await guest.refused(400, "POST", "/auth/login", unknown)
    assert first.body == second.body
    assert set(first.body["fields"]) == {"login", "password"}


async def test_a_name_that_is_taken_is_not_to_be_claimed(server: Server) -> None:
    """Nor that of an account without a password, such as a bot's."""
    person = await server.person()
    guest = Caller(server)
    form = {"username": person.user["username"], "password": PASSWORD}
    await guest.refused(400, "POST", "/auth/register", form)
    bot = await server.bot(person)
    for password in ("", " ", PASSWORD):
        login = {"username": bot.user["username"], "password": password}
        await guest.refused(400, "POST", "/auth/login", login)


async def test_a_refresh_token_buys_new_tokens_once_and_ends_the_session_twice(
    server: Server,
) -> None:
    caller = await Caller.new(server)
    guest = Caller(server)
    spent = {"refresh_token": caller.tokens["refresh_token"]}
    fresh = Caller(server, await guest.post("/auth/refresh", spent))
    assert fresh.id == caller.id
    assert await fresh.get("/users/me") == await caller.get("/users/me")
    await guest.refused(401, "POST", "/auth/refresh", spent)
    await fresh.refused(401, "GET", "/users/me")
    await caller.refused(401, "GET", "/users/me")
    next_one = {"refresh_token": fresh.tokens["refresh_token"]}
    await guest.refused(401, "POST", "/auth/refresh", next_one)


async def test_of_many_who_refresh_at_once_one_is_served(server: Server) -> None:
    caller = await Caller.new(server)
    form = {"refresh_token": caller.tokens["refresh_token"]}
    replies = await asyncio.gather(
        *(Caller(server).call("POST", "/auth/refresh", form) for _ in range(8))
    )
    assert sorted(reply.status for reply in replies) == [200, *[401] * 7]


async def test_logging_out_ends_the_session(server: Server) -> None:
    caller = await Caller.new(server)
    await caller.post("/auth/logout")
    await caller.refused(401, "GET", "/users/me")
    form = {"refresh_token": caller.tokens["refresh_token"]}
    await caller.refused(401, "POST", "/auth/refresh", form)


async def test_a_change_of_password_ends_every_session_and_begins_one(server: Server) -> None:
    caller = await Caller.new(server)
    form = {"username": caller.name, "password": PASSWORD}
    other = Caller(server, await Caller(server).post("/auth/login", form))
    change = {"current_password": PASSWORD, "new_password": "quite another one"}
    wrong = {**change, "current_password": "wrong"}
    await caller.refused(400, "PUT", "/users/me/password", wrong)
    short = {**change, "new_password": "x"}
    await caller.refused(400, "PUT", "/users/me/password", short)
    after = Caller(server, await caller.put("/users/me/password", change))
    await caller.refused(401, "GET", "/users/me")
    await other.refused(401, "GET", "/users/me")
    assert (await after.get("/users/me"))["id"] == caller.id
    await Caller(server).refused(400, "POST", "/auth/login", form)
    form["password"] = "quite another one"
    await Caller(server).post("/auth/login", form)


async def test_a_profile_is_changed(server: Server) -> None:
    caller = await Caller.new(server)
    changed = await caller.patch("/users/me", {"display_name": "Some One", "bio": "hello"})
    assert (changed["display_name"], changed["bio"]) == ("Some One", "hello")
    assert await caller.get("/users/me") == changed
    await caller.refused(400, "PATCH", "/users/me", {"username": "without-password"})
    renamed = {"username": caller.name + "x", "password": PASSWORD}
    assert (await caller.patch("/users/me", renamed))["username"] == caller.name + "x"


# Tokens that are none


async def test_what_is_not_signed_by_us_is_no_token(server: Server) -> None:
    caller = await Caller.new(server)
    head, claims, signature = _parts(str(caller.token))
    body = _write(claims)
    other_key = jwt.encode(claims, "x" * 32, "HS256", headers={"kid": head["kid"]})
    wider = jwt.encode(claims, "x" * 64, "HS512", headers={"kid": head["kid"]})
    forged = {
        "unsigned": f"{_write({**head, 'alg': 'none'})}.{body}.",
        "unsigned, spelled otherwise": f"{_write({**head, 'alg': 'nOnE'})}.{body}.",
        "without its signature": f"{_write(head)}.{body}.",
        "signed with nothing": _signed(head, claims, b""),
        "signed by somebody else": other_key,
        "signed with another algorithm": wider,
        "of no known key": jwt.encode(claims, "x" * 32, "HS256", headers={"kid": "other"}),
        "of somebody else": f"{_write(head)}.{_write({**claims, 'sub': '1'})}.{signature}",
        "of another purpose": f"{_write(head)}.{_write({**claims, 'aud': 'mfa'})}.{signature}",
        "nothing": "",
        "rubbish": "a.b.c",
    }
    for what, token in forged.items():
        reply = await Caller(server, {"access_token": token}).call("GET", "/users/me")
        assert reply.status == 401, what


def _signed(head: dict[str, Any], claims: dict[str, Any], key: bytes) -> str:
    text = f"{_write(head)}.{_write(claims)}"
    digest = hmac.digest(key, text.encode(), hashlib.sha256)
    return f"{text}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


async def test_the_other_doors_tokens_do_not_open_this_one(server: Server) -> None:
    person = await server.person()
    bot = await server.bot(person)
    for header in (person.api.token, f"Bearer {person.api.token}", bot.api.token):
        headers = {"Authorization": str(header)}
        reply = await Caller(server).call("GET", "/users/me", headers=headers)
        assert reply.status == 401


async def test_this_doors_tokens_do_not_open_the_other(server: Server) -> None:
    caller = await Caller.new(server)
    for header in (str(caller.token), f"Bearer {caller.token}", f"Bot {caller.token}"):
        refused = await server.guest.with_token(header).refused("GET", "/users/@me")
        assert refused.status == 401


@pytest.mark.parametrize("path", ["/users/me", "/servers", "/dm/channels"])
async def test_without_a_token_nothing_is_told(server: Server, path: str) -> None:
    assert (await Caller(server).refused(401, "GET", path)).error


async def test_an_account_of_one_door_is_one_of_the_other(server: Server) -> None:
    person = await server.person()
    caller = await Caller.behind(server, person)
    assert caller.snowflake == person.id
    sessions = await person.get("/auth/sessions")
    assert len(sessions["user_sessions"]) == 2
