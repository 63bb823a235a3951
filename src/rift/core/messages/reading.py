"""Stored messages, with all that is shown around them: people, reactions, what they answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from rift import errors
from rift.core.access import Room
from rift.core.attachments import keeping
from rift.core.components import media
from rift.core.links import Links
from rift.core.messages import origins, people, queries
from rift.core.polls import counting
from rift.core.previews import proxied
from rift.core.unit import Row, Unit
from rift.snowflake import MAX, Snowflake, created_at
from rift.wire.channels import Channel, thread_from_row
from rift.wire.emojis import PartialEmoji
from rift.wire.limits import Json
from rift.wire.messages import (
    Message,
    MessageReference,
    MessageSnapshot,
    MessagesQuery,
    Reaction,
    ReactionCounts,
    SnapshotMessage,
)
from rift.wire.stickers import StickerItem
from rift.wire.users import User
from rift.world import queries as world_queries

REPLY: Final = 19
STARTER: Final = 21
HAS_THREAD: Final = 1 << 5
_NEWEST: Final = str(MAX)
_LASTING: Final = (
    "id",
    "channel_id",
    "author_id",
    "persona",
    "type",
    "flags",
    "content",
    "tts",
    "mention_everyone",
    "mentions",
    "mention_roles",
    "embeds",
    "components",
    "reference",
    "attachments",
    "sticker_items",
    "poll",
    "application_id",
    "edited_timestamp",
)
_ADDED: Final = {"poll": None}
"""What was not kept from the beginning."""
_NOBODY: Final = "0"
_BARE: Final = {"pinned_at": None, "reacted": False}
"""What a message that is kept as it stood is shown without."""

Reactions = Mapping[str, list[Reaction]]


async def find(unit: Unit, channel_id: str, message_id: str, viewer_id: str) -> Message | None:
    """A message of the channel, as somebody sees it."""
    found = await several(unit, channel_id, [message_id], viewer_id)
    return found[0] if found else None


async def one(unit: Unit, channel_id: str, message_id: str, viewer_id: str) -> Message:
    """A message there must be."""
    found = await find(unit, channel_id, message_id, viewer_id)
    if found is None:
        raise errors.UnknownMessage
    return found


async def locked(unit: Unit, channel_id: str, message_id: str, viewer_id: str) -> Message:
    """A message there must be, which nobody else changes until the unit is done."""
    rows = await unit.all(queries.LOCK, channel_id, message_id)
    if not rows:
        raise errors.UnknownMessage
    return (await messages(unit, rows, viewer_id))[0]


async def several(
    unit: Unit, channel_id: str, message_ids: Sequence[str], viewer_id: str
) -> list[Message]:
    """Those of the messages that exist."""
    rows = await unit.all(queries.SEVERAL, channel_id, message_ids)
    return await messages(unit, rows, viewer_id)


async def page(unit: Unit, channel_id: str, query: MessagesQuery, viewer_id: str) -> list[Message]:
    """Messages next to a place in the channel, the newest first."""
    return await messages(unit, await _page_rows(unit, channel_id, query), viewer_id)


async def _page_rows(unit: Unit, channel_id: str, query: MessagesQuery) -> list[Row]:
    if query.around is not None:
        newer = query.limit // 2
        older = query.limit - newer
        return await unit.all(queries.AROUND, channel_id, query.around, older, newer)
    if query.after is not None and query.before is None:
        rows = await unit.all(queries.AFTER, channel_id, query.after, query.limit)
        return rows[::-1]
    return await unit.all(queries.BEFORE, channel_id, query.before or _NEWEST, query.limit)


async def messages(unit: Unit, rows: Sequence[Row], viewer_id: str) -> list[Message]:
    """The messages of these rows, all of one channel, in a few queries however many they are."""
    if not rows:
        return []
    channel_id = rows[0]["channel_id"]
    answered = await _answered(unit, channel_id, rows) | await _started_from(unit, rows)
    users = await _users(unit, [*rows, *answered.values()])
    threads = await _threads(unit, rows)
    reactions = await _reactions(unit, channel_id, rows, viewer_id)
    counted = await counting.counts(unit, [*rows, *answered.values()], viewer_id)
    links = unit.house.links
    shown = {id_: _message(row, users, {}, links, counted) for id_, row in answered.items()}
    found = [
        _message(row, users, reactions, links, counted, _referenced(row, shown)) for row in rows
    ]
    return [replace(it, thread=threads[it.id]) if it.id in threads else it for it in found]


async def anywhere(unit: Unit, places: Sequence[tuple[str, str]]) -> list[Message]:
    """Those of the messages that exist, by channel and id, without what is shown around them."""
    if not places:
        return []
    rows = await unit.all(queries.ANYWHERE, *map(list, zip(*places, strict=True)))
    users = await _users(unit, rows)
    counted = await counting.counts(unit, rows, _NOBODY)
    return [_message(row, users, {}, unit.house.links, counted) for row in rows]


def of_webhooks(rows: Iterable[Row], links: Links) -> list[Message]:
    """Messages of any channels that mention nobody and answer nothing: the rows say it all."""
    return [_message(row, {}, {}, links, {}) for row in rows]


def frozen(row: Row) -> Json:
    """What is kept of a message that is to be shown as it stood, whatever becomes of it."""
    return {name: row[name] for name in _LASTING}


async def thawed(unit: Unit, kept: Sequence[Json]) -> list[Message]:
    """Messages that were kept so, by the names that people have now."""
    rows: list[Row] = [
        {**_ADDED, **one, **_BARE, "edited_timestamp": _time(one["edited_timestamp"])}
        for one in kept
    ]
    named = {id_ for row in rows for id_ in (row["author_id"], *row["mentions"])}
    users = await people.users(unit, named)
    return [_message(row, users, {}, unit.house.links, {}) for row in rows]


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


async def _answered(unit: Unit, channel_id: str, rows: Sequence[Row]) -> dict[str, Row]:
    """The rows that these rows reply to, by id."""
    wanted = {row["reference"]["message_id"] for row in rows if row["type"] == REPLY}
    if not wanted:
        return {}
    here = {row["id"]: row for row in rows if row["id"] in wanted}
    missing = [id_ for id_ in wanted if id_ not in here]
    found = await unit.all(queries.SEVERAL, channel_id, missing) if missing else []
    return here | {row["id"]: row for row in found}


async def _started_from(unit: Unit, rows: Sequence[Row]) -> dict[str, Row]:
    """The rows of the messages in other channels that threads were started from, by id."""
    pointers = [row["reference"] for row in rows if row["type"] == STARTER]
    if not pointers:
        return {}
    channels, ids = [it["channel_id"] for it in pointers], [it["message_id"] for it in pointers]
    return {row["id"]: row for row in await unit.all(queries.ANYWHERE, channels, ids)}


async def _threads(unit: Unit, rows: Sequence[Row]) -> dict[str, Channel]:
    """The threads that were started from these messages, by id."""
    wanted = [row["id"] for row in rows if row["flags"] & HAS_THREAD]
    if not wanted:
        return {}
    return {
        row["id"]: thread_from_row(row) for row in await unit.all(world_queries.THREADS, wanted)
    }


async def _users(unit: Unit, rows: Sequence[Row]) -> dict[str, User]:
    users: dict[str, User] = {}
    for row in rows:
        if row["persona"] is None and row["author_id"] not in users:
            users[row["author_id"]] = people.user_from_row(row)
    called = {id_ for row in rows for id_ in (*row["mentions"], *_began(row))} - users.keys()
    return users | await people.users(unit, called) if called else users


async def _reactions(unit: Unit, channel_id: str, rows: Sequence[Row], viewer_id: str) -> Reactions:
    reacted = [row["id"] for row in rows if row["reacted"]]
    if not reacted:
        return {}
    found: defaultdict[str, list[Reaction]] = defaultdict(list)
    for row in await unit.all(queries.REACTIONS, channel_id, reacted, viewer_id):
        found[row["message_id"]].append(
            Reaction(
                emoji=_emoji(row),
                count=row["count"],
                count_details=ReactionCounts(normal=row["count"]),
                me=row["me"],
            )
        )
    return found


def _emoji(row: Row) -> PartialEmoji:
    """Of an emoji that is gone only the id is left."""
    key: str = row["emoji"]
    if not (key.isascii() and key.isdecimal()):
        return PartialEmoji(name=key)
    animated = True if row["animated"] else UNSET
    return PartialEmoji(id=Snowflake(key), name=row["name"], animated=animated)


def _referenced(row: Row, shown: Mapping[str, Message]) -> Message | None | UnsetType:
    """What a reply answers or a thread is about; null where that is gone."""
    if row["type"] not in (REPLY, STARTER):
        return UNSET
    return shown.get(row["reference"]["message_id"])


def _message(
    row: Row,
    users: Mapping[str, User],
    reactions: Reactions,
    links: Links,
    counted: counting.Counts,
    referenced: Message | None | UnsetType = UNSET,
) -> Message:
    webhook = people.persona(row)
    attachments = keeping.shown(row["attachments"], links)
    return Message(
        id=row["id"],
        channel_id=row["channel_id"],
        author=webhook or users[row["author_id"]],
        webhook_id=_webhook_id(row, webhook),
        content=row["content"],
        timestamp=created_at(row["id"]),
        edited_timestamp=row["edited_timestamp"],
        type=row["type"],
        tts=row["tts"],
        mention_everyone=row["mention_everyone"],
        mentions=[people.mentioned(users[id_]) for id_ in row["mentions"] if id_ in users],
        mention_roles=row["mention_roles"],
        attachments=attachments,
        embeds=proxied.read(row["embeds"], links),
        pinned=row["pinned_at"] is not None,
        flags=row["flags"],
        position=_position(row),
        components=media.shown(row["components"] or [], attachments, links.base),
        reactions=reactions.get(row["id"], UNSET),
        message_reference=_convert(row["reference"], MessageReference) or UNSET,
        message_snapshots=_snapshots(row["reference"], links),
        referenced_message=referenced,
        application_id=row["application_id"] or UNSET,
        poll=counting.shown(row, counted),
        sticker_items=_convert(row["sticker_items"], list[StickerItem]) or UNSET,
        **_origin(row, users),
    )


def _position(row: Row) -> int | UnsetType:
    """Where in its thread it stands; of one that is kept as it stood nobody knows."""
    position: int | None = row.get("position")
    return UNSET if position is None else position


def _began(row: Row) -> tuple[str, ...]:
    """Who set off the interaction that a message came of."""
    origin = row.get("interaction")
    return () if origin is None else (origin["user_id"],)


def _origin(row: Row, users: Mapping[str, User]) -> dict[str, Any]:
    origin = row.get("interaction")
    return {} if origin is None else origins.told(origin, users.get(origin["user_id"]))


def _webhook_id(row: Row, webhook: User | None) -> Snowflake | UnsetType:
    """Applications answer as if by a webhook of their own."""
    if webhook is not None:
        return webhook.id
    return row["application_id"] if row.get("interaction") is not None else UNSET


def _snapshots(reference: Json | None, links: Links) -> list[MessageSnapshot] | UnsetType:
    """What a forward carries is kept with what it points at."""
    if reference is None or "snapshots" not in reference:
        return UNSET
    return [_snapshot(kept["message"], links) for kept in reference["snapshots"]]


def _snapshot(kept: Json, links: Links) -> MessageSnapshot:
    bare = msgspec.convert({**kept, "attachments": []}, SnapshotMessage)
    attachments = keeping.shown(kept.get("attachments"), links)
    embeds = proxied.shown(bare.embeds, links)
    parts = media.shown(media.kept(bare.components, attachments), attachments, links.base)
    told = replace(bare, attachments=attachments, embeds=embeds, components=parts)
    return MessageSnapshot(message=told)


def _convert(value: Any, type_: Any) -> Any:
    return None if value is None else msgspec.convert(value, type_)


def pointer(room: Room, id_: Snowflake) -> MessageReference:
    """How a message points at another one of its channel."""
    return MessageReference(guild_id=room.guild_id, channel_id=room.channel.id, message_id=id_)
