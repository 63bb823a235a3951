"""Decides which system user PostgreSQL runs as; it is never root."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

from rift.db.failure import DatabaseFailure

SYSTEM_USER: Final = "rift-postgres"
_REMEDY: Final = (
    f"Create it by hand (useradd --system --user-group --shell /usr/sbin/nologin {SYSTEM_USER}), "
    "start Rift as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
)
_ATTEMPTS: Final = 5


class Switch(TypedDict, total=False):
    """What `subprocess` needs to start a child as another user; empty when it is our own."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The system user PostgreSQL runs as."""

    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        return self.uid != os.geteuid()

    @property
    def switch(self) -> Switch:
        if not self.foreign:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        if self.foreign:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def choose_account(cluster: Path) -> Account:
    """Ourselves, or when we are root the owner of the cluster, or a system user of our own."""
    owner = cluster.stat().st_uid if cluster.is_dir() else None
    if os.geteuid() != 0:
        return _ourselves(cluster, owner)
    if owner in (None, 0) or _entry(owner) is None:
        return _system_account()
    return Account(owner, _known(owner).pw_gid)


def own_name() -> str:
    """The name under which PostgreSQL's peer authentication will know this process."""
    return _known(os.geteuid()).pw_name


def _ourselves(cluster: Path, owner: int | None) -> Account:
    if owner is not None and owner != os.geteuid():
        entry = _entry(owner)
        name = entry.pw_name if entry else str(owner)
        raise DatabaseFailure(
            f"The database in {cluster} belongs to the user {name}, not to {own_name()}.",
            f"Start Rift as the user it was created by (root, if that is {SYSTEM_USER}), "
            "or choose another data directory.",
        )
    _known(os.geteuid())
    return Account(os.geteuid(), os.getegid())


def _entry(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _known(uid: int) -> pwd.struct_passwd:
    entry = _entry(uid)
    if entry is None:
        raise DatabaseFailure(
            f"User {uid} has no name on this system, and PostgreSQL insists on one.",
            "Add the user to /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own.",
        )
    return entry


def _system_account() -> Account:
    entry = _system_entry() or _create_system_user()
    if entry.pw_uid == 0:
        raise DatabaseFailure(f"The system user {SYSTEM_USER} is root in disguise.", _REMEDY)
    return Account(entry.pw_uid, entry.pw_gid)


def _system_entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _create_system_user() -> pwd.struct_passwd:
    reason = "neither useradd nor adduser is installed"
    for attempt in range(_ATTEMPTS):
        command = _creation_command()
        if command is None:
            break
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        entry = _system_entry()  # another starter may have been quicker: look, whatever it said
        if entry is not None:
            return entry
        reason = done.stderr.strip() or f"{command[0]} ended with {done.returncode}"
        time.sleep(0.1 * 2**attempt)  # /etc/passwd is locked while somebody else edits it
    raise DatabaseFailure(
        f"PostgreSQL may not run as root, and its user {SYSTEM_USER} cannot be created: {reason}.",
        _REMEDY,
    )


def _creation_command() -> list[str] | None:
    shells = ("/usr/sbin/nologin", "/sbin/nologin")
    shell = next((path for path in shells if Path(path).exists()), "/bin/false")
    if useradd := shutil.which("useradd", path=_SYSTEM_PATH):
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        return [useradd, *options, "--shell", shell, SYSTEM_USER]
    if adduser := shutil.which("adduser", path=_SYSTEM_PATH):  # BusyBox
        return [adduser, "-S", "-D", "-H", "-h", "/nonexistent", "-s", shell, SYSTEM_USER]
    return None


_SYSTEM_PATH: Final = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
