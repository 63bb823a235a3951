"""How pictures are read from the database: many guilds in a few queries, in one snapshot."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

from rift.db.pool import Pool
from rift.snowflake import Snowflake
from rift.wire.automod import Rule
from rift.wire.channels import Channel, Overwrite, ThreadMember, thread_from_row
from rift.wire.channels import from_row as channel_from_row
from rift.wire.emojis import Emoji
from rift.wire.guilds import Guild, IncidentsData
from rift.wire.happenings import ScheduledEventException
from rift.wire.happenings import from_row as happening_from_row
from rift.wire.members import Member
from rift.wire.roles import Role, RoleColours
from rift.wire.sounds import Sound
from rift.wire.stages import StageInstance
from rift.wire.stickers import Sticker
from rift.wire.voice import VoiceRoom, VoiceState
from rift.world import queries
from rift.world.circle import Circle
from rift.world.picture import Picture

Row = dict[str, Any]
_INCIDENTS: Final = IncidentsData.__struct_fields__
Fetch = Callable[..., Awaitable[Sequence[Any]]]
"""Runs one of our queries and answers its rows."""


async def pictures(pool: Pool, guild_ids: Sequence[str]) -> list[Picture]:
    """The guilds that exist, all as of one moment."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        return await pictures_through(connection.fetch, guild_ids)


