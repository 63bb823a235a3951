"""Who is online: what sessions say of themselves, told to guilds, friends and other sessions."""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from rift.bus import Bus
from rift.doors.discord.gateway.greeting import Papers
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.hub import Hub
from rift.doors.discord.gateway.session import Session
from rift.doors.discord.gateway.standings import Standing, stamped
from rift.events import (
    AnyEvent,
    FriendPresence,
    FriendsAsked,
    PresenceAsked,
    PresenceUpdate,
    RelationshipAdd,
    RelationshipRemove,
    Release,
    SessionsTold,
    UserSettingsUpdate,
)
from rift.snowflake import Snowflake
from rift.wire.guilds import UnavailableGuild
from rift.wire.presences import PresenceUpdate as Payload
from rift.wire.presences import UpdatePresence
from rift.wire.ready import FriendsQuestion, GatewaySession, ToldSessions

_FRIEND: Final = 1
_LONGEST_S: Final = 86_400.0


class Presences:
    """Of one process; what a user's sessions in other processes say, these tell it."""

    def __init__(self, hub: Hub, bus: Bus, clock: Callable[[], datetime]) -> None:
        self._hub = hub
        self._bus = bus
        self._clock = clock
        self._origin = secrets.token_hex(8)
        self._standings: dict[Snowflake, Standing] = {}

    # Sessions

    def begin(
        self, session: Session, said: UpdatePresence | None, papers: Papers | None = None
    ) -> None:
        """A session says in its IDENTIFY how it is; it is told where the session enters."""
        user_id = session.actor.id
        standing = self._standings.get(user_id)
        first = standing is None
        if standing is None:
            standing = self._standings[user_id] = Standing(user_id)
        if papers is not None:
            standing.adopt(papers.settings)
            standing.friends = papers.friends
            self._await_end(standing)
        unsaid = UpdatePresence(status="unknown" if papers else "online")
        standing.say(session.id, session.client, stamped(said or unsaid))
        self._tell_sessions(standing, asks=first, but=session)

    def change(self, session: Session, said: UpdatePresence) -> None:
        """A session says how it is."""
        standing = self._standings.get(session.actor.id)
        if standing is not None:
            standing.say(session.id, session.client, stamped(said))
            self._tell_all(standing)

    def entered(self, session: Session, guild: GuildSessions) -> None:
        """A session has come into a guild; the first one here asks who else is online."""
        if len(guild.sessions) == 1:
            self._send([PresenceAsked(data=UnavailableGuild(id=guild.picture.id))])
        self._tell_guilds(session.actor.id, [guild.picture.id])

    def befriended(self, session: Session) -> None:
        """A session was greeted: its friends hear of it, and it of friends who are elsewhere."""
        standing = self._standings.get(session.actor.id)
        if standing is None or not standing.friends:
            return
        self._tell_friends(standing)
        question = FriendsQuestion(user_id=standing.user_id, origin=self._origin)
        self._send([FriendsAsked(data=question, to=tuple(sorted(standing.friends)))])

    def left(self, session: Session, guild_ids: Iterable[Snowflake]) -> None:
        """A session is over; others of its user may still show them."""
        user_id = session.actor.id
        standing = self._standings.get(user_id)
        if standing is None:
            return
        standing.here.pop(session.id, None)
        self._tell_sessions(standing)
        self._tell_guilds(user_id, guild_ids)
        self._tell_friends(standing)
        if not standing.here:
            self._forget(standing)

    def sessions(self, user_id: Snowflake) -> list[GatewaySession]:
        """Somebody's connected clients, as they themselves see them."""
        standing = self._standings.get(user_id)
        return [] if standing is None else standing.sessions

    def friends(self, user_id: Snowflake, friends: Iterable[Snowflake]) -> list[Payload]:
        """The friends of somebody who are online, as far as they are here."""
        now = self._clock()
        known = (self._standings.get(id_) for id_ in friends)
        theirs = [it.presence(now) for it in known if it is not None and user_id in it.friends]
        return [presence for presence in theirs if presence.status != "offline"]

    def attentive(self) -> Iterator[Snowflake]:
        """Who looks at a client here, as far as their clients say when they do not."""
        for standing in list(self._standings.values()):
            if any(session.active for session in standing.here.values()):
                yield standing.user_id

    # What happens elsewhere

    def on_event(self, event: object) -> None:
        """Events that change how somebody stands, or ask for it."""
        match event:
            case PresenceAsked():
                self._answer_guild(event.data.id)
            case PresenceUpdate():
                self._correct(event)
            case FriendsAsked() if event.data.origin != self._origin:
                self._answer_friend(event)
            case SessionsTold() if event.data.origin != self._origin:
                self._hear(event.data)
            case RelationshipAdd():
                self._relate(event.to, event.data.id, friends=event.data.type == _FRIEND)
            case RelationshipRemove():
                self._relate(event.to, event.data.id, friends=False)
            case UserSettingsUpdate():
                self._adopt(event)
            case _:
                pass

    def _answer_guild(self, guild_id: Snowflake) -> None:
        """Somebody asked who is online in a guild: say so of those with sessions here."""
        guild = self._hub.guilds.get(guild_id)
        if guild is not None:
            for user_id in {session.actor.id for session in guild.sessions}:
                self._tell_guilds(user_id, [guild_id], again=True)

    def _correct(self, event: PresenceUpdate) -> None:
        """Another process saw a user go who still has sessions here."""
        if event.data.status == "offline" and event.guild_id is not None:
            self._tell_guilds(event.data.user.id, [event.guild_id])

    def _answer_friend(self, event: FriendsAsked) -> None:
        asker = event.data.user_id
        for presence in self.friends(asker, event.to):
            self._send([FriendPresence(data=presence, to=(asker,))])

    def _hear(self, told: ToldSessions) -> None:
        """What a user's sessions in another process say."""
        standing = self._standings.get(told.user_id)
        if standing is None:
            return
        standing.elsewhere[told.origin] = told.sessions
        if not told.sessions:
            del standing.elsewhere[told.origin]
        self._show_sessions(standing)
        if told.asks:
            self._publish_sessions(standing, asks=False)
        self._tell_others(standing)  # what the other process said did not know of this one yet

    def _relate(self, user_ids: Sequence[Snowflake], other_id: Snowflake, *, friends: bool) -> None:
        """People become friends, or are so no longer."""
        for standing in filter(None, map(self._standings.get, user_ids)):
            if not friends:
                standing.friends -= {other_id}
            elif other_id not in standing.friends:
                standing.friends |= {other_id}
                presence = standing.presence(self._clock())
                if presence.status != "offline":
                    self._send([FriendPresence(data=presence, to=(other_id,))])

    def _adopt(self, event: UserSettingsUpdate) -> None:
        for standing in filter(None, map(self._standings.get, event.to)):
            standing.adopt(event.data)
            if event.data.status:
                standing.turn(event.data.status)
            self._await_end(standing)
            self._tell_all(standing)

    def _await_end(self, standing: Standing) -> None:
        """A custom status that has an end is taken away then."""
        if standing.waiting is not None:
            standing.waiting.cancel()
            standing.waiting = None
        ends_at = standing.custom.expires_at if standing.custom else None
        if ends_at is None:
            return
        left_s = (ends_at - self._clock()).total_seconds()
        if left_s > 0:
            again = self._at_end if left_s <= _LONGEST_S else self._await_end
            loop = asyncio.get_running_loop()
            standing.waiting = loop.call_later(min(left_s, _LONGEST_S), again, standing)

    def _at_end(self, standing: Standing) -> None:
        standing.waiting = standing.custom = None
        self._tell_all(standing)

    def _forget(self, standing: Standing) -> None:
        if standing.waiting is not None:
            standing.waiting.cancel()
        self._standings.pop(standing.user_id, None)

    # Telling

    def _tell_all(self, standing: Standing) -> None:
        self._tell_sessions(standing)
        self._tell_others(standing)

    def _tell_others(self, standing: Standing) -> None:
        self._tell_friends(standing)
        sessions = self._hub.of_user(standing.user_id)
        self._tell_guilds(standing.user_id, {id_ for it in sessions for id_ in it.guilds})

    def _tell_sessions(
        self, standing: Standing, *, asks: bool = False, but: Session | None = None
    ) -> None:
        self._show_sessions(standing, but)
        self._publish_sessions(standing, asks=asks)

    def _show_sessions(self, standing: Standing, but: Session | None = None) -> None:
        """SESSIONS_REPLACE, to the user's own clients here."""
        clients = [it for it in self._hub.of_user(standing.user_id) if it is not but]
        clients = [it for it in clients if it.capabilities is not None and it.sequence]
        if clients:
            shown = self._hub.event("SESSIONS_REPLACE", standing.sessions)
            for session in clients:
                session.dispatch(shown)

    def _publish_sessions(self, standing: Standing, *, asks: bool) -> None:
        told = ToldSessions(
            user_id=standing.user_id,
            origin=self._origin,
            sessions=list(standing.here.values()),
            asks=asks,
        )
        self._send([SessionsTold(data=told, to=(standing.user_id,))])

    def _tell_friends(self, standing: Standing) -> None:
        presence = standing.presence(self._clock())
        known = "offline" if standing.told is None else standing.told.status
        if presence != standing.told and (presence.status, known) != ("offline", "offline"):
            standing.told = presence
            if standing.friends:
                to = tuple(sorted(standing.friends))
                self._send([FriendPresence(data=presence, to=to)])

    def _tell_guilds(
        self, user_id: Snowflake, guild_ids: Iterable[Snowflake], *, again: bool = False
    ) -> None:
        standing, now = self._standings.get(user_id), self._clock()
        if standing is None:
            return
        news: list[PresenceUpdate] = []
        for guild_id in guild_ids:
            guild = self._hub.guilds.get(guild_id)
            mine = standing.presence(now, guild_id)
            known = None if guild is None else guild.presences.get(user_id)
            was_shown = known is not None or (guild is None and standing.shown)
            if (again or mine != known) and (was_shown or mine.status != "offline"):
                news.append(PresenceUpdate(data=mine))
        standing.shown |= any(event.data.status != "offline" for event in news)
        self._send(news)

    def _send(self, news: Sequence[AnyEvent]) -> None:
        if news:
            self._bus.publish([Release(events=(event,)) for event in news])
