"""Draws the pictures by which a guild shows itself on other people's pages."""

import io
import unicodedata
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from rift.media.colours import Rgb, oklch
from rift.media.draw import picture as strata
from rift.media.renditions import encode
from rift.media.tasks import Limits, Made, Rendition

_SCALE: Final = 2
"""Drawn twice as large, for screens with fine pixels; pages show it at half the size."""
_PAPER: Final = oklch(0.27, 0.02, 285)
_FOOT: Final = oklch(0.22, 0.02, 285)
_INK: Final = oklch(0.97, 0.005, 285)
_FAINT: Final = oklch(0.78, 0.02, 285)
_LIVE: Final = oklch(0.72, 0.17, 150)
_BUTTON: Final = oklch(0.5, 0.14, 285)
_MARK: Final = 2
_ROUND: Final = 4

Box = tuple[float, float, float, float]


class _Sheet:
    """A picture of so many units, with what all styles draw alike."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), _PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def fill(self, box: Box, colour: Rgb, radius: float = 0) -> None:
        self._draw.rounded_rectangle(_scaled(box), radius * _SCALE, fill=colour)

    def dot(self, x: float, y: float) -> None:
        self._draw.ellipse(_scaled((x - 3, y - 3, x + 3, y + 3)), fill=_LIVE)

    def write(
        self, x: float, y: float, text: str, size: int, colour: Rgb = _INK, *, most: float = 1000
    ) -> None:
        """One line, its middle at this height, cut off where there is no more room."""
        font = ImageFont.load_default(size * _SCALE)
        words = _readable(text)
        while words and self._draw.textlength(words, font) > most * _SCALE:
            words = words.removesuffix("...")[:-1].rstrip() + "..."
            if words == "...":
                break
        self._draw.text((x * _SCALE, y * _SCALE), words, fill=colour, font=font, anchor="lm")

    def paste(self, shown: Image.Image, x: float, y: float, side: int) -> None:
        """A picture with rounded corners."""
        whole = side * _SCALE
        mask = Image.new("L", (whole, whole), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, whole, whole), whole // 5, fill=255)
        fitted = shown.convert("RGB").resize((whole, whole), Image.Resampling.LANCZOS)
        self._image.paste(fitted, (round(x * _SCALE), round(y * _SCALE)), mask)

    def made(self) -> Made:
        return encode(self._image, Rendition(format="png"))


def widget(style: str, name: str, online: int, icon: bytes, limits: Limits) -> Made:
    """A guild's picture in one of the styles."""
    sheet, draw = _STYLES[style]
    made = _Sheet(*sheet)
    draw(made, name, f"{online} online", _icon(icon, limits))
    return made.made()


def _shield(sheet: _Sheet, _name: str, online: str, _icon: Image.Image) -> None:
    sheet.paste(strata(_MARK, 32), 3, 3, 14)
    sheet.fill((20, 0, sheet.width, sheet.height), _BUTTON)
    sheet.write(28, 10, online, 11, most=sheet.width - 34)


def _powered(sheet: _Sheet, name: str, online: str, icon: Image.Image) -> None:
    _head(sheet, name, online, icon, sheet.width)
    sheet.fill((0, 64, sheet.width, sheet.height), _FOOT)
    sheet.write(12, 74, "Powered by Rift", 10, _FAINT)


def _split(sheet: _Sheet, name: str, online: str, icon: Image.Image) -> None:
    _head(sheet, name, online, icon, sheet.width - 64)
    sheet.fill((sheet.width - 64, 0, sheet.width, sheet.height), _BUTTON)
    sheet.paste(strata(_MARK, 64), sheet.width - 48, 16, 32)


def _inviting(sheet: _Sheet, name: str, online: str, icon: Image.Image) -> None:
    _head(sheet, name, online, icon, sheet.width)
    sheet.fill((0, 64, sheet.width, sheet.height), _FOOT)
    sheet.paste(strata(_MARK, 64), 12, 72, 24)
    sheet.fill((sheet.width - 92, 70, sheet.width - 12, 98), _BUTTON, _ROUND)
    sheet.write(sheet.width - 79, 84, "Chat now", 12)


def _tall(sheet: _Sheet, name: str, online: str, icon: Image.Image) -> None:
    sheet.fill((0, 0, sheet.width, 64), _FOOT)
    sheet.paste(strata(_MARK, 96), sheet.width / 2 - 20, 12, 40)
    _head(sheet, name, online, icon, sheet.width, top=64)
    sheet.fill((12, 134, sheet.width - 12, 168), _BUTTON, _ROUND)
    sheet.write(sheet.width / 2 - 48, 151, "Join my server", 14)


def _head(
    sheet: _Sheet, name: str, online: str, icon: Image.Image, width: float, top: float = 0
) -> None:
    """The icon, the name and how many are there."""
    sheet.paste(icon, 12, top + 12, 40)
    sheet.write(64, top + 23, name, 16, most=width - 76)
    sheet.dot(68, top + 43)
    sheet.write(76, top + 43, online, 12, _FAINT, most=width - 88)


_STYLES: Final[
    dict[str, tuple[tuple[int, int], Callable[[_Sheet, str, str, Image.Image], None]]]
] = {
    "shield": ((120, 20), _shield),
    "banner1": ((320, 84), _powered),
    "banner2": ((320, 64), _split),
    "banner3": ((320, 104), _inviting),
    "banner4": ((320, 180), _tall),
}


def _icon(data: bytes, limits: Limits) -> Image.Image:
    """The guild's own, or one that is drawn."""
    if data:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height <= limits.pixels:
                return opened.convert("RGB")
    return strata(0, 96)


def _readable(text: str) -> str:
    """As far as the letters are ones that the font has."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(letter for letter in plain if " " <= letter <= "~").split())


def _scaled(box: Box) -> Box:
    left, top, right, bottom = (side * _SCALE for side in box)
    return (left, top, right - 1, bottom - 1)
