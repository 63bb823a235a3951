"""What people set off, and what applications answer with the token they are given for it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core.access import Room
from rift.core.accounts.tokens import token_hash
from rift.core.actor import Actor, Visit
from rift.core.attachments import limits
from rift.core.attachments.keeping import stored
from rift.core.attachments.receiving import Received
from rift.core.interactions import answering, calling, places, queries, tokens, unseen, using
from rift.core.interactions.calling import Said
from rift.core.interactions.desk import Errand
from rift.core.interactions.resolving import Resolved
from rift.core.messages import reading, rooms
from rift.core.unit import Row, Unit
from rift.core.users import verbs as users
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import interactions as wire
from rift.wire.interactions import (
    AnswerQuery,
    CreateInteraction,
    Interaction,
    InteractionAnswer,
    InteractionResponse,
)
from rift.wire.limits import Json
from rift.wire.messages import Message

_KEPT_FOR: Final = timedelta(days=1)
_OF_COMMAND: Final = ("name", "command_id")
"""What is kept of a command, and is not told beside the interaction."""
_PRUNED_AT_ONCE: Final = 1000


async def create(
    unit: Unit,
    actor: Actor,
    body: CreateInteraction,
    visit: Visit,
    files: Sequence[Received] = (),
) -> None:
    """Use a command, a component or a form; what comes of it is told by the gateway."""
    actor.must_be_person()
    room = await rooms.enter(unit, actor, body.channel_id)
    if body.guild_id is not None and body.guild_id != room.guild_id:
        raise errors.UnknownChannel
    async with Unit(unit.house) as own:
        application = await own.maybe(queries.TARGET, body.application_id)
        if application is None:
            raise errors.UnknownApplication
        start = _Start(own, actor, room, application, body, files)
        said = await start.said()
        errand = await start.keep(said, visit.locale or actor.account.locale)
    unit.house.desk.expect(errand)


class _Start:
    """An interaction that begins."""

    def __init__(
        self,
        unit: Unit,
        actor: Actor,
        room: Room,
        application: Row,
        body: CreateInteraction,
        files: Sequence[Received],
    ) -> None:
        self._unit = unit
        self._actor = actor
        self._room = room
        self._application = application
        self._body = body
        self._resolved = Resolved(unit, room, files)
        self._message: Message | None = None

    async def said(self) -> Said:
        """What the application is told, and what is noted of it."""
        match self._body.type:
            case wire.COMPONENT:
                return await self._used()
            case wire.MODAL:
                return await self._submitted()
            case _:
                given = answering.read(self._body.data, wire.CommandCall)
                return await calling.call(
                    self._unit,
                    self._actor,
                    self._room,
                    self._application,
                    given,
                    self._resolved,
                    partial=self._body.type == wire.AUTOCOMPLETE,
                )

    async def _used(self) -> Said:
        given = answering.read(self._body.data, wire.ComponentUse)
        if self._body.message_id is None:
            raise errors.UnknownMessage
        message = await self._find(self._body.message_id)
        using.check_author(message, self._application["id"])
        data = await using.use(message, given, self._resolved)
        return Said(data, _owners(message, self._room), interacted_message_id=message.id)

    async def _submitted(self) -> Said:
        given = answering.read(self._body.data, wire.ModalSubmit)
        row = await self._unit.maybe(queries.MODAL, given.id, self._actor.id)
        if row is None or row["application_id"] != self._application["id"]:
            raise errors.UnknownInteraction
        if row["channel_id"] != self._room.channel.id:
            raise errors.UnknownInteraction
        data = await using.submit(row["modal"], given, self._resolved)
        if not await self._unit.run(queries.SPEND_MODAL, row["id"]):
            raise errors.UnknownInteraction
        if row["message_id"] is not None:
            await self._find(row["message_id"])
        before = row["origin"]["metadata"]
        owners = before["authorizing_integration_owners"]
        return Said(data, owners, triggering_interaction_metadata=before)

    async def _find(self, message_id: Snowflake) -> Message:
        """A message of the channel, be it for everybody or for this person alone."""
        own = await unseen.find(self._unit, message_id, self._actor.id)
        if own is None or own.channel_id != self._room.channel.id:
            self._room.require(Permission.READ_MESSAGE_HISTORY)
            channel_id = self._room.channel.id
            own = await reading.one(self._unit, channel_id, message_id, self._actor.id)
        self._message = own
        return own

    async def keep(self, said: Said, locale: str) -> Errand:
        """Note it, and tell the application and its person that it began."""
        unit, body, room = self._unit, self._body, self._room
        id_ = unit.new_id()
        token = tokens.fresh(id_)
        metadata = {
            "id": id_,
            "type": wire.COMMAND if body.type == wire.AUTOCOMPLETE else body.type,
            "authorizing_integration_owners": said.owners,
            **{name: value for name, value in said.origin.items() if name not in _OF_COMMAND},
        }
        command = {name: said.origin.get(name) for name in _OF_COMMAND}
        origin: Json = {"metadata": metadata, "user_id": self._actor.id, **command}
        nonce = None if body.nonce is None else str(body.nonce)
        session = body.session_id or ""
        await unit.run(
            queries.INSERT,
            id_,
            token_hash(token),
            self._application["id"],
            self._actor.id,
            None if room.guild is None else room.guild.id,
            room.channel.id,
            body.type,
            nonce,
            session,
            None if self._message is None else self._message.id,
            origin,
            stored(self._resolved.kept),
            unit.now(),
        )
        told = await self._payload(id_, token, said, locale)
        whom = (self._actor.id,)
        if body.type != wire.AUTOCOMPLETE:
            started = wire.InteractionStarted(id=id_, nonce=nonce)
            unit.emit(events.InteractionStarted(data=started, to=whom, session=session))
        url = self._application["interactions_endpoint_url"]
        if url is None:
            unit.emit(events.InteractionCreate(data=told, to=(self._application["bot_id"],)))
        return Errand(
            id=id_,
            token=token,
            user_id=self._actor.id,
            nonce=nonce,
            session=session,
            url=url,
            key=self._application["signing_key"],
            body=msgspec.json.encode(told) if url else b"",
        )

    async def _payload(self, id_: Snowflake, token: str, said: Said, locale: str) -> Interaction:
        unit, room, application = self._unit, self._room, self._application
        bot = await users.somebody(unit, application["bot_id"])
        member = places.member(room)
        guild = places.guild(room)
        told = Interaction(
            id=id_,
            application_id=application["id"],
            type=self._body.type,
            token=token,
            data=said.data,
            guild=guild,
            guild_id=room.guild_id,
            guild_locale=UNSET if guild is UNSET else guild["locale"],
            channel=places.channel(room),
            channel_id=room.channel.id,
            member=member,
            user=room.user if member is UNSET else UNSET,
            locale=locale,
            app_permissions=str(await places.permissions_of(unit, bot, room)),
            authorizing_integration_owners=said.owners,
            context=places.context(room, application["bot_id"]),
            attachment_size_limit=limits.largest(unit.settings, room),
        )
        return told if self._message is None else replace(told, message=self._message)


def _owners(message: Message, room: Room) -> dict[str, Snowflake]:
    """A component is there by whom its message's application is there."""
    if message.interaction_metadata is not UNSET:
        owners: dict[str, Snowflake] = message.interaction_metadata[
            "authorizing_integration_owners"
        ]
        return owners
    return {"0": room.guild_id or Snowflake("0")}


async def answer(
    unit: Unit,
    interaction_id: Snowflake,
    interaction_token: str,
    query: AnswerQuery,
    body: InteractionAnswer,
    files: Sequence[Received] = (),
) -> InteractionResponse | None:
    """Say the first thing to an interaction."""
    row = await found(unit, interaction_token)
    if row["id"] != interaction_id:
        raise errors.UnknownInteraction
    said = await answering.answer(unit, row, body, files)
    return said if query.with_response else None


async def found(unit: Unit, token: str) -> Row:
    """The interaction of a token, on a connection that is given back at once."""
    async with Unit(unit.house, reading=True) as glance:
        try:
            return await tokens.found(glance, token)
        except errors.UnknownWebhook as error:
            raise errors.UnknownInteraction from error


async def prune(unit: Unit) -> int:
    """Forget a batch of what nobody can say anything to any more, and what it showed one person."""
    return await unit.run(queries.PRUNE, unit.now() - _KEPT_FOR, _PRUNED_AT_ONCE)
