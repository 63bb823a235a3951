"""What can be done with stickers."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.expressions import keeping, rights
from rift.core.guilds import holding
from rift.core.messages import people
from rift.core.stickers import drawing, queries, receiving
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.stickers import CreateSticker, ModifySticker, Sticker, StickerPack, StickerPacks
from rift.world import Picture


async def list_packs() -> StickerPacks:
    """The packs that everybody may use: none are sold here."""
    return StickerPacks()


async def fetch_pack(pack_id: Snowflake) -> StickerPack:  # noqa: ARG001  # whichever it is
    """One of them: so there is no such."""
    raise errors.UnknownStickerPack


async def find(unit: Unit, actor: Actor, sticker_id: Snowflake) -> Sticker:  # noqa: ARG001  # anybody
    """A sticker of any guild, as messages show it."""
    row = await unit.maybe(queries.FIND, sticker_id)
    if row is None:
        raise errors.UnknownSticker
    return msgspec.convert(row, Sticker)


async def list_all(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Sticker]:
    """All stickers of a guild; who made them only for those who may make some."""
    hall = await access.guild(unit, actor, guild_id)
    stickers = list(hall.guild.stickers.values())
    if not rights.sees_makers(hall):
        return stickers
    rows = await unit.all(queries.MAKERS, guild_id)
    makers = {row["id"]: people.user_from_row(row) for row in rows}
    return [replace(sticker, user=makers.get(sticker.id, UNSET)) for sticker in stickers]


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, sticker_id: Snowflake) -> Sticker:
    """One sticker of a guild."""
    hall = await access.guild(unit, actor, guild_id)
    sticker = _find(hall.guild, sticker_id)
    if not rights.sees_makers(hall):
        return sticker
    row = await unit.maybe(queries.MAKER_OF_ONE, guild_id, sticker_id)
    return sticker if row is None else replace(sticker, user=people.user_from_row(row))


async def create(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    body: CreateSticker,
    files: Sequence[bytes] = (),
) -> Sticker:
    """Make a sticker of a file."""
    # Asked before the file is looked at, and again when nothing can change any more.
    _check_room_for_more(unit, await access.guild(unit, actor, guild_id, rights.MAKE))
    if not files:
        raise InvalidForm({receiving.FIELD: [REQUIRED]})
    drawn = await drawing.drawn(unit, files[0])
    id_ = unit.new_id()
    await keeping.keep(unit, "stickers", id_, drawn.data)
    hall = await holding.hall(unit, actor, guild_id, rights.MAKE)
    _check_room_for_more(unit, hall)
    sticker = Sticker(
        id=id_,
        guild_id=guild_id,
        name=body.name,
        tags=body.tags,
        description=body.description,
        format_type=drawn.format,
    )
    await unit.run(queries.INSERT, *_columns(sticker, actor))
    _tell(unit, guild_id, [*hall.guild.stickers.values(), sticker])
    await record(unit, actor, guild_id, changed(Action.STICKER_CREATE, id_, None, sticker))
    return replace(sticker, user=actor.user)


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, sticker_id: Snowflake, body: ModifySticker
) -> Sticker:
    """Say something else of a sticker."""
    hall = await holding.hall(unit, actor, guild_id)
    before = _find(hall.guild, sticker_id)
    await _check_touch(unit, hall, sticker_id)
    given = {name: getattr(body, name) for name in ModifySticker.__struct_fields__}
    named = {name: value for name, value in given.items() if value is not UNSET}
    sticker = replace(before, **named)
    if sticker != before:
        columns = (sticker.name, sticker.description, sticker.tags)
        await unit.run(queries.UPDATE, sticker_id, *columns)
        _tell(unit, guild_id, {**hall.guild.stickers, sticker_id: sticker}.values())
        deed = changed(Action.STICKER_UPDATE, sticker_id, before, sticker)
        await record(unit, actor, guild_id, deed)
    return sticker


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake, sticker_id: Snowflake) -> None:
    """Delete a sticker; messages still say which it was."""
    hall = await holding.hall(unit, actor, guild_id)
    sticker = _find(hall.guild, sticker_id)
    await _check_touch(unit, hall, sticker_id)
    await unit.run(queries.DELETE, sticker_id)
    _tell(unit, guild_id, [it for it in hall.guild.stickers.values() if it.id != sticker_id])
    await record(unit, actor, guild_id, changed(Action.STICKER_DELETE, sticker_id, sticker, None))


def _find(guild: Picture, sticker_id: str) -> Sticker:
    sticker = guild.stickers.get(sticker_id)
    if sticker is None:
        raise errors.UnknownSticker
    return sticker


async def _check_touch(unit: Unit, hall: Hall, sticker_id: str) -> None:
    row = await unit.maybe(queries.MAKER, sticker_id)
    rights.check_touch(hall, None if row is None else row["user_id"])


def _check_room_for_more(unit: Unit, hall: Hall) -> None:
    most = unit.settings.limits.stickers_per_guild
    if len(hall.guild.stickers) >= most:
        raise errors.TooManyStickers(f"Maximum number of stickers reached ({most})")


def _columns(sticker: Sticker, actor: Actor) -> tuple[object, ...]:
    said = (sticker.name, sticker.description, sticker.tags, sticker.format_type)
    return (sticker.id, sticker.guild_id, actor.id, *said)


def _tell(unit: Unit, guild_id: Snowflake, stickers: Iterable[Sticker]) -> None:
    told = gateway.GuildStickersUpdate(guild_id=guild_id, stickers=list(stickers))
    unit.emit(events.StickersUpdate(data=told))
