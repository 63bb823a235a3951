"""Lottie: animations drawn by a recipe, checked to be one and to ask for nothing from outside."""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from rift import errors
from rift.wire.limits import Json

SIDE: Final = 320
_FRAMES: Final = 1000
_SECONDS: Final = 5
_RATES: Final = range(1, 401)

Number = int | float


class _Lottie(Struct):
    """As much of the format as tells that it is one."""

    v: str
    fr: Annotated[float, Meta(gt=0, le=1000)]
    ip: Number
    op: Number
    w: Number
    h: Number
    layers: list[Json]
    assets: list[Json] = []


_decode: Final = msgspec.json.Decoder(_Lottie).decode


def is_lottie(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{"


def checked(data: bytes) -> bytes:
    """The recipe written anew; its limits are Discord's."""
    try:
        found = _decode(data)
        document: Any = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise errors.InvalidLottie from error
    frames = found.op - found.ip
    if any(asset.get("p") or asset.get("u") for asset in found.assets):
        raise errors.LottieWithImages
    if (found.w, found.h) != (SIDE, SIDE):
        raise errors.LottieTooLarge
    if int(found.fr) not in _RATES:
        raise errors.StickerFrameRate
    if frames > _FRAMES:
        raise errors.StickerTooManyFrames
    if frames <= 0:
        raise errors.InvalidLottie
    if frames / found.fr > _SECONDS:
        raise errors.StickerTooLong
    return msgspec.json.encode(document)
