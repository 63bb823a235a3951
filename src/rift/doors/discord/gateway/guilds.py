"""The gateway's side of a guild: which sessions are in it and who of them receives what."""

from collections.abc import Iterable

from rift.doors.discord.gateway.audience import Audience
from rift.doors.discord.gateway.session import Line, Session
from rift.events import Audience as Kind
from rift.events import Event
from rift.snowflake import Snowflake
from rift.wire.channels import ChannelType
from rift.wire.presences import PresenceUpdate
from rift.world import Picture

_OF_CHANNEL = Kind.CHANNEL
_Key = tuple[str | None, int, int, bool]
"""A channel, the intent, what is needed there, and whether only people are told."""


class GuildSessions:
    """The sessions in one guild, and the audiences its events select among them."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.sessions: dict[Session, None] = {}
        self.presences: dict[str, PresenceUpdate] = {}
        self.unsettled: dict[Session, None] = {}
        """Whose channels are still to be compared with what they were shown."""
        self._audiences: dict[_Key, Audience] = {}

    def audience(self, event: Event) -> Audience:
        """Who receives this event."""
        about = event.about
        channel_id = event.channel_id if about.audience is _OF_CHANNEL else None
        key = (channel_id, about.intent or 0, about.needs, about.people)
        audience = self._audiences.get(key)
        if audience is None:
            audience = self._select(key)
        if audience.stale:
            audience.rebuild(self.sessions)
        return audience

    def _select(self, key: _Key) -> Audience:
        """A new audience; an open thread has that of its channel.

        For a thread nobody here has come to there is none, and none is remembered.
        """
        picture, (channel_id, intent, needs, people) = self.picture, key
        thread = None if channel_id is None else picture.threads.get(channel_id)
        if thread is not None and thread.type != ChannelType.PRIVATE_THREAD:
            parent = (thread.parent_id or None, intent, needs, people)
            found = self._audiences.get(parent) or self._select(parent)
            self._audiences[key] = found
            return found
        found = Audience(picture, channel_id, int(intent), int(needs), people=people)
        if channel_id is None or picture.place(channel_id) is not None:
            self._audiences[key] = found
        return found

    def refresh(self, thread_id: str) -> None:
        """Who may see a thread is no longer the same: it is found out when it is needed."""
        for key in [key for key in self._audiences if key[0] == thread_id]:
            self._audiences.pop(key).stale = True

    def add(self, session: Session) -> None:
        self.sessions[session] = None
        for audience in self._audiences.values():
            audience.consider(session)

    def remove(self, session: Session) -> None:
        self.sessions.pop(session, None)
        self.unsettled.pop(session, None)
        session.guilds.pop(self.picture.id, None)
        session.confided.pop(self.picture.id, None)
        for audience in self._audiences.values():
            audience.remove(session, session.line)

    def change_line(self, session: Session, old: Line) -> None:
        """The session's bytes have another form from now on."""
        for audience in self._audiences.values():
            audience.remove(session, old)
            audience.consider(session)

    def note_presence(self, presence: PresenceUpdate) -> None:
        """Remember who is online, for those who come later."""
        if presence.status == "offline":
            self.presences.pop(presence.user.id, None)
        else:
            self.presences[presence.user.id] = presence

    def of_user(self, user_id: Snowflake) -> list[Session]:
        return [session for session in self.sessions if session.actor.id == user_id]

    def reselect(self) -> None:
        """Roles or overwrites changed: every audience is computed again when it is needed."""
        for audience in self._audiences.values():
            audience.stale = True

    def reconsider(self, sessions: Iterable[Session]) -> None:
        """What these sessions may receive has changed."""
        audiences = [audience for audience in self._audiences.values() if not audience.stale]
        for session in sessions:
            for audience in audiences:
                audience.remove(session, session.line)
                audience.consider(session)

    def forget_channels(self) -> None:
        """Drop the audiences of channels that are gone."""
        place = self.picture.place
        self._audiences = {
            key: audience
            for key, audience in self._audiences.items()
            if key[0] is None or place(key[0]) is not None
        }
