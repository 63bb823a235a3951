"""A worker process: takes one task after another from its input and writes the answers out."""

import os
import sys
from typing import BinaryIO, Final

import msgspec

from rift.media import draw, probing, renditions
from rift.media.confinement import allow_cpu, confine
from rift.media.failure import Unreadable
from rift.media.tasks import (
    LENGTH_BYTES,
    READY,
    Answer,
    AvatarTask,
    ProbeTask,
    Refused,
    RenderTask,
    SanitiseTask,
    Task,
    frame,
)

_decoder: Final[msgspec.msgpack.Decoder[Task]] = msgspec.msgpack.Decoder(Task)


def main() -> None:
    parent, memory_bytes = map(int, sys.argv[1:])
    confine(parent, memory_bytes)
    tasks, answers = _own_streams()
    answers.write(READY)
    answers.flush()
    while (task := _next(tasks)) is not None:
        allow_cpu(task.limits.cpu_s)
        for part in frame(_answer(task)):
            answers.write(part)
        answers.flush()


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Streams that no library knows: what one prints is no answer, and nothing for the log."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    return tasks, answers


def _next(tasks: BinaryIO) -> Task | None:
    length = tasks.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    return _decoder.decode(tasks.read(int.from_bytes(length, "big")))


def _answer(task: Task) -> Answer:
    try:
        return _done(task)
    except Unreadable as refusal:
        return Refused(str(refusal))
    except Exception as error:  # noqa: BLE001 - readers of broken files raise anything there is
        return Refused(f"{type(error).__name__}: {error}"[:500])


def _done(task: Task) -> Answer:
    match task:
        case ProbeTask():
            return probing.probe(task.source, task.limits)
        case RenderTask():
            return renditions.render(task.source, task.rendition, task.limits)
        case SanitiseTask():
            return renditions.sanitise(task.source, task.limits)
        case AvatarTask():
            return draw.avatar(task.index, task.size)


if __name__ == "__main__":
    main()
