"""Reactions through the door: added, joined, counted, taken away."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest

from rift import events
from rift.permissions import Permission
from tests.nouns.parlour import GUILD, QUIET, TEXT, Parlour, Person, parlour

HEART, GRIN = "❤️", "😀"


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


def place(message: Any, *more: str) -> str:
    steps = "".join(f"/{quote(step, safe='@')}" for step in more)
    return f"/channels/{message['channel_id']}/messages/{message['id']}/reactions{steps}"


async def react(person: Person, message: Any, emoji: str = GRIN) -> tuple[int, int]:
    reply = await person.ask("PUT", place(message, emoji, "@me"))
    return (reply.status, 0 if reply.json is None else reply.code)


async def counts(person: Person, message: Any) -> list[tuple[str, int, bool]]:
    seen = await person.see(message)
    return [(one["emoji"]["name"], one["count"], one["me"]) for one in seen.get("reactions", ())]


async def test_a_reaction_is_told_and_counted(house: Parlour) -> None:
    message = await house.ann.say()
    assert await react(house.cid, message) == (204, 0)
    told = house.last(events.ReactionAdd)
    assert told["emoji"] == {"id": None, "name": GRIN}
    assert (told["user_id"], told["message_id"]) == (house.cid.id, message["id"])
    assert (told["channel_id"], told["guild_id"]) == (TEXT, GUILD)
    assert told["member"]["user"]["username"] == "cid"
    assert told["message_author_id"] == house.ann.id
    assert await counts(house.cid, message) == [(GRIN, 1, True)]
    assert await counts(house.bob, message) == [(GRIN, 1, False)]


async def test_reactions_stand_in_the_order_they_began(house: Parlour) -> None:
    message = await house.ann.say()
    for emoji in (GRIN, HEART, "🇩🇪"):
        await react(house.cid, message, emoji)
    await react(house.bob, message, HEART)
    shown = await counts(house.bob, message)
    assert shown == [(GRIN, 1, False), (HEART, 2, True), ("🇩🇪", 1, False)]


async def test_the_same_reaction_twice_is_one_and_told_once(house: Parlour) -> None:
    message = await house.ann.say()
    house.names()
    assert await react(house.cid, message) == (204, 0)
    assert await react(house.cid, message) == (204, 0)
    assert house.names() == ["MESSAGE_REACTION_ADD"]
    assert await counts(house.cid, message) == [(GRIN, 1, True)]


async def test_a_variation_selector_makes_no_other_emoji(house: Parlour) -> None:
    message = await house.ann.say()
    await react(house.cid, message, "❤️")
    await react(house.bob, message, "❤")
    assert await counts(house.cid, message) == [("❤️", 2, True)]
    assert (await house.cid.ask("DELETE", place(message, "❤", "@me"))).status == 204
    assert house.last(events.ReactionRemove)["emoji"]["name"] == "❤️"
    assert await counts(house.cid, message) == [("❤️", 1, False)]


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "👍🏽", "#️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏳️‍🌈", "™️", "✅", "🫠", "🤷🏻‍♀️"])
async def test_every_kind_of_emoji_can_react(house: Parlour, emoji: str) -> None:
    message = await house.ann.say()
    assert await react(house.cid, message, emoji) == (204, 0)


@pytest.mark.parametrize(
    "emoji", ["x", "ab", "1", "name:123", "😀😀", "5", "\u200d", "<:a:1>", "é"]
)
async def test_what_is_no_emoji_is_unknown(house: Parlour, emoji: str) -> None:
    message = await house.ann.say()
    assert await react(house.cid, message, emoji) == (400, 10014)


async def test_a_new_emoji_needs_permission_and_an_old_one_does_not(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.ADD_REACTIONS)
    message = await house.bob.say(channel=QUIET)
    assert await react(house.cid, message) == (403, 50013)
    await react(house.bob, message)
    assert await react(house.cid, message) == (204, 0)


async def test_reacting_needs_the_history(house: Parlour) -> None:
    await house.forbid(house.cid, Permission.READ_MESSAGE_HISTORY)
    message = await house.bob.say(channel=QUIET)
    assert await react(house.cid, message) == (403, 50013)
    reply = await house.cid.ask("GET", place(message, GRIN))
    assert (reply.status, reply.code) == (403, 50013)


async def test_a_message_that_is_not_there_takes_no_reaction(house: Parlour) -> None:
    nothing = {"channel_id": TEXT, "id": "5"}
    assert await react(house.cid, nothing) == (404, 10008)
    for method, *more in (("DELETE", GRIN, "@me"), ("GET", GRIN), ("DELETE",), ("DELETE", GRIN)):
        reply = await house.ann.ask(method, place(nothing, *more))
        assert (reply.status, reply.code) == (404, 10008)


async def test_a_message_carries_at_most_20_emojis(house: Parlour) -> None:
    message = await house.ann.say()
    people = (house.ann, house.bob, house.cid)
    emojis = [chr(0x1F600 + number) for number in range(24)]
    results = await asyncio.gather(
        *(react(people[number % 3], message, emoji) for number, emoji in enumerate(emojis))
    )
    assert sorted(results) == [(204, 0)] * 20 + [(400, 30010)] * 4
    taken = (await counts(house.ann, message))[0][0]
    assert await react(house.bob, message, taken) == (204, 0)


async def test_one_takes_ones_own_reaction_back(house: Parlour) -> None:
    message = await house.ann.say()
    await react(house.cid, message)
    house.names()
    for _ in range(2):
        assert (await house.cid.ask("DELETE", place(message, GRIN, "@me"))).status == 204
    told = house.last(events.ReactionRemove)
    assert (told["user_id"], told["guild_id"]) == (house.cid.id, GUILD)
    assert house.names() == ["MESSAGE_REACTION_REMOVE"]
    assert "reactions" not in await house.cid.see(message)


async def test_moderators_take_reactions_of_others_away(house: Parlour) -> None:
    message = await house.ann.say()
    await react(house.ann, message)
    refused = await house.cid.ask("DELETE", place(message, GRIN, house.ann.id))
    assert (refused.status, refused.code) == (403, 50013)
    assert (await house.bob.ask("DELETE", place(message, GRIN, house.ann.id))).status == 204
    assert house.last(events.ReactionRemove)["user_id"] == house.ann.id
    assert await counts(house.ann, message) == []


async def test_all_reactions_are_taken_away_at_once(house: Parlour) -> None:
    message = await house.ann.say()
    for person in (house.ann, house.cid):
        await react(person, message)
    assert (await house.cid.ask("DELETE", place(message))).status == 403
    assert (await house.bob.ask("DELETE", place(message))).status == 204
    assert house.last(events.ReactionRemoveAll) == {
        "channel_id": TEXT,
        "message_id": message["id"],
        "guild_id": GUILD,
    }
    assert await counts(house.ann, message) == []
    house.names()
    assert (await house.bob.ask("DELETE", place(message))).status == 204
    assert house.names() == []
    assert await react(house.ann, message) == (204, 0)
    assert await counts(house.ann, message) == [(GRIN, 1, True)]


async def test_one_emoji_is_taken_away_from_all(house: Parlour) -> None:
    message = await house.ann.say()
    for person in (house.ann, house.cid):
        await react(person, message)
        await react(person, message, HEART)
    assert (await house.cid.ask("DELETE", place(message, GRIN))).status == 403
    assert (await house.bob.ask("DELETE", place(message, GRIN))).status == 204
    assert house.last(events.ReactionRemoveEmoji)["emoji"]["name"] == GRIN
    assert await counts(house.ann, message) == [(HEART, 2, True)]


async def test_who_reacted_is_listed_page_by_page(house: Parlour) -> None:
    message = await house.ann.say()
    for person in (house.cid, house.ann, house.bob):
        await react(person, message)
    first = await house.cid.ask("GET", place(message, GRIN) + "?limit=2")
    assert [user["username"] for user in first.json] == ["ann", "bob"]
    rest = await house.cid.ask("GET", place(message, GRIN) + f"?after={first.json[-1]['id']}")
    assert [user["username"] for user in rest.json] == ["cid"]
    assert (await house.cid.ask("GET", place(message, GRIN) + "?type=1")).json == []
    assert (await house.cid.ask("GET", place(message, HEART))).json == []
