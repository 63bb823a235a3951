"""Power cuts while people write: every promise is kept, exactly once, and nobody repairs."""

import asyncio
import random
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from tests.api import Api
from tests.crash.machine import Machine
from tests.crash.writers import Ledger, Writer
from tests.gateway import Gateway
from tests.nouns.circles import direct
from tests.patience import until
from tests.server import LIFTED, running_server

pytestmark = pytest.mark.slow

_WRITERS: Final = 6
_CUTS: Final = 3
_LOGGED: Final = {10: "channels", 30: "roles", 31: "roles", 60: "emojis"}
_WRITTEN: Final = re.compile(r"w\d[-_]\d+$")
"""Names that writers give."""
_MOMENTS_S: Final = (0.0, 0.15, 0.3)
"""After publishing: before, while and after an outlet carries it on."""


@pytest.fixture
def data() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="rift-test-"))
    yield path
    shutil.rmtree(path)


@pytest_asyncio.fixture
async def machine(data: Path) -> AsyncIterator[Machine]:
    machine = Machine(data)
    await machine.start()
    try:
        yield machine
    finally:
        await machine.stop()


class Town:
    """A guild whose members write; `owner` survives the server's deaths, for a token does."""

    def __init__(self, machine: Machine, ids: dict[str, str]) -> None:
        self.machine = machine
        self.ids = ids
        self.token = ids["token"]
        self.ledger = Ledger()

    @classmethod
    async def found(cls, machine: Machine) -> "Town":
        owner, reader = await machine.server.person("founder"), await machine.server.person()
        guild = await owner.guild("Town")
        channel = await owner.channel(guild["id"], "square")
        await owner.bring(reader, channel["id"])
        ids = {
            "guild": guild["id"],
            "channel": channel["id"],
            "direct": (await direct(owner, reader))["id"],
            "token": str(owner.api.token),
            "reader's token": str(reader.api.token),
        }
        return cls(machine, ids)

    @property
    def api(self) -> Api:
        return Api(self.machine.server.http, self.machine.url, self.token)

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """People write; at the end all they began is acknowledged."""
        writers = [
            Writer(f"w{number}", self.machine.url, self.ids, self.ledger)
            for number in range(_WRITERS)
        ]
        async with asyncio.TaskGroup() as tasks:
            for writer in writers:
                tasks.create_task(writer.run())
            yield
            for writer in writers:
                writer.resting = True

    async def history(self, place: str = "channel") -> list[dict[str, Any]]:
        return await self._pages(f"/channels/{self.ids[place]}/messages", lambda page: page)

    async def entries(self) -> list[dict[str, Any]]:
        """The audit log, newest first."""
        path = f"/guilds/{self.ids['guild']}/audit-logs"
        return await self._pages(path, lambda page: page["audit_log_entries"])

    async def _pages(
        self, path: str, items: Callable[[Any], list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        before = ""
        while page := items(await self.api.get(f"{path}?limit=100{before}")):
            found += page
            before = f"&before={page[-1]['id']}"
        return found

    async def check(self) -> None:
        """Every promise was kept, exactly once."""
        await self._check_talk()
        await self._check_whispers()
        await self._check_reading()
        await self._check_audit_log()

    async def _check_whispers(self) -> None:
        held = {it["content"]: it["id"] for it in await self.history("direct")}
        assert held == self.ledger.whispers

    async def _check_reading(self) -> None:
        """Further than was acknowledged is fine: an answer may have been lost."""
        async with Gateway.connected(self.machine.url) as gateway:
            await gateway.identify(self.ids["reader's token"], guilds=False)
            states = gateway.ready["read_state"]
        reached = {it["id"]: it["last_message_id"] for it in states if it["id"] in self.ledger.read}
        for channel, message in self.ledger.read.items():
            assert int(reached[channel]) >= int(message)

    async def _check_audit_log(self) -> None:
        """No deed without its entry and no entry without its deed, whoever got an answer."""
        made: dict[str, dict[str, str]] = {"channels": {}, "roles": {}, "emojis": {}}
        for entry in reversed(await self.entries()):
            kind = _LOGGED.get(entry["action_type"])
            names = [it["new_value"] for it in entry.get("changes", ()) if it["key"] == "name"]
            if kind is not None and names:
                made[kind][entry["target_id"]] = names[0]
        for kind, logged in made.items():
            held = await self.api.get(f"/guilds/{self.ids['guild']}/{kind}")
            own = {it["id"]: it["name"] for it in held if _WRITTEN.match(it["name"])}
            assert {id_: logged.get(id_) for id_ in own} == own
            assert {id_ for id_, name in logged.items() if _WRITTEN.match(name)} == own.keys()

    async def _check_talk(self) -> None:
        ledger = self.ledger
        history = await self.history()
        talk = [it for it in history if it["type"] == 0]
        expected = {id_ for id_ in ledger.messages.values() if id_ not in ledger.deleted}
        assert sorted(it["id"] for it in talk) == sorted(expected), "each exactly once"
        contents = {id_: content for content, id_ in ledger.messages.items()} | ledger.edited
        assert {it["id"]: it["content"] for it in talk} == {id_: contents[id_] for id_ in expected}
        assert ledger.reacted == {it["id"] for it in talk if it.get("reactions")}
        assert ledger.pinned == {it["id"] for it in talk if it["pinned"]}
        channels = await self.api.get(f"/guilds/{self.ids['guild']}/channels")
        assert ledger.channels <= {it["id"] for it in channels}
        roles = await self.api.get(f"/guilds/{self.ids['guild']}/roles")
        assert ledger.roles <= {it["id"] for it in roles}
        emojis = await self.api.get(f"/guilds/{self.ids['guild']}/emojis")
        assert ledger.emojis <= {it["id"] for it in emojis}
        kept = self.machine.data / "files" / "emojis"
        assert all((kept / it["id"]).stat().st_size for it in emojis), "none without its image"


async def _one_more_is_heard(town: Town, gateway: Gateway) -> None:
    path = f"/channels/{town.ids['channel']}/messages"
    sent = await town.api.post(path, {"content": "is anybody there?"})
    await gateway.expect("MESSAGE_CREATE", lambda it: it["id"] == sent["id"])
    town.ledger.messages["is anybody there?"] = sent["id"]


def _moment(chance: random.Random) -> float:
    return chance.uniform(0.3, 0.9)


@pytest.mark.parametrize("victims", ["server", "both"])
async def test_a_killed_server_keeps_every_promise(machine: Machine, victims: str) -> None:
    town = await Town.found(machine)
    chance = random.Random(f"cuts of {victims}")
    kill = machine.kill_server if victims == "server" else machine.kill_both
    async with town.busy():
        for _ in range(_CUTS):
            await asyncio.sleep(_moment(chance))
            async with Gateway.connected(machine.url) as lost:
                await lost.identify(town.token)
                await asyncio.sleep(_moment(chance) / 2)
                await kill()
                await lost.closing()
            await machine.back()
            async with Gateway.connected(machine.url) as gateway:
                await gateway.resume(town.token, lost.ready["session_id"], lost.sequence)
                assert await gateway.heard(9) is False
                await gateway.identify(town.token)
                assert town.ids["guild"] in {it["id"] for it in gateway.ready["guilds"]}
        await asyncio.sleep(_moment(chance))
    assert town.ledger.interruptions >= _CUTS
    assert len(town.ledger.messages) > 50
    await town.check()


async def test_a_killed_database_keeps_every_promise_and_every_session(machine: Machine) -> None:
    town = await Town.found(machine)
    chance = random.Random("cuts of the database")
    async with Gateway.connected(machine.url) as gateway:
        await gateway.identify(town.token)
        async with town.busy():
            for _ in range(_CUTS):
                await asyncio.sleep(_moment(chance))
                await machine.kill_database()
                await machine.back()
            await asyncio.sleep(_moment(chance))
        await _one_more_is_heard(town, gateway)
        assert gateway.closed is None
    assert town.ledger.interruptions >= _CUTS
    await town.check()
    heard = [it.data["id"] for it in gateway.history if it.name == "MESSAGE_CREATE"]
    assert len(heard) == len(set(heard)), "told twice"
    assert town.ledger.certain <= set(heard), "acknowledged, but not told"


@pytest.mark.parametrize("victims", ["server", "both"])
async def test_what_is_published_arrives_once_whoever_is_killed(
    machine: Machine, victims: str
) -> None:
    town = await Town.found(machine)
    kill = machine.kill_server if victims == "server" else machine.kill_both
    news = await town.api.post(f"/guilds/{town.ids['guild']}/channels", {"name": "news", "type": 5})
    body = {"webhook_channel_id": town.ids["channel"]}
    await town.api.post(f"/channels/{news['id']}/followers", body)
    editions = [f"edition {number}" for number in range(len(_MOMENTS_S))]
    for edition, moment_s in zip(editions, _MOMENTS_S, strict=True):
        await _publish(town, news["id"], edition)
        await asyncio.sleep(moment_s)
        await kill()
        await machine.back()
    await _publish(town, news["id"], "last edition")

    async def copies() -> list[str]:
        return [it["content"] for it in await town.history() if "webhook_id" in it]

    async def is_over() -> bool:
        return "last edition" in await copies()

    await until(is_over, within_s=20)
    assert await copies() == ["last edition", *reversed(editions)]


async def _publish(town: Town, channel_id: str, content: str) -> None:
    path = f"/channels/{channel_id}/messages"
    said = await town.api.post(path, {"content": content})
    await town.api.post(f"{path}/{said['id']}/crosspost")


async def test_a_clean_start_after_a_crash_is_quick(machine: Machine) -> None:
    town = await Town.found(machine)
    async with town.busy():
        await asyncio.sleep(0.5)
        await machine.kill_both()
        began = asyncio.get_running_loop().time()
        await machine.start()
        assert asyncio.get_running_loop().time() - began < 10
    await town.check()


@pytest.mark.parametrize(
    ("step", "later_s"),
    [
        ("Starting", 0.0),
        ("Creating the database", 0.15),
        ("Creating the database", 0.4),
        ("Migrating the database: 0001", 0.0),
        ("Migrating the database: 0002", 0.0),
        ("Opening the doors", 0.05),
    ],
)
async def test_a_first_start_that_was_cut_off_is_simply_begun_again(
    data: Path, step: str, later_s: float
) -> None:
    await _start_until(data, step, later_s)
    async with running_server(data, LIFTED) as server:
        assert server.setup_url
        person = await server.person(setup_token=server.setup_token)
        guild = await person.guild()
        async with server.gateway(person) as gateway:
            assert [it["id"] for it in gateway.ready["guilds"]] == [guild["id"]]
    assert not list((data / "postgres").glob("cluster.new-*"))


async def _start_until(data: Path, step: str, later_s: float) -> None:
    """Kill a first start a moment after it said what it is doing."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rift", "up", "--port", "0", "--data", str(data)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    async with asyncio.timeout(30):
        while step not in (await process.stderr.readline()).decode():
            assert process.returncode is None
    await asyncio.sleep(later_s)
    process.send_signal(signal.SIGKILL)
    await process.wait()
