"""`rift admin`: accounts and bots from the shell, whether the server runs or not."""

import asyncio
import getpass
import sys
from argparse import Namespace

from rift.app import CannotStart, administer
from rift.cli.progress import Progress, complain
from rift.config import Settings
from rift.core.administration.commands import (
    AnyCommand,
    CreateBot,
    CreateUser,
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
    match arguments.action:
        case "create-user":
            return CreateUser(
                username=arguments.username, password=_password(arguments), owner=arguments.owner
            )
        case "create-bot":
            guild_id = None if arguments.guild is None else Snowflake(arguments.guild)
            return CreateBot(name=arguments.name, owner=arguments.owner, guild_id=guild_id)
        case "reset-password":
            return ResetPassword(username=arguments.username, password=_password(arguments))
        case "make-owner":
            return MakeOwner(username=arguments.username)
        case _:
            return ListUsers()


def _password(arguments: Namespace) -> str:
    if arguments.password is not None:
        return str(arguments.password)
    if sys.stdin.isatty():
        return getpass.getpass(f"Password for {arguments.username}: ")
    return sys.stdin.readline().rstrip("\n")
