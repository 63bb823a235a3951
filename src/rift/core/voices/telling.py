"""How a voice state changes: kept, told, and with it what is so of the channel."""

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from rift import events
from rift.core.guilds import holding
from rift.core.stages import sayings
from rift.core.unit import Unit
from rift.core.voices import queries, servers
from rift.snowflake import Snowflake
from rift.wire.members import Member
from rift.wire.voice import VoiceRoom, VoiceStartTime, VoiceState, VoiceStatus
from rift.world import Picture

EMPTY: Final = timedelta(minutes=3)
"""So long after everybody has left an event in a channel is over."""


async def put(unit: Unit, guild: Picture, member: Member, state: VoiceState) -> None:
    """Somebody is in a channel of a held guild, with a session of this process."""
    claims = unit.house.claims
    await unit.run(
        queries.PUT,
        guild.id,
        state.user_id,
        state.channel_id,
        state.session_id,
        0 if claims is None else claims.number,
        state.self_mute,
        state.self_deaf,
        state.self_video,
        state.suppress,
        state.request_to_speak_timestamp,
    )
    await _tell(unit, guild, member, state)


async def change(unit: Unit, guild: Picture, member: Member, state: VoiceState) -> None:
    """Somebody is moved, silenced or let speak, wherever their session is."""
    said = (state.channel_id, state.suppress, state.request_to_speak_timestamp)
    await unit.run(queries.CHANGE, guild.id, state.user_id, *said)
    await _tell(unit, guild, member, state)


async def leave(unit: Unit, guild: Picture, member: Member) -> None:
    """Somebody is in no channel of a held guild any more, if they were in one."""
    state = guild.voices.get(member.user.id)
    if state is not None:
        await unit.run(queries.DELETE, guild.id, member.user.id)
        await _tell(unit, guild, member, _gone(state))


async def clear(unit: Unit, guild: Picture, channel_id: Snowflake) -> None:
    """A channel is about to be deleted: nobody is in it any more."""
    for state in [it for it in guild.voices.values() if it.channel_id == channel_id]:
        member = await holding.member(unit, guild, state.user_id)
        if member is not None:
            _emit(unit, guild, member, _gone(state))


def silence(unit: Unit, guild: Picture, before: Member, after: Member) -> None:
    """Somebody who may be in a channel was muted or deafened there, or is so no longer."""
    state = guild.voices.get(after.user.id)
    if state is not None and (before.mute, before.deaf) != (after.mute, after.deaf):
        _emit(unit, guild, after, replace(state, mute=after.mute, deaf=after.deaf))


def occupants(guild: Picture, channel_id: str) -> int:
    """How many are in a channel."""
    return sum(state.channel_id == channel_id for state in guild.voices.values())


async def _tell(unit: Unit, guild: Picture, member: Member, state: VoiceState) -> None:
    known = guild.voices.get(state.user_id)
    was = None if known is None else known.channel_id
    if known == state:
        return
    _emit(unit, guild, member, state)
    if state.channel_id is not None and not _is_settled(known, state):
        await servers.allot(unit, guild.id, state)
    if state.channel_id == was:
        if _speaks(state) and not _speaks(known):
            await sayings.speaks(unit, guild, member, was)
        return
    if state.channel_id is not None and not occupants(guild, state.channel_id):
        await _begin(unit, guild, state.channel_id)
    if was is not None and occupants(guild, was) == 1:
        await _end(unit, guild, was)


def _emit(unit: Unit, guild: Picture, member: Member, state: VoiceState) -> None:
    known = guild.voices.get(state.user_id)
    was = None if known is None else known.channel_id
    unit.emit(events.VoiceStateUpdate(data=replace(state, member=member), was=was))


def _is_settled(known: VoiceState | None, state: VoiceState) -> bool:
    """Whether the same session was in the same channel already, and so has its token."""
    before = None if known is None else (known.channel_id, known.session_id)
    return before == (state.channel_id, state.session_id)


async def _begin(unit: Unit, guild: Picture, channel_id: Snowflake) -> None:
    now = unit.now().replace(microsecond=0)
    await unit.run(queries.BEGIN_ROOM, channel_id, guild.id, now)
    started = VoiceStartTime(
        id=channel_id, guild_id=guild.id, voice_start_time=int(now.timestamp())
    )
    unit.emit(events.VoiceStartTimeUpdate(data=started))


async def _end(unit: Unit, guild: Picture, channel_id: Snowflake) -> None:
    await unit.run(queries.END_ROOM, channel_id)
    await unit.run(queries.EMPTIED, channel_id, unit.now() + EMPTY)
    if guild.rooms.get(channel_id, VoiceRoom()).status is not None:
        told = VoiceStatus(id=channel_id, guild_id=guild.id, status=None)
        unit.emit(events.VoiceStatusUpdate(data=told))
    ended = VoiceStartTime(id=channel_id, guild_id=guild.id, voice_start_time=None)
    unit.emit(events.VoiceStartTimeUpdate(data=ended))


def _speaks(state: VoiceState | None) -> bool:
    """Who was asked onto a stage and did not say yes has asked, as far as the state goes."""
    return state is not None and not state.suppress and state.request_to_speak_timestamp is None


def _gone(state: VoiceState) -> VoiceState:
    return replace(state, channel_id=None, request_to_speak_timestamp=None, suppress=False)
