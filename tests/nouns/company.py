"""A guild with an owner, a moderator who has a role, and a guest who has none."""

from typing import Any

import msgspec

from rift.permissions import Permission
from tests.api import Person
from tests.server import Server


class Company(msgspec.Struct):
    owner: Person
    moderator: Person
    guest: Person
    guild: dict[str, Any]
    channel: dict[str, Any]
    role: dict[str, Any]
    """The moderator's."""

    @property
    def id(self) -> str:
        return str(self.guild["id"])

    def member(self, person: Person) -> str:
        """Where a member is changed."""
        return f"/guilds/{self.id}/members/{person.id}"

    def ban(self, person: Person) -> str:
        return f"/guilds/{self.id}/bans/{person.id}"

    async def see(self, person: Person) -> Any:
        """A member, as the owner sees them."""
        return await self.owner.get(self.member(person))

    async def new_role(self, *permissions: Permission, **fields: Any) -> dict[str, Any]:
        """A role right above @everyone."""
        bits = str(sum(permission.value for permission in permissions))
        body = {"name": "role", "permissions": bits, **fields}
        made: dict[str, Any] = await self.owner.post(f"/guilds/{self.id}/roles", body)
        return made

    async def give(self, person: Person, role: dict[str, Any]) -> None:
        await self.owner.put(f"{self.member(person)}/roles/{role['id']}")

    async def newcomer(self, server: Server) -> Person:
        person = await server.person()
        await self.owner.bring(person, self.channel["id"])
        return person


async def company(server: Server, *permissions: Permission) -> Company:
    """The permissions are the moderator's."""
    owner, moderator, guest = [await server.person() for _ in range(3)]
    guild = await owner.guild()
    channel = await owner.channel(guild["id"])
    made = Company(owner, moderator, guest, guild, channel, {})
    made.role = await made.new_role(*permissions)
    for person in (moderator, guest):
        await owner.bring(person, channel["id"])
    await made.give(moderator, made.role)
    return made
