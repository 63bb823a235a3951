"""Pins through the door, in both shapes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest

from rift import events
from rift.config.settings import Limits
from rift.permissions import Permission
from tests.nouns.parlour import GUILD, QUIET, TEXT, Parlour, Person, parlour

SHAPES = pytest.mark.parametrize("pins", ["pins", "messages/pins"])


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


async def pin(
    person: Person, message: Any, pins: str = "messages/pins", method: str = "PUT"
) -> tuple[int, int]:
    reply = await person.ask(method, f"/channels/{message['channel_id']}/{pins}/{message['id']}")
    return (reply.status, 0 if reply.json is None else reply.code)


async def items(house: Parlour, query: str = "") -> list[Any]:
    reply = await house.cid.ask("GET", f"/channels/{TEXT}/messages/pins{query}")
    found: list[Any] = reply.json["items"]
    return found


@SHAPES
async def test_a_pinned_message_is_told_and_announced(house: Parlour, pins: str) -> None:
    message = await house.cid.say("keep")
    house.names()
    assert await pin(house.bob, message, pins) == (204, 0)
    assert house.last(events.MessageUpdate)["pinned"] is True
    announced = house.last(events.MessageCreate)
    assert (announced["type"], announced["content"]) == (6, "")
    assert announced["author"]["id"] == house.bob.id
    assert announced["message_reference"]["message_id"] == message["id"]
    changed = house.last(events.ChannelPinsUpdate)
    assert (changed["channel_id"], changed["guild_id"]) == (TEXT, GUILD)
    channel = house.house.world.get(GUILD).channels[TEXT]  # type: ignore[union-attr]
    assert channel.last_pin_timestamp is not None
    assert sorted(house.names()) == [
        "CHANNEL_PINS_UPDATE",
        "GUILD_AUDIT_LOG_ENTRY_CREATE",
        "MESSAGE_CREATE",
        "MESSAGE_UPDATE",
    ]
    seen = await house.cid.see(announced)
    assert (seen["type"], seen["message_reference"]["message_id"]) == (6, message["id"])
    [row] = await house.rows("select last_pin_timestamp from channels where id = $1", TEXT)
    assert row["last_pin_timestamp"] == channel.last_pin_timestamp


async def test_both_shapes_list_the_newest_pin_first(house: Parlour) -> None:
    sent = [await house.cid.say(str(number)) for number in range(3)]
    for message in (sent[1], sent[0], sent[2]):
        await pin(house.bob, message)
    order = [sent[2]["id"], sent[0]["id"], sent[1]["id"]]
    old = await house.cid.ask("GET", f"/channels/{TEXT}/pins")
    assert [message["id"] for message in old.json] == order
    assert all(message["pinned"] for message in old.json)
    assert [item["message"]["id"] for item in await items(house)] == order


async def test_pins_are_read_page_by_page(house: Parlour) -> None:
    for number in range(3):
        await pin(house.bob, await house.cid.say(str(number)))
    first = await house.cid.ask("GET", f"/channels/{TEXT}/messages/pins?limit=2")
    assert first.json["has_more"] is True
    assert [item["message"]["content"] for item in first.json["items"]] == ["2", "1"]
    before = quote(first.json["items"][-1]["pinned_at"])
    rest = await house.cid.ask("GET", f"/channels/{TEXT}/messages/pins?before={before}")
    assert rest.json["has_more"] is False
    assert [item["message"]["content"] for item in rest.json["items"]] == ["0"]
    [newest] = await items(house, "?limit=1")
    assert datetime.fromisoformat(newest["pinned_at"]).tzinfo is not None


async def test_pinning_twice_is_told_once(house: Parlour) -> None:
    message = await house.cid.say()
    await pin(house.bob, message)
    house.names()
    assert await pin(house.bob, message) == (204, 0)
    assert house.names() == []


@SHAPES
async def test_an_unpinned_message_is_told_but_not_announced(house: Parlour, pins: str) -> None:
    message = await house.cid.say()
    await pin(house.bob, message)
    house.names()
    assert await pin(house.bob, message, pins, "DELETE") == (204, 0)
    assert house.last(events.MessageUpdate)["pinned"] is False
    assert house.last(events.ChannelPinsUpdate)["last_pin_timestamp"] is None
    assert sorted(house.names()) == [
        "CHANNEL_PINS_UPDATE",
        "GUILD_AUDIT_LOG_ENTRY_CREATE",
        "MESSAGE_UPDATE",
    ]
    assert await items(house) == []
    assert await pin(house.bob, message, pins, "DELETE") == (204, 0)
    assert house.names() == []


@SHAPES
async def test_pinning_has_a_permission_of_its_own(house: Parlour, pins: str) -> None:
    await house.forbid(house.bob, Permission.PIN_MESSAGES)
    message = await house.cid.say(channel=QUIET)
    for person in (house.bob, house.cid):
        for method in ("PUT", "DELETE"):
            assert await pin(person, message, pins, method) == (403, 50013)


async def test_without_the_history_there_are_no_pins(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.READ_MESSAGE_HISTORY)
    await pin(house.bob, await house.bob.say(channel=QUIET))
    reply = await house.cid.ask("GET", f"/channels/{QUIET}/messages/pins")
    assert reply.json == {"items": [], "has_more": False}
    assert (await house.cid.ask("GET", f"/channels/{QUIET}/pins")).json == []


async def test_a_message_that_is_not_there_cannot_be_pinned(house: Parlour) -> None:
    for method in ("PUT", "DELETE"):
        nothing = {"channel_id": TEXT, "id": "5"}
        assert await pin(house.bob, nothing, method=method) == (404, 10008)


async def test_what_the_server_wrote_cannot_be_pinned(house: Parlour) -> None:
    await pin(house.bob, await house.cid.say())
    announced = house.last(events.MessageCreate)
    assert await pin(house.bob, announced) == (403, 50021)


async def test_a_channel_keeps_so_many_pins(database: str) -> None:
    async with parlour(database, limits=Limits(pins_per_channel=3)) as house:
        sent = [await house.cid.say(str(number)) for number in range(6)]
        results = await asyncio.gather(*(pin(house.bob, message) for message in sent))
        assert sorted(results) == [(204, 0)] * 3 + [(400, 30003)] * 3
        await pin(house.bob, (await items(house))[0]["message"], method="DELETE")
        assert len(await items(house)) == 2


async def test_a_deleted_message_is_pinned_no_longer(house: Parlour) -> None:
    message = await house.cid.say()
    await pin(house.bob, message)
    await house.bob.ask("DELETE", f"/channels/{TEXT}/messages/{message['id']}")
    assert await items(house) == []


async def test_a_pin_is_noted_in_the_outbox_with_its_announcement(database: str) -> None:
    durable = frozenset({events.MessageCreate, events.ChannelPinsUpdate})
    async with parlour(database, durable=durable) as house:
        await pin(house.bob, await house.cid.say())
        noted = [row["event"] for row in await house.rows("select event from outbox order by id")]
        assert noted == ["MessageCreate", "ChannelPinsUpdate", "MessageCreate"]
