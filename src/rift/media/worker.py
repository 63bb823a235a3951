"""A worker process: takes one task after another from its input and writes the answers out."""

import os
import sys
from typing import BinaryIO, Final

import msgspec

from rift.media import draw, probing, renditions, widgets
from rift.media.confinement import allow_cpu, confine, give_back_memory
from rift.media.failure import Unreadable
from rift.media.tasks import (
    LENGTH_BYTES,
    READY,
    Answer,
    AvatarTask,
    PosterTask,
    PreviewTask,
    ProbeTask,
    Progress,
    Refused,
    RenderTask,
    Said,
    SanitiseTask,
    Task,
    WidgetTask,
    frame,
)

_decoder: Final[msgspec.msgpack.Decoder[Task]] = msgspec.msgpack.Decoder(Task)


class _Worker:
    """One task after the other, until there are no more."""

    def __init__(self, tasks: BinaryIO, answers: BinaryIO) -> None:
        self._tasks = tasks
        self._answers = answers

    def work(self) -> None:
        self._answers.write(READY)
        self._answers.flush()
        while (task := self._next()) is not None:
            allow_cpu(task.limits.cpu_s)
            self._say(self._answer(task))
            del task
            give_back_memory()

    def _next(self) -> Task | None:
        length = self._tasks.read(LENGTH_BYTES)
        if len(length) < LENGTH_BYTES:
            return None
        return _decoder.decode(self._tasks.read(int.from_bytes(length, "big")))

    def _say(self, message: Said) -> None:
        for part in frame(message):
            self._answers.write(part)
        self._answers.flush()

    def _answer(self, task: Task) -> Answer:
        try:
            return self._done(task)
        except Unreadable as refusal:
            return Refused(str(refusal))
        except Exception as error:  # noqa: BLE001 - readers of broken files raise anything there is
            return Refused(f"{type(error).__name__}: {error}"[:500])

    def _done(self, task: Task) -> Answer:
        match task:
            case ProbeTask():
                return probing.probe(task.source, task.limits)
            case RenderTask():
                return renditions.render(task.source, task.rendition, task.limits)
            case SanitiseTask():
                return renditions.sanitise(task.source, task.limits)
            case PosterTask():
                return probing.poster(task.source, task.rendition, task.limits)
            case PreviewTask():
                return probing.preview(task.source, task.target, task.limits, self._report)
            case AvatarTask() | WidgetTask():
                return _drawn(task)

    def _report(self, share: float) -> None:
        self._say(Progress(share))


def _drawn(task: AvatarTask | WidgetTask) -> Answer:
    if isinstance(task, AvatarTask):
        return draw.avatar(task.index, task.size)
    return widgets.widget(task.style, task.name, task.online, task.icon, task.limits)


def main() -> None:
    parent, memory_bytes = map(int, sys.argv[1:])
    confine(parent, memory_bytes)
    _Worker(*_own_streams()).work()


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Streams that no library knows: what one prints is no answer, and nothing for the log."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    return tasks, answers


if __name__ == "__main__":
    main()
