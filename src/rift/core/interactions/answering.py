"""What an application says to an interaction: once at first, then as often as it likes."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from rift import errors, events
from rift.core.access import Room
from rift.core.attachments.receiving import Received
from rift.core.components import modals
from rift.core.interactions import places, queries, tokens, unseen
from rift.core.messages import carrying, origins, reading
from rift.core.messages import queries as message_queries
from rift.core.messages import verbs as messages
from rift.core.messages.carrying import Freight
from rift.core.messages.stamping import stamp
from rift.core.unit import Row, Unit
from rift.core.users import verbs as users
from rift.errors import FieldError, InvalidForm
from rift.snowflake import Snowflake, decode_hook
from rift.wire import interactions as wire
from rift.wire.interactions import (
    AnsweredInteraction,
    AnswerResource,
    InteractionAnswer,
    InteractionResponse,
)
from rift.wire.limits import Json
from rift.wire.messages import CreateMessage, Message, ModifyMessage
from rift.wire.users import User

_ALLOWED: Final = {
    wire.COMMAND: {wire.REPLY, wire.REPLY_LATER, wire.SHOW_MODAL},
    wire.COMPONENT: {
        wire.REPLY,
        wire.REPLY_LATER,
        wire.UPDATE_LATER,
        wire.UPDATE,
        wire.SHOW_MODAL,
    },
    wire.AUTOCOMPLETE: {wire.CHOICES},
    wire.MODAL: {wire.REPLY, wire.REPLY_LATER, wire.UPDATE_LATER, wire.UPDATE},
}
_NOT_TO_THIS: Final = FieldError(
    "INTERACTION_CALLBACK_TYPE_INVALID", "This cannot be said to an interaction of this type"
)
_REPLIES: Final = {wire.COMMAND: 20, wire.COMPONENT: 0, wire.MODAL: 0}
_CONTEXT_MENU: Final = 23


class Speaker(Struct, frozen=True, kw_only=True):
    """An application that answers: with the emojis of its bot."""

    id: Snowflake
    application_id: Snowflake | None = None
    bot: bool = True


class Turn(Struct, frozen=True, kw_only=True):
    """An interaction that is being answered, and where."""

    row: Row
    room: Room
    user: User
    """Who set it off."""

    @property
    def speaker(self) -> Speaker:
        return Speaker(id=self.room.user.id, application_id=self.row["application_id"])

    def signed(self, original_id: Snowflake | None = None) -> dict[str, Any]:
        """What a message that comes of it says of where it comes from."""
        row, origin = self.row, self.row["origin"]
        kept = dict(origin)
        if original_id is not None:
            kept["metadata"] = {**origin["metadata"], "original_response_message_id": original_id}
        told = origins.told(kept, self.user)
        menu = origin["metadata"].keys() & {"target_user_id", "target_message_id"}
        kind = _CONTEXT_MENU if menu else _REPLIES.get(row["type"], 0)
        return {
            "webhook_id": row["application_id"],
            "application_id": row["application_id"],
            "type": kind,
            **told,
        }


async def turn(unit: Unit, row: Row) -> Turn:
    """Read on a connection that is given back at once."""
    async with Unit(unit.house, reading=True) as glance:
        bot = await users.somebody(glance, row["application_id"])
        user = await users.somebody(glance, row["user_id"])
    return Turn(row=row, room=await places.for_answers(unit, bot, row["channel_id"]), user=user)


async def answer(
    unit: Unit, row: Row, body: InteractionAnswer, files: Sequence[Received] = ()
) -> InteractionResponse:
    """Say the first thing to an interaction, in time and once."""
    if row["callback"] == 0 or row["created_at"] + tokens.SOON < unit.now():
        raise errors.UnknownInteraction
    if row["callback"] is not None:
        raise errors.InteractionAcknowledged
    if body.type not in _ALLOWED[row["type"]]:
        raise InvalidForm({"type": [_NOT_TO_THIS]})
    if body.type in (wire.UPDATE, wire.UPDATE_LATER) and row["message_id"] is None:
        raise InvalidForm({"type": [_NOT_TO_THIS]})
    now = await turn(unit, row)
    message = await _SAYING[body.type](unit, now, body, files)
    if body.type not in (wire.SHOW_MODAL, wire.CHOICES):
        started = wire.InteractionStarted(id=row["id"], nonce=row["nonce"])
        unit.emit(
            events.InteractionSuccess(data=started, to=(row["user_id"],), session=row["session_id"])
        )
    return _response(now, body, message)


async def _reply(
    unit: Unit, now: Turn, body: InteractionAnswer, files: Sequence[Received]
) -> Message:
    draft = read(body.data, CreateMessage)
    if (draft.flags or 0) & wire.EPHEMERAL:
        said = await unseen.say(unit, now.speaker, now.room, now.row, draft, files, now.signed())
        await _settle(unit, now, body.type, said.id)
        return said
    return await post(unit, now, draft, files, answers=body.type)


async def _wait(
    unit: Unit, now: Turn, body: InteractionAnswer, _files: Sequence[Received]
) -> Message:
    """A message that says: wait."""
    deferred = read(body.data or {}, wire.DeferredAnswer)
    if (deferred.flags or 0) & wire.EPHEMERAL:
        said = await unseen.say(unit, now.speaker, now.room, now.row, None, (), now.signed())
        await _settle(unit, now, body.type, said.id)
        return said
    id_ = unit.new_id()
    shape: dict[str, Any] = {
        "content": "",
        **now.signed(),
        "flags": wire.LOADING,
        **stamp(now.room, id_),
    }

    async def settle(storing: Unit, message_id: Snowflake) -> None:
        await _settle(storing, now, body.type, message_id)
        await _note_command(storing, now, message_id)

    await carrying.post(unit, now.room, Freight((), (), settle), shape, {}, None)
    return Message(**shape)


async def _update_later(
    unit: Unit, now: Turn, body: InteractionAnswer, _files: Sequence[Received]
) -> None:
    await _settle(unit, now, body.type, now.row["message_id"])


async def _update(
    unit: Unit, now: Turn, body: InteractionAnswer, files: Sequence[Received]
) -> Message:
    change = read(body.data or {}, ModifyMessage)
    await _settle(unit, now, body.type, now.row["message_id"])
    return await revise(unit, now, now.row["message_id"], change, files)


async def _choices(
    unit: Unit, now: Turn, body: InteractionAnswer, _files: Sequence[Received]
) -> None:
    given = read(body.data, wire.ChoicesAnswer)
    await _settle(unit, now, body.type, None)
    row = now.row
    choices = [_plain(msgspec.to_builtins(choice)) for choice in given.choices]
    told = wire.AutocompleteResponse(choices=choices, nonce=row["nonce"])
    whom = (row["user_id"],)
    unit.emit(events.AutocompleteResponse(data=told, to=whom, session=row["session_id"]))


async def _show_modal(
    unit: Unit, now: Turn, body: InteractionAnswer, _files: Sequence[Received]
) -> None:
    given = read(body.data, wire.ModalAnswer)
    try:
        parts = modals.of_modal(given.components)
    except InvalidForm as wrong:
        raise _inside(wrong) from wrong
    modal = {"custom_id": given.custom_id, "title": given.title, "components": parts}
    await _settle(unit, now, body.type, None, modal)
    row, bot = now.row, now.room.user
    told = wire.ModalShown(
        id=row["id"],
        channel_id=row["channel_id"],
        nonce=row["nonce"],
        application={
            "id": row["application_id"],
            "name": bot.username,
            "icon": bot.avatar,
            "description": "",
            "bot": msgspec.to_builtins(bot),
        },
        **modal,
    )
    unit.emit(events.ModalCreate(data=told, to=(row["user_id"],), session=row["session_id"]))


_SAYING: Final[dict[int, Any]] = {
    wire.REPLY: _reply,
    wire.REPLY_LATER: _wait,
    wire.UPDATE_LATER: _update_later,
    wire.UPDATE: _update,
    wire.CHOICES: _choices,
    wire.SHOW_MODAL: _show_modal,
}


async def post(
    unit: Unit,
    now: Turn,
    draft: CreateMessage,
    files: Sequence[Received],
    answers: int | None = None,
) -> Message:
    """A message for everybody in the channel; with the first answer, both are so or neither."""
    original = None if answers is not None else now.row["response_id"]
    signed = now.signed(original)

    async def settle(storing: Unit, message_id: Snowflake) -> None:
        if answers is not None:
            await _settle(storing, now, answers, message_id)
        await _note_command(storing, now, message_id)

    # What is held here is settled in the unit that stores the message.
    return await messages.write(
        unit, now.speaker, now.room, draft, files, together=settle, signed=signed
    )


async def revise(
    unit: Unit,
    now: Turn,
    message_id: Snowflake,
    body: ModifyMessage,
    files: Sequence[Received] = (),
) -> Message:
    """Change a message of the application's own, whoever is shown it."""
    row = await unseen.held(unit, now.row, message_id)
    if row is not None:
        return await unseen.revise(unit, now.speaker, now.room, row, body, files)
    before = await own(unit, now, message_id)
    if before.flags & wire.LOADING:
        before = replace(before, flags=before.flags & ~wire.LOADING)
        await unit.run(queries.LOADED, before.channel_id, before.id, before.flags)
    return await messages.revise(unit, now.speaker, now.room, before, body, files)


