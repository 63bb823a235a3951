"""Where the pictures of people and servers are fetched, from the root of this server on."""

from rift.core.pictures.frames import default_avatar
from rift.wire.guilds import Guild
from rift.wire.members import Member
from rift.wire.users import User

_SHOWN = ".webp?size=256"


def of_user(user: User) -> str:
    """The avatar, or the drawn one of who has none."""
    if user.avatar is None:
        return f"/cdn/embed/avatars/{default_avatar(user)}.png"
    return f"/cdn/avatars/{user.id}/{user.avatar}{_SHOWN}"


def of_member(member: Member, guild_id: str) -> str:
    """The one that is shown in this server."""
    if member.avatar is None:
        return of_user(member.user)
    return f"/cdn/guilds/{guild_id}/users/{member.user.id}/avatars/{member.avatar}{_SHOWN}"


def of_server(guild: Guild) -> str | None:
    return None if guild.icon is None else f"/cdn/icons/{guild.id}/{guild.icon}{_SHOWN}"
