"""`python -m demo`: the sample community, seeded where it is not there yet, and served."""

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import Final

import uvloop

from demo.cast import PASSWORD, SAMPLE
from demo.community import Community
from demo.life import live
from demo.seeding import seed
from rift.app import AGAIN, CannotStart, serve, start_anew
from rift.cli.progress import Progress, complain
from rift.config import ConfigError, Settings, load

_SETTINGS: Final = {
    "instance.name": "Rift, a sample",
    "auth.session_days": "3650",
    "previews.enabled": "off",
}


class Opening(Progress):
    """Says where the server is, also to those who are to live in it."""

    def __init__(self) -> None:
        super().__init__()
        self.url: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def ready(self, url: str, owner_link: str | None = None) -> None:
        print(f"Log in as {SAMPLE} with the password: {PASSWORD}")
        super().ready(url, owner_link)
        self.url.set_result(url)


def main() -> int:
    given = _arguments()
    overrides = {"server.host": given.host, "server.port": given.port, "data.directory": given.data}
    try:
        settings = load(None, os.environ, {**_SETTINGS, **overrides})
        code = uvloop.run(_run(settings, still=given.still))
    except ConfigError as error:
        for fault in error.faults:
            complain(str(fault))
    except CannotStart as error:
        complain(error.problem, error.remedy)
    except KeyboardInterrupt:
        complain("It was left half done.", f"Remove {given.data} to begin anew.")
    else:
        return start_anew() if code == AGAIN else code
    return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="demo", description="A lively sample community.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8080")
    parser.add_argument("--data", default="demo-data", help="its data directory")
    parser.add_argument("--still", action="store_true", help="nobody writes, types or reacts")
    return parser.parse_args()


async def _run(settings: Settings, *, still: bool) -> int:
    with Opening() as opening:
        community = await _community(settings, opening)
        async with asyncio.TaskGroup() as tasks:
            living = tasks.create_task(_live(opening, community, still=still))
            code = await serve(settings, opening)
            living.cancel()
    return code


async def _community(settings: Settings, opening: Opening) -> Community:
    directory: Path = settings.data_directory
    kept = Community.kept(directory)
    if kept is not None:
        return kept
    if (directory / "postgres").exists():
        raise CannotStart(
            f"{directory} holds something else, or a sample that was left half done.",
            "Remove it to begin anew, or choose another directory with --data.",
        )
    return await seed(settings, opening)


async def _live(opening: Opening, community: Community, *, still: bool) -> None:
    await live(await opening.url, community, still=still)


if __name__ == "__main__":
    sys.exit(main())
