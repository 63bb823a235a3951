"""The only key to a guild, channel, message or member: who may not, does not get it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from rift import errors
from rift.core.actor import Actor
from rift.core.instance import queries as instance_queries
from rift.core.private_channels import queries as private_queries
from rift.core.threads import queries as thread_queries
from rift.core.unit import Unit
from rift.permissions import ELEVATED, MANAGE_THREADS, PRIVATELY, VIEW_CHANNEL, Permission
from rift.snowflake import Snowflake
from rift.wire.automod import QUARANTINED
from rift.wire.channels import THREADS, Channel
from rift.wire.members import Member
from rift.wire.users import User
from rift.world import Circle, Picture
from rift.world import queries as world_queries

_NOTHING: Final = Permission(0)
_NONE: Final[frozenset[Snowflake]] = frozenset()


class Hall(msgspec.Struct, frozen=True, kw_only=True):
    """A guild somebody was let into, and what they may do in it."""

    guild: Picture
    member: Member
    permissions: int
    withheld: int = 0
    """What they may not do only because the guild asks for a second factor; see `_withheld`."""

    @property
    def is_owner(self) -> bool:
        return self.guild.is_owner(self.member.user.id)

    def may(self, needs: Permission) -> bool:
        return self.permissions & int(needs) == needs

    @property
    def guild_id(self) -> Snowflake:
        return self.guild.id

    def require(self, needs: Permission) -> None:
        if not self.may(needs):
            raise _refusal(self.permissions, self.withheld, int(needs))

    def permissions_in(self, channel_id: str | None, now: datetime) -> int:
        """What they may do in another channel, or in the guild."""
        bits = self.guild.permissions(self.member, channel_id, now)
        return bits & ~ELEVATED if self.withheld else bits

    def outranks(self, other: Member) -> bool:
        """Whether the actor stands above somebody; nobody stands above the owner."""
        return self.guild.top(self.member) > self.guild.top(other)


class GuildRoom(Hall, frozen=True, kw_only=True):
    """A guild's channel somebody was let into; the permissions are those in the channel."""

    channel: Channel


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """Any channel somebody was let into, a guild's or a private one.

    What happens in it is told with `guild_id`, and to `people`: where there is a guild, nobody
    else needs to be named.
    """

    channel: Channel
    user: User
    permissions: int
    withheld: int = 0
    guild: Picture | None = None
    member: Member | None = None
    people: tuple[Snowflake, ...] = ()

    @property
    def guild_id(self) -> Snowflake | UnsetType:
        return UNSET if self.guild is None else self.guild.id

    def may(self, needs: Permission) -> bool:
        return self.permissions & int(needs) == needs

    def require(self, needs: Permission) -> None:
        if self.may(needs):
            return
        if self.guild is None:
            raise errors.DirectMessageForbidden
        raise _refusal(self.permissions, self.withheld, int(needs))


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """All the guilds and private channels somebody is in, for what looks at many at once."""

    guilds: Mapping[Snowflake, Hall]
    private: frozenset[Snowflake]
    at: datetime

    def seen(self) -> frozenset[Snowflake]:
        """Every channel and active thread one sees."""
        halls = self.guilds.values()
        return self.private.union(*(hall.guild.places(hall.member) for hall in halls))

    def channels(
        self, needs: Permission = _NOTHING, guild_id: Snowflake | None = None
    ) -> frozenset[Snowflake]:
        """Every channel one sees and has the permissions in, or those of one guild."""
        if guild_id is not None:
            hall = self.guilds.get(guild_id)
            return frozenset() if hall is None else frozenset(_open(hall, needs, self.at))
        halls = self.guilds.values()
        private = self.private if PRIVATELY & int(needs) == needs else ()
        return frozenset(private).union(*(_open(hall, needs, self.at) for hall in halls))


async def instance(unit: Unit, actor: Actor) -> None:
    """The instance itself, which only its owners administer."""
    row = await unit.maybe(instance_queries.OWNS, actor.id)
    if row is None:
        raise errors.MissingPermissions


async def guild(unit: Unit, actor: Actor, guild_id: str, needs: Permission = _NOTHING) -> Hall:
    """A guild the actor is a member of and has the permissions in."""
    picture = await unit.world.guild(guild_id)
    if picture is None:
        raise errors.UnknownGuild
    found = await unit.world.member(picture, actor.id)
    if found is None:
        raise errors.MissingAccess
    return admit(unit, actor, picture, found, needs)


async def found_guild(unit: Unit, actor: Actor, guild_id: str) -> Picture:
    """A guild the actor is a member of, or that everybody may find."""
    picture = await unit.world.guild(guild_id)
    if picture is not None and is_found(unit, picture):
        return picture
    return (await guild(unit, actor, guild_id)).guild


