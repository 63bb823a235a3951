"""`rift backup` and `rift restore`."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from rift.app import CannotStart, Inhabited, back_up, put_back
from rift.backups import packing
from rift.backups.checking import check
from rift.backups.copying import Pace
from rift.backups.failure import BackupFailed
from rift.backups.making import Manner
from rift.backups.progress import Step, Tell
from rift.cli.progress import Progress, complain
from rift.config import Settings

_WORDS: Final = {
    "database": "the database",
    "files": "the files",
    "checking": "reading it through",
    "keys": "the keys",
}


def run_backup(settings: Settings, arguments: Namespace) -> int:
    """Make a backup, or read one through; the exit code."""
    if arguments.verify is not None:
        return _reported(lambda: _verify(settings, arguments.verify))
    return _reported(lambda: _make(settings, arguments))


def run_restore(settings: Settings, arguments: Namespace) -> int:
    """Put a backup back; the exit code."""
    if arguments.replace and not arguments.yes and not _is_meant(settings):
        return 1
    return _reported(lambda: _put_back(settings, arguments))


def _reported(work: Callable[[], None]) -> int:
    try:
        work()
    except (CannotStart, BackupFailed) as error:
        complain(error.problem, error.remedy)
    except Inhabited:
        complain(
            "There is an instance here already, and a restore would put the backup in its place.",
            "Name an empty data directory with --data, or say --replace.",
        )
    except OSError as error:
        complain(f"It broke off: {error}.", "Nothing is half done; run it again.")
    else:
        return 0
    return 1


def _make(settings: Settings, arguments: Namespace) -> None:
    manner = Manner(files=settings.backup.files and not arguments.no_files, pace=Pace())
    with Progress() as progress, _shown() as tell:
        made, gone = asyncio.run(back_up(settings, arguments.to, manner, progress, tell))
    files = made.manifest.files
    print(made.path)
    print(
        f"{sum(made.manifest.tables.values())} rows and {files.count} files "
        f"({made.manifest.size} bytes), read back and checked."
    )
    if not files.copied:
        print("The files themselves are not in it, only a list of them.")
    print("The keys of the instance are in it: whoever has it can be anybody. Keep it as safe.")
    for name in gone:
        print(f"{name} was the oldest and is gone.")


def _verify(settings: Settings, path: Path) -> None:
    with _shown() as tell, packing.unpacked(path, settings.data_directory) as backup:
        found = asyncio.run(check(backup, Pace(), tell))
    print(f"{path} is whole: made {found.made_at:%Y-%m-%d %H:%M} UTC by Rift {found.program}.")


def _put_back(settings: Settings, arguments: Namespace) -> None:
    path = arguments.path.absolute()
    with Progress() as progress, _shown() as tell:
        restored = asyncio.run(
            put_back(settings, path, progress, tell, may_replace=arguments.replace)
        )
    print(f"{restored.rows} rows and {restored.files} files are back in {settings.data_directory}.")
    if restored.missing:
        print(f"{restored.missing} files are not in the backup, and not in the store either.")


def _is_meant(settings: Settings) -> bool:
    if not sys.stdin.isatty():
        complain("This replaces an instance and nobody is here to be asked.", "Say --yes as well.")
        return False
    print(f"What the instance in {settings.data_directory} holds now will be gone.")
    return input("Replace it? Write yes: ").strip().lower() == "yes"


@contextmanager
def _shown() -> Iterator[Tell]:
    """A bar on a terminal; a log has the lines before and after."""
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bar(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    ) as bar:
        tasks: dict[Step, TaskID] = {}

        def tell(step: Step, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(_WORDS[step], total=total or None)
            bar.update(tasks[step], completed=done, total=total or None)

        yield tell
