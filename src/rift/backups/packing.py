"""A backup as one file to be carried elsewhere: a plain tar, written and read as it flows."""

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from rift.backups import manifest
from rift.backups.failure import BackupFailed, Damaged
from rift.backups.manifest import DATABASE, FILES, LISTING
from rift.files.durable import make_folder
from rift.files.store import checked

_PIECE: Final = 256 * 1024
_UNPACKING: Final = ".unpacking"
_PRIVATE: Final = 0o700
_END: Final = bytes(2 * tarfile.BLOCKSIZE)


def packed(backup: Path) -> Iterator[bytes]:
    """The pieces of the tar."""
    for path in _members(backup):
        info = _header(backup, path)
        yield info.tobuf(tarfile.PAX_FORMAT)
        yield from _content(path, info.size)
    yield _END


def packed_size(backup: Path) -> int:
    """How long it is going to be."""
    return len(_END) + sum(
        len(info.tobuf(tarfile.PAX_FORMAT)) + _padded(info.size)
        for info in (_header(backup, path) for path in _members(backup))
    )


@contextmanager
def unpacked(path: Path, beside: Path) -> Iterator[Path]:
    """The directory of a backup, which a tar becomes for a while."""
    if path.is_dir() or not path.exists():
        yield path
        return
    room = beside / _UNPACKING
    shutil.rmtree(room, ignore_errors=True)
    try:
        with path.open("rb") as source:
            yield unpack(source, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def unpack(source: IO[bytes], room: Path) -> Path:
    """Put what is in a tar into a new directory; nothing but the files a backup has."""
    room.mkdir(_PRIVATE)
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for member in archive:
                _take_out(archive, member, room)
    except tarfile.TarError as error:
        raise BackupFailed("This file is no backup of Rift, or not all of it is here.") from error
    return room


def _members(backup: Path) -> Iterator[Path]:
    yield from sorted(path for path in backup.iterdir() if path.is_file() and path.name[0] != ".")
    for folder, folders, names in os.walk(backup / FILES):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names))


def _header(backup: Path, path: Path) -> tarfile.TarInfo:
    stat = path.stat()
    info = tarfile.TarInfo(f"{backup.name}/{path.relative_to(backup).as_posix()}")
    info.size, info.mtime, info.mode = stat.st_size, int(stat.st_mtime), 0o600
    return info


def _content(path: Path, size: int) -> Iterator[bytes]:
    left = size
    with path.open("rb") as file:
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
    if left:
        raise Damaged(f"{path.name} became shorter.")
    yield bytes(_padded(size) - size)


def _padded(size: int) -> int:
    return -(-size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE


def _take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, room: Path) -> None:
    if member.isdir():
        return
    name = member.name.removeprefix("./").partition("/")[2]
    content = archive.extractfile(member) if member.isreg() and _is_ours(name) else None
    if content is None:
        raise BackupFailed(f"This file is no backup of Rift: it has {member.name}.")
    target = room / name
    make_folder(target.parent)
    with manifest.new_file(target) as descriptor, os.fdopen(descriptor, "wb", closefd=False) as out:
        shutil.copyfileobj(content, out, _PIECE)


def _is_ours(name: str) -> bool:
    """Whether a backup has a file of that name, and none that leads elsewhere."""
    folder, _, key = name.partition("/")
    if key:
        return folder == FILES and _is_key(key)
    return name in {*manifest.OWN, *manifest.PRIVATE, DATABASE, LISTING}


def _is_key(text: str) -> bool:
    try:
        return checked(text) == text
    except ValueError:
        return False
