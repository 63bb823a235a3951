"""Messages through the door: written, called, answered, edited, deleted, forgotten."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rift import events
from rift.config.settings import History, Limits
from rift.core.messages import queries, verbs
from rift.core.unit import Unit
from rift.db.pool import PooledConnection
from rift.permissions import Permission
from rift.snowflake import Snowflake, at
from rift.wire.messages import CreateMessage
from tests.nouns.parlour import (
    CALLABLE,
    CATEGORY,
    GUILD,
    MODERATORS,
    QUIET,
    SILENT,
    TEXT,
    VOICE,
    Parlour,
    parlour,
)

SEND = f"/channels/{TEXT}/messages"
CREATED, UPDATED = events.MessageCreate, events.MessageUpdate


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


def path(message: Any) -> str:
    return f"/channels/{message['channel_id']}/messages/{message['id']}"


def field_codes(errors: Any) -> list[str]:
    found = [error["code"] for error in errors.get("_errors", ())]
    return found + [
        code for key, inner in errors.items() if key != "_errors" for code in field_codes(inner)
    ]


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


@pytest.mark.parametrize("content", ["", "   ", "\0", None])
async def test_an_empty_message_is_refused(house: Parlour, content: str | None) -> None:
    reply = await house.cid.ask("POST", SEND, {"content": content})
    assert (reply.status, reply.code) == (400, 50006)


async def test_the_blanks_around_a_message_and_its_nuls_are_dropped(house: Parlour) -> None:
    message = await house.cid.say("  hel\0lo \n")
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


async def test_nuls_vanish_from_embeds_and_components(house: Parlour) -> None:
    button = {"type": 2, "style": 1, "custom_id": "a\0b", "label": "\\u0000"}
    row = {"type": 1, "components": [button]}
    message = await house.cid.say("x", embeds=[{"title": "a\0b"}], components=[row])
    assert message["embeds"][0]["title"] == "ab"
    shown = message["components"][0]["components"][0]
    assert (shown["custom_id"], shown["label"]) == ("ab", "\\u0000")
    assert (await house.cid.see(message)) == message


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


@pytest.mark.parametrize(
    ("field", "value"),
    [("sticker_ids", ["1"]), ("poll", {"question": {"text": "?"}}), ("attachments", [{"id": 0}])],
)
async def test_what_cannot_be_sent_yet_is_refused_by_name(
    house: Parlour, field: str, value: Any
) -> None:
    reply = await house.cid.ask("POST", SEND, {"content": "x", field: value})
    assert field_codes(reply.json["errors"][field]) == ["FEATURE_NOT_AVAILABLE"]


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


# Replies.


def answering(message: Any, **more: Any) -> dict[str, Any]:
    return {"message_reference": {"message_id": message["id"], **more}}


async def test_a_reply_shows_what_it_answers(house: Parlour) -> None:
    question = await house.bob.say("why?")
    answer = await house.cid.say("because", **answering(question))
    assert answer["type"] == 19
    assert answer["message_reference"] == {
        "type": 0,
        "guild_id": GUILD,
        "channel_id": TEXT,
        "message_id": question["id"],
    }
    assert answer["referenced_message"]["content"] == "why?"
    assert [user["username"] for user in answer["mentions"]] == ["bob"]
    told = house.last(CREATED)
    assert told["referenced_message"]["id"] == question["id"]
    assert told["mentions"][0]["member"]["roles"] == [MODERATORS]
    assert (await house.cid.see(answer)) == answer


async def test_a_reply_to_a_reply_shows_one_step_back(house: Parlour) -> None:
    first = await house.bob.say("1")
    second = await house.cid.say("2", **answering(first))
    third = await house.bob.say("3", **answering(second))
    assert third["referenced_message"]["content"] == "2"
    assert "referenced_message" not in third["referenced_message"]
    assert (await house.bob.see(third)) == third


async def test_a_reply_whose_question_is_gone_shows_null(house: Parlour) -> None:
    question = await house.bob.say("why?")
    answer = await house.cid.say("because", **answering(question))
    await house.bob.ask("DELETE", path(question))
    seen = await house.cid.see(answer)
    assert seen["referenced_message"] is None
    assert seen["message_reference"]["message_id"] == question["id"]


async def test_a_reply_needs_the_history(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.READ_MESSAGE_HISTORY)
    question = await house.bob.say(channel=QUIET)
    body = {"content": "x", **answering(question)}
    reply = await house.cid.ask("POST", f"/channels/{QUIET}/messages", body)
    assert (reply.status, reply.code) == (403, 160002)


async def test_a_reply_to_nothing_is_refused(house: Parlour) -> None:
    body = {"content": "x", "message_reference": {"message_id": "5"}}
    reply = await house.cid.ask("POST", SEND, body)
    assert field_codes(reply.json["errors"]["message_reference"]) == ["REPLIES_UNKNOWN_MESSAGE"]


async def test_a_reply_to_another_channel_is_refused(house: Parlour) -> None:
    question = await house.bob.say(channel=QUIET)
    for more in ({}, {"channel_id": QUIET}, {"guild_id": "5"}):
        body = {"content": "x", **answering(question, **more)}
        reply = await house.cid.ask("POST", SEND, body)
        codes = field_codes(reply.json["errors"]["message_reference"])
        assert codes == ["REPLIES_UNKNOWN_MESSAGE"]


async def test_a_reply_that_need_not_find_its_question_is_a_plain_message(house: Parlour) -> None:
    reference = {"message_id": "5", "fail_if_not_exists": False}
    message = await house.cid.say("x", message_reference=reference)
    assert message["type"] == 0
    assert "message_reference" not in message
    assert "referenced_message" not in message


async def test_what_the_server_wrote_cannot_be_answered(house: Parlour) -> None:
    message = await house.cid.say()
    await house.run("update messages set type = 6 where id = $1", message["id"])
    reply = await house.cid.ask("POST", SEND, {"content": "x", **answering(message)})
    codes = field_codes(reply.json["errors"]["message_reference"])
    assert codes == ["REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE"]


async def test_forwarding_is_refused_by_name(house: Parlour) -> None:
    message = await house.cid.say()
    reply = await house.cid.ask("POST", SEND, {"content": "x", **answering(message, type=1)})
    codes = field_codes(reply.json["errors"]["message_reference"]["type"])
    assert codes == ["FEATURE_NOT_AVAILABLE"]


async def test_a_reply_need_not_call_whom_it_answers(house: Parlour) -> None:
    question = await house.bob.say("why?")
    quiet = {"allowed_mentions": {"parse": ["users"]}}
    loud = {"allowed_mentions": {"replied_user": True}}
    assert (await house.cid.say("x", **answering(question), **quiet))["mentions"] == []
    assert (await house.cid.say("x", **answering(question), **loud))["mentions"] != []


# Mentions.


async def mentioned(house: Parlour, content: str, **more: Any) -> list[str]:
    message = await house.cid.say(content, **more)
    return [user["username"] for user in message["mentions"]]


async def test_users_are_called_in_the_order_of_the_text(house: Parlour) -> None:
    text = f"<@{house.eve.id}> <@!{house.bob.id}> <@{house.ann.id}> <@{house.bob.id}> <@5>"
    assert await mentioned(house, text) == ["eve", "bob", "ann"]
    told = house.last(CREATED)["mentions"]
    assert ["member" in user for user in told] == [False, True, True]


async def test_mentions_are_still_there_when_the_message_is_read(house: Parlour) -> None:
    message = await house.cid.say(f"<@{house.bob.id}> and <@&{CALLABLE}>")
    assert (await house.cid.see(message)) == message


async def test_an_id_too_large_calls_nobody(house: Parlour) -> None:
    assert await mentioned(house, "<@99999999999999999999> <@&9223372036854775808>") == []


@pytest.mark.parametrize("text", ["`{}`", "``a ` {}``", "```py\n{}\n```", "` {} ` `"])
async def test_code_calls_nobody(house: Parlour, text: str) -> None:
    call = f"<@{house.bob.id}> <@&{CALLABLE}>"
    message = await house.cid.say(text.format(call))
    assert message["mentions"] == []
    assert message["mention_roles"] == []


async def test_a_lonely_backtick_is_no_code(house: Parlour) -> None:
    assert await mentioned(house, f"` <@{house.bob.id}>") == ["bob"]
    assert await mentioned(house, f"`` <@{house.bob.id}> `") == ["bob"]


async def test_a_role_is_called_if_it_may_be_or_if_the_sender_may_call_all(
    house: Parlour,
) -> None:
    text = f"<@&{CALLABLE}> <@&{SILENT}> <@&{GUILD}> <@&5>"
    assert (await house.cid.say(text))["mention_roles"] == [CALLABLE]
    assert (await house.ann.say(text))["mention_roles"] == [CALLABLE, SILENT]


@pytest.mark.parametrize("word", ["@everyone", "@here"])
async def test_everyone_is_only_called_by_whom_may(house: Parlour, word: str) -> None:
    assert (await house.cid.say(word))["mention_everyone"] is False
    assert (await house.ann.say(word))["mention_everyone"] is True
    assert (await house.ann.say(f"`{word}`"))["mention_everyone"] is False


async def test_the_sender_allows_what_may_be_called(house: Parlour) -> None:
    text = f"@everyone <@{house.bob.id}> <@{house.cid.id}> <@&{CALLABLE}> <@&{SILENT}>"
    both = [house.bob.id, house.cid.id]
    cases: list[tuple[dict[str, Any], bool, list[str], list[str]]] = [
        ({}, False, [], []),
        ({"parse": []}, False, [], []),
        ({"parse": ["everyone"]}, True, [], []),
        ({"parse": ["users"]}, False, both, []),
        ({"parse": ["roles"]}, False, [], [CALLABLE, SILENT]),
        ({"users": [house.cid.id, house.eve.id]}, False, [house.cid.id], []),
        ({"roles": [SILENT], "users": []}, False, [], [SILENT]),
        ({"parse": ["users"], "users": [], "roles": [int(SILENT)]}, False, both, [SILENT]),
    ]
    for allowed, everyone, users, roles in cases:
        message = await house.ann.say(text, allowed_mentions=allowed)
        assert message["mention_everyone"] is everyone, allowed
        assert [user["id"] for user in message["mentions"]] == users, allowed
        assert message["mention_roles"] == roles, allowed


@pytest.mark.parametrize("kind", ["users", "roles"])
async def test_all_of_a_kind_and_some_of_it_exclude_each_other(house: Parlour, kind: str) -> None:
    body = {"content": "nobody", "allowed_mentions": {"parse": [kind], kind: ["1"]}}
    reply = await house.cid.ask("POST", SEND, body)
    codes = field_codes(reply.json["errors"]["allowed_mentions"])
    assert codes == ["MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"]


# Reading.


async def ids(house: Parlour, query: str = "") -> list[str]:
    reply = await house.cid.ask("GET", f"{SEND}{query}")
    assert reply.status == 200
    return [message["id"] for message in reply.json]


async def test_a_page_has_the_newest_message_first(house: Parlour) -> None:
    sent = [(await house.cid.say(str(number)))["id"] for number in range(9)]
    newest = sent[::-1]
    assert await ids(house) == newest
    assert await ids(house, "?limit=3") == newest[:3]
    assert await ids(house, f"?before={sent[4]}&limit=2") == [sent[3], sent[2]]
    assert await ids(house, f"?after={sent[4]}&limit=2") == [sent[6], sent[5]]
    assert await ids(house, f"?around={sent[4]}&limit=4") == [sent[6], sent[5], sent[4], sent[3]]
    assert await ids(house, f"?around={sent[4]}&limit=3") == [sent[5], sent[4], sent[3]]
    assert await ids(house, f"?after={sent[8]}") == []


@pytest.mark.parametrize("query", ["?limit=0", "?limit=101", "?before=x", "?limit=many"])
async def test_a_page_nobody_can_ask_for_is_refused(house: Parlour, query: str) -> None:
    reply = await house.cid.ask("GET", SEND + query)
    assert (reply.status, reply.code) == (400, 50035)


async def test_a_page_shows_people_replies_and_reactions(house: Parlour) -> None:
    question = await house.bob.say("why?")
    await house.cid.ask("PUT", f"{path(question)}/reactions/%F0%9F%98%80/@me")
    answer = await house.cid.say(f"<@{house.eve.id}>", **answering(question))
    reply = await house.cid.ask("GET", SEND)
    assert [message["id"] for message in reply.json] == [answer["id"], question["id"]]
    assert reply.json[0]["referenced_message"]["content"] == "why?"
    assert {user["username"] for user in reply.json[0]["mentions"]} == {"bob", "eve"}
    assert reply.json[1]["reactions"][0]["me"] is True
    alone = await house.cid.ask("GET", f"{SEND}?limit=1")
    assert alone.json == reply.json[:1]


async def test_without_the_history_a_page_is_empty_and_a_message_refused(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.READ_MESSAGE_HISTORY)
    message = await house.bob.say(channel=QUIET)
    assert (await house.cid.ask("GET", f"/channels/{QUIET}/messages")).json == []
    reply = await house.cid.ask("GET", path(message))
    assert (reply.status, reply.code) == (403, 50013)


async def test_a_message_is_only_found_in_its_channel(house: Parlour) -> None:
    message = await house.cid.say()
    reply = await house.cid.ask("GET", f"/channels/{QUIET}/messages/{message['id']}")
    assert (reply.status, reply.code) == (404, 10008)


# Editing.


async def test_an_edit_is_shown_told_and_remembered(house: Parlour) -> None:
    message = await house.cid.say("before")
    reply = await house.cid.ask("PATCH", path(message), {"content": " after "})
    assert reply.status == 200
    assert reply.json["content"] == "after"
    assert reply.json["edited_timestamp"] is not None
    told = house.last(UPDATED)
    assert (told["content"], told["guild_id"], told["channel_type"]) == ("after", GUILD, 0)
    assert told["member"]["roles"] == []
    assert (await house.ann.see(message)) == reply.json
    [kept] = await house.rows("select * from message_history")
    assert (kept["kind"], kept["content"]) == ("edit", "before")
    assert kept["changed_by"] == house.cid.id


async def test_an_edit_that_changes_nothing_tells_nothing(house: Parlour) -> None:
    message = await house.cid.say("same")
    house.names()
    reply = await house.cid.ask("PATCH", path(message), {"content": "same"})
    assert reply.json["edited_timestamp"] is None
    assert house.names() == []
    assert await house.rows("select from message_history") == []


async def test_nobody_edits_the_words_of_others(house: Parlour) -> None:
    message = await house.cid.say()
    for body in ({"content": "x"}, {"content": "x", "flags": 4}, {"embeds": []}, {}):
        reply = await house.ann.ask("PATCH", path(message), body)
        assert (reply.status, reply.code) == (403, 50005)


async def test_moderators_hide_the_embeds_of_others(house: Parlour) -> None:
    message = await house.ann.say("x", embeds=[{"title": "t"}])
    refused = await house.cid.ask("PATCH", path(message), {"flags": 4})
    assert (refused.status, refused.code) == (403, 50013)
    reply = await house.bob.ask("PATCH", path(message), {"flags": 4 | 64})
    assert reply.json["flags"] == 4
    assert reply.json["edited_timestamp"] is None
    assert house.last(UPDATED)["flags"] == 4
    assert await house.rows("select from message_history") == []


async def test_an_edit_calls_anew(house: Parlour) -> None:
    message = await house.cid.say(f"<@{house.bob.id}>")
    edit = {"content": f"<@{house.ann.id}> <@&{CALLABLE}>"}
    reply = await house.cid.ask("PATCH", path(message), edit)
    assert [user["id"] for user in reply.json["mentions"]] == [house.ann.id]
    assert reply.json["mention_roles"] == [CALLABLE]
    assert "member" in house.last(UPDATED)["mentions"][0]
    silent = {"content": f"<@{house.bob.id}>", "allowed_mentions": {"parse": []}}
    assert (await house.cid.ask("PATCH", path(message), silent)).json["mentions"] == []


async def test_an_edited_reply_still_answers(house: Parlour) -> None:
    question = await house.bob.say("why?")
    answer = await house.cid.say("because", **answering(question))
    reply = await house.cid.ask("PATCH", path(answer), {"content": "so"})
    assert reply.json["referenced_message"]["id"] == question["id"]
    assert [user["id"] for user in reply.json["mentions"]] == [house.bob.id]


async def test_an_edit_sets_and_clears_embeds_and_components(house: Parlour) -> None:
    message = await house.cid.say("x")
    row = {"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "a", "label": "A"}]}
    more = {"embeds": [{"title": "t"}], "components": [row]}
    reply = await house.cid.ask("PATCH", path(message), more)
    assert (len(reply.json["embeds"]), len(reply.json["components"])) == (1, 1)
    assert (await house.cid.see(message)) == reply.json
    reply = await house.cid.ask("PATCH", path(message), {"embeds": None, "components": []})
    assert (reply.json["embeds"], reply.json["components"]) == ([], [])


async def test_an_edit_cannot_empty_a_message(house: Parlour) -> None:
    message = await house.cid.say("x")
    reply = await house.cid.ask("PATCH", path(message), {"content": ""})
    assert (reply.status, reply.code) == (400, 50006)
    assert (await house.cid.see(message))["content"] == "x"


async def test_what_the_server_wrote_cannot_be_edited(house: Parlour) -> None:
    message = await house.cid.say()
    await house.run("update messages set type = 6 where id = $1", message["id"])
    reply = await house.cid.ask("PATCH", path(message), {"content": "x"})
    assert (reply.status, reply.code) == (403, 50021)


async def test_a_message_that_is_not_there_cannot_be_changed(house: Parlour) -> None:
    for method in ("PATCH", "DELETE", "GET"):
        body = {"content": "x"} if method == "PATCH" else None
        reply = await house.cid.ask(method, f"{SEND}/5", body)
        assert (reply.status, reply.code) == (404, 10008)


# Deleting.


async def test_one_deletes_ones_own_message(house: Parlour) -> None:
    message = await house.cid.say("gone")
    await house.cid.ask("PUT", f"{path(message)}/reactions/%F0%9F%98%80/@me")
    assert (await house.cid.ask("DELETE", path(message))).status == 204
    assert house.last(events.MessageDelete) == {
        "id": message["id"],
        "channel_id": TEXT,
        "guild_id": GUILD,
    }
    assert (await house.cid.ask("GET", path(message))).status == 404
    [kept] = await house.rows("select * from message_history")
    assert (kept["kind"], kept["content"]) == ("delete", "gone")
    assert await house.rows("select from reactions") == []


async def test_moderators_delete_what_others_wrote_and_nobody_else_does(house: Parlour) -> None:
    message = await house.ann.say()
    refused = await house.cid.ask("DELETE", path(message))
    assert (refused.status, refused.code) == (403, 50013)
    assert (await house.bob.ask("DELETE", path(message))).status == 204
    [kept] = await house.rows("select * from message_history")
    assert kept["changed_by"] == house.bob.id


async def test_a_message_is_deleted_once(house: Parlour) -> None:
    message = await house.cid.say()
    replies = await asyncio.gather(*(house.cid.ask("DELETE", path(message)) for _ in range(4)))
    assert sorted(reply.status for reply in replies) == [204, 404, 404, 404]
    assert house.names().count("MESSAGE_DELETE") == 1


async def test_some_system_messages_cannot_be_deleted(house: Parlour) -> None:
    message = await house.cid.say()
    await house.run("update messages set type = 4 where id = $1", message["id"])
    reply = await house.ann.ask("DELETE", path(message))
    assert (reply.status, reply.code) == (403, 50021)


BULK = f"{SEND}/bulk-delete"


async def test_many_messages_are_deleted_at_once(house: Parlour) -> None:
    sent = [(await house.cid.say(str(number)))["id"] for number in range(3)]
    reply = await house.bob.ask("POST", BULK, {"messages": [*sent[1:], at(datetime.now(UTC))]})
    assert reply.status == 204
    assert house.last(events.MessageDeleteBulk) == {
        "ids": sent[1:],
        "channel_id": TEXT,
        "guild_id": GUILD,
    }
    assert await ids(house) == sent[:1]
    assert len(await house.rows("select from message_history")) == 2


async def test_deleting_many_needs_a_moderator(house: Parlour) -> None:
    reply = await house.cid.ask("POST", BULK, {"messages": ["1", "2"]})
    assert (reply.status, reply.code) == (403, 50013)


@pytest.mark.parametrize("count", [0, 1, 101])
async def test_many_is_2_to_100(house: Parlour, count: int) -> None:
    newest = int(at(datetime.now(UTC)))
    body = {"messages": [str(newest + number) for number in range(count)]}
    reply = await house.bob.ask("POST", BULK, body)
    assert (reply.status, reply.code) == (400, 50016)


async def test_many_must_not_name_one_twice(house: Parlour) -> None:
    newest = at(datetime.now(UTC))
    reply = await house.bob.ask("POST", BULK, {"messages": [newest, newest]})
    codes = field_codes(reply.json["errors"]["messages"]["1"])
    assert codes == ["SET_TYPE_ALREADY_CONTAINS_VALUE"]


async def test_messages_older_than_two_weeks_are_deleted_one_by_one(house: Parlour) -> None:
    message = await house.cid.say()
    old = at(datetime.now(UTC) - timedelta(days=15))
    reply = await house.bob.ask("POST", BULK, {"messages": [message["id"], old]})
    assert (reply.status, reply.code) == (400, 50034)
    assert await ids(house) == [message["id"]]


async def test_deleting_what_is_gone_already_tells_nothing(house: Parlour) -> None:
    newest = int(at(datetime.now(UTC)))
    reply = await house.bob.ask("POST", BULK, {"messages": [newest, newest + 1]})
    assert reply.status == 204
    assert house.names() == []


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
