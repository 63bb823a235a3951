"""Makes a film that every browser plays of one that not all do: VP9 and Opus in WebM."""

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import BlockingIOError as NotYet
from av.error import EOFError as Ended
from av.error import InvalidDataError
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from rift.media.failure import Unreadable
from rift.media.images import fitted
from rift.media.kinds import Source, head_of, kind_of
from rift.media.playing import duration_s, picture_stream, played
from rift.media.tasks import Limits

_BOX: Final = (1280, 720)
_MOST_FRAMES_S: Final = 60
_USUAL_FRAMES_S: Final = 30
_SOUND_RATE: Final = 48_000
_SOUND_BITS: Final = 96_000
_CLOCK: Final = Fraction(1, 90_000)
_REPORT_S: Final = 0.5
_TURNS: Final = {
    90: (("transpose", "cclock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "clock"),),
}
_OPTIONS: Final = {"deadline": "realtime", "cpu-used": "6", "crf": "33", "b": "0"}

Report = Callable[[float], None]


def preview(source: Source, target: str, limits: Limits, report: Report) -> None:
    """Written to the target from beginning to end; `report` hears the share that is done."""
    kind = kind_of(head_of(source))
    with played(kind, source) as given, av.open(target, "w", format="webm") as made:
        film = picture_stream(given, limits)
        if film is None:
            raise Unreadable("there is no picture in it")
        _Copy(given, made, film, report).run()


class _Copy:
    """One film on its way into another."""

    def __init__(
        self, given: InputContainer, made: OutputContainer, film: VideoStream, report: Report
    ) -> None:
        self._given = given
        self._made = made
        self._film = film
        self._sound = given.streams.audio[0] if given.streams.audio else None
        self._size, self._graph = _way(film, _turn(given, film))
        self._new_film = self._film_stream()
        self._new_sound = self._sound_stream() if self._sound else None
        self._length_s = duration_s(given) or 0.0
        self._report = report
        self._reported = 0.0

    def run(self) -> None:
        wanted = [stream for stream in (self._film, self._sound) if stream is not None]
        for packet in self._given.demux(wanted):
            try:
                frames = packet.decode()
            except InvalidDataError:
                continue  # a hole in a film is no reason not to show the rest
            for frame in frames:
                if isinstance(frame, VideoFrame):
                    self._show(frame)
                elif isinstance(frame, AudioFrame) and self._new_sound is not None:
                    self._made.mux(self._new_sound.encode(frame))
        self._show(None)
        self._made.mux(self._new_film.encode(None))
        if self._new_sound is not None:
            self._made.mux(self._new_sound.encode(None))

    def _show(self, frame: VideoFrame | None) -> None:
        """Turned and made smaller; what the way holds back comes with the next or at the end."""
        self._graph.vpush(frame)
        while True:
            try:
                ready = self._graph.vpull()
            except (NotYet, Ended):
                break
            ready.pict_type = 0
            self._made.mux(self._new_film.encode(ready))
        self._tell(frame)

    def _tell(self, frame: VideoFrame | None) -> None:
        """The first picture at once, so that it is seen that work has begun; then now and then."""
        now = time.monotonic()
        if frame is None or not frame.time or not self._length_s:
            return
        if now - self._reported > _REPORT_S:
            self._reported = now
            self._report(min(1.0, frame.time / self._length_s))

    def _film_stream(self) -> VideoStream:
        rate = min(self._film.average_rate or _USUAL_FRAMES_S, _MOST_FRAMES_S)
        stream = self._made.add_stream("libvpx-vp9", rate=Fraction(rate), options=_OPTIONS)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = _CLOCK
        return stream

    def _sound_stream(self) -> AudioStream:
        stream = self._made.add_stream("libopus", rate=_SOUND_RATE)
        stream.bit_rate = _SOUND_BITS
        stream.layout = "stereo"
        return stream


def _turn(given: InputContainer, film: VideoStream) -> int:
    """By how much its pictures are to be turned, as the first of them says."""
    first = next(given.decode(film), None)
    if first is None:
        raise Unreadable("there is no picture in it that can be decoded")
    given.seek(0)
    return first.rotation % 360


def _way(film: VideoStream, turn: int) -> tuple[tuple[int, int], Graph]:
    """What every frame goes through, and the even sides it has at the end of it."""
    context = film.codec_context
    width, height = context.width, context.height
    shown = (height, width) if turn in {90, 270} else (width, height)
    box = _BOX if shown[0] >= shown[1] else _BOX[::-1]
    size = (max(2, side // 2 * 2) for side in fitted(shown, *box))
    across, down = size
    graph = Graph()
    graph.threads = 1
    steps = [
        *_TURNS.get(turn, ()),
        ("scale", f"{across}:{down}"),
        ("format", "yuv420p"),
        *((("fps", str(_MOST_FRAMES_S)),) if _is_too_fast(film) else ()),
        ("buffersink", ""),
    ]
    nodes = [graph.add_buffer(template=film), *(graph.add(name, args) for name, args in steps)]
    graph.link_nodes(*nodes).configure()
    return (across, down), graph


def _is_too_fast(film: VideoStream) -> bool:
    return film.average_rate is not None and film.average_rate > _MOST_FRAMES_S
