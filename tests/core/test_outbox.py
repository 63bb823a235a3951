"""Durable events reach their outlets: all of them, in order, again after a crash."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import ClassVar, Self

import msgspec
import pytest

from rift import events
from rift.app.building import open_house
from rift.app.process import Workplan, serving
from rift.app.sockets import Stop, listen
from rift.config import Settings
from rift.config.settings import Data, Server
from rift.core.house import House
from rift.core.messages.inbox import Posting
from rift.core.unit import Unit
from rift.db import outbox
from rift.events import Event
from rift.outlets import Outlet, Runner, for_settings
from rift.snowflake import Snowflake
from rift.wire.guilds import BanEvent
from rift.wire.users import User
from tests.core.houses import SETTINGS, emit, furnish, living
from tests.core.recorder import NO_CONCERN, Recorder
from tests.patience import until
from tests.world import samples

COUNT = "select count(*)::int from outbox"
CURSORS = "select outlet from outlet_cursors order by outlet"


class Scene:
    """A house with one outlet, whose runner takes a step when it is told to."""

    def __init__(self, house: House, recorder: Recorder) -> None:
        self.house = house
        self.recorder = recorder
        self.runner = self.new_runner()

    def new_runner(self) -> Runner:
        claims = self.house.claims
        assert claims is not None
        return Runner(self.house, self.recorder, claims.office)

    async def run_dry(self) -> list[str]:
        """All there is to take."""
        async with asyncio.timeout(5):
            while await self.runner.step():
                pass
        return self.recorder.reasons

    async def count(self) -> int:
        found: int = await self.house.pool.fetchval(COUNT)
        return found


def banned(name: str) -> events.BanAdd:
    user = User(id=Snowflake("11"), username=name)
    return events.BanAdd(data=BanEvent(guild_id=samples.GUILD, user=user))


@pytest.fixture
async def scene(database: str) -> AsyncIterator[Scene]:
    recorder = Recorder()
    async with living(database, outlets=[Recorder]) as house:
        await furnish(house.pool)
        made = Scene(house, recorder)
        await made.runner.step()
        yield made


async def test_an_outlet_takes_durable_events_in_order(scene: Scene) -> None:
    for number in range(250):
        await emit(scene.house, banned(f"{number} a"), banned(f"{number} b"))
    assert await scene.run_dry() == [f"{n} {x}" for n in range(250) for x in "ab"]


async def test_events_no_outlet_wants_are_not_kept(scene: Scene) -> None:
    await emit(scene.house, events.BanRemove(data=banned("x").data))
    assert await scene.count() == 0


async def test_events_that_concern_no_outlet_are_not_kept(scene: Scene) -> None:
    await emit(scene.house, banned("a"), banned(NO_CONCERN), banned("b"))
    assert await scene.count() == 2
    assert await scene.run_dry() == ["a", "b"]


async def test_the_inbox_writes_what_is_wanted(scene: Scene) -> None:
    for number in range(3):
        message = samples.message(str(4000 + number), content=f"said {number}")
        await scene.house.inbox.post(Posting(message))
    assert await scene.run_dry() == ["said 0", "said 1", "said 2"]
    [first, *_] = scene.recorder.taken
    assert first == events.MessageCreate(data=samples.message(content="said 0"))


async def test_what_was_rolled_back_is_not_there(scene: Scene) -> None:
    async def fail() -> None:
        async with Unit(scene.house) as unit:
            unit.emit(banned("never"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await scene.run_dry() == []


async def test_a_failed_or_crashed_outlet_is_given_the_same_again(scene: Scene) -> None:
    for name in "abc":
        await emit(scene.house, banned(name))
    scene.recorder.failures = 1
    with pytest.raises(ConnectionError):
        await scene.runner.step()
    assert await scene.run_dry() == ["a", "b", "c"]

    await emit(scene.house, banned("d"))
    crashed = scene.new_runner()

    async def crash(_to: str) -> None:
        raise ConnectionError

    crashed._advance = crash  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        await crashed.step()
    scene.runner = scene.new_runner()
    assert await scene.run_dry() == ["a", "b", "c", "d", "d"]


async def test_an_older_transaction_that_commits_later_is_not_skipped(scene: Scene) -> None:
    slow, quick = Unit(scene.house), Unit(scene.house)
    async with slow:
        await slow.run(outbox.INSERT, ["BanAdd"], [as_payload(banned("slow"))])
        async with quick:
            quick.emit(banned("quick"))
        assert await scene.run_dry() == []
    assert await scene.run_dry() == ["slow", "quick"]


async def test_who_waited_for_anothers_commit_comes_after_it(scene: Scene) -> None:
    """Also where it had begun to write before the other one did."""
    pool = scene.house.pool
    await pool.execute("create table things (id int); insert into things values (1)")
    change = "update things set id = id"
    early, late = Unit(scene.house), Unit(scene.house)
    await early.run("update guilds set name = name where id = 999")
    await early.one("select pg_current_xact_id()::text as xact")
    async with late:
        await late.run(change)
        late.emit(banned("first to commit"))

    async with early:
        await early.run(change)
        early.emit(banned("second to commit"))
    assert await scene.run_dry() == ["first to commit", "second to commit"]


async def test_guild_events_have_the_order_of_their_revisions(scene: Scene) -> None:
    async def rename(number: int) -> None:
        guild = samples.everything()[0].data
        renamed = msgspec.structs.replace(guild, name=f"name {number}")
        await emit(scene.house, events.GuildUpdate(data=renamed))

    told: list[str] = []
    await scene.house.world.guild(samples.GUILD)
    scene.house.world.listener = lambda releases: told.extend(
        event.data.name for release in releases for event in release.events
    )
    await asyncio.gather(*map(rename, range(40)))
    await scene.run_dry()
    assert [event.data.name for event in scene.recorder.taken] == told


async def test_what_everybody_read_is_pruned_whatever_they_wanted(scene: Scene) -> None:
    class Uninterested(Recorder):
        name = "uninterested"
        events = (events.GuildUpdate,)

    await emit(scene.house, banned("a"))
    other = Runner(scene.house, Uninterested(), scene.house.claims.office)
    await emit(scene.house, banned("b"))
    await other.step()
    await emit(scene.house, banned("c"))
    async with scene.house.pool.acquire() as connection:
        both = ["recorder", "uninterested"]
        await outbox.prune(connection, both)
        assert await scene.count() == 3
        await scene.run_dry()
        await outbox.prune(connection, both)
        assert await scene.count() == 1
        await other.step()
        await outbox.prune(connection, both)
        assert await scene.count() == 0
        assert await connection.fetchval("select count(*)::int from outlet_cursors") == 2


async def test_outlets_that_are_no_more_hold_nothing_back(scene: Scene) -> None:
    await emit(scene.house, banned("a"))
    async with scene.house.pool.acquire() as connection:
        await outbox.cursor(connection, "retired")
        await outbox.prune(connection, ["recorder"])
        assert [row["outlet"] for row in await connection.fetch(CURSORS)] == ["recorder"]
        await outbox.prune(connection, [])
        assert await scene.count() == 0


async def test_a_new_outlet_begins_with_now(scene: Scene) -> None:
    class Newcomer(Recorder):
        name = "newcomer"

    await emit(scene.house, banned("before"))
    newcomer = Newcomer()
    runner = Runner(scene.house, newcomer, scene.house.claims.office)
    await runner.step()
    await emit(scene.house, banned("after"))
    while await runner.step():
        pass
    assert newcomer.reasons == ["after"]


async def test_an_event_nobody_can_read_any_more_is_skipped(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await emit(scene.house, banned("a"))
    async with scene.house.pool.acquire() as connection:
        await connection.execute(outbox.INSERT, ["BanAdd"], [{"type": "BanAdd", "data": 5}])
    await emit(scene.house, banned("b"))
    assert await scene.run_dry() == ["a", "b"]
    assert "skips event" in caplog.text


class Heard(Recorder):
    """A recorder of each process, which all write into one book."""

    book: ClassVar[list[tuple[int, str]]]

    def __init__(self, claimed: int) -> None:
        super().__init__()
        self._process = claimed

    @classmethod
    def of(cls, house: House) -> Self:
        assert house.claims is not None
        return cls(house.claims.number)

    async def take(self, events: Sequence[Event]) -> None:
        await super().take(events)
        self.book += [(self._process, reason) for reason in self.reasons]
        self.taken.clear()


@asynccontextmanager
async def worker(dsn: str, index: int, meeting: Path, outlet: type[Outlet]) -> AsyncIterator[House]:
    """One of the processes that serve an instance."""
    settings = msgspec.structs.replace(SETTINGS, data=Data(directory=str(meeting)))
    with listen("127.0.0.1", 0, shared=False) as listening:
        host, port = listening.getsockname()
        plan = Workplan(
            settings=settings,
            dsn=dsn,
            host=host,
            port=port,
            bus_url=f"unix:{meeting}/bus",
            index=index,
        )
        async with serving(plan, listening, Stop(), [outlet]) as house:
            yield house


async def test_of_the_workers_one_feeds_an_outlet_and_another_goes_on_when_it_is_gone(
    database: str, tmp_path: Path
) -> None:
    class Outlet(Heard):
        book: ClassVar[list[tuple[int, str]]] = []

    async with AsyncExitStack() as staying:
        async with AsyncExitStack() as leaving:
            first = await leaving.enter_async_context(worker(database, 1, tmp_path, Outlet))
            await furnish(first.pool)
            await until(lambda: bool(first.claims and first.claims._offices))
            second = await staying.enter_async_context(worker(database, 2, tmp_path, Outlet))
            await until(lambda: begun(first))
            await emit(first, banned("a"), banned("b"))
            await emit(second, banned("c"))
            await until(lambda: len(Outlet.book) == 3)
            number = first.claims.number if first.claims else None
            assert [(number, "a"), (number, "b"), (number, "c")] == Outlet.book
        await emit(second, banned("d"))
        await until(lambda: len(Outlet.book) == 4)
        number = second.claims.number if second.claims else None
        assert Outlet.book[-1] == (number, "d")


async def begun(house: House) -> bool:
    return bool(await house.pool.fetchval("select count(*) > 0 from outlet_cursors"))


async def test_an_outlet_that_is_switched_off_leaves_nothing_behind(
    database: str, tmp_path: Path
) -> None:
    class SwitchedOff(Recorder):
        @classmethod
        def is_wanted(cls, settings: Settings) -> bool:
            return settings.server.workers > 1

    many = msgspec.structs.replace(SETTINGS, server=Server(workers=2))
    async with open_house(many, database, outlets=[SwitchedOff]) as house:
        await furnish(house.pool)
        await Runner(house, SwitchedOff(), yes).step()
        await emit(house, banned("wanted"))
        assert await house.pool.fetchval(COUNT) == 1
    async with worker(database, 1, tmp_path, SwitchedOff) as house:
        await emit(house, banned("unwanted"))
        assert await house.pool.fetchval(COUNT) == 1
        async with house.pool.acquire() as connection:
            await outbox.prune(connection, [it.name for it in for_settings(house.settings)])
        assert await house.pool.fetchval(COUNT) == 0
        assert not await begun(house)


async def yes(_office: str) -> bool:
    return True


def as_payload(event: events.AnyEvent) -> object:
    return msgspec.to_builtins(event)
