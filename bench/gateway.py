"""A person's gateway session as plain as can be: what comes is searched, not read."""

import json
import socket
import time
from types import TracebackType
from typing import Any, Final, Self

_CAPABILITIES: Final = 22525
"""What the official client and those like it send."""
_DEADLINE_S: Final = 60.0
_LONGEST_SHORT: Final = 125
_TAIL: Final = 64


class Session:
    """One connection that asks for neither compression nor intents."""

    def __init__(self, port: int, token: str) -> None:
        self._token = token
        self._socket = socket.create_connection(("127.0.0.1", port), _DEADLINE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(
            b"GET /gateway?v=9&encoding=json HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self._until(b'"op":10')

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def identify(self) -> tuple[float, int]:
        """Milliseconds until READY and what supplements it are here, and their bytes."""
        data = {"token": self._token, "properties": {}, "capabilities": _CAPABILITIES}
        start = time.perf_counter()
        self.say(2, data)
        received = self._until(b'"lazy_private_channels":')
        return (time.perf_counter() - start) * 1e3, received

    def say(self, op: int, data: Any) -> None:
        payload = json.dumps({"op": op, "d": data}).encode()
        length = len(payload)
        head = bytes((0x81, 0x80 | length)) if length <= _LONGEST_SHORT else (
            bytes((0x81, 0x80 | 126)) + length.to_bytes(2, "big")
        )  # fmt: skip
        self._socket.sendall(head + bytes(4) + payload)  # masked with zeros

    def answer(self, op: int, data: Any, until: bytes) -> tuple[float, int]:
        """Milliseconds until these bytes have come, and how many came."""
        start = time.perf_counter()
        self.say(op, data)
        received = self._until(until)
        return (time.perf_counter() - start) * 1e3, received

    def read(self, until: bytes) -> int:
        """How many bytes come until these have."""
        return self._until(until)

    def _until(self, wanted: bytes) -> int:
        """Read until these bytes have come; how many came."""
        buffer, tail, received = bytearray(1 << 20), b"", 0
        while wanted not in tail:
            size = self._socket.recv_into(buffer)
            if not size:
                raise ConnectionError(f"closed while {wanted!r} was awaited: {tail[-200:]!r}")
            received += size
            tail = tail[-_TAIL:] + bytes(buffer[:size])
        return received
