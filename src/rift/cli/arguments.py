"""What can be said on the command line."""

import argparse
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any


def parse(arguments: Sequence[str]) -> Namespace:
    """The parsed command line; `command` names the command, `overrides` the settings it gives."""
    found = _parser().parse_args(arguments)
    found.overrides = _overrides(found)
    return found


def _overrides(found: Namespace) -> dict[str, str]:
    options = {
        "server.host": getattr(found, "host", None),
        "server.port": getattr(found, "port", None),
        "server.workers": getattr(found, "workers", None),
        "data.directory": getattr(found, "data", None),
    }
    given = {name: value for name, value in options.items() if value is not None}
    return {**dict(getattr(found, "set", ())), **given}


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="rift",
        description="A self-hosted, Discord-compatible chat platform.",
        epilog="All settings: docs/configuration.md, or `rift config --reference`.",
    )
    parser.add_argument("--version", action="version", version=f"rift {version('rift')}")
    where = _settings_options()
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_up(commands, where)
    _add_admin(commands, where)
    _add_export(commands, where)
    _add_backup(commands, where)
    _add_restore(commands, where)
    _add_files(commands, where)
    _add_config(commands, where)
    commands.add_parser("openapi", help="print the OpenAPI document of the REST API")
    commands.add_parser("version", help="print the version")
    return parser


def _settings_options() -> ArgumentParser:
    """The options every command with settings has, before or after its own words."""
    options = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    options.add_argument("--data", metavar="DIRECTORY", help="data directory (default: data)")
    options.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="settings (default: rift.toml in the data directory)",
    )
    options.add_argument(
        "--set",
        metavar="NAME=VALUE",
        type=_assignment,
        action="append",
        help="any setting, such as --set auth.registration=closed",
    )
    return options


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name.strip(), value.strip()


def _id(text: str) -> str:
    if not (text.isascii() and text.isdigit() and int(text) < 1 << 63):
        raise argparse.ArgumentTypeError(f"{text!r} is not an id")
    return text


def _add_up(commands: Any, where: ArgumentParser) -> None:
    up = commands.add_parser("up", parents=[where], help="run the server in the foreground")
    up.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    up.add_argument("--port", help="TCP port (default: 8080)")
    up.add_argument("--workers", metavar="N", help="server processes (default: 1)")


def _add_admin(commands: Any, where: ArgumentParser) -> None:
    admin = commands.add_parser(
        "admin",
        parents=[where],
        help="manage accounts and bots, whether the server runs or not",
    )
    actions = admin.add_subparsers(dest="action", required=True, metavar="ACTION")

    user = actions.add_parser("create-user", parents=[where], help="make an account")
    user.add_argument("username")
    _add_password(user)
    user.add_argument("--owner", action="store_true", help="make it an owner of the instance")

    bot = actions.add_parser(
        "create-bot", parents=[where], help="make a bot and print its token, once"
    )
    bot.add_argument("name", nargs="?", default="Bot", help="the bot's name (default: Bot)")
    bot.add_argument("--owner", required=True, metavar="NAME", help="the account it belongs to")
    bot.add_argument(
        "--guild", metavar="ID", type=_id, help="a guild to add it to, as an administrator"
    )

    reset = actions.add_parser(
        "reset-password", parents=[where], help="set a new password and end all sessions"
    )
    reset.add_argument("username")
    _add_password(reset)

    owner = actions.add_parser("make-owner", parents=[where], help="make an account an owner")
    owner.add_argument("username")

    actions.add_parser("list-users", parents=[where], help="list all accounts")
    _add_departures(actions, where)
    _add_codes(actions, where)


def _add_files(commands: Any, where: ArgumentParser) -> None:
    files = commands.add_parser("files", parents=[where], help="what lies in the store of files")
    actions = files.add_subparsers(dest="action", required=True, metavar="ACTION")
    move = actions.add_parser(
        "move", parents=[where], help="copy all files to the other place; run it again to go on"
    )
    move.add_argument("--to", required=True, choices=("disk", "s3"), help="where to")


