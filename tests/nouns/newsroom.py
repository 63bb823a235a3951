"""A channel of news, and channels elsewhere that follow it."""

from typing import Any, Self

from tests.api import Person
from tests.patience import until
from tests.server import Server

Json = dict[str, Any]

GONE = "[Original Message Deleted]"


class Newsroom:
    """`ann` publishes news; `bob` follows them in a guild of his own."""

    def __init__(self, server: Server) -> None:
        self.server = server

    @classmethod
    async def open(cls, server: Server) -> Self:
        room = cls(server)
        room.ann, room.bob = await server.person(), await server.person()
        room.source = await room.ann.guild("The Gazette")
        room.news = await room.ann.channel(room.source["id"], "news", type=5)
        await room.ann.bring(room.bob, room.news["id"])
        room.guild = await room.bob.guild("The Readers")
        room.target = await room.bob.channel(room.guild["id"], "reading")
        return room

    ann: Person
    bob: Person
    source: Json
    news: Json
    guild: Json
    target: Json

    async def follow(self, target: Json | None = None) -> str:
        """The id of the webhook by which a channel of Bob's follows."""
        body = {"webhook_channel_id": (target or self.target)["id"]}
        made = await self.bob.post(f"/channels/{self.news['id']}/followers", body)
        assert made["channel_id"] == self.news["id"]
        return str(made["webhook_id"])

    async def publish(self, content: str = "extra, extra", **fields: Any) -> Json:
        """A published message."""
        said = await self.ann.say(self.news["id"], content, **fields)
        published: Json = await self.ann.post(f"{self.path(said)}/crosspost")
        return published

    def path(self, message: Json) -> str:
        return f"/channels/{message['channel_id']}/messages/{message['id']}"

    async def copies(self, target: Json | None = None) -> list[Json]:
        """What was brought, the newest first."""
        page = await self.bob.get(f"/channels/{(target or self.target)['id']}/messages?limit=100")
        return [message for message in page if "webhook_id" in message]

    async def arrival(self, content: str, target: Json | None = None) -> Json:
        """The newest copy, once it says this."""

        async def is_there() -> bool:
            found = await self.copies(target)
            return bool(found) and found[0]["content"] == content

        await until(is_there)
        return (await self.copies(target))[0]
