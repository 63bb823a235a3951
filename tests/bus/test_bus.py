"""What every bus promises, and what the one with a broker promises when the broker is away."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import nats
import pytest

from rift import events
from rift.app.building import make_bus
from rift.bus import Bus, BusFailure, LocalBus, UnixBus
from rift.bus.nats import NatsBus
from rift.events import CATALOGUE, AnyEvent, Release, guild_topic, user_topic
from rift.wire.guilds import UnavailableGuild
from tests.broker import Broker
from tests.patience import until
from tests.world import samples

HERE = guild_topic(samples.GUILD)


class Side:
    """A process on the bus: what it heard, and how often it was told to fetch the truth."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.heard: list[Release] = []
        self.resyncs = 0

    async def start(self) -> None:
        await self.bus.start(self.heard.extend, self._resync)

    def _resync(self) -> None:
        self.resyncs += 1

    def say(self, *contents: str) -> None:
        self.bus.publish([spoken(content) for content in contents])

    @property
    def words(self) -> list[str]:
        return [
            event.data.content
            for release in self.heard
            for event in release.events
            if isinstance(event, events.MessageCreate)
        ]

    async def follow(self, topic: str = HERE) -> None:
        self.bus.follow(topic)
        await self.bus.settled()


def spoken(content: str) -> Release:
    return Release(events=(samples.said(content=content),))


@asynccontextmanager
async def sides(url: str, count: int = 2) -> AsyncIterator[list[Side]]:
    made = [Side(make_bus(url)) for _ in range(count)]
    try:
        for side in made:
            await side.start()
        yield made
    finally:
        for side in made:
            await side.bus.stop()


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[str]:
    async with Broker(tmp_path / "run") as broker:
        yield broker.url


@pytest.fixture(params=["unix", "nats"])
async def joint(request: Any, tmp_path: Path) -> AsyncIterator[str]:
    """Where processes meet, on either bus that joins some."""
    if request.param == "unix":
        yield f"unix:{tmp_path}/bus"
    else:
        async with Broker(tmp_path / "run") as broker:
            yield broker.url


@pytest.fixture(params=["local", "unix", "nats"])
async def side(request: Any, tmp_path: Path) -> AsyncIterator[Side]:
    """One process alone, on any bus."""
    if request.param == "local":
        made = Side(LocalBus())
        await made.start()
        yield made
        await made.bus.stop()
    elif request.param == "unix":
        async with sides(f"unix:{tmp_path}/bus", 1) as [made]:
            yield made
    else:
        async with Broker(tmp_path / "run") as broker, sides(broker.url, 1) as [made]:
            yield made


async def test_the_publisher_hears_its_own_releases_at_once_and_once(side: Side) -> None:
    side.say("a", "b")
    assert side.words == ["a", "b"]
    await side.follow()
    side.say("c")
    assert side.words == ["a", "b", "c"]
    await asyncio.sleep(0.1)
    assert side.words == ["a", "b", "c"]


async def test_what_is_published_is_heard_in_order(side: Side) -> None:
    for number in range(500):
        side.say(str(number))
    assert side.words == [str(number) for number in range(500)]


async def test_a_receiver_that_fails_does_not_fail_the_publisher(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_releases: Sequence[Release]) -> None:
        raise ZeroDivisionError

    await side.bus.stop()
    await side.bus.start(fail, lambda: None)
    side.say("a")
    assert "was not taken well" in caplog.text


async def test_following_settles(side: Side) -> None:
    for number in range(50):
        side.bus.follow(guild_topic(str(number)))
        side.bus.unfollow(guild_topic(str(number - 1)))
    await side.bus.settled()


async def test_after_the_stop_nothing_is_heard(side: Side) -> None:
    await side.bus.stop()
    side.say("late")
    assert side.words == []
    await side.bus.stop()


async def test_every_event_survives_the_way(joint: str) -> None:
    every = samples.everything()
    assert {type(event) for event in every} == set(CATALOGUE)
    async with sides(joint) as [one, two]:
        for topic in {topic for event in every for topic in event.topics()}:
            await two.follow(topic)
        for number, event in enumerate(every, 1):
            one.bus.publish([Release(events=(event,), guild_id=samples.GUILD, revision=number)])
        await until(lambda: len(two.heard) >= len(every))
        assert len(two.heard) == len(every)
        for release in one.heard:
            assert release in two.heard


