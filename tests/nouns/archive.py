"""A guild in which much was said, and who searches it."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from tests.api import Person
from tests.patience import until
from tests.server import Server

Json = dict[str, Any]
Pairs = Sequence[tuple[str, str]]

VIEW: Final = 1 << 10
HISTORY: Final = 1 << 16


class Archive:
    """Ann owns a guild and writes; Ben is in it and searches."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._ends = iter(range(1, 1_000))

    async def open(self) -> "Archive":
        self.ann = await self.server.person()
        self.ben = await self.server.person()
        self.guild = await self.ann.guild()
        self.id: str = self.guild["id"]
        await self.ann.patch(f"/guilds/{self.id}", {"system_channel_id": None})
        self.talk: str = (await self.ann.channel(self.id, "talk"))["id"]
        await self.ann.bring(self.ben, self.talk)
        return self

    async def say(self, content: str, channel_id: str | None = None, **more: Any) -> str:
        return str((await self.ann.say(channel_id or self.talk, content, **more))["id"])

    async def settled(self) -> None:
        """Until all that was written is indexed; the last word on it is taken back."""
        word = f"zzyzx{next(self._ends)}"
        last = await self.say(word)
        await until(lambda: self.finds(last, content=word))
        await self.ann.delete(f"/channels/{self.talk}/messages/{last}")

    async def search(
        self, pairs: Pairs = (), person: Person | None = None, **query: object
    ) -> Json:
        """What somebody is answered who searches the guild; Ben, where nobody is named."""
        asked = urlencode([*pairs, *((name, str(it)) for name, it in query.items())])
        path = f"/guilds/{self.id}/messages/search?{asked}"
        found: Json = await (person or self.ben).get(path)
        return found

    async def found(
        self, pairs: Pairs = (), person: Person | None = None, **query: object
    ) -> list[str]:
        """The ids of what is found, in its order."""
        return ids(await self.search(pairs, person, **query))

    async def finds(self, id_: str, **query: object) -> bool:
        """Whether a message is found by who owns the guild."""
        return id_ in await self.found((), self.ann, **query)


def ids(found: Json) -> list[str]:
    return [message["id"] for group in found["messages"] for message in group]
