"""Facts that a message of the server's states in its embed, and what is noted there later."""

from msgspec import UNSET
from msgspec.structs import replace

from rift.core.access import Room
from rift.core.messages import announcing, queries, telling
from rift.core.previews import proxied
from rift.core.unit import Unit
from rift.wire.embeds import Embed, EmbedField
from rift.wire.messages import Message


def embed(message: Message, kind: str) -> Embed | None:
    """In which AutoMod tells something of this kind; None in any other message."""
    if message.type != announcing.AUTOMOD or not message.embeds:
        return None
    return message.embeds[0] if message.embeds[0].type == kind else None


def fact(told: Embed, name: str) -> str | None:
    return next((it.value for it in _facts(told) if it.name == name), None)


async def note(unit: Unit, room: Room, message: Message, name: str, value: str) -> None:
    """Set a fact of a message that is held, and show everybody."""
    told = message.embeds[0]
    fields = [it for it in _facts(told) if it.name != name]
    after = [replace(told, fields=[*fields, EmbedField(name=name, value=value)])]
    await unit.run(queries.NOTE, message.channel_id, message.id, proxied.kept(after))
    unit.emit(await telling.updated(unit, room, replace(message, embeds=after)))


def _facts(told: Embed) -> list[EmbedField]:
    return [] if told.fields is UNSET else told.fields
