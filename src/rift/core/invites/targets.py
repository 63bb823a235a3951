"""Invites for some people alone: who they are, as a list of ids that comes and goes as CSV."""

from collections.abc import Sequence
from typing import Final

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import done, record
from rift.core.invites import making, queries
from rift.core.receiving import SmallFile
from rift.core.unit import Row, Unit
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake, parse
from rift.wire.auditlog import Action
from rift.wire.invites import TargetUsersJob

FIELD: Final = "target_users_file"
_HEADER: Final = "user_id"
_MOST_BYTES: Final = 1024 * 1024
_MOST_ERRORS: Final = 20
_COMPLETED: Final = 2


class OfInvite(SmallFile):
    """The list for an invite there is, of those who may give it one."""

    def __init__(self, unit: Unit, actor: Actor, code: str) -> None:
        super().__init__(FIELD, _MOST_BYTES)
        self._unit, self._actor, self._code = unit, actor, code

    async def let_in(self) -> None:
        await _opened(self._unit, self._actor, self._code, Permission.MANAGE_GUILD)


class OfNewInvite(SmallFile):
    """The list that comes with the form of a new one."""

    def __init__(self, unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
        super().__init__(FIELD, _MOST_BYTES)
        self._unit, self._actor, self._channel_id = unit, actor, channel_id

    async def let_in(self) -> None:
        needs = Permission.CREATE_INSTANT_INVITE
        await access.guild_channel(self._unit, self._actor, self._channel_id, needs)


async def listing(unit: Unit, actor: Actor, code: str) -> str:
    """For whom an invite is, as CSV."""
    await _opened(unit, actor, code, Permission.MANAGE_GUILD, Permission.VIEW_AUDIT_LOG)
    await _audience(unit, code)
    rows = await unit.all(queries.TARGETS, code)
    return "\r\n".join([_HEADER, *(row["user_id"] for row in rows), ""])


async def replace(unit: Unit, actor: Actor, code: str, files: Sequence[bytes] = ()) -> None:
    """Say for whom an invite is, and for nobody else."""
    hall, row = await _opened(unit, actor, code, Permission.MANAGE_GUILD)
    if "vanity" in row:
        raise errors.InviteCodeInvalid
    if not files:
        raise InvalidForm({FIELD: [REQUIRED]})
    await keep(unit, code, read(files[0]))
    changed = done(Action.INVITE_UPDATE, None, code=code, channel_id=row["channel_id"])
    await record(unit, actor, hall.guild.id, changed)


async def job(unit: Unit, actor: Actor, code: str) -> TargetUsersJob:
    """How far the list was read: to its end, as that takes no time here."""
    await _opened(unit, actor, code, Permission.MANAGE_GUILD, Permission.VIEW_AUDIT_LOG)
    row = await _audience(unit, code)
    return TargetUsersJob(
        status=_COMPLETED,
        total_users=row["total"],
        processed_users=row["total"],
        created_at=row["created_at"],
        completed_at=row["completed_at"],
    )


async def check(unit: Unit, code: str, user_id: str | None) -> None:
    """Whom an invite is not for, to them there is none."""
    if not (await unit.one(queries.IS_FOR, code, user_id))["is_for"]:
        raise errors.UnknownInvite


async def keep(unit: Unit, code: str, user_ids: Sequence[str]) -> None:
    now = unit.now()
    await unit.run(queries.PUT_AUDIENCE, code, len(user_ids), now)
    await unit.run(queries.CLEAR_TARGETS, code)
    await unit.run(queries.PUT_TARGETS, code, user_ids)


def read(data: bytes) -> list[str]:
    """The ids of a list, each once; what is none is told by its line."""
    lines = data.decode(errors="replace").removeprefix("\ufeff").splitlines()
    wrong: list[FieldError] = []
    found: dict[str, None] = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip().strip('"')
        if not text or (number == 1 and text.lower() == _HEADER):
            continue
        id_ = parse(text)
        if id_ is None:
            words = f"Line {number}: invalid user ID - must be a valid Discord snowflake"
            wrong.append(FieldError("TARGET_USERS_INVALID", words))
        else:
            found[id_] = None
    if wrong:
        raise InvalidForm({FIELD: wrong[:_MOST_ERRORS]})
    if not found:
        raise InvalidForm({FIELD: [REQUIRED]})
    return list(found)


async def _opened(
    unit: Unit, actor: Actor, code: str, *either: Permission
) -> tuple[Hall, making.Row]:
    """An invite of one's own, or in a guild where one has one of the permissions."""
    # On a connection that is given back at once, for the world may need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        row = await making.row(glance, code)
    hall = await access.guild(unit, actor, row["guild_id"])
    if row["inviter_id"] != actor.id and not any(hall.may(needs) for needs in either):
        hall.require(either[0])
    return hall, row


async def _audience(unit: Unit, code: str) -> Row:
    row = await unit.maybe(queries.AUDIENCE, code)
    if row is None:
        raise errors.NotFound("This invite is for everybody.")
    return row
