"""The members of one guild in the order in which its lists show them, by what may be seen."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import UNSET

from rift.doors.discord.gateway.guilds import GuildSessions
from rift.permissions import VIEW_CHANNEL
from rift.protocols.memberlist import Change, Glimpse, Heading, MemberList, Row
from rift.protocols.murmur import murmur3
from rift.snowflake import Snowflake
from rift.wire.memberlists import ListGroup, ListItem, ListMember
from rift.wire.members import Member
from rift.world.picture import rank

LARGE: Final = 1000
"""In a larger guild only those are listed who are online."""
EVERYONE: Final = "everyone"
_ONLINE: Final = "online"
_OFFLINE: Final = "offline"
_SLICE: Final = 4000
"""So many members are looked at before others get their turn."""

_Alike = dict[tuple[str, ...], str | None]


class Roster:
    """Who is known of a guild, and its lists: one for all channels that the same people see."""

    def __init__(self, guild: GuildSessions) -> None:
        self.guild = guild
        self.picture = guild.picture
        self.is_large = self.picture.member_count > LARGE
        self.is_ready = False
        self.members: dict[str, Member] = {}
        self._heard: set[str] = set()
        """Of whom events spoke while the members were fetched; what they say is newer."""
        self._lists: dict[str, MemberList] = {}
        self._shown: Mapping[str, Glimpse | MemberList] = self._lists
        self._ids: dict[Snowflake, str] = {}
        self._shape: Any = None
        self._changes: dict[str, list[Change]] = {}
        self._moved: set[str] | None = None
        """Not None while lists are made: whose place is to be looked up again."""

    # What is heard

    def fetched(self, members: Iterable[Member]) -> None:
        """Members from the database, where no event knew better."""
        for member in members:
            if member.user.id not in self._heard:
                self.members[member.user.id] = member
                self._place(member.user.id)

    def adopt(self, user_ids: Sequence[str]) -> list[str]:
        """Members the picture knows; answers of whom it knows nothing."""
        known, heard = self.picture.members, self._heard
        found = {id_: known[id_] for id_ in user_ids if id_ in known and id_ not in heard}
        self.members.update(found)
        for user_id in found if self.is_ready else ():
            self._place(user_id)
        return [id_ for id_ in user_ids if id_ not in self.members]

    def note_presence(self, user_id: str) -> bool:
        """Somebody comes online, goes, or does something else; whether their member is known."""
        if user_id not in self.members:
            return user_id not in self.guild.presences
        self._place(user_id)
        return True

    def note_member(self, data: Member) -> None:
        """Somebody joined, or is another member now."""
        user_id = data.user.id
        self._heard.add(user_id)
        if not self.is_large or user_id in self.members or user_id in self.guild.presences:
            fields = {name: getattr(data, name) for name in Member.__struct_fields__}
            self.members[user_id] = Member(**fields)
            self._place(user_id)

    def note_gone(self, user_id: str) -> None:
        self._heard.add(user_id)
        self.members.pop(user_id, None)
        self._place(user_id)

    # Lists

    def is_otherwise(self, channel_ids: Collection[Snowflake]) -> bool:
        """Whether roles or overwrites are such that the lists have to be made again."""
        return bool(self._shape != self._shape_now(channel_ids))

    async def glance(self, channel_ids: Iterable[Snowflake], last: int) -> bool:
        """Find the first rows of what is long to make, where the picture knows all who are online.

        Nobody who begins to look has to wait for the order of all the others then.
        """
        there = [id_ for id_ in channel_ids if id_ in self.picture.channels]
        ids = {id_: self._list_id(id_) for id_ in there}
        seen: dict[str, Glimpse] = {}
        for list_id, channel_id in {list_id: id_ for id_, list_id in ids.items()}.items():
            glimpse = await self._glimpsed(channel_id, last)
            if glimpse is None:
                return False
            seen[list_id] = glimpse
        rows = {row for glimpse in seen.values() for row in glimpse.rows(0, last)}
        if self.adopt([row for row in rows if isinstance(row, str)]):
            return False  # somebody went meanwhile
        self._ids, self._shown = ids, seen
        return True

    async def arrange(self, channel_ids: Collection[Snowflake]) -> None:
        """Make the lists of these channels, in slices between which others get their turn."""
        self._moved = set()
        while True:
            shape = self._shape_now(channel_ids)
            there = [id_ for id_ in channel_ids if id_ in self.picture.channels]
            ids = {channel_id: self._list_id(channel_id) for channel_id in there}
            channel_of = {list_id: channel_id for channel_id, list_id in ids.items()}
            lists = {list_id: await self._made(id_) for list_id, id_ in channel_of.items()}
            if shape == self._shape_now(channel_ids):
                break
        moved, self._moved = self._moved, None
        self._shown = self._lists = lists
        self._ids, self._shape = ids, shape
        self.is_ready = True
        for user_id in moved:
            self._place(user_id)
        self._changes.clear()

    def listed(self, channel_id: Snowflake) -> str | None:
        """The id of the list a channel shows, where it is made."""
        return self._ids.get(channel_id)

    def rows(self, channel_id: Snowflake, first: int, last: int) -> list[Row]:
        return self._shown[self._ids[channel_id]].rows(first, last)

    def counts(self, channel_id: Snowflake) -> list[Heading]:
        return self._shown[self._ids[channel_id]].counts

    def item(self, row: Row) -> ListItem:
        """A row as clients receive it."""
        if isinstance(row, Heading):
            return ListItem(group=ListGroup(id=row.group, count=row.size))
        member = self.members[row]
        fields = {name: getattr(member, name) for name in Member.__struct_fields__}
        return ListItem(member=ListMember(**fields, presence=self.guild.presences.get(row)))

    @property
    def is_long(self) -> bool:
        """Whether it takes so long to make a list that a glance at it is worth its price."""
        return self.is_large and len(self.guild.presences) > _SLICE

    @property
    def is_changed(self) -> bool:
        return bool(self._changes)

    def take_changes(self) -> dict[str, list[Change]]:
        """What changed in each list since it was asked last."""
        changes, self._changes = self._changes, {}
        return changes

    def _place(self, user_id: str) -> None:
        """Put somebody where they belong, in every list there is."""
        if self._moved is not None:
            self._moved.add(user_id)
        if not self.is_ready:
            return
        ranks = self._ranks()
        channel_of = {list_id: channel_id for channel_id, list_id in self._ids.items()}
        for list_id, channel_id in channel_of.items():
            members = self._lists[list_id]
            entry = self._entry(user_id, channel_id, ranks)
            changes = members.drop(user_id) if entry is None else members.put(*entry)
            if changes:
                self._changes.setdefault(list_id, []).extend(changes)

    async def _made(self, channel_id: str) -> MemberList:
        ranks = self._ranks()
        made = MemberList(_groups(ranks))
        alike: _Alike = {}
        user_ids = list(self.members)
        for start in range(0, len(user_ids), _SLICE):
            there = self._there(user_ids[start : start + _SLICE])
            for group, members in self._listed(there, channel_id, ranks, alike).items():
                made.gather(group, _ids(members), _names(members))
            await asyncio.sleep(0)
        for _ in made.settle():
            await asyncio.sleep(0)
        return made

    async def _glimpsed(self, channel_id: str, last: int) -> Glimpse | None:
        """Out of what the picture knows, without so much as a look-up for each member."""
        ranks, presences = self._ranks(), self.guild.presences
        glimpse = Glimpse(_groups(ranks), last)
        alike: _Alike = {}
        known, slices, online = list(self.picture.members.values()), [], 0
        for start in range(0, len(known), _SLICE):
            part = [it for it in known[start : start + _SLICE] if it.user.id in presences]
            groups = self._groups_of(part, channel_id, ranks, alike)
            glimpse.count(groups)
            slices.append((part, groups))
            online += len(part)
            await asyncio.sleep(0)
        if online < len(presences):
            return None
        for group in glimpse.tops():
            for part, groups in slices:
                members = [member for member, it in zip(part, groups, strict=True) if it == group]
                glimpse.show(group, _ids(members), _names(members))
                await asyncio.sleep(0)
        return glimpse

    def _there(self, user_ids: Iterable[str]) -> list[Member]:
        """Those of the users who may be in a list."""
        members, presences = self.members, self.guild.presences
        if self.is_large:
            user_ids = [id_ for id_ in user_ids if id_ in presences]
        return [members[id_] for id_ in user_ids if id_ in members]

    def _listed(
        self, there: Sequence[Member], channel_id: str, ranks: dict[str, int], alike: _Alike
    ) -> dict[str, list[Member]]:
        """Who is in a list, by group."""
        found: defaultdict[str, list[Member]] = defaultdict(list)
        groups = self._groups_of(there, channel_id, ranks, alike)
        presences = self.guild.presences
        for member, group in zip(there, groups, strict=True):
            if group is not None:
                found[group if member.user.id in presences else _OFFLINE].append(member)
        return found

    def _groups_of(
        self, members: Sequence[Member], channel_id: str, ranks: dict[str, int], alike: _Alike
    ) -> list[str | None]:
        """Where each stands while online; None where they do not see the channel.

        Who has the same roles and no rights of their own is alike, and there are a few sets of
        roles only: so next to nothing is done for each of them.
        """
        kinds = self.picture.kinds_of(members)
        for kind in set(kinds) - alike.keys():
            alike[kind] = self._group(members[kinds.index(kind)], channel_id, ranks)
        return [alike[kind] for kind in kinds]

    def _entry(
        self, user_id: str, channel_id: str, ranks: dict[str, int]
    ) -> tuple[str, str, str] | None:
        """A member's group and name in a list; None where they are not listed."""
        listed = self._listed(self._there([user_id]), channel_id, ranks, {})
        return next(((user_id, group, _name(them)) for group, [them] in listed.items()), None)

    def _group(self, member: Member, channel_id: str, ranks: dict[str, int]) -> str | None:
        """Where a member stands while they are online; None where they do not see the channel."""
        if channel_id not in self.picture.channels:
            return None
        if not self.picture.lasting(member, channel_id) & VIEW_CHANNEL:
            return None
        held = (id_ for id_ in member.roles if id_ in ranks)
        return min(held, key=ranks.__getitem__, default=_ONLINE)

    def _ranks(self) -> dict[str, int]:
        """The hoisted roles, the mightiest first."""
        hoisted = (
            it for it in self.picture.roles.values() if it.hoist and it.id != self.picture.id
        )
        ordered = sorted(hoisted, key=rank, reverse=True)
        return {role.id: place for place, role in enumerate(ordered)}

    def _list_id(self, channel_id: str) -> str:
        words = sorted(self._words(channel_id))
        everyone = self.picture.roles.get(self.picture.id)
        is_open = everyone is not None and bool(int(everyone.permissions) & VIEW_CHANNEL)
        denied = any(word.startswith("deny") for word in words)
        if not words or (is_open and not denied):
            return EVERYONE
        return str(murmur3(",".join(words).encode()))

    def _words(self, channel_id: str) -> Iterator[str]:
        """What a channel's overwrites say of seeing it."""
        overwrites = self.picture.channels[channel_id].permission_overwrites
        for entry in [] if overwrites is UNSET else overwrites:
            if int(entry.allow) & VIEW_CHANNEL:
                yield f"allow:{entry.id}"
            elif int(entry.deny) & VIEW_CHANNEL:
                yield f"deny:{entry.id}"

    def _shape_now(self, channel_ids: Collection[Snowflake]) -> Any:
        """All that the order of the lists and who is in them depends on, but for the members."""
        roles = self.picture.roles.values()
        there = sorted(id_ for id_ in channel_ids if id_ in self.picture.channels)
        return (
            self.picture.guild.owner_id,
            [(role.id, role.position, role.hoist, role.permissions) for role in roles],
            [(id_, sorted(self._words(id_))) for id_ in there],
        )


def _groups(ranks: dict[str, int]) -> tuple[str, ...]:
    """All the groups there may be, in their order."""
    return (*ranks, _ONLINE, _OFFLINE)


def _name(member: Member) -> str:
    return member.nick or member.user.global_name or member.user.username


def _names(members: Sequence[Member]) -> list[str]:
    return [it.nick or it.user.global_name or it.user.username for it in members]


def _ids(members: Sequence[Member]) -> list[str]:
    return [member.user.id for member in members]
