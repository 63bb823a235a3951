"""Where pictures hang: their folder in the store, and what fits into it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from rift.wire.users import User

_TIME_SHIFT: Final = 22
_PEOPLES: Final = 6
_BOTS: Final = 5
_ROLE_BYTES: Final = 256 * 1024


class Frame(NamedTuple):
    """A place for one picture of somebody's."""

    folder: str
    may_move: bool = True
    most_bytes: int | None = None
    """Where it is less than the setting allows."""

    def key(self, hash_: str) -> str:
        return f"images/{self.folder}/{hash_}"


Frames = Mapping[str, Frame]
"""By the field that names the picture."""


def default_avatar(user: User) -> int:
    """Which of the drawn avatars is shown of who has none; clients choose it in the same way."""
    if user.discriminator == "0":
        return (int(user.id) >> _TIME_SHIFT) % _PEOPLES
    return int(user.discriminator) % _BOTS


def of_user(user_id: str) -> Frames:
    return {"avatar": Frame(f"avatars/{user_id}"), "banner": Frame(f"banners/{user_id}")}


def of_member(guild_id: str, user_id: str) -> Frames:
    frame = Frame(f"members/{guild_id}/{user_id}")
    return {"avatar": frame, "banner": frame}


def of_guild(guild_id: str) -> Frames:
    return {
        "icon": Frame(f"icons/{guild_id}"),
        "banner": Frame(f"banners/{guild_id}"),
        "splash": Frame(f"splashes/{guild_id}", may_move=False),
        "discovery_splash": Frame(f"discovery-splashes/{guild_id}", may_move=False),
        "home_header": Frame(f"home-headers/{guild_id}", may_move=False),
    }


def of_action(channel_id: str) -> Frames:
    return {"icon": Frame(f"new-member-actions/{channel_id}", may_move=False)}


def of_resource(channel_id: str) -> Frames:
    return {"icon": Frame(f"resource-channels/{channel_id}", may_move=False)}


def of_role(role_id: str) -> Frames:
    return {"icon": Frame(f"role-icons/{role_id}", may_move=False, most_bytes=_ROLE_BYTES)}


def of_group(channel_id: str) -> Frames:
    return {"icon": Frame(f"groups/{channel_id}")}


def of_webhook(webhook_id: str) -> Frames:
    return {"avatar": Frame(f"avatars/{webhook_id}")}


def of_happening(event_id: str) -> Frames:
    return {"image": Frame(f"guild-events/{event_id}", may_move=False)}


def of_application(application_id: str) -> Frames:
    frame = Frame(f"application-icons/{application_id}", may_move=False)
    return {"icon": frame, "cover_image": frame}
