"""`rift admin`: accounts and bots from the shell, whether the server runs or not."""

import asyncio
import getpass
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable

from rift import app
from rift.cli.progress import Progress, complain
from rift.config import Settings
from rift.core import administration
from rift.core.unit import Unit
from rift.errors import Refusal

Work = Callable[[Unit], Awaitable[str]]


def administer(settings: Settings, arguments: Namespace) -> int:
    """Do one action in one transaction and print its answer."""
    work = _work(arguments)
    try:
        with Progress() as progress:
            answer = asyncio.run(app.administer(settings, progress, work))
    except app.CannotStart as error:
        complain(error.problem, error.remedy)
        return 1
    except Refusal as refusal:
        complain(refusal.message)
        return 1
    print(answer)
    return 0


def _work(arguments: Namespace) -> Work:
    match arguments.action:
        case "create-user":
            return _create_user(arguments)
        case "create-bot":
            return _create_bot(arguments)
        case "reset-password":
            return _reset_password(arguments)
        case "make-owner":
            return _make_owner(arguments)
        case _:
            return _list_users


def _create_user(arguments: Namespace) -> Work:
    username, password = arguments.username, _password(arguments)

    async def work(unit: Unit) -> str:
        user = await administration.create_user(unit, username, password, owner=arguments.owner)
        return f"{user.username} {user.id}"

    return work


def _create_bot(arguments: Namespace) -> Work:
    async def work(unit: Unit) -> str:
        return await administration.create_bot(
            unit, arguments.name, arguments.owner, arguments.guild
        )

    return work


def _reset_password(arguments: Namespace) -> Work:
    username, password = arguments.username, _password(arguments)

    async def work(unit: Unit) -> str:
        await administration.reset_password(unit, username, password)
        return f"{username} has a new password; all sessions are ended."

    return work


def _make_owner(arguments: Namespace) -> Work:
    async def work(unit: Unit) -> str:
        await administration.make_owner(unit, arguments.username)
        return f"{arguments.username} owns this instance."

    return work


async def _list_users(unit: Unit) -> str:
    accounts = await administration.list_users(unit)
    return "\n".join(
        f"{account.id}  {account.username}{'  owner' if account.instance_owner else ''}"
        for account in accounts
    )


def _password(arguments: Namespace) -> str:
    if arguments.password is not None:
        return str(arguments.password)
    if sys.stdin.isatty():
        return getpass.getpass(f"Password for {arguments.username}: ")
    return sys.stdin.readline().rstrip("\n")
