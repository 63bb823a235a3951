"""What sessions are told of threads: which they may see, who came into them and who left."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict, replace

from rift import events
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.session import Session
from rift.permissions import MANAGE_THREADS, VIEW_CHANNEL
from rift.protocols.frames import Encoder, Event
from rift.protocols.gateway import Intents
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ChannelType
from rift.wire.gateway import NewThread, ThreadDelete, ThreadListSync, ThreadMemberUpdate
from rift.world import Picture, is_archived

_GUILDS: Final = int(Intents.GUILDS)
_MEMBERS: Final = int(Intents.GUILD_MEMBERS)
_PRIVATE: Final = int(ChannelType.PRIVATE_THREAD)
_JSON: Final = msgspec.json.Encoder()
_NONE: Final[frozenset[Snowflake]] = frozenset()


class Threads:
    """Beside the audiences: each session knows which private threads it was shown."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def admit(self, session: Session, picture: Picture) -> None:
        """A session is shown a guild, and with it the private threads it may see."""
        session.confided[picture.id] = picture.confided(picture.members[session.actor.id])

    def open(self, guild: GuildSessions, event: events.ThreadCreate | events.ThreadUpdate) -> None:
        """Before a thread is told of: who may see a private one knows it from now on."""
        if event.data.type != _PRIVATE:
            return
        guild.refresh(event.data.id)
        if not is_archived(event.data):
            for session in guild.sessions:
                if _sees(guild.picture, session, event.data.id):
                    _confide(session, guild.picture, event.data.id)

    def shut(self, guild: GuildSessions, event: events.ThreadUpdate) -> None:
        """After it: an archived one is forgotten, and who is in one that woke is told so."""
        thread_id = event.data.id
        if is_archived(event.data):
            for session in guild.sessions:
                _withdraw(session, guild.picture, thread_id)
            guild.refresh(thread_id)
        elif event.woken:
            crowd = guild.picture.threads.crowd(thread_id)
            for session in [it for it in guild.sessions if it.actor.id in crowd]:
                self.remind(session, guild.picture, thread_id)

    def close(self, guild: GuildSessions, event: events.ThreadDelete) -> None:
        """Tell of a thread that is gone whoever could see it."""
        told = self._event("THREAD_DELETE", event.data)
        for session in guild.sessions:
            if self._saw(guild.picture, session, event.data):
                _withdraw(session, guild.picture, event.data.id)
                self._dispatch(session, told)
        guild.refresh(event.data.id)

    def welcome(self, guild: GuildSessions, event: events.ThreadMembersUpdate) -> None:
        """Before comers and goers are told of: a private thread is shown to who came into it."""
        picture, thread_id = guild.picture, event.data.id
        guild.refresh(thread_id)
        thread = picture.threads.get(thread_id)
        if thread is None or thread.type != _PRIVATE:
            return
        came = {one.user_id for one in event.data.added_members}
        for session in [it for it in guild.sessions if it.actor.id in came]:
            if thread_id not in session.confided.get(picture.id, _NONE):
                _confide(session, picture, thread_id)
                shown = NewThread(**asdict(picture.thread(thread_id, session.actor.id)))
                self._dispatch(session, self._event("THREAD_CREATE", shown))

    def concern(self, guild: GuildSessions, event: events.ThreadMembersUpdate) -> None:
        """After it: they hear of themselves in any case; who sees the thread no more loses it."""
        picture, data = guild.picture, event.data
        came = {one.user_id: one for one in data.added_members}
        for session in list(guild.sessions):
            user_id = session.actor.id
            if user_id in came:
                if not session.intents & _MEMBERS:
                    own = replace(data, added_members=[came[user_id]], removed_member_ids=[])
                    self._dispatch(session, self._event("THREAD_MEMBERS_UPDATE", own))
            elif user_id in data.removed_member_ids:
                self._dismiss(session, picture, event)

    def remind(self, session: Session, picture: Picture, thread_id: str) -> None:
        """Tell somebody how they are in a thread."""
        own = picture.threads.crowd(thread_id).get(session.actor.id)
        if own is not None:
            told = ThreadMemberUpdate(**asdict(own), guild_id=picture.id)
            self._dispatch(session, self._event("THREAD_MEMBER_UPDATE", told))

    def note(self, guild: GuildSessions, event: events.ThreadMemberUpdate) -> None:
        """Somebody is in a thread otherwise than before: their own affair."""
        told = self._event(event.about.name, event.data)
        for session in guild.of_user(event.data.user_id):
            self._dispatch(session, told)

    def compare(
        self, picture: Picture, session: Session, revealed: Iterable[Snowflake] = ()
    ) -> None:
        """Tell of threads that came into a session's sight, or left it while their channel stays.

        `revealed` are the channels it is just shown.
        """
        member = picture.members.get(session.actor.id)
        shown = session.confided.get(picture.id, _NONE)
        if member is None or not (shown or picture.threads):
            return
        fresh = frozenset(revealed)
        self._sync(picture, session, fresh)
        confided = session.confided[picture.id] = picture.confided(member)
        for id_ in sorted(shown - confided):
            thread = picture.threads.get(id_)
            if thread is not None and thread.parent_id in session.guilds[picture.id]:
                self._dispatch(session, self._event("THREAD_DELETE", _stub(thread)))
        for id_ in sorted(confided - shown):
            thread = picture.thread(id_, session.actor.id)
            if thread.parent_id not in fresh:
                self._dispatch(session, self._event("THREAD_CREATE", thread))

    def _sync(self, picture: Picture, session: Session, fresh: frozenset[Snowflake]) -> None:
        if not fresh:
            return
        seen = picture.open_threads(picture.members[session.actor.id])
        threads = [it for it in seen if it.parent_id in fresh]
        if threads:
            members = [it.member for it in threads if it.member is not UNSET]
            parents = sorted({Snowflake(it.parent_id) for it in threads if it.parent_id})
            bare = [replace(it, member=UNSET) for it in threads]
            told = ThreadListSync(
                guild_id=picture.id, channel_ids=parents, threads=bare, members=members
            )
            self._dispatch(session, self._event("THREAD_LIST_SYNC", told))

    def _dismiss(
        self, session: Session, picture: Picture, event: events.ThreadMembersUpdate
    ) -> None:
        thread = picture.threads.get(event.data.id)
        hidden = thread is not None and not _sees(picture, session, thread.id)
        if hidden or not session.intents & _MEMBERS:
            own = replace(event.data, added_members=[], removed_member_ids=[session.actor.id])
            self._dispatch(session, self._event("THREAD_MEMBERS_UPDATE", own))
        if hidden and thread is not None:
            _withdraw(session, picture, thread.id)
            self._dispatch(session, self._event("THREAD_DELETE", _stub(thread)))

    def _saw(self, picture: Picture, session: Session, gone: ThreadDelete) -> bool:
        if gone.parent_id not in session.guilds.get(picture.id, _NONE):
            return False
        if gone.type != _PRIVATE or gone.id in session.confided.get(picture.id, _NONE):
            return True
        member = picture.members.get(session.actor.id)
        return member is not None and bool(picture.lasting(member, gone.parent_id) & MANAGE_THREADS)

    def _event(self, name: str, payload: Any) -> Event:
        return self._encoder.event(name, _JSON.encode(payload))

    def _dispatch(self, session: Session, told: Event) -> None:
        if session.intents & _GUILDS:
            session.dispatch(told)


def _sees(picture: Picture, session: Session, thread_id: str) -> bool:
    member = picture.members.get(session.actor.id)
    return member is not None and bool(picture.lasting(member, thread_id) & VIEW_CHANNEL)


def _confide(session: Session, picture: Picture, thread_id: str) -> None:
    known = session.confided.get(picture.id, _NONE)
    session.confided[picture.id] = known | {Snowflake(thread_id)}


def _withdraw(session: Session, picture: Picture, thread_id: str) -> None:
    known = session.confided.get(picture.id, _NONE)
    if thread_id in known:
        session.confided[picture.id] = known - {Snowflake(thread_id)}


def _stub(thread: Channel) -> ThreadDelete:
    return ThreadDelete(
        id=thread.id,
        guild_id=thread.guild_id or thread.id,
        parent_id=thread.parent_id or thread.id,
        type=thread.type,
    )
