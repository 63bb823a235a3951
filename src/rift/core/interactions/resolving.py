"""What the ids in an interaction stand for, as far as its person sees it."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from rift import errors
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.attachments import limits, packing
from rift.core.attachments.keeping import Kept
from rift.core.attachments.receiving import Received
from rift.core.interactions import places
from rift.core.messages import people, reading
from rift.core.unit import Unit
from rift.errors import FieldError, InvalidForm
from rift.permissions import VIEW_CHANNEL, Permission
from rift.snowflake import Snowflake
from rift.wire import commands as wire
from rift.wire.limits import Json
from rift.wire.messages import AttachmentBody

_MISSING: Final = FieldError(
    "INTERACTION_APPLICATION_COMMAND_OPTION_UNKNOWN_ENTITY", "There is nothing of this id here"
)
_IN_CHANNELS: Final = ("id", "type", "name", "parent_id", "guild_id", "nsfw", "topic", "flags")


class Resolved:
    """Gathers what is spoken of; each id is looked for once, and must be there."""

    def __init__(self, unit: Unit, room: Room, files: Sequence[Received]) -> None:
        self._unit = unit
        self._room = room
        self._files = files
        self.found: dict[str, Json] = {}
        self.kept: list[Kept] = []

    async def users(self, ids: Iterable[Snowflake], path: str) -> None:
        wanted = list(dict.fromkeys(ids))
        users = await people.users(self._unit, wanted)
        if len(users) < len(wanted):
            raise InvalidForm({path: [_MISSING]})
        members = await people.members(self._unit, self._room.guild, wanted)
        for id_, user in users.items():
            self._note("users", id_, msgspec.to_builtins(user))
            if id_ in members:
                self._note("members", id_, self._member(members[id_]))

    def _member(self, member: object) -> Json:
        room = self._room
        shape = places.partial(member)  # type: ignore[arg-type]  # of people.members
        if room.guild is not None:
            bits = room.guild.permissions(member, room.channel.id, self._unit.now())  # type: ignore[arg-type]  # the same
            shape["permissions"] = str(bits)
        return shape

    def roles(self, ids: Iterable[Snowflake], path: str) -> None:
        known = self._room.guild.roles if self._room.guild else {}
        for id_ in ids:
            if id_ not in known:
                raise InvalidForm({path: [_MISSING]})
            self._note("roles", id_, msgspec.to_builtins(known[id_]))

    def channels(self, ids: Iterable[Snowflake], path: str, types: Sequence[int] = ()) -> None:
        """Of those one sees."""
        room = self._room
        for id_ in ids:
            guild, member = room.guild, room.member
            if guild is None or member is None or id_ not in guild.channels:
                raise InvalidForm({path: [_MISSING]})
            bits = guild.permissions(member, id_, self._unit.now())
            one = guild.channels[id_]
            if not bits & VIEW_CHANNEL or (types and one.type not in types):
                raise InvalidForm({path: [_MISSING]})
            whole: Json = msgspec.to_builtins(one)
            shape: Json = {name: whole[name] for name in _IN_CHANNELS if name in whole}
            self._note("channels", id_, {**shape, "permissions": str(bits)})

    async def mentionables(self, ids: Iterable[Snowflake], path: str) -> None:
        roles = self._room.guild.roles if self._room.guild else {}
        wanted = list(ids)
        self.roles([id_ for id_ in wanted if id_ in roles], path)
        await self.users([id_ for id_ in wanted if id_ not in roles], path)

    async def message(self, actor: Actor, id_: Snowflake) -> None:
        """One of the channel, for who may read what was said there."""
        room = self._room
        if not room.may(Permission.READ_MESSAGE_HISTORY):
            raise errors.UnknownMessage
        found = await reading.one(self._unit, room.channel.id, id_, actor.id)
        self._note("messages", id_, msgspec.to_builtins(found))

    async def attachments(
        self, ids: Sequence[Snowflake], bodies: Sequence[AttachmentBody], path: str
    ) -> dict[str, Snowflake]:
        """Files that came with the form or before it, by the numbers the form has for them."""
        by_number = {body.id: body for body in bodies}
        wanted = [by_number[id_] for id_ in ids if id_ in by_number]
        if len(wanted) < len(ids):
            raise InvalidForm({path: [_MISSING]})
        sent = [file for file in self._files if file.number in ids]
        kept = await packing.packed(self._unit, self._room, wanted, sent)
        self._check_sizes(kept)
        self.kept += kept
        for one in kept:
            shown = one.shown(self._unit.house.links)
            self._note("attachments", one.id, {**msgspec.to_builtins(shown), "ephemeral": True})
        pairs = zip(wanted, kept, strict=True)
        return {body.id: one.id for body, one in pairs}

    def _check_sizes(self, kept: Iterable[Kept]) -> None:
        """What came with the form was taken in before it was known where to."""
        most = limits.largest(self._unit.settings, self._room)
        if any(one.size > most for one in kept):
            raise errors.EntityTooLarge

    async def option(self, option: Json, path: str, types: Sequence[int]) -> None:
        """What the value of an option stands for; files come apart from these."""
        match option["type"]:
            case wire.USER_OPTION:
                await self.users([option["value"]], path)
            case wire.ROLE:
                self.roles([option["value"]], path)
            case wire.CHANNEL:
                self.channels([option["value"]], path, types)
            case wire.MENTIONABLE:
                await self.mentionables([option["value"]], path)
            case _:
                pass

    def _note(self, kind: str, id_: str, shape: Json) -> None:
        self.found.setdefault(kind, {})[id_] = shape
