"""Which emoji somebody may say something with who writes nothing: to react, or to throw it."""

from rift.core.access import Hall, Room
from rift.core.actor import Actor
from rift.core.emojis import using
from rift.core.reactions import emojis
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.wire.emojis import PartialEmoji


async def chosen(unit: Unit, actor: Actor, room: Room | Hall, name: str) -> PartialEmoji:
    """The emoji kept under this name, if it is the actor's to use here."""
    id_ = emojis.custom_id(name)
    if id_ is None:
        return PartialEmoji(name=name)
    found = (await using.within_reach(unit, actor, room, [id_])).get(id_)
    if found is None:
        raise emojis.NotAnEmoji
    if found.external:
        room.require(Permission.USE_EXTERNAL_EMOJIS)
    return found.emoji
