"""Refresh tokens are spent once, and JWTs are taken from nobody but this server."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import pytest_asyncio

from rift.core.accounts import refreshing, sessions
from rift.core.accounts.access_tokens import AccessTokens
from rift.core.accounts.jwts import Jwts
from rift.core.accounts.keys import CannotOpen, Key, Vault
from rift.core.accounts.sessions import AccessPair
from rift.core.actor import Guest
from rift.core.house import House
from rift.core.unit import Unit
from rift.errors import InvalidToken, Unauthorized
from rift.events import SessionsRenewed, SessionsRevoked
from rift.snowflake import Snowflake
from tests.api import Person
from tests.core.houses import furnish, living
from tests.gateway import Gateway
from tests.nouns.elsewhere import told
from tests.server import Server, running_server

ADA = Snowflake("11")
SOMEWHERE = Guest(address="192.0.2.1", user_agent="Firefox")
PASSWORD = "correct horse battery"


async def new_account(server: Server) -> dict[str, Any]:
    name = f"r{time.monotonic_ns()}"
    made: dict[str, Any] = await server.guest.post(
        "/auth/register", {"username": name, "password": PASSWORD}
    )
    return made


async def spend(server: Server, token: str) -> Any:
    return await server.guest.call("POST", "/auth/refresh", {"refresh_token": token})


async def works(server: Server, token: str) -> bool:
    api = server.guest.with_token(token)
    return bool((await api.call("GET", "/users/@me")).status == 200)


async def test_a_refresh_gives_new_tokens_of_the_same_session(server: Server) -> None:
    first = await new_account(server)
    assert await works(server, first["token"])
    listed = await server.guest.with_token(first["token"]).get("/auth/sessions")
    second = (await spend(server, first["refresh_token"])).body
    assert second["user_id"] == first["user_id"]
    assert not await works(server, first["token"])
    assert await works(server, second["token"])
    still = await server.guest.with_token(second["token"]).get("/auth/sessions")
    hashes = [[one["id_hash"] for one in answer["user_sessions"]] for answer in (listed, still)]
    assert hashes[0] == hashes[1]
    assert (await spend(server, second["refresh_token"])).status == 200


async def test_a_token_that_comes_twice_ends_the_whole_session(server: Server) -> None:
    first = await new_account(server)
    second = (await spend(server, first["refresh_token"])).body
    assert await works(server, second["token"])
    assert (await spend(server, first["refresh_token"])).status == 401
    assert not await works(server, second["token"])
    assert (await spend(server, second["refresh_token"])).status == 401


async def test_who_was_robbed_is_told(server: Server) -> None:
    first = await new_account(server)
    name = (await server.guest.with_token(first["token"]).get("/users/@me"))["username"]
    body = {"login": name, "password": PASSWORD}
    other = server.guest.with_token((await server.guest.post("/auth/login", body))["token"])
    for _ in range(2):
        await spend(server, first["refresh_token"])
    answer = await other.get("/auth/sessions")
    assert [one["kind"] for one in answer["incidents"]] == ["refresh_token_reused"]
    assert len(answer["user_sessions"]) == 1
    assert any("refresh_token_reused" in line for line in server.log)


async def test_of_those_who_refresh_at_once_one_wins_and_the_session_ends(server: Server) -> None:
    first = await new_account(server)
    tries = [spend(server, first["refresh_token"]) for _ in range(6)]
    replies = await asyncio.gather(*tries)
    assert sorted(reply.status for reply in replies) == [200, 401, 401, 401, 401, 401]
    [winner] = [reply.body for reply in replies if reply.status == 200]
    assert not await works(server, winner["token"])
    assert (await spend(server, winner["refresh_token"])).status == 401


async def test_a_gateway_outlives_a_refresh_and_resumes_with_the_new_token(
    server: Server,
) -> None:
    first = await new_account(server)
    person = server.guest.with_token(first["token"])
    async with server.gateway(await Person.behind(person)) as gateway:
        second = (await spend(server, first["refresh_token"])).body
        await gateway.send(1, None)
        await gateway.heard(11)
        session, sequence = gateway.ready["session_id"], gateway.sequence
        gateway.leave()
    async with Gateway.connected(server.url) as gateway:
        await gateway.resume(second["token"], session, sequence)
        await gateway.expect("RESUMED")


async def test_nothing_refreshes_that_is_no_refresh_token(server: Server) -> None:
    made = await new_account(server)
    for token in ("", "x", made["token"], "\x00", "ä" * 100):
        assert (await spend(server, token)).status in {400, 401}
    assert await works(server, made["token"])


async def test_what_is_too_old_is_refused_and_no_theft(own_server: Server, database: str) -> None:
    made = await new_account(own_server)
    days = "select extract(day from expires_at - now())::int as days from refresh_tokens"
    assert (await told(database, days))[0]["days"] in {29, 30}
    await told(database, "update refresh_tokens set expires_at = now() - interval '1 second'")
    assert (await spend(own_server, made["refresh_token"])).status == 401
    assert await works(own_server, made["token"])
    assert await told(database, "select from incidents") == []


async def test_logging_out_takes_the_refresh_token_along(server: Server) -> None:
    made = await new_account(server)
    await server.guest.with_token(made["token"]).post("/auth/logout", {})
    assert (await spend(server, made["refresh_token"])).status == 401


async def test_a_disabled_account_refreshes_nothing(own_server: Server, database: str) -> None:
    made = await new_account(own_server)
    await told(database, "update users set disabled = true")
    assert (await spend(own_server, made["refresh_token"])).status == 401


async def test_an_address_refreshes_so_often(database: str, tmp_path: Path) -> None:
    environment = {"DATABASE_URL": database, "RIFT_AUTH_REFRESHES_PER_ADDRESS": "4"}
    async with running_server(tmp_path, environment) as server:
        statuses = [(await spend(server, f"guess{number}")).status for number in range(6)]
    assert statuses == [401] * 4 + [429] * 2


@pytest_asyncio.fixture
async def house(database: str) -> AsyncIterator[House]:
    """A house of user 11."""
    async with living(database) as house:
        await furnish(house.pool)
        yield house


async def begun(house: House) -> AccessPair:
    async with Unit(house) as unit:
        return await sessions.begin_pair(unit, ADA, "Firefox")


def header(pair: AccessPair) -> str:
    return f"Bearer {pair.access_token}"


async def test_a_jwt_says_who_where_and_until_when(house: House) -> None:
    pair = await begun(house)
    assert pair.expires_in == 900
    claims = jwt.decode(pair.access_token, options={"verify_signature": False})
    row = await house.pool.fetchrow("select id from sessions")
    issuer = await house.pool.fetchval("select value from instance where key = 'id'")
    assert claims["exp"] - claims["iat"] == 900
    assert abs(claims["iat"] - time.time()) < 5
    assert (claims["sub"], claims["sid"], claims["iss"]) == (ADA, row["id"], issuer)
    assert jwt.get_unverified_header(pair.access_token)["alg"] == "HS256"
    actor = await house.access_tokens.resolve(header(pair))
    assert (actor.id, actor.session_id) == (ADA, row["id"])
    assert house.access_tokens.lookup(header(pair)) is actor


async def test_a_session_of_short_tokens_has_no_long_one(house: House) -> None:
    await begun(house)
    assert await house.pool.fetchval("select token_hash from sessions") is None


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def forged(good: str, head: dict[str, Any], secret: bytes | None = None, how: str = "") -> str:
    """The same claims behind another head, signed or not."""
    body = good.split(".")[1]
    signed = f"{_part(head)}.{body}"
    signature = b"" if secret is None else hmac.digest(secret, signed.encode(), how)
    return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


async def test_a_jwt_that_is_unsigned_or_signed_otherwise_is_refused(house: House) -> None:
    pair = await begun(house)
    good = pair.access_token
    kid = jwt.get_unverified_header(good)["kid"]
    secret = house.jwts._keys[kid]
    other = Key.new().secret
    bad = [
        forged(good, {"alg": "none", "typ": "JWT"}),
        forged(good, {"alg": "none", "typ": "JWT", "kid": kid}),
        forged(good, {"alg": "None", "kid": kid}),
        forged(good, {"alg": "HS512", "kid": kid}, secret, "sha512"),
        forged(good, {"alg": "HS256", "kid": kid}, other, "sha256"),
        forged(good, {"alg": "HS256", "kid": kid}, b"", "sha256"),
        forged(good, {"alg": "HS256", "kid": "other"}, secret, "sha256"),
        forged(good, {"alg": "HS256"}, secret, "sha256"),
        forged(good, {"alg": "RS256", "kid": kid}, secret, "sha256"),
        good.rpartition(".")[0] + ".",
        good.rpartition(".")[0],
        good[:-4] + "AAAA",
        good + "A" * 2000,
        "",
        "a.b.c",
        "..",
        "\x00",
        "ä.ö.ü",
    ]
    for token in bad:
        with pytest.raises(Unauthorized):
            await house.access_tokens.resolve(f"Bearer {token}")
    control = forged(good, {"alg": "HS256", "kid": kid}, secret, "sha256")
    assert (await house.access_tokens.resolve(f"Bearer {control}")).id == ADA


async def test_a_jwt_must_say_everything_and_the_truth(house: House) -> None:
    pair = await begun(house)
    kid = jwt.get_unverified_header(pair.access_token)["kid"]
    claims = jwt.decode(pair.access_token, options={"verify_signature": False})
    wrong: list[dict[str, Any]] = [
        {key: value for key, value in claims.items() if key != missing} for missing in claims
    ]
    wrong += [
        {**claims, "iss": "another"},
        {**claims, "aud": "mfa"},
        {**claims, "sub": "12"},
        {**claims, "sub": "x"},
        {**claims, "sid": "1"},
        {**claims, "sid": ["1"]},
        {**claims, "exp": int(time.time()) - 1},
        {**claims, "exp": "soon"},
        {**claims, "exp": None},
        {**claims, "exp": 1e300},
    ]
    for one in wrong:
        token = jwt.encode(one, house.jwts._keys[kid], "HS256", headers={"kid": kid})
        with pytest.raises(Unauthorized):
            await house.access_tokens.resolve(f"Bearer {token}")


async def test_a_jwt_of_another_instance_is_nothing_here(house: House) -> None:
    pair = await begun(house)
    claims = jwt.decode(pair.access_token, options={"verify_signature": False})
    session = claims["sid"]
    theirs = Jwts([Key.new()], claims["iss"])
    same_key = [Key(id=kid, secret=secret) for kid, secret in house.jwts._keys.items()]
    elsewhere = Jwts(same_key, "another instance")
    for maker in (theirs, elsewhere):
        token = maker.sign("access", ADA, session, time.time(), 900)
        with pytest.raises(Unauthorized):
            await house.access_tokens.resolve(f"Bearer {token}")


async def test_a_jwt_ends_after_a_quarter_of_an_hour_even_if_it_is_known(house: House) -> None:
    pair = await begun(house)
    now = datetime.now(UTC)
    clock = {"now": now}
    tokens = AccessTokens(house.jwts, house.tokens, lambda: clock["now"])
    assert (await tokens.resolve(header(pair))).id == ADA
    clock["now"] = now + timedelta(seconds=898)
    assert tokens.lookup(header(pair)) is not None
    clock["now"] = now + timedelta(seconds=901)
    assert tokens.lookup(header(pair)) is None
    with pytest.raises(Unauthorized):
        await tokens.resolve(header(pair))


async def test_a_jwt_of_a_session_that_ended_is_refused_at_once(house: House) -> None:
    pair = await begun(house)
    assert await house.access_tokens.resolve(header(pair))
    house.world.listener = lambda releases: [
        house.tokens.forget(event.data)
        for release in releases
        for event in release.events
        if isinstance(event, SessionsRevoked | SessionsRenewed)
    ]
    async with Unit(house) as unit:
        await sessions.end_all(unit, ADA)
    assert house.access_tokens.lookup(header(pair)) is None
    with pytest.raises(Unauthorized):
        await house.access_tokens.resolve(header(pair))


async def test_a_pair_is_refreshed_and_its_reuse_ends_it(house: House) -> None:
    pair = await begun(house)
    async with Unit(house) as unit:
        second = await refreshing.refresh_pair(unit, SOMEWHERE, pair.refresh_token)
    assert (await house.access_tokens.resolve(header(second))).id == ADA
    async with Unit(house) as unit:
        with pytest.raises(InvalidToken):
            await refreshing.refresh_pair(unit, SOMEWHERE, pair.refresh_token)
    assert await house.pool.fetchval("select count(*)::int from sessions") == 0
    assert await house.pool.fetchval("select kind from incidents") == "refresh_token_reused"


async def test_no_bearer_is_no_jwt(house: House) -> None:
    pair = await begun(house)
    for wrong in (pair.access_token, f"Bot {pair.access_token}", "Bearer", ""):
        with pytest.raises(Unauthorized):
            await house.access_tokens.resolve(wrong)


async def test_older_keys_still_read_what_they_made() -> None:
    old, new = Key.new(), Key.new()
    now = time.time()
    token = Jwts([old], "here").sign("access", "1" * 18, "2" * 18, now, 900)
    assert Jwts([new, old], "here").read(token, "access", now).user_id == "1" * 18
    with pytest.raises(Unauthorized):
        Jwts([new], "here").read(token, "access", now)
    sealed = Vault([old]).seal("secret", "place")
    assert Vault([new, old]).open(sealed, "place") == "secret"
    assert Vault([old]).digests("code", "place")[0] in Vault([new, old]).digests("code", "place")
    for keys, place in (([new], "place"), ([old], "elsewhere")):
        with pytest.raises(CannotOpen):
            Vault(keys).open(sealed, place)


async def test_the_same_words_are_sealed_differently_each_time() -> None:
    vault = Vault([Key.new()])
    assert vault.seal("secret", "place") != vault.seal("secret", "place")


def test_an_operators_secret_is_not_to_be_read_from_the_name_of_its_key() -> None:
    key = Key.from_text("an operator's own secret")
    assert key == Key.from_text("an operator's own secret")
    assert key.id not in hashlib.sha256(b"an operator's own secret").hexdigest()
