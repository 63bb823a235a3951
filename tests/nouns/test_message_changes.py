"""Messages read, edited and deleted."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from rift import events
from rift.permissions import Permission
from rift.snowflake import at
from tests.nouns.parlour import (
    CALLABLE,
    GUILD,
    QUIET,
    TEXT,
    Parlour,
    answering,
    field_codes,
    parlour,
    path,
)

SEND = f"/channels/{TEXT}/messages"
UPDATED = events.MessageUpdate


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


async def ids(house: Parlour, query: str = "") -> list[str]:
    reply = await house.cid.ask("GET", f"{SEND}{query}")
    assert reply.status == 200
    return [message["id"] for message in reply.json]


# Reading.


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
