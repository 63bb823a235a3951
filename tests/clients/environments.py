"""Each client library in an environment of its own, by its lock file, kept between runs."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
CACHE: Final = ROOT / ".cache" / "clients"
UV: Final = Path(sys.executable).with_name("uv")
_INSTALL_S: Final = 300


@dataclass(frozen=True)
class Library:
    """A client library at one version, and the program that uses it."""

    name: str
    version: str
    program: str

    @property
    def home(self) -> Path:
        """Those of npm are in one, by one lock file."""
        own = f"{self.name}-{self.version}"
        return CACHE / ("npm" if self.program.endswith(".mjs") else own)

    def command(self) -> list[str]:
        """What starts the bot; installs the library first if need be."""
        return _with_npm(self) if self.program.endswith(".mjs") else _with_pip(self)


LIBRARIES: Final = (
    Library("discord.py", "2.7.1", "discordpy_bot.py"),
    Library("disnake", "2.12.2", "disnake_bot.py"),
    Library("hikari", "2.7.0", "hikari_bot.py"),
    Library("discord.js", "14.28.1", "discordjs_bot.mjs"),
    Library("py-cord", "2.8.1", "pycord_bot.py"),
    Library("oceanic.js", "1.15.0", "oceanic_bot.mjs"),
)
LACKING: Final[Mapping[tuple[str, str], str]] = {
    ("hikari", "test_it_makes_sounds"): "it has none",
    ("hikari", "test_it_hears_what_is_played_and_thrown"): "it has none",
}
"""Which library is not put through which scenario, and why."""

# A person's client; the others are bots'.
PERSONAL: Final = Library("discord.py-self", "2.1.0", "discordpyself_person.py")
# A whole bot, as communities run it, instead of a library.
RED: Final = Library("Red-DiscordBot", "3.5.24", "red_bot.py")
# Those with the bot of family.py.
FAMILY: Final = tuple(it for it in LIBRARIES if it.name in {"discord.py", "disnake", "py-cord"})


def _with_pip(library: Library) -> list[str]:
    lock = HERE / "requirements" / f"{library.name}-{library.version}.txt"
    python = library.home / "bin" / "python"

    def install() -> None:
        _run(sys.executable, "-m", "venv", "--without-pip", "--clear", library.home)
        _run(UV, "pip", "sync", "--quiet", "--python", python, "--require-hashes", lock)

    _install_once(library.home, lock.read_bytes(), install)
    return [str(python), str(HERE / library.program)]


def _with_npm(library: Library) -> list[str]:
    source = HERE / "js"
    manifest = [source / name for name in ("package.json", "package-lock.json", ".npmrc")]

    def install() -> None:
        for path in manifest:
            shutil.copy(path, library.home)
        quietly = ("--ignore-scripts", "--omit=optional", "--loglevel=error")
        _run("npm", "--prefix", library.home, "ci", *quietly)

    _install_once(library.home, b"".join(path.read_bytes() for path in manifest), install)
    with _alone(library.home):
        for program in source.glob("*.mjs"):
            _put(program, library.home / program.name)
    return ["node", str(library.home / library.program)]


def _put(program: Path, place: Path) -> None:
    """Where Node looks for packages: beside them. Others may be reading what is there."""
    if not place.exists() or place.read_bytes() != program.read_bytes():
        shutil.copy(program, place)


def _install_once(home: Path, wanted: bytes, install: Callable[[], None]) -> None:
    """Whoever comes first installs; a new lock file makes a new environment."""
    stamp, digest = home / "installed", hashlib.sha256(wanted).hexdigest()
    with _alone(home):
        if stamp.exists() and stamp.read_text() == digest:
            return
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        install()
        stamp.write_text(digest)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    CACHE.mkdir(parents=True, exist_ok=True)
    with home.with_name(f"{home.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_INSTALL_S)
    if done.returncode:
        words = " ".join(map(str, command))
        raise RuntimeError(f"{words} failed:\n{done.stdout}{done.stderr}")
