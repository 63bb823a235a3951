"""Compressed blocks that fit into any running stream, zlib or zstd, whoever decompresses it.

A client with transport compression reads one endless stream per connection. A block that was
compressed without looking back at earlier ones means the same in every such stream, so it is made
once and shared. What differs from socket to socket travels in an uncompressed block in front.
"""

import zlib
from hashlib import shake_256
from itertools import pairwise
from struct import Struct
from typing import ClassVar, Final, Protocol, final

import zstandard


class Compressor(Protocol):
    stream_header: ClassVar[bytes]
    """What opens a connection's stream, in front of its first message and never again."""

    def message(self, data: bytes) -> bytes:
        """One whole message."""
        ...

    def split_message(self, plain: bytes, rest: bytes) -> tuple[bytes, bytes]:
        """A message whose first part stays as it is, to be patched: its two halves.

        `plain` ends the first half; the halves are sent together.
        """
        ...


_MAX_STORED: Final = 0xFFFF
_FLUSH_MARKER: Final = b"\x00\x00\xff\xff"
_EMPTY_STORED: Final = b"\x00" + _FLUSH_MARKER
_STORED_HEAD: Final = Struct("<BHH").pack


def _stored_head(size: int) -> bytes:
    """RFC 1951, 3.2.4; on a byte boundary, where every flushed message ends."""
    return _STORED_HEAD(0, size, size ^ _MAX_STORED)


@final
class Deflate:
    """zlib-stream: every message ends in 00 00 FF FF, which clients wait for."""

    __slots__ = ("_deflate",)
    stream_header: ClassVar[bytes] = b"\x78\x9c"

    def __init__(self, level: int = 6) -> None:
        # kept for good: making one for every message would cost more than its work
        self._deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, 7)

    def message(self, data: bytes) -> bytes:
        block = self._block(data)
        if len(data) > _MAX_STORED or len(_stored_head(0) + data + _EMPTY_STORED) >= len(block):
            return block
        return _stored_head(len(data)) + data + _EMPTY_STORED

    def split_message(self, plain: bytes, rest: bytes) -> tuple[bytes, bytes]:
        block = self._block(rest)
        size = len(plain) + len(rest)
        if size > _MAX_STORED or len(rest) + len(_EMPTY_STORED) >= len(block):
            return _stored_head(len(plain)) + plain, block
        return _stored_head(size) + plain, rest + _EMPTY_STORED

    def _block(self, data: bytes) -> bytes:
        """A full flush makes the compressor forget what it has seen."""
        return self._deflate.compress(data) + self._deflate.flush(zlib.Z_FULL_FLUSH)


_WINDOW_LOG: Final = 17
_MAX_BLOCK: Final = 1 << _WINDOW_LOG


def _raw_head(size: int) -> bytes:
    """RFC 8878, 3.1.1.2: an uncompressed block that is not the last one."""
    return (size << 3).to_bytes(3, "little")


def _raw_blocks(data: bytes) -> bytes:
    starts = range(0, len(data), _MAX_BLOCK)
    pieces = [data[start : start + _MAX_BLOCK] for start in starts]
    return b"".join(_raw_head(len(piece)) + piece for piece in pieces)


@final
class Zstd:
    """zstd-stream: blocks of one frame that never ends.

    The first block of a frame uses no earlier data or tables, but it may use the three offsets
    that a frame starts out with (RFC 8878, 3.1.1.5), and in a running stream these are others.
    zstd has no switch against it. So every block is tried behind a past with strange offsets;
    the rare one that does not come out whole is sent uncompressed.
    """

    __slots__ = ("_compress", "_decompress", "_past", "_past_size")
    stream_header: ClassVar[bytes] = b"\x28\xb5\x2f\xfd" + bytes((0, _WINDOW_LOG - 10 << 3))

    def __init__(self, level: int = 3) -> None:
        parameters = zstandard.ZstdCompressionParameters(
            compression_level=level, window_log=_WINDOW_LOG, write_content_size=False
        )
        self._compress = zstandard.ZstdCompressor(compression_params=parameters)
        self._decompress = zstandard.ZstdDecompressor()
        past = _strange_past()
        self._past = self._stream(*past)
        self._past_size = sum(map(len, past))

    def message(self, data: bytes) -> bytes:
        return self._block(data) or _raw_blocks(data)

    def split_message(self, plain: bytes, rest: bytes) -> tuple[bytes, bytes]:
        block = self._block(rest)
        if block is None and len(plain) + len(rest) <= _MAX_BLOCK:
            return _raw_head(len(plain) + len(rest)) + plain, rest
        return _raw_head(len(plain)) + plain, block or _raw_blocks(rest)

    def _block(self, data: bytes) -> bytes | None:
        block = self._stream(data)[len(self.stream_header) :]
        if len(block) >= len(_raw_head(0)) + len(data) or not self._stands_alone(block, data):
            return None
        return block

    def _stream(self, *messages: bytes) -> bytes:
        stream = self._compress.compressobj()
        flush = zstandard.COMPRESSOBJ_FLUSH_BLOCK
        return b"".join(stream.compress(data) + stream.flush(flush) for data in messages)

    def _stands_alone(self, block: bytes, data: bytes) -> bool:
        try:
            text = self._decompress.decompressobj().decompress(self._past + block)
        except zstandard.ZstdError:
            return False
        return text.endswith(data) and len(text) == self._past_size + len(data)


def _strange_past() -> tuple[bytes, bytes]:
    """Noise, then three far matches in it: their offsets are what a block would wrongly use.

    The offsets at the start of a frame are 1, 4 and 8, so a block uses them for bytes that repeat
    themselves. In the noise no byte is followed by its like, so such a use cannot go unnoticed.
    """
    noise = bytes(a ^ (a == b) for a, b in pairwise(shake_256(b"offsets").digest(2048)))
    far = b"\0".join((noise[100:164], noise[500:564], noise[900:964]))
    return noise, far
