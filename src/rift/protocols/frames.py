"""Gateway events as shared bytes: encoded once, only the sequence number differs per socket.

The number has a fixed width, so the WebSocket header, too, is the same for every receiver.
"""

import zlib
from collections.abc import Callable, Sequence
from enum import Enum, StrEnum
from struct import Struct
from typing import Final, final

import msgspec

from rift.protocols import etf
from rift.protocols.blocks import Compressor, Deflate, Zstd

MAX_SEQUENCE: Final = (1 << 31) - 1
"""The largest number ETF's INTEGER_EXT holds."""

PAYLOAD_THRESHOLD: Final = 2048
"""From this size on, a private message to a `compress: true` client is deflated."""

_TEXT: Final = 0x81
_BINARY: Final = 0x82
_LENGTH_16: Final = 126
_LENGTH_64: Final = 127


class Encoding(StrEnum):
    JSON = "json"
    ETF = "etf"


class Compression(StrEnum):
    NONE = "none"
    ZLIB_STREAM = "zlib-stream"
    ZSTD_STREAM = "zstd-stream"


class Variant(Enum):
    """The forms in which an event is shared."""

    JSON = (Encoding.JSON, Compression.NONE)
    ETF = (Encoding.ETF, Compression.NONE)
    JSON_ZLIB = (Encoding.JSON, Compression.ZLIB_STREAM)
    ETF_ZLIB = (Encoding.ETF, Compression.ZLIB_STREAM)
    JSON_ZSTD = (Encoding.JSON, Compression.ZSTD_STREAM)
    ETF_ZSTD = (Encoding.ETF, Compression.ZSTD_STREAM)

    def __init__(self, encoding: Encoding, compression: Compression) -> None:
        # plain attributes, for these are read once per event
        self.encoding = encoding
        self.compression = compression
        self.is_etf = encoding is Encoding.ETF
        self.is_text = encoding is Encoding.JSON and compression is Compression.NONE
        self.place = len(type(self).__members__)
        """A number from 0 on, for lists of variants."""

    @classmethod
    def of(cls, encoding: Encoding, compression: Compression) -> "Variant":
        return next(v for v in cls if (v.encoding, v.compression) == (encoding, compression))


def websocket_header(size: int, *, text: bool) -> bytes:
    """The header of one unmasked, final server frame (RFC 6455, 5.2)."""
    first = _TEXT if text else _BINARY
    if size < _LENGTH_16:
        return bytes((first, size))
    if size <= 0xFFFF:
        return bytes((first, _LENGTH_16)) + size.to_bytes(2, "big")
    return bytes((first, _LENGTH_64)) + size.to_bytes(8, "big")


def websocket_frame(payload: bytes, *, text: bool) -> bytes:
    return websocket_header(len(payload), text=text) + payload


_DECIMAL_WIDTH: Final = 10
_BINARY_WIDTH: Final = 4
_decimal: Final[Callable[[int], bytes]] = b"%10d".__mod__
_binary: Final[Callable[[int], bytes]] = Struct(">I").pack


def _width(variant: Variant) -> int:
    return _BINARY_WIDTH if variant.is_etf else _DECIMAL_WIDTH


@final
class Frame:
    """One event in one variant: the WebSocket frame with a slot for the sequence number."""

    __slots__ = ("_buffer", "_number", "_slot", "_start", "size", "variant")

    def __init__(self, variant: Variant, before: bytes, after: bytes) -> None:
        """`before` and `after` are the payload on both sides of the number."""
        width = _width(variant)
        header = websocket_header(len(before) + width + len(after), text=variant.is_text)
        slot = len(header) + len(before)
        self.variant = variant
        self._start = len(header)
        self._slot = slice(slot, slot + width)
        self._number = _binary if variant.is_etf else _decimal
        self._buffer = bytearray(b"".join((header, before, bytes(width), after)))
        self.size = len(self._buffer)

    @property
    def head(self) -> bytes:
        """Everything before the number, from the WebSocket header on."""
        return bytes(self._buffer[: self._slot.start])

    @property
    def tail(self) -> bytes:
        return bytes(self._buffer[self._slot.stop :])

    def patchable(self) -> tuple[bytearray, slice, Callable[[int], bytes]]:
        """The frame in one bytearray, where the number stands in it, and how to write one.

        For loops over sockets that can afford neither a copy nor a call each time.
        """
        return self._buffer, self._slot, self._number

    def payload(self, sequence: int) -> bytes:
        """What the WebSocket frame carries, without its header."""
        return self.render(sequence)[self._start :]

    def render(self, sequence: int) -> bytes:
        """The whole frame as it goes over the wire."""
        self._buffer[self._slot] = self._number(sequence)
        return bytes(self._buffer)


@final
class Batch:
    """Frames of one variant that go out together, as one write per socket."""

    __slots__ = ("count", "render", "size")

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.count = len(frames)
        self.size = sum(frame.size for frame in frames)
        pieces = _pieces(frames)
        self.render: Callable[[int], bytes] = (
            _binary_renderer(pieces) if frames[0].variant.is_etf else _decimal_renderer(pieces)
        )
        """The bytes for a socket whose first event here has this sequence number."""


