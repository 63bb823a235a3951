"""Small real images of every kind, made by the tests."""

import io
from typing import Any

from PIL import Image

GPS_IFD = 0x8825
ORIENTATION = 0x0112


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A gradient with a red left half, so that turning it can be seen."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((220, 20, 20), (0, 0, width // 2, height))
    if mode == "RGBA":
        image.putalpha(Image.radial_gradient("L").resize((width, height)))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def film(kind: str, frames: int = 4, size: tuple[int, int] = (32, 24), **options: Any) -> bytes:
    """An animation whose frames all differ."""
    images = [Image.new("RGB", size, (index * 255 // frames, 40, 90)) for index in range(frames)]
    return encoded(
        images[0], kind, save_all=True, append_images=images[1:], duration=50, loop=0, **options
    )


def travelled(orientation: int = 6) -> bytes:
    """A JPEG as a telephone writes it: turned, and with the place where it was taken."""
    image = picture(80, 40)
    exif = image.getexif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(GPS_IFD)[1] = "N"
    exif.get_ifd(GPS_IFD)[2] = (48.0, 12.0, 31.0)
    return encoded(image, "JPEG", exif=exif, comment=b"a remark", quality=95)


def decoded(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def _tag(kind: bytes, data: bytes) -> bytes:
    whole = kind + bytes(4) + data
    return whole + bytes(-len(whole) % 4)


def _fixed(*values: float) -> bytes:
    """Numbers as colour profiles have them: sixteen bits before the point and sixteen behind."""
    return b"".join(round(value * 65536).to_bytes(4, "big", signed=True) for value in values)


def swapped_profile() -> bytes:
    """A profile in which red light is called green, and green red (ICC.1:2001)."""
    red, green = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971)
    curve = _tag(b"curv", (1).to_bytes(4, "big") + (0x0233).to_bytes(2, "big"))
    name = b"swapped\0"
    described = len(name).to_bytes(4, "big") + name + bytes(79)
    tags = {
        b"desc": _tag(b"desc", described),
        b"cprt": _tag(b"text", b"none\0"),
        b"wtpt": _tag(b"XYZ ", _fixed(0.9642, 1.0, 0.8249)),
        b"rXYZ": _tag(b"XYZ ", _fixed(*green)),
        b"gXYZ": _tag(b"XYZ ", _fixed(*red)),
        b"bXYZ": _tag(b"XYZ ", _fixed(0.1431, 0.0606, 0.7141)),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += tag + (at + len(body)).to_bytes(4, "big") + len(data).to_bytes(4, "big")
        body += data
    kinds = b"none" + bytes.fromhex("02400000") + b"mntrRGB XYZ "
    header = kinds + bytes(12) + b"acsp" + bytes(28) + _fixed(0.9642, 1.0, 0.8249) + bytes(48)
    size = (at + len(body)).to_bytes(4, "big")
    return size + header + len(tags).to_bytes(4, "big") + table + body
