"""The tags of posts: which a forum has, and who may put which on a post."""

from collections.abc import Sequence
from typing import Any, Final

from rift import errors
from rift.core.access import GuildRoom, Room
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.channels import Channel

REQUIRE_TAG: Final = 1 << 4
_MANAGE: Final = Permission.MANAGE_THREADS


def applied(held: GuildRoom, before: Channel, wanted: Sequence[Snowflake]) -> list[Snowflake]:
    """The tags a post of a forum is to have."""
    parent = held.guild.channels.get(before.parent_id or "")
    return checked(held, parent, wanted, before.applied_tags or [])


def checked(
    room: GuildRoom | Room,
    parent: Channel | None,
    wanted: Sequence[Snowflake],
    before: Sequence[Snowflake] = (),
) -> list[Snowflake]:
    """The tags, once it is sure that the forum has them and the actor may give and take them."""
    tags = parent.available_tags if parent is not None else None
    known: dict[str, Any] = {tag.id: tag for tag in tags or ()}
    chosen = list(dict.fromkeys(wanted))
    for number, id_ in enumerate(chosen):
        if id_ not in known:
            raise InvalidForm.at(f"applied_tags.{number}", "INVALID_TAG", "Unknown tag")
    changed = set(chosen) ^ set(before)
    if any(id_ in known and known[id_].moderated for id_ in changed):
        room.require(_MANAGE)
    if parent is not None and parent.flags & REQUIRE_TAG and not chosen:
        if not room.may(_MANAGE) and known and all(tag.moderated for tag in known.values()):
            raise errors.NoTagsForMembers
        raise errors.TagRequired
    return chosen
