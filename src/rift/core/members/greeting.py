"""What a guild says in its system channel when somebody comes or goes."""

from rift.core.access import Room
from rift.core.messages import announcing
from rift.core.messages.people import mentioned
from rift.core.unit import Unit
from rift.permissions import ALL
from rift.wire.guilds import ANNOUNCE_DEPARTURES, SUPPRESS_JOINS
from rift.wire.members import Member
from rift.world import Picture


async def welcome(unit: Unit, picture: Picture, member: Member) -> None:
    """Say that somebody joined, unless the guild does not want that said."""
    room = _system_channel(picture, member)
    if room is not None and not picture.guild.system_channel_flags & SUPPRESS_JOINS:
        await announcing.announce(unit, room, announcing.JOINED)


async def bid_farewell(unit: Unit, picture: Picture, member: Member) -> None:
    """Say that somebody left of their own will, if the guild wants that said."""
    room = _system_channel(picture, member)
    if room is not None and picture.guild.system_channel_flags & ANNOUNCE_DEPARTURES:
        gone = {"mentions": [mentioned(member.user)]}
        await announcing.announce(unit, room, announcing.RECIPIENT_REMOVED, gone)


def _system_channel(picture: Picture, member: Member) -> Room | None:
    channel = picture.channels.get(picture.guild.system_channel_id or "")
    if channel is None:
        return None
    return Room(guild=picture, member=member, user=member.user, permissions=ALL, channel=channel)
