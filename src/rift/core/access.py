"""The only key to a guild, channel, message or member: who may not, does not get it."""

from typing import Final

import msgspec

from rift import errors
from rift.core.actor import Actor
from rift.core.unit import Unit
from rift.permissions import VIEW_CHANNEL, Permission
from rift.wire.channels import Channel
from rift.wire.members import Member
from rift.world import Picture

_NOTHING: Final = Permission(0)


class Hall(msgspec.Struct, frozen=True, kw_only=True):
    """A guild somebody was let into, and what they may do in it."""

    guild: Picture
    member: Member
    permissions: int

    @property
    def is_owner(self) -> bool:
        return self.guild.is_owner(self.member.user.id)

    def may(self, needs: Permission) -> bool:
        return self.permissions & int(needs) == needs

    def require(self, needs: Permission) -> None:
        if not self.may(needs):
            raise errors.MissingPermissions

    def outranks(self, other: Member) -> bool:
        """Whether the actor stands above somebody; nobody stands above the owner."""
        return self.guild.top(self.member) > self.guild.top(other)


class Room(Hall, frozen=True, kw_only=True):
    """A channel somebody was let into; the permissions are those in the channel."""

    channel: Channel


async def guild(unit: Unit, actor: Actor, guild_id: str, needs: Permission = _NOTHING) -> Hall:
    """A guild the actor is a member of and has the permissions in."""
    picture = await unit.world.guild(guild_id)
    if picture is None:
        raise errors.UnknownGuild
    hall = await _enter(unit, actor, picture)
    hall.require(needs)
    return hall


async def owned_guild(unit: Unit, actor: Actor, guild_id: str) -> Hall:
    """A guild the actor owns."""
    hall = await guild(unit, actor, guild_id)
    if not hall.is_owner:
        raise errors.MissingAccess
    return hall


async def channel(unit: Unit, actor: Actor, channel_id: str, needs: Permission = _NOTHING) -> Room:
    """A channel the actor may see and has the permissions in."""
    world = unit.world
    picture = world.known_guild_of_channel(channel_id)
    if picture is None:
        picture = await world.guild_of_channel(channel_id)
    found = None if picture is None else picture.channels.get(channel_id)
    if picture is None or found is None:
        raise errors.UnknownChannel
    member = picture.members.get(actor.id) or await world.member(picture, actor.id)
    if member is None:
        raise errors.MissingAccess
    permissions = picture.lasting(member, channel_id)
    if member.communication_disabled_until is not None:
        permissions = picture.permissions(member, channel_id, unit.now())
    if not permissions & VIEW_CHANNEL:
        raise errors.MissingAccess
    needed = int(needs)  # combined with a plain int, a Permission makes another one each time
    if permissions & needed != needed:
        raise errors.MissingPermissions
    return Room(guild=picture, member=member, permissions=permissions, channel=found)


async def member(unit: Unit, hall: Hall, user_id: str) -> Member:
    """A member of a guild one is in."""
    found = await unit.world.member(hall.guild, user_id)
    if found is None:
        raise errors.UnknownMember
    return found


async def _enter(unit: Unit, actor: Actor, picture: Picture) -> Hall:
    found = await unit.world.member(picture, actor.id)
    if found is None:
        raise errors.MissingAccess
    permissions = picture.permissions(found, None, unit.now())
    return Hall(guild=picture, member=found, permissions=permissions)
