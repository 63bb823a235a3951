"""What can be done with the soundboard."""

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
from rift.core.sounds import listening, queries, shapes
from rift.core.unit import Unit
from rift.core.voices import effects
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.emojis import PartialEmoji
from rift.wire.gateway import GuildSoundDelete
from rift.wire.sounds import CreateSound, ListedSounds, ModifySound, SendSound, Sound
from rift.wire.voice import VoiceEffect
from rift.world import Picture

_PLAY = Permission.SPEAK | Permission.USE_SOUNDBOARD


async def list_default() -> list[Sound]:
    """The sounds that every guild has: none, but some libraries wait for the answer."""
    return []


async def list_all(unit: Unit, actor: Actor, guild_id: Snowflake) -> ListedSounds:
    """All sounds of a guild; who made them only for those who may make some."""
    hall = await access.guild(unit, actor, guild_id)
    sounds = list(hall.guild.sounds.values())
    if not rights.sees_makers(hall):
        return ListedSounds(items=sounds)
    rows = await unit.all(queries.MAKERS, guild_id)
    makers = {row["id"]: people.user_from_row(row) for row in rows}
    shown = [replace(sound, user=makers.get(sound.sound_id, UNSET)) for sound in sounds]
    return ListedSounds(items=shown)


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, sound_id: Snowflake) -> Sound:
    """One sound of a guild."""
    hall = await access.guild(unit, actor, guild_id)
    sound = _find(hall.guild, sound_id)
    if not rights.sees_makers(hall):
        return sound
    row = await unit.maybe(queries.MAKER_OF_ONE, guild_id, sound_id)
    return sound if row is None else replace(sound, user=people.user_from_row(row))


async def create(unit: Unit, actor: Actor, guild_id: Snowflake, body: CreateSound) -> Sound:
    """Add a sound to a guild's board."""
    # Asked before the file is looked at, and again when nothing can change any more.
    _check_room_for_more(unit, await access.guild(unit, actor, guild_id, rights.MAKE))
    data = listening.heard(unit, body.sound)
    id_ = unit.new_id()
    await keeping.keep(unit, "sounds", id_, data)
    hall = await holding.hall(unit, actor, guild_id, rights.MAKE)
    _check_room_for_more(unit, hall)
    sound = Sound(
        sound_id=id_,
        guild_id=guild_id,
        name=body.name,
        volume=shapes.volume(body.volume),
        **shapes.emoji(hall.guild, body.emoji_id, body.emoji_name),
    )
    said = (sound.name, sound.volume, sound.emoji_id, sound.emoji_name)
    await unit.run(queries.INSERT, id_, guild_id, actor.id, *said)
    unit.emit(events.SoundCreate(data=sound))
    deed = changed(Action.SOUNDBOARD_SOUND_CREATE, id_, None, sound)
    await record(unit, actor, guild_id, deed)
    return replace(sound, user=actor.user)


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, sound_id: Snowflake, body: ModifySound
) -> Sound:
    """Change a sound's name, volume or emoji."""
    hall = await holding.hall(unit, actor, guild_id)
    before = _find(hall.guild, sound_id)
    await _check_touch(unit, hall, sound_id)
    sound = replace(before, **shapes.changes(hall.guild, body))
    if sound != before:
        said = (sound.name, sound.volume, sound.emoji_id, sound.emoji_name)
        await unit.run(queries.UPDATE, sound_id, *said)
        unit.emit(events.SoundUpdate(data=sound))
        deed = changed(Action.SOUNDBOARD_SOUND_UPDATE, sound_id, before, sound)
        await record(unit, actor, guild_id, deed)
    return sound


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake, sound_id: Snowflake) -> None:
    """Take a sound off a guild's board."""
    hall = await holding.hall(unit, actor, guild_id)
    sound = _find(hall.guild, sound_id)
    await _check_touch(unit, hall, sound_id)
    await unit.run(queries.DELETE, sound_id)
    unit.emit(events.SoundDelete(data=GuildSoundDelete(guild_id=guild_id, sound_id=sound_id)))
    deed = changed(Action.SOUNDBOARD_SOUND_DELETE, sound_id, sound, None)
    await record(unit, actor, guild_id, deed)


async def play(unit: Unit, actor: Actor, channel_id: Snowflake, body: SendSound) -> None:
    """Play a sound to those who are in the voice channel one is in oneself."""
    room = await access.guild_channel(unit, actor, channel_id, _PLAY)
    source = body.source_guild_id
    guild = room.guild
    if source is not None and source != guild.id:
        room.require(Permission.USE_EXTERNAL_SOUNDS)
        guild = (await access.guild(unit, actor, source)).guild
    sound = _find(guild, body.sound_id)
    effects.check_audible(room)
    effect = VoiceEffect(
        channel_id=channel_id,
        guild_id=room.guild.id,
        user_id=actor.id,
        sound_id=sound.sound_id,
        sound_volume=sound.volume,
        emoji=_emoji(guild, sound),
    )
    unit.emit(events.VoiceEffectSend(data=effect))


def _emoji(guild: Picture, sound: Sound) -> PartialEmoji | None:
    own = guild.emojis.get(sound.emoji_id or "")
    if own is not None:
        return PartialEmoji(id=own.id, name=own.name, animated=own.animated)
    if sound.emoji_name is None:
        return None
    return PartialEmoji(name=sound.emoji_name, animated=False)


def _find(guild: Picture, sound_id: str) -> Sound:
    sound = guild.sounds.get(sound_id)
    if sound is None:
        raise errors.UnknownSound
    return sound


async def _check_touch(unit: Unit, hall: Hall, sound_id: str) -> None:
    row = await unit.maybe(queries.MAKER, sound_id)
    rights.check_touch(hall, None if row is None else row["user_id"])


def _check_room_for_more(unit: Unit, hall: Hall) -> None:
    most = unit.settings.limits.sounds_per_guild
    if len(hall.guild.sounds) >= most:
        raise errors.TooManySounds(f"Maximum number of soundboard sounds reached ({most})")