async def test_the_order_of_each_publisher_is_kept(joint: str) -> None:
    async with sides(joint, 3) as [one, two, three]:
        await three.follow()
        for number in range(1000):
            one.say(f"one {number}")
            two.say(f"two {number}")
            if number % 50 == 0:
                await asyncio.sleep(0)
        await until(lambda: len(three.heard) == 2000)
        for name in ("one", "two"):
            of_name = [word for word in three.words if word.startswith(name)]
            assert of_name == [f"{name} {number}" for number in range(1000)]


async def test_only_followed_topics_are_heard(joint: str) -> None:
    async with sides(joint) as [one, two]:
        one.say("before")
        await one.follow("guild.7")  # by then the broker has it
        await two.follow()
        one.say("while")
        await until(lambda: two.words == ["while"])
        two.bus.unfollow(HERE)
        await two.follow("guild.1")
        one.say("after")
        one.bus.publish([Release(events=(events.SessionsRevoked(data=()),))])
        await until(lambda: len(two.heard) == 2)
        assert two.words == ["while"]


async def test_the_topic_of_the_instance_reaches_everybody(joint: str) -> None:
    async with sides(joint, 3) as made:
        made[0].bus.publish([Release(events=(events.SessionsRevoked(data=(samples.USER,)),))])
        for side in made:
            await until(lambda side=side: len(side.heard) == 1)


async def test_a_release_under_two_followed_topics_is_heard_once(joint: str) -> None:
    async with sides(joint) as [one, two]:
        await two.follow()
        await two.follow(user_topic(samples.USER))
        for revision in range(1, 51):
            joining = Release(events=(samples.joined(),), guild_id=samples.GUILD, revision=revision)
            assert len(joining.topics()) == 2
            one.bus.publish([joining])
        one.say("done")
        await until(lambda: "done" in two.words)
        await asyncio.sleep(0.1)
        assert [release.revision for release in two.heard if release.revision] == list(range(1, 51))


async def test_a_burst_is_one_message_and_a_large_one_is_split(broker: str) -> None:
    listener = await nats.connect(broker)
    parcels: list[int] = []

    async def note(message: Any) -> None:
        parcels.append(len(message.data))

    await listener.subscribe(HERE, cb=note)
    await listener.flush()
    async with sides(broker) as [one, two]:
        await two.follow()
        one.say(*map(str, range(100)))
        await until(lambda: len(two.heard) == 100)
        await listener.flush()
        assert len(parcels) == 1
        long = "x" * 4000
        one.say(*([long] * 3000))
        await until(lambda: len(two.heard) == 3100)
        assert len(parcels) > 10
        assert max(parcels) < 1024 * 1024
    await listener.close()


async def test_a_release_too_large_for_the_broker_is_fetched_by_the_others(broker: str) -> None:
    async with sides(broker) as [one, two]:
        await two.follow()
        one.say("x" * (5 * 1024 * 1024), "small")
        await until(lambda: two.resyncs == 1)
        assert one.resyncs == 0
        assert one.words[-1] == two.words[-1] == "small"


async def test_a_restart_of_the_broker_is_survived(tmp_path: Path) -> None:
    broker = Broker(tmp_path / "run")
    async with broker, sides(broker.url) as [one, two]:
        await two.follow()
        await fell(broker)
        await until(lambda: not one.bus._client.is_connected)
        one.say("lost")
        assert one.words == ["lost"]
        two.bus.follow(guild_topic("77"))
        await asyncio.wait_for(two.bus.settled(), 1.0)  # nobody waits for who is away
        await until(lambda: one.resyncs > 0 and two.resyncs > 0)
        assert two.words == []
        one.say("found")
        one.bus.publish([Release(events=(elsewhere("77"),))])
        await until(lambda: len(two.heard) == 2)
        resyncs = (one.resyncs, two.resyncs)
        await asyncio.sleep(1.0)
        assert (one.resyncs, two.resyncs) == resyncs
        assert max(resyncs) <= 2


