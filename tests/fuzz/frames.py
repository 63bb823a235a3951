"""Bytes that somebody hostile or broken might send over an open gateway socket."""

import json
import random
import struct
from collections.abc import Callable, Sequence
from typing import Any, Final

from rift.protocols import etf

TEXT, BINARY, CONTINUATION, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10

_ODD: Final[Sequence[Any]] = (
    None,
    True,
    -1,
    0,
    1.5,
    1e308,
    2**31,
    2**63,
    2**64,
    -(2**63),
    "",
    "x",
    "\0",
    "\ud7ff",
    "9" * 400,
    "1" * 19,
    [],
    {},
    [[]],
    {"": {}},
    [None] * 50,
    {"id": {"id": {"id": 1}}},
)
_OPCODES: Final = (*range(-1, 45), 255, 2**31, 2**63, 2**64, 1.5, "2", "x", None, [], {}, True)
_FIELDS: Final = (
    "token",
    "properties",
    "intents",
    "shard",
    "compress",
    "large_threshold",
    "presence",
    "session_id",
    "seq",
    "guild_id",
    "guild_ids",
    "user_ids",
    "query",
    "limit",
    "presences",
    "nonce",
    "channel_id",
    "self_mute",
    "since",
    "activities",
    "status",
    "afk",
    "fields",
    "subscriptions",
    "capabilities",
)


def frame(
    opcode: int, payload: bytes, *, fin: bool = True, masked: bool = True, reserved: int = 0
) -> bytes:
    """One WebSocket frame, lawful or not."""
    first = (0x80 if fin else 0) | reserved << 4 | opcode
    size = len(payload)
    mask_bit = 0x80 if masked else 0
    if size < 126:
        head = bytes((first, mask_bit | size))
    elif size < 1 << 16:
        head = bytes((first, mask_bit | 126)) + struct.pack(">H", size)
    else:
        head = bytes((first, mask_bit | 127)) + struct.pack(">Q", size)
    return head + (b"\0\0\0\0" if masked else b"") + payload


