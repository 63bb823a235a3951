"""Messages through the door: written, stored, told, forgotten."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from msgspec import structs

from rift import events
from rift.config.settings import History, Limits
from rift.core.messages import queries, verbs
from rift.core.messages.inbox import Posting
from rift.core.unit import Unit
from rift.db.pool import PooledConnection
from rift.permissions import Permission
from rift.snowflake import Snowflake, at
from rift.wire.messages import CreateMessage
from tests.nouns.parlour import (
    CATEGORY,
    GUILD,
    QUIET,
    TEXT,
    VOICE,
    Parlour,
    field_codes,
    parlour,
    path,
)

SEND = f"/channels/{TEXT}/messages"
CREATED = events.MessageCreate


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


# Sending.


async def test_a_message_is_stored_told_and_answered(house: Parlour) -> None:
    message = await house.cid.say("hello")
    assert message["content"] == "hello"
    assert message["author"]["username"] == "cid"
    assert message["channel_id"] == TEXT
    assert "guild_id" not in message
    told = house.last(CREATED)
    assert told["id"] == message["id"]
    assert told["guild_id"] == GUILD
    assert told["channel_type"] == 0
    assert told["member"]["roles"] == []
    assert "user" not in told["member"]
    assert (await house.ann.see(message)) == message


async def test_the_time_of_a_message_is_that_of_its_id(house: Parlour) -> None:
    message = await house.cid.say()
    sent_at = datetime.fromisoformat(message["timestamp"])
    assert abs(datetime.now(UTC) - sent_at) < timedelta(seconds=10)
    assert message["id"] >= at(sent_at)


async def test_messages_are_told_in_the_order_they_were_sent(house: Parlour) -> None:
    await house.cid.say("first")  # the guild is known now
    sent = await asyncio.gather(*(house.cid.say(str(number)) for number in range(50)))
    told = [event.data.id for event in house.heard if isinstance(event, CREATED)][1:]
    assert told == [message["id"] for message in sent]
    assert told == sorted(told, key=int)


async def test_who_may_not_speak_cannot_send(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.SEND_MESSAGES)
    reply = await house.cid.ask("POST", f"/channels/{QUIET}/messages", {"content": "hello"})
    assert (reply.status, reply.code) == (403, 50013)
    assert house.names() == []


async def test_a_channel_one_cannot_see_takes_no_message(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.VIEW_CHANNEL)
    reply = await house.cid.ask("POST", f"/channels/{QUIET}/messages", {"content": "hello"})
    assert (reply.status, reply.code) == (403, 50001)
    stranger = await house.eve.ask("POST", SEND, {"content": "hello"})
    assert (stranger.status, stranger.code) == (403, 50001)


async def test_a_channel_that_is_not_there_is_unknown(house: Parlour) -> None:
    reply = await house.cid.ask("POST", "/channels/9/messages", {"content": "hello"})
    assert (reply.status, reply.code) == (404, 10003)


async def test_a_category_has_no_messages(house: Parlour) -> None:
    reply = await house.ann.ask("POST", f"/channels/{CATEGORY}/messages", {"content": "hello"})
    assert (reply.status, reply.code) == (400, 50008)


async def test_a_voice_channel_has_messages_for_whom_may_join_it(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.CONNECT, channel=VOICE)
    await house.bob.say(channel=VOICE)
    reply = await house.cid.ask("POST", f"/channels/{VOICE}/messages", {"content": "hello"})
    assert (reply.status, reply.code) == (403, 50013)


async def test_a_member_in_timeout_cannot_send(house: Parlour) -> None:
    await house.run(
        "update members set communication_disabled_until = now() + interval '1 hour' "
        "where user_id = $1",
        house.cid.id,
    )
    reply = await house.cid.ask("POST", SEND, {"content": "hello"})
    assert (reply.status, reply.code) == (403, 50013)


@pytest.mark.parametrize("content", ["", "   ", None])
async def test_an_empty_message_is_refused(house: Parlour, content: str | None) -> None:
    reply = await house.cid.ask("POST", SEND, {"content": content})
    assert (reply.status, reply.code) == (400, 50006)


async def test_the_blanks_around_a_message_are_dropped(house: Parlour) -> None:
    message = await house.cid.say("  hello \n")
    assert message["content"] == "hello"
    assert (await house.cid.see(message))["content"] == "hello"


async def test_a_message_has_at_most_2000_characters(house: Parlour) -> None:
    await house.cid.say("😀" * 2000)
    reply = await house.cid.ask("POST", SEND, {"content": "x" * 2001})
    assert (reply.status, reply.code) == (400, 50035)
    assert reply.json["errors"]["content"]["_errors"] == [
        {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}
    ]


async def test_the_settings_say_how_long_a_message_may_be(database: str) -> None:
    async with parlour(database, limits=Limits(message_length=10)) as house:
        await house.cid.say("x" * 10)
        reply = await house.cid.ask("POST", SEND, {"content": "x" * 11})
        assert reply.code == 50035


@pytest.mark.parametrize("raw", [b'{"content": "\\ud800"}', b'{"content": "\\udc00 more"}'])
async def test_half_a_character_is_refused(house: Parlour, raw: bytes) -> None:
    reply = await house.cid.ask("POST", SEND, raw)
    assert reply.status == 400
    assert house.names() == []


async def test_embeds_are_kept_and_shown(house: Parlour) -> None:
    embed = {"title": "title", "color": 255, "fields": [{"name": "a", "value": "b"}]}
    message = await house.cid.say("", embeds=[embed])
    [shown] = message["embeds"]
    assert shown["type"] == "rich"
    assert shown["fields"] == [{"name": "a", "value": "b", "inline": False}]
    assert (await house.cid.see(message))["embeds"] == [shown]


async def test_the_old_single_embed_is_understood(house: Parlour) -> None:
    message = await house.cid.say("", embed={"description": "old"})
    assert message["embeds"][0]["description"] == "old"


async def test_embeds_need_their_permission(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.EMBED_LINKS)
    body = {"embeds": [{"title": "title"}]}
    reply = await house.cid.ask("POST", f"/channels/{QUIET}/messages", body)
    assert (reply.status, reply.code) == (403, 50013)


async def test_embeds_have_at_most_6000_characters_together(house: Parlour) -> None:
    fitting = [{"description": "x" * 3000}, {"description": "x" * 3000}]
    await house.cid.say("", embeds=fitting)
    reply = await house.cid.ask("POST", SEND, {"embeds": [*fitting, {"title": "x"}]})
    assert field_codes(reply.json["errors"]["embeds"]) == ["MAX_EMBED_SIZE_EXCEEDED"]


async def test_an_empty_embed_is_refused(house: Parlour) -> None:
    reply = await house.cid.ask("POST", SEND, {"embeds": [{"title": "a"}, {"color": 1}]})
    assert field_codes(reply.json["errors"]["embeds"]["1"]) == ["BASE_TYPE_REQUIRED"]


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "hel\0lo"},
        {"content": "x", "embeds": [{"title": "a\0b"}]},
        {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "label": "\0"}]}]},
    ],
)
async def test_the_nul_character_is_refused(house: Parlour, fields: dict[str, Any]) -> None:
    reply = await house.cid.ask("POST", SEND, fields)
    assert (reply.status, reply.code) == (400, 50035)


async def test_what_only_looks_like_a_nul_is_kept(house: Parlour) -> None:
    assert (await house.cid.say("\\u0000"))["content"] == "\\u0000"


async def test_components_are_kept_with_a_number_each(house: Parlour) -> None:
    button = {"type": 2, "style": 1, "custom_id": "yes", "label": "Yes"}
    message = await house.cid.say("x", components=[{"type": 1, "components": [button]}])
    [row] = message["components"]
    assert (row["id"], row["components"][0]["id"]) == (1, 2)
    assert row["components"][0]["custom_id"] == "yes"
    assert (await house.cid.see(message))["components"] == message["components"]


@pytest.mark.parametrize(
    "component",
    [{}, {"type": "1"}, {"type": 99}, {"type": 1, "components": [3]}, {"type": 1, "id": "x"}],
)
async def test_a_component_that_is_none_is_refused(
    house: Parlour, component: dict[str, Any]
) -> None:
    reply = await house.cid.ask("POST", SEND, {"content": "x", "components": [component]})
    assert (reply.status, reply.code) == (400, 50035)


async def test_speaking_aloud_needs_its_permission(house: Parlour) -> None:
    reply = await house.cid.ask("POST", SEND, {"content": "x", "tts": True})
    assert (reply.status, reply.code) == (403, 50013)
    assert (await house.ann.say(tts=True))["tts"] is True


async def test_only_some_flags_can_be_sent(house: Parlour) -> None:
    message = await house.cid.say(flags=(1 << 2) | (1 << 12) | (1 << 6) | 1)
    assert message["flags"] == (1 << 2) | (1 << 12)


# Slowmode.


async def slow_down(house: Parlour, wait_s: int) -> None:
    await house.run("update channels set rate_limit_per_user = $2 where id = $1", TEXT, wait_s)


async def test_in_a_slow_channel_one_waits_between_messages(house: Parlour) -> None:
    await slow_down(house, 60)
    await house.cid.say()
    reply = await house.cid.ask("POST", SEND, {"content": "again"})
    assert (reply.status, reply.code) == (429, 20016)
    assert 50 < reply.json["retry_after"] <= 60
    await house.cid.say(channel=QUIET)
    await house.run("update messages set id = $1", at(datetime.now(UTC) - timedelta(seconds=61)))
    await house.cid.say("again")


async def test_in_a_slow_channel_two_messages_at_once_are_one(house: Parlour) -> None:
    await slow_down(house, 60)
    replies = await asyncio.gather(
        *(house.cid.ask("POST", SEND, {"content": "x"}) for _ in range(5))
    )
    assert sorted(reply.status for reply in replies) == [200, 429, 429, 429, 429]


async def test_who_may_bypass_the_slowmode_does_not_wait(house: Parlour) -> None:
    await slow_down(house, 60)
    for _ in range(2):
        await house.ann.say()


# Nonces.


async def test_a_nonce_comes_back(house: Parlour) -> None:
    assert (await house.cid.say(nonce="abc"))["nonce"] == "abc"
    assert house.last(CREATED)["nonce"] == "abc"
    assert (await house.cid.say(nonce=123))["nonce"] == 123


async def test_a_repeated_nonce_answers_the_first_message_and_tells_nothing(
    house: Parlour,
) -> None:
    first = await house.cid.say("one", nonce="n", enforce_nonce=True)
    assert house.names() == ["MESSAGE_CREATE"]
    again = await house.cid.say("two", nonce="n", enforce_nonce=True)
    assert again["id"] == first["id"]
    assert again["content"] == "one"
    assert house.names() == []
    assert len(await house.rows("select from messages")) == 1


async def test_a_nonce_repeated_in_one_batch_makes_one_message(house: Parlour) -> None:
    await house.cid.say("warm")
    sent = await asyncio.gather(
        *(house.cid.say(str(n), nonce=7, enforce_nonce=True) for n in range(20))
    )
    assert len({message["id"] for message in sent}) == 1
    assert len(await house.rows("select from messages")) == 2
    assert house.names() == ["MESSAGE_CREATE", "MESSAGE_CREATE"]


async def test_a_nonce_is_ones_own_and_only_counts_when_enforced(house: Parlour) -> None:
    ids = [
        (await house.cid.say(nonce="n", enforce_nonce=True))["id"],
        (await house.bob.say(nonce="n", enforce_nonce=True))["id"],
        (await house.cid.say(nonce="n", enforce_nonce=True, channel=VOICE))["id"],
        (await house.cid.say(nonce="n"))["id"],
        (await house.cid.say(enforce_nonce=True))["id"],
    ]
    assert len(set(ids)) == 5


@pytest.mark.parametrize("nonce", ["a\0b", 2**64, "x" * 26])
async def test_a_nonce_nobody_could_keep_is_refused(house: Parlour, nonce: Any) -> None:
    reply = await house.cid.ask("POST", SEND, {"content": "x", "nonce": nonce})
    assert (reply.status, reply.code) == (400, 50035)


# The hot path.


class Counted(Unit):
    """A unit that tells whether it ever took a connection."""

    taken = 0

    async def _acquire(self) -> PooledConnection:
        type(self).taken += 1
        return await super()._acquire()


async def test_a_plain_message_waits_for_nothing_but_the_inbox(house: Parlour) -> None:
    await house.cid.say("the guild is known now")
    actor = await house.house.tokens.resolve(house.cid.token)
    body = CreateMessage(content="hello", nonce="n", enforce_nonce=True)
    async with Counted(house.house) as unit:
        sending = asyncio.create_task(verbs.send(unit, actor, Snowflake(TEXT), body))
        await asyncio.sleep(0)  # its first step, and nothing else
        assert len(house.house.inbox._coalescer._waiting) == 1
        assert (await sending).content == "hello"
    assert Counted.taken == 0
    assert house.names() == ["MESSAGE_CREATE", "MESSAGE_CREATE"]


# What is stored.


async def test_a_row_the_database_refuses_fails_alone(house: Parlour) -> None:
    await house.cid.say()
    good = house.heard[0].data
    inbox = house.house.inbox
    batch = [structs.replace(good, id=str(id_), content=text) for id_, text in enumerate("a\0b", 1)]
    results = await asyncio.gather(
        *(inbox.post(Posting(message)) for message in batch), return_exceptions=True
    )
    assert results[::2] == ["1", "3"]
    assert isinstance(results[1], asyncpg.DataError)
    assert [event.data.content for event in house.heard[1:]] == ["a", "b"]


async def test_durable_messages_reach_the_outbox_once(database: str) -> None:
    async with parlour(database, durable=frozenset({CREATED})) as house:
        await house.cid.say("one", nonce="n", enforce_nonce=True)
        await house.cid.say("two", nonce="n", enforce_nonce=True)
        await house.cid.say("three")
        noted = await house.rows("select * from outbox order by id")
        assert [row["event"] for row in noted] == ["MessageCreate", "MessageCreate"]
        assert [row["payload"]["data"]["content"] for row in noted] == ["one", "three"]


async def test_a_page_of_a_long_channel_reads_only_its_rows(house: Parlour) -> None:
    await house.run(
        "insert into messages (channel_id, id, guild_id, author_id, content) "
        "select $1, number, $2, $3, 'x' from generate_series(1, 20000) as number",
        TEXT,
        GUILD,
        house.cid.id,
    )
    await house.run("analyze messages")
    for query, args in (
        (queries.BEFORE, ("10000", 50)),
        (queries.AFTER, ("10000", 50)),
        (queries.AROUND, ("10000", 25, 25)),
    ):
        plan = await house.rows("explain (analyze, format json) " + query, TEXT, *args)
        text = str(plan)
        assert "messages_pkey" in text
        assert "Seq Scan on messages" not in text
        assert _read_rows(plan[0]["QUERY PLAN"]) <= 50


def _read_rows(plan: Any) -> int:
    """The rows of messages that a plan read."""
    if isinstance(plan, list):
        return sum(_read_rows(item) for item in plan)
    own = plan.get("Actual Rows", 0) if plan.get("Relation Name") == "messages" else 0
    return int(own) + sum(_read_rows(plan[key]) for key in ("Plan", "Plans") if key in plan)


# Typing, and forgetting.


async def test_typing_is_told(house: Parlour) -> None:
    assert (await house.cid.ask("POST", f"/channels/{TEXT}/typing")).status == 204
    told = house.last(events.TypingStart)
    assert (told["user_id"], told["channel_id"], told["guild_id"]) == (house.cid.id, TEXT, GUILD)
    assert told["member"]["user"]["username"] == "cid"
    assert abs(told["timestamp"] - datetime.now(UTC).timestamp()) < 10


async def test_who_may_not_speak_does_not_type(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.SEND_MESSAGES)
    reply = await house.cid.ask("POST", f"/channels/{QUIET}/typing")
    assert (reply.status, reply.code) == (403, 50013)
    assert house.names() == []


async def forget(house: Parlour) -> int:
    async with Unit(house.house) as unit:
        return await verbs.prune_history(unit)


async def test_the_history_is_forgotten_after_its_days(database: str) -> None:
    async with parlour(database, history=History(retention_days=7)) as house:
        for content in ("old", "new"):
            await house.cid.ask("DELETE", path(await house.cid.say(content)))
        aged = (
            "update message_history set changed_at = now() - interval '8 days' where content = $1"
        )
        await house.run(aged, "old")
        assert await forget(house) == 1
        assert await forget(house) == 0
        assert [row["content"] for row in await house.rows("select * from message_history")] == [
            "new"
        ]


async def test_the_history_is_kept_for_ever_unless_told_otherwise(house: Parlour) -> None:
    await house.cid.ask("DELETE", path(await house.cid.say()))
    await house.run("update message_history set changed_at = now() - interval '9 years'")
    assert await forget(house) == 0
    assert len(await house.rows("select from message_history")) == 1


async def test_old_nonces_are_forgotten(house: Parlour) -> None:
    old = at(datetime.now(UTC) - timedelta(minutes=11))
    await house.cid.say(nonce="old", enforce_nonce=True)
    await house.run("update nonces set message_id = $1", old)
    await house.cid.say(nonce="new", enforce_nonce=True)
    assert await forget(house) == 1
    assert [row["nonce"] for row in await house.rows("select * from nonces")] == ["new"]
