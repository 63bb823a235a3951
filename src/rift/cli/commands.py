"""What each command does; the program itself is imported only by the commands that need it."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version

import msgspec

from rift.cli.progress import Progress, complain
from rift.config import ConfigError, Settings, as_table, as_toml, load

USAGE_ERROR = 2


def run(arguments: Namespace) -> int:
    """Do what the command line says; the exit code."""
    commands: Mapping[str, Callable[[Namespace], int]] = {
        "up": _up,
        "admin": _admin,
        "export": _export,
        "backup": _backup,
        "restore": _restore,
        "files": _files,
        "config": _config,
        "openapi": _openapi,
        "version": _version,
    }
    try:
        return commands[arguments.command](arguments)
    except ConfigError as error:
        for fault in error.faults:
            complain(str(fault))
        return USAGE_ERROR


def _settings(arguments: Namespace) -> Settings:
    return load(getattr(arguments, "config", None), os.environ, arguments.overrides)


def _up(arguments: Namespace) -> int:
    settings = _settings(arguments)
    with Progress() as progress:
        progress("Starting")
        with _uncollected():
            import uvloop

            from rift.app import AGAIN, CannotStart, serve, start_anew

        try:
            code = uvloop.run(serve(settings, progress))
        except CannotStart as error:
            complain(error.problem, error.remedy)
            return 1
    if code == AGAIN:
        start_anew()
    return code


@contextmanager
def _uncollected() -> Iterator[None]:
    """All that is imported stays: nobody looks for garbage in it, neither now nor later."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _admin(arguments: Namespace) -> int:
    settings = _settings(arguments)
    from rift.cli.administration import run_action

    return run_action(settings, arguments)


def _export(arguments: Namespace) -> int:
    settings = _settings(arguments)
    from rift.cli.exporting import run_export

    return run_export(settings, arguments)


def _backup(arguments: Namespace) -> int:
    settings = _settings(arguments)
    from rift.cli.backups import run_backup

    return run_backup(settings, arguments)


def _restore(arguments: Namespace) -> int:
    settings = _settings(arguments)
    from rift.cli.backups import run_restore

    return run_restore(settings, arguments)


def _files(arguments: Namespace) -> int:
    settings = _settings(arguments)
    from rift.cli.moving import run_move

    return run_move(settings, arguments.to)


def _config(arguments: Namespace) -> int:
    text = as_table() if arguments.reference else as_toml(_settings(arguments))
    sys.stdout.write(text)
    return 0


def _openapi(_: Namespace) -> int:
    from rift.app import openapi

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(openapi()), indent=2) + b"\n")
    return 0


def _version(_: Namespace) -> int:
    print(f"rift {version('rift')}")
    return 0
