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
from rift.doors.console import Done
from rift.snowflake import Snowflake


def run_action(settings: Settings, arguments: Namespace) -> int:
    """Have one command carried out and print the answer."""
    command = _command(arguments)
    try:
        with Progress() as progress:
            answer = asyncio.run(administer(settings, progress, command))
    except CannotStart as error:
        complain(error.problem, error.remedy)
        return 1
    if isinstance(answer, Done):
        print(answer.text)
        return 0
    complain(answer.reason)
    return 1


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
