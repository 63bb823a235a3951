"""Member lists of guilds for those who look at them: who is in which, and what changes there."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final, NamedTuple

from msgspec import UNSET

from rift import events
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.hub import Hub
from rift.doors.discord.gateway.roster import LARGE, Roster
from rift.doors.discord.gateway.session import Session
from rift.permissions import VIEW_CHANNEL
from rift.protocols.commands import Subscription
from rift.protocols.memberlist import Change
from rift.snowflake import Snowflake
from rift.wire.memberlists import GuildMemberListUpdate, ListGroup, ListOp
from rift.world import Picture, loading

_log = logging.getLogger(__name__)
_FLUSH_S: Final = 0.05
_SLICE: Final = 500
_RANGES: Final = 5
_CHANNELS: Final = 10
"""So many channels of a guild may be looked at by one session at once."""
_LONGEST: Final = 100
_GLANCE: Final = 299
"""The last of the rows that are shown before a long list is made."""
_LAST_ROW: Final = 1_000_000
_MANY: Final = 100
"""After so many changes in one go the rows are sent anew."""

Ranges = tuple[tuple[int, int], ...]
Start = Callable[[Coroutine[Any, Any, None]], object]


class Look(NamedTuple):
    """One session looking at the list of one channel."""

    session: Session
    channel_id: Snowflake


class MemberLists:
    """Of one process. A guild's roster is kept only while somebody looks at it."""

    def __init__(self, hub: Hub, pool: Any, start: Start) -> None:
        self._hub = hub
        self._pool = pool
        self._start = start
        self._rosters: dict[Snowflake, Roster] = {}
        self._looks: dict[Snowflake, dict[Look, Ranges]] = {}
        self._due: set[Snowflake] = set()

    def subscribe(self, session: Session, guild_id: Snowflake, asked: Subscription) -> None:
        """A session says which rows of which channels' lists it shows; what it does not is gone."""
        guild = self._hub.guilds.get(guild_id)
        if guild is None or guild_id not in session.guilds or not isinstance(asked.channels, dict):
            return
        looks = self._looks.setdefault(guild_id, {})
        wanted = {
            Look(session, Snowflake(channel_id)): _bounded(ranges)
            for channel_id, ranges in list(asked.channels.items())[:_CHANNELS]
            if channel_id in session.guilds[guild_id]
        }
        before = {look: ranges for look, ranges in looks.items() if look.session is session}
        for look in before:
            del looks[look]
        looks.update((look, ranges) for look, ranges in wanted.items() if ranges)
        roster = self._rosters.get(guild_id)
        if not looks:
            self._forget(guild_id)
        elif roster is None or roster.guild is not guild:
            roster = self._rosters[guild_id] = Roster(guild)
            self._start(self._build(roster))
        elif roster.is_ready:
            self._show(roster, wanted, before)

    def leave(self, session: Session, guild_id: Snowflake | None = None) -> None:
        """A session is over, or out of a guild."""
        for id_ in [guild_id] if guild_id else list(self._looks):
            looks = self._looks.get(id_, {})
            for look in [it for it in looks if it.session is session]:
                del looks[look]
            if not looks:
                self._forget(id_)

    def on_event(self, event: object) -> None:
        """Events that change who is in a list, or where."""
        match event:
            case events.PresenceUpdate() if roster := self._roster(event.guild_id):
                if not roster.note_presence(event.data.user.id):
                    self._start(self._look_up(roster, event.data.user.id))
            case events.MemberAdd() | events.MemberUpdate() if roster := self._rosters.get(
                event.data.guild_id
            ):
                roster.note_member(event.data)
            case events.MemberRemove() if roster := self._rosters.get(event.data.guild_id):
                roster.note_gone(event.data.user.id)
            case (
                events.RoleCreate()
                | events.RoleUpdate()
                | events.RoleDelete()
                | events.ChannelUpdate()
                | events.ChannelDelete()
                | events.GuildUpdate()
            ) if roster := self._roster(event.guild_id):
                self._restructure(roster)
            case _:
                return
        if roster.is_changed:
            self._soon(roster.picture.id)

    def reload(self, guild: GuildSessions) -> None:
        """The guild's picture was wrong and is another now: nothing of the list is sure."""
        if guild.picture.id in self._rosters:
            roster = self._rosters[guild.picture.id] = Roster(guild)
            self._start(self._build(roster))

    # Making lists

    async def _build(self, roster: Roster) -> None:
        """Fetch who is to be listed, make the lists in slices, and show them."""
        try:
            shown = await self._glance(roster) if roster.is_long else {}
            await self._load(roster)
            await self._arrange(roster, shown)
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("the member list of guild %s could not be made", roster.picture.id)
            self._forget(roster.picture.id)

    async def _glance(self, roster: Roster) -> dict[Look, Any]:
        """Show the first rows of a list that takes long to make; answers what was shown."""
        channel_ids = {look.channel_id for look in self._all(roster)}
        if not await roster.glance(channel_ids, _GLANCE) or not self._is_kept(roster):
            return {}
        shown: dict[Look, Any] = {}
        for look, ranges in list(self._all(roster).items()):
            rows = self._shown(roster, look, ranges)
            is_there = rows is not None and max(last for _, last in ranges) <= _GLANCE
            if is_there and self._may_look(roster.picture, look):
                self._sync(roster, [look.session], look.channel_id, ranges)
                shown[look] = rows
        return shown

    async def _load(self, roster: Roster) -> None:
        guild_id = roster.picture.id
        if roster.is_large:
            await self._fetch(roster, list(roster.guild.presences))
            return
        found = await loading.members_after(self._pool, guild_id, "0", 2 * LARGE)
        roster.fetched(found)

    async def _look_up(self, roster: Roster, user_id: str) -> None:
        """Somebody of whom nothing was known came online."""
        try:
            await self._fetch(roster, [user_id])
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("a member could not be looked up for a member list")

    async def _fetch(self, roster: Roster, user_ids: list[str]) -> None:
        for start in range(0, len(user_ids), _SLICE):
            missing = roster.adopt(user_ids[start : start + _SLICE])
            if missing:
                found = await loading.members(self._pool, roster.picture.id, missing)
                roster.fetched(found)
            await asyncio.sleep(0)
        if roster.is_ready and roster.is_changed:
            self._soon(roster.picture.id)

    async def _arrange(self, roster: Roster, shown: dict[Look, Any]) -> None:
        """Make the lists that are looked at, and show those that are not as they were shown."""
        looks = self._all(roster)
        await roster.arrange({look.channel_id for look in looks})
        if not self._is_kept(roster):
            return
        for look, ranges in list(looks.items()):
            if not self._may_look(roster.picture, look):
                continue
            now = self._shown(roster, look, ranges)
            if now is None:
                self._restructure(roster)  # somebody began to look meanwhile
            elif now != shown.get(look):
                self._sync(roster, [look.session], look.channel_id, ranges)

    def _restructure(self, roster: Roster) -> None:
        if roster.is_ready and roster.is_otherwise({it.channel_id for it in self._all(roster)}):
            self._start(self._rearrange(roster))

    async def _rearrange(self, roster: Roster) -> None:
        looks = self._all(roster).items()
        try:
            shown = {look: self._shown(roster, look, ranges) for look, ranges in looks}
            await self._arrange(roster, shown)
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("the member list of guild %s could not be made", roster.picture.id)
            self._forget(roster.picture.id)

    # Showing lists

    def _show(self, roster: Roster, wanted: dict[Look, Ranges], before: dict[Look, Ranges]) -> None:
        """Send the rows that were not shown before, and say which are no longer kept true."""
        if any(roster.listed(look.channel_id) is None for look in wanted):
            self._restructure(roster)
        for look, ranges in wanted.items():
            if roster.listed(look.channel_id) is not None:
                old = before.get(look, ())
                gone = tuple(it for it in old if it not in ranges)
                new = tuple(it for it in ranges if it not in old)
                self._sync(roster, [look.session], look.channel_id, new, gone)

    def _sync(
        self,
        roster: Roster,
        sessions: Iterable[Session],
        channel_id: Snowflake,
        ranges: Ranges,
        gone: Ranges = (),
    ) -> None:
        ops = [ListOp(op="INVALIDATE", range=it) for it in gone]
        for first, last in ranges:
            rows = roster.rows(channel_id, first, last)
            items = [roster.item(row) for row in rows]
            ops.append(ListOp(op="SYNC", range=(first, last), items=items))
        if ops:
            self._send(roster, sessions, channel_id, ops)

    def _soon(self, guild_id: Snowflake) -> None:
        """Changes within a moment go out together."""
        if guild_id not in self._due:
            self._due.add(guild_id)
            asyncio.get_running_loop().call_later(_FLUSH_S, self._flush, guild_id)

    def _flush(self, guild_id: Snowflake) -> None:
        self._due.discard(guild_id)
        roster = self._rosters.get(guild_id)
        if roster is None or not roster.is_ready:
            return
        changes = roster.take_changes()
        audiences: defaultdict[tuple[str, Ranges], list[Look]] = defaultdict(list)
        for look, ranges in list(self._all(roster).items()):
            list_id = roster.listed(look.channel_id)
            if not self._may_look(roster.picture, look):
                del self._looks[guild_id][look]
            elif list_id in changes:
                audiences[list_id, ranges].append(look)
        for (list_id, ranges), looks in audiences.items():
            self._tell(roster, looks, ranges, changes[list_id])
        if not self._looks.get(guild_id):
            self._forget(guild_id)

    def _tell(
        self, roster: Roster, looks: list[Look], ranges: Ranges, changes: list[Change]
    ) -> None:
        channel_id = looks[0].channel_id
        sessions = [look.session for look in looks]
        gone = any(isinstance(it.row, str) and it.row not in roster.members for it in changes)
        if gone or len(changes) > _MANY:
            self._sync(roster, sessions, channel_id, ranges)
            return
        last = max(end for _, end in ranges)
        ops = [_op(roster, change) for change in changes if change.at <= last]
        for index in _uncovered(ops, ranges):
            rows = roster.rows(channel_id, index, index)
            ops += [ListOp(op="UPDATE", index=index, item=roster.item(row)) for row in rows]
        self._send(roster, sessions, channel_id, ops)

    def _send(
        self,
        roster: Roster,
        sessions: Iterable[Session],
        channel_id: Snowflake,
        ops: list[ListOp],
    ) -> None:
        update = GuildMemberListUpdate(
            id=roster.listed(channel_id) or "everyone",
            guild_id=roster.picture.id,
            member_count=roster.picture.member_count,
            online_count=len(roster.guild.presences),
            groups=[ListGroup(id=it.group, count=it.size) for it in roster.counts(channel_id)],
            ops=ops,
        )
        event = self._hub.event("GUILD_MEMBER_LIST_UPDATE", update)
        for session in dict.fromkeys(sessions):
            session.dispatch(event)

    def _shown(self, roster: Roster, look: Look, ranges: Ranges) -> Any:
        """What a look shows: which list, and which rows."""
        list_id = roster.listed(look.channel_id)
        if list_id is None:
            return None
        return list_id, [roster.rows(look.channel_id, first, last) for first, last in ranges]

    def _may_look(self, picture: Picture, look: Look) -> bool:
        """Whether a session still sees the channel whose list it looks at."""
        member = picture.members.get(look.session.actor.id)
        return (
            member is not None
            and look.channel_id in picture.channels
            and look.channel_id in look.session.guilds.get(picture.id, ())
            and bool(picture.lasting(member, look.channel_id) & VIEW_CHANNEL)
        )

    def _is_kept(self, roster: Roster) -> bool:
        return self._rosters.get(roster.picture.id) is roster

    def _roster(self, guild_id: Snowflake | None) -> Roster | None:
        return None if guild_id is None else self._rosters.get(guild_id)

    def _all(self, roster: Roster) -> dict[Look, Ranges]:
        return self._looks.get(roster.picture.id, {})

    def _forget(self, guild_id: Snowflake) -> None:
        self._looks.pop(guild_id, None)
        self._rosters.pop(guild_id, None)


def _bounded(ranges: list[tuple[int, int]]) -> Ranges:
    """At most so many ranges of so many rows; what is none is left out."""
    found = ((first, min(last, first + _LONGEST - 1)) for first, last in ranges[:_RANGES])
    return tuple(sorted({it for it in found if 0 <= it[0] <= it[1] <= _LAST_ROW}))


def _op(roster: Roster, change: Change) -> ListOp:
    item = UNSET if change.row is None else roster.item(change.row)
    return ListOp(op=change.op, index=change.at, item=item)


def _uncovered(ops: list[ListOp], ranges: Ranges) -> list[int]:
    """The rows of ranges that came from where the client does not look."""
    came = sum(op.op == "INSERT" for op in ops)
    went = sum(op.op == "DELETE" for op in ops)
    starts, ends = {first for first, _ in ranges}, {last for _, last in ranges}
    found: set[int] = set()
    for first, last in ranges:
        if first and first - 1 not in ends:
            found.update(range(first, min(first + came, last + 1)))
        if last + 1 not in starts:
            found.update(range(max(first, last + 1 - went), last + 1))
    return sorted(found)
