"""Opcode 8: the members of a guild, in chunks of a thousand."""

from collections.abc import AsyncIterator
from typing import Any, Final

from msgspec import UNSET, UnsetType

from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.session import Session
from rift.protocols.gateway import Intents, Opcode
from rift.protocols.ratelimit import Throttle
from rift.snowflake import Snowflake
from rift.wire.gateway import MembersNotSent, RateLimited, RequestGuildMembers
from rift.wire.members import Member, MembersChunk
from rift.world import loading

CHUNK: Final = 1000
_ASKED_AT_MOST: Final = 100
_MEMBERS: Final = int(Intents.GUILD_MEMBERS)
_PRESENCES: Final = int(Intents.GUILD_PRESENCES)
_LONGEST_NONCE: Final = 32
_ALL_S: Final = 30.0


class Pace:
    """Bots ask for all members of a guild once in half a minute, as at Discord."""

    def __init__(self) -> None:
        self._asked = Throttle(1, _ALL_S)

    def refusal(
        self, session: Session, guild_id: Snowflake, request: RequestGuildMembers, now: float
    ) -> RateLimited | None:
        """What a bot is told that asked for them too soon."""
        if not session.actor.bot or request.user_ids is not None or request.query or request.limit:
            return None
        wait_s = self._asked.attempt((session.actor.id, guild_id), now)
        if not wait_s:
            return None
        meta = MembersNotSent(guild_id=guild_id, nonce=_nonce(request))
        opcode = int(Opcode.REQUEST_GUILD_MEMBERS)
        return RateLimited(opcode=opcode, retry_after=wait_s, meta=meta)


async def chunks(
    pool: Any, session: Session, guild: GuildSessions, request: RequestGuildMembers
) -> AsyncIterator[MembersChunk]:
    """The answer; the whole list only for those whose intents say that they may have it."""
    if request.user_ids is not None:
        yield await _named(pool, session, guild, request)
    elif request.query:
        limit = min(request.limit or _ASKED_AT_MOST, _ASKED_AT_MOST)
        found = await loading.members_by_prefix(pool, guild.picture.id, request.query, limit)
        yield _chunk(session, guild, request, found)
    elif session.intents & _MEMBERS:
        async for chunk in _everybody(pool, session, guild, request):
            yield chunk


async def _named(
    pool: Any, session: Session, guild: GuildSessions, request: RequestGuildMembers
) -> MembersChunk:
    wanted = list(dict.fromkeys(request.user_ids or ()))[:_ASKED_AT_MOST]
    found = await loading.members(pool, guild.picture.id, wanted)
    there = {member.user.id for member in found}
    missing = [Snowflake(id_) for id_ in wanted if id_ not in there]
    return _chunk(session, guild, request, found, not_found=missing)


async def _everybody(
    pool: Any, session: Session, guild: GuildSessions, request: RequestGuildMembers
) -> AsyncIterator[MembersChunk]:
    limit = request.limit or guild.picture.member_count
    count = max(1, -(-min(limit, guild.picture.member_count) // CHUNK))
    after = "0"
    for index in range(count):
        size = min(CHUNK, limit - index * CHUNK)
        found = await loading.members_after(pool, guild.picture.id, after, size)
        yield _chunk(session, guild, request, found, index=index, count=count)
        if found:
            after = found[-1].user.id


def _chunk(
    session: Session,
    guild: GuildSessions,
    request: RequestGuildMembers,
    members: list[Member],
    *,
    index: int = 0,
    count: int = 1,
    not_found: list[Snowflake] | None = None,
) -> MembersChunk:
    presences: Any = UNSET
    if request.presences and session.intents & _PRESENCES:
        online = guild.presences
        presences = [online[it.user.id] for it in members if it.user.id in online]
    return MembersChunk(
        guild_id=guild.picture.id,
        members=members,
        chunk_index=index,
        chunk_count=count,
        not_found=not_found or UNSET,
        presences=presences,
        nonce=_nonce(request),
    )


def _nonce(request: RequestGuildMembers) -> str | UnsetType:
    """What the answer is known by, where that is a name one may give."""
    nonce = request.nonce
    return nonce if isinstance(nonce, str) and len(nonce.encode()) <= _LONGEST_NONCE else UNSET
