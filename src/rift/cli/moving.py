"""`rift files move`: from the disk to a bucket of S3, or back."""

import asyncio

from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from rift.cli.progress import complain
from rift.config import Settings
from rift.files import StoreDown, open_store
from rift.files.moving import Moved, move, total

_OTHER = {"disk": "s3", "s3": "disk"}


def run_move(settings: Settings, to: str) -> int:
    """Copy everything, or go on where it was broken off; the exit code."""
    if to == "disk" and not settings.files.s3_bucket:
        complain("files.s3_bucket names no bucket.", "Give it with --set files.s3_bucket=NAME.")
        return 2
    moved = None
    try:
        moved = asyncio.run(_moved(settings, to))
    except* StoreDown as group:
        complain(f"The move broke off: {group.exceptions[0]}.", "Run the same again to go on.")
    if moved is None:
        return 1
    _tell(settings, to, moved)
    return 0


async def _moved(settings: Settings, to: str) -> Moved:
    source = await open_store(_keeping(settings, _OTHER[to]))
    target = await open_store(_keeping(settings, to))
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("files", total=await total(source))
        return await move(source, target, lambda *_: bar.advance(task))


def _keeping(settings: Settings, store: str) -> Settings:
    """The same settings, with the files in that place."""
    return replace(settings, files=replace(settings.files, store=store))


def _tell(settings: Settings, to: str, moved: Moved) -> None:
    print(f"{moved.files} files ({moved.size} bytes) are there, {moved.copied} copied just now.")
    if settings.files.store != to:
        print(f'To use them: stop the server, run this again, set files.store = "{to}", start it.')
        print("The old copies stay where they are; delete them once all is well.")
