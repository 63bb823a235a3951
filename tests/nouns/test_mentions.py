"""Whom messages answer and call."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from rift import events
from rift.permissions import Permission
from tests.nouns.parlour import (
    CALLABLE,
    GUILD,
    MODERATORS,
    QUIET,
    SILENT,
    TEXT,
    Parlour,
    answering,
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


# Replies.


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
