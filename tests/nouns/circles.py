"""People who know each other: friends, guild mates, strangers, and what they say in private."""

import asyncio
from typing import Any

from tests.api import Person
from tests.server import Server

Json = dict[str, Any]

PENDING, ACCEPTED, REJECTED = 1, 2, 3
FRIEND, BLOCKED, INCOMING, OUTGOING = 1, 2, 3, 4


async def befriend(one: Person, *others: Person) -> None:
    for other in others:
        await one.put(f"/users/@me/relationships/{other.id}", {})
        await other.put(f"/users/@me/relationships/{one.id}", {})


async def friends(server: Server, count: int) -> list[Person]:
    """The first is everybody's friend."""
    people = [await server.person() for _ in range(count)]
    await befriend(people[0], *people[1:])
    return people


async def mates(server: Server, count: int = 2) -> list[Person]:
    """People who share a guild, and nothing else."""
    people = [await server.person() for _ in range(count)]
    guild = await people[0].guild()
    for other in people[1:]:
        await people[0].bring(other, guild["system_channel_id"])
    return people


async def block(one: Person, other: Person) -> None:
    await one.put(f"/users/@me/relationships/{other.id}", {"type": BLOCKED})


async def direct(one: Person, other: Person) -> Json:
    """The direct message of two, opened by the first."""
    made: Json = await one.post("/users/@me/channels", {"recipient_id": other.id})
    return made


async def group(owner: Person, *others: Person) -> Json:
    """A group; its owner is friends with all."""
    recipients = [owner.id, *(other.id for other in others)]
    made: Json = await owner.post("/users/@me/channels", {"recipients": recipients})
    return made


async def open_channels(person: Person) -> dict[str, Json]:
    return {one["id"]: one for one in await person.get("/users/@me/channels")}


async def relations(person: Person) -> dict[str, Json]:
    return {one["id"]: one for one in await person.get("/users/@me/relationships")}


async def at_once(*calls: Any) -> list[Any]:
    return list(await asyncio.gather(*calls))


def names(channel: Json) -> set[str]:
    """Whom somebody sees in a channel."""
    return {one["id"] for one in channel["recipients"]}