class Forger:
    """Makes up bytes for one connection; the same seed makes the same bytes."""

    def __init__(self, seed: object, encoding: str, token: str, guild_id: str) -> None:
        self._chance = random.Random(repr(seed))
        self._etf = encoding == "etf"
        self._token = token
        self._guild_id = guild_id

    def identify(self) -> bytes:
        return self._message(2, {"token": self._token, "properties": {}, "intents": 1})

    def next(self) -> bytes:
        make = self._chance.choice(_ATTACKS)
        return make(self)

    # Lawful frames with odd contents

    def odd_opcode(self) -> bytes:
        return self._message(self._chance.choice(_OPCODES), self._value())

    def odd_command(self) -> bytes:
        chosen = self._chance.sample(_FIELDS, self._chance.randint(0, 8))
        data = {name: self._value() for name in chosen}
        return self._message(self._chance.choice((1, 2, 3, 4, 6, 8, 13, 14, 31, 37, 43)), data)

    def members(self) -> bytes:
        data = {"guild_id": self._guild_id, "query": self._value(), "limit": self._value()}
        return self._message(8, data)

    def heartbeat(self) -> bytes:
        return self._message(1, self._value())

    def mutated(self) -> bytes:
        payload = bytearray(self._encode(2, {"token": self._token, "intents": 1, "shard": [0, 1]}))
        for _ in range(self._chance.randint(1, 6)):
            place = self._chance.randrange(len(payload))
            payload[place : place + self._chance.randint(0, 3)] = self._bytes(3)
        return frame(self._kind(), bytes(payload))

    def cut(self) -> bytes:
        payload = self._encode(2, {"token": self._token, "properties": {}})
        return frame(self._kind(), payload[: self._chance.randrange(len(payload))])

    def noise(self) -> bytes:
        return frame(self._kind(), self._bytes(300))

    def deep(self) -> bytes:
        depth = self._chance.choice((60, 200, 1000, 4000))
        opening, closing = self._chance.choice(((b"[", b"]"), (b'{"a":', b"}")))
        if self._etf:
            return frame(BINARY, b"\x83" + b"\x6c\0\0\0\1" * depth + b"\x6a" * (depth + 1))
        return frame(TEXT, b'{"op":3,"d":' + opening * depth + b"1" + closing * depth + b"}")

    def lying_term(self) -> bytes:
        tag = self._chance.choice((b"\x6c", b"\x74", b"\x69", b"\x6d", b"\x6f"))
        return frame(BINARY, b"\x83" + tag + b"\xff\xff\xff\xff" + self._bytes(20))

    def large(self) -> bytes:
        return frame(self._kind(), b" " * self._chance.choice((15_360, 15_361, 60_000)))

    def empty(self) -> bytes:
        return frame(self._chance.choice((TEXT, BINARY)), b"")

    # Frames against the rules

    def unmasked(self) -> bytes:
        return frame(self._kind(), self._encode(1, None), masked=False)

    def reserved(self) -> bytes:
        return frame(self._kind(), self._encode(1, None), reserved=self._chance.randint(1, 7))

    def unknown_kind(self) -> bytes:
        return frame(self._chance.choice((3, 4, 5, 6, 7, 11, 12, 13, 14, 15)), self._bytes(20))

    def long_control(self) -> bytes:
        return frame(self._chance.choice((CLOSE, PING, PONG)), b"x" * 200)

    def cut_control(self) -> bytes:
        return frame(PING, b"x", fin=False) + frame(CONTINUATION, b"y")

    def odd_close(self) -> bytes:
        payload = self._chance.choice(
            (b"", b"\x03", b"\0\0", b"\x03\xed", b"\xff\xff", b"\x03\xe8\xff")
        )
        return frame(CLOSE, payload)

    def fragments(self) -> bytes:
        payload = self._encode(1, None)
        half = len(payload) // 2
        first = frame(self._kind(), payload[:half], fin=False)
        between = self._chance.choice((b"", frame(PING, b"now"), frame(PONG, b"")))
        return first + between + frame(CONTINUATION, payload[half:])

    def endless_fragments(self) -> bytes:
        more = frame(CONTINUATION, b" " * 1000, fin=False)
        return frame(self._kind(), b"{", fin=False) + more * self._chance.choice((2, 5, 50))

    def empty_fragments(self) -> bytes:
        return frame(self._kind(), b"", fin=False) + frame(CONTINUATION, b"", fin=False) * 500

    def fragment_of_nothing(self) -> bytes:
        return frame(CONTINUATION, self._bytes(10))

    def message_within_a_message(self) -> bytes:
        return frame(TEXT, b"{", fin=False) + frame(TEXT, b"{}")

    def endless_length(self) -> bytes:
        size = self._chance.choice((1 << 20, 1 << 40, (1 << 63) - 1, (1 << 64) - 1))
        return b"\x81\xff" + struct.pack(">Q", size) + b"\0\0\0\0" + b"x" * 100

    def wasteful_length(self) -> bytes:
        payload = self._encode(1, None)
        return b"\x81\xff" + struct.pack(">Q", len(payload)) + b"\0\0\0\0" + payload

    def pings(self) -> bytes:
        return frame(PING, b"x" * 125) * 50

    def no_frame(self) -> bytes:
        return self._bytes(200)

    # Ingredients

    def _message(self, op: Any, data: Any) -> bytes:
        return frame(self._kind(), self._encode(op, data))

    def _encode(self, op: Any, data: Any) -> bytes:
        message = {"op": op, "d": data}
        return etf.encode(message) if self._etf else json.dumps(message).encode()

    def _value(self) -> Any:
        if self._chance.random() < 0.2:
            return {name: self._chance.choice(_ODD) for name in self._chance.sample(_FIELDS, 3)}
        return self._chance.choice((*_ODD, self._guild_id, self._token))

    def _kind(self) -> int:
        return BINARY if self._etf else TEXT

    def _bytes(self, most: int) -> bytes:
        return self._chance.randbytes(self._chance.randint(0, most))


_ATTACKS: Final[Sequence[Callable[[Forger], bytes]]] = (
    *(Forger.odd_opcode, Forger.odd_command, Forger.members, Forger.heartbeat) * 4,
    *(Forger.mutated, Forger.cut, Forger.fragments) * 2,
    Forger.noise,
    Forger.deep,
    Forger.lying_term,
    Forger.large,
    Forger.empty,
    Forger.unmasked,
    Forger.reserved,
    Forger.unknown_kind,
    Forger.long_control,
    Forger.cut_control,
    Forger.odd_close,
    Forger.endless_fragments,
    Forger.empty_fragments,
    Forger.fragment_of_nothing,
    Forger.message_within_a_message,
    Forger.endless_length,
    Forger.wasteful_length,
    Forger.pings,
    Forger.no_frame,
)
