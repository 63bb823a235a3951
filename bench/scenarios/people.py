"""A person's client: READY with everything in it, and the member list of a large guild."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from bench.crowd import crowd, first_look
from bench.database import seed_guild, seed_reader
from bench.figures import Figure
from bench.gateway import Session
from bench.stage import Stage
from bench.town import Person, guild, person

_GUILDS: Final = 100
_CHANNELS: Final = 500
_READY_MS: Final = 150
_MEMBERS: Final = 50_000
_LIST_MS: Final = 20


def run(stage: Stage) -> Iterator[Figure]:
    reader, owner = person(stage.server.port), person(stage.server.port)
    guilds = [guild(owner).id for _ in range(stage.size(_GUILDS, 20))]
    seed_reader(stage.server.data, reader.id, owner.id, guilds, _CHANNELS)
    stage.server.restart()
    times = [_opened(stage, reader) for _ in range(stage.size(11, 4))]
    size = times[0][1]
    yield Figure(
        name="a person's first READY after a start", value=times[0][0], unit="ms",
        note="the world is read in",
    )  # fmt: skip
    yield Figure(
        name=f"READY of a person in {len(guilds)} guilds of {_CHANNELS} channels",
        value=median(ms for ms, _ in times[1:]), unit="ms", at_most=_READY_MS,
        note=f"{size / 1e6:.0f} MB, with all that supplements it",
    )  # fmt: skip

    yield from _listed(stage)
    yield from _crowded(stage)


def _listed(stage: Stage) -> Iterator[Figure]:
    """From the subscription to the rows, and what a change of a role costs those who look."""
    owner = stage.cast.owner
    place = guild(owner)
    members = stage.size(_MEMBERS, 5_000)
    seed_guild(stage.server.data, place.id, members)
    stage.server.restart()
    path = f"/guilds/{place.id}/roles"
    role_id = owner.client.post(path, {"name": "crew", "hoist": True})["id"]
    asked = {"subscriptions": {place.id: {"channels": {place.channel_id: [[0, 99]]}}}}
    with Session(stage.server.port, _token(owner)) as session:
        session.identify()
        first, _ = session.answer(37, asked, b"GUILD_MEMBER_LIST_UPDATE")
        away = {"subscriptions": {place.id: {"channels": {}}}}
        times = []
        for _ in range(stage.size(20, 5)):
            session.say(37, away)
            times.append(session.answer(37, asked, b"GUILD_MEMBER_LIST_UPDATE")[0])
        owner.client.put(f"/guilds/{place.id}/members/{owner.id}/roles/{role_id}", {})
        change = session.read(b"GUILD_MEMBER_LIST_UPDATE")
    yield Figure(
        name=f"the member list of a guild of {members:,}", value=median(times), unit="ms",
        at_most=_LIST_MS, note=f"the first time {first:.0f} ms",
    )  # fmt: skip
    yield Figure(
        name="a role change, to whoever looks", value=change, unit="B", note="with the member",
    )  # fmt: skip


def _crowded(stage: Stage) -> Iterator[Figure]:
    """For the first who looks, by how many are online: in this process, without sockets."""
    members = stage.size(_MEMBERS, 5_000)
    for online in (members // 50, members):
        looks = [first_look(crowd(members, online)) for _ in range(stage.size(7, 2))]
        yield Figure(
            name=f"its first rows with {online:,} online", value=median(ms for ms, _ in looks),
            unit="ms", at_most=_LIST_MS,
            note=f"others wait {max(wait for _, wait in looks):.0f} ms at most",
        )  # fmt: skip


def _token(person: Person) -> str:
    return person.authorization.removeprefix("Bearer ")


def _opened(stage: Stage, reader: Person) -> tuple[float, int]:
    with Session(stage.server.port, _token(reader)) as session:
        return session.identify()
