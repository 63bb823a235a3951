"""Messages people save: for themselves alone, and only as long as they may read them."""

import asyncio
from typing import Any, Final

import pytest

from rift.core.saved_messages.verbs import MOST
from tests.nouns.circles import befriend, direct
from tests.nouns.company import Company, company
from tests.nouns.elsewhere import told
from tests.server import Server

Json = dict[str, Any]

PATH: Final = "/users/@me/saved-messages"
READ: Final = str(1 << 16)
VIEW: Final = str(1 << 10)


@pytest.fixture
async def firm(server: Server) -> Company:
    return await company(server)


def place(message: Json) -> str:
    return f"{PATH}/{message['channel_id']}/{message['id']}"


async def test_a_message_is_saved_noted_and_let_go(server: Server, firm: Company) -> None:
    said = await firm.owner.say(firm.channel["id"], "the recipe")
    async with server.gateway(firm.guest) as device:
        saved = await firm.guest.put(place(said), {"notes": "for sunday"})
        assert (await device.expect("SAVED_MESSAGE_CREATE")).data == saved
        assert saved["message"]["content"] == "the recipe"
        assert saved["save_data"]["notes"] == "for sunday"
        assert saved["save_data"]["guild_id"] == firm.id
        assert await firm.guest.put(place(said)) == saved
        await device.quiet("SAVED_MESSAGE_CREATE")
        noted = await firm.guest.put(place(said), {"notes": "for monday"})
        assert (await device.expect("SAVED_MESSAGE_CREATE")).data == noted
        assert noted["save_data"]["saved_at"] == saved["save_data"]["saved_at"]
        assert await firm.guest.get(PATH) == {"results": [noted], "has_more": False}
        await firm.guest.delete(place(said))
        gone = {"channel_id": said["channel_id"], "message_id": said["id"]}
        assert (await device.expect("SAVED_MESSAGE_DELETE")).data == gone
    assert await firm.guest.get(PATH) == {"results": [], "has_more": False}
    assert (await firm.guest.refused("DELETE", place(said))).status == 404


async def test_what_one_saves_nobody_else_sees(server: Server, firm: Company) -> None:
    said = await firm.owner.say(firm.channel["id"], "the recipe")
    await firm.guest.put(place(said))
    assert await firm.owner.get(PATH) == {"results": [], "has_more": False}
    assert (await firm.owner.refused("DELETE", place(said))).status == 404
    bot = await server.bot(firm.owner, firm.id)
    assert (await bot.refused("PUT", place(said))).code == 20001
    assert (await bot.refused("GET", PATH)).code == 20001


async def test_only_what_one_may_read_can_be_saved(server: Server, firm: Company) -> None:
    said = await firm.owner.say(firm.channel["id"], "the recipe")
    outsider = await server.person()
    assert (await outsider.refused("PUT", place(said))).code == 50001
    deny = {"type": 0, "allow": "0", "deny": READ}
    await firm.owner.put(f"/channels/{said['channel_id']}/permissions/{firm.id}", deny)
    assert (await firm.guest.refused("PUT", place(said))).code == 50013
    assert (await firm.owner.refused("PUT", place({**said, "id": "1"}))).code == 10008


@pytest.mark.parametrize("bits", [READ, VIEW])
async def test_what_one_may_no_longer_read_is_shown_without_content(
    firm: Company, bits: str
) -> None:
    said = await firm.owner.say(firm.channel["id"], "the recipe")
    await firm.guest.put(place(said), {"notes": "for sunday"})
    path = f"/channels/{said['channel_id']}/permissions/{firm.id}"
    await firm.owner.put(path, {"type": 0, "allow": "0", "deny": bits})
    [saved] = (await firm.guest.get(PATH))["results"]
    assert (saved["message"], saved["save_data"]["notes"]) == (None, "for sunday")
    await firm.owner.delete(path)
    [saved] = (await firm.guest.get(PATH))["results"]
    assert saved["message"]["content"] == "the recipe"
    await firm.owner.delete(firm.member(firm.guest))
    [saved] = (await firm.guest.get(PATH))["results"]
    assert saved["message"] is None
    await firm.guest.delete(place(said))


async def test_a_deleted_message_leaves_the_place_where_it_was(firm: Company) -> None:
    said = await firm.owner.say(firm.channel["id"], "the recipe")
    await firm.guest.put(place(said))
    await firm.owner.patch(
        f"/channels/{said['channel_id']}/messages/{said['id']}", {"content": "x"}
    )
    [saved] = (await firm.guest.get(PATH))["results"]
    assert saved["message"]["content"] == "x"
    await firm.owner.delete(f"/channels/{said['channel_id']}/messages/{said['id']}")
    [saved] = (await firm.guest.get(PATH))["results"]
    assert saved["message"] is None


async def test_messages_of_private_channels_are_saved_too(server: Server) -> None:
    ann, ben = await server.person(), await server.person()
    await befriend(ann, ben)
    said = await ann.say((await direct(ann, ben))["id"], "between us")
    saved = await ben.put(place(said))
    assert "guild_id" not in saved["save_data"]
    assert (await ben.get(PATH))["results"] == [saved]


async def test_they_are_paged_from_the_last_saved_on(firm: Company) -> None:
    said = [await firm.owner.say(firm.channel["id"], f"{number}") for number in range(5)]
    await asyncio.gather(*(firm.guest.put(place(one)) for one in said))
    everything = (await firm.guest.get(PATH))["results"]
    moments = [one["save_data"]["saved_at"] for one in everything]
    assert moments == sorted(set(moments), reverse=True)
    paged: list[Json] = []
    query = "limit=2"
    more = True
    while more:
        answer = await firm.guest.get(f"{PATH}?{query}")
        paged += answer["results"]
        more = answer["has_more"]
        query = f"limit=2&before={paged[-1]['save_data']['saved_at']}"
    assert paged == everything


async def test_there_is_no_reminder_and_no_long_note(firm: Company) -> None:
    said = await firm.owner.say(firm.channel["id"], "the recipe")
    due = {"due_at": "2030-01-02T03:04:05Z"}
    assert (await firm.guest.refused("PUT", place(said), due)).code == 50035
    assert (await firm.guest.refused("PUT", place(said), {"notes": "x" * 201})).code == 50035


async def test_there_is_room_for_a_thousand(own_server: Server, database: str) -> None:
    ann = await own_server.person()
    channel = await ann.channel((await ann.guild())["id"])
    said = [await ann.say(channel["id"], word) for word in ("one", "two")]
    await told(database, _FILL, ann.id, MOST - 1)
    await ann.put(place(said[0]))
    assert (await ann.refused("PUT", place(said[1]))).code == 50035
    await ann.put(place(said[0]), {"notes": "still mine"})


_FILL: Final = """
insert into saved_messages (user_id, channel_id, message_id, saved_at)
select $1::text::bigint, 1, number, now() - number * interval '1 second'
from generate_series(1, $2::int) as number
"""
