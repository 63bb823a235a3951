"""Puts previews below messages: below those that are still there, and still want them.

It reads how things stand, looks, and reads again how they stand: a message may have been edited,
deleted or told to show no embeds meanwhile. To do it twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.components import media
from rift.core.crossposts.flags import IS_CROSSPOST
from rift.core.messages import reading, replies, telling, urls
from rift.core.messages.drafts import SUPPRESS_EMBEDS
from rift.core.previews import proxied, queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.embeds import Embed, EmbedMedia
from rift.wire.messages import Message

_BARE: Final = SUPPRESS_EMBEDS | IS_CROSSPOST
"""Copies show what their source shows."""
_MOST: Final = 10
_NOBODY: Final = "0"


class Place(NamedTuple):
    """A message that is to be looked at."""

    channel_id: Snowflake
    message_id: Snowflake


async def wanted(unit: Unit, place: Place) -> list[str]:
    """The links of a message that have no preview and are to get one, and its pictures' too."""
    message = await reading.find(unit, *place, viewer_id=_NOBODY)
    if message is None or not _takes_previews(message):
        return []
    if not await _may_show(unit, message):
        return []
    have = {embed.url for embed in message.embeds if embed.is_derived}
    links = [link for link in urls.links(message.content) if link not in have]
    return list(dict.fromkeys([*links, *media.addresses(message.components)]))


async def attach(unit: Unit, place: Place, found: Mapping[str, Embed]) -> None:
    """Show what was found; the message is not edited by that."""
    try:
        before = await reading.locked(unit, *place, viewer_id=_NOBODY)
    except errors.UnknownMessage:
        return
    if not _takes_previews(before):
        return
    embeds = proxied.shown(_joined(before, found), unit.house.links)
    parts = media.illustrated(before.components, _pictures(found), unit.house.links.base)
    after = replace(before, embeds=embeds, components=parts)
    if after == before:
        return
    kept = media.kept(parts, before.attachments) or None
    await unit.run(queries.ATTACH, *place, proxied.kept(embeds) or None, kept)
    await _tell(unit, after)


def _joined(message: Message, found: Mapping[str, Embed]) -> Sequence[Embed]:
    """What somebody wrote, then the previews in the order of the links."""
    written = [embed for embed in message.embeds if not embed.is_derived]
    have = {embed.url: embed for embed in message.embeds if embed.is_derived}
    new = {link: replace(embed, url=link) for link, embed in found.items()}
    links = urls.links(message.content)
    derived = [have.get(link) or new[link] for link in links if link in have or link in new]
    return [*written, *derived][:_MOST]


def _pictures(found: Mapping[str, Embed]) -> dict[str, EmbedMedia]:
    """What of it is a picture itself."""
    return {
        link: embed.thumbnail
        for link, embed in found.items()
        if embed.type == "image" and embed.thumbnail is not UNSET
    }


def _takes_previews(message: Message) -> bool:
    return message.type in replies.WRITTEN and not message.flags & _BARE


async def _may_show(unit: Unit, message: Message) -> bool:
    """Whether the author may embed links there, now that it is done; webhooks always may."""
    room = await access.written_in(unit, message.author, message.channel_id)
    if room is None:
        return False
    if room.guild is None and not unit.settings.previews.direct_messages:
        return False
    return bool(message.webhook_id) or room.may(Permission.EMBED_LINKS)


async def _tell(unit: Unit, message: Message) -> None:
    """Those who may see the channel now; the author need not be among them any more."""
    room = await access.written_in(unit, message.author, message.channel_id)
    if room is None:
        return
    if room.guild is not None and message.webhook_id:
        told = telling.of_webhook(message, room.guild.id, room.channel.type)
        unit.emit(events.MessageUpdate(data=told))
    else:
        unit.emit(await telling.updated(unit, room, message))
