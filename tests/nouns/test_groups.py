"""Groups: made of friends, joined, left, renamed, handed on; and nothing for who is out."""

import pytest

from tests.nouns.circles import (
    at_once,
    befriend,
    direct,
    friends,
    group,
    names,
    open_channels,
)
from tests.server import Server

ADDED, REMOVED, RENAMED, NEW_ICON = 1, 2, 4, 5


async def test_a_group_is_there_for_everybody_at_once(server: Server) -> None:
    ann, bob, cid = await friends(server, 3)
    async with server.gateway(bob) as listener:
        channel = await group(ann, bob, cid)
        told = (await listener.expect("CHANNEL_CREATE")).data
    assert (channel["type"], channel["owner_id"], channel["name"]) == (3, ann.id, None)
    assert names(channel) == {bob.id, cid.id}
    assert names(told) == {ann.id, cid.id}
    assert channel["id"] in await open_channels(cid)


async def test_a_group_may_be_of_two_or_of_oneself(server: Server) -> None:
    ann, bob = await friends(server, 2)
    assert names(await group(ann, bob)) == {bob.id}
    alone = await ann.post("/users/@me/channels", {"recipients": []})
    assert (alone["type"], alone["recipients"]) == (3, [])


async def test_only_friends_come_into_a_group(server: Server) -> None:
    ann, bob = await friends(server, 2)
    eve = await server.person()
    body = {"recipients": [bob.id, eve.id]}
    assert (await ann.refused("POST", "/users/@me/channels", body)).code == 80006
    channel = await group(ann, bob)
    path = f"/channels/{channel['id']}/recipients/{eve.id}"
    assert (await ann.refused("PUT", path)).code == 80006
    assert (await bob.refused("PUT", path)).code == 80006


async def test_a_group_is_no_larger_than_allowed(server: Server) -> None:
    ann, *others = await friends(server, 11)
    ids = [one.id for one in others]
    reply = await ann.refused("POST", "/users/@me/channels", {"recipients": ids})
    assert reply.code == 30004
    channel = await ann.post("/users/@me/channels", {"recipients": ids[:8]})
    path = f"/channels/{channel['id']}/recipients"
    replies = await at_once(*(ann.call("PUT", f"{path}/{id_}") for id_ in ids[8:]))
    assert sorted(reply.status for reply in replies) == [204, 400]
    assert len((await ann.get(f"/channels/{channel['id']}"))["recipients"]) == 9


async def test_anybody_in_it_lets_their_own_friend_in(server: Server) -> None:
    ann, bob = await friends(server, 2)
    cid = await server.person()
    await befriend(bob, cid)
    channel = await group(ann, bob)
    await ann.say(channel["id"], "before")
    async with server.gateway(ann) as old, server.gateway(cid) as new:
        path = f"/channels/{channel['id']}/recipients/{cid.id}"
        assert (await bob.call("PUT", path, {"nick": "Ceedee"})).status == 204
        told = (await old.expect("CHANNEL_RECIPIENT_ADD")).data
        created = (await new.expect("CHANNEL_CREATE")).data
        message = (await new.expect("MESSAGE_CREATE")).data
        assert (await old.expect("MESSAGE_CREATE")).data["id"] == message["id"]
        await new.quiet("CHANNEL_RECIPIENT_ADD", 0.1)
    assert (told["channel_id"], told["user"]["id"]) == (channel["id"], cid.id)
    assert told["nick"] == "Ceedee"
    assert names(created) == {ann.id, bob.id}
    assert created["nicks"] == [{"id": cid.id, "nick": "Ceedee"}]
    assert (message["type"], message["author"]["id"]) == (ADDED, bob.id)
    assert [user["id"] for user in message["mentions"]] == [cid.id]
    shown = await cid.get(f"/channels/{channel['id']}/messages")
    assert [one["type"] for one in shown] == [ADDED, 0]
    assert (await bob.call("PUT", path)).status == 204  # again: nothing happens


async def test_a_direct_message_becomes_a_group_of_three(server: Server) -> None:
    ann, bob, cid = await friends(server, 3)
    channel = await direct(ann, bob)
    reply = await ann.call("PUT", f"/channels/{channel['id']}/recipients/{cid.id}")
    assert reply.status == 201
    assert reply.body["type"] == 3
    assert names(reply.body) == {bob.id, cid.id}
    assert reply.body["id"] != channel["id"]


