"""What hikari holds of a guild: in the terms all libraries share, and in full."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import attrs
import hikari

# What is no knowledge of the guild, or what it does not keep true.
_PASSED_OVER: Final = {"app", "is_large", "last_message_id", "member_count"}


class World:
    """Verbs on the cache; a part of the bot."""

    _bot: hikari.GatewayBot

    async def world(self, guild_id: str) -> Any:
        """A guild as it stands in the cache, in the terms all libraries share."""
        cache, id_ = self._bot.cache, hikari.Snowflake(guild_id)
        guild = cache.get_guild(id_)
        members = cache.get_members_view_for_guild(id_).values()
        return {
            "name": guild and guild.name,
            "roles": {
                str(role.id): [role.name, str(int(role.permissions))]
                for role in cache.get_roles_view_for_guild(id_).values()
            },
            "channels": {
                str(c.id): [c.name, c.parent_id and str(c.parent_id), getattr(c, "topic", None)]
                for c in self._channels(id_)
            },
            "members": {str(m.id): [m.nickname, roles_of(m)] for m in members},
        }

    async def cache(self) -> Any:
        """All it knows, in full."""
        guilds = self._bot.cache.get_guilds_view()
        return {str(id_): self._whole(guild) for id_, guild in guilds.items()}

    def _channels(self, guild_id: hikari.Snowflake) -> list[hikari.PermissibleGuildChannel]:
        """In no order: its own fails where it does not see the category of what it sees."""
        held = self._bot.cache.get_guild_channels_view().values()
        return [channel for channel in held if channel.guild_id == guild_id]

    def _whole(self, guild: hikari.GatewayGuild) -> dict[str, Any]:
        members, roles = guild.get_members(), guild.get_roles()
        there = {*members, *roles}
        return {
            **_plain(guild),
            "roles": _plain(roles),
            "channels": {str(it.id): _channel(it, there) for it in self._channels(guild.id)},
            "members": {
                str(it.id): {**_plain(it), "role_ids": _known(it.role_ids, there)}
                for it in members.values()
            },
        }


def roles_of(member: hikari.Member) -> list[str]:
    """Without the role everybody has."""
    return sorted(str(id_) for id_ in member.role_ids if id_ != member.guild_id)


def _channel(channel: hikari.PermissibleGuildChannel, there: Collection[int]) -> dict[str, Any]:
    """A role that is deleted takes its overwrites along; the library goes on showing them."""
    lasting = {
        id_: overwrite
        for id_, overwrite in channel.permission_overwrites.items()
        if overwrite.type is hikari.PermissionOverwriteType.MEMBER or id_ in there
    }
    return {**_plain(channel), "permission_overwrites": _plain(lasting)}


def _known(ids: Iterable[int], there: Collection[int]) -> list[str]:
    return sorted(str(id_) for id_ in ids if id_ in there)


def _plain(value: Any) -> Any:
    """As JSON can say it, whatever it consists of."""
    if attrs.has(type(value)):
        names = (field.name for field in attrs.fields(type(value)))
        return {name: _plain(getattr(value, name)) for name in names if name not in _PASSED_OVER}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return str(value)
