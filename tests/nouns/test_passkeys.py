"""Passkeys: whole ceremonies, as a second factor and alone, and everything that must not pass."""

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.authenticator import Passkey
from tests.nouns.elsewhere import told
from tests.nouns.keychain import KEYS, PASSWORD, Keychain
from tests.server import LIFTED, Server, running_server


async def alone(server: Server, key: Passkey, start: str = "conditional", **forged: Any) -> Any:
    """A login without a name or a password."""
    asked = await server.guest.post(f"/auth/{start}/start")
    signed = key.sign(asked["challenge"], **forged)
    return await finish(server, asked["ticket"], signed)


async def finish(server: Server, ticket: str, credential: str) -> Any:
    body = {"ticket": ticket, "credential": credential}
    return await server.guest.call("POST", "/auth/conditional/finish", body)


async def test_a_passkey_is_taken_in_and_shown(server: Server) -> None:
    keys = await Keychain.new(server)
    async with server.gateway(keys.person) as gateway:
        _, added = await keys.passkey("Telephone")
        told_of = await gateway.expect("AUTHENTICATOR_CREATE")
        assert told_of.data["id"] == added["id"]
    assert (added["name"], added["type"], len(added["backup_codes"])) == ("Telephone", 1, 10)
    [shown] = await keys.person.get(KEYS)
    assert shown == {"id": added["id"], "name": "Telephone", "type": 1, "last_used": None}
    assert (await keys.person.get("/users/@me"))["mfa_enabled"] is True