async def test_a_publisher_that_was_cut_off_has_the_others_fetch(broker: str) -> None:
    async with sides(broker) as [one, two]:
        await two.follow()
        one.bus._client._transport._io_writer.transport.abort()
        await until(lambda: not one.bus._client.is_connected)
        one.say("lost")
        await until(lambda: one.resyncs == 1 and two.resyncs == 1)
        one.say("found")
        await until(lambda: two.words == ["found"])


async def test_publishing_is_bounded_while_the_broker_is_away(tmp_path: Path) -> None:
    broker = Broker(tmp_path / "run")
    async with broker, sides(broker.url, 1) as [one]:
        await fell(broker, for_good=True)
        one.say("at the moment of the loss")
        await until(lambda: not one.bus._client.is_connected)
        for _ in range(1000):
            one.say("x" * 4000)
        assert one.bus._outgoing == {}
        assert len(one.words) == 1001


async def test_publishing_is_bounded_when_the_loop_does_not_get_to_send(
    broker: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with sides(broker) as [one, two]:
        await two.follow()
        for _ in range(200):
            one.say(*(["x" * 4000] * 50))  # 40 MB without a pause
            assert one.bus._waiting_bytes < 33 * 1024 * 1024
        await until(lambda: two.resyncs == 1)
        assert "too slow" in caplog.text


async def test_errors_while_the_broker_is_away_do_not_pile_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broker = Broker(tmp_path / "run")
    caplog.set_level(logging.WARNING)
    async with broker, sides(broker.url, 1) as [one]:
        await fell(broker, for_good=True)
        await asyncio.sleep(1.5)
        assert one.resyncs == 0
        assert len(caplog.records) <= 2


async def test_a_broker_that_is_not_there_is_named_without_its_secret() -> None:
    bus = NatsBus("nats://secret@127.0.0.1:9", connect_s=0.5)
    with pytest.raises(BusFailure) as failure:
        await bus.start(lambda _releases: None, lambda: None)
    assert "secret" not in str(failure.value)


async def test_a_stop_leaves_no_task_and_sends_what_was_published(joint: str) -> None:
    before = asyncio.all_tasks()
    async with sides(joint) as [one, two]:
        await two.follow()
        one.say("last words")
        await one.bus.stop()
        await until(lambda: two.words == ["last words"])
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() == before


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    """A directory where processes meet, longer than the path of a Unix socket can be."""
    return tmp_path / ("x" * 100) / "bus"


async def test_whoever_comes_later_is_heard_and_hears(meeting: Path) -> None:
    async with sides(f"unix:{meeting}", 1) as [one]:
        await one.follow()
        async with sides(f"unix:{meeting}", 1) as [two]:
            two.say("first words")
            await until(lambda: one.words == ["first words"])
            await two.follow()
            one.say("welcome")
            await until(lambda: two.words == ["first words", "welcome"])
            assert one.resyncs == two.resyncs == 0


async def test_whoever_was_killed_is_forgotten_and_what_they_said_last_is_fetched(
    meeting: Path,
) -> None:
    async with sides(f"unix:{meeting}") as [one, two]:
        await one.follow()
        two.bus._server.close()
        for end in (*two.bus._followers.values(), *two.bus._publishers.values()):
            end.transport.abort()
        two.bus._receive = None
        await until(lambda: one.resyncs == 1)
        one.say("to nobody")
        await asyncio.wait_for(one.bus.settled(), 1.0)
        assert there(meeting) == {one.bus._name}


async def test_whoever_parts_has_lost_nothing_for_anybody(meeting: Path) -> None:
    async with sides(f"unix:{meeting}") as [one, two]:
        await one.follow()
        two.say("farewell")
        await two.bus.stop()
        await until(lambda: one.words == ["farewell"])
        await until(lambda: not one.bus._publishers and not one.bus._followers)
        await asyncio.sleep(0.1)
        assert one.resyncs == 0


class Laggard:
    """A process that is on the bus but slow, and speaks its protocol by hand."""

    def __init__(self, meeting: Path) -> None:
        self.callers = 0
        self.silent = True
        self._meeting = meeting

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        self._meeting.mkdir(parents=True)
        server = await asyncio.start_unix_server(self._answer, self._meeting / "laggard")
        async with server:
            yield

    async def follow(self, other: Side, *topics: str) -> AsyncGenerator[Any, None]:
        """Frames from another process; to begin with, the wish that is granted, or None."""
        reader, writer = await asyncio.open_unix_connection(self._meeting / other.bus._name)
        send(writer, [1, topics, [], "laggard"])
        try:
            while True:
                yield await frame(reader)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            yield None
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers += 1
        with suppress(asyncio.IncompleteReadError):
            while True:
                number, *_ = await frame(reader)
                if not self.silent:
                    send(writer, [number, []])
        writer.close()


async def frame(reader: asyncio.StreamReader) -> Any:
    size = int.from_bytes(await reader.readexactly(4), "big")
    return msgspec.msgpack.decode(await reader.readexactly(size))


def send(writer: asyncio.StreamWriter, message: object) -> None:
    encoded = msgspec.msgpack.encode(message)
    writer.write(len(encoded).to_bytes(4, "big") + encoded)


async def test_whoever_follows_a_newcomer_too_late_is_cut_off_so_that_they_fetch_what_they_missed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    laggard = Laggard(tmp_path / "bus")
    laggard.silent = False
    async with laggard.listening():
        newcomer = Side(UnixBus(tmp_path / "bus", deadline_s=0.1))
        await newcomer.start()
        assert "does not follow this one yet" in caplog.text
        newcomer.say("missed")
        async with aclosing(laggard.follow(newcomer, HERE)) as frames:
            assert await anext(frames) is None
        async with aclosing(laggard.follow(newcomer, HERE)) as frames:
            assert await anext(frames) == [1, [], False]
            newcomer.say("heard")
            assert "heard" in str(await anext(frames))
        await newcomer.bus.stop()


async def test_a_publisher_that_does_not_answer_is_asked_until_it_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    laggard = Laggard(tmp_path / "bus")
    async with laggard.listening():
        newcomer = Side(UnixBus(tmp_path / "bus", deadline_s=0.1))
        await newcomer.start()
        await until(lambda: laggard.callers == 3)
        assert newcomer.resyncs == 0
        assert "does not answer" in caplog.text
        laggard.silent = False
        await until(lambda: newcomer.resyncs == 1)
        await newcomer.bus.stop()


async def test_a_connection_that_was_cut_is_made_again(meeting: Path) -> None:
    async with sides(f"unix:{meeting}") as [one, two]:
        await two.follow()
        [following] = two.bus._publishers.values()
        following.transport.abort()
        await until(lambda: two.resyncs == 1)
        one.say("found")
        await until(lambda: two.words == ["found"])
        assert one.resyncs == 0


async def test_who_does_not_take_in_what_is_published_is_cut_off_and_fetches_it(
    meeting: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with sides(f"unix:{meeting}") as [one, two]:
        await two.follow()
        [following] = two.bus._publishers.values()
        following.transport.pause_reading()
        for _ in range(10):
            one.say(*(["x" * 4000] * 1000))
            await asyncio.sleep(0)
        await until(lambda: "too slow" in caplog.text)
        following.transport.resume_reading()
        await until(lambda: two.resyncs == 1)
        one.say("found")
        await until(lambda: two.words[-1:] == ["found"])


async def test_a_directory_nobody_can_make_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BusFailure) as failure:
        await UnixBus(tmp_path / "file" / "bus").start(lambda _releases: None, lambda: None)
    assert "file/bus" in str(failure.value)


def there(meeting: Path) -> set[str]:
    return {path.name for path in meeting.iterdir()}


async def fell(broker: Broker, *, for_good: bool = False) -> None:
    """Kill the broker; it is started again, unless for good."""
    process = broker._process
    assert process is not None
    if for_good and broker._watching is not None:
        broker._watching.cancel()
    process.kill()
    await process.wait()


def elsewhere(guild_id: str) -> AnyEvent:
    return events.PresenceAsked(data=UnavailableGuild(id=guild_id))
