"""The guilds this process knows: loaded on first need, kept true by events, healed in doubt."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final

from rift.bus import Bus, deliver
from rift.db.pool import Pool
from rift.events import (
    AnyEvent,
    ChannelCreate,
    ChannelDelete,
    GuildDelete,
    GuildDoubted,
    MessageCreate,
    MessageDelete,
    MessageDeleteBulk,
    Release,
    ThreadCreate,
    ThreadDelete,
    guild_topic,
)
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.wire.guilds import UnavailableGuild
from rift.wire.members import Member
from rift.wire.presences import PresenceUpdate
from rift.world import loading
from rift.world.changes import apply
from rift.world.circle import Circle
from rift.world.picture import Picture, Watch

_log = logging.getLogger(__name__)
_GAP_S: Final = 1.0
_AT_ONCE: Final = 100
"""So many guilds are loaded in one go: few queries, and no long hold of the loop."""
_IDLE_SWEEPS: Final = 2
_TRIES: Final = 10
_STARTER: Final = 21
"""The type of message that stands for the one a thread was started from."""

Listener = Callable[[Sequence[Release]], None]


class World:
    """Applies releases in the order of their guild's revisions and tells the listener of them.

    A release that comes early waits for those before it; when they do not come within a second,
    the guild is loaded again and `on_healed` tells whoever shows it to people.
    """

    def __init__(self, pool: Pool, bus: Bus) -> None:
        self._pool = pool
        self._bus = bus
        self._pictures: dict[str, Picture] = {}
        self._loading: dict[str, asyncio.Future[bool]] = {}
        self._held: dict[str, list[Release]] = {}
        self._newest: dict[str, Snowflake] = {}
        """Messages that came while guilds were loading, by channel."""
        self._guild_of: dict[str, str] = {}
        self._doubted: dict[str, None] = {}
        self._doubting = asyncio.Event()
        self.listener: Listener = lambda _releases: None
        self.on_healed: Callable[[Picture], None] = lambda _picture: None
        self.online: Callable[[str], int] = lambda _guild_id: 0
        """How many members of a guild are online, as far as is known here."""
        self.present: Callable[[str], Iterable[PresenceUpdate]] = lambda _guild_id: ()
        """Who of a guild is online, and what they do."""

    def __contains__(self, guild_id: str) -> bool:
        return guild_id in self._pictures

    def get(self, guild_id: str) -> Picture | None:
        """The guild, if it is loaded."""
        return self._pictures.get(guild_id)

    def loaded(self) -> Iterable[Picture]:
        return self._pictures.values()

    async def guild(self, guild_id: str) -> Picture | None:
        """The guild, loaded if need be; None where there is none."""
        picture = self._pictures.get(guild_id)
        if picture is None:
            await self.load([guild_id])
            picture = self._pictures.get(guild_id)
        if picture is not None:
            picture.idle_sweeps = 0
        return picture

    async def place(self, channel_id: str) -> Picture | Circle | None:
        """Where a channel is: the guild it belongs to, or the people of a private channel."""
        found = self._guild_of.get(channel_id) or await loading.place(self._pool, channel_id)
        if found is None or isinstance(found, Circle):
            return found
        return await self.guild(found)

    def known_guild_of_channel(self, channel_id: str) -> Picture | None:
        """The guild a channel belongs to, from memory alone."""
        picture = self._pictures.get(self._guild_of.get(channel_id, ""))
        if picture is not None:
            picture.idle_sweeps = 0
        return picture

    async def thread(self, picture: Picture, thread_id: str) -> Channel | None:
        """A thread of a guild, fetched if it is none of the active ones."""
        for _ in range(_TRIES):
            if thread_id in picture.threads:
                self._guild_of[thread_id] = picture.id
                break
            revision = picture.revision
            found = await loading.thread(self._pool, picture, thread_id)
            if not found and picture.revision == revision:
                break
        return picture.threads.get(thread_id)

    async def member(self, picture: Picture, user_id: str) -> Member | None:
        """A member, fetched if need be."""
        found = await self.members(picture, [user_id])
        return found[0] if found else None

    async def members(self, picture: Picture, user_ids: Iterable[str]) -> list[Member]:
        """Those of the users who are members, in the order asked."""
        wanted = list(dict.fromkeys(user_ids))
        missing = [id_ for id_ in wanted if id_ not in picture.members]
        if missing:
            await self._load_members(picture, missing)
        there = [id_ for id_ in wanted if id_ in picture.members]
        picture.touched.update(there)
        return [picture.members[id_] for id_ in there]

    async def load_own_members(self, user_id: str, guild_ids: Iterable[str]) -> None:
        """One user's members in many loaded guilds, in one query."""
        loaded = (self._pictures.get(id_) for id_ in dict.fromkeys(guild_ids))
        wanted = {it.id: it for it in loaded if it is not None and user_id not in it.members}
        if not wanted:
            return
        watch = Watch([user_id])
        for picture in wanted.values():
            picture.watches.append(watch)
        try:
            found = await loading.members_of_user(self._pool, user_id, list(wanted))
        finally:
            for picture in wanted.values():
                picture.watches.remove(watch)
        for guild_id, picture in wanted.items():
            if watch.changed:  # somewhere: rare enough to ask everywhere
                await self._load_members(picture, [user_id])
            elif guild_id in found:
                picture.members.setdefault(user_id, found[guild_id])

    async def load(self, guild_ids: Iterable[str]) -> None:
        """Make sure the guilds are loaded, many in a few queries."""
        missing = [id_ for id_ in dict.fromkeys(guild_ids) if id_ not in self._pictures]
        under_way = {id_: self._loading[id_] for id_ in missing if id_ in self._loading}
        for start in range(0, len(missing), _AT_ONCE):
            portion = missing[start : start + _AT_ONCE]
            await self._load([id_ for id_ in portion if not self._known(id_)])
        given_up = [id_ for id_, done in under_way.items() if not await asyncio.shield(done)]
        if given_up:
            await self.load(given_up)

    def receive(self, releases: Sequence[Release]) -> None:
        """Take what the bus brings; whatever is due is applied and told on at once."""
        due: list[Release] = []
        for release in releases:
            if release.revision:
                self._take_ordered(release, due)
            else:
                self._note(release)
                due.append(release)
        if due:
            self.listener(due)

    def doubt(self, guild_ids: Iterable[str]) -> None:
        """Load these guilds again soon: this process may have missed something of them."""
        for guild_id in guild_ids:
            if self._known(guild_id):
                self._doubted[guild_id] = None
                self._doubting.set()

    def doubt_all(self) -> None:
        self.doubt([*self._pictures, *self._loading])

    async def heal(self) -> None:
        """Reload doubted guilds for ever; a task of the application."""
        while True:
            await self._doubting.wait()
            doubted = list(islice(self._doubted, _AT_ONCE))
            for guild_id in doubted:
                del self._doubted[guild_id]
            if not self._doubted:
                self._doubting.clear()
            try:
                await self._reload(doubted)
            except Exception:  # noqa: BLE001  # the edge of a task
                _log.exception("guilds could not be loaded again yet")
                self.doubt(doubted)
                await asyncio.sleep(_GAP_S)

    def sweep(self, pinned: Callable[[Picture], Iterable[str]]) -> None:
        """Forget members nobody asked for since the last sweep; `pinned` are to stay.

        A guild in which nobody is pinned goes when it was not asked for between three sweeps.
        """
        for picture in list(self._pictures.values()):
            kept = set(pinned(picture))
            if kept:
                picture.idle_sweeps = 0
            elif picture.idle_sweeps >= _IDLE_SWEEPS:
                self._drop(picture)
                continue
            else:
                picture.idle_sweeps += 1
            kept |= picture.touched
            picture.members = {id_: it for id_, it in picture.members.items() if id_ in kept}
            picture.touched = set()
            for thread_id in picture.threads.forget_archived():
                picture.last_messages.pop(thread_id, None)
                picture.forget_thread(thread_id)
                self._guild_of.pop(thread_id, None)
            picture.rewrite()

    def _known(self, guild_id: str) -> bool:
        return guild_id in self._pictures or guild_id in self._loading

    # Releases

    def _take_ordered(self, release: Release, due: list[Release]) -> None:
        guild_id = release.guild_id or ""
        if guild_id in self._held:
            self._held[guild_id].append(release)
            return
        picture = self._pictures.get(guild_id)
        if picture is None:
            due.append(release)
            return
        picture.early[release.revision] = release
        self._catch_up(picture, due)
        if picture.early:
            asyncio.get_running_loop().call_later(_GAP_S, self._still_missing, picture)

    def _catch_up(self, picture: Picture, due: list[Release]) -> None:
        """Apply what is in turn; a deletion is always in turn, and the end."""
        early = picture.early
        if Release.LAST in early:
            due.append(early[Release.LAST])
            self._drop(picture)
            return
        while (release := early.pop(picture.revision + 1, None)) is not None:
            self._apply(picture, release)
            due.append(release)
        for revision in [number for number in early if number <= picture.revision]:
            del early[revision]

    def _apply(self, picture: Picture, release: Release) -> None:
        picture.revision = release.revision
        for event in release.events:
            try:
                apply(picture, event)
                self._index(picture, event)
            except Exception:  # noqa: BLE001  # what was committed must not fail; truth can be fetched
                _log.exception("guild %s could not take an event in", picture.id)
                self.doubt([picture.id])

    def _index(self, picture: Picture, event: AnyEvent) -> None:
        if type(event) is ChannelCreate or type(event) is ThreadCreate:
            self._guild_of[event.data.id] = picture.id
        elif type(event) is ChannelDelete or type(event) is ThreadDelete:
            self._guild_of.pop(event.data.id, None)

    def _note(self, release: Release) -> None:
        for event in release.events:
            if type(event) is MessageCreate:
                self._note_message(event)
            elif type(event) is MessageDelete:
                self._note_gone(event, 1)
            elif type(event) is MessageDeleteBulk:
                self._note_gone(event, len(event.data.ids))
            elif type(event) is GuildDoubted:
                self.doubt([event.data.id])

    def _note_message(self, event: MessageCreate) -> None:
        channel_id, guild_id = event.data.channel_id, event.guild_id or ""
        if guild_id in self._pictures:  # also where the channel's own event has still to come
            picture = self._pictures[guild_id]
            is_newest = picture.note_message(channel_id, event.data.id)
            if is_newest and channel_id in picture.threads and not _starts(event):
                picture.threads.note_message(channel_id)
        elif guild_id in self._held:
            self._newest[channel_id] = event.data.id

    def _note_gone(self, event: MessageDelete | MessageDeleteBulk, count: int) -> None:
        picture = self._pictures.get(event.guild_id or "")
        is_start = type(event) is MessageDelete and event.data.id == event.data.channel_id
        if picture is not None and not is_start:
            picture.threads.note_gone(event.data.channel_id, count)

    def _still_missing(self, picture: Picture) -> None:
        if picture.early and self._pictures.get(picture.id) is picture:
            self.doubt([picture.id])

    # Loading

    async def _load(self, guild_ids: Sequence[str]) -> None:
        if not guild_ids:
            return
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        for guild_id in guild_ids:
            self._loading[guild_id] = future
            self._held[guild_id] = []
            self._bus.follow(guild_topic(guild_id))
        complete = False
        try:
            await self._bus.settled()
            for picture in await loading.pictures(self._pool, guild_ids):
                self._admit(picture)
            complete = True
        finally:
            for guild_id in guild_ids:
                del self._loading[guild_id]
                self._release_held(guild_id)
            if not self._held:
                self._newest.clear()
            future.set_result(complete)

    def _admit(self, picture: Picture) -> None:
        self._pictures[picture.id] = picture
        for channel_id in (*picture.channels, *picture.threads):
            self._guild_of[channel_id] = picture.id
            if channel_id in self._newest:
                picture.note_message(channel_id, self._newest[channel_id])

    def _release_held(self, guild_id: str) -> None:
        """What came while the guild was loading: now it is old, or its turn."""
        held = self._held.pop(guild_id)
        if guild_id not in self._pictures:
            self._bus.unfollow(guild_topic(guild_id))
        deliver(self.receive, held)

    async def _load_members(self, picture: Picture, user_ids: Sequence[str]) -> None:
        """Fetch members; those who change meanwhile are fetched again."""
        missing: Sequence[str] = user_ids
        while missing:
            watch = Watch(missing)
            picture.watches.append(watch)
            try:
                found = await loading.members(self._pool, picture.id, missing)
            finally:
                picture.watches.remove(watch)
            there = {str(member.user.id): member for member in found}
            for user_id in watch.users - watch.changed:
                if user_id in there:
                    picture.members[user_id] = there[user_id]
                else:
                    picture.members.pop(user_id, None)
            missing = [id_ for id_ in missing if id_ in watch.changed]

    # Healing

    async def _reload(self, guild_ids: Sequence[str]) -> None:
        await self.load([id_ for id_ in guild_ids if id_ in self._loading])
        doubted = [it for it in map(self._pictures.get, guild_ids) if it is not None]
        asked = {str(picture.id): set(picture.members) for picture in doubted}
        found = await loading.pictures_with_members(self._pool, asked)
        fresh = {picture.id: (picture, members) for picture, members in found}
        for old in doubted:
            if self._pictures.get(old.id) is not old:
                continue
            if old.id not in fresh:
                self._gone(old)
            elif fresh[old.id][0].revision < old.revision:
                self._still_missing(old)  # or it came up to date by itself meanwhile
            else:
                came_meanwhile = old.members.keys() - asked[old.id]
                self._renew(old, *fresh[old.id], came_meanwhile)
                await self._load_members(old, list(came_meanwhile))

    def _gone(self, picture: Picture) -> None:
        """A guild whose end this process did not hear of."""
        gone = GuildDelete(data=UnavailableGuild(id=picture.id))
        last = Release(events=(gone,), guild_id=picture.id, revision=Release.LAST)
        self.receive([last])

    def _renew(
        self, old: Picture, new: Picture, members: Sequence[Member], kept: Iterable[str]
    ) -> None:
        """Whoever holds the picture sees the new truth, and then what came after it."""
        self._forget_channels(old)
        old.become(new, [*members, *(old.members[id_] for id_ in kept)])
        self._admit(old)
        self.on_healed(old)
        due: list[Release] = []
        self._catch_up(old, due)
        if due:
            self.listener(due)

    def _forget_channels(self, picture: Picture) -> None:
        for channel_id in (*picture.channels, *picture.threads):
            self._guild_of.pop(channel_id, None)

    def _drop(self, picture: Picture) -> None:
        self._pictures.pop(picture.id, None)
        self._bus.unfollow(guild_topic(picture.id))
        self._forget_channels(picture)
        picture.early.clear()


def _starts(event: MessageCreate) -> bool:
    """Whether it is what a thread began with, which is not counted among its messages."""
    return event.data.id == event.data.channel_id or event.data.type == _STARTER