async def own(unit: Unit, now: Turn, message_id: Snowflake) -> Message:
    """A message of the application's in this channel, which is held."""
    found = await reading.locked(unit, now.room.channel.id, message_id, now.room.user.id)
    if now.row["application_id"] not in (found.author.id, found.application_id):
        raise errors.UnknownMessage
    return found


async def remove(unit: Unit, now: Turn, message_id: Snowflake) -> None:
    """Take a message of the application's own away."""
    row = await unseen.held(unit, now.row, message_id)
    if row is not None:
        await unseen.drop(unit, now.room, row)
    else:
        channel_id = now.room.channel.id
        found = await unit.maybe(message_queries.AUTHORS, channel_id, [message_id])
        if found is None or found["author_id"] != now.room.user.id:
            raise errors.UnknownMessage
        await messages.remove(unit, now.room, found)
    await unit.run(queries.LOST, now.row["id"], message_id)


def read(data: Json | None, form: Any) -> Any:
    """The data of an answer, by the type of that."""
    if data is None:
        raise InvalidForm({"data": [errors.REQUIRED]})
    try:
        return msgspec.convert(data, form, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        raise _inside(InvalidForm.from_validation(error)) from error


def _inside(wrong: InvalidForm) -> InvalidForm:
    return InvalidForm({f"data.{at}".rstrip("."): it for at, it in wrong.fields.items()})


def _plain(choice: Json) -> Json:
    return {name: value for name, value in choice.items() if value is not None}


async def _settle(
    unit: Unit,
    now: Turn,
    callback: int,
    response_id: Snowflake | None,
    modal: Json | None = None,
) -> None:
    if not await unit.run(queries.ANSWER, now.row["id"], callback, response_id, modal):
        raise errors.InteractionAcknowledged


async def _note_command(unit: Unit, now: Turn, message_id: Snowflake) -> None:
    """Keep of which command a message came, where it came of one."""
    command_id = now.row["origin"].get("command_id")
    if command_id is not None:
        await unit.run(queries.OF_COMMAND, now.room.channel.id, message_id, command_id)


def _response(now: Turn, body: InteractionAnswer, message: Message | None) -> InteractionResponse:
    row = now.row
    about = AnsweredInteraction(
        id=row["id"],
        type=row["type"],
        channel_id=row["channel_id"],
        guild_id=row["guild_id"] or UNSET,
        response_message_id=UNSET if message is None else message.id,
        response_message_loading=UNSET if message is None else bool(message.flags & wire.LOADING),
        response_message_ephemeral=UNSET
        if message is None
        else bool(message.flags & wire.EPHEMERAL),
    )
    if message is None:
        return InteractionResponse(interaction=about)
    return InteractionResponse(
        interaction=about, resource=AnswerResource(type=body.type, message=message)
    )