async def pictures_with_members(
    pool: Pool, members_of: Mapping[str, Collection[str]]
) -> list[tuple[Picture, list[Member]]]:
    """Guilds that exist and some of their members, all as of one moment."""
    pairs = [(guild_id, user_id) for guild_id, ids in members_of.items() for user_id in ids]
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        found = await pictures_through(connection.fetch, list(members_of))
        rows = await connection.fetch(
            queries.MEMBERS_OF_PAIRS, [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        )
    members_in: defaultdict[str, list[Member]] = defaultdict(list)
    for row in rows:
        members_in[row["guild_id"]].append(member_from_row(row))
    return [(picture, members_in[picture.id]) for picture in found]


async def pictures_through(fetch: Fetch, guild_ids: Sequence[str]) -> list[Picture]:
    """The same in a transaction that is under way, as somebody who holds the guilds needs them."""
    guilds = await fetch(queries.GUILDS, guild_ids)
    roles = await fetch(queries.ROLES, guild_ids)
    channels = await fetch(queries.CHANNELS, guild_ids)
    overwrites = await fetch(queries.OVERWRITES, guild_ids)
    roles_of = _grouped(roles, "guild_id")
    channels_of = _grouped(channels, "guild_id")
    overwrites_of = _grouped(overwrites, "channel_id")
    found = {
        row["id"]: _picture(dict(row), roles_of[row["id"]], channels_of[row["id"]], overwrites_of)
        for row in guilds
    }
    await _add_expressions(fetch, found)
    await _add_happenings(fetch, found)
    for row in await fetch(queries.RULES, guild_ids):
        found[row["guild_id"]].rules[row["id"]] = msgspec.convert(dict(row), Rule)
    await _add_voices(fetch, found)
    await _add_threads(fetch, found, await fetch(queries.ACTIVE_THREADS, guild_ids))
    return list(found.values())


async def members(pool: Pool, guild_id: str, user_ids: Sequence[str]) -> list[Member]:
    """Those of the users who are members of the guild."""
    rows = await pool.fetch(queries.MEMBERS, guild_id, user_ids)
    return [member_from_row(row) for row in rows]


async def members_of_user(pool: Pool, user_id: str, guild_ids: Sequence[str]) -> dict[str, Member]:
    """One user's members, by guild."""
    rows = await pool.fetch(queries.MEMBERS_OF_USER, user_id, guild_ids)
    return {row["guild_id"]: member_from_row(row) for row in rows}


async def members_of_guilds(pool: Pool, guild_ids: Sequence[str]) -> dict[str, list[Member]]:
    """All members of these guilds."""
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for row in await pool.fetch(queries.MEMBERS_OF_GUILDS, guild_ids):
        found[row["guild_id"]].append(member_from_row(row))
    return found


async def members_after(pool: Pool, guild_id: str, user_id: str, limit: int) -> list[Member]:
    """A page of a guild's members, by id."""
    rows = await pool.fetch(queries.MEMBERS_AFTER, guild_id, user_id, limit)
    return [member_from_row(row) for row in rows]


async def members_by_prefix(pool: Pool, guild_id: str, prefix: str, limit: int) -> list[Member]:
    """Members whose nickname or one of whose names begins so, in any case of letters."""
    rows = await pool.fetch(queries.MEMBERS_BY_PREFIX, guild_id, prefix, limit)
    return [member_from_row(row) for row in rows]


async def place(pool: Pool, channel_id: str) -> Snowflake | Circle | None:
    """The guild a channel belongs to, by its id, or the people of a private channel."""
    row = await pool.fetchrow(queries.PLACE, channel_id)
    if row is None:
        return None
    if row["guild_id"] is not None:
        guild_id: Snowflake = row["guild_id"]
        return guild_id
    return Circle(
        channel=channel_from_row(dict(row)),
        people=tuple(row["people"]),
        listeners=tuple(row["listeners"]),
    )


async def guilds_of_user(pool: Pool, user_id: str) -> list[Snowflake]:
    """The ids of the guilds a user is a member of."""
    return [row["guild_id"] for row in await pool.fetch(queries.GUILDS_OF_USER, user_id)]


def member_from_row(row: Any) -> Member:
    """The member a row of MEMBER_COLUMNS stands for."""
    shape = dict(row)
    shape["user"] = {
        "id": shape["user_id"],
        "username": shape["username"],
        "discriminator": shape["discriminator"],
        "global_name": shape["global_name"],
        "avatar": shape["user_avatar"],
        "banner": shape["user_banner"],
        "accent_color": shape["accent_color"],
        "bot": shape["bot"],
        "flags": shape["user_flags"],
        "public_flags": shape["user_flags"],
    }
    return msgspec.convert(shape, Member)


def role_from_row(row: Any) -> Role:
    """The role a row of the database stands for."""
    shape = dict(row)
    if shape.get("tags") is None:
        shape.pop("tags", None)
    if shape.get("upload_bytes") is None:
        shape.pop("upload_bytes", None)
    else:
        shape["upload_bytes"] = int(shape["upload_bytes"])
    shape["colors"] = RoleColours(primary_color=shape["color"])
    return msgspec.convert(shape, Role)


def guild_from_row(row: Row) -> Guild:
    """The guild a row of the database stands for, without its roles."""
    shape = {**row, "nsfw": row["nsfw_level"] in (1, 3)}
    incidents = {name: row[name] for name in _INCIDENTS if row[name] is not None}
    if incidents:
        shape["incidents_data"] = incidents
    return msgspec.convert(shape, Guild)


def _picture(
    row: Row,
    roles: Sequence[Row],
    channels: Sequence[Row],
    overwrites: dict[str, list[Row]],
) -> Picture:
    picture = Picture(
        guild_from_row(row),
        int(row["revision"]),
        [role_from_row(role) for role in roles],
        [_channel(dict(channel), overwrites.get(channel["id"], [])) for channel in channels],
        row["member_count"],
    )
    for channel in channels:
        if channel["last_message_id"] is not None:
            picture.last_messages[channel["id"]] = channel["last_message_id"]
    return picture


async def _add_expressions(fetch: Fetch, pictures: Mapping[str, Picture]) -> None:
    ids = list(pictures)
    for row in await fetch(queries.EMOJIS, ids):
        pictures[row["guild_id"]].emojis[row["id"]] = msgspec.convert(dict(row), Emoji)
    for row in await fetch(queries.STICKERS, ids):
        pictures[row["guild_id"]].stickers[row["id"]] = msgspec.convert(dict(row), Sticker)
    for row in await fetch(queries.SOUNDS, ids):
        pictures[row["guild_id"]].sounds[row["sound_id"]] = msgspec.convert(dict(row), Sound)


async def _add_happenings(fetch: Fetch, pictures: Mapping[str, Picture]) -> None:
    rows = await fetch(queries.HAPPENINGS, list(pictures))
    if not rows:
        return
    ids = [row["id"] for row in rows]
    exceptions = _grouped(await fetch(queries.HAPPENING_EXCEPTIONS, ids), "event_id")
    for row in rows:
        shapes = map(dict, exceptions[row["id"]])
        found = [msgspec.convert(shape, ScheduledEventException) for shape in shapes]
        pictures[row["guild_id"]].happenings[row["id"]] = happening_from_row(dict(row), found)


async def _add_voices(fetch: Fetch, pictures: Mapping[str, Picture]) -> None:
    ids = list(pictures)
    for row in await fetch(queries.VOICES, ids):
        state = msgspec.convert(dict(row), VoiceState)
        pictures[row["guild_id"]].voices[row["user_id"]] = state
    for row in await fetch(queries.VOICE_ROOMS, ids):
        room = VoiceRoom(status=row["status"], started_at=row["started_at"])
        pictures[row["guild_id"]].rooms[row["channel_id"]] = room
    for row in await fetch(queries.STAGES, ids):
        stage = msgspec.convert(dict(row), StageInstance)
        pictures[row["guild_id"]].stages[row["channel_id"]] = stage


async def thread(pool: Pool, picture: Picture, thread_id: str) -> bool:
    """Let a picture know a thread that it does not hold, unless it changed while that was read."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        revision = picture.revision
        return await thread_through(connection.fetch, picture, thread_id, revision)


async def thread_through(
    fetch: Fetch, picture: Picture, thread_id: str, revision: int | None = None
) -> bool:
    """The same in a transaction that is under way, as somebody who holds the guild needs it."""
    rows = await fetch(queries.THREADS, [thread_id])
    if not rows or rows[0]["guild_id"] != picture.id:
        return False
    members = await fetch(queries.CROWDS, [thread_id])
    if revision is not None and picture.revision != revision:
        return False
    _put_thread(picture, rows[0], members)
    return True


async def _add_threads(
    fetch: Fetch, pictures: Mapping[str, Picture], threads: Sequence[Any]
) -> None:
    if not threads:
        return
    crowds = _grouped(await fetch(queries.CROWDS, [row["id"] for row in threads]), "id")
    for row in threads:
        _put_thread(pictures[row["guild_id"]], row, crowds[row["id"]])


def _put_thread(picture: Picture, row: Any, crowd: Sequence[Any]) -> None:
    there = [msgspec.convert(dict(one), ThreadMember) for one in crowd]
    picture.threads.put(thread_from_row(dict(row)), there)
    if row["last_message_id"] is not None:
        picture.note_message(row["id"], row["last_message_id"])


def _channel(row: Row, overwrites: Sequence[Row]) -> Channel:
    row["permission_overwrites"] = msgspec.convert(
        [dict(entry) for entry in overwrites], list[Overwrite]
    )
    return channel_from_row(row)


def _grouped(rows: Sequence[Any], key: str) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups
