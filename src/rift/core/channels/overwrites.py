"""What a channel allows and denies: who may say so, and how it is stored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core.access import Hall
from rift.core.channels import queries
from rift.core.channels.places import children
from rift.core.channels.shapes import CATEGORY
from rift.core.unit import Unit
from rift.permissions import ADMINISTRATOR, ALL, Permission
from rift.wire.channels import Channel, Overwrite, OverwriteBody
from rift.world import Picture

ROLE: Final = 0
MEMBER: Final = 1
_MOST: Final = 1000
_MANAGE_ROLES: Final = Permission.MANAGE_ROLES.value


def of(channel: Channel) -> list[Overwrite]:
    entries = channel.permission_overwrites
    return [] if entries is UNSET else entries


def read(
    guild: Picture, bodies: Iterable[OverwriteBody], before: Sequence[Overwrite] = ()
) -> list[Overwrite]:
    """The overwrites a form asks for; of two for the same subject the later."""
    kinds: dict[str, int] = {entry.id: entry.type for entry in before}
    wanted = {
        body.id: Overwrite(
            id=body.id,
            type=_kind(guild, body, kinds),
            allow=bits(body.allow),
            deny=bits(body.deny),
        )
        for body in bodies
    }
    return sorted(wanted.values(), key=lambda entry: int(entry.id))


def _kind(guild: Picture, body: OverwriteBody, kinds: Mapping[str, int]) -> int:
    """What the form does not say can be seen from the id."""
    if body.type is not None:
        return body.type
    return kinds.get(body.id, ROLE if body.id in guild.roles else MEMBER)


def bits(given: str | None) -> str:
    return str(int(given or 0) & ALL)


async def check(
    unit: Unit,
    hall: Hall,
    wanted: Sequence[Overwrite],
    before: Sequence[Overwrite] = (),
) -> None:
    """One may change what one has oneself, in the channel or the guild, for whom there is."""
    if len(wanted) > _MOST:
        raise errors.TooManyOverwrites
    changed = _changed_bits(wanted, before)
    mine = hall.permissions | hall.permissions_in(None, unit.now())
    if changed & ~mine:
        raise errors.MissingPermissions
    if changed & _MANAGE_ROLES and not mine & ADMINISTRATOR:
        raise errors.MissingPermissions
    known = {(entry.id, entry.type) for entry in before}
    await _check_subjects(
        unit, hall.guild, [entry for entry in wanted if (entry.id, entry.type) not in known]
    )


async def store(unit: Unit, entries: Mapping[str, Sequence[Overwrite]]) -> None:
    """Replace the overwrites of these channels."""
    await unit.run(queries.CLEAR_OVERWRITES, list(entries))
    await insert(unit, entries)


async def insert(unit: Unit, entries: Mapping[str, Sequence[Overwrite]]) -> None:
    """Write the overwrites of channels that have none."""
    rows = [
        {
            "channel_id": channel_id,
            "id": entry.id,
            "type": entry.type,
            "allow": entry.allow,
            "deny": entry.deny,
        }
        for channel_id, of_channel in entries.items()
        for entry in of_channel
    ]
    if rows:
        await unit.run(queries.INSERT_OVERWRITES, rows)


def followers(guild: Picture, channel: Channel, wanted: Sequence[Overwrite]) -> list[Channel]:
    """The channels of a category that were as the category was, and stay as it is."""
    if channel.type != CATEGORY:
        return []
    return [
        put(guild.channel(child.id), wanted)
        for child in children(guild, channel.id)
        if same(of(child), of(channel))
    ]


def put(channel: Channel, wanted: Sequence[Overwrite]) -> Channel:
    entries = sorted(wanted, key=lambda entry: int(entry.id))
    return replace(channel, permission_overwrites=entries)


def same(some: Sequence[Overwrite], others: Sequence[Overwrite]) -> bool:
    return _by_subject(some) == _by_subject(others)


def _changed_bits(wanted: Sequence[Overwrite], before: Sequence[Overwrite]) -> int:
    was, now = _by_subject(before), _by_subject(wanted)
    changed = 0
    for id_ in was.keys() | now.keys():
        _, allowed, denied = was.get(id_, _NONE)
        _, allow, deny = now.get(id_, _NONE)
        changed |= allowed ^ allow | denied ^ deny
    return changed


def _by_subject(entries: Sequence[Overwrite]) -> dict[str, tuple[int, int, int]]:
    return {entry.id: (entry.type, int(entry.allow), int(entry.deny)) for entry in entries}


async def _check_subjects(unit: Unit, guild: Picture, new: Sequence[Overwrite]) -> None:
    if any(entry.id not in guild.roles for entry in new if entry.type == ROLE):
        raise errors.UnknownOverwrite
    users = [entry.id for entry in new if entry.type == MEMBER]
    if users:
        found = await unit.all(queries.MEMBERS_AMONG, guild.id, users)
        if len(found) < len(users):
            raise errors.UnknownOverwrite


_NONE: Final = (0, 0, 0)
