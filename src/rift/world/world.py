"""The guilds this process knows: loaded when needed, kept true by events, healed in doubt."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rift.bus import Bus
from rift.db.pool import Pool
from rift.events import MessageCreate, Release, guild_topic
from rift.wire.members import Member
from rift.world import loading
from rift.world.changes import apply
from rift.world.picture import Picture

_log = logging.getLogger(__name__)
_GAP_S: Final = 1.0
_CHANNELS_REMEMBERED: Final = 200_000

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
        self._loading: dict[str, asyncio.Future[None]] = {}
        self._held: dict[str, list[Release]] = {}
        self._guild_of: dict[str, str] = {}
        self._doubted: asyncio.Queue[str] = asyncio.Queue(maxsize=10_000)
        self.listener: Listener = lambda _releases: None
        self.on_healed: Callable[[Picture], None] = lambda _picture: None
        self.online: Callable[[str], int] = lambda _guild_id: 0
        """How many members of a guild are online, as far as is known here."""

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
        return picture

    async def guild_of_channel(self, channel_id: str) -> Picture | None:
        """The guild a channel belongs to."""
        guild_id = self._guild_of.get(channel_id)
        if guild_id is None:
            guild_id = await loading.guild_of_channel(self._pool, channel_id)
        return None if guild_id is None else await self.guild(guild_id)

    def known_guild_of_channel(self, channel_id: str) -> Picture | None:
        """The same, from memory alone."""
        guild_id = self._guild_of.get(channel_id)
        return None if guild_id is None else self._pictures.get(guild_id)

    async def member(self, picture: Picture, user_id: str) -> Member | None:
        """A member, fetched if need be."""
        member = picture.members.get(user_id)
        if member is None:
            await self._load_members(picture.id, [user_id])
            member = picture.members.get(user_id)
        picture.touched.add(user_id)
        return member

    async def members(self, picture: Picture, user_ids: Iterable[str]) -> list[Member]:
        """Those of the users who are members, in the order asked."""
        wanted = list(dict.fromkeys(user_ids))
        missing = [id_ for id_ in wanted if id_ not in picture.members]
        if missing:
            await self._load_members(picture.id, missing)
        picture.touched.update(wanted)
        return [picture.members[id_] for id_ in wanted if id_ in picture.members]

    async def load_own_members(self, user_id: str, guild_ids: Iterable[str]) -> None:
        """One user's members in many loaded guilds, in one query."""
        wanted = {
            id_: picture.revision
            for id_ in guild_ids
            if (picture := self._pictures.get(id_)) and user_id not in picture.members
        }
        if not wanted:
            return
        found = await loading.members_of_user(self._pool, user_id, list(wanted))
        for guild_id, revision in wanted.items():
            picture = self._pictures.get(guild_id)
            if picture is None:
                continue
            if picture.revision != revision:
                await self._load_members(guild_id, [user_id])
            elif guild_id in found:
                picture.members.setdefault(user_id, found[guild_id])

    async def load(self, guild_ids: Iterable[str]) -> None:
        """Make sure the guilds are loaded, many in a few queries."""
        wanted = [id_ for id_ in guild_ids if id_ not in self._pictures]
        fresh = [id_ for id_ in wanted if id_ not in self._loading]
        awaited = [self._loading[id_] for id_ in wanted if id_ in self._loading]
        if fresh:
            await self._load(fresh)
        for future in awaited:
            await asyncio.shield(future)

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
            if guild_id in self._pictures and not self._doubted.full():
                self._doubted.put_nowait(guild_id)

    def doubt_all(self) -> None:
        self.doubt(list(self._pictures))

    async def heal(self) -> None:
        """Reload doubted guilds for ever; a task of the application."""
        while True:
            guild_id = await self._doubted.get()
            try:
                await self._reload(guild_id)
            except OSError as error:
                _log.warning("guild %s could not be loaded again yet: %s", guild_id, error)
                await asyncio.sleep(_GAP_S)
                self.doubt([guild_id])

    def sweep(self, pinned: Callable[[Picture], Iterable[str]]) -> None:
        """Forget members nobody asked for since the last sweep; `pinned` are to stay."""
        for picture in self._pictures.values():
            kept = picture.touched | set(pinned(picture))
            picture.members = {id_: picture.members[id_] for id_ in picture.members if id_ in kept}
            picture.touched = set()

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
        """Apply what is in turn; a deletion is always in turn."""
        while picture.early:
            next_ = picture.early.pop(picture.revision + 1, None) or picture.early.pop(
                Release.LAST, None
            )
            if next_ is None:
                break
            self._apply(picture, next_)
            due.append(next_)
        for revision in [number for number in picture.early if number <= picture.revision]:
            del picture.early[revision]

    def _apply(self, picture: Picture, release: Release) -> None:
        if release.revision == Release.LAST:
            self._drop(picture)
            return
        picture.revision = release.revision
        for event in release.events:
            apply(picture, event)
        self._index(picture)

    def _note(self, release: Release) -> None:
        for event in release.events:
            if type(event) is MessageCreate:
                picture = self.known_guild_of_channel(event.data.channel_id)
                if picture is not None:
                    picture.last_messages[event.data.channel_id] = event.data.id

    def _still_missing(self, picture: Picture) -> None:
        if picture.early and self._pictures.get(picture.id) is picture:
            self.doubt([picture.id])

    async def _load(self, guild_ids: Sequence[str]) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        for guild_id in guild_ids:
            self._loading[guild_id] = future
            self._held[guild_id] = []
            self._bus.follow(guild_topic(guild_id))
        try:
            await self._bus.settled()
            for picture in await loading.pictures(self._pool, guild_ids):
                self._pictures[picture.id] = picture
                self._index(picture)
        finally:
            future.set_result(None)
            for guild_id in guild_ids:
                del self._loading[guild_id]
                self._release_held(guild_id)

    def _release_held(self, guild_id: str) -> None:
        """What came while the guild was loading: now it is old, or its turn."""
        held = self._held.pop(guild_id)
        if guild_id not in self._pictures:
            self._bus.unfollow(guild_topic(guild_id))
        if held:
            self.receive(held)

    async def _reload(self, guild_id: str) -> None:
        old = self._pictures.get(guild_id)
        if old is None:
            return
        fresh = await loading.pictures(self._pool, [guild_id])
        if not fresh:
            self._drop(old)
            return
        if fresh[0].revision < old.revision or self._pictures.get(guild_id) is not old:
            return
        await self._replace(old, fresh[0])

    async def _replace(self, old: Picture, new: Picture) -> None:
        members = await loading.members(self._pool, old.id, list(old.members))
        old.become(new, members)
        self._index(old)
        due: list[Release] = []
        self._catch_up(old, due)
        self.on_healed(old)
        if due:
            self.listener(due)

    async def _load_members(self, guild_id: str, user_ids: Sequence[str]) -> None:
        """Fetch members at the revision the picture has; try again when it moved meanwhile."""
        while True:
            picture = self._pictures.get(guild_id)
            if picture is None:
                return
            before = picture.revision
            found = await loading.members(self._pool, guild_id, user_ids)
            if picture.revision == before:
                break
        for member in found:
            picture.members.setdefault(member.user.id, member)

    def _index(self, picture: Picture) -> None:
        for channel_id in picture.channels:
            self._guild_of[channel_id] = picture.id

    def _drop(self, picture: Picture) -> None:
        self._pictures.pop(picture.id, None)
        self._bus.unfollow(guild_topic(picture.id))
        for channel_id in picture.channels:
            self._guild_of.pop(channel_id, None)
