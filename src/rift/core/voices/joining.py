"""How people come into voice channels and out of them: by what their gateway sessions say."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from rift import errors
from rift.core import access
from rift.core.access import GuildRoom, Hall
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.house import House
from rift.core.unit import Row, Unit
from rift.core.voices import queries, telling
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ChannelType
from rift.wire.gateway import UpdateVoiceState
from rift.wire.members import Member
from rift.wire.voice import VOICES, VoiceState
from rift.world import Picture

_ENTER = Permission.VIEW_CHANNEL | Permission.CONNECT

Left = Callable[[VoiceState], bool]


async def say(house: House, actor: Actor, session_id: str, said: UpdateVoiceState) -> None:
    """Opcode 4: a session comes into a channel, goes, or is muted. A person is in one at a time."""
    guild_id = said.guild_id
    if guild_id is None:
        return
    if said.channel_id is not None and not actor.bot:
        async with Unit(house, reading=True) as unit:
            rows = await unit.all(queries.ELSEWHERE, actor.id, guild_id)
        for row in rows:
            async with Unit(house) as unit:
                await _put_out(unit, row["guild_id"], actor.id)
    async with Unit(house) as unit:
        hall = await holding.hall(unit, actor, guild_id)
        if said.channel_id is None:
            await _hang_up(unit, hall, session_id)
        else:
            await _enter(unit, actor, hall, session_id, said, said.channel_id)


async def end_session(house: House, session_id: str) -> None:
    """A session is over, and whoever spoke through it is in no channel any more."""
    async with Unit(house, reading=True) as unit:
        rows = await unit.all(queries.OF_SESSION, session_id)
    await _leave_all(house, rows, lambda state: state.session_id == session_id)


async def sweep(house: House) -> None:
    """Put out whose process is gone, and their sessions with it."""
    async with Unit(house, reading=True) as unit:
        rows = await unit.all(queries.STRAY)
    await _leave_all(house, rows, lambda _state: True)


def check_entrance(room: GuildRoom | Hall, channel: Channel, *, movers: bool = False) -> None:
    """Refuse a channel that is full, but for those who move others."""
    most = channel.user_limit or 0
    is_full = bool(most) and telling.occupants(room.guild, channel.id) >= most
    if is_full and not movers:
        raise errors.VoiceChannelFull


def arrived(guild: Picture, member: Member, channel: Channel, state: VoiceState) -> VoiceState:
    """How somebody is who comes into a channel: on a stage everybody listens first."""
    is_stage = channel.type == ChannelType.GUILD_STAGE_VOICE
    may_speak = bool(guild.lasting(member, channel.id) & Permission.SPEAK)
    return replace(
        state,
        channel_id=channel.id,
        mute=member.mute,
        deaf=member.deaf,
        suppress=is_stage or not may_speak,
        request_to_speak_timestamp=None,
    )


async def _enter(
    unit: Unit,
    actor: Actor,
    hall: Hall,
    session_id: str,
    said: UpdateVoiceState,
    channel_id: Snowflake,
) -> None:
    guild, member = hall.guild, hall.member
    channel = guild.channels.get(channel_id)
    if channel is None or channel.type not in VOICES:
        raise errors.UnknownChannel
    before = guild.voices.get(actor.id)
    state = before or _stranger(guild, member)
    if state.channel_id != channel_id:
        room = access.admit_to_channel(unit, actor, guild, member, channel, _ENTER)
        check_entrance(room, channel, movers=room.may(Permission.MOVE_MEMBERS))
        state = arrived(guild, member, channel, state)
    after = replace(
        state,
        session_id=session_id,
        self_mute=said.self_mute,
        self_deaf=said.self_deaf,
        self_video=said.self_video,
    )
    await telling.put(unit, guild, member, after)


async def _hang_up(unit: Unit, hall: Hall, session_id: str) -> None:
    """Only the session that came in goes; of another device it means nothing."""
    state = hall.guild.voices.get(hall.member.user.id)
    if state is not None and state.session_id == session_id:
        await telling.leave(unit, hall.guild, hall.member)


async def _put_out(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> None:
    guild = await holding.hold(unit, guild_id)
    member = await holding.member(unit, guild, user_id)
    if member is not None:
        await telling.leave(unit, guild, member)


async def _leave_all(house: House, rows: Sequence[Row], left: Left) -> None:
    for row in rows:
        async with Unit(house) as unit:
            guild = await holding.hold(unit, row["guild_id"])
            member = await holding.member(unit, guild, row["user_id"])
            state = guild.voices.get(row["user_id"])
            if member is not None and state is not None and left(state):
                await telling.leave(unit, guild, member)


def _stranger(guild: Picture, member: Member) -> VoiceState:
    return VoiceState(
        user_id=member.user.id,
        guild_id=guild.id,
        session_id="",
        mute=member.mute,
        deaf=member.deaf,
    )
