"""Friends, requests, blocks and ignoring: what each side sees, and who may ask."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway import Gateway
from tests.nouns.circles import (
    BLOCKED,
    FRIEND,
    INCOMING,
    OUTGOING,
    at_once,
    befriend,
    block,
    friends,
    mates,
    relations,
)
from tests.server import LIFTED, Server, running_server

OWN = "/users/@me/relationships"


async def test_a_request_is_outgoing_here_and_incoming_there(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    async with server.gateway(ann) as one, server.gateway(bob) as other:
        await ann.post(OWN, {"username": bob.user["username"], "discriminator": None})
        sent = (await one.expect("RELATIONSHIP_ADD")).data
        asked = (await other.expect("RELATIONSHIP_ADD")).data
    assert (sent["id"], sent["type"], sent["should_notify"]) == (bob.id, OUTGOING, False)
    assert (asked["id"], asked["type"], asked["should_notify"]) == (ann.id, INCOMING, True)
    assert asked["stranger_request"] is True
    mine = (await relations(ann))[bob.id]
    assert mine["user"]["username"] == bob.user["username"]
    assert (mine["nickname"], mine["user_ignored"]) == (None, False)
    assert mine["since"] == asked["since"]


async def test_an_accepted_request_makes_friends_of_both(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    await ann.put(f"{OWN}/{bob.id}", {})
    async with server.gateway(ann) as one, server.gateway(bob) as other:
        await bob.put(f"{OWN}/{ann.id}", {"type": FRIEND})
        assert (await one.expect("RELATIONSHIP_ADD")).data["type"] == FRIEND
        assert (await other.expect("RELATIONSHIP_ADD")).data["type"] == FRIEND
    assert (await relations(ann))[bob.id]["type"] == FRIEND
    assert (await relations(bob))[ann.id]["type"] == FRIEND
    async with server.gateway(ann) as again:
        assert [one["id"] for one in again.ready["relationships"]] == [bob.id]


async def test_who_asks_back_accepts(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    await ann.put(f"{OWN}/{bob.id}", {})
    await bob.post(OWN, {"username": ann.user["username"].upper()})
    assert (await relations(ann))[bob.id]["type"] == FRIEND


async def test_two_who_ask_each_other_at_once_are_friends(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    await at_once(ann.put(f"{OWN}/{bob.id}", {}), bob.put(f"{OWN}/{ann.id}", {}))
    assert (await relations(ann))[bob.id]["type"] == FRIEND
    assert (await relations(bob))[ann.id]["type"] == FRIEND


@pytest.mark.parametrize("declines", [True, False])
async def test_a_request_is_declined_or_taken_back(server: Server, declines: bool) -> None:
    ann, bob = await server.person(), await server.person()
    await ann.put(f"{OWN}/{bob.id}", {})
    actor, other = (bob, ann) if declines else (ann, bob)
    async with server.gateway(ann) as one, server.gateway(bob) as two:
        await actor.delete(f"{OWN}/{other.id}")
        assert (await one.expect("RELATIONSHIP_REMOVE")).data == {"id": bob.id, "type": OUTGOING}
        assert (await two.expect("RELATIONSHIP_REMOVE")).data == {"id": ann.id, "type": INCOMING}
    assert await relations(ann) == await relations(bob) == {}


async def test_a_friendship_ends_for_both(server: Server) -> None:
    ann, bob = await friends(server, 2)
    async with server.gateway(bob) as listener:
        await ann.delete(f"{OWN}/{bob.id}")
        assert (await listener.expect("RELATIONSHIP_REMOVE")).data == {"id": ann.id, "type": FRIEND}
    assert await relations(bob) == {}


async def test_a_block_is_the_blockers_own_affair(server: Server) -> None:
    ann, bob = await friends(server, 2)
    async with server.gateway(ann) as one, server.gateway(bob) as other:
        await block(ann, bob)
        assert (await one.expect("RELATIONSHIP_ADD")).data["type"] == BLOCKED
        gone = (await other.expect("RELATIONSHIP_REMOVE")).data
        assert gone == {"id": ann.id, "type": FRIEND}
        await ann.delete(f"{OWN}/{bob.id}")
        assert (await one.expect("RELATIONSHIP_REMOVE")).data["type"] == BLOCKED
        await other.quiet("RELATIONSHIP_REMOVE", 0.1)
    assert await relations(ann) == await relations(bob) == {}


async def test_who_was_blocked_learns_nothing_from_asking(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    await block(bob, ann)
    assert await relations(ann) == {}
    assert (await ann.refused("PUT", f"{OWN}/{bob.id}", {})).code == 80001
    await block(ann, bob)
    assert (await relations(bob))[ann.id]["type"] == BLOCKED
    await ann.delete(f"{OWN}/{bob.id}")
    assert (await relations(bob))[ann.id]["type"] == BLOCKED


async def test_what_cannot_be_asked_is_refused(server: Server) -> None:
    ann, bob = await friends(server, 2)
    eve = await server.person()
    bot = await server.bot(ann)
    for method, path, body, code in (
        ("PUT", f"{OWN}/{ann.id}", {}, 80003),
        ("PUT", f"{OWN}/{bot.id}", {}, 80002),
        ("PUT", f"{OWN}/{bob.id}", {}, 80007),
        ("PUT", f"{OWN}/{eve.id}", {"type": FRIEND}, 80005),
        ("PUT", f"{OWN}/{eve.id}", {"type": 3}, 50035),
        ("PUT", f"{OWN}/1", {}, 10013),
        ("POST", OWN, {"username": "nobody.has.this.name"}, 80004),
        ("PATCH", f"{OWN}/{eve.id}", {"nickname": "Eve"}, 80006),
    ):
        assert (await ann.refused(method, path, body)).code == code, (path, body)
    assert (await bot.refused("PUT", f"{OWN}/{ann.id}", {})).code == 20001


async def test_a_friend_has_a_nickname_only_one_sees(server: Server) -> None:
    ann, bob = await friends(server, 2)
    async with server.gateway(ann) as one, server.gateway(bob) as other:
        await ann.patch(f"{OWN}/{bob.id}", {"nickname": "Bobby"})
        told = (await one.expect("RELATIONSHIP_UPDATE")).data
        await other.quiet("RELATIONSHIP_UPDATE", 0.1)
    assert (told["id"], told["type"], told["nickname"]) == (bob.id, FRIEND, "Bobby")
    assert (await relations(ann))[bob.id]["nickname"] == "Bobby"
    await ann.patch(f"{OWN}/{bob.id}", {"nickname": None})
    assert (await relations(ann))[bob.id]["nickname"] is None


async def test_somebody_ignored_does_not_learn_of_it(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    async with server.gateway(ann) as one, server.gateway(bob) as other:
        await ann.put(f"{OWN}/{bob.id}/ignore")
        added = (await one.expect("RELATIONSHIP_ADD")).data
        assert (added["type"], added["user_ignored"]) == (0, True)
        await bob.put(f"{OWN}/{ann.id}", {})
        asked = (await one.expect("RELATIONSHIP_ADD")).data
        assert (asked["type"], asked["user_ignored"]) == (INCOMING, True)
        assert asked["should_notify"] is False
        await ann.delete(f"{OWN}/{bob.id}/ignore")
        assert (await one.expect("RELATIONSHIP_UPDATE")).data["user_ignored"] is False
        assert "user_ignored" in (await other.expect("RELATIONSHIP_ADD")).data
        await other.quiet("RELATIONSHIP_UPDATE", 0.1)
    assert (await relations(bob))[ann.id]["user_ignored"] is False


async def test_requests_are_declined_all_at_once(server: Server) -> None:
    ann = await server.person()
    askers = [await server.person() for _ in range(3)]
    for asker in askers:
        await asker.put(f"{OWN}/{ann.id}", {})
    await ann.put(f"{OWN}/{askers[0].id}/ignore")
    await ann.delete(OWN, {"filters": [2]})
    assert {id_ for id_, one in (await relations(ann)).items() if one["type"] == INCOMING} == {
        asker.id for asker in askers[1:]
    }
    await ann.delete(f"{OWN}?relationship_type=3")
    assert {one["type"] for one in (await relations(ann)).values()} == {0}
    assert await relations(askers[1]) == {}


async def test_one_chooses_who_may_ask(server: Server) -> None:
    ann, mate = await mates(server)
    friend, friend_of_friend = await friends(server, 2)
    stranger = await server.person()
    await befriend(friend, ann)
    await ann.patch("/users/@me/privacy", {"requests_from_everyone": False})
    assert (await stranger.refused("PUT", f"{OWN}/{ann.id}", {})).code == 80000
    await ann.patch("/users/@me/privacy", {"requests_from_mutual_friends": False})
    assert (await friend_of_friend.refused("PUT", f"{OWN}/{ann.id}", {})).code == 80000
    await ann.patch("/users/@me/privacy", {"requests_from_mutual_friends": True})
    await friend_of_friend.put(f"{OWN}/{ann.id}", {})
    await ann.patch("/users/@me/privacy", {"requests_from_mutual_guilds": False})
    assert (await mate.refused("PUT", f"{OWN}/{ann.id}", {})).code == 80000
    await ann.patch("/users/@me/privacy", {"requests_from_mutual_guilds": True})
    await mate.put(f"{OWN}/{ann.id}", {})
    assert {one["stranger_request"] for one in (await relations(ann)).values()} == {False}


async def test_mutual_friends_are_shown_to_those_who_know_each_other(server: Server) -> None:
    bob, ann, cid = await friends(server, 3)
    eve = await server.person()
    await befriend(ann, cid)
    assert [one["id"] for one in await ann.get(f"/users/{cid.id}/relationships")] == [bob.id]
    counted = "with_mutual_friends_count=true"
    assert (await ann.get(f"/users/{cid.id}/profile?{counted}"))["mutual_friends_count"] == 1
    assert (await eve.refused("GET", f"/users/{cid.id}/relationships")).code == 50001
    assert (await eve.refused("GET", f"/users/{cid.id}/profile")).code == 50001


@pytest.fixture
async def small_circle(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    limits = {"RIFT_LIMITS_FRIENDS_PER_USER": "2", "RIFT_LIMITS_GROUP_RECIPIENTS": "3"}
    environment = {**LIFTED, **limits, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        yield server


async def test_nobody_has_more_friends_than_allowed(small_circle: Server) -> None:
    ann, _bob = await friends(small_circle, 2)
    others = [await small_circle.person() for _ in range(3)]
    for other in others:
        await other.put(f"{OWN}/{ann.id}", {})
    replies = await at_once(*(ann.call("PUT", f"{OWN}/{other.id}", {}) for other in others))
    assert sorted(reply.status for reply in replies) == [204, 400, 400]
    assert {reply.code for reply in replies if reply.status == 400} == {30002}
    made = [one for one in (await relations(ann)).values() if one["type"] == FRIEND]
    assert len(made) == 2


async def test_relationships_are_nobody_elses_affair(server: Server) -> None:
    ann, bob, eve = await mates(server, 3)
    async with server.gateway(eve) as spy:
        await befriend(ann, bob)
        await ann.patch(f"{OWN}/{bob.id}", {"nickname": "xyzzy"})
        await block(ann, bob)
        await ann.delete(f"{OWN}/{bob.id}")
        await _settled(spy)
        assert not [event for event in spy.history if event.name.startswith("RELATIONSHIP")]
        assert not any(b"xyzzy" in raw for raw in spy.raw)


async def _settled(spy: Gateway) -> None:
    await spy.send(1, None)
    await spy.heard(11)
    await spy.quiet("RELATIONSHIP_ADD")
