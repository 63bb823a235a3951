"""Carrying out the administrator's commands; the answer is what the shell prints."""

import msgspec

from rift.core.administration import queries
from rift.core.administration.commands import (
    AnyCommand,
    CreateUser,
    ListUsers,
    MakeOwner,
    ResetPassword,
)
from rift.core.unit import Unit
from rift.errors import InvalidForm, UnknownUser
from rift.events import SessionsRevoked
from rift.snowflake import Snowflake
from rift.wire.users import Password, Username


async def carry_out(unit: Unit, command: AnyCommand) -> str:
    """Do what the administrator wants."""
    match command:
        case CreateUser():
            return await create_user(unit, command)
        case ResetPassword():
            return await reset_password(unit, command)
        case MakeOwner():
            return await make_owner(unit, command)
        case ListUsers():
            return await list_users(unit)


async def create_user(unit: Unit, command: CreateUser) -> str:
    username = _checked(command.username, Username, "username")
    password = _checked(command.password, Password, "password")
    user_id = unit.new_id()
    if not await unit.run(queries.INSERT_USER, user_id, username, command.owner):
        raise InvalidForm.at("username", "USERNAME_ALREADY_TAKEN", "Username is already taken")
    await _set_password(unit, user_id, password)
    return user_id


async def reset_password(unit: Unit, command: ResetPassword) -> str:
    """A new password, and the end of every session that knew the old one."""
    password = _checked(command.password, Password, "password")
    user_id = await _account(unit, command.username)
    await _set_password(unit, user_id, password)
    ended = await unit.all(queries.END_SESSIONS, user_id)
    unit.emit(SessionsRevoked(data=tuple(row["id"] for row in ended)))
    return f"{command.username} has a new password; {len(ended)} sessions are ended."


async def make_owner(unit: Unit, command: MakeOwner) -> str:
    await unit.run(queries.MAKE_OWNER, await _account(unit, command.username))
    return f"{command.username} owns this instance."


async def list_users(unit: Unit) -> str:
    """A line for each account: its id, its name, and what is special about it."""
    return "\n".join(
        "  ".join(
            [
                row["id"],
                row["username"],
                *(key for key in ("instance_owner", "disabled") if row[key]),
            ]
        )
        for row in await unit.all(queries.ACCOUNTS)
    )


async def _account(unit: Unit, username: str) -> Snowflake:
    row = await unit.maybe(queries.ACCOUNT, username)
    if row is None:
        raise UnknownUser
    return Snowflake(row["id"])


async def _set_password(unit: Unit, user_id: Snowflake, password: str) -> None:
    secret = await unit.house.passwords.hash(password)
    await unit.run(queries.KEEP_FACTOR, unit.new_id(), user_id, secret)


def _checked(value: str, kind: object, field: str) -> str:
    try:
        return str(msgspec.convert(value, kind))
    except msgspec.ValidationError as error:
        raise InvalidForm.at(field, "BASE_TYPE_BAD_LENGTH", str(error)) from error
