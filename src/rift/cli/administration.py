"""`rift admin`: accounts and bots from the shell, whether the server runs or not."""

import asyncio
import getpass
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Final

from rift.app import CannotStart, administer
from rift.cli.progress import Progress, complain
from rift.config import Settings
from rift.core.administration.commands import (
    AnyCommand,
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
from rift.core.administration.verbs import carry_out
from rift.doors.console import Answer, Done, ask, perform
from rift.snowflake import Snowflake


def run_action(settings: Settings, arguments: Namespace) -> int:
    """Have one command carried out and print the answer."""
    command = _command(arguments)
    try:
        with Progress() as progress:
            answer = asyncio.run(_carried_out(settings, progress, command))
    except CannotStart as error:
        complain(error.problem, error.remedy)
        return 1
    except PermissionError as error:
        complain(f"{error.filename} is not yours to enter.", "Run this as the user Rift runs as.")
        return 1
    if isinstance(answer, Done):
        print(answer.text)
        return 0
    complain(answer.reason)
    return 1


async def _carried_out(settings: Settings, progress: Progress, command: AnyCommand) -> Answer:
    """By the running server, or by a house of our own when none runs."""
    answer = await ask(settings.console_directory, command)
    if answer is not None:
        return answer

    async def alone(command: AnyCommand) -> str:
        return await administer(settings, progress, lambda unit: carry_out(unit, command))

    return await perform(alone, command)


def _command(arguments: Namespace) -> AnyCommand:
    return _COMMANDS[arguments.action](arguments)


def _create_user(given: Namespace) -> AnyCommand:
    return CreateUser(username=given.username, password=_password(given), owner=given.owner)


def _create_bot(given: Namespace) -> AnyCommand:
    guild_id = None if given.guild is None else Snowflake(given.guild)
    return CreateBot(name=given.name, owner=given.owner, guild_id=guild_id)


def _reset_password(given: Namespace) -> AnyCommand:
    return ResetPassword(username=given.username, password=_password(given))


def _delete_user(given: Namespace) -> AnyCommand:
    return DeleteUser(username=given.username, now=given.now, guilds=given.guilds)


def _create_code(given: Namespace) -> AnyCommand:
    return CreateRegistrationCode(uses=given.uses, hours=given.hours, note=given.note)


def _password(arguments: Namespace) -> str:
    if arguments.password is not None:
        return str(arguments.password)
    if sys.stdin.isatty():
        return getpass.getpass(f"Password for {arguments.username}: ")
    return sys.stdin.readline().rstrip("\n")


_COMMANDS: Final[Mapping[str, Callable[[Namespace], AnyCommand]]] = {
    "create-user": _create_user,
    "create-bot": _create_bot,
    "reset-password": _reset_password,
    "make-owner": lambda given: MakeOwner(username=given.username),
    "list-users": lambda _: ListUsers(),
    "disable-user": lambda given: DisableUser(username=given.username),
    "enable-user": lambda given: EnableUser(username=given.username),
    "delete-user": _delete_user,
    "create-code": _create_code,
    "list-codes": lambda _: ListRegistrationCodes(),
    "delete-code": lambda given: DeleteRegistrationCode(registration_code=given.code),
}
