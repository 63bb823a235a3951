"""E-mail: addresses are confirmed, changes are told, and a lost password comes back, once."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api import Api, Person
from tests.mailbox import Mailbox, html_of, open_mailbox, posting_server, text_of, token_in
from tests.nouns.elsewhere import told
from tests.patience import until
from tests.server import LIFTED, Server

PASSWORD = "correct horse battery"
NEW = "an entirely different password"
_DUE = "with due as (update mails set due_at = now()) select pg_notify('rift', 'mail')"


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
async def office(database: str, tmp_path: Path, mailbox: Mailbox) -> AsyncIterator[Server]:
    """A server that sends mail."""
    where = {**LIFTED, "DATABASE_URL": database, **mailbox.environment}
    async with posting_server(tmp_path, where) as server:
        yield server


async def log_in(api: Api, login: str, password: str) -> Any:
    return await api.call("POST", "/auth/login", {"login": login, "password": password})


async def verified(office: Server, mailbox: Mailbox, name: str = "ada") -> Person:
    """Somebody whose address is confirmed; their letter is the next to come."""
    number = len(mailbox.letters) + 1
    person = await office.person(name, email=f"{name}@example.org")
    token = token_in(await mailbox.letter(number))
    await office.guest.post("/auth/verify", {"token": token})
    return person


async def test_a_new_address_is_confirmed_by_the_letter_sent_there(
    office: Server, mailbox: Mailbox
) -> None:
    assert (await office.guest.get("/instance"))["mail"] is True
    ada = await office.person("ada", email="ada@example.org", global_name="Ada <L.>")
    assert ada.user["verified"] is False
    letter = await mailbox.letter(1)
    assert letter["To"] == "ada@example.org"
    assert letter["From"] == "Rift <rift@example.org>"
    assert "Hello Ada <L.>," in text_of(letter)
    assert "Ada &lt;L.&gt;" in html_of(letter)
    assert "<img" not in html_of(letter)
    token = token_in(letter)
    async with office.gateway(ada) as gateway:
        answer = await office.guest.post("/auth/verify", {"token": token})
        assert answer == {"user_id": ada.id, "token": None}
        assert (await gateway.expect("USER_UPDATE")).data["verified"] is True
    assert (await ada.get("/users/@me"))["verified"] is True
    again = await office.guest.refused("POST", "/auth/verify", {"token": token})
    assert again.body["errors"]["token"]["_errors"][0]["code"] == "TOKEN_INVALID"


async def test_the_letter_is_sent_again_when_asked_for(office: Server, mailbox: Mailbox) -> None:
    ada = await office.person("ada", email="ada@example.org")
    first = token_in(await mailbox.letter(1))
    await ada.post("/auth/verify/resend", {})
    second = token_in(await mailbox.letter(2))
    assert first != second
    await office.guest.post("/auth/verify", {"token": second})
    await office.guest.refused("POST", "/auth/verify", {"token": first})
    assert (await ada.refused("POST", "/auth/verify/resend", {})).code == 50035


async def test_a_confirmed_address_stays_until_the_new_one_is_confirmed_and_hears_of_it(
    office: Server, mailbox: Mailbox
) -> None:
    ada = await verified(office, mailbox)
    change = {"email": "countess@example.org", "password": PASSWORD}
    shown = await ada.patch("/users/@me", change)
    assert (shown["email"], shown["verified"]) == ("ada@example.org", True)
    await mailbox.letter(3)
    letters = {letter["To"]: letter for letter in mailbox.letters[1:]}
    notice = text_of(letters["ada@example.org"])
    assert "c…@example.org" in notice
    assert "countess" not in notice
    token = token_in(letters["countess@example.org"])
    await office.guest.post("/auth/verify", {"token": token})
    shown = await ada.get("/users/@me")
    assert (shown["email"], shown["verified"]) == ("countess@example.org", True)


async def test_a_letter_for_an_address_that_was_changed_again_confirms_nothing(
    office: Server, mailbox: Mailbox
) -> None:
    ada = await office.person("ada", email="first@example.org")
    stale = token_in(await mailbox.letter(1))
    await ada.patch("/users/@me", {"email": "second@example.org", "password": PASSWORD})
    fresh = token_in(await mailbox.letter(2))
    await office.guest.refused("POST", "/auth/verify", {"token": stale})
    await office.guest.post("/auth/verify", {"token": fresh})
    assert (await ada.get("/users/@me"))["email"] == "second@example.org"


async def test_a_lost_password_is_replaced_once_and_every_session_ends(
    office: Server, mailbox: Mailbox
) -> None:
    ada = await verified(office, mailbox)
    number = len(mailbox.letters) + 1
    await office.guest.post("/auth/forgot", {"login": "ADA@example.org"})
    token = token_in(await mailbox.letter(number))
    async with office.gateway(ada) as gateway:
        asking = [
            office.guest.call("POST", "/auth/reset", {"token": token, "password": NEW})
            for _ in range(5)
        ]
        replies = await asyncio.gather(*asking)
        assert (await gateway.closing()).code == 4004
    assert sorted(reply.status for reply in replies) == [200, 400, 400, 400, 400]
    assert (await ada.refused("GET", "/users/@me")).status == 401
    [done] = [reply.body for reply in replies if reply.status == 200]
    assert (await office.guest.with_token(done["token"]).get("/users/@me"))["id"] == ada.id
    assert (await log_in(office.guest, "ada", PASSWORD)).status == 400
    assert (await log_in(office.guest, "ada", NEW)).status == 200
    notice = await mailbox.letter(number + 1)
    assert "logged out everywhere" in text_of(notice)


async def test_a_token_of_one_kind_is_not_one_of_the_other(
    office: Server, mailbox: Mailbox
) -> None:
    await office.person("ada", email="ada@example.org")
    token = token_in(await mailbox.letter(1))
    await office.guest.refused("POST", "/auth/reset", {"token": token, "password": NEW})
    await office.guest.post("/auth/verify", {"token": token})


async def test_the_way_back_is_closed_after_half_an_hour(
    office: Server, mailbox: Mailbox, database: str
) -> None:
    await verified(office, mailbox)
    await office.guest.post("/auth/forgot", {"login": "ada"})
    token = token_in(await mailbox.letter(2))
    [row] = await told(database, "select expires_at - now() as left from mailed_tokens")
    assert timedelta(minutes=29) < row["left"] <= timedelta(minutes=30)
    await told(database, "update mailed_tokens set expires_at = now()")
    body = {"token": token, "password": NEW}
    assert (await office.guest.refused("POST", "/auth/reset", body)).code == 50035


async def test_a_second_factor_is_not_got_round_by_mail(
    office: Server, mailbox: Mailbox, database: str
) -> None:
    ada = await verified(office, mailbox)
    add = "insert into factors (id, user_id, kind, secret) values (1, $1, 'totp', 'x')"
    await told(database, add, int(ada.id))
    await office.guest.post("/auth/forgot", {"login": "ada"})
    body = {"token": token_in(await mailbox.letter(2)), "password": NEW}
    answer = await office.guest.post("/auth/reset", body)
    assert answer["token"] is None
    assert "refresh_token" not in answer


async def test_nobody_learns_who_has_an_account(office: Server, mailbox: Mailbox) -> None:
    await verified(office, mailbox)
    took: dict[str, list[float]] = {"ada@example.org": [], "nobody@example.org": []}
    answers = []
    for _ in range(30):
        for login, times in took.items():
            began = time.perf_counter()
            answers.append(await office.guest.call("POST", "/auth/forgot", {"login": login}))
            times.append(time.perf_counter() - began)
    assert {(reply.status, reply.body["method"]) for reply in answers} == {(200, "password_reset")}
    known, unknown = (sorted(times)[len(times) // 2] for times in took.values())
    assert abs(known - unknown) < 0.005
    await mailbox.letter(1 + 30)
    assert {letter["To"] for letter in mailbox.letters} == {"ada@example.org"}


async def test_no_secret_waits_in_the_database(
    office: Server, mailbox: Mailbox, database: str
) -> None:
    await verified(office, mailbox)
    await office.guest.post("/auth/forgot", {"login": "ada"})
    token = token_in(await mailbox.letter(2))
    tables = ("mails", "mailed_tokens", "outbox")
    for table in tables:
        rows = await told(database, f"select to_jsonb(it)::text as row from {table} it")
        assert not any(token in row["row"] for row in rows)
    assert not any(token in line for line in office.log)


async def test_asking_for_letters_again_and_again_has_an_end(
    database: str, tmp_path: Path, mailbox: Mailbox
) -> None:
    where = {"RIFT_AUTH_ARGON2_MEMORY_KIB": "64", "DATABASE_URL": database, **mailbox.environment}
    async with posting_server(tmp_path, where) as server:
        for _ in range(10):
            await server.guest.post("/auth/forgot", {"login": "somebody@example.org"})
        reply = await server.guest.call("POST", "/auth/forgot", {"login": "somebody@example.org"})
        assert reply.status == 429
        assert reply.body["retry_after"] > 600


async def test_a_server_that_is_away_is_tried_again(
    office: Server, mailbox: Mailbox, database: str
) -> None:
    mailbox.refusals = ["451 later", "451 later"]
    await office.person("ada", email="ada@example.org")
    for attempt in (1, 2):
        await mailbox.attempted(attempt)
        await told(database, _DUE)
    letter = await mailbox.letter(1)
    assert letter["To"] == "ada@example.org"


async def test_a_letter_that_is_refused_for_good_is_given_up(
    office: Server, mailbox: Mailbox, database: str
) -> None:
    mailbox.refusals = ["550 nobody here"]
    await office.person("ada", email="ada@example.org")
    await mailbox.attempted(1)

    async def given_up() -> bool:
        return not await told(database, "select from mails")

    await until(given_up)
    [line] = [line for line in office.log if "given up" in line]
    assert "ada@example.org" not in line


async def test_a_german_is_written_to_in_german(
    office: Server, mailbox: Mailbox, database: str
) -> None:
    await verified(office, mailbox)
    await told(database, "update users set locale = 'de'")
    await office.guest.post("/auth/forgot", {"login": "ada"})
    letter = await mailbox.letter(2)
    assert letter["Subject"] == "Ein neues Passwort für Rift"
    assert "Hallo ada," in text_of(letter)


async def test_a_server_without_mail_says_so(server: Server) -> None:
    assert (await server.guest.get("/instance"))["mail"] is False
    ann = await server.person(email=f"ann{time.time_ns()}@example.org")
    assert ann.user["verified"] is False
    for api, path, body in (
        (server.guest, "/auth/forgot", {"login": "ann"}),
        (ann.api, "/auth/verify/resend", {}),
    ):
        reply = await api.refused("POST", path, body)
        assert (reply.status, reply.code) == (403, 40006)
        assert "sends no mail" in reply.body["message"]


async def test_an_http_provider_takes_letters_too(database: str, tmp_path: Path) -> None:
    async with open_mailbox(http=True) as provider:
        provider.refusals = ["500 Oh"]
        where = {**LIFTED, "DATABASE_URL": database, **provider.provider}
        async with posting_server(tmp_path, where) as server:
            await server.person("ada", email="ada@example.org")
            await provider.attempted(1)
            await told(database, _DUE)
            await provider.attempted(2)
        (first, _), (headers, letter) = provider.posts
        assert headers["authorization"] == "bearer re_123"
        assert headers["idempotency-key"] == first["idempotency-key"]
        assert letter["to"] == ["ada@example.org"]
        assert letter["from"] == "Rift <rift@example.org>"
        assert letter.keys() == {"from", "to", "subject", "text", "html"}
        assert not any("re_123" in line for line in server.log)
