"""What somebody says with besides words: emojis of guilds in their text, and stickers."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from rift.core.access import Room
from rift.core.actor import Speaker
from rift.core.emojis import using
from rift.core.polls import drafting
from rift.core.stickers import sending
from rift.core.unit import Unit
from rift.wire.messages import CreateMessage, ModifyMessage


def is_needed(body: CreateMessage, shape: Mapping[str, Any]) -> bool:
    """Most messages are words alone, and wait for none of this."""
    return bool(body.sticker_ids or body.poll) or using.is_written(shape["content"])


async def express(
    unit: Unit, speaker: Speaker, room: Room, body: CreateMessage, shape: dict[str, Any]
) -> None:
    """Note in a new message's shape what of it is the sender's to use."""
    # On a connection that is given back at once: the inbox may need it for this very message.
    async with Unit(unit.house, reading=True) as glance:
        if using.is_written(shape["content"]):
            shape["content"] = await using.spoken(glance, speaker, room, shape["content"])
        if body.sticker_ids:
            items = await sending.items(glance, speaker, room, body.sticker_ids)
            shape["sticker_items"] = items
        if body.poll:
            shape["poll"] = await drafting.drawn(glance, speaker, room, body.poll)


async def rewritten(unit: Unit, speaker: Speaker, room: Room, body: ModifyMessage) -> ModifyMessage:
    """An edit whose text has only emojis that are the writer's to use."""
    content = body.content or ""
    if not using.is_written(content):
        return body
    return replace(body, content=await using.spoken(unit, speaker, room, content))