async def test_the_owner_puts_somebody_out_who_hears_nothing_more(server: Server) -> None:
    ann, bob, cid = await friends(server, 3)
    channel = await group(ann, bob, cid)
    here = f"/channels/{channel['id']}"
    assert (await bob.refused("DELETE", f"{here}/recipients/{cid.id}")).code == 50013
    async with server.gateway(cid) as out, server.gateway(bob) as stays:
        await ann.delete(f"{here}/recipients/{cid.id}")
        assert (await out.expect("CHANNEL_DELETE")).data["id"] == channel["id"]
        gone = (await stays.expect("CHANNEL_RECIPIENT_REMOVE")).data
        said = (await stays.expect("MESSAGE_CREATE")).data
        assert (gone["channel_id"], gone["user"]["id"]) == (channel["id"], cid.id)
        assert (said["type"], said["mentions"][0]["id"]) == (REMOVED, cid.id)
        out.raw.clear()
        await ann.say(channel["id"], "now we are alone")
        await ann.post(f"{here}/typing")
        await ann.patch(here, {"name": "Without them"})
        await stays.expect("CHANNEL_UPDATE")
        await out.quiet("MESSAGE_CREATE")
        assert not any(channel["id"].encode() in raw for raw in out.raw)
    assert (await cid.refused("GET", here)).code == 10003
    assert (await cid.refused("GET", f"{here}/messages")).code == 10003
    assert (await cid.refused("POST", f"{here}/messages", {"content": "hey"})).code == 10003
    assert channel["id"] not in await open_channels(cid)
    assert (await ann.refused("DELETE", f"{here}/recipients/{cid.id}")).code == 10013


@pytest.mark.parametrize("silent", [False, True])
async def test_a_group_outlives_its_owner(server: Server, silent: bool) -> None:
    ann, bob, cid = await friends(server, 3)
    channel = await group(ann, bob, cid)
    async with server.gateway(cid) as listener:
        await ann.delete(f"/channels/{channel['id']}?silent={str(silent).lower()}")
        assert (await listener.expect("CHANNEL_RECIPIENT_REMOVE")).data["user"]["id"] == ann.id
        updated = (await listener.expect("CHANNEL_UPDATE")).data
    assert updated["owner_id"] == bob.id
    assert names(updated) == {bob.id}
    types = [one["type"] for one in await bob.get(f"/channels/{channel['id']}/messages")]
    assert types == ([] if silent else [REMOVED])
    assert (await ann.refused("GET", f"/channels/{channel['id']}")).code == 10003


async def test_the_last_one_takes_the_group_along(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await group(ann, bob)
    await bob.delete(f"/channels/{channel['id']}/recipients/{bob.id}")
    await ann.delete(f"/channels/{channel['id']}")
    assert (await ann.refused("GET", f"/channels/{channel['id']}")).code == 10003
    assert await open_channels(ann) == await open_channels(bob) == {}


async def test_all_leave_at_once_and_nothing_is_left(server: Server) -> None:
    people = await friends(server, 4)
    channel = await group(*people)
    path = f"/channels/{channel['id']}"
    replies = await at_once(*(one.call("DELETE", path) for one in people))
    assert [reply.status for reply in replies] == [200] * 4
    assert (await people[0].refused("GET", path)).code == 10003


async def test_anybody_in_it_renames_a_group(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await group(ann, bob)
    path = f"/channels/{channel['id']}"
    async with server.gateway(ann) as listener:
        changed = await bob.patch(path, {"name": "  The Plotters "})
        assert changed["name"] == "The Plotters"
        assert (await listener.expect("CHANNEL_UPDATE")).data["name"] == "The Plotters"
        said = (await listener.expect("MESSAGE_CREATE")).data
        assert (said["type"], said["content"]) == (RENAMED, "The Plotters")
        await bob.patch(path, {"name": "The Plotters"})
        await listener.quiet("CHANNEL_UPDATE")
    assert (await ann.patch(path, {"name": None}))["name"] is None
    refused = await ann.refused("PATCH", path, {"icon": "data:image/png;base64,AAAA"})
    assert refused.code == 50035


async def test_an_owner_hands_the_group_on(server: Server) -> None:
    ann, bob, cid = await friends(server, 3)
    channel = await group(ann, bob)
    path = f"/channels/{channel['id']}"
    assert (await bob.refused("PATCH", path, {"owner": bob.id})).code == 50013
    assert (await ann.refused("PATCH", path, {"owner": cid.id})).code == 50033
    assert (await ann.patch(path, {"owner": bob.id}))["owner_id"] == bob.id


async def test_what_is_of_groups_is_not_for_guilds(server: Server) -> None:
    ann, bob = await friends(server, 2)
    guild = await ann.guild()
    path = f"/channels/{guild['system_channel_id']}/recipients/{bob.id}"
    assert (await ann.refused("PUT", path)).code == 50024
    assert (await ann.refused("DELETE", path)).code == 50024


async def test_system_messages_of_a_group_stay(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await group(ann, bob)
    await ann.patch(f"/channels/{channel['id']}", {"name": "Named"})
    [said] = await ann.get(f"/channels/{channel['id']}/messages")
    path = f"/channels/{channel['id']}/messages/{said['id']}"
    assert (await ann.refused("DELETE", path)).code == 50021
