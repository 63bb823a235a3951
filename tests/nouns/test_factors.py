"""Second factors: an authenticator's codes and backup codes, at login and before what matters."""

import asyncio
from typing import Any

import pytest

from tests.nouns.elsewhere import told
from tests.nouns.keychain import KEYS, PASSWORD, Keychain
from tests.server import Server, running_server

ENABLE = "/users/@me/mfa/totp/enable"
DISABLE = "/users/@me/mfa/totp/disable"


async def test_the_password_comes_before_the_secret(server: Server) -> None:
    person = await server.person()
    right = await person.refused("POST", ENABLE, {"password": PASSWORD})
    assert (right.status, right.code) == (400, 60005)
    wrong = await person.refused("POST", ENABLE, {"password": "wrong"})
    assert wrong.code == 50035
    assert "password" in wrong.body["errors"]


@pytest.mark.parametrize("secret", ["", "abc", "A" * 25, "1" * 32, "ÄÖÜ" * 12])
async def test_a_secret_must_be_one(server: Server, secret: str) -> None:
    person = await server.person()
    body = {"password": PASSWORD, "secret": secret, "code": "123456"}
    assert (await person.refused("POST", ENABLE, body)).code == 60005


async def test_an_authenticator_must_show_that_it_has_the_secret(server: Server) -> None:
    keys = await Keychain.new(server)
    for code in (keys.wrong_code(), "", "12345", "١٢٣٤٥٦", "abcdef"):
        body = {"password": PASSWORD, "secret": keys.secret, "code": code}
        assert (await keys.person.refused("POST", ENABLE, body)).code == 60008
    assert (await keys.person.get("/users/@me"))["mfa_enabled"] is False


async def test_taking_an_authenticator_into_use_shows_in_all_places(server: Server) -> None:
    keys = await Keychain.new(server)
    async with server.gateway(keys.person) as gateway:
        made = await keys.enable()
        assert (await gateway.expect("USER_UPDATE")).data["mfa_enabled"] is True
    assert len(set(keys.codes)) == 10
    assert {(one["user_id"], one["consumed"]) for one in made["backup_codes"]} == {
        (keys.person.id, False)
    }
    me = await keys.person.get("/users/@me")
    assert (me["mfa_enabled"], me["authenticator_types"]) == (True, [2])
    again = {"password": PASSWORD, "secret": keys.secret, "code": keys.code()}
    assert (await keys.person.refused("POST", ENABLE, again)).code == 60001


async def test_sessions_begun_without_the_factor_end(server: Server) -> None:
    keys = await Keychain.new(server)
    old = keys.person
    other = server.guest.with_token((await keys.begin())["token"])
    await other.get("/users/@me")
    await keys.enable()
    assert (await other.refused("GET", "/users/@me")).status == 401
    assert (await old.refused("GET", "/users/@me")).status == 401
    assert await keys.person.get("/users/@me")


