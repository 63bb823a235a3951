"""What a client receives first: READY, and then each of its guilds."""

import asyncio
from collections.abc import Sequence
from itertools import count
from typing import Any, Final

import msgspec
from msgspec import structs

from rift.doors.discord.gateway import sights
from rift.doors.discord.gateway.greeting import Papers
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.hub import Hub
from rift.doors.discord.gateway.session import Session
from rift.protocols.frames import Event
from rift.protocols.gateway import Intents
from rift.snowflake import Snowflake
from rift.wire.applications import PartialApplication
from rift.wire.gateway import Ready
from rift.wire.guilds import GuildCreate, UnavailableGuild
from rift.wire.members import Member
from rift.wire.users import CurrentUser
from rift.world import Picture, World, loading

_GUILDS: Final = int(Intents.GUILDS)
_PRESENCES: Final = int(Intents.GUILD_PRESENCES)
_TRIES: Final = 5


def ready(
    session: Session,
    user: CurrentUser,
    guild_ids: Sequence[Snowflake],
    *,
    version: int,
    url: str,
    application: PartialApplication | None,
    papers: Papers | None,
) -> Ready:
    """The greeting after IDENTIFY; the guilds follow one by one."""
    return Ready(
        v=version,
        user=user,
        guilds=[UnavailableGuild(id=id_, unavailable=True) for id_ in guild_ids],
        session_id=session.id,
        resume_gateway_url=url,
        shard=msgspec.UNSET if session.shard is None else session.shard,
        application=application or msgspec.UNSET,
        private_channels=papers.private_channels if papers else [],
        relationships=papers.relationships if papers else [],
        read_state=papers.read_states.entries if papers else msgspec.UNSET,
        user_guild_settings=papers.guild_settings.entries if papers else msgspec.UNSET,
    )


class Usher:
    """Leads sessions into their guilds: loads what is missing, then shows each guild at once."""

    def __init__(self, hub: Hub, world: World, pool: Any) -> None:
        self._hub = hub
        self._world = world
        self._pool = pool

    async def lead(
        self, session: Session, guild_ids: Sequence[Snowflake], *, announced: bool
    ) -> list[GuildSessions]:
        """Admit a session to guilds and show them; those it is no member of are left out.

        A session that ends meanwhile, by whatever event, is led no further.
        """
        entered: list[GuildSessions] = []
        await self._world.load(guild_ids)
        await self._world.load_own_members(session.actor.id, guild_ids)
        rosters = await self._rosters(session, guild_ids)
        for guild_id in guild_ids:
            await session.caught_up()
            roster = await self._current(guild_id, session, rosters.get(guild_id))
            if session.id not in self._hub.sessions:
                break
            if guild_id in session.guilds:
                continue
            picture = self._world.get(guild_id)
            if picture is not None and roster:
                guild = self._hub.admit(session, picture)
                self.show(session, guild, roster, announced=announced)
                entered.append(guild)
            elif announced and session.intents & _GUILDS:
                session.dispatch(self._hub.event("GUILD_DELETE", UnavailableGuild(id=guild_id)))
        return entered

    async def prepare(self, session: Session, guild_ids: Sequence[Snowflake]) -> None:
        """Load what is missing, and write what READY holds the most of in several goes."""
        user_id = session.actor.id
        await self._world.load(guild_ids)
        await self._world.load_own_members(user_id, guild_ids)
        for guild_id in guild_ids:
            picture = self._world.get(guild_id)
            if picture is not None and user_id in picture.members:
                visible = picture.visible(picture.members[user_id])
                if not picture.has_list(visible):
                    picture.channel_list(visible)
                    await asyncio.sleep(0)

    def admit(self, session: Session, guild_ids: Sequence[Snowflake]) -> list[GuildSessions]:
        """Let a session into all its guilds at this moment."""
        pictures = (self._world.get(guild_id) for guild_id in guild_ids)
        return [
            self._hub.admit(session, picture)
            for picture in pictures
            if picture is not None and session.actor.id in picture.members
        ]

    def show(
        self,
        session: Session,
        guild: GuildSessions,
        roster: Sequence[Member],
        *,
        announced: bool,
    ) -> None:
        """Send the guild as it is; `announced` where the client knows already that it is in it."""
        if session.intents & _GUILDS:
            unavailable = False if announced else msgspec.UNSET
            session.dispatch(self._guild_create(session, guild, roster, unavailable))

    async def _rosters(
        self, session: Session, guild_ids: Sequence[Snowflake]
    ) -> dict[str, tuple[int, list[Member]]]:
        """All members of the small guilds, for those who may see presences."""
        wanted = [id_ for id_ in guild_ids if self._wants_all(session, id_)]
        if not wanted:
            return {}
        revisions = {id_: self._revision(id_) for id_ in wanted}
        found = await loading.members_of_guilds(self._pool, wanted)
        return {id_: (revisions[id_], found.get(id_, [])) for id_ in wanted}

    async def _current(
        self, guild_id: Snowflake, session: Session, roster: tuple[int, list[Member]] | None
    ) -> Sequence[Member]:
        """The members to show, as of the picture's present revision; none to who is none."""
        for attempt in count():
            picture = self._world.get(guild_id)
            if picture is None or session.actor.id not in picture.members:
                break
            if roster is None or attempt == _TRIES:
                return self._online(session, picture)
            revision, members = roster
            if revision == picture.revision:
                return members
            roster = (await self._rosters(session, [guild_id])).get(guild_id)
        return ()

    def _online(self, session: Session, picture: Picture) -> list[Member]:
        """Of a large guild only who is online, as far as they are known here, and oneself."""
        own = picture.members[session.actor.id]
        guild = self._hub.guilds.get(picture.id)
        if guild is None or not session.intents & _PRESENCES:
            return [own]
        online = (picture.members.get(id_) for id_ in guild.presences if id_ != own.user.id)
        return [own, *(member for member in online if member is not None)]

    def _wants_all(self, session: Session, guild_id: Snowflake) -> bool:
        picture = self._world.get(guild_id)
        return (
            picture is not None
            and bool(session.intents & _PRESENCES)
            and picture.member_count <= session.large_threshold
        )

    def _revision(self, guild_id: Snowflake) -> int:
        picture = self._world.get(guild_id)
        return -1 if picture is None else picture.revision

    def _guild_create(
        self,
        session: Session,
        guild: GuildSessions,
        roster: Sequence[Member],
        unavailable: bool | msgspec.UnsetType,
    ) -> Event:
        picture = guild.picture
        own = picture.members[session.actor.id]
        visible = session.guilds[picture.id]
        presences = list(guild.presences.values()) if session.intents & _PRESENCES else []
        payload = GuildCreate(
            **structs.asdict(picture.whole()),
            joined_at=own.joined_at,
            member_count=picture.member_count,
            large=picture.member_count > session.large_threshold,
            unavailable=unavailable,
            members=list(roster),
            channels=msgspec.Raw(picture.channel_list(visible)),
            threads=picture.open_threads(own),
            presences=presences,
            soundboard_sounds=list(picture.sounds.values()),
            **sights.belongings(picture, session),
        )
        return self._hub.event("GUILD_CREATE", payload)
