"""The pictures of the sample community, all drawn here: avatars, icons, emojis and photographs."""

import base64
import colorsys
import io
import math
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
_LARGE: Final = 4
"""So many times larger everything small is drawn, to be made smooth."""


def uri(image: Image.Image) -> str:
    """As forms take pictures."""
    return f"data:image/png;base64,{base64.b64encode(_encoded(image, 'PNG')).decode()}"


def photograph(kind: str, seed: int) -> tuple[str, bytes]:
    """The name and the bytes of a picture of one of the kinds there are."""
    image = _KINDS[kind](Random(seed))
    return f"{kind}-{seed % 1000:03}.jpg", _encoded(image, "JPEG")


def avatar(hue: int, seed: str) -> Image.Image:
    """A face of circles, or a pattern of rings and bars."""
    rng = Random(seed)
    size = 128 * _LARGE
    image = Image.new("RGB", (size, size), _shade(hue, 0.55, 0.35))
    pen = ImageDraw.Draw(image)
    for _ in range(5):
        tint = _shade(hue + rng.randint(-40, 40), 0.6, rng.uniform(0.45, 0.8))
        middle = (rng.randint(0, size), rng.randint(0, size))
        radius = rng.randint(size // 6, size // 2)
        if rng.random() < 0.5:
            pen.circle(middle, radius, fill=tint)
        else:
            pen.circle(middle, radius, outline=tint, width=size // 14)
    return image.resize((128, 128), Image.Resampling.LANCZOS)


def icon(hue: int, seed: str) -> Image.Image:
    """A guild's icon: waves out of one point."""
    rng = Random(seed)
    size = 128 * _LARGE
    image = Image.new("RGB", (size, size), _shade(hue, 0.7, 0.28))
    pen = ImageDraw.Draw(image)
    corner = (rng.choice((0.2, 0.5, 0.8)) * size, rng.choice((0.2, 0.8)) * size)
    for ring in range(5, 0, -1):
        tint = _shade(hue + 12 * ring, 0.6, 0.35 + 0.1 * ring)
        pen.circle(corner, ring * size * 0.16, outline=tint, width=size // 20)
    pen.circle(corner, size * 0.09, fill=_shade(hue, 0.2, 0.95))
    return image.resize((128, 128), Image.Resampling.LANCZOS)


def banner(hue: int, width: int = 960, height: int = 540) -> Image.Image:
    """Hills behind each other under a large sky."""
    return _landscape(Random(hue), hue, width, height)


def emoji(name: str) -> Image.Image:
    """A small drawing on nothing."""
    size = 64 * _LARGE
    image = Image.new("RGBA", (size, size))
    pen = ImageDraw.Draw(image)
    _EMOJIS[name](pen, size)
    return image.resize((64, 64), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, quality=82)
    return out.getvalue()


def _shade(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb((hue % 360) / 360, saturation, value)
    return (round(red * 255), round(green * 255), round(blue * 255))


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    parts = [round(a + (b - a) * share) for a, b in zip(one, other, strict=True)]
    return (parts[0], parts[1], parts[2])


def _sky(width: int, height: int, top: Colour, low: Colour) -> Image.Image:
    image = Image.new("RGB", (1, height))
    for y in range(height):
        image.putpixel((0, y), _mixed(top, low, y / height))
    return image.resize((width, height))


def _landscape(rng: Random, hue: int, width: int, height: int) -> Image.Image:
    image = _sky(width, height, _shade(hue, 0.55, 0.75), _shade(hue + 150, 0.3, 1.0))
    pen = ImageDraw.Draw(image)
    sun = (rng.uniform(0.2, 0.8) * width, height * 0.45)
    pen.circle(sun, height * 0.09, fill=_shade(hue + 170, 0.25, 1.0))
    for layer in range(4):
        base, phase = height * (0.55 + 0.13 * layer), rng.uniform(0, 6)
        wave = [
            (x, base + math.sin(x / width * (5 + layer) + phase) * height * 0.07)
            for x in range(0, width + 9, 8)
        ]
        tint = _mixed(_shade(hue, 0.5, 0.65), _shade(hue, 0.7, 0.16), layer / 3)
        pen.polygon([*wave, (width, height), (0, height)], fill=tint)
    return image


def _shore(rng: Random) -> Image.Image:
    hue = rng.choice((18, 200, 215, 330))
    width, height = rng.choice(((1200, 800), (800, 1066), (1280, 720)))
    image = _sky(width, height, _shade(hue + 20, 0.5, 0.6), _shade(hue, 0.25, 1.0))
    pen = ImageDraw.Draw(image)
    edge = height * rng.uniform(0.4, 0.6)
    sun = rng.uniform(0.25, 0.75) * width
    pen.circle((sun, edge - height * 0.08), height * 0.06, fill=_shade(hue + 25, 0.2, 1.0))
    for line in range(90):
        y = edge + (height - edge) * line / 90
        tint = _mixed(_shade(hue + 10, 0.45, 0.8), _shade(hue + 190, 0.6, 0.22), line / 90)
        pen.rectangle((0, y, width, y + height / 90 + 2), fill=tint)
        glint = sun + rng.gauss(0, 10 + line * 1.6)
        length = rng.uniform(8, 40 + line)
        pen.line((glint, y, glint + length, y), fill=_shade(hue + 20, 0.15, 1.0), width=2)
    return image


def _hills(rng: Random) -> Image.Image:
    return _landscape(rng, rng.choice((95, 150, 205, 260)), 1200, 800)


def _waterfall(rng: Random) -> Image.Image:
    """What a receiver saw: time downwards, frequency across."""
    width, height = 480, 300
    image = Image.effect_noise((width, height), 40).point(lambda level: level // 3).convert("L")
    pen = ImageDraw.Draw(image)
    for _ in range(9):
        x, wide = rng.randint(10, width - 30), rng.choice((1, 2, 3, 12))
        y = 0
        while y < height:
            length = rng.randint(2, 26)
            if rng.random() < 0.6:
                pen.rectangle((x, y, x + wide, y + length), fill=rng.randint(120, 250))
            y += length + rng.randint(2, 12)
    blurred = image.filter(ImageFilter.GaussianBlur(0.7)).resize((960, 600))
    ramp = [_shade(265 - level * 0.85, 0.85, min(1.0, 0.12 + level / 190)) for level in range(256)]
    palette = blurred.convert("P")
    palette.putpalette([part for colour in ramp for part in colour])
    return palette.convert("RGB")


def _board(rng: Random) -> Image.Image:
    """A circuit board, full of traces."""
    width, height = 1100, 780
    image = Image.new("RGB", (width, height), _shade(150, 0.75, 0.27))
    pen = ImageDraw.Draw(image)
    for _ in range(60):
        x, y = rng.randrange(40, width, 20), rng.randrange(40, height, 20)
        across, down = rng.randrange(-260, 260, 20), rng.randrange(-200, 200, 20)
        path = [(x, y), (x + across, y), (x + across, y + down)]
        pen.line(path, fill=_shade(140, 0.6, 0.45), width=6, joint="curve")
        for end in (path[0], path[-1]):
            pen.circle(end, 9, fill=_shade(45, 0.6, 0.8))
            pen.circle(end, 4, fill=_shade(150, 0.7, 0.15))
    for _ in range(9):
        x, y = rng.randrange(60, width - 220, 20), rng.randrange(60, height - 120, 20)
        pen.rounded_rectangle((x, y, x + 150, y + 76), 6, fill=(26, 28, 32))
        for pin in range(7):
            pen.rectangle((x + 10 + pin * 20, y - 10, x + 18 + pin * 20, y), fill=(200, 205, 210))
            pen.rectangle(
                (x + 10 + pin * 20, y + 76, x + 18 + pin * 20, y + 86), fill=(200, 205, 210)
            )
    return image


def _loaf(rng: Random) -> Image.Image:
    """Bread on a board, seen from above."""
    width, height = 1000, 750
    image = Image.new("RGB", (width, height), _shade(28, 0.35, 0.42))
    pen = ImageDraw.Draw(image)
    for plank in range(0, height, 94):
        pen.rectangle((0, plank, width, plank + 90), fill=_shade(28, 0.4, rng.uniform(0.5, 0.6)))
    box = (200, 130, 800, 620)
    pen.ellipse((215, 165, 820, 650), fill=_shade(25, 0.5, 0.25))
    for step in range(24):
        inset = step * 7
        tint = _mixed(_shade(22, 0.75, 0.45), _shade(34, 0.5, 0.88), step / 24)
        pen.ellipse((box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset), fill=tint)
    for cut in range(rng.choice((1, 3, 4))):
        x = 330 + cut * 95
        pen.arc((x, 200, x + 160, 560), 100, 250, fill=_shade(38, 0.2, 0.97), width=16)
    return image.filter(ImageFilter.GaussianBlur(1.6))


def _chart(rng: Random) -> Image.Image:
    """A curve with a deep notch, as an analyser draws it."""
    width, height = 1000, 620
    image = Image.new("RGB", (width, height), (18, 22, 28))
    pen = ImageDraw.Draw(image)
    for x in range(0, width, 100):
        pen.line((x, 0, x, height), fill=(44, 52, 62))
    for y in range(0, height, 62):
        pen.line((0, y, width, y), fill=(44, 52, 62))
    notch = rng.uniform(0.3, 0.7)
    for number, hue in enumerate((45, 190)):
        curve = [
            (
                x,
                90
                + 60 * number
                + 430 * math.exp(-((x / width - notch) ** 2) * (220 - 90 * number)),
            )
            for x in range(0, width, 4)
        ]
        pen.line(curve, fill=_shade(hue, 0.7, 0.95), width=4, joint="curve")
    return image


def _table(rng: Random) -> Image.Image:
    """A board game in the middle of an evening."""
    width, height = 1100, 800
    image = Image.new("RGB", (width, height), _shade(25, 0.55, 0.3))
    pen = ImageDraw.Draw(image)
    for row in range(7):
        for column in range(9):
            x, y = 130 + column * 96 + (row % 2) * 48, 90 + row * 84
            corners = [
                (
                    x + 54 * math.cos(math.radians(60 * k + 30)),
                    y + 54 * math.sin(math.radians(60 * k + 30)),
                )
                for k in range(6)
            ]
            pen.polygon(corners, fill=_shade(rng.choice((45, 95, 130, 200, 20)), 0.5, 0.75))
            if rng.random() < 0.25:
                pen.circle((x, y), 17, fill=_shade(rng.choice((0, 220, 50, 280)), 0.8, 0.9))
    return image


def _wave(pen: ImageDraw.ImageDraw, size: int) -> None:
    for line in range(3):
        curve = [
            (x, size * (0.3 + 0.2 * line) + math.sin(x / size * 9) * size * 0.07)
            for x in range(size // 8, size * 7 // 8, 4)
        ]
        pen.line(curve, fill=_shade(195 + 12 * line, 0.7, 0.9), width=size // 10, joint="curve")


def _key(pen: ImageDraw.ImageDraw, size: int) -> None:
    pen.rounded_rectangle(
        (size * 0.1, size * 0.7, size * 0.9, size * 0.85), 20, fill=_shade(25, 0.6, 0.45)
    )
    pen.line(
        (size * 0.2, size * 0.62, size * 0.75, size * 0.45),
        fill=_shade(45, 0.6, 0.8),
        width=size // 12,
    )
    pen.circle((size * 0.76, size * 0.38), size * 0.13, fill=(40, 42, 48))


def _spark(pen: ImageDraw.ImageDraw, size: int) -> None:
    bolt = [(0.58, 0.05), (0.22, 0.56), (0.46, 0.56), (0.4, 0.95), (0.8, 0.4), (0.54, 0.4)]
    pen.polygon([(x * size, y * size) for x, y in bolt], fill=_shade(48, 0.85, 1.0))


def _dipole(pen: ImageDraw.ImageDraw, size: int) -> None:
    wire, mast = _shade(20, 0.65, 0.85), _shade(210, 0.2, 0.7)
    pen.line((size * 0.5, size * 0.3, size * 0.5, size * 0.95), fill=mast, width=size // 14)
    pen.line((size * 0.05, size * 0.3, size * 0.46, size * 0.2), fill=wire, width=size // 12)
    pen.line((size * 0.95, size * 0.3, size * 0.54, size * 0.2), fill=wire, width=size // 12)


def _thumb(pen: ImageDraw.ImageDraw, size: int) -> None:
    for ring in range(3):
        inset = size * (0.08 + 0.14 * ring)
        tint = _shade(140, 0.65, 0.6 + 0.15 * ring)
        pen.arc((inset, inset, size - inset, size - inset), 200, 340, fill=tint, width=size // 12)
    pen.circle((size * 0.5, size * 0.62), size * 0.14, fill=_shade(140, 0.65, 0.85))


def _static(pen: ImageDraw.ImageDraw, size: int) -> None:
    rng = Random("static")
    for _ in range(90):
        x, y = rng.uniform(0.08, 0.85) * size, rng.uniform(0.15, 0.8) * size
        grey = rng.randint(90, 240)
        pen.rectangle((x, y, x + size * 0.07, y + size * 0.05), fill=(grey, grey, grey))


_KINDS: Final[Mapping[str, Callable[[Random], Image.Image]]] = {
    "board": _board,
    "chart": _chart,
    "hills": _hills,
    "loaf": _loaf,
    "shore": _shore,
    "table": _table,
    "waterfall": _waterfall,
}
_EMOJIS: Final[Mapping[str, Callable[[ImageDraw.ImageDraw, int], None]]] = {
    "dipole": _dipole,
    "good_copy": _thumb,
    "key_up": _key,
    "spark": _spark,
    "static": _static,
    "wave": _wave,
}
