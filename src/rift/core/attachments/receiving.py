"""Takes in the files of a message while its form is still being sent."""

import re
import time
from collections.abc import AsyncIterator
from typing import Final, NamedTuple, Self
from urllib.parse import unquote

from rift import errors
from rift.core import access
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.attachments import limits, queries
from rift.core.attachments.examining import examine, key
from rift.core.attachments.keeping import Kept
from rift.core.attachments.naming import cleaned
from rift.core.messages import rooms, slowmode
from rift.core.private_channels import reaching
from rift.core.unit import Unit
from rift.files import StoreDown
from rift.permissions import Permission
from rift.protocols.multipart import Head
from rift.snowflake import Snowflake

_NUMBERED: Final = re.compile(r"files?\[?(\d{1,9})\]?")
_TOUCH_S: Final = 600.0


class Received(NamedTuple):
    """A file of a form, and the number by which the form speaks of it."""

    number: str
    kept: Kept


class Shelf(NamedTuple):
    """Where files are put, whose they are, and how large one of them may be."""

    place: Snowflake
    user_id: Snowflake
    largest: int


class FilesOfForm:
    """The files of one form. Before the first byte is kept it is known that they may be sent.

    Each has its row before it has bytes, so that what is left behind in whatever way is found.
    """

    most_files = limits.MOST_FILES

    def __init__(self, unit: Unit) -> None:
        self.files: list[Received] = []
        self.most_bytes = 0
        self._unit = unit
        self._shelf: Shelf | None = None
        self._taken: list[Snowflake] = []
        self._left = 0

    async def __aenter__(self) -> Self:
        """Let in who may do this at all; whether they may send files is asked when one comes."""
        self.most_bytes = self._left = await self._most()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        if error is not None and self._taken:
            async with Unit(self._unit.house) as unit:
                await unit.run(queries.FORSAKE, self._taken)

    async def take(self, head: Head, content: AsyncIterator[bytes]) -> None:
        """Keep a file, whole or not at all."""
        if len(self.files) >= self.most_files:
            raise errors.TooManyAttachments
        shelf = self._shelf = self._shelf or await self._shelved()
        name = cleaned(_decoded(head.filename or ""))
        id_ = self._unit.new_id()
        async with Unit(self._unit.house) as unit:
            await unit.run(queries.TAKE, id_, shelf.place, shelf.user_id)
        self._taken.append(id_)
        house = self._unit.house
        try:
            counted = self._counted(id_, content, shelf.largest)
            size = await house.files.write(key(shelf.place, id_), counted)
            kept = await examine(house, shelf.place, id_, name, size, is_clip=False)
        except StoreDown as error:
            raise errors.StoreAway from error
        self.files.append(Received(self._number(head.name), kept))

    async def _most(self) -> int:
        """How many bytes the files may have in all, for who may send the form."""
        raise NotImplementedError

    async def _shelved(self) -> Shelf:
        """Where the files go, for who may send some."""
        raise NotImplementedError

    async def _counted(
        self, id_: Snowflake, content: AsyncIterator[bytes], most: int
    ) -> AsyncIterator[bytes]:
        """The bytes, until they are too many. A file that takes long says that it is alive."""
        left, touched = min(most, self._left), time.monotonic()
        async for piece in content:
            left -= len(piece)
            self._left -= len(piece)
            if left < 0:
                raise errors.EntityTooLarge
            if time.monotonic() - touched > _TOUCH_S:
                touched = time.monotonic()
                async with Unit(self._unit.house) as unit:
                    await unit.run(queries.TOUCH, id_)
            yield piece

    def _number(self, field: str) -> str:
        """`files[3]` and `file3` are number 3; any other name is the next one."""
        found = _NUMBERED.fullmatch(field)
        return str(int(found[1])) if found else str(len(self.files))


def _decoded(filename: str) -> str:
    """aiohttp, left to itself, writes a name as it would stand in a URL."""
    if "%" not in filename or " " in filename or not filename.isascii():
        return filename
    try:
        return unquote(filename, errors="strict")
    except UnicodeDecodeError:
        return filename


class FilesOfMessage(FilesOfForm):
    """Those of one message."""

    async def _most(self) -> int:
        return limits.together(self._unit.settings, await self._enter(Permission.SEND_MESSAGES))

    async def _shelved(self) -> Shelf:
        room = await self._admit()
        return Shelf(room.channel.id, room.user.id, limits.largest(self._unit.settings, room))

    async def _enter(self, needs: Permission) -> Room:
        """The room the message is for."""
        raise NotImplementedError

    async def _admit(self) -> Room:
        """The same for who sends files there."""
        raise NotImplementedError


class Files(FilesOfMessage):
    """Those of a message that somebody sends."""

    def __init__(self, unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
        super().__init__(unit)
        self._actor = actor
        self._channel_id = channel_id

    async def _enter(self, needs: Permission) -> Room:
        return await rooms.enter(self._unit, self._actor, self._channel_id, needs)

    async def _admit(self) -> Room:
        """What would be said of the message at its end is said of its first file already."""
        needs = Permission.SEND_MESSAGES | Permission.ATTACH_FILES
        room = await reaching.enter(self._unit, self._actor, self._channel_id, needs)
        if slowmode.applies(self._actor, room):
            await slowmode.check(self._unit, room)
        return room


class FilesOfEdit(Files):
    """Those that are added to a message there is."""

    def __init__(
        self, unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake
    ) -> None:
        super().__init__(unit, actor, channel_id)
        self._message_id = message_id

    async def _admit(self) -> Room:
        """Only one's own message is added to."""
        room = await reaching.enter(
            self._unit, self._actor, self._channel_id, Permission.ATTACH_FILES
        )
        async with Unit(self._unit.house, reading=True) as glance:
            row = await glance.maybe(queries.AUTHOR, self._channel_id, self._message_id)
        if row is None:
            raise errors.UnknownMessage
        if row["author_id"] != self._actor.id:
            raise errors.NotYourMessage
        return room


class FilesOfPost(Files):
    """Those of the first message of a post in a forum: they lie where the forum's do."""

    async def _enter(self, needs: Permission) -> Room:
        return await access.channel(self._unit, self._actor, self._channel_id, needs)

    async def _admit(self) -> Room:
        return await self._enter(Permission.SEND_MESSAGES | Permission.ATTACH_FILES)
