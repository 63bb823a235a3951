"""Opens images of people one does not trust: by their own kind, and after a look at their size."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageCms, ImageFile, ImageOps

from rift.media.failure import Unreadable
from rift.media.kinds import Kind, Source, head_of, kind_of
from rift.media.tasks import Limits

_READERS: Final = {
    "png": "PNG",
    "apng": "PNG",
    "jpeg": "JPEG",
    "gif": "GIF",
    "webp": "WEBP",
    "avif": "AVIF",
    "bmp": "BMP",
}
"""The only readers that are ever asked; TIFF and HEIC are known by name and handed out as files."""

_MOVING: Final = frozenset({"apng", "gif", "webp", "avif"})
_ORIENTATION: Final = 0x0112
_LYING: Final = 5
"""From this orientation on, width and height change places."""

_LARGEST_PROFILE: Final = 4 * 1024 * 1024
_PLAIN_MODES: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})


class Opened(NamedTuple):
    """An image whose header was read and found to be within the limits."""

    image: ImageFile.ImageFile
    kind: Kind
    frames: int

    @property
    def orientation(self) -> int:
        found = self.image.getexif().get(_ORIENTATION, 1)
        return found if isinstance(found, int) and 1 <= found <= 8 else 1

    @property
    def displayed(self) -> tuple[int, int]:
        """Its size as people see it."""
        width, height = self.image.size
        return (height, width) if self.orientation >= _LYING else (width, height)


def can_open(kind: Kind) -> bool:
    return kind.name in _READERS


@contextmanager
def opened(source: Source, limits: Limits) -> Iterator[Opened]:
    """An image of a kind we open, of a size we take on; no pixel has been read."""
    kind = kind_of(head_of(source))
    if not can_open(kind):
        raise Unreadable(f"{kind.content_type} is not an image that is opened here")
    with Image.open(_stream(source), formats=[_READERS[kind.name]]) as image:
        width, height = image.size
        if width * height > limits.pixels:
            raise Unreadable(f"{width} x {height} are more pixels than are taken on")
        frames = getattr(image, "n_frames", 1) if kind.name in _MOVING else 1
        yield Opened(image, kind, frames)


def _stream(source: Source) -> io.BytesIO | Path:
    return io.BytesIO(source) if isinstance(source, bytes) else Path(source)


def check_film(film: Opened, limits: Limits) -> None:
    """Refuse an animation whose frames together are more than is taken on."""
    width, height = film.image.size
    too_long = film.frames > limits.frames
    if too_long or width * height * film.frames > limits.animation_pixels:
        raise Unreadable(f"{film.frames} frames of {width} x {height} are more than is taken on")


def fitted(size: tuple[int, int], width: int | None, height: int | None) -> tuple[int, int]:
    """The largest size of the same shape that fits into the box and is not larger than it was."""
    across, down = size
    scale = min(1.0, (width or across) / across, (height or down) / down)
    return max(1, round(across * scale)), max(1, round(down * scale))


def still(source: Opened, size: tuple[int, int]) -> Image.Image:
    """The frame it stands at, upright, in sRGB and of this size, with nothing else about it."""
    orientation = source.orientation
    box = (size[1], size[0]) if orientation >= _LYING else size
    source.image.draft(None, box)  # a JPEG is decoded no finer than it takes
    picture = _plain(source.image)
    if picture.size != box:
        picture = picture.resize(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = _in_srgb(picture, source.image.info.get("icc_profile"))
    turned = _turned(picture, orientation)
    turned.info = {}
    return turned


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits a channel and no palette, so that it can be scaled."""
    image.load()
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.copy() if image.mode in _PLAIN_MODES else image.convert("RGB")


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """Converted from the profile it came with; from a broken or foreign one, taken as it is."""
    mode = "RGBA" if picture.mode in {"RGBA", "LA"} else "RGB"
    if isinstance(profile, bytes) and 0 < len(profile) <= _LARGEST_PROFILE:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if getattr(given.profile, "xcolor_space", "").strip() == _space(picture.mode):
                return _converted(picture, given, mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture if picture.mode in {"L", mode} else picture.convert(mode)


def _converted(picture: Image.Image, given: ImageCms.ImageCmsProfile, mode: str) -> Image.Image:
    if "sRGB" in ImageCms.getProfileDescription(given):
        return picture
    done = ImageCms.profileToProfile(
        picture, given, ImageCms.createProfile("sRGB"), outputMode=mode
    )
    return picture if done is None else done


def _space(mode: str) -> str:
    return {"RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}.get(mode, "")


def _turned(picture: Image.Image, orientation: int) -> Image.Image:
    if orientation == 1:
        return picture
    exif = picture.getexif()
    exif[_ORIENTATION] = orientation
    return ImageOps.exif_transpose(picture)
