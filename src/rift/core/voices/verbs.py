"""What can be done with voice states over REST, and with what is said of a voice channel."""

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import GuildRoom, Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import done, record
from rift.core.guilds import holding
from rift.core.unit import Unit
from rift.core.voices import joining, queries, telling
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.channels import ChannelType
from rift.wire.members import Member
from rift.wire.voice import (
    VOICES,
    ModifyOwnVoiceState,
    ModifyVoiceState,
    PutVoiceStatus,
    VoiceRoom,
    VoiceState,
    VoiceStatus,
)

_MOVE = Permission.MOVE_MEMBERS
_MUTE = Permission.MUTE_MEMBERS


async def fetch_own(unit: Unit, actor: Actor, guild_id: Snowflake) -> VoiceState:
    """How one is oneself in the voice channels of a guild."""
    return await fetch(unit, actor, guild_id, actor.id)


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake) -> VoiceState:
    """How somebody is whom one sees in a voice channel."""
    hall = await access.guild(unit, actor, guild_id)
    state = _find(hall, user_id)
    return replace(state, member=await access.member(unit, hall, user_id))


async def modify_own(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyOwnVoiceState
) -> None:
    """Ask to speak on a stage, or step down from it."""
    hall = await holding.hall(unit, actor, guild_id)
    state, room = _on_stage(unit, actor, hall, actor.id, body.channel_id or None)
    asks = body.request_to_speak_timestamp
    if body.suppress is False:
        is_invited = not state.suppress and state.request_to_speak_timestamp is not None
        if not is_invited:
            room.require(_MUTE)
        state = replace(state, suppress=False, request_to_speak_timestamp=None)
    elif body.suppress:
        state = replace(state, suppress=True, request_to_speak_timestamp=None)
    if asks is not UNSET:
        if asks is not None:
            room.require(Permission.REQUEST_TO_SPEAK)
        state = replace(state, request_to_speak_timestamp=asks)
    await telling.change(unit, hall.guild, hall.member, state)


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake, body: ModifyVoiceState
) -> None:
    """Ask somebody onto the stage, who then says yes, or off it."""
    hall = await holding.hall(unit, actor, guild_id)
    state, room = _on_stage(unit, actor, hall, user_id, body.channel_id or None)
    room.require(_MUTE)
    member = await holding.member(unit, hall.guild, user_id)
    if member is None:
        raise errors.UnknownMember
    if isinstance(body.suppress, bool):
        asked = None if body.suppress or member.user.bot else unit.now()
        state = replace(state, suppress=body.suppress, request_to_speak_timestamp=asked)
    await telling.change(unit, hall.guild, member, state)


async def move(
    unit: Unit, actor: Actor, hall: Hall, member: Member, channel_id: Snowflake | None
) -> None:
    """Bring somebody who is in a voice channel into another one, or out of it."""
    state = hall.guild.voices.get(member.user.id)
    if state is None:
        raise errors.NotInVoice
    hall.require(_MOVE)
    if channel_id is None:
        await telling.leave(unit, hall.guild, member)
        await record(unit, actor, hall.guild.id, done(Action.MEMBER_DISCONNECT, None, count="1"))
        return
    channel = hall.guild.channels.get(channel_id)
    if channel is None or channel.type not in VOICES:
        raise errors.UnknownChannel
    needs = Permission.CONNECT | _MOVE
    access.admit_to_channel(unit, actor, hall.guild, hall.member, channel, needs)
    if state.channel_id == channel_id:
        return
    moved = joining.arrived(hall.guild, member, channel, state)
    await telling.change(unit, hall.guild, member, moved)
    deed = done(Action.MEMBER_MOVE, None, channel_id=channel_id, count="1")
    await record(unit, actor, hall.guild.id, deed)


async def put_status(unit: Unit, actor: Actor, channel_id: Snowflake, body: PutVoiceStatus) -> None:
    """Say what goes on in a voice channel; from outside, only those who manage it."""
    room = await holding.room(unit, actor, channel_id, Permission.SET_VOICE_CHANNEL_STATUS)
    if room.channel.type not in VOICES:
        raise errors.WrongChannelType
    own = room.guild.voices.get(actor.id)
    if own is None or own.channel_id != channel_id:
        room.require(Permission.MANAGE_CHANNELS)
    status = body.status or None
    if status == room.guild.rooms.get(channel_id, VoiceRoom()).status:
        return
    guild_id = room.guild.id
    await unit.run(queries.PUT_STATUS, channel_id, guild_id, status)
    told = VoiceStatus(id=channel_id, guild_id=guild_id, status=status)
    unit.emit(events.VoiceStatusUpdate(data=told))
    if status is None:
        deed = done(Action.VOICE_CHANNEL_STATUS_DELETE, channel_id)
    else:
        deed = done(Action.VOICE_CHANNEL_STATUS_CREATE, channel_id, status=status)
    await record(unit, actor, guild_id, deed)


def _find(hall: Hall, user_id: Snowflake) -> VoiceState:
    state = hall.guild.voices.get(user_id)
    if state is None or state.channel_id not in hall.guild.visible(hall.member):
        raise errors.UnknownVoiceState
    return state


def _on_stage(
    unit: Unit, actor: Actor, hall: Hall, user_id: Snowflake, channel_id: Snowflake | None
) -> tuple[VoiceState, GuildRoom]:
    """The state of somebody who is in a stage channel, and that channel."""
    state = _find(hall, user_id)
    channel = hall.guild.channels[state.channel_id or ""]
    if channel_id is not None and channel_id != channel.id:
        words = "This is not where they are."
        raise InvalidForm.at("channel_id", "VOICE_STATE_OTHER_CHANNEL", words)
    if channel.type != ChannelType.GUILD_STAGE_VOICE:
        raise errors.WrongChannelType
    return state, access.admit_to_channel(unit, actor, hall.guild, hall.member, channel)
