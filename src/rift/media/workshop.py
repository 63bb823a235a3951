"""Where files are looked into and renditions are made: by processes that may break, not by us."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from msgspec.structs import replace

from rift.media.failure import Unreadable
from rift.media.kinds import head_of, kind_of
from rift.media.lanes import Lane
from rift.media.tasks import (
    Answer,
    AvatarTask,
    Limits,
    Made,
    PosterTask,
    PreviewTask,
    Probe,
    ProbeTask,
    RenderTask,
    Rendition,
    SanitiseTask,
    Task,
    WidgetTask,
)

_OPENED: Final = frozenset({"image", "video", "audio"})
_MEMORY_BYTES: Final = 1536 * 1024 * 1024
_DEADLINE_S: Final = 30.0
_FILM_DEADLINE_S: Final = 3600.0
_FILMS_WAITING: Final = 16

A = TypeVar("A", Made, Probe)


class Workshop:
    """A bounded pool of worker processes. What it is given is a path or the bytes themselves.

    Every task ends: with its answer, with `Unreadable` if the file is broken, hostile or too
    much, or with `Busy` if too many others wait.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        workers: int = 2,
        waiting: int = 64,
        memory_bytes: int = _MEMORY_BYTES,
        idle_s: float = 60.0,
        deadline_s: float = _DEADLINE_S,
    ) -> None:
        self._limits = limits or Limits()
        self._deadline_s = deadline_s
        self._quick = Lane(
            workers=workers, waiting=waiting, memory_bytes=memory_bytes, idle_s=idle_s
        )
        self._slow = Lane(
            workers=1, waiting=_FILMS_WAITING, memory_bytes=memory_bytes, idle_s=idle_s
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End every process; who still waits is told that we are busy."""
        await asyncio.gather(self._quick.close(), self._slow.close())

    @property
    def pids(self) -> frozenset[int]:
        return self._quick.pids | self._slow.pids

    async def probe(self, source: Path | bytes, filename: str = "") -> Probe:
        """What is in a file; of one that is no media, only its kind, which costs no process."""
        kind = kind_of(await _head(source), filename)
        if kind.family not in _OPENED:
            return Probe(kind=kind.name, content_type=kind.content_type)
        path, data = _given(source)
        return await self._do(ProbeTask(path=path, data=data, limits=self._limits), Probe)

    async def render(self, source: Path | bytes, rendition: Rendition) -> Made:
        """A rendition of an image, without anything that was written in the file beside it."""
        path, data = _given(source)
        task = RenderTask(path=path, data=data, rendition=rendition, limits=self._limits)
        return await self._do(task, Made)

    async def sanitise(self, source: Path | bytes) -> Made:
        """An image somebody chose for themselves: same kind, same size, nothing but the picture."""
        path, data = _given(source)
        return await self._do(SanitiseTask(path=path, data=data, limits=self._limits), Made)

    async def poster(self, source: Path | bytes, rendition: Rendition) -> Made:
        """A picture out of a film, where films can be played (`can_play_video`)."""
        path, data = _given(source)
        task = PosterTask(path=path, data=data, rendition=rendition, limits=self._limits)
        return await self._do(task, Made)

    async def preview(
        self,
        source: Path,
        target: Path,
        progress: Callable[[float], None] | None = None,
        deadline_s: float = _FILM_DEADLINE_S,
    ) -> Probe:
        """The film as VP9 and Opus in WebM, written to the target; one at a time, at leisure.

        What is at the target after anything but an answer is of no use.
        """
        limits = replace(self._limits, cpu_s=round(deadline_s))
        task = PreviewTask(path=_given(source)[0], target=_given(target)[0], limits=limits)
        return _expected(await self._slow.do(task, deadline_s, progress), Probe)

    async def avatar(self, index: int, size: int) -> Made:
        """One of the six pictures of people who have none."""
        return await self._do(AvatarTask(index=index, size=size, limits=self._limits), Made)

    async def widget(self, style: str, name: str, online: int, icon: bytes) -> Made:
        """A guild as it shows itself on other people's pages; without an icon one is drawn."""
        task = WidgetTask(style=style, name=name, online=online, icon=icon, limits=self._limits)
        return await self._do(task, Made)

    async def _do(self, task: Task, wanted: type[A]) -> A:
        return _expected(await self._quick.do(task, self._deadline_s), wanted)


def _expected(answer: Answer, wanted: type[A]) -> A:
    if not isinstance(answer, wanted):
        raise Unreadable("the worker that read it answered something else")
    return answer


def _given(source: Path | bytes) -> tuple[str, bytes]:
    return ("", source) if isinstance(source, bytes) else (str(source.absolute()), b"")


async def _head(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return head_of(source)
    return await asyncio.to_thread(head_of, str(source))
