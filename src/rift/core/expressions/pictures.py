"""Files in forms: a data URI's bytes, and an image drawn anew with nothing else left in it."""

import base64
import binascii
import re
from collections.abc import Collection
from typing import Final

from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.media import HEAD_BYTES, Made, Unreadable, kind_of

IMAGES: Final = frozenset({"png", "apng", "jpeg", "gif", "webp", "avif"})
_URI: Final = re.compile(r"data:[\w.+-]{1,64}/[\w.+-]{1,64}(?:;[\w.=+ -]{1,64})*;base64,")
_KIB: Final = 1024


def uri_bytes(uri: str, field: str, most: int) -> bytes:
    """What a data URI holds, if it is not too much."""
    head = _URI.match(uri)
    if head is None:
        raise _invalid(field, "This is not a data URI in base64.")
    if (len(uri) - head.end()) // 4 * 3 - 2 > most:
        raise too_large(field, most)
    try:
        data = base64.b64decode(uri[head.end() :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise _invalid(field, "This is not a data URI in base64.") from error
    if len(data) > most:
        raise too_large(field, most)
    return data


def too_large(field: str, most: int) -> InvalidForm:
    words = f"File cannot be larger than {most / _KIB:.1f} kb."
    return InvalidForm.at(field, "BINARY_TYPE_MAX_SIZE", words)


async def drawn(unit: Unit, data: bytes, field: str, kinds: Collection[str] = IMAGES) -> Made:
    """The image without what a camera or a program wrote beside it."""
    if kind_of(data[:HEAD_BYTES]).name not in kinds:
        raise _invalid(field, "Unsupported image type given.")
    try:
        return await unit.house.workshop.sanitise(data)
    except Unreadable as error:
        raise _invalid(field, "Invalid image data.") from error


def _invalid(field: str, words: str) -> InvalidForm:
    return InvalidForm.at(field, "IMAGE_INVALID", words)
