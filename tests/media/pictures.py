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
