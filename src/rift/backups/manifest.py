"""What a backup says of itself, and the list of its files."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta, Struct

from rift.backups.failure import BackupFailed, Damaged
from rift.files.durable import sync_folder, write_all

FORMAT: Final = 1
DATABASE: Final = "database.dump"
FILES: Final = "files"
LISTING: Final = "files.jsonl"
PRIVATE: Final = ("keys.json", "rift.toml")
"""What lies beside the database and the files and is not to be lost, nor to be read by others."""

_MANIFEST: Final = "manifest.json"
_SEAL: Final = "manifest.sha256"
_CHECKED: Final = "checked.json"
OWN: Final = frozenset({_MANIFEST, _SEAL, _CHECKED})
_NAME: Final = re.compile(r"rift-\d{8}-\d{6}(-\d{1,3})?")
_PIECE: Final = 1024 * 1024
_PRIVATE_FILE: Final = 0o600

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of the backup, by what it must be."""

    size: int
    sha256: Digest


class Entry(Struct, frozen=True, kw_only=True):
    """A file of the instance; without a digest where only its name was kept."""

    key: str
    size: int
    sha256: Digest | None = None


class Files(Struct, frozen=True, kw_only=True):
    count: int
    size: int
    copied: bool
    """Whether they are here, and not only a list of them."""
    store: str
    listing: Part


class Manifest(Struct, frozen=True, kw_only=True):
    """`tables` tells how many rows each has, `schema` the newest migration."""

    format: int
    program: str
    schema: int
    server: str
    made_at: datetime
    database: Part
    tables: Mapping[str, int]
    files: Files
    private: Mapping[str, Part]

    @property
    def size(self) -> int:
        """Bytes of all of it, as if it shared nothing with other backups."""
        copied = self.files.size if self.files.copied else 0
        return self.database.size + self.files.listing.size + copied


class Checked(Struct, frozen=True, kw_only=True):
    """When somebody looked at every byte last, and what was wrong then."""

    at: datetime
    problem: str | None = None


class Sealed(NamedTuple):
    size: int
    sha256: str


def is_name(text: str) -> bool:
    """Whether a directory may be called so that is a backup."""
    return _NAME.fullmatch(text) is not None


def name_of(moment: datetime) -> str:
    return f"rift-{moment:%Y%m%d-%H%M%S}"


def read(backup: Path) -> Manifest:
    """What a backup says of itself, if it says what was written."""
    try:
        text, seal = (backup / _MANIFEST).read_bytes(), (backup / _SEAL).read_text().strip()
    except FileNotFoundError as error:
        raise BackupFailed(
            f"{backup} is no backup of Rift: it has no {Path(str(error.filename)).name}.",
            "Give the directory that holds it.",
        ) from error
    except (NotADirectoryError, UnicodeDecodeError) as error:
        raise BackupFailed(f"{backup} is no backup of Rift.") from error
    if hashlib.sha256(text).hexdigest() != seal:
        raise Damaged(f"{_MANIFEST} is not what was written.", "Take another backup.")
    return _decoded(text)


def write(backup: Path, manifest: Manifest) -> None:
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    write_private(backup / _MANIFEST, text)
    write_private(backup / _SEAL, f"{hashlib.sha256(text).hexdigest()}\n".encode())


def checked(backup: Path) -> Checked | None:
    """What the last look at it found."""
    try:
        return msgspec.json.decode((backup / _CHECKED).read_bytes(), type=Checked)
    except (OSError, msgspec.MsgspecError):
        return None


def forget_check(backup: Path) -> None:
    """What somebody else found says nothing of what is here."""
    (backup / _CHECKED).unlink(missing_ok=True)


def note_check(backup: Path, check: Checked) -> None:
    put_private(backup / _CHECKED, msgspec.json.encode(check))


def entries(backup: Path) -> Iterator[Entry]:
    """The list of files, in the order of their keys, a line at a time."""
    decoder = msgspec.json.Decoder(Entry)
    with (backup / LISTING).open("rb") as listing:
        for line in listing:
            yield decoder.decode(line)


def write_private(path: Path, content: bytes) -> None:
    """A new file for our eyes only, durable when this returns."""
    with new_file(path) as descriptor:
        write_all(descriptor, content)


def put_private(path: Path, content: bytes) -> None:
    """Such a file in the place of another; what was there or what is to be, never half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    write_private(draft, content)
    draft.replace(path)
    sync_folder(path.parent)


@contextmanager
def new_file(path: Path) -> Iterator[int]:
    """A new file to be written to; it is durable when this is left in peace."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, _PRIVATE_FILE)
    try:
        yield descriptor
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sealed(path: Path) -> Sealed:
    """How long a file is and what it hashes to, as the disk has it."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        # What nobody reads again soon is not to push out what many read all the time.
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := os.read(descriptor, _PIECE):
            digest.update(piece)
            size += len(piece)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
    return Sealed(size, digest.hexdigest())


def part(path: Path) -> Part:
    size, digest = sealed(path)
    return Part(size=size, sha256=digest)


def _decoded(text: bytes) -> Manifest:
    found = msgspec.json.decode(text, type=_Format)
    if found.format != FORMAT:
        raise BackupFailed(
            f"This backup is of format {found.format}, and this Rift reads {FORMAT}.",
            "Use the version of Rift that made it, or a newer one.",
        )
    return msgspec.json.decode(text, type=Manifest)


class _Format(Struct, frozen=True):
    format: int
