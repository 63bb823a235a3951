"""Carrying out the administrator's commands; the answer is what the shell prints."""

from rift.core.accounts import queries as account_queries
from rift.core.accounts import rules, sessions
from rift.core.accounts import verbs as accounts
from rift.core.administration import queries
from rift.core.administration.commands import (
    AnyCommand,
    CreateBot,
    CreateUser,
    ListUsers,
    MakeOwner,
    ResetPassword,
)
from rift.core.applications import installing
from rift.core.applications import verbs as applications
from rift.core.guilds import holding
from rift.core.unit import Unit
from rift.errors import UnknownUser
from rift.permissions import ADMINISTRATOR
from rift.snowflake import Snowflake


async def carry_out(unit: Unit, command: AnyCommand) -> str:
    """Do what the administrator wants."""
    match command:
        case CreateUser():
            return await create_user(unit, command)
        case CreateBot():
            return await create_bot(unit, command)
        case ResetPassword():
            return await reset_password(unit, command)
        case MakeOwner():
            return await make_owner(unit, command)
        case ListUsers():
            return await list_users(unit)


async def create_user(unit: Unit, command: CreateUser) -> str:
    """An account, whatever the mode of registration; the answer is its id."""
    username = rules.username(command.username)
    secret = await _hashed(unit, command.password)
    return await accounts.create(unit, username, secret, owner=command.owner)


async def create_bot(unit: Unit, command: CreateBot) -> str:
    """An application with its bot; the answer is the bot's token, which is shown only now."""
    owner_id = await _account(unit, command.owner)
    bot_id = await applications.make(unit, owner_id, command.name)
    token = await applications.renew_token(unit, bot_id)
    if command.guild_id is not None:
        picture = await holding.hold(unit, command.guild_id)
        await installing.bring(unit, picture, bot_id, ADMINISTRATOR)
    return token


async def reset_password(unit: Unit, command: ResetPassword) -> str:
    """A new password, and the end of every session that knew the old one."""
    secret = await _hashed(unit, command.password)
    user_id = await _account(unit, command.username)
    await unit.run(account_queries.KEEP_FACTOR, unit.new_id(), user_id, secret)
    ended = await sessions.end_all(unit, user_id)
    return f"{command.username} has a new password; {ended} sessions are ended."


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


async def _hashed(unit: Unit, password: str) -> str:
    rules.check_password(unit.settings, password)
    return await unit.house.passwords.hash(password)
