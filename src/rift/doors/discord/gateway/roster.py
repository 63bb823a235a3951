"""The members of one guild in the order in which its lists show them, by what may be seen."""

import asyncio
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from msgspec import UNSET

from rift.doors.discord.gateway.guilds import GuildSessions
from rift.permissions import VIEW_CHANNEL
from rift.protocols.memberlist import Change, Heading, MemberList, Row
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
_SLICE: Final = 500


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
        self._lists, self._ids, self._shape = lists, ids, shape
        self.is_ready = True
        for user_id in moved:
            self._place(user_id)
        self._changes.clear()

    def listed(self, channel_id: Snowflake) -> str | None:
        """The id of the list a channel shows, where it is made."""
        return self._ids.get(channel_id)

    def rows(self, channel_id: Snowflake, first: int, last: int) -> list[Row]:
        return self._lists[self._ids[channel_id]].rows(first, last)

    def counts(self, channel_id: Snowflake) -> list[Heading]:
        return self._lists[self._ids[channel_id]].counts

    def item(self, row: Row) -> ListItem:
        """A row as clients receive it."""
        if isinstance(row, Heading):
            return ListItem(group=ListGroup(id=row.group, count=row.size))
        member = self.members[row]
        fields = {name: getattr(member, name) for name in Member.__struct_fields__}
        return ListItem(member=ListMember(**fields, presence=self.guild.presences.get(row)))

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
        made = MemberList((*ranks, _ONLINE, _OFFLINE))
        alike: dict[tuple[str, ...], str | None] = {}
        user_ids = list(self.members)
        for start in range(0, len(user_ids), _SLICE):
            made.gather(self._entries(user_ids[start : start + _SLICE], channel_id, ranks, alike))
            await asyncio.sleep(0)
        for _ in made.settle():
            await asyncio.sleep(0)
        return made

    def _entries(
        self,
        user_ids: Iterable[str],
        channel_id: str,
        ranks: dict[str, int],
        alike: dict[tuple[str, ...], str | None],
    ) -> Iterator[tuple[str, str, str]]:
        """Many members, of whom those with the same roles and none of their own rights are alike.

        There are a few sets of roles only, so that most members cost two look-ups.
        """
        members, presences = self.members, self.guild.presences
        for user_id in user_ids:
            member = members.get(user_id)
            if member is None or (self.is_large and user_id not in presences):
                continue
            key = self.picture.kind_of(member)
            if key not in alike:
                alike[key] = self._group(member, channel_id, ranks)
            group = alike[key]
            if group is not None:
                yield user_id, group if user_id in presences else _OFFLINE, _name(member)

    def _entry(
        self, user_id: str, channel_id: str, ranks: dict[str, int]
    ) -> tuple[str, str, str] | None:
        """A member's group and name in a list; None where they are not listed."""
        return next(self._entries((user_id,), channel_id, ranks, {}), None)

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


def _name(member: Member) -> str:
    return member.nick or member.user.global_name or member.user.username
