"""The file with the instance's keys: made once, readable by nobody else."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec import structs

from rift.app.failure import CannotStart
from rift.config import Settings
from rift.core.accounts.keys import IdentityKey, Key, Keyring

_NAME: Final = "keys.json"
_OTHERS: Final = 0o077


def open_keyring(settings: Settings) -> Keyring:
    """The keys in the data directory; `auth.jwt_secret` takes the place of those that sign."""
    path = settings.data_directory / _NAME
    try:
        keyring = _completed(path, _read(path) or _make(path))
    except OSError as error:
        raise CannotStart(
            f"The keys in {path} cannot be used: {error.strerror}.",
            "Let this user read the file, or choose another data directory with --data.",
        ) from error
    if settings.auth.jwt_secret:
        chosen = Key.from_text(settings.auth.jwt_secret)
        return structs.replace(keyring, signing=(chosen,))
    return keyring


def _read(path: Path) -> Keyring | None:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & _OTHERS:
                raise CannotStart(
                    f"Others may read the keys in {path}.",
                    f"Run `chmod 600 {path}`; if somebody did read them, delete the file: second "
                    "factors are then set up anew.",
                )
            return msgspec.json.decode(file.read(), type=Keyring)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise CannotStart(
            f"The keys in {path} are damaged: {error}.",
            "Put the file back from a copy. Without one, delete it: second factors are then set "
            "up anew.",
        ) from error


def _make(path: Path) -> Keyring:
    """Several processes may start at once: whoever comes first decides for all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _drafted(path, Keyring.new()) as draft, suppress(FileExistsError):
        os.link(draft, path)
    kept = _read(path)
    if kept is None:
        raise FileNotFoundError(2, "No such file or directory")
    return kept


def _completed(path: Path, keyring: Keyring) -> Keyring:
    """A file from before there were identity keys gets one; here too the first decides."""
    if keyring.identity:
        return keyring
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        kept = _read(path) or keyring
        if not kept.identity:
            kept = structs.replace(kept, identity=(IdentityKey.new(),))
            with _drafted(path, kept) as draft:
                draft.replace(path)
        return kept
    finally:
        os.close(directory)


@contextmanager
def _drafted(path: Path, keyring: Keyring) -> Iterator[Path]:
    """The whole file beside its place, to be put there in one step."""
    draft = path.with_name(f"{_NAME}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(keyring) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