async def test_a_login_takes_a_code_after_the_password(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = await keys.begin()
    assert begun["token"] is None
    assert "refresh_token" not in begun
    shown = {name: begun[name] for name in ("user_id", "mfa", "totp", "sms", "backup", "webauthn")}
    assert shown == {
        "user_id": keys.person.id,
        "mfa": True,
        "totp": True,
        "sms": False,
        "backup": True,
        "webauthn": None,
    }
    reply = await keys.finish(
        "totp", begun, keys.code(), login_instance_id=begun["login_instance_id"]
    )
    assert reply.status == 200
    assert reply.body["user_settings"] == {"locale": "en-US", "theme": "dark"}
    me = await server.guest.with_token(reply.body["token"]).get("/users/@me")
    assert me["id"] == keys.person.id
    body = {"refresh_token": reply.body["refresh_token"]}
    assert await server.guest.post("/auth/refresh", body)


async def test_a_wrong_password_says_nothing_of_a_second_factor(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    body = {"login": keys.name, "password": "wrong"}
    reply = await server.guest.refused("POST", "/auth/login", body)
    assert reply.code == 50035
    assert "ticket" not in reply.body


async def test_a_code_is_taken_once(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    code = keys.code()
    first, second = await keys.begin(), await keys.begin()
    assert (await keys.finish("totp", first, code)).status == 200
    assert (await keys.finish("totp", second, code)).code == 60008


async def test_of_two_who_bring_a_code_at_once_one_gets_in(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    code = keys.code()
    begun = [await keys.begin() for _ in range(4)]
    replies = await asyncio.gather(*(keys.finish("totp", one, code) for one in begun))
    assert sorted(reply.status for reply in replies) == [200, 400, 400, 400]


async def test_a_ticket_is_good_once(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = await keys.begin()
    assert (await keys.finish("backup", begun, keys.codes[0])).status == 200
    assert (await keys.finish("backup", begun, keys.codes[1])).code == 60006


async def test_of_two_who_spend_a_ticket_at_once_one_gets_in(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = await keys.begin()
    replies = await asyncio.gather(*(keys.finish("backup", begun, code) for code in keys.codes[:4]))
    assert sorted(reply.status for reply in replies) == [200, 400, 400, 400]
    left = [code for code in keys.codes if not await _works(keys, code)]
    assert len(left) == 1, "who was refused kept their code"


async def _works(keys: Keychain, code: str) -> bool:
    return (await keys.finish("backup", await keys.begin(), code)).status == 200


async def test_a_ticket_dies_of_five_wrong_codes(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = await keys.begin()
    for _ in range(5):
        assert (await keys.finish("totp", begun, keys.wrong_code())).code == 60008
    assert (await keys.finish("totp", begun, keys.code())).code == 60006


async def test_six_tries_at_once_are_five(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = await keys.begin()
    tries = [keys.finish("totp", begun, keys.wrong_code()) for _ in range(12)]
    codes = [reply.code for reply in await asyncio.gather(*tries)]
    assert (codes.count(60008), codes.count(60006)) == (5, 7)


async def test_wrong_codes_make_an_account_wait_whatever_the_ticket(
    strict_server: Server,
) -> None:
    keys = await Keychain.with_totp(strict_server)
    for _ in range(5):
        begun = await keys.begin()
        assert (await keys.finish("totp", begun, keys.wrong_code())).code == 60008
    reply = await keys.finish("totp", await keys.begin(), keys.code())
    assert reply.status == 429
    assert reply.body["retry_after"] > 200


async def test_a_ticket_is_short_lived_and_kept_as_a_hash(
    own_server: Server, database: str
) -> None:
    keys = await Keychain.with_totp(own_server)
    begun = await keys.begin()
    rows = await told(
        database, "select to_jsonb(tickets)::text as row, expires_at - now() as left from tickets"
    )
    assert [begun["ticket"] in row["row"] for row in rows] == [False]
    assert 290 < rows[0]["left"].total_seconds() <= 300
    await told(database, "update tickets set expires_at = now() - interval '1 second'")
    assert (await keys.finish("totp", begun, keys.code())).code == 60006


async def test_a_ticket_belongs_to_the_login_it_was_made_for(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun, other = await keys.begin(), await keys.begin()
    elsewhere = {"login_instance_id": other["login_instance_id"]}
    assert (await keys.finish("totp", begun, keys.code(), **elsewhere)).code == 60006
    refused = await keys.person.refused("POST", DISABLE)
    proof_ticket = {"ticket": refused.body["mfa"]["ticket"]}
    assert (await keys.finish("totp", proof_ticket, keys.code())).code == 60006


async def test_another_password_voids_the_logins_that_were_begun(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = await keys.begin()
    body = {"password": PASSWORD, "new_password": "a better one altogether"}
    refused = await keys.person.refused("PATCH", "/users/@me", body)
    headers = await keys.prove(refused, "backup", keys.codes[0])
    await keys.person.patch("/users/@me", body, headers=headers)
    assert (await keys.finish("backup", begun, keys.codes[1])).code == 60006


async def test_an_account_comes_back_with_both_factors_only(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    leaving = {"password": PASSWORD}
    refused = await keys.person.refused("POST", "/users/@me/disable", leaving)
    headers = await keys.prove(refused, "backup", keys.codes[0])
    await keys.person.post("/users/@me/disable", leaving, headers=headers)
    assert (await keys.finish("backup", await keys.begin(), keys.codes[1])).code == 20013
    body = {"login": keys.name, "password": PASSWORD, "undelete": True}
    begun = await server.guest.post("/auth/login", body)
    assert begun["token"] is None
    assert (await keys.finish("backup", await keys.begin(), keys.codes[1])).code == 20013
    assert (await keys.finish("backup", begun, keys.codes[1])).status == 200


async def test_an_unknown_way_to_prove_it_is_not_there(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = await keys.begin()
    for method in ("sms", "everything", "totp%00"):
        assert (await keys.finish(method, begun, keys.codes[0])).status in {400, 404}
    assert (await keys.finish("password", begun, PASSWORD)).code == 60008


async def test_a_backup_code_stands_in_once(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    spoken = f" {keys.codes[0][:4].upper()}-{keys.codes[0][4:]} "
    assert (await keys.finish("backup", await keys.begin(), spoken)).status == 200
    assert (await keys.finish("backup", await keys.begin(), keys.codes[0])).code == 60008
    assert (await keys.finish("totp", await keys.begin(), keys.codes[1])).status == 200


async def test_somebody_elses_backup_code_is_none(server: Server) -> None:
    keys, other = await Keychain.with_totp(server), await Keychain.with_totp(server)
    assert (await keys.finish("backup", await keys.begin(), other.codes[0])).code == 60008


async def test_of_many_who_bring_a_backup_code_at_once_one_gets_in(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    begun = [await keys.begin() for _ in range(5)]
    tries = [keys.finish("backup", one, keys.codes[0]) for one in begun]
    replies = await asyncio.gather(*tries)
    assert sorted(reply.status for reply in replies) == [200, 400, 400, 400, 400]


async def test_backup_codes_are_replaced_with_password_and_factor(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    path, body = "/users/@me/mfa/codes", {"password": PASSWORD, "regenerate": True}
    assert (await keys.person.refused("POST", path, {**body, "password": "no"})).code == 50035
    refused = await keys.person.refused("POST", path, body)
    assert (refused.status, refused.code) == (401, 60003)
    headers = await keys.prove(refused, "backup", keys.codes[0])
    seen = await keys.person.post(path, {"password": PASSWORD}, headers=headers)
    assert sorted(one["consumed"] for one in seen["backup_codes"]) == [False] * 9 + [True]
    assert {one["code"] for one in seen["backup_codes"]} == {"********"}
    made = await keys.person.post(path, body, headers=headers)
    fresh = [one["code"] for one in made["backup_codes"]]
    assert (await keys.finish("backup", await keys.begin(), keys.codes[1])).code == 60008
    assert (await keys.finish("backup", await keys.begin(), fresh[0])).status == 200


async def test_backup_codes_are_viewed_and_replaced_by_challenge(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    path = "/users/@me/mfa/codes-verification"
    ask = "/auth/verify/view-backup-codes-challenge"
    assert (await keys.person.refused("POST", ask, {"password": "no"})).code == 50035
    asked = await keys.person.post(ask, {"password": PASSWORD})
    crossed = {"key": keys.codes[0], "nonce": asked["nonce"], "regenerate": True}
    assert (await keys.person.refused("POST", path, crossed)).code == 60006
    wrong = {"key": keys.wrong_code(), "nonce": asked["nonce"]}
    assert (await keys.person.refused("POST", path, wrong)).code == 60008
    seen = await keys.person.post(path, {"key": keys.code(), "nonce": asked["nonce"]})
    assert len(seen["backup_codes"]) == 10
    again = {"key": keys.codes[0], "nonce": asked["nonce"]}
    assert (await keys.person.refused("POST", path, again)).code == 60006
    renew = {"key": keys.codes[0], "nonce": asked["regenerate_nonce"], "regenerate": True}
    made = await keys.person.post(path, renew)
    assert {one["code"] for one in made["backup_codes"]}.isdisjoint(keys.codes)


async def test_secrets_and_codes_are_not_to_be_read_in_the_database(
    own_server: Server, database: str
) -> None:
    keys = await Keychain.with_totp(own_server)
    rows = await told(database, "select secret from factors")
    kept = " ".join(row["secret"] for row in rows)
    assert len(rows) == 12
    assert keys.secret not in kept
    assert not any(code in kept for code in keys.codes)
    path = own_server.data / "keys.json"
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_secret_moved_to_another_account_opens_nothing(
    own_server: Server, database: str
) -> None:
    thief, victim = await Keychain.with_totp(own_server), await Keychain.with_totp(own_server)
    await told(
        database,
        """
        update factors set secret = (
            select secret from factors where kind = 'totp' and user_id = $2
        )
        where kind = 'totp' and user_id = $1
        """,
        int(victim.person.id),
        int(thief.person.id),
    )
    thief.person = victim.person
    reply = await victim.finish("totp", await victim.begin(), thief.code())
    assert reply.status >= 400


async def test_the_factor_survives_a_restart(database: str, tmp_path: Any) -> None:
    where = {"RIFT_RATE_LIMITS": "off", "DATABASE_URL": database}
    async with running_server(tmp_path, where) as server:
        keys = await Keychain.with_totp(server)
    async with running_server(tmp_path, where) as server:
        keys.server = server
        assert (await keys.finish("totp", await keys.begin(), keys.code())).status == 200


async def test_what_could_cost_the_account_asks_for_the_factor_again(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    refused = await keys.person.refused("POST", DISABLE)
    assert (refused.status, refused.code) == (401, 60003)
    assert refused.body["mfa"]["methods"] == [
        {"type": "totp", "backup_codes_allowed": True},
        {"type": "backup"},
    ]
    for method, path, body in (
        ("POST", "/auth/sessions/logout", {"session_id_hashes": ["x"]}),
        ("PATCH", "/users/@me", {"password": PASSWORD, "new_password": "another one of mine"}),
        ("PATCH", "/users/@me", {"password": PASSWORD, "email": "new@example.org"}),
        ("POST", "/users/@me/disable", {"password": PASSWORD}),
        ("POST", "/users/@me/delete", {"password": PASSWORD}),
        ("POST", KEYS, {}),
        ("PATCH", f"{KEYS}/1", {"name": "x"}),
        ("DELETE", f"{KEYS}/1", None),
    ):
        assert (await keys.person.refused(method, path, body)).code == 60003
    assert await keys.person.patch("/users/@me", {"bio": "this needs nothing"})
    headers = await keys.prove(refused, "totp", keys.code())
    token = (await keys.person.post(DISABLE, headers=headers))["token"]
    keys.become(token)
    assert (await keys.person.get("/users/@me"))["mfa_enabled"] is False
    assert "token" in await keys.begin()
    assert (await keys.begin())["token"] is not None


async def test_a_proof_is_its_sessions_alone(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    other = await keys.log_in()
    refused = await keys.person.refused("POST", DISABLE)
    body = {"ticket": refused.body["mfa"]["ticket"], "mfa_type": "backup", "data": keys.codes[0]}
    assert (await other.refused("POST", "/mfa/finish", body)).code == 60006
    headers = await keys.prove(refused, "backup", keys.codes[0])
    assert (await other.refused("POST", DISABLE, headers=headers)).code == 60003
    forged = {"X-Discord-MFA-Authorization": "eyJhbGciOiJub25lIn0.e30."}
    assert (await other.refused("POST", DISABLE, headers=forged)).code == 60003


async def test_the_password_does_not_stand_in_for_a_factor(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    refused = await keys.person.refused("POST", DISABLE)
    body = {"ticket": refused.body["mfa"]["ticket"], "mfa_type": "password", "data": PASSWORD}
    assert (await keys.person.refused("POST", "/mfa/finish", body)).code == 60008


async def test_bots_have_no_factors_but_their_owners(server: Server) -> None:
    keys = await Keychain.new(server)
    bot = await server.bot(keys.person)
    assert (await bot.get("/users/@me"))["mfa_enabled"] is False
    await keys.enable()
    shown = await bot.get("/users/@me")
    assert shown["mfa_enabled"] is True
    assert not {"authenticator_types", "admin"} & shown.keys()
    for method, path, body in (
        ("POST", ENABLE, {"password": "x"}),
        ("POST", DISABLE, None),
        ("POST", KEYS, {}),
        ("GET", KEYS, None),
        ("POST", "/users/@me/mfa/codes", {"password": "x"}),
        ("POST", "/mfa/finish", {"ticket": "x", "mfa_type": "totp", "data": "x"}),
    ):
        assert (await bot.refused(method, path, body)).code == 20001


async def test_a_bot_is_told_of_its_owners_second_factor(server: Server) -> None:
    keys = await Keychain.new(server)
    bot = await server.bot(keys.person)
    async with server.gateway(bot, intents=1) as gateway:
        await keys.enable()
        assert (await gateway.expect("USER_UPDATE")).data["mfa_enabled"] is True
    assert (await bot.get("/users/@me"))["mfa_enabled"] is True
