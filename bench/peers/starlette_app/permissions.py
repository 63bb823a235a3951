"""What a member may do in a channel, by Discord's rules, over what is held in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bench.peers.starlette_app.models import Channel, Guild, Member

ADMINISTRATOR: Final = 1 << 3
VIEW_CHANNEL: Final = 1 << 10
SEND_MESSAGES: Final = 1 << 11
READ_MESSAGE_HISTORY: Final = 1 << 16
ALL: Final = (1 << 53) - 1
_LEFT_IN_TIMEOUT: Final = VIEW_CHANNEL | READ_MESSAGE_HISTORY


class Permissions:
    """The numbers behind the strings of a guild and its channels, read once."""

    def __init__(self, guild: Guild, channels: Mapping[str, Channel]) -> None:
        self._guild_id = guild.id
        self._owner_id = guild.owner_id
        self._roles = {role.id: int(role.permissions) for role in guild.roles}
        self._overwrites = {
            channel.id: {
                entry.id: (int(entry.allow), int(entry.deny))
                for entry in channel.permission_overwrites
            }
            for channel in channels.values()
        }

    def of(self, member: Member, channel_id: str, now: datetime) -> int:
        """What a member may do in a channel."""
        base = self._base(member)
        if base & ADMINISTRATOR:
            return ALL
        bits = self._overwritten(base, member, channel_id)
        until = member.communication_disabled_until
        return bits & _LEFT_IN_TIMEOUT if until is not None and until > now else bits

    def _base(self, member: Member) -> int:
        if member.user.id == self._owner_id:
            return ALL
        bits = self._roles[self._guild_id]
        for role_id in member.roles:
            bits |= self._roles[role_id]
        return bits

    def _overwritten(self, base: int, member: Member, channel_id: str) -> int:
        """First @everyone, then all roles at once, then the member."""
        overwrites = self._overwrites[channel_id]
        if not overwrites:
            return base
        allow, deny = overwrites.get(self._guild_id, (0, 0))
        bits = base & ~deny | allow
        allow = deny = 0
        for role_id in member.roles:
            if role_id in overwrites:
                allow |= overwrites[role_id][0]
                deny |= overwrites[role_id][1]
        bits = bits & ~deny | allow
        allow, deny = overwrites.get(member.user.id, (0, 0))
        return bits & ~deny | allow
