"""Searches people keep, and being told of what they find."""

from typing import Any

import pytest

from tests.nouns.archive import Archive, ids
from tests.nouns.circles import befriend, block, direct
from tests.server import Server

Json = dict[str, Any]

PATH = "/users/@me/saved-searches"


@pytest.fixture
async def archive(server: Server) -> Archive:
    return await Archive(server).open()


async def test_a_search_is_kept_changed_and_forgotten(archive: Archive) -> None:
    query = {"content": "release notes", "has": ["link"]}
    body = {"name": "releases", "query": query, "channel_id": archive.talk}
    made = await archive.ben.post(PATH, body)
    assert (made["guild_id"], made["channel_id"]) == (archive.id, archive.talk)
    assert (made["name"], made["notify"]) == ("releases", False)
    assert {name: made["query"][name] for name in query} == query
    changed = await archive.ben.patch(f"{PATH}/{made['id']}", {"name": "news", "notify": True})
    assert (changed["name"], changed["notify"], changed["query"]) == ("news", True, made["query"])
    changed = await archive.ben.patch(f"{PATH}/{made['id']}", {"query": {"pinned": True}})
    assert await archive.ben.get(PATH) == [changed]
    assert changed["query"]["pinned"] is True
    await archive.ben.delete(f"{PATH}/{made['id']}")
    assert await archive.ben.get(PATH) == []


async def test_what_others_keep_is_not_there(archive: Archive) -> None:
    made = await archive.ben.post(PATH, {"name": "mine", "query": {"content": "x"}})
    for method, body in (("PATCH", {"name": "yours"}), ("DELETE", None)):
        assert (await archive.ann.refused(method, f"{PATH}/{made['id']}", body)).status == 404
    assert await archive.ann.get(PATH) == []


async def test_a_search_asks_for_something_in_a_place_one_sees(archive: Archive) -> None:
    ask = {"name": "mine", "query": {"content": "x"}}
    assert (await archive.ben.refused("POST", PATH, {**ask, "query": {}})).code == 50035
    eve = await archive.server.person()
    assert (await eve.refused("POST", PATH, {**ask, "guild_id": archive.id})).code == 50001
    assert (await eve.refused("POST", PATH, {**ask, "channel_id": archive.talk})).code == 50001
    bot = await archive.server.bot(archive.ann, archive.id)
    assert (await bot.refused("POST", PATH, ask)).code == 20001


async def test_there_is_room_for_fifty(archive: Archive) -> None:
    body = {"name": "mine", "query": {"content": "x"}}
    for _ in range(50):
        await archive.ben.post(PATH, body)
    assert (await archive.ben.refused("POST", PATH, body)).code == 50035


async def test_who_wants_to_know_is_told_of_what_is_found(archive: Archive) -> None:
    body = {"name": "news", "query": {"content": '"new release"'}, "notify": True}
    made = await archive.ben.post(PATH, body)
    await archive.ben.post(PATH, {**body, "notify": False})
    async with archive.server.gateway(archive.ben) as device:
        await archive.say("release of something new")
        said = await archive.say("a New Release is there")
        hit = (await device.expect("SAVED_SEARCH_HIT")).data
        assert hit == {
            "saved_search_id": made["id"],
            "guild_id": archive.id,
            "channel_id": archive.talk,
            "message_id": said,
            "count": 1,
        }
        await archive.ben.say(archive.talk, "a new release of my own")
        await archive.ann.patch(f"/channels/{archive.talk}/messages/{said}", {"content": "edited"})
        await archive.settled()
        await device.quiet("SAVED_SEARCH_HIT")


async def test_the_very_first_search_somebody_keeps_finds_something(own_server: Server) -> None:
    archive = await Archive(own_server).open()
    await archive.say("looked at while there is no search to find it")
    await archive.settled()
    body = {"name": "news", "query": {"content": "release"}, "notify": True}
    made = await archive.ben.post(PATH, body)
    async with own_server.gateway(archive.ben) as device:
        await archive.say("a release")
        assert (await device.expect("SAVED_SEARCH_HIT")).data["saved_search_id"] == made["id"]


async def test_many_finds_are_told_together(archive: Archive) -> None:
    await archive.ben.post(PATH, {"name": "all", "query": {"has": ["-link"]}, "notify": True})
    async with archive.server.gateway(archive.ben) as device:
        said = [await archive.say(f"number {number}") for number in range(20)]
        count = 0
        while count < len(said):
            hit = (await device.expect("SAVED_SEARCH_HIT")).data
            count += hit["count"]
        assert (count, hit["message_id"]) == (len(said), said[-1])


async def test_a_search_of_everything_hears_of_private_channels_but_not_of_the_blocked(
    archive: Archive,
) -> None:
    await befriend(archive.ann, archive.ben)
    body = {"name": "me", "query": {"content": "treasure"}, "notify": True}
    await archive.ben.post(PATH, body)
    talk = await direct(archive.ann, archive.ben)
    async with archive.server.gateway(archive.ben) as device:
        said = await archive.ann.say(talk["id"], "a treasure!")
        hit = (await device.expect("SAVED_SEARCH_HIT")).data
        assert (hit["message_id"], hit["channel_id"]) == (said["id"], talk["id"])
        assert "guild_id" not in hit
        await block(archive.ben, archive.ann)
        await archive.say("another treasure")
        await archive.settled()
        await device.quiet("SAVED_SEARCH_HIT")
    assert ids(await archive.ann.get("/users/@me/messages/search?content=treasure"))
