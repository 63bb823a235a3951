"""Carrying out the administrator's commands; the answer is what the shell prints."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from rift.core.accounts import queries as account_queries
from rift.core.accounts import rules, sessions
from rift.core.accounts import verbs as accounts
from rift.core.administration import codes, queries, users
from rift.core.administration.accounts import account
from rift.core.administration.commands import (
    AnyCommand,
    Command,
    CreateBot,
    CreateRegistrationCode,
    CreateUser,
    DeleteRegistrationCode,
    DeleteUser,
    DisableUser,
    EnableUser,
    ListRegistrationCodes,
    ListUsers,
    MakeOwner,
    ResetPassword,
)
from rift.core.applications import installing
from rift.core.applications import verbs as applications
from rift.core.guilds import holding
from rift.core.integrations import keeping as integrations
from rift.core.unit import Unit
from rift.core.users import verbs as people
from rift.permissions import ADMINISTRATOR
from rift.wire.oauth2 import INSTALLING


async def carry_out(unit: Unit, command: AnyCommand) -> str:
    """Do what the administrator wants."""
    return await _ACTS[type(command)](unit, command)


async def create_user(unit: Unit, command: CreateUser) -> str:
    """An account, whatever the mode of registration; the answer is its id."""
    username = rules.username(command.username)
    secret = await _hashed(unit, command.password)
    return await accounts.create(unit, username, secret, owner=command.owner)


async def create_bot(unit: Unit, command: CreateBot) -> str:
    """An application with its bot; the answer is the bot's token, which is shown only now."""
    owner_id = await account(unit, command.owner)
    bot_id = await applications.make(unit, owner_id, command.name)
    token = await applications.renew_token(unit, bot_id)
    if command.guild_id is not None:
        picture = await holding.hold(unit, command.guild_id)
        await installing.bring(unit, picture, bot_id, ADMINISTRATOR)
        await integrations.come(unit, None, picture.id, bot_id, INSTALLING)
    return token


async def reset_password(unit: Unit, command: ResetPassword) -> str:
    """A new password, and the end of every session that knew the old one."""
    secret = await _hashed(unit, command.password)
    user_id = await account(unit, command.username)
    await unit.run(account_queries.KEEP_FACTOR, unit.new_id(), user_id, secret)
    ended = await sessions.end_all(unit, user_id)
    return f"{command.username} has a new password; {ended} sessions are ended."


async def make_owner(unit: Unit, command: MakeOwner) -> str:
    user_id = await account(unit, command.username)
    await unit.run(queries.MAKE_OWNER, user_id)
    await people.tell(unit, user_id)
    return f"{command.username} owns this instance."


async def list_users(unit: Unit, _: ListUsers) -> str:
    """A line for each account: its id, its name, and what is special about it."""
    return "\n".join(
        "  ".join(
            [
                row["id"],
                row["username"],
                *(key for key in ("instance_owner", "disabled", "leaving") if row[key]),
            ]
        )
        for row in await unit.all(queries.ACCOUNTS)
    )


async def _hashed(unit: Unit, password: str) -> str:
    rules.check_password(unit.settings, password)
    return await unit.house.passwords.hash(password)


_ACTS: Final[Mapping[type[Command], Callable[[Unit, Any], Awaitable[str]]]] = {
    CreateUser: create_user,
    CreateBot: create_bot,
    ResetPassword: reset_password,
    MakeOwner: make_owner,
    ListUsers: list_users,
    DisableUser: users.disable,
    EnableUser: users.enable,
    DeleteUser: users.delete,
    CreateRegistrationCode: codes.create,
    ListRegistrationCodes: codes.list_all,
    DeleteRegistrationCode: codes.delete,
}
