"""An owner with a guest in their guild, and what is to be seen there."""

from typing import Any

from tests.api import Person
from tests.server import Server

Shape = dict[str, Any]


async def with_guest(server: Server, **fields: Any) -> tuple[Person, Person, Shape]:
    """An owner, a plain member, and their guild."""
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild(**fields)
    await ann.bring(bob, guild["system_channel_id"])
    return ann, bob, guild


async def channels_of(person: Person, guild: Shape) -> list[Shape]:
    """The channels somebody sees."""
    found: list[Shape] = await person.get(f"/guilds/{guild['id']}/channels")
    return found
