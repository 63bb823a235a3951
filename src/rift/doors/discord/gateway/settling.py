"""What changes of roles and overwrites show and hide: channels that come and go for sessions."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, Final

from msgspec import UNSET

from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.session import Line, Session, send_frames
from rift.doors.discord.gateway.sights import Sights
from rift.doors.discord.gateway.threads import Threads
from rift.protocols.frames import Event
from rift.protocols.gateway import Intents
from rift.protocols.journal import Journal
from rift.snowflake import Snowflake
from rift.wire.channels import ChannelType, blank
from rift.world import Picture

_LOOK_S: Final = 0.002
_TOLD_AT_ONCE: Final = 20
_CHANGES: Final = 2
"""Of channels that come and go for different sessions, so many in one go; each may be hundreds."""
_GUILDS: Final = int(Intents.GUILDS)

Encode = Callable[[str, object], Event]
Start = Callable[[Coroutine[Any, Any, None]], object]
Change = tuple[Line, frozenset[Snowflake], frozenset[Snowflake]]
"""The channels that sessions of one line were shown, and those they are to see."""


class Notices:
    """How the channels of a guild come and go, written once for all who are told in turn.

    Of a channel that changes meanwhile it is written anew.
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._written: dict[tuple[str, Snowflake], tuple[object, Event]] = {}

    def created(self, picture: Picture, channel_id: Snowflake) -> Event:
        state = (picture.channels[channel_id], picture.last_messages.get(channel_id))
        return self._notice(
            "CHANNEL_CREATE", channel_id, state, lambda: picture.channel(channel_id)
        )

    def deleted(self, picture: Picture, channel_id: Snowflake) -> Event:
        """Only the id: what the channel has become is no longer theirs to know."""
        channel = picture.channels.get(channel_id)
        kind = channel.type if channel else ChannelType.GUILD_TEXT
        return self._notice(
            "CHANNEL_DELETE", channel_id, kind, lambda: blank(channel_id, kind, picture.id)
        )

    def _notice(
        self, name: str, channel_id: Snowflake, state: object, make: Callable[[], object]
    ) -> Event:
        """What was written of a channel in this very state, or is written now."""
        written = self._written.get((name, channel_id))
        if written is None or written[0] != state:
            written = self._written[name, channel_id] = (state, self._encode(name, make()))
        return written[1]


class Settling:
    """Compares what sessions were shown with what they may see now, and tells them."""

    def __init__(
        self, journal: Journal[Event], encode: Encode, threads: Threads, sights: Sights
    ) -> None:
        self._journal = journal
        self._encode = encode
        self._threads = threads
        self._sights = sights

    def compare(
        self, guild: GuildSessions, sessions: Iterable[Session], start: Start | None
    ) -> None:
        """Tell sessions of channels that came into their sight or left it.

        The first of them at once; of many, the rest in portions between which others get their
        turn. Until then they get nothing of a channel they may not see, nor of one unknown to them.
        """
        running = bool(guild.unsettled)
        guild.unsettled.update(dict.fromkeys(sessions))
        if running:
            return
        notices = Notices(self._encode)
        self._compare_some(guild, notices)
        if guild.unsettled and start is not None:
            start(self._compare_rest(guild, notices))

    async def _compare_rest(self, guild: GuildSessions, notices: Notices) -> None:
        while guild.unsettled:
            await asyncio.sleep(0)
            self._compare_some(guild, notices)

    def _compare_some(self, guild: GuildSessions, notices: Notices) -> None:
        """As many sessions as can be looked through and told without keeping others waiting."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + _LOOK_S
        looked: dict[Session, frozenset[Snowflake]] = {}
        changes: defaultdict[Change, list[Session]] = defaultdict(list)
        for session in guild.unsettled:
            shown = session.guilds.get(guild.picture.id, frozenset())
            change = _change(guild.picture, session)
            if change is not None:
                changes[change].append(session)
            looked[session] = shown
            if len(looked) == _TOLD_AT_ONCE or len(changes) == _CHANGES or clock() > deadline:
                break
        self._tell(guild.picture, changes, notices)
        for session, shown in looked.items():
            visible = session.guilds.get(guild.picture.id, shown)
            self._threads.compare(guild.picture, session, visible - shown)
            self._sights.reveal(guild.picture, session, visible - shown)
        guild.reconsider(looked)
        for session in looked:
            guild.unsettled.pop(session, None)

    def _tell(
        self, picture: Picture, changes: Mapping[Change, list[Session]], notices: Notices
    ) -> None:
        for (line, shown, visible), sessions in changes.items():
            hidden = [notices.deleted(picture, id_) for id_ in shown - visible]
            revealed = sorted(visible - shown, key=lambda id_: _order(picture, id_))
            news = [*hidden, *(notices.created(picture, id_) for id_ in revealed)]
            send_frames(self._journal, tuple(sessions), news, line.variant)


def _change(picture: Picture, session: Session) -> Change | None:
    """What a session was shown and is to see, if that differs and it cares."""
    member = picture.members.get(session.actor.id)
    shown = session.guilds.get(picture.id)
    if member is None or shown is None:
        return None
    visible = session.guilds[picture.id] = picture.visible(member)
    if visible == shown or not session.intents & _GUILDS:
        return None
    return session.line, shown, visible


def _order(picture: Picture, channel_id: Snowflake) -> tuple[bool, int]:
    channel = picture.channels[channel_id]
    position = 0 if channel.position is UNSET else channel.position
    return (channel.type != ChannelType.GUILD_CATEGORY, position)
