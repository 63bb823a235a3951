"""A connection is held to its order, its pace and its heartbeat."""

import pytest

from rift.protocols.commands import Heartbeat
from rift.protocols.connection import Address, Connection, Rules, parse_address
from rift.protocols.frames import Compression, Encoding
from rift.protocols.gateway import CloseCode, Closing
from rift.wire.gateway import Identify

IDENTIFY = b'{"op":2,"d":{"token":"t"}}'
RESUME = b'{"op":6,"d":{"token":"t","session_id":"s","seq":1}}'
BEAT = b'{"op":1,"d":null}'
VOICE = b'{"op":4,"d":{"guild_id":"1","channel_id":null}}'


def connection(rules: Rules | None = None) -> Connection:
    return Connection(Encoding.JSON, rules or Rules(), 0.0)


def close_code(peer: Connection, message: bytes, now: float = 1.0) -> CloseCode:
    with pytest.raises(Closing) as closing:
        peer.receive(message, now)
    return closing.value.code


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", Address()),
        ("v=10&encoding=json", Address()),
        ("v=9&encoding=etf", Address(version=9, encoding=Encoding.ETF)),
        ("encoding=json&v=10&compress=zlib-stream", Address(compression=Compression.ZLIB_STREAM)),
        ("v=10&compress=zstd-stream", Address(compression=Compression.ZSTD_STREAM)),
        ("v=8&v=10&compress=&other=1", Address()),
    ],
)
def test_the_url_says_what_is_spoken(query: str, address: Address) -> None:
    assert parse_address(query) == address


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("v=8", CloseCode.INVALID_VERSION),
        ("v=11", CloseCode.INVALID_VERSION),
        ("v=ten", CloseCode.INVALID_VERSION),
        ("v=10&encoding=xml", CloseCode.DECODE_ERROR),
        ("v=10&compress=brotli", CloseCode.DECODE_ERROR),
    ],
)
def test_what_is_not_spoken_closes(query: str, code: CloseCode) -> None:
    with pytest.raises(Closing) as closing:
        parse_address(query)
    assert closing.value.code is code


def test_a_heartbeat_may_come_before_identify() -> None:
    assert connection().receive(BEAT, 1.0) == Heartbeat()


@pytest.mark.parametrize("message", [VOICE, b'{"op":3,"d":{}}', b'{"op":36}'])
def test_nothing_else_may_come_before_identify(message: bytes) -> None:
    assert close_code(connection(), message) is CloseCode.NOT_AUTHENTICATED


@pytest.mark.parametrize("again", [IDENTIFY, RESUME])
def test_one_identifies_once(again: bytes) -> None:
    peer = connection()
    assert isinstance(peer.receive(IDENTIFY, 1.0), Identify)
    peer.receive(VOICE, 1.0)
    assert close_code(peer, again) is CloseCode.ALREADY_AUTHENTICATED


def test_after_an_invalid_session_one_identifies_anew() -> None:
    peer = connection()
    peer.receive(RESUME, 1.0)
    peer.reject()
    assert close_code(peer, VOICE) is CloseCode.NOT_AUTHENTICATED
    peer.receive(IDENTIFY, 2.0)


def test_the_hundred_and_twenty_first_payload_in_a_minute_closes() -> None:
    peer = connection()
    for _ in range(120):
        peer.receive(BEAT, 1.0)
    assert close_code(peer, BEAT, 59.9) is CloseCode.RATE_LIMITED
    peer.receive(BEAT, 60.0)


def test_the_limit_can_be_lifted() -> None:
    peer = connection(Rules(sends_per_minute=None))
    for _ in range(1000):
        peer.receive(BEAT, 1.0)


def test_only_heartbeats_keep_a_connection_alive() -> None:
    peer = connection(Rules(heartbeat_s=40, grace_s=10))
    peer.receive(IDENTIFY, 30.0)
    assert peer.dies_at == 50.0
    peer.receive(BEAT, 45.0)
    assert peer.dies_at == 95.0


def test_the_payload_limit_is_the_instances() -> None:
    peer = connection(Rules(max_payload_bytes=10))
    assert close_code(peer, BEAT) is CloseCode.DECODE_ERROR