def _pieces(frames: Sequence[Frame]) -> list[bytes]:
    """What stands between the numbers: head, tail + head, ..., tail."""
    heads = [frame.head for frame in frames]
    tails = [frame.tail for frame in frames]
    between = [tail + head for tail, head in zip(tails, heads[1:], strict=False)]
    return [heads[0], *between, tails[-1]]


def _decimal_renderer(pieces: list[bytes]) -> Callable[[int], bytes]:
    """One `%` of the bytes type writes everything: measured faster than any join or patch."""
    template = b"%10d".join(piece.replace(b"%", b"%%") for piece in pieces)
    count = len(pieces) - 1

    def render(first: int) -> bytes:
        return template % tuple(range(first, first + count))

    return render


def _binary_renderer(pieces: list[bytes]) -> Callable[[int], bytes]:
    count = len(pieces) - 1
    parts = [b""] * (2 * count + 1)
    parts[::2] = pieces
    pack = Struct(f">{count}I").pack
    split = Struct("4s" * count).unpack

    def render(first: int) -> bytes:
        parts[1::2] = split(pack(*range(first, first + count)))
        return b"".join(parts)

    return render


@final
class Encoder:
    """Turns events into shared frames; one per process, for it holds the shared compressors."""

    __slots__ = ("_compressors",)

    def __init__(self) -> None:
        self._compressors: dict[Compression, Compressor] = {
            Compression.ZLIB_STREAM: Deflate(),
            Compression.ZSTD_STREAM: Zstd(),
        }

    def event(self, name: str, data: bytes) -> "Event":
        """An event with its `d` already encoded as JSON."""
        return Event(self, name, data)

    def frame(self, variant: Variant, name: str, data: bytes) -> Frame:
        before, after = _etf_halves(name, data) if variant.is_etf else _json_halves(name, data)
        compressor = self._compressors.get(variant.compression)
        if compressor is None:
            return Frame(variant, before, after)
        width = _width(variant)
        head, tail = compressor.split_message(before + bytes(width), after)
        return Frame(variant, head[:-width], tail)

    def open_stream(self, encoding: Encoding, compression: Compression) -> "Stream":
        """The stream of a new connection, from what its URL asks for."""
        return Stream(Variant.of(encoding, compression), self._compressors.get(compression))


@final
class Stream:
    """How the private messages of one connection are written, among the shared frames.

    A compressed stream begins with a header, which leaves with the first private message: HELLO
    must come before any event.
    """

    __slots__ = ("_compressor", "_header", "compress_payloads", "variant")

    def __init__(self, variant: Variant, compressor: Compressor | None) -> None:
        self.variant = variant
        self.compress_payloads = False
        """Set it for `compress: true` in IDENTIFY; of no effect beside transport compression.

        Only large private messages (READY, above all) are then deflated. Shared events stay plain
        text: a zlib message would end in a checksum over its number.
        """
        self._compressor = compressor
        self._header = compressor.stream_header if compressor else b""

    def single(self, payload: bytes) -> bytes:
        """The WebSocket frame for a message of any opcode, given as JSON."""
        message = etf.encode(msgspec.json.decode(payload)) if self.variant.is_etf else payload
        if self._compressor is None:
            return self._uncompressed(message)
        header, self._header = self._header, b""
        return websocket_frame(header + self._compressor.message(message), text=False)

    def _uncompressed(self, message: bytes) -> bytes:
        text = self.variant.is_text
        if text and self.compress_payloads and len(message) >= PAYLOAD_THRESHOLD:
            return websocket_frame(zlib.compress(message), text=False)
        return websocket_frame(message, text=text)


def _json_halves(name: str, data: bytes) -> tuple[bytes, bytes]:
    return b'{"op":0,"s":', b',"t":"%b","d":%b}' % (name.encode(), data)


_ETF_BEFORE: Final = b"".join(
    (
        bytes((etf.VERSION, etf.MAP, 0, 0, 0, 4)),
        etf.encode_bare("op"),
        etf.encode_bare(0),
        etf.encode_bare("s"),
        bytes((etf.INTEGER,)),
    )
)
_ETF_T: Final = etf.encode_bare("t")
_ETF_D: Final = etf.encode_bare("d")


def _etf_halves(name: str, data: bytes) -> tuple[bytes, bytes]:
    body = etf.encode_bare(msgspec.json.decode(data))
    return _ETF_BEFORE, b"".join((_ETF_T, etf.encode_bare(name), _ETF_D, body))


@final
class Event:
    """A dispatch whose frames are made when the first receiver needs them, and then kept."""

    __slots__ = ("_encoder", "_frames", "data", "name", "size")

    def __init__(self, encoder: Encoder, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self.size = len(data)
        self._encoder = encoder
        self._frames: list[Frame | None] = [None] * len(Variant)

    def frame(self, variant: Variant) -> Frame:
        frame = self._frames[variant.place]
        if frame is None:
            frame = self._frames[variant.place] = self._encoder.frame(variant, self.name, self.data)
        return frame
