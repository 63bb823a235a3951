"""A guild with everything in it, on which each verb has its scene."""

from typing import Any

from tests.api import Person
from tests.server import Server

Json = dict[str, Any]

VIEW = str(1 << 10)
EMOJI = "%F0%9F%91%8D"
POLL: dict[str, Any] = {
    "question": {"text": "Which?"},
    "answers": [{"poll_media": {"text": "one"}}, {"poll_media": {"text": "two"}}],
}


class Stage:
    """The owner acts; a member, a bot and somebody kept out of the hidden channel look on."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def set(self) -> "Stage":
        server = self.server
        self.owner = await server.person()
        self.member = await server.person()
        self.outsider = await server.person()
        self.guild = await self.owner.guild("The stage")
        self.id: str = self.guild["id"]
        self.open = await self.owner.channel(self.id, "open")
        self.category = await self.owner.channel(self.id, "Things", type=4)
        self.hidden = await self.owner.channel(
            self.id,
            "hidden",
            permission_overwrites=[{"id": self.id, "type": 0, "deny": VIEW}],
        )
        await self.owner.bring(self.member, self.open["id"])
        self.bot = await server.bot(self.owner, self.id, flags=1 << 19 | 1 << 15 | 1 << 13)
        self.role = await self.owner.post(f"/guilds/{self.id}/roles", {"name": "helper"})
        self.message = await self.owner.say(self.open["id"], "a first message")
        self.mark = await self.owner.guild("Where the end is marked")
        self.mark_channel = await self.owner.channel(self.mark["id"], "marks")
        return self

    def members_path(self, person: Person) -> str:
        return f"/guilds/{self.id}/members/{person.id}"

    async def join_mark(self, *watchers: Person) -> None:
        """Everybody who watches also sees where a scene ends."""
        for watcher in watchers:
            if watcher.user.get("bot"):
                path = f"/oauth2/authorize?client_id={watcher.id}&scope=bot"
                body = {"guild_id": self.mark["id"], "permissions": "8", "authorize": True}
                await self.owner.post(path, body)
            elif watcher is not self.owner:
                await self.owner.bring(watcher, self.mark_channel["id"])

    async def end_of_scene(self) -> str:
        """A message everybody who watches receives after all that came before."""
        said = await self.owner.say(self.mark_channel["id"], "the end of the scene")
        return str(said["id"])
