"""An animation whose frames are made one at a time, as the writer of the new file asks for them."""

from typing import Any, Final

from PIL import Image

from rift.media.images import Opened, still
from rift.media.tasks import Format

_DURATION_MS: Final = 100
"""Of a frame that does not say; browsers do the same."""

_SHORTEST_MS: Final = 20


class Film(Image.Image):
    """What Pillow's writers take for an animation, without all its frames in memory."""

    def __init__(self, source: Opened, size: tuple[int, int]) -> None:
        super().__init__()
        self._source = source
        self._skipped = int(bool(getattr(source.image, "default_image", False)))
        self.n_frames = source.frames - self._skipped
        self.is_animated = self.n_frames > 1
        self.durations_ms = [_DURATION_MS] * self.n_frames
        """Known of each frame once it was reached."""
        self.has_alpha = False
        """Whether any frame so far lets something through."""
        self._at = -1
        self._wanted = size
        self.seek(0)

    def seek(self, frame: int) -> None:
        if frame == self._at:
            return
        if not 0 <= frame < self.n_frames:
            raise EOFError("there are no more frames")
        self._source.image.seek(frame + self._skipped)
        made = still(self._source, self._wanted).convert("RGBA")
        self.durations_ms[frame] = _duration_ms(self._source.image)
        self.im, self._mode, self._size = made.im, made.mode, made.size
        self.has_alpha = self.has_alpha or _lets_through(made)
        self._at = frame

    def tell(self) -> int:
        return self._at

    def repeats(self, chosen: Format) -> dict[str, Any]:
        """How often it plays, in the words of the new format."""
        plays = self._plays()
        if chosen == "avif":
            return {}
        if chosen != "gif":
            return {"loop": plays}
        return {} if plays == 1 else {"loop": max(0, plays - 1)}

    def _plays(self) -> int:
        """How often it is played; none is for ever. A GIF counts what comes after the first."""
        loop = self._source.image.info.get("loop")
        if self._source.kind.name == "gif":
            return 1 if loop is None else (loop + 1 if loop else 0)
        return loop if isinstance(loop, int) else 0


def _lets_through(frame: Image.Image) -> bool:
    return any(frame.getchannel("A").histogram()[:255])


def _duration_ms(image: Image.Image) -> int:
    given = image.info.get("duration") or _DURATION_MS
    return max(_SHORTEST_MS, round(given))
