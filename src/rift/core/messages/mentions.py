"""Who a message calls: what its text says, what the sender allows, and what they may."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from rift.core.access import Room
from rift.core.messages import people
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake, parse
from rift.wire.members import Member
from rift.wire.messages import AllowedMentions, MentionedUser
from rift.wire.users import User

_MENTION: Final = re.compile(r"<@([&!]?)([0-9]{1,20})>")
_TICKS: Final = re.compile(r"(`+)")
_MOST: Final = 100


class Allowed(NamedTuple):
    """What of the text may become a mention; None is everything."""

    everyone: bool = True
    users: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    replied: bool = True

    def user(self, id_: str) -> bool:
        return self.users is None or id_ in self.users

    def role(self, id_: str) -> bool:
        return self.roles is None or id_ in self.roles


class Mentions(NamedTuple):
    """Who is called; the members are those of the called users who are in the guild."""

    everyone: bool = False
    roles: Sequence[Snowflake] = ()
    users: Sequence[MentionedUser] = ()
    members: Mapping[str, Member] = MappingProxyType({})


_EVERYTHING: Final = Allowed()
NOBODY: Final = Mentions()


def allowed(body: AllowedMentions | None) -> Allowed:
    """What a sender allows; who says nothing allows everything, who says `{}` nothing."""
    if body is None:
        return _EVERYTHING
    parsed = frozenset[str](body.parse or ())
    return Allowed(
        everyone="everyone" in parsed,
        users=_listed("users", parsed, body.users),
        roles=_listed("roles", parsed, body.roles),
        replied=bool(body.replied_user),
    )


def _listed(
    kind: str, parsed: frozenset[str], ids: Sequence[Snowflake] | None
) -> frozenset[str] | None:
    if kind not in parsed:
        return frozenset(ids or ())
    if ids:
        raise InvalidForm.at(
            "allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
        )
    return None


async def resolve(
    unit: Unit, room: Room, content: str, granted: Allowed, replied: User | None
) -> Mentions:
    """The mentions of a message; code calls nobody."""
    text = without_code(content) if "`" in content else content
    user_ids: dict[Snowflake, None] = {}
    role_ids: dict[Snowflake, None] = {}
    if replied is not None and granted.replied:
        user_ids[replied.id] = None
    for sign, digits in _MENTION.findall(text):
        id_ = parse(digits)
        if id_ is None:
            continue
        if sign == "&":
            if granted.role(id_) and _may_call(room, id_):
                role_ids[id_] = None
        elif granted.user(id_):
            user_ids[id_] = None
    members, users = await _called(unit, room, list(user_ids)[:_MOST])
    return Mentions(
        everyone=granted.everyone and _calls_everyone(text) and _may_call_everyone(room),
        roles=list(role_ids)[:_MOST],
        users=users,
        members=members,
    )


def named(content: str) -> frozenset[tuple[str, str]]:
    """Everybody a text names, people and roles, whether they are called or not."""
    if "<@" not in content:
        return frozenset()
    return frozenset((sign.strip("!"), digits) for sign, digits in _MENTION.findall(content))


async def _called(
    unit: Unit, room: Room, user_ids: Sequence[str]
) -> tuple[dict[str, Member], list[MentionedUser]]:
    members = await people.members(unit, room.guild, user_ids)
    strangers = await people.users(unit, [id_ for id_ in user_ids if id_ not in members])
    found = {id_: member.user for id_, member in members.items()} | strangers
    return members, [people.mentioned(found[id_]) for id_ in user_ids if id_ in found]


def without_code(content: str) -> str:
    """The text outside of code: a run of backticks opens it, the next run as long ends it."""
    parts = _TICKS.split(content)
    ends: dict[int, int] = {}
    seen: dict[int, int] = {}
    for at in range(len(parts) - 2, 0, -2):
        ends[at] = seen.get(len(parts[at]), at)
        seen[len(parts[at])] = at
    outside: list[str] = []
    at = 0
    while at < len(parts):
        if at % 2 == 0 or ends[at] == at:
            outside.append(parts[at])
        at = ends.get(at, at) + 1
    return " ".join(outside)


def _calls_everyone(text: str) -> bool:
    return "@everyone" in text or "@here" in text


def _may_call_everyone(room: Room) -> bool:
    return room.may(Permission.MENTION_EVERYONE)


def _may_call(room: Room, role_id: str) -> bool:
    role = None if room.guild is None else room.guild.roles.get(role_id)
    if role is None or role_id == room.guild_id:
        return False
    return role.mentionable or _may_call_everyone(room)
