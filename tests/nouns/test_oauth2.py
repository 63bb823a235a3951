"""OAuth2: consent, codes and tokens, how they are spent and how they end."""

import asyncio
import base64
import hashlib
from datetime import timedelta
from typing import Final

import pytest

from rift.core.oauth2 import verbs as oauth2
from rift.core.unit import Unit
from tests.nouns.elsewhere import BACK, Client, aged, answered, told, works
from tests.nouns.parlour import parlour
from tests.server import Server

PUBLIC: Final = 1 << 8
VERIFIER: Final = "a-verifier_of~the.right-length-that-nobody-guesses"


async def test_a_person_logs_in_elsewhere(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    location = await client.consent(person, "identify guilds", state="a b&c")
    assert location.startswith("https://example.org/back?from=rift&code=")
    assert answered(location)["state"] == "a b&c"
    reply = await client.redeem(answered(location)["code"])
    assert reply.status == 200
    assert reply.headers["Cache-Control"] == "no-store"
    made = reply.body
    assert made == {
        "access_token": made["access_token"],
        "refresh_token": made["refresh_token"],
        "token_type": "Bearer",
        "expires_in": 604_800,
        "scope": "identify guilds",
    }
    me = await client.bearer(made["access_token"]).get("/users/@me")
    assert me["id"] == person.id


async def test_the_secret_may_come_in_the_header(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    assert (await client.redeem(await client.code(person), basic=True)).status == 200


async def test_a_token_comes_behind_the_hash(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    location = await client.consent(person, response_type="token", state="x")
    given = answered(location)
    assert location.startswith(f"{BACK}#")
    assert (given["token_type"], given["expires_in"], given["scope"], given["state"]) == (
        "Bearer",
        "604800",
        "identify",
        "x",
    )
    assert await works(client.bearer(given["access_token"]))


@pytest.mark.parametrize("kind", ["code", "token"])
async def test_who_declines_is_sent_back_without_anything(server: Server, kind: str) -> None:
    client, person = await Client.registered(server), await server.person()
    path = client.path(response_type=kind, state="x")
    location = (await person.post(path, {"authorize": False}))["location"]
    assert location.startswith(BACK)
    assert answered(location)["error"] == "access_denied"
    assert answered(location)["state"] == "x"
    assert await person.get("/oauth2/tokens") == []


@pytest.mark.parametrize(
    ("field", "query"),
    [
        ("redirect_uri", {"redirect_uri": "https://example.org/back"}),
        ("redirect_uri", {"redirect_uri": f"{BACK}&more=1"}),
        ("redirect_uri", {"redirect_uri": "https://example.org.evil.example/back?from=rift"}),
        ("scope", {"scope": "identify messages.read"}),
        ("scope", {"scope": " "}),
        ("response_type", {"response_type": ""}),
        ("response_type", {"response_type": "id_token"}),
        ("code_challenge", {"code_challenge_method": "S256"}),
        ("code_challenge", {"code_challenge": "short"}),
    ],
)
async def test_a_wrong_question_is_answered_here_and_sends_nobody_anywhere(
    server: Server, field: str, query: dict[str, str]
) -> None:
    client, person = await Client.registered(server), await server.person()
    path = client.path(**query)
    for method, body in (
        ("GET", None),
        ("POST", {"authorize": True}),
        ("POST", {"authorize": False}),
    ):
        assert field in (await person.refused(method, path, body)).body["errors"]


async def test_without_a_redirect_uri_the_first_registered_is_taken(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    location = await client.consent(person, redirect_uri="")
    assert location.startswith(BACK)
    assert (await client.redeem(answered(location)["code"])).status == 200


async def test_an_application_without_redirect_uris_logs_nobody_in(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    await client.owner.patch(f"/applications/{client.id}", {"redirect_uris": []})
    for uri in ("", BACK):
        reply = await person.refused("GET", client.path(redirect_uri=uri))
        assert "redirect_uri" in reply.body["errors"]


async def test_bots_consent_to_nothing(server: Server) -> None:
    client = await Client.registered(server)
    bot = await server.bot(client.owner)
    assert (await bot.refused("POST", client.path(), {})).code == 20001
    assert (await bot.refused("GET", "/oauth2/tokens")).code == 20001


# Codes.


async def test_a_code_used_twice_ends_what_it_gave(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    code = await client.code(person)
    made = (await client.redeem(code)).body
    api = client.bearer(made["access_token"])
    assert await works(api)
    again = await client.redeem(code)
    assert (again.status, again.body["error"]) == (400, "invalid_grant")
    assert not await works(api)
    assert (await client.refresh(made["refresh_token"])).status == 400


async def test_of_exchanges_at_once_one_succeeds_at_most(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    code = await client.code(person)
    replies = await asyncio.gather(*(client.redeem(code) for _ in range(8)))
    assert sorted({reply.status for reply in replies}) == [200, 400]
    assert sum(reply.status == 200 for reply in replies) == 1


async def test_a_code_is_for_its_client_alone(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    thief = await Client.registered(server)
    code = await client.code(person)
    assert (await thief.redeem(code)).body["error"] == "invalid_grant"
    assert (await client.redeem(code)).status == 200


@pytest.mark.parametrize("uri", ["https://example.org/other", "https://example.org/back", ""])
async def test_a_code_is_for_the_address_it_was_sent_to(server: Server, uri: str) -> None:
    client, person = await Client.registered(server), await server.person()
    code = await client.code(person)
    assert (await client.redeem(code, redirect_uri=uri)).body["error"] == "invalid_grant"
    assert (await client.redeem(code)).status == 400, "and it is spent by the attempt"


async def test_a_code_lives_ten_minutes(own_server: Server, database: str) -> None:
    client, person = await Client.registered(own_server), await own_server.person()
    code = await client.code(person)
    await aged(database, timedelta(minutes=9))
    assert (await client.redeem(code)).status == 200
    code = await client.code(person)
    await aged(database, timedelta(minutes=10, seconds=1))
    assert (await client.redeem(code)).body["error"] == "invalid_grant"


@pytest.mark.parametrize("method", ["S256", "plain", ""])
async def test_who_asked_for_a_code_proves_it(server: Server, method: str) -> None:
    client, person = await Client.registered(server), await server.person()
    challenge = VERIFIER
    if method == "S256":
        digest = hashlib.sha256(VERIFIER.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    asked = {"code_challenge": challenge, "code_challenge_method": method}
    code = await client.code(person, **asked)
    assert (await client.redeem(code, code_verifier=VERIFIER)).status == 200
    for wrong in ({}, {"code_verifier": VERIFIER[:-1]}, {"code_verifier": "\u00e9" * 43}):
        code = await client.code(person, **asked)
        assert (await client.redeem(code, **wrong)).body["error"] == "invalid_grant"


async def test_a_public_client_has_no_secret(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    asked = {"code_challenge": challenge, "code_challenge_method": "S256"}
    secret, client.secret = client.secret, ""
    assert (
        await client.redeem(await client.code(person, **asked), code_verifier=VERIFIER)
    ).status == 401
    own = f"/applications/{client.id}"
    assert (await client.owner.patch(own, {"flags": PUBLIC | 1 << 15}))["flags"] == PUBLIC | 1 << 15
    made = await client.redeem(await client.code(person, **asked), code_verifier=VERIFIER)
    assert await works(client.bearer(made.body["access_token"]))
    fresh = await client.refresh(made.body["refresh_token"])
    token = fresh.body["access_token"]
    assert await works(client.bearer(token))
    refused = [
        await client.redeem(await client.code(person)),
        await client.redeem(await client.code(person, **asked)),
        await client.call("/oauth2/token", grant_type="client_credentials", scope="identify"),
        await client.call("/oauth2/token/revoke", token=token, client_secret="wrong"),
    ]
    assert [reply.body["error"] for reply in refused] == ["invalid_client"] * 4
    stolen = await client.redeem(
        await client.code(person, **asked), code_verifier=VERIFIER[:-1] + "x"
    )
    assert stolen.body["error"] == "invalid_grant"
    plain = client.path(code_challenge=VERIFIER, code_challenge_method="plain")
    assert (await person.refused("POST", plain, {"authorize": True})).code == 50035
    assert (await client.call("/oauth2/token/revoke", token=token)).status == 200
    assert not await works(client.bearer(token))
    client.secret = secret
    assert (await client.redeem(await client.code(person))).status == 200


async def test_an_app_is_returned_to_by_a_scheme_of_its_own(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    own, back = f"/applications/{client.id}", "org.example.app:/signed-in"
    await client.owner.patch(own, {"redirect_uris": [back]})
    location = await client.consent(person, redirect_uri=back)
    assert location.startswith(f"{back}?code=")
    for wrong in ("javascript:alert(1)", "app:/back", "data:text/html,x", "org.example:back"):
        assert (await client.owner.refused("PATCH", own, {"redirect_uris": [wrong]})).code == 50035


async def test_a_proof_nobody_asked_for_is_suspicious(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    code = await client.code(person)
    assert (await client.redeem(code, code_verifier=VERIFIER)).body["error"] == "invalid_grant"


# Clients.


async def test_a_client_needs_its_secret(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    code = await client.code(person)
    for wrong in (
        {"client_secret": "guessed"},
        {"client_secret": ""},
        {"client_id": "1"},
        {"client_id": person.id},
    ):
        reply = await client.redeem(code, **wrong)
        assert (reply.status, reply.body["error"]) == (401, "invalid_client")
        assert reply.headers["WWW-Authenticate"].startswith("Basic")
    assert (await client.redeem(code)).status == 200


async def test_an_application_that_never_had_a_secret_has_none_that_fits(server: Server) -> None:
    client = await Client.registered(server)
    made = await client.owner.post("/applications", {"name": "Bare"})
    client.id = made["id"]
    for secret in ("", "x"):
        reply = await client.call("/oauth2/token", client_secret=secret, grant_type="refresh_token")
        assert reply.status == 401


@pytest.mark.parametrize("header", ["Basic", "Basic %%%", "Basic /w==", "Basic Og==", "Basic OTk="])
async def test_a_broken_header_is_no_client(server: Server, header: str) -> None:
    address = f"{server.url}/api/v10/oauth2/token"
    form = {"grant_type": "client_credentials"}
    sent = {"Authorization": header}
    async with server.http.post(address, data=form, headers=sent) as response:
        assert response.status == 401
        assert (await response.json())["error"] == "invalid_client"


async def test_a_new_secret_ends_the_one_before_and_is_its_owners_affair(server: Server) -> None:
    client, stranger = await Client.registered(server), await server.person()
    path = f"/applications/{client.id}/reset"
    assert (await stranger.refused("POST", path, {})).code == 20012
    before, client.secret = client.secret, (await client.owner.post(path, {}))["secret"]
    assert "secret" not in str(await client.owner.get(f"/applications/{client.id}"))
    form = {"grant_type": "client_credentials"}
    assert (await client.call("/oauth2/token", **form)).status == 200
    client.secret = before
    assert (await client.call("/oauth2/token", **form)).status == 401


async def test_a_client_learns_of_its_owner_without_asking(server: Server) -> None:
    client = await Client.registered(server)
    form = {"grant_type": "client_credentials", "scope": "identify connections"}
    reply = await client.call("/oauth2/token", basic=True, **form)
    assert (reply.status, reply.body["scope"]) == (200, "identify connections")
    assert "refresh_token" not in reply.body
    me = await client.bearer(reply.body["access_token"]).get("/users/@me")
    assert me["id"] == client.owner.id
    for scope in ("bot", "applications.commands", "rpc", " "):
        reply = await client.call("/oauth2/token", grant_type="client_credentials", scope=scope)
        assert reply.body["error"] == "invalid_scope"


@pytest.mark.parametrize("kind", ["password", "implicit", ""])
async def test_other_grants_are_not_made(server: Server, kind: str) -> None:
    client = await Client.registered(server)
    reply = await client.call("/oauth2/token", grant_type=kind)
    assert (reply.status, reply.body["error"]) == (400, "unsupported_grant_type")


# Refreshing and revoking.


async def test_a_refresh_token_is_good_once_and_brings_the_next(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    first = await client.tokens(person, "identify guilds")
    second = (await client.refresh(first["refresh_token"])).body
    assert second["scope"] == "identify guilds"
    assert await works(client.bearer(second["access_token"]))
    assert not await works(client.bearer(first["access_token"]))
    third = (await client.refresh(second["refresh_token"])).body
    assert (await client.refresh(first["refresh_token"])).body["error"] == "invalid_grant"
    assert not await works(client.bearer(third["access_token"])), "a thief is among them"
    assert (await client.refresh(third["refresh_token"])).status == 400


async def test_of_refreshes_at_once_one_succeeds(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    token = (await client.tokens(person))["refresh_token"]
    replies = await asyncio.gather(*(client.refresh(token) for _ in range(8)))
    assert sorted(reply.status for reply in replies) == [200] + [400] * 7


async def test_a_token_is_none_of_the_other_kind(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    code = await client.code(person)
    assert (await client.refresh(code)).status == 400
    made = (await client.redeem(code)).body
    assert (await client.redeem(made["refresh_token"])).status == 400
    assert (await client.refresh(made["access_token"])).status == 400
    assert not await works(client.bearer(made["refresh_token"]))
    assert await works(client.bearer(made["access_token"]))


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
async def test_either_token_revokes_both(server: Server, which: str) -> None:
    client, person = await Client.registered(server), await server.person()
    stranger = await Client.registered(server)
    made = await client.tokens(person)
    for other, ended in ((stranger, False), (client, True), (client, True)):
        reply = await other.call("/oauth2/token/revoke", token=made[which])
        assert (reply.status, reply.body) == (200, {})
        assert await works(client.bearer(made["access_token"])) is not ended
    assert (await client.refresh(made["refresh_token"])).status == 400


async def test_a_revocation_at_the_same_time_as_a_refresh(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    for _ in range(5):
        made = await client.tokens(person)
        replies = await asyncio.gather(
            client.refresh(made["refresh_token"]),
            client.call("/oauth2/token/revoke", token=made["access_token"]),
            client.call("/oauth2/token/revoke", token=made["refresh_token"]),
        )
        assert [reply.status for reply in replies if reply.status >= 500] == []


async def test_a_user_sees_what_they_allowed_and_takes_it_back(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    stranger = await server.person()
    api, other = await client.api(person, "identify"), await client.api(person, "guilds")
    [shown] = await person.get("/oauth2/tokens")
    assert (shown["application"]["id"], shown["scopes"]) == (client.id, ["guilds", "identify"])
    assert (await person.get(client.path("identify")))["authorized"] is True
    assert (await person.get(client.path("email")))["authorized"] is False
    path = f"/oauth2/tokens/{shown['id']}"
    assert (await stranger.refused("DELETE", path)).code == 10012
    await person.delete(path)
    assert await person.get("/oauth2/tokens") == []
    for ended in (api, other):
        assert not await works(ended)


async def test_a_deleted_application_has_no_tokens(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    api = await client.api(person)
    assert (await client.owner.get(f"/applications/{client.id}"))[
        "approximate_user_authorization_count"
    ] == 1
    await client.owner.delete(f"/applications/{client.id}")
    assert (await api.refused("GET", "/users/@me")).code == 50025
    assert await person.get("/oauth2/tokens") == []


async def test_a_new_password_leaves_grants_a_disabled_account_does_not(
    own_server: Server, database: str
) -> None:
    client, person = await Client.registered(own_server), await own_server.person()
    made = await client.tokens(person)
    api = client.bearer(made["access_token"])
    words = {"password": "correct horse battery", "new_password": "another horse battery"}
    await person.patch("/users/@me", words)
    assert await works(api)
    await told(database, "update users set disabled = true where id = $1", int(person.id))
    assert not await works(api)
    assert (await client.refresh(made["refresh_token"])).status == 400


async def test_an_access_token_lives_seven_days(own_server: Server, database: str) -> None:
    client, person = await Client.registered(own_server), await own_server.person()
    made = await client.tokens(person)
    api = client.bearer(made["access_token"])
    await aged(database, timedelta(days=6, hours=23))
    assert await works(api)
    await aged(database, timedelta(hours=1, seconds=1))
    assert (await api.refused("GET", "/users/@me")).code == 50025
    assert (await client.refresh(made["refresh_token"])).status == 200


async def test_only_hashes_are_kept(own_server: Server, database: str) -> None:
    client, person = await Client.registered(own_server), await own_server.person()
    code = await client.code(person)
    made = (await client.redeem(code)).body
    rows = str(await told(database, "select * from oauth2_tokens"))
    rows += str(await told(database, "select * from oauth2_grants"))
    rows += str(await told(database, "select * from applications"))
    for secret in (code, made["access_token"], made["refresh_token"], client.secret):
        assert secret not in rows


# Bots that come with a login.


async def test_a_bot_comes_along_with_a_login(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    guild = await person.guild()
    path = client.path("bot identify applications.commands", permissions="8")
    body = {"authorize": True, "guild_id": guild["id"]}
    assert "guild_id" in (await person.refused("POST", path, {})).body["errors"]
    given = answered((await person.post(path, body))["location"])
    assert (given["guild_id"], given["permissions"]) == (guild["id"], "8")
    made = (await client.redeem(given["code"])).body
    assert made["guild"]["id"] == guild["id"]
    assert made["scope"] == "bot identify applications.commands"
    members = await person.get(f"/guilds/{guild['id']}/members?limit=5")
    assert {one["user"]["id"] for one in members} == {person.id, client.id}


async def test_a_private_bot_may_still_log_people_in(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    await client.owner.patch(f"/applications/{client.id}", {"bot_public": False})
    assert (await client.redeem(await client.code(person))).status == 200
    assert (await person.refused("GET", client.path("bot identify"))).code == 20012


async def test_a_bot_that_wants_a_login_comes_with_one_only(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    guild = await person.guild()
    await client.owner.patch(f"/applications/{client.id}", {"bot_require_code_grant": True})
    body = {"authorize": True, "guild_id": guild["id"]}
    path = client.path("bot", response_type="", redirect_uri="")
    assert "response_type" in (await person.refused("POST", path, body)).body["errors"]
    assert "code" in answered((await person.post(client.path("bot"), body))["location"])


GRANTED = """
insert into oauth2_grants (id, application_id, user_id, scopes, expires_at)
values ($1, 70, $2, '{identify}', now() + make_interval(secs => $3))
"""


async def test_what_has_ended_by_itself_is_forgotten_by_and_by(database: str) -> None:
    async with parlour(database) as house:
        await house.run(
            "insert into applications (id, owner_id, name, verify_key) values (70, $1, 'it', '')",
            house.ann.id,
        )
        for id_, seconds in (("1", -5), ("2", 50)):
            await house.run(GRANTED, id_, house.ann.id, seconds)
            await house.run(
                "insert into oauth2_tokens values ($1::bytea, $2, 'code', now())",
                id_.encode(),
                id_,
            )
        async with Unit(house.house) as unit:
            await oauth2.prune(unit)
        assert [row["id"] for row in await house.rows("select id from oauth2_grants")] == ["2"]
        left = await house.rows("select grant_id from oauth2_tokens")
        assert [row["grant_id"] for row in left] == ["2"]