def _add_departures(actions: Any, where: ArgumentParser) -> None:
    disabled = actions.add_parser(
        "disable-user", parents=[where], help="shut an account out, and end all its sessions"
    )
    disabled.add_argument("username")
    enabled = actions.add_parser(
        "enable-user", parents=[where], help="let a disabled account in again"
    )
    enabled.add_argument("username")
    deleted = actions.add_parser(
        "delete-user", parents=[where], help="delete an account after the days of grace"
    )
    deleted.add_argument("username")
    deleted.add_argument("--now", action="store_true", help="delete it without any grace")
    deleted.add_argument(
        "--guilds",
        choices=("transfer", "delete"),
        default="transfer",
        help="what becomes of guilds it owns (default: transfer)",
    )


def _add_codes(actions: Any, where: ArgumentParser) -> None:
    code = actions.add_parser(
        "create-code", parents=[where], help="make a registration code and print it"
    )
    code.add_argument(
        "--uses", type=int, default=1, metavar="N", help="accounts it is good for (default: 1)"
    )
    code.add_argument(
        "--hours", type=int, metavar="N", help="hours it is good for (default: no end)"
    )
    code.add_argument("--note", default="", help="what it is for, to be found in the list")
    actions.add_parser("list-codes", parents=[where], help="list all registration codes")
    withdrawn = actions.add_parser(
        "delete-code", parents=[where], help="withdraw a registration code"
    )
    withdrawn.add_argument("code")


def _add_password(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--password",
        help="otherwise it is asked for, or read from standard input when that is not a terminal",
    )


def _add_export(commands: Any, where: ArgumentParser) -> None:
    export = commands.add_parser(
        "export",
        parents=[where],
        help="write a guild or an account down as JSON and files, whether the server runs or not",
    )
    kinds = export.add_subparsers(dest="kind", required=True, metavar="KIND")
    folder = ArgumentParser(add_help=False)
    folder.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="where to (default: export-NAME); one that was broken off is gone on with",
    )
    folder.add_argument(
        "--no-files",
        action="store_true",
        help="link to attachments and pictures instead of copying them",
    )
    guild = kinds.add_parser("guild", parents=[where, folder], help="everything in a guild")
    guild.add_argument("name", type=_id, metavar="ID")
    account = kinds.add_parser(
        "account",
        parents=[where, folder],
        help="what is held on an account, its private channels, and what it wrote elsewhere",
    )
    account.add_argument("name", metavar="NAME")


def _add_backup(commands: Any, where: ArgumentParser) -> None:
    backup = commands.add_parser(
        "backup",
        parents=[where],
        help="copy the database, the files and the keys, whether the server runs or not",
    )
    backup.add_argument(
        "--to",
        type=Path,
        metavar="DIRECTORY",
        help="where to (default: backup.directory, of which the oldest beyond backup.keep go)",
    )
    backup.add_argument(
        "--no-files", action="store_true", help="keep a list of the files instead of their bytes"
    )
    backup.add_argument(
        "--verify", type=Path, metavar="PATH", help="read a backup through instead of making one"
    )


def _add_restore(commands: Any, where: ArgumentParser) -> None:
    restore = commands.add_parser(
        "restore", parents=[where], help="put a backup into a data directory no server runs on"
    )
    restore.add_argument("path", type=Path, metavar="PATH", help="the backup: a directory or .tar")
    restore.add_argument(
        "--replace", action="store_true", help="also where there is an instance, which is then gone"
    )
    restore.add_argument("--yes", action="store_true", help="do not ask before that")


def _add_config(commands: Any, where: ArgumentParser) -> None:
    config = commands.add_parser(
        "config", parents=[where], help="check the settings and print those in effect"
    )
    config.add_argument(
        "--reference", action="store_true", help="print the reference of all settings instead"
    )