def is_found(unit: Unit, picture: Picture) -> bool:
    """Whether a guild wants to be found, where the instance has a list of those."""
    return unit.settings.instance.discovery and "DISCOVERABLE" in picture.guild.features


def must_be_discovered(unit: Unit) -> None:
    """Refuse what is about the list of guilds, where the instance has none."""
    if not unit.settings.instance.discovery:
        raise errors.FeatureDisabled("This instance has no list of servers.")


def admit(
    unit: Unit, actor: Actor, picture: Picture, member: Member, needs: Permission = _NOTHING
) -> Hall:
    """The same for who knows guild and member."""
    hall = _hall(actor, picture, member, unit.now())
    hall.require(needs)
    return hall


async def owned_guild(unit: Unit, actor: Actor, guild_id: str) -> Hall:
    """A guild the actor owns."""
    hall = await guild(unit, actor, guild_id)
    if not hall.is_owner:
        raise errors.MissingAccess
    return hall


async def channel(unit: Unit, actor: Actor, channel_id: str, needs: Permission = _NOTHING) -> Room:
    """A channel the actor may see and has the permissions in, be it a guild's or private."""
    world = unit.world
    place = world.known_guild_of_channel(channel_id) or await world.place(channel_id)
    if not isinstance(place, Picture):
        return _private(place, actor.user, needs)
    found = place.channels.get(channel_id) or await world.thread(place, channel_id)
    if found is None:
        raise errors.UnknownChannel
    user_id = actor.user.id
    member = place.members.get(user_id) or await world.member(place, user_id)
    if member is None:
        raise errors.MissingAccess
    permissions = place.lasting(member, channel_id)
    until = member.communication_disabled_until
    if until is not None or member.pending or member.flags & QUARANTINED:
        permissions = place.permissions(member, channel_id, unit.now())
    if not permissions & VIEW_CHANNEL:
        raise errors.MissingAccess
    withheld = 0
    if place.guild.mfa_level:
        withheld = _withheld(actor, place, permissions)
        permissions &= ~withheld
    needed = int(needs)  # combined with a plain int, a Permission makes another one each time
    if permissions & needed != needed:
        raise _refusal(permissions, withheld, needed)
    return Room(
        guild=place,
        member=member,
        user=member.user,
        permissions=permissions,
        withheld=withheld,
        channel=found,
    )


async def guild_channel(
    unit: Unit, actor: Actor, channel_id: str, needs: Permission = _NOTHING
) -> GuildRoom:
    """A channel of a guild, for what can only be done in one; a thread is none."""
    room = await guild_place(unit, actor, channel_id, needs)
    if room.channel.type in THREADS:
        raise errors.WrongChannelType
    return room


async def thread(
    unit: Unit, actor: Actor, channel_id: str, needs: Permission = _NOTHING
) -> GuildRoom:
    """A thread of a guild."""
    room = await guild_place(unit, actor, channel_id, needs)
    if room.channel.type not in THREADS:
        raise errors.WrongChannelType
    return room


async def guild_place(
    unit: Unit, actor: Actor, channel_id: str, needs: Permission = _NOTHING
) -> GuildRoom:
    """A channel or a thread of a guild."""
    room = await channel(unit, actor, channel_id, needs)
    if room.guild is None or room.member is None:
        raise errors.DirectMessageForbidden
    return GuildRoom(
        guild=room.guild,
        member=room.member,
        permissions=room.permissions,
        withheld=room.withheld,
        channel=room.channel,
    )


def admit_to_channel(
    unit: Unit,
    actor: Actor,
    picture: Picture,
    member: Member,
    channel: Channel,
    needs: Permission = _NOTHING,
) -> GuildRoom:
    """The same for who knows all of it."""
    permissions = picture.permissions(member, channel.id, unit.now())
    if not permissions & VIEW_CHANNEL:
        raise errors.MissingAccess
    withheld = _withheld(actor, picture, permissions)
    room = GuildRoom(
        guild=picture,
        member=member,
        permissions=permissions & ~withheld,
        withheld=withheld,
        channel=channel,
    )
    room.require(needs)
    return room


async def visible_channels(
    unit: Unit, actor: Actor, guild_id: str | None, needs: Permission = _NOTHING
) -> frozenset[Snowflake]:
    """Every channel of a guild the actor sees and has the permissions in; of none: the private."""
    if guild_id is None:
        return await _private_channels(unit, actor) if PRIVATELY & int(needs) == needs else _NONE
    hall = await guild(unit, actor, guild_id)
    return frozenset(_open(hall, needs, unit.now()))


