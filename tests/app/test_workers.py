"""Several processes on one port are one server."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import websockets

from tests.api import Api, Person
from tests.broker import Broker
from tests.gateway import Closed, Gateway
from tests.guard.voices import enter
from tests.nouns.test_voices import moved
from tests.patience import until
from tests.server import LIFTED, Server, running_server

pytestmark = pytest.mark.slow


@pytest.fixture
async def crew(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment, "--workers", "2") as server:
        yield server


def children(server: Server, program: bytes) -> list[int]:
    """The processes of the server that run a program."""
    listed = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    return [pid for pid in map(int, listed.split()) if program in command(pid)]


def command(pid: int) -> bytes:
    """What a process runs; nothing if it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def workers(server: Server) -> list[int]:
    """The processes that serve."""
    return children(server, b"rift.app.worker")


def runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def sockets_of(pid: int) -> int:
    """How many connections a process has accepted or opened."""
    names = (str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir())
    return sum(name.startswith("socket:") for name in names)


async def healthy(server: Server) -> bool:
    """Over a connection of its own, so that any worker may answer."""
    try:
        async with aiohttp.ClientSession() as http, http.get(f"{server.url}/healthz") as answer:
            return (await answer.json()) == {"status": "ok"}
    except aiohttp.ClientError:
        return False


async def all_healthy(server: Server) -> bool:
    """As often as it takes to have met every worker."""
    return all([await healthy(server) for _ in range(10)])


async def test_a_message_through_one_worker_reaches_the_sessions_of_all(crew: Server) -> None:
    assert len(workers(crew)) == 2
    assert await all_healthy(crew)
    ann = await crew.person()
    guild = await ann.post("/guilds", {"name": "everybody"})
    [channel, *_] = [
        it for it in await ann.get(f"/guilds/{guild['id']}/channels") if it["type"] == 0
    ]
    before = {pid: sockets_of(pid) for pid in workers(crew)}
    async with AsyncExitStack() as stack:
        sessions: list[Gateway] = [
            await stack.enter_async_context(crew.gateway(ann)) for _ in range(12)
        ]
        assert all(sockets_of(pid) > before[pid] for pid in workers(crew))
        for number in range(10):
            await ann.post(f"/channels/{channel['id']}/messages", {"content": f"said {number}"})
        for session in sessions:
            heard = [(await session.expect("MESSAGE_CREATE")).data for _ in range(10)]
            assert sorted(it["content"] for it in heard) == [f"said {n}" for n in range(10)]
        await ann.patch(f"/channels/{channel['id']}", {"name": "renamed"})
        for session in sessions:
            assert (await session.expect("CHANNEL_UPDATE")).data["name"] == "renamed"


async def serves(server: Server, index: int, person: Person) -> bool:
    """Whether sessions can be had at this worker."""
    try:
        async with server.gateway(person, connection=at(server, index)):
            return True
    except (Closed, OSError, websockets.WebSocketException):
        return False


def at(server: Server, index: int) -> dict[str, str]:
    """Where one worker is met, and no other."""
    return {"path": f"{server.url.removeprefix('http://')}/gateway/{index}"}


async def kill_the_first(server: Server) -> None:
    """Return when the worker is another one."""
    victim, survivor = workers(server)
    os.kill(victim, signal.SIGKILL)
    await until(lambda: victim not in workers(server) and len(workers(server)) == 2, 20)
    assert survivor in workers(server)


async def test_a_killed_worker_is_replaced_while_the_other_goes_on(crew: Server) -> None:
    ann = await crew.person()
    guild = await ann.post("/guilds", {"name": "everybody"})
    await kill_the_first(crew)
    assert await healthy(crew)
    await until(lambda: serves(crew, 0, ann), 20)
    async with AsyncExitStack() as stack:
        sessions = [
            await stack.enter_async_context(crew.gateway(ann, connection=at(crew, number % 2)))
            for number in range(8)
        ]
        for number in range(10):
            await anywhere(crew, ann, f"/guilds/{guild['id']}/channels", {"name": f"new-{number}"})
        for session in sessions:
            for number in range(10):
                name = f"new-{number}"
                await session.expect("CHANNEL_CREATE", lambda it, name=name: it["name"] == name)
            assert session.others == [], "whoever comes after the loss has lost nothing"
    assert any("is replaced" in line for line in crew.log)


async def test_who_was_there_when_a_worker_fell_starts_afresh(crew: Server) -> None:
    """The fallen worker may have said something nobody heard."""
    ann, bob = await crew.person(), await crew.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"])
    await ann.bring(bob, room["id"])
    async with (
        crew.gateway(ann, connection=at(crew, 1)) as session,
        crew.gateway(ann, connection=at(crew, 0)) as fallen,
    ):
        await kill_the_first(crew)
        await fallen.closing()
        assert await session.heard(9) is False
        await ann.say(room["id"], "meanwhile")
        await session.identify(ann.api.bare_token)
        said = await ann.say(room["id"], "now")
        assert (await session.expect("MESSAGE_CREATE")).data["id"] == said["id"]


async def test_who_leaves_one_worker_is_seen_to_leave_at_the_others(crew: Server) -> None:
    ann, bob = await crew.person(), await crew.person()
    room = await ann.channel((await ann.guild())["id"])
    await ann.bring(bob, room["id"])
    async with crew.gateway(ann, connection=at(crew, 0)) as session:
        for _ in range(3):
            async with crew.gateway(bob, connection=at(crew, 1)) as other:
                await session.expect("PRESENCE_UPDATE", lambda it: of(bob, it) == "online")
                await other.close()
            await session.expect("PRESENCE_UPDATE", lambda it: of(bob, it) == "offline")


