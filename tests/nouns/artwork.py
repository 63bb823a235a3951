"""Small images and sounds for emojis, stickers and soundboards, and the forms they come in."""

import base64
import io
import math
import struct
from typing import Any

import aiohttp
import av
import msgspec

from tests.api import Person
from tests.media.pictures import encoded, film, picture

Json = dict[str, Any]


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def uri(data: bytes, content_type: str = "image/png") -> str:
    return f"data:{content_type};base64,{base64_of(data)}"


def still(side: int = 32) -> str:
    return uri(encoded(picture(side, side, "RGBA"), "PNG"))


def moving() -> str:
    return uri(film("GIF"), "image/gif")


async def emoji(person: Person, guild: Json, name: str = "wave", **fields: Any) -> Json:
    """A new emoji of a guild."""
    body = {"name": name, "image": still(), **fields}
    made: Json = await person.post(f"/guilds/{guild['id']}/emojis", body)
    return made


def sticker_form(data: bytes | None = None, **fields: str) -> aiohttp.FormData:
    """The form of a new sticker, as client libraries send it."""
    form = aiohttp.FormData()
    said = {"name": "wave", "tags": "hello", "description": "Somebody waves", **fields}
    for name, value in said.items():
        form.add_field(name, value)
    image = encoded(picture(320, 320, "RGBA"), "PNG") if data is None else data
    form.add_field("file", image, filename="wave.png", content_type="application/octet-stream")
    return form


async def sticker(person: Person, guild: Json, data: bytes | None = None, **fields: str) -> Json:
    """A new sticker of a guild."""
    form = sticker_form(data, **fields)
    made: Json = await person.post(f"/guilds/{guild['id']}/stickers", form)
    return made


async def sound(person: Person, guild: Json, name: str = "hum", **fields: Any) -> Json:
    """A new sound of a guild."""
    body = {"name": name, "sound": ogg(), **fields}
    made: Json = await person.post(f"/guilds/{guild['id']}/soundboard-sounds", body)
    return made


def mp3(seconds: float = 0.5) -> str:
    return uri(tone("mp3", "libmp3lame", seconds, title="Who made it"), "audio/mpeg")


def ogg(seconds: float = 0.5) -> str:
    return uri(tone("ogg", "libopus", seconds), "audio/ogg")


def tone(container: str, codec: str, seconds: float = 1.0, **tags: str) -> bytes:
    """A hum, as a real encoder writes it."""
    out = io.BytesIO()
    rate = 48_000
    with av.open(out, "w", format=container) as file:
        file.metadata.update(tags)
        stream = file.add_stream(codec, rate=rate, layout="mono")
        size = stream.codec_context.frame_size or 960
        for start in range(0, int(seconds * rate), size):
            file.mux(stream.encode(_hum(start, size, rate)))
        file.mux(stream.encode(None))
    return out.getvalue()


def _hum(start: int, size: int, rate: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="fltp", layout="mono", samples=size)
    frame.sample_rate, frame.pts = rate, start
    samples = (math.sin(at * 440 * math.tau / rate) / 5 for at in range(start, start + size))
    frame.planes[0].update(struct.pack(f"{size}f", *samples))
    return frame


def lottie(**fields: Any) -> bytes:
    recipe = {"v": "5.7.0", "fr": 30, "ip": 0, "op": 60, "w": 320, "h": 320, "layers": [], **fields}
    return msgspec.json.encode(recipe)
