"""`rift export`: a guild or an account as a folder of JSON and files."""

import asyncio
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from rift.app import CannotStart, visiting
from rift.cli.progress import Progress, complain
from rift.config import Settings
from rift.core.exports import accounts, guilds
from rift.core.exports.assets import Assets
from rift.core.exports.channels import Place
from rift.core.exports.folder import Folder, NotThisExport
from rift.core.house import House
from rift.errors import Refusal
from rift.files import StoreDown
from rift.snowflake import Snowflake
from rift.world import Picture


def run_export(settings: Settings, arguments: Namespace) -> int:
    """Write it down, or go on where it was broken off; the exit code."""
    root = arguments.to or Path(f"export-{arguments.name}")
    try:
        with Progress() as progress:
            folder, assets = asyncio.run(_exported(settings, arguments, root, progress))
    except CannotStart as error:
        complain(error.problem, error.remedy)
    except NotThisExport as error:
        complain(str(error))
    except Refusal as error:
        complain(f"There is no {arguments.kind} {arguments.name}: {error.message}.")
    except (OSError, StoreDown) as error:
        complain(f"The export broke off: {error}.", "Run the same again to go on.")
    else:
        _tell(folder, assets)
        return 0
    return 1


async def _exported(
    settings: Settings, arguments: Namespace, root: Path, progress: Progress
) -> tuple[Folder, Assets]:
    async with visiting(settings, progress) as house:
        found: Picture | Snowflake
        if arguments.kind == "guild":
            found = await guilds.guild(house, arguments.name)
            places = await guilds.places(house, found)
        else:
            found = await accounts.account(house, arguments.name)
            places = await accounts.places(house, found)
        folder = await _folder(house, arguments, root)
        assets = Assets(folder, house.links, None if arguments.no_files else house.files)
        with _bar() as bar:
            await _write(house, folder, assets, found, _Shown(bar, folder, places))
        folder.state.whole = True
        await folder.save()
        return folder, assets


async def _folder(house: House, arguments: Namespace, root: Path) -> Folder:
    of = f"{arguments.kind} {arguments.name}"
    return await Folder.open(root, of, house.clock().isoformat())


async def _write(
    house: House, folder: Folder, assets: Assets, found: Picture | Snowflake, shown: "_Shown"
) -> None:
    if isinstance(found, Picture):
        await guilds.write(house, folder, assets, found, shown.tick)
    else:
        await accounts.write(house, folder, assets, found, shown.tick)


class _Shown:
    """The bar of all messages there are, those of an earlier try counted."""

    def __init__(self, bar: Bar, folder: Folder, places: Mapping[str, tuple[Place, int]]) -> None:
        total = sum(count for _, count in places.values())
        before = [folder.reached(place.file) for place, _ in places.values()]
        done = sum(reached.count for reached in before if reached)
        self._bar = bar
        self._task = bar.add_task("messages", total=total, completed=done)

    async def tick(self, count: int) -> None:
        self._bar.advance(self._task, count)


def _bar() -> Bar:
    return Bar(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )


def _tell(folder: Folder, assets: Assets) -> None:
    listings = [one for name, one in folder.state.listings.items() if name.startswith("channels/")]
    messages = sum(one.count for one in listings)
    print(f"{messages} messages of {len(listings)} channels are in {folder.root}.")
    if assets.missing:
        print(f"{assets.missing} files could not be found any more.")