def of(person: Person, presence: dict[str, Any]) -> str | None:
    return presence["status"] if presence["user"]["id"] == person.id else None


async def anywhere(
    server: Server, person: Person, path: str, body: Any, method: str = "POST"
) -> None:
    """Over a connection of its own, so that any worker may do it."""
    async with aiohttp.ClientSession() as http:
        reply = await Api(http, server.url, person.api.token).call(method, path, body)
        assert reply.status < 300, reply.body


async def test_a_stop_is_clean_and_leaves_nobody_behind(crew: Server) -> None:
    ann = await crew.person()
    async with crew.gateway(ann) as session:
        pids = workers(crew)
        crew.process.terminate()
        await session.heard(7)
        assert await asyncio.wait_for(crew.process.wait(), 30) == 0
    assert not any(map(runs, pids))
    assert not any("Traceback" in line for line in crew.log), crew.log


async def test_workers_end_with_a_killed_parent(crew: Server) -> None:
    pids = workers(crew)
    crew.process.kill()
    await crew.process.wait()
    await until(lambda: not any(map(runs, pids)))


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Broker]:
    async with Broker(tmp_path / "broker") as broker:
        yield broker


@pytest.fixture
async def wired_crew(database: str, tmp_path: Path, broker: Broker) -> AsyncIterator[Server]:
    """Workers that are joined by a NATS server, as those of several machines are."""
    environment = {**LIFTED, "DATABASE_URL": database, "RIFT_BUS_URL": broker.url}
    async with running_server(tmp_path / "data", environment, "--workers", "2") as server:
        yield server


async def test_a_restart_of_the_broker_ends_with_everybody_hearing_again(
    broker: Broker, wired_crew: Server
) -> None:
    crew = wired_crew
    ann = await crew.person()
    await ann.post("/guilds", {"name": "everybody"})
    async with crew.gateway(ann):
        broker.kill()
        await asyncio.sleep(0.5)
        assert await healthy(crew)
        other = await ann.post("/guilds", {"name": "meanwhile"})
    await until(lambda: any("back" in line for line in crew.log))
    await asyncio.sleep(1.0)
    async with AsyncExitStack() as stack:
        sessions = [await stack.enter_async_context(crew.gateway(ann)) for _ in range(12)]
        await ann.post(f"/guilds/{other['id']}/channels", {"name": "after"})
        for session in sessions:
            await session.expect("CHANNEL_CREATE", lambda it: it["name"] == "after")


async def test_what_one_reads_at_one_worker_is_read_at_all(crew: Server) -> None:
    ann, ben = await crew.person(), await crew.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    await ann.bring(ben, channel["id"])
    said = [await ann.say(channel["id"], f"<@{ben.id}> {number}") for number in range(6)]
    path = f"/users/@me/guilds/{guild['id']}/settings"
    async with (
        crew.gateway(ben, connection=at(crew, 0)) as phone,
        crew.gateway(ben, connection=at(crew, 1)) as tablet,
    ):
        for message in said[:5]:
            ack = f"/channels/{channel['id']}/messages/{message['id']}/ack"
            await anywhere(crew, ben, ack, {})
        await ben.patch(path, {"muted": True})
        for device in (phone, tablet):
            heard = await device.expect("MESSAGE_ACK", lambda it: it["message_id"] == said[4]["id"])
            assert heard.data["mention_count"] == 1
            assert (await device.expect("USER_GUILD_SETTINGS_UPDATE")).data["muted"] is True
    for index in range(2):
        async with crew.gateway(ben, connection=at(crew, index)) as later:
            [state] = [it for it in later.ready["read_state"] if it["id"] == channel["id"]]
            assert (state["last_message_id"], state["mention_count"]) == (said[4]["id"], 1)
            assert [it["muted"] for it in later.ready["user_guild_settings"]] == [True]


async def test_who_is_in_a_voice_channel_is_so_at_all_workers(crew: Server) -> None:
    ann, bob = await crew.person(), await crew.person()
    guild = await ann.guild()
    one, two = [await ann.channel(guild["id"], name, type=2) for name in ("one", "two")]
    await ann.bring(bob, one["id"])
    async with (
        crew.gateway(ann, connection=at(crew, 1)) as seer,
        crew.gateway(bob, connection=at(crew, 0)) as phone,
    ):
        await enter(phone, one)
        await moved(seer, bob, one)
        await anywhere(crew, ann, member(guild, bob), {"channel_id": two["id"]}, "PATCH")
        await moved(seer, bob, two)
        await moved(phone, bob, two)
        async with crew.gateway(bob, connection=at(crew, 1)) as tablet:
            taken = await enter(tablet, one)
            await moved(phone, bob, one)
            await moved(seer, bob, one)
            await phone.close()
            await seer.quiet("VOICE_STATE_UPDATE")
            for index in range(2):
                async with crew.gateway(ann, connection=at(crew, index)) as late:
                    assert states(late) == [(bob.id, one["id"], taken["session_id"])]
            await tablet.close()
        await moved(seer, bob, None)
    async with crew.gateway(bob, connection=at(crew, 0)) as fallen:
        await enter(fallen, one)
        await kill_the_first(crew)

    async def is_gone() -> bool:
        async with crew.gateway(ann, connection=at(crew, 1)) as seer:
            return states(seer) == []

    await until(is_gone, 20)


def member(guild: dict[str, Any], person: Person) -> str:
    return f"/guilds/{guild['id']}/members/{person.id}"


def states(session: Gateway) -> list[tuple[str, str, str]]:
    """Who is in a voice channel of the one guild, as a session is greeted."""
    [come] = [it.data for it in session.history if it.name == "GUILD_CREATE"]
    told = come["voice_states"]
    return [(it["user_id"], it["channel_id"], it["session_id"]) for it in told]
