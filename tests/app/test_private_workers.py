"""Private channels where their people are served by different processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from tests.api import Api, Person
from tests.gateway import Gateway
from tests.nouns.circles import at_once, befriend, block, direct, friends, group, mates
from tests.server import LIFTED, Server, running_server

pytestmark = pytest.mark.slow

_CONNECTIONS = 8
_SETTLED_S = 0.5
OFFICIAL = 22525


@pytest.fixture
async def crew(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment, "--workers", "2") as server:
        yield server


async def everywhere(stack: AsyncExitStack, server: Server, person: Person) -> list[Gateway]:
    """So many sessions of somebody that each worker holds one of them."""
    sessions: dict[str, Gateway] = {}
    while len(sessions) < 2:  # the system chooses who answers a connection
        gateway = await stack.enter_async_context(server.gateway(person))
        sessions.setdefault(gateway.ready["resume_gateway_url"], gateway)
    return list(sessions.values())


async def calls(server: Server, person: Person, method: str, path: str, body: object) -> set[int]:
    """The codes of one request made over many connections, so that each worker answers some."""
    codes = set[int]()
    for _ in range(_CONNECTIONS):
        async with aiohttp.ClientSession() as http:
            reply = await Api(http, server.url, person.api.token).call(method, path, body)
            codes.add(reply.code if reply.status >= 400 else 0)
    return codes


async def test_a_direct_message_arrives_at_every_worker(crew: Server) -> None:
    ann, bob = await friends(crew, 2)
    async with AsyncExitStack() as stack:
        listeners = await everywhere(stack, crew, bob)
        channel = await direct(ann, bob)
        said = await ann.say(channel["id"], "hello")
        for listener in listeners:
            assert (await listener.expect("CHANNEL_CREATE")).data["id"] == channel["id"]
            assert (await listener.expect("MESSAGE_CREATE")).data["id"] == said["id"]


async def test_two_people_have_one_channel_through_all_workers(crew: Server) -> None:
    ann, bob = await friends(crew, 2)

    async def opens(one: Person, other: Person) -> str:
        async with aiohttp.ClientSession() as http:
            made = await Api(http, crew.url, one.api.token).post(
                "/users/@me/channels", {"recipient_id": other.id}
            )
            return str(made["id"])

    pairs = [(ann, bob), (bob, ann)] * 10
    assert len(set(await at_once(*(opens(*pair) for pair in pairs)))) == 1


async def test_who_left_a_group_is_out_at_every_worker(crew: Server) -> None:
    ann, bob, cid = await friends(crew, 3)
    channel = await group(ann, bob, cid)
    path = f"/channels/{channel['id']}/messages"
    assert await calls(crew, cid, "POST", path, {"content": "here"}) == {0}
    async with AsyncExitStack() as stack:
        spies = await everywhere(stack, crew, cid)
        await cid.delete(f"/channels/{channel['id']}")
        for spy in spies:
            await spy.expect("CHANNEL_DELETE")
            spy.raw.clear()
        assert await calls(crew, cid, "POST", path, {"content": "still here?"}) == {10003}
        assert await calls(crew, bob, "POST", path, {"content": "they are gone"}) == {0}
        for spy in spies:
            await spy.quiet("MESSAGE_CREATE")
            assert not any(channel["id"].encode() in raw for raw in spy.raw)


async def test_a_block_holds_at_every_worker_at_once(crew: Server) -> None:
    ann, bob = await friends(crew, 2)
    channel = await direct(ann, bob)
    path = f"/channels/{channel['id']}/messages"
    assert await calls(crew, ann, "POST", path, {"content": "hello"}) == {0}
    await block(bob, ann)
    assert await calls(crew, ann, "POST", path, {"content": "hello?"}) == {50007}


async def test_a_stranger_stays_out_at_every_worker(crew: Server) -> None:
    ann, bob, eve = await mates(crew, 3)
    await befriend(ann, bob)
    channel = await direct(ann, bob)
    async with AsyncExitStack() as stack:
        spies = await everywhere(stack, crew, eve)
        await ann.say(channel["id"], f"not for <@{eve.id}>")
        path = f"/channels/{channel['id']}/messages"
        assert await calls(crew, eve, "GET", path, None) == {10003}
        for spy in spies:
            await spy.quiet("MESSAGE_CREATE")
            assert not any(channel["id"].encode() in raw for raw in spy.raw)


async def test_presences_and_sessions_are_told_from_worker_to_worker(crew: Server) -> None:
    ann, bob = await friends(crew, 2)
    async with AsyncExitStack() as stack:
        watching = await everywhere(stack, crew, ann)
        held = await everywhere(stack, crew, bob)
        for watcher in watching:
            await watcher.expect("PRESENCE_UPDATE", lambda it: it["status"] == "online")
        await bob.api.patch("/users/@me/settings", {"status": "dnd"})
        for watcher in watching:
            await watcher.expect("PRESENCE_UPDATE", lambda it: it["status"] == "dnd")
        async with Gateway.connected(crew.url) as own:
            await own.identify(bob.api.bare_token, guilds=False, capabilities=OFFICIAL)
            ids = {gateway.ready["session_id"] for gateway in held}
            if not ids <= {it["session_id"] for it in own.ready["sessions"]}:
                listed = await own.expect(
                    "SESSIONS_REPLACE", lambda all_: ids <= {it["session_id"] for it in all_}
                )
                assert "all" in {it["session_id"] for it in listed.data}
        await bob.api.patch("/users/@me/settings", {"status": "invisible"})
        for watcher in watching:
            await watcher.expect("PRESENCE_UPDATE", lambda it: it["status"] == "offline")
        await asyncio.sleep(_SETTLED_S)  # each worker says so of the devices it has
        for watcher in watching:
            watcher.events.clear()
        for gateway in held:
            await gateway.close()
        for watcher in watching:
            await watcher.quiet("PRESENCE_UPDATE")


async def test_a_friend_at_another_worker_is_seen_by_who_comes_later(crew: Server) -> None:
    ann, bob = await friends(crew, 2)
    async with crew.gateway(bob), AsyncExitStack() as stack:
        for _ in range(_CONNECTIONS):
            gateway = await stack.enter_async_context(Gateway.connected(crew.url))
            await gateway.identify(ann.api.bare_token, guilds=False, capabilities=OFFICIAL)
            extra = (await gateway.expect("READY_SUPPLEMENTAL")).data
            if not extra["merged_presences"]["friends"]:
                await gateway.expect("PRESENCE_UPDATE", lambda it: it["user"]["id"] == bob.id)
