"""What can be done with attachments: announce, take back, find again."""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from uuid import uuid4

from rift import errors
from rift.core import access
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.attachments import limits, queries
from rift.core.attachments.keeping import Kept
from rift.core.attachments.naming import cleaned
from rift.core.messages import rooms
from rift.core.private_channels import reaching
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake, parse
from rift.wire.attachments import (
    CloudAttachment,
    CloudAttachments,
    CreateUploads,
    RefreshedUrl,
    RefreshedUrls,
    RefreshUrls,
    UploadBody,
)

_SEND: Final = Permission.SEND_MESSAGES | Permission.ATTACH_FILES
_READ: Final = Permission.READ_MESSAGE_HISTORY
_MOST_WAITING: Final = 100
_SIGNATURE: Final = frozenset({"ex", "is", "hm"})
_PLACE: Final = 3

Place = tuple[Snowflake, Snowflake]


async def create(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: CreateUploads
) -> CloudAttachments:
    """Announce files, which are then sent by themselves, before their message."""
    room = await _entered(unit, actor, channel_id)
    most = limits.largest(unit.settings, room)
    if any(file.file_size > most for file in body.files):
        raise errors.EntityTooLarge
    waiting = (await unit.one(queries.WAITING, actor.id))["count"]
    if waiting + len(body.files) > _MOST_WAITING:
        words = f"No more than {_MOST_WAITING} files may wait for their message."
        raise InvalidForm.at("files", "TOO_MANY_UPLOADS", words)
    made = [await _announced(unit, room, file) for file in body.files]
    return CloudAttachments(attachments=made)


async def keep(unit: Unit, actor: Actor, kept: Kept) -> None:
    """Let a file that is here wait for its message, which names it by its id."""
    facts = (kept.filename, str(kept.size), False)
    await unit.run(queries.ANNOUNCE, kept.id, kept.channel_id, actor.id, kept.id, *facts)
    await unit.run(queries.FINISH, kept.id, kept)


async def delete(unit: Unit, actor: Actor, upload_filename: str) -> None:
    """Take back a file that was sent ahead and is not needed."""
    row = await unit.maybe(queries.OWN_UPLOAD, upload_filename, actor.id)
    if row is None:
        raise errors.NotFound
    await unit.run(queries.FORSAKE, [row["id"]])


async def refresh_urls(unit: Unit, actor: Actor, body: RefreshUrls) -> RefreshedUrls:
    """New addresses of attachments in messages one may read; other addresses stay as they are."""
    places = {url: _place(url) for url in body.attachment_urls}
    wanted = {place for place in places.values() if place is not None}
    names = await _readable(unit, actor, wanted)
    return RefreshedUrls(
        refreshed_urls=[
            RefreshedUrl(original=url, refreshed=_refreshed(unit, url, places[url], names))
            for url in body.attachment_urls
        ]
    )


async def _entered(unit: Unit, actor: Actor, channel_id: Snowflake) -> Room:
    """Where a message may be written, or a post, which begins with one."""
    room = await access.channel(unit, actor, channel_id)
    if room.channel.type in rooms.POSTED:
        room.require(_SEND)
        return room
    return await reaching.enter(unit, actor, channel_id, _SEND)


async def _announced(unit: Unit, room: Room, file: UploadBody) -> CloudAttachment:
    id_ = unit.new_id()
    name = f"{uuid4()}.{cleaned(file.filename).filename}"
    user_id, channel_id = room.user.id, room.channel.id
    await unit.run(queries.TAKE, id_, channel_id, user_id)
    facts = (file.filename, str(file.file_size), bool(file.is_clip))
    await unit.run(queries.ANNOUNCE, id_, channel_id, user_id, name, *facts)
    url = unit.house.links.upload(id_)
    return CloudAttachment(id=file.id, upload_url=url, upload_filename=name)


async def _readable(unit: Unit, actor: Actor, wanted: Iterable[Place]) -> Mapping[Place, str]:
    """The files that stand in a message the actor may read, and what they are called there."""
    async with Unit(unit.house, reading=True) as glance:
        rows = await glance.all(queries.SHOWN_IN, [id_ for _, id_ in wanted])
    channels = {row["channel_id"] for row in rows}
    read = {id_ for id_ in channels if await _may_read(unit, actor, id_)}
    return {(row["place"], row["id"]): row["filename"] for row in rows if row["channel_id"] in read}


async def _may_read(unit: Unit, actor: Actor, channel_id: Snowflake) -> bool:
    try:
        await access.channel(unit, actor, channel_id, _READ)
    except (errors.UnknownChannel, errors.MissingAccess, errors.MissingPermissions):
        return False
    return True


def _place(url: str) -> Place | None:
    """The channel and the attachment that an address of an attachment names."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    before, found, rest = path.partition("/attachments/")
    steps = rest.split("/")
    if not found or len(steps) != _PLACE or before.strip("/") not in {"", "cdn", "cdn/media"}:
        return None
    channel_id, id_ = parse(unquote(steps[0])), parse(unquote(steps[1]))
    return None if channel_id is None or id_ is None else (channel_id, id_)


def _refreshed(unit: Unit, url: str, place: Place | None, names: Mapping[Place, str]) -> str:
    if place is None or place not in names:
        return url
    parts, links = urlsplit(url), unit.house.links
    make = links.rendition if "/media/" in parts.path else links.attachment
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in _SIGNATURE]
    return f"{make(*place, names[place])}{urlencode(kept)}"
