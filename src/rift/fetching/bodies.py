"""The body of an answer, unpacked as it comes and never more of it than was asked for."""

import zlib
from collections.abc import Callable
from typing import Final

from aiohttp import StreamReader

from rift.fetching.failure import NotFetched, Why

_SLACK: Final = 64 * 1024
"""Packed bytes that may come for nothing, before it looks like an attack."""

Unpack = Callable[[bytes, int], bytes]


async def gather(content: StreamReader, coding: str, most: int) -> tuple[bytes, bool]:
    """As much of the body as may come, and whether that is all of it."""
    unpack = _unpacker(coding)
    body, taken = bytearray(), 0
    async for piece in content.iter_any():
        taken += len(piece)
        try:
            body += unpack(piece, most + 1 - len(body))
        except zlib.error:
            raise NotFetched(Why.TYPE) from None
        if len(body) > most or taken > most + _SLACK:
            return bytes(body[:most]), False
    return bytes(body), True


def _unpacker(coding: str) -> Unpack:
    match coding.strip().lower():
        case "" | "identity":
            return lambda piece, _: piece
        case "gzip" | "x-gzip":
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress
        case "deflate":
            return zlib.decompressobj().decompress
        case _:  # we asked for gzip
            raise NotFetched(Why.TYPE)
