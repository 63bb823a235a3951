"""Compiles the C parts and installs the Node peer, where they are missing or old."""

import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
BUILD: Final = HERE / "build"
LOAD: Final = BUILD / "load"
EPOLL_FANOUT: Final = BUILD / "epoll_fanout"
_COMPILER: Final = (
    "gcc", "-std=gnu11", "-O3", "-march=native", "-Wall", "-Wextra", "-Werror",
    "-Wno-missing-field-initializers",
)  # fmt: skip


def build() -> None:
    BUILD.mkdir(exist_ok=True)
    _compile(LOAD, sorted((HERE / "load").glob("*.c")), "-lz")
    _compile(EPOLL_FANOUT, [HERE / "peers" / "epoll_fanout.c"])
    if not (HERE / "node_modules" / "ws").exists():
        subprocess.run(["npm", "ci", "--no-fund", "--no-audit"], cwd=HERE, check=True)


def _compile(target: Path, sources: list[Path], *libraries: str) -> None:
    newest = max(source.stat().st_mtime for source in (*sources, *sources[0].parent.glob("*.h")))
    if target.exists() and target.stat().st_mtime > newest:
        return
    subprocess.run([*_COMPILER, "-o", target, *sources, *libraries], check=True)
