"""What can be done with the emojis of a guild."""

from collections.abc import Iterable

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.emojis import queries, shapes
from rift.core.expressions import keeping, rights
from rift.core.guilds import holding
from rift.core.pictures import uris
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.emojis import CreateEmoji, Emoji, ModifyEmoji
from rift.world import Picture


async def list_all(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Emoji]:
    """All emojis of a guild; who made them only for those who may make some."""
    hall = await access.guild(unit, actor, guild_id)
    if not rights.sees_makers(hall):
        return list(hall.guild.emojis.values())
    return [shapes.from_row(row) for row in await unit.all(queries.OF_GUILD, guild_id)]


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, emoji_id: Snowflake) -> Emoji:
    """One emoji of a guild."""
    hall = await access.guild(unit, actor, guild_id)
    emoji = _find(hall.guild, emoji_id)
    if not rights.sees_makers(hall):
        return emoji
    row = await unit.maybe(queries.ONE_OF_GUILD, guild_id, emoji_id)
    shown = row is not None and rights.sees_maker(hall, row["author_id"])
    return shapes.from_row(row) if row is not None and shown else emoji


async def create(unit: Unit, actor: Actor, guild_id: Snowflake, body: CreateEmoji) -> Emoji:
    """Make an emoji of an image."""
    # Asked before the image is looked at, and again when nothing can change any more.
    await access.guild(unit, actor, guild_id, rights.MAKE)
    name = shapes.name(body.name)
    data = uris.uri_bytes(body.image, "image", unit.settings.limits.emoji_bytes)
    made = await uris.drawn(unit, data, "image")
    id_ = unit.new_id()
    await keeping.keep(unit, "emojis", id_, made.data)
    hall = await holding.hall(unit, actor, guild_id, rights.MAKE)
    _check_room_for_more(unit, hall.guild, animated=made.animated)
    roles = shapes.roles(hall.guild, body.roles)
    await unit.run(queries.INSERT, id_, guild_id, actor.id, name, made.animated, roles)
    emoji = Emoji(id=id_, name=name, roles=roles, animated=made.animated)
    _tell(unit, guild_id, [*hall.guild.emojis.values(), emoji])
    await record(unit, actor, guild_id, changed(Action.EMOJI_CREATE, id_, None, emoji))
    return replace(emoji, user=actor.user)


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, emoji_id: Snowflake, body: ModifyEmoji
) -> Emoji:
    """Rename an emoji, or say who may use it."""
    hall = await holding.hall(unit, actor, guild_id)
    before = _find(hall.guild, emoji_id)
    await _check_touch(unit, hall, emoji_id)
    name = before.name if body.name is UNSET else shapes.name(body.name)
    roles = before.roles if body.roles is UNSET else shapes.roles(hall.guild, body.roles)
    emoji = replace(before, name=name, roles=roles)
    if emoji != before:
        await unit.run(queries.UPDATE, emoji_id, name, roles)
        _tell(unit, guild_id, {**hall.guild.emojis, emoji_id: emoji}.values())
        await record(unit, actor, guild_id, changed(Action.EMOJI_UPDATE, emoji_id, before, emoji))
    return emoji


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake, emoji_id: Snowflake) -> None:
    """Delete an emoji; what was said with it keeps its name."""
    hall = await holding.hall(unit, actor, guild_id)
    emoji = _find(hall.guild, emoji_id)
    await _check_touch(unit, hall, emoji_id)
    await unit.run(queries.DELETE, emoji_id)
    kept = [one for one in hall.guild.emojis.values() if one.id != emoji_id]
    _tell(unit, guild_id, kept)
    if await unit.run(queries.CLEAR_OF_SOUNDS, guild_id, emoji_id):
        _tell_sounds(unit, hall.guild, emoji_id)
    await record(unit, actor, guild_id, changed(Action.EMOJI_DELETE, emoji_id, emoji, None))


def _find(guild: Picture, emoji_id: str) -> Emoji:
    emoji = guild.emojis.get(emoji_id)
    if emoji is None:
        raise errors.UnknownEmoji
    return emoji


async def _check_touch(unit: Unit, hall: access.Hall, emoji_id: str) -> None:
    row = await unit.maybe(queries.MAKER, emoji_id)
    rights.check_touch(hall, None if row is None else row["user_id"])


def _check_room_for_more(unit: Unit, guild: Picture, *, animated: bool) -> None:
    limits = unit.settings.limits
    alike = [emoji for emoji in guild.emojis.values() if emoji.animated is animated]
    if animated and len(alike) >= limits.animated_emojis_per_guild:
        most = limits.animated_emojis_per_guild
        raise errors.TooManyAnimatedEmojis(f"Maximum number of animated emojis reached ({most})")
    if not animated and len(alike) >= limits.emojis_per_guild:
        most = limits.emojis_per_guild
        raise errors.TooManyEmojis(f"Maximum number of emojis reached ({most})")


def _tell(unit: Unit, guild_id: Snowflake, emojis: Iterable[Emoji]) -> None:
    told = gateway.GuildEmojisUpdate(guild_id=guild_id, emojis=list(emojis))
    unit.emit(events.EmojisUpdate(data=told))


def _tell_sounds(unit: Unit, guild: Picture, emoji_id: Snowflake) -> None:
    """Sounds lose an emoji that is gone."""
    sounds = [
        replace(sound, emoji_id=None) if sound.emoji_id == emoji_id else sound
        for sound in guild.sounds.values()
    ]
    told = gateway.ToldSounds(guild_id=guild.id, soundboard_sounds=sounds)
    unit.emit(events.SoundsUpdate(data=told))
