"""The users and members that messages speak of."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, UnsetType, structs

from rift.core.messages import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.members import Member, PartialMember
from rift.wire.messages import MentionedUser
from rift.wire.users import OF_WEBHOOK, User
from rift.world import Picture, loading
from rift.world import queries as world_queries


async def members(unit: Unit, guild: Picture | None, user_ids: Iterable[str]) -> dict[str, Member]:
    """Those of the users who are members; a private channel has none.

    Whom the process does not know, the unit looks up.
    The world would ask on a connection of its own, which must not be waited for while the unit
    holds one.
    """
    known, unknown = dict[str, Member](), list[str]()
    if guild is None:
        return known
    for user_id in user_ids:
        member = guild.members.get(user_id)
        if member is None:
            unknown.append(user_id)
        else:
            known[user_id] = member
    if unknown:
        for row in await unit.all(world_queries.MEMBERS, guild.id, unknown):
            known[row["user_id"]] = loading.member_from_row(row)
    return known


async def users(unit: Unit, user_ids: Iterable[str]) -> dict[str, User]:
    """Those of the users who exist."""
    wanted = list(user_ids)
    rows = await unit.all(queries.USERS, wanted) if wanted else []
    return {row["author_id"]: user_from_row(row) for row in rows}


def user_from_row(row: Mapping[str, Any], id_: str = "author_id") -> User:
    """The user in a row that names them by this column: the author of a message, an inviter."""
    return User(
        id=row[id_],
        username=row["username"],
        discriminator=row["discriminator"],
        global_name=row["global_name"],
        avatar=row["avatar"],
        bot=row["bot"],
        public_flags=row["user_flags"],
        flags=row["user_flags"],
        banner=row["banner"],
        accent_color=row["accent_color"],
    )


def persona(row: Mapping[str, Any]) -> User | None:
    """The webhook that wrote a message, by the name it had then; None where somebody wrote it."""
    worn = row["persona"]
    if worn is None:
        return None
    return disguised(row["author_id"], worn["name"], worn["avatar"])


def disguised(webhook_id: Snowflake, name: str, avatar: str | None) -> User:
    """A webhook as the author of a message."""
    return User(id=webhook_id, username=name, discriminator=OF_WEBHOOK, avatar=avatar, bot=True)


def partial(member: Member | None) -> PartialMember | UnsetType:
    """A member beside a user who is shown already; who is none is left out."""
    if member is None:
        return UNSET
    return PartialMember(
        roles=member.roles,
        joined_at=member.joined_at,
        nick=member.nick,
        avatar=member.avatar,
        banner=member.banner,
        premium_since=member.premium_since,
        communication_disabled_until=member.communication_disabled_until,
        pending=member.pending,
        flags=member.flags,
        mute=member.mute,
        deaf=member.deaf,
        avatar_decoration_data=member.avatar_decoration_data,
        collectibles=member.collectibles,
    )


def mentioned(user: User, member: Member | None = None) -> MentionedUser:
    """A user as messages mention them; in events, with their member."""
    fields = {name: getattr(user, name) for name in User.__struct_fields__}
    return MentionedUser(**fields, member=partial(member))


def accompanied(
    mentions: Iterable[MentionedUser], found: Mapping[str, Member]
) -> list[MentionedUser]:
    """The mentioned users of an event."""
    return [
        structs.replace(user, member=partial(found[user.id])) if user.id in found else user
        for user in mentions
    ]


def ids(mentions: Iterable[User]) -> list[Snowflake]:
    return [user.id for user in mentions]