async def sight(unit: Unit, actor: Actor) -> Sight:
    """Everything the actor sees of the whole instance."""
    # The unit's own connection: READY asks while it holds one, and the world has others.
    rows = await unit.all(world_queries.GUILDS_OF_USER, actor.id)
    private = await _private_channels(unit, actor)
    guild_ids = [row["guild_id"] for row in rows]
    await unit.world.load(guild_ids)
    await unit.world.load_own_members(actor.id, guild_ids)
    now = unit.now()
    halls: dict[Snowflake, Hall] = {}
    for picture in filter(None, map(unit.world.get, guild_ids)):
        found = picture.members.get(actor.id)
        if found is not None:
            halls[picture.id] = _hall(actor, picture, found, now)
    return Sight(guilds=halls, private=private, at=now)


async def asleep(
    unit: Unit, halls: Iterable[Hall], channel_ids: Collection[Snowflake]
) -> list[Snowflake]:
    """The archived threads of these channels that the one who is in the halls may see."""
    managed: list[Snowflake] = []
    user_id, now = Snowflake("0"), unit.now()
    for hall in halls:
        user_id = hall.member.user.id
        managed += [
            id_
            for id_ in channel_ids
            if id_ in hall.guild.channels and hall.permissions_in(id_, now) & MANAGE_THREADS
        ]
    rows = await unit.all(thread_queries.ASLEEP, list(channel_ids), managed, user_id)
    return [row["channel_id"] for row in rows]


async def private_channel(unit: Unit, user: User, channel_id: str) -> Room:
    """A private channel, for somebody in it who does not ask for it themselves."""
    place = await unit.world.place(channel_id)
    return _private(None if isinstance(place, Picture) else place, user, _NOTHING)


async def written_in(unit: Unit, author: User, channel_id: str) -> Room | None:
    """The channel of a message, for what is done about that without its author.

    The permissions are those the author has now: none for who is not in it any more.
    """
    place = await unit.world.place(channel_id)
    if place is None:
        return None
    if not isinstance(place, Picture):
        permissions = PRIVATELY if author.id in place.people else _NOTHING
        return Room(
            channel=place.channel, user=author, permissions=permissions, people=place.listeners
        )
    channel = place.channels.get(channel_id) or await unit.world.thread(place, channel_id)
    if channel is None:
        return None
    member = await unit.world.member(place, author.id)
    permissions = place.permissions(member, channel_id, unit.now()) if member else _NOTHING
    return Room(guild=place, channel=channel, user=author, member=member, permissions=permissions)


async def may(unit: Unit, user_id: str, channel_id: str, needs: Permission) -> bool:
    """Whether somebody who does not ask themselves sees a channel and has the permissions in it."""
    place = await unit.world.place(channel_id)
    if not isinstance(place, Picture):
        return place is not None and user_id in place.listeners
    found = await unit.world.member(place, user_id)
    if channel_id not in place.channels and not await unit.world.thread(place, channel_id):
        return False
    if found is None:
        return False
    wanted = int(needs) | VIEW_CHANNEL
    return place.permissions(found, channel_id, unit.now()) & wanted == wanted


def _private(circle: Circle | None, user: User, needs: Permission) -> Room:
    """Whoever is not in a private channel does not even learn that there is one."""
    if circle is None or user.id not in circle.people:
        raise errors.UnknownChannel
    room = Room(
        channel=circle.channel,
        user=user,
        permissions=PRIVATELY,
        people=circle.listeners,
    )
    room.require(needs)
    return room


async def member(unit: Unit, hall: Hall, user_id: str) -> Member:
    """A member of a guild one is in."""
    found = await unit.world.member(hall.guild, user_id)
    if found is None:
        raise errors.UnknownMember
    return found


def _hall(actor: Actor, picture: Picture, member: Member, now: datetime) -> Hall:
    permissions = picture.permissions(member, None, now)
    withheld = _withheld(actor, picture, permissions)
    return Hall(
        guild=picture, member=member, permissions=permissions & ~withheld, withheld=withheld
    )


def _withheld(actor: Actor, picture: Picture, permissions: int) -> int:
    """What a guild that asks for a second factor lets nobody do without; a bot has its owner's."""
    if not picture.guild.mfa_level or actor.account.mfa_enabled:
        return 0
    return permissions & ELEVATED


def _refusal(permissions: int, withheld: int, needed: int) -> errors.Refusal:
    if needed & ~permissions & ~withheld:
        return errors.MissingPermissions()
    return errors.TwoFactorRequired()


def _open(hall: Hall, needs: Permission, now: datetime) -> Iterator[Snowflake]:
    """The channels and threads of a guild in which somebody sees and may do something."""
    needed = int(needs)
    for channel_id in hall.guild.places(hall.member):
        if hall.permissions_in(channel_id, now) & needed == needed:
            yield channel_id


async def _private_channels(unit: Unit, actor: Actor) -> frozenset[Snowflake]:
    rows = await unit.all(private_queries.CHANNELS_OF_USER, actor.id)
    return frozenset(row["channel_id"] for row in rows)
