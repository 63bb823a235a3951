"""What an uploaded file has to be to become a sticker."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from rift import errors
from rift.core.pictures import uris
from rift.core.stickers import lottie
from rift.core.unit import Unit
from rift.wire.stickers import StickerFormat

_FORMATS: Final[Mapping[str, StickerFormat]] = {
    "png": StickerFormat.PNG,
    "apng": StickerFormat.APNG,
    "gif": StickerFormat.GIF,
}


class Drawn(NamedTuple):
    data: bytes
    format: StickerFormat


async def drawn(unit: Unit, file: bytes) -> Drawn:
    """The file as it is to be kept; larger than 320 by 320 none is shown."""
    most = unit.settings.limits.sticker_bytes
    if len(file) > most:
        raise uris.too_large("file", most)
    if lottie.is_lottie(file):
        return Drawn(lottie.checked(file), StickerFormat.LOTTIE)
    made = await uris.drawn(unit, file, "file", _FORMATS)
    if max(made.width, made.height) > lottie.SIDE:
        raise errors.InvalidFile(f"A sticker is at most {lottie.SIDE}x{lottie.SIDE} pixels large.")
    return Drawn(made.data, _FORMATS[made.kind])
