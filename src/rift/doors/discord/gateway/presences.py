"""Who is online: what sessions say of themselves, told to the guilds their users are in."""

import time
from collections.abc import Iterable
from typing import Final

from msgspec import structs

from rift.bus import Bus
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.hub import Hub
from rift.doors.discord.gateway.session import Session
from rift.events import PresenceAsked, PresenceUpdate, Release
from rift.snowflake import Snowflake
from rift.wire.guilds import UnavailableGuild
from rift.wire.presences import ClientStatus, UpdatePresence
from rift.wire.presences import PresenceUpdate as Payload
from rift.wire.ready import GatewaySession
from rift.wire.users import PartialUser

_ORDER: Final = ("online", "dnd", "idle", "invisible", "offline")
_HIDDEN: Final = ("invisible", "offline")


class Presences:
    """A user with several sessions shows the liveliest of them."""

    def __init__(self, hub: Hub, bus: Bus) -> None:
        self._hub = hub
        self._bus = bus

    def begin(self, session: Session, said: UpdatePresence | None) -> None:
        """A session says in its IDENTIFY how it is; it is told where the session enters."""
        session.presence = _stamped(said or UpdatePresence())

    def change(self, session: Session, said: UpdatePresence) -> None:
        """A session says how it is."""
        session.presence = _stamped(said)
        self._publish(session.actor.id, session.guilds)

    def entered(self, session: Session, guild: GuildSessions) -> None:
        """A session has come into a guild; the first one here asks who else is online."""
        if len(guild.sessions) == 1:
            asked = PresenceAsked(data=UnavailableGuild(id=guild.picture.id))
            self._bus.publish([Release(events=(asked,))])
        self._publish(session.actor.id, [guild.picture.id])

    def left(self, session: Session, guild_ids: Iterable[Snowflake]) -> None:
        """A session is over; where it was the last one here, others may still show it."""
        shown = session.presence is not None and session.presence.status not in _HIDDEN
        for guild_id in guild_ids:
            if guild_id in self._hub.guilds:
                self._publish(session.actor.id, [guild_id])
            elif shown:
                gone = Payload(
                    user=PartialUser(id=session.actor.id), status="offline", guild_id=guild_id
                )
                self._bus.publish([Release(events=(PresenceUpdate(data=gone),))])

    def tell(self, guild_id: Snowflake) -> None:
        """Somebody asked who is online in a guild: say so of those with sessions here."""
        guild = self._hub.guilds.get(guild_id)
        if guild is not None:
            for user_id in {session.actor.id for session in guild.sessions}:
                self._publish(user_id, [guild_id])

    def correct(self, event: PresenceUpdate) -> None:
        """Another process saw a user go who still has sessions here."""
        if event.data.status == "offline" and self._status(event.data.user.id) not in _HIDDEN:
            guild_id = event.guild_id
            if guild_id is not None:
                self._publish(event.data.user.id, [guild_id])

    def sessions(self, user_id: Snowflake) -> list[GatewaySession]:
        """Somebody's connected clients, as they themselves see them."""
        return [
            GatewaySession(
                session_id=session.id,
                client_info=session.client,
                status=session.presence.status,
                activities=session.presence.doing,
                active=not session.presence.afk,
            )
            for session in self._hub.of_user(user_id)
            if session.presence is not None
        ]

    def _publish(self, user_id: Snowflake, guild_ids: Iterable[Snowflake]) -> None:
        presence = self._presence(user_id)
        releases: list[Release] = []
        for guild_id in guild_ids:
            guild = self._hub.guilds.get(guild_id)
            known = None if guild is None else guild.presences.get(user_id)
            mine = structs.replace(presence, guild_id=guild_id)
            if mine != known and (known is not None or mine.status != "offline"):
                releases.append(Release(events=(PresenceUpdate(data=mine),)))
        if releases:
            self._bus.publish(releases)

    def _presence(self, user_id: Snowflake) -> Payload:
        session = self._liveliest(user_id)
        said = None if session is None else session.presence
        if said is None or said.status in _HIDDEN:
            return Payload(user=PartialUser(id=user_id), status="offline")
        return Payload(
            user=PartialUser(id=user_id),
            status=said.status,
            activities=said.activities or [],
            client_status=ClientStatus(web=said.status),
        )

    def _status(self, user_id: Snowflake) -> str:
        session = self._liveliest(user_id)
        return "offline" if session is None or session.presence is None else session.presence.status

    def _liveliest(self, user_id: Snowflake) -> Session | None:
        sessions = [it for it in self._hub.of_user(user_id) if it.presence is not None]
        return min(sessions, key=lambda it: _ORDER.index(it.presence.status), default=None)


def _stamped(said: UpdatePresence) -> UpdatePresence:
    """With the time each activity began, which clients leave to the server and rely upon."""
    now_ms = int(time.time() * 1000)
    doing = [structs.replace(activity, created_at=now_ms) for activity in said.doing]
    status = "online" if said.status == "unknown" else said.status
    return structs.replace(said, status=status, activities=doing, game=None)
