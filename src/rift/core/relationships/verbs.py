"""What can be done with relationships."""

from typing import Final

from msgspec import structs

from rift import errors
from rift.core.actor import Actor
from rift.core.messages.people import user_from_row
from rift.core.private_channels import verbs as private_channels
from rift.core.relationships import pairs, queries
from rift.core.relationships.pairs import (
    BLOCKED,
    FRIEND,
    INCOMING,
    NONE,
    OUTGOING,
    Side,
    side_from_row,
)
from rift.core.unit import Unit
from rift.core.users import queries as user_queries
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.relationships import (
    ModifyRelationship,
    PutRelationship,
    Relationship,
    RemovalQuery,
    RemoveRelationships,
    RequestFriend,
)
from rift.wire.users import User

_EITHER_WAY: Final = -1
_SPAM: Final = 1
_IGNORED: Final = 2


async def list_own(unit: Unit, actor: Actor) -> list[Relationship]:
    """Friends, requests, and whom one blocked or ignores."""
    return [side_from_row(row).shown() for row in await unit.all(queries.LIST, actor.id)]


async def list_mutual(unit: Unit, actor: Actor, user_id: Snowflake) -> list[User]:
    """The friends one has in common with somebody one knows."""
    if not await knows(unit, actor.id, user_id):
        raise errors.MissingAccess
    rows = await unit.all(queries.MUTUAL_FRIENDS, actor.id, user_id)
    return [user_from_row(row, "other_id") for row in rows]


async def request(unit: Unit, actor: Actor, body: RequestFriend) -> None:
    """Ask somebody for their friendship, by name; who asked oneself before is accepted."""
    actor.must_be_person()
    found = await unit.maybe(queries.BY_NAME, body.username, body.discriminator or "0")
    if found is None:
        raise errors.NoSuchTag
    await _befriend(unit, actor, found["id"], asks=True)


async def put(unit: Unit, actor: Actor, user_id: Snowflake, body: PutRelationship) -> None:
    """Ask for friendship, accept it, or block somebody."""
    actor.must_be_person()
    if body.type == BLOCKED:
        await _block(unit, actor, user_id)
    elif body.type in (None, _EITHER_WAY, FRIEND):
        await _befriend(unit, actor, user_id, asks=body.type != FRIEND)
    else:
        words = f"Value {body.type} is not one of the choices."
        raise InvalidForm.at("type", "BASE_TYPE_CHOICES", words)


async def modify(unit: Unit, actor: Actor, user_id: Snowflake, body: ModifyRelationship) -> None:
    """Call a friend by a name of one's own."""
    actor.must_be_person()
    mine, _ = await pairs.hold(unit, actor.id, user_id)
    if mine.type != FRIEND:
        raise errors.FriendsOnly
    nickname = (body.nickname or "").strip() or None
    await pairs.put(unit, mine, structs.replace(mine, nickname=nickname))


async def remove(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    """End a friendship, decline or take back a request, or unblock."""
    actor.must_be_person()
    mine, theirs = await pairs.hold(unit, actor.id, user_id)
    await pairs.put(unit, mine, mine.becomes(NONE))
    if mine.type != BLOCKED:
        await _part(unit, theirs)


async def remove_requests(
    unit: Unit, actor: Actor, query: RemovalQuery, body: RemoveRelationships
) -> None:
    """Decline the requests of many: of all who asked, or of those one ignores."""
    actor.must_be_person()
    if query.relationship_type not in (None, INCOMING):
        words = f"Value {query.relationship_type} is not one of the choices."
        raise InvalidForm.at("relationship_type", "BASE_TYPE_CHOICES", words)
    filters = body.filters or []
    if query.only_spam or _SPAM in filters:
        return  # nothing is taken for spam here
    for row in await unit.all(queries.REQUESTERS, actor.id):
        if row["ignored"] or _IGNORED not in filters:
            await remove(unit, actor, row["other_id"])


async def ignore(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    """Hear less of somebody, who does not learn of it."""
    actor.must_be_person()
    mine, _ = await pairs.hold(unit, actor.id, user_id)
    await pairs.put(unit, mine, structs.replace(mine, ignored=True))


async def unignore(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    """Hear of somebody again."""
    actor.must_be_person()
    mine, _ = await pairs.hold(unit, actor.id, user_id)
    await pairs.put(unit, mine, structs.replace(mine, ignored=False))


async def knows(unit: Unit, own_id: str, user_id: str) -> bool:
    """Whether somebody is oneself, a friend, or in a guild one is in."""
    if own_id == user_id or await unit.maybe(user_queries.MUTUAL_GUILDS, own_id, user_id):
        return True
    return bool(await unit.all(queries.FRIENDS_AMONG, own_id, [user_id]))


async def _befriend(unit: Unit, actor: Actor, user_id: Snowflake, *, asks: bool) -> None:
    if user_id == actor.id:
        raise errors.FriendOfOneself
    mine, theirs = await pairs.hold(unit, actor.id, user_id)
    if mine.other.bot:
        raise errors.FriendOfBot
    if mine.type == FRIEND:
        raise errors.AlreadyFriends
    if mine.type == INCOMING:
        await _accept(unit, mine, theirs)
    elif not asks:
        raise errors.NoFriendRequest
    elif mine.type != OUTGOING:
        await _ask(unit, mine, theirs)


async def _accept(unit: Unit, mine: Side, theirs: Side) -> None:
    await _check_friends(unit, mine.user_id)
    await _check_friends(unit, theirs.user_id)
    now = unit.now()
    await pairs.put(unit, mine, mine.becomes(FRIEND, now))
    await pairs.put(unit, theirs, theirs.becomes(FRIEND, now), notify=True)
    await private_channels.settle(unit, (mine.user_id, theirs.user_id))


async def _ask(unit: Unit, mine: Side, theirs: Side) -> None:
    if BLOCKED in (mine.type, theirs.type):
        raise errors.FriendRequestBlocked
    await _check_friends(unit, mine.user_id)
    close = await unit.one(queries.CLOSENESS, mine.user_id, theirs.user_id)
    known = close["mutual_friends"] or close["mutual_guilds"]
    through_friends = close["mutual_friends"] and close["from_mutual_friends"]
    through_guilds = close["mutual_guilds"] and close["from_mutual_guilds"]
    if not (close["from_everyone"] or through_friends or through_guilds):
        raise errors.FriendRequestsDisabled
    now = unit.now()
    await pairs.put(unit, mine, mine.becomes(OUTGOING, now))
    asked = structs.replace(theirs.becomes(INCOMING, now), stranger=not known)
    await pairs.put(unit, theirs, asked, notify=True)


async def _block(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    mine, theirs = await pairs.hold(unit, actor.id, user_id)
    if mine.type != BLOCKED:
        await pairs.put(unit, mine, mine.becomes(BLOCKED, unit.now()))
        await _part(unit, theirs)


async def _part(unit: Unit, theirs: Side) -> None:
    """The other's side ends too, unless it is a block of their own."""
    if theirs.type != BLOCKED:
        await pairs.put(unit, theirs, theirs.becomes(NONE))


async def _check_friends(unit: Unit, user_id: str) -> None:
    most = unit.settings.limits.friends_per_user
    if (await unit.one(queries.FRIENDS, user_id))["count"] >= most:
        raise errors.TooManyFriends(f"Maximum number of friends reached ({most})")