async def test_what_is_asked_of_the_browser_names_the_site_and_the_user(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    asked = await keys.person.post(KEYS, {}, headers=await keys.proof())
    options = json.loads(asked["challenge"])["publicKey"]
    assert options["rp"] == {"id": "127.0.0.1", "name": "Rift"}
    assert options["user"]["name"] == keys.name
    assert key.user_handle == keys.person.id.encode()
    assert len(options["excludeCredentials"]) == 1
    login = json.loads((await keys.begin())["webauthn"])["publicKey"]
    assert len(login["allowCredentials"]) == 1
    assert login["userVerification"] == "preferred"


async def test_without_a_factor_the_password_is_asked_for(server: Server) -> None:
    keys = await Keychain.new(server)
    refused = await keys.person.refused("POST", KEYS, {})
    assert refused.body["mfa"]["methods"] == [{"type": "password"}]
    body = {"ticket": refused.body["mfa"]["ticket"], "mfa_type": "password", "data": "wrong"}
    assert (await keys.person.refused("POST", "/mfa/finish", body)).code == 50035


async def test_a_passkey_is_a_second_factor(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    begun = await keys.begin()
    assert (begun["mfa"], begun["totp"], begun["backup"]) == (True, False, True)
    reply = await keys.finish("webauthn", begun, key.sign(begun["webauthn"], verified=False))
    assert reply.status == 200
    assert (await keys.person.get(KEYS))[0]["last_used"] is not None


@pytest.mark.parametrize("start", ["conditional", "passwordless"])
async def test_a_passkey_that_knows_its_user_logs_in_alone(server: Server, start: str) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    reply = await alone(server, key, start)
    assert reply.status == 200
    assert reply.body["user_id"] == keys.person.id
    assert await server.guest.with_token(reply.body["token"]).get("/users/@me")


async def test_alone_the_authenticator_must_have_known_its_user(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    assert (await alone(server, key, verified=False)).code == 60008


@pytest.mark.parametrize(
    "forged",
    [
        {"origin": "https://evil.example"},
        {"site": "evil.example"},
        {"challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"user_handle": b"1"},
        {"user_handle": b""},
    ],
)
async def test_what_was_signed_for_another_page_or_person_is_refused(
    server: Server, forged: dict[str, Any]
) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    assert (await alone(server, key, **forged)).code == 60008


async def test_a_signature_by_another_key_is_refused(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    asked = await keys.person.post(KEYS, {}, headers=await keys.proof())
    stranger = Passkey(server.url, asked["challenge"])
    assert (await alone(server, stranger)).code == 60008
    stranger.id = key.id
    assert (await alone(server, stranger)).code == 60008


async def test_somebody_elses_passkey_is_no_second_factor(server: Server) -> None:
    keys, other = await Keychain.new(server), await Keychain.new(server)
    await keys.passkey()
    theirs, _ = await other.passkey()
    begun = await keys.begin()
    reply = await keys.finish("webauthn", begun, theirs.sign(begun["webauthn"]))
    assert reply.code == 60008


async def test_a_challenge_is_answered_once(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey(counts=False)
    asked = await server.guest.post("/auth/conditional/start")
    signed = key.sign(asked["challenge"])
    replies = await asyncio.gather(*(finish(server, asked["ticket"], signed) for _ in range(4)))
    assert sorted(reply.status for reply in replies) == [200, 400, 400, 400]
    again = await server.guest.post("/auth/conditional/start")
    assert (await finish(server, again["ticket"], signed)).code == 60008


async def test_a_copied_passkey_is_found_out_by_its_counter(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    assert (await alone(server, key)).status == 200
    key.count -= 1
    assert (await alone(server, key)).code == 60008
    [incident] = (await keys.person.get("/auth/sessions"))["incidents"]
    assert incident["kind"] == "passkey_copied"
    key.count += 5
    assert (await alone(server, key)).status == 200


async def test_a_key_without_a_counter_is_as_good(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey(counts=False)
    for _ in range(2):
        assert (await alone(server, key)).status == 200


@pytest.mark.parametrize(
    "answer",
    ["", "{}", "[]", "null", "[" * 16_000, '{"id": "a"}', '{"id": "\\u0000", "rawId": "ä"}'],
)
async def test_an_answer_that_is_none_is_refused(server: Server, answer: str) -> None:
    keys = await Keychain.new(server)
    proof = await keys.proof()
    asked = await keys.person.post(KEYS, {}, headers=proof)
    body = {"ticket": asked["ticket"], "credential": answer}
    reply = await keys.person.refused("POST", KEYS, body, headers=proof)
    assert reply.code in {60008, 50035}
    start = await server.guest.post("/auth/conditional/start")
    assert (await finish(server, start["ticket"], answer)).code in {60008, 50035}


async def test_pieces_of_an_answer_may_be_anything(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    asked = await server.guest.post("/auth/conditional/start")
    good = json.loads(key.sign(asked["challenge"]))
    for field in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for value in ("", "A", "AAAA", "!!!", 5, None, {}):
            start = await server.guest.post("/auth/conditional/start")
            broken = {**good, "response": {**good["response"], field: value}}
            assert (await finish(server, start["ticket"], json.dumps(broken))).code == 60008


async def test_a_passkey_is_not_taken_in_twice(server: Server) -> None:
    keys = await Keychain.new(server)
    key, _ = await keys.passkey()
    other = await Keychain.new(server)
    proof = await other.proof()
    asked = await other.person.post(KEYS, {}, headers=proof)
    copy = Passkey(server.url, asked["challenge"], id_=key.id)
    body = {"ticket": asked["ticket"], "credential": copy.made}
    reply = await other.person.refused("POST", KEYS, body, headers=proof)
    assert reply.body["errors"]["credential"]["_errors"][0]["code"] == "PASSKEY_KNOWN"
    assert await other.person.get(KEYS) == []


async def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(server: Server) -> None:
    keys, other = await Keychain.new(server), await Keychain.new(server)
    key, added = await keys.passkey()
    await other.passkey()
    path = f"{KEYS}/{added['id']}"
    stranger = await other.proof()
    assert (await other.person.refused("DELETE", path, headers=stranger)).status == 404
    renaming = {"name": "Mine"}
    assert (await other.person.refused("PATCH", path, renaming, headers=stranger)).status == 404
    proof = await keys.proof()
    async with server.gateway(keys.person) as gateway:
        shown = await keys.person.patch(path, renaming, headers=proof)
        assert shown["name"] == "Mine"
        assert (await gateway.expect("AUTHENTICATOR_UPDATE")).data["name"] == "Mine"
        reply = await keys.person.call("DELETE", path, headers=proof)
        assert reply.status == 204
        gone = await gateway.expect("AUTHENTICATOR_DELETE")
        assert gone.data == {"id": added["id"], "type": 1}
    assert (await alone(server, key)).code == 60008
    assert (await keys.person.get("/users/@me"))["mfa_enabled"] is False
    assert (await keys.begin())["token"] is not None


async def test_a_disabled_account_has_no_way_in_by_passkey(
    own_server: Server, database: str
) -> None:
    keys = await Keychain.new(own_server)
    key, _ = await keys.passkey()
    await told(database, "update users set disabled = true")
    assert (await alone(own_server, key)).code == 20013


async def test_an_account_without_a_password_is_nobodys_to_claim(
    own_server: Server, database: str
) -> None:
    keys = await Keychain.new(own_server)
    await told(database, "delete from factors where kind = 'password'")
    for password in (PASSWORD, "", "null", "!"):
        body = {"login": keys.name, "password": password}
        assert (await own_server.guest.refused("POST", "/auth/login", body)).code == 50035
        taking = {"username": keys.name, "password": "a password of mine"}
        reply = await own_server.guest.refused("POST", "/auth/register", taking)
        assert "username" in reply.body["errors"]
    changing = {"password": "", "new_password": "a password of mine"}
    assert (await keys.person.refused("PATCH", "/users/@me", changing)).code == 50035
    assert await told(database, "select from factors where kind = 'password'") == []


async def test_the_public_address_is_what_passkeys_hold_to(database: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    public = f"http://chat.example.org:{port}"
    where = {**LIFTED, "DATABASE_URL": database, "RIFT_SERVER_PUBLIC_URL": public}
    async with running_server(tmp_path, where, "--port", str(port)) as server:
        server.url = f"http://127.0.0.1:{port}"
        keys = await Keychain.new(server)
        proof = await keys.proof()
        for origin, status in ((server.url, 400), (public, 200)):
            asked = await keys.person.post(KEYS, {}, headers=proof)
            key = Passkey(origin, asked["challenge"])
            assert key.site == "chat.example.org"
            body = {"ticket": asked["ticket"], "credential": key.made}
            reply = await keys.person.call("POST", KEYS, body, headers=proof)
            assert reply.status == status
        assert (await alone(server, key)).status == 200


async def test_guesses_with_passkeys_have_to_wait(strict_server: Server) -> None:
    for _ in range(5):
        assert (await finish(strict_server, "x", "{}")).code == 60006
    reply = await finish(strict_server, "x", "{}")
    assert reply.status == 429
    assert reply.body["retry_after"] > 200
