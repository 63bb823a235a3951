"""The cluster on disk: where its parts lie, how it is made, who may log in, its settings."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rift.db.embedded.account import Account, own_name
from rift.db.embedded.binaries import Binaries
from rift.db.embedded.process import run
from rift.db.failure import DatabaseFailure

ROLE: Final = "rift"
DATABASE: Final = "rift"
PORT: Final = 5432  # only part of the socket's name; nothing listens on TCP
SOCKET: Final = f".s.PGSQL.{PORT}"

SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": "../run",  # from the cluster, so always short enough to bind
        "unix_socket_permissions": "0700",
        "cluster_name": "rift",
        "max_connections": "400",  # up to 21 a worker, see app/building.py
        "shared_buffers": "128MB",
        "max_wal_size": "1GB",
        "wal_compression": "pglz",  # the wheel is built without lz4
        "random_page_cost": "1.1",
        "jit": "off",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "off",
        "log_destination": "stderr",
        "log_line_prefix": "%m [%p] ",
        "log_checkpoints": "off",
        # What people wrote does not belong in a log: no statements, no "Key (...) exists".
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_statement": "none",
    }
)

# Run as the bootstrap superuser before anybody can connect; nobody can log in as that one later.
_FIRST_STATEMENTS: Final = f"""\
create role {ROLE} login createdb
create database {DATABASE} owner {ROLE}
"""

_INITDB_OPTIONS: Final = (
    "--username=postgres",
    "--auth=reject",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    # Not C: trigram search would then see no letters in Chinese, Japanese and Korean text.
    "--lc-ctype=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
)

_UNFINISHED: Final = "cluster.new-"

# Linux's longest socket path is 107 bytes; macOS allows 103.
_LONGEST_SOCKET_PATH: Final = 103


@dataclass(frozen=True)
class Layout:
    """The parts of the directory. Only `cluster` and `run` belong to the database user."""

    root: Path

    @property
    def cluster(self) -> Path:
        return self.root / "cluster"

    @property
    def run(self) -> Path:
        """The socket's directory, or a link to it where the path would be too long."""
        return self.root / "run"

    @property
    def log(self) -> Path:
        return self.root / "log" / "postgres.log"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    def unfinished(self) -> list[Path]:
        return list(self.root.glob(f"{_UNFINISHED}*"))

    @property
    def socket_directory(self) -> Path:
        return self.run.readlink() if self.run.is_symlink() else self.run


def _data_argument(directory: Path, account: Account) -> str:
    """How the server is told its data directory, in which it is started.

    Root's data may lie under directories closed to the database user. `/proc/self/cwd` leads
    the server to its working directory without walking the path, so nothing has to be opened.
    """
    return "/proc/self/cwd" if account.foreign else str(directory)


def server_command(
    layout: Layout, account: Account, binaries: Binaries, overrides: Mapping[str, str]
) -> list[str]:
    settings = {**SETTINGS, **overrides}
    options = [part for name in settings for part in ("-c", f"{name}={settings[name]}")]
    return [binaries / "postgres", "-D", _data_argument(layout.cluster, account), *options]


def prepare_cluster(
    layout: Layout, account: Account, binaries: Binaries, progress: Callable[[str], None]
) -> None:
    """Makes the cluster if there is none, else checks it; either way sets who may log in."""
    if (layout.cluster / "PG_VERSION").exists():
        _check(layout, binaries)
        _take_over(layout.cluster, account)
    else:
        progress(f"Creating the database in {layout.cluster}")
        _create(layout, account, binaries)
    _write_access_rules(layout.cluster, account)


def _create(layout: Layout, account: Account, binaries: Binaries) -> None:
    """Everything happens in a directory of another name: a cluster is whole or not there."""
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=layout.root))
    account.give(fresh)
    here = _data_argument(fresh, account)
    try:
        run([binaries / "initdb", "-D", here, *_INITDB_OPTIONS], cwd=fresh, account=account)
        single = [binaries / "postgres", "--single", "-D", here, "-c", "exit_on_error=on"]
        run([*single, "postgres"], cwd=fresh, account=account, text=_FIRST_STATEMENTS)
        fresh.rename(layout.cluster)
    except OSError as error:
        raise DatabaseFailure(
            f"The new database cannot be put at {layout.cluster}: {error}.",
            "Move away what is there; it is not a database of Rift.",
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _sync(layout.root)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(layout: Layout, binaries: Binaries) -> None:
    made_by = (layout.cluster / "PG_VERSION").read_text().strip()
    if made_by != str(binaries.major):
        raise DatabaseFailure(
            f"The database in {layout.cluster} was made by PostgreSQL {made_by}; "
            f"this version of Rift brings PostgreSQL {binaries.major}.",
            "Start the version of Rift that made it, run `rift backup` there, move the data "
            "directory away, and run `rift restore` with this version.",
        )


def _take_over(cluster: Path, account: Account) -> None:
    """A cluster copied here by root, or from another machine, is handed to the database user."""
    if cluster.stat().st_uid == account.uid:
        return
    for folder, folders, files in os.walk(cluster):
        for name in (*folders, *files):
            account.give(Path(folder, name))
    account.give(cluster)


def _write_access_rules(cluster: Path, account: Account) -> None:
    """One line each: this process's user is the role; everybody else is turned away."""
    name = own_name().replace('"', '""')
    _write(cluster, "pg_hba.conf", f"local all {ROLE} peer map=rift\n", account)
    _write(cluster, "pg_ident.conf", f'rift "{name}" {ROLE}\n', account)


def _write(cluster: Path, name: str, text: str, account: Account) -> None:
    """Written as the database user: in a directory of theirs, root could be led elsewhere."""
    if (cluster / name).read_text(errors="replace") != text:
        run(
            ["/bin/sh", "-c", f"umask 077 && cat > {name}"], cwd=cluster, account=account, text=text
        )


def open_run_directory(layout: Layout, account: Account) -> Path:
    """A fresh directory for the socket that only the database user (and root) can enter."""
    close_run_directory(layout)
    directory = layout.run
    if _fits(directory):
        directory.mkdir(mode=0o700)
    else:
        directory = _short_directory()
        layout.run.symlink_to(directory)
    account.give(directory)
    return directory


def close_run_directory(layout: Layout) -> None:
    if layout.run.is_symlink():
        shutil.rmtree(layout.run.readlink(), ignore_errors=True)
        layout.run.unlink()
    elif layout.run.exists():
        shutil.rmtree(layout.run)


def _short_directory() -> Path:
    own = os.environ.get("XDG_RUNTIME_DIR") if os.geteuid() != 0 else None
    for place in (own, tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp below
        if place and Path(place).is_dir() and _fits(Path(place) / "rift-postgres-12345678"):
            return Path(tempfile.mkdtemp(prefix="rift-postgres-", dir=place))
    raise DatabaseFailure(
        "There is no directory with a path short enough for the database's socket.",
        "Set TMPDIR to a directory with a short path.",
    )


def _fits(directory: Path) -> bool:
    """Whether clients can name a socket there (asyncpg takes a comma for a list of hosts)."""
    path = str(directory / SOCKET)
    return len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH and "," not in path
