"""What an uploaded file has to be to become a sound."""

from rift.core.pictures import uris
from rift.core.sounds import lasting
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.media import HEAD_BYTES, kind_of


def heard(unit: Unit, uri: str) -> bytes:
    """The bytes of a sound that is of the right kind and not too long."""
    limits = unit.settings.limits
    data = uris.uri_bytes(uri, "sound", limits.sound_bytes)
    data, seconds = _measured(data)
    if not data or not seconds:
        raise _invalid("BINARY_TYPE_INVALID", "A sound is an MP3, or an Ogg with Opus or Vorbis.")
    if seconds * 1000 > limits.sound_ms:
        words = f"A sound lasts at most {limits.sound_ms / 1000:g} seconds."
        raise _invalid("SOUNDBOARD_SOUND_TOO_LONG", words)
    return data


def _measured(data: bytes) -> tuple[bytes, float]:
    """Of an MP3 only the frames: what was written around them is nobody's business."""
    match kind_of(data[:HEAD_BYTES]).name:
        case "mp3":
            return lasting.mp3_frames(data)
        case "ogg":
            return data, lasting.ogg_seconds(data) or 0.0
        case _:
            return b"", 0.0


def _invalid(code: str, words: str) -> InvalidForm:
    return InvalidForm.at("sound", code, words)
