"""Shared frames read the same on every socket, whatever went over it before."""

import json
import random
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from rift.protocols import blocks, etf
from rift.protocols.frames import (
    MAX_SEQUENCE,
    PAYLOAD_THRESHOLD,
    Batch,
    Compression,
    Encoder,
    Encoding,
    Event,
    Stream,
    Variant,
)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
HELLO = {"op": 10, "d": {"heartbeat_interval": 41250}}


def websocket_messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The opcode and payload of unmasked, unfragmented frames."""
    while data:
        size, start = data[1], 2
        if size == 126:
            size, start = int.from_bytes(data[2:4], "big"), 4
            assert size > 125
        elif size == 127:
            size, start = int.from_bytes(data[2:10], "big"), 10
            assert size > 0xFFFF
        assert data[0] & 0xF0 == 0x80
        assert start + size <= len(data)
        yield data[0] & 0x0F, data[start : start + size]
        data = data[start + size :]


def decompressor(compression: Compression) -> Callable[[bytes], bytes]:
    if compression is Compression.ZLIB_STREAM:
        return zlib.decompressobj().decompress
    if compression is Compression.ZSTD_STREAM:
        return zstandard.ZstdDecompressor().decompressobj().decompress
    return bytes


class Client:
    """Reads one connection, as client libraries do: one decompressor for its whole life."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.inflate = decompressor(variant.compression)

    def read(self, data: bytes) -> list[object]:
        return [self.message(opcode, payload) for opcode, payload in websocket_messages(data)]

    def message(self, opcode: int, payload: bytes) -> object:
        assert opcode == (1 if self.variant is Variant.JSON else 2)
        if self.variant.compression is Compression.ZLIB_STREAM:
            assert payload.endswith(b"\x00\x00\xff\xff")
        plain = self.inflate(payload)
        return etf.decode(plain) if self.variant.is_etf else json.loads(plain)


def stream_for(encoder: Encoder, variant: Variant) -> Stream:
    return encoder.open_stream(variant.encoding, variant.compression)


def event(encoder: Encoder, name: str, data: object) -> Event:
    return encoder.event(name, msgspec.json.encode(data))


def dispatch(name: str, sequence: int, data: object) -> dict[str, object]:
    return {"op": 0, "s": sequence, "t": name, "d": data}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.mark.parametrize("variant", Variant)
@given(data=JSON_VALUES, sequence=st.integers(1, MAX_SEQUENCE))
def test_any_event_reads_as_it_was_in_every_variant(
    encoder: Encoder, variant: Variant, data: object, sequence: int
) -> None:
    client = Client(variant)
    hello = stream_for(encoder, variant).single(msgspec.json.encode(HELLO))
    assert client.read(hello) == [HELLO]
    frame = event(encoder, "MESSAGE_CREATE", data).frame(variant)
    assert client.read(frame.render(sequence)) == [dispatch("MESSAGE_CREATE", sequence, data)]


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("size", [0, 1, 60, 100, 125, 126, 0xFF00, 0x10000, 0x3FFFF, 400_000])
@pytest.mark.parametrize("text", ["x", "noise"])
def test_events_of_every_size_read_as_they_were(
    encoder: Encoder, variant: Variant, size: int, text: str
) -> None:
    content = "x" * size if text == "x" else random.Random(size).randbytes(size // 2).hex()
    client = Client(variant)
    stream = stream_for(encoder, variant)
    big = event(encoder, "X", content).frame(variant)
    private = {"op": 0, "s": 8, "t": "X", "d": content}
    wire = stream.single(b"{}") + big.render(7) + stream.single(msgspec.json.encode(private))
    assert client.read(wire) == [{}, dispatch("X", 7, content), private]


@pytest.mark.parametrize("variant", Variant)
def test_sockets_with_different_pasts_share_the_same_frames(
    encoder: Encoder, variant: Variant
) -> None:
    chance = random.Random(variant.place)
    seats: list[tuple[Client, Stream, list[object], list[object]]] = []
    for turn in range(300):
        if turn % 20 == 0:
            client, stream = Client(variant), stream_for(encoder, variant)
            hello = client.read(stream.single(msgspec.json.encode(HELLO)))
            seats.append((client, stream, [HELLO], hello))
        data = {"id": str(chance.getrandbits(60)), "content": "ab " * chance.randrange(200)}
        shared = event(encoder, "MESSAGE_CREATE", data).frame(variant)
        for seat, (client, stream, sent, got) in enumerate(seats):
            if chance.random() < 0.3:
                private = {"op": 11, "d": "z" * chance.randrange(300)}
                got.extend(client.read(stream.single(msgspec.json.encode(private))))
                sent.append(private)
            got.extend(client.read(shared.render(turn * 7 + seat + 1)))
            sent.append(dispatch("MESSAGE_CREATE", turn * 7 + seat + 1, data))
    for _, _, sent, got in seats:
        assert got == sent


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("count", [1, 2, 64])
def test_a_batch_is_the_frames_one_after_the_other(
    encoder: Encoder, variant: Variant, count: int
) -> None:
    contents = [f"100% of {number} %d %%s" for number in range(count)]
    frames = [event(encoder, "X", {"content": text}).frame(variant) for text in contents]
    batch = Batch(frames)
    for first in (1, 99_990, 2_000_000_000):
        wire = b"".join(frame.render(first + place) for place, frame in enumerate(frames))
        assert batch.render(first) == wire
        assert batch.size == len(wire)


@pytest.mark.parametrize("variant", Variant)
def test_a_number_patched_into_the_shared_bytes_makes_the_frame_of_that_number(
    encoder: Encoder, variant: Variant
) -> None:
    frame = event(encoder, "X", {"content": "y" * 300}).frame(variant)
    buffer, slot, number = frame.patchable()
    for sequence in (5, 5, 6, MAX_SEQUENCE):
        buffer[slot] = number(sequence)
        wire = bytes(buffer)
        ((_, payload),) = websocket_messages(wire)
        assert payload == frame.payload(sequence)
        assert frame.head + number(sequence) + frame.tail == wire == frame.render(sequence)
    assert len(buffer) == frame.size


def test_an_event_is_encoded_once_per_variant(encoder: Encoder) -> None:
    shared = event(encoder, "X", {})
    assert all(shared.frame(variant) is shared.frame(variant) for variant in Variant)
    assert shared.size == 2


def test_json_keeps_discords_order_so_that_scanning_clients_find_the_envelope(
    encoder: Encoder,
) -> None:
    frame = event(encoder, "TYPING_START", {"op": 9}).frame(Variant.JSON)
    assert frame.payload(7) == b'{"op":0,"s":         7,"t":"TYPING_START","d":{"op":9}}'


def test_payload_compression_deflates_large_private_messages_only(encoder: Encoder) -> None:
    stream = encoder.open_stream(Encoding.JSON, Compression.NONE)
    large = json.dumps("x" * PAYLOAD_THRESHOLD).encode()
    assert list(websocket_messages(stream.single(large))) == [(1, large)]
    stream.compress_payloads = True
    ((opcode, payload),) = websocket_messages(stream.single(large))
    assert (opcode, zlib.decompress(payload)) == (2, large)
    assert list(websocket_messages(stream.single(b"{}"))) == [(1, b"{}")]


@pytest.mark.parametrize("compression", [Compression.ZLIB_STREAM, Compression.ZSTD_STREAM])
def test_transport_compression_wins_over_payload_compression(
    encoder: Encoder, compression: Compression
) -> None:
    stream = encoder.open_stream(Encoding.JSON, compression)
    stream.compress_payloads = True
    client = Client(stream.variant)
    assert client.read(stream.single(json.dumps("x" * 9999).encode())) == ["x" * 9999]


def test_tiny_messages_are_stored_when_that_is_shorter() -> None:
    for compressor in (blocks.Deflate(), blocks.Zstd()):
        for data in (b"7", b"\xff\x00\x80", random.Random(1).randbytes(500)):
            assert len(compressor.message(data)) <= len(data) + 10
            assert len(b"".join(compressor.split_message(b"123", data))) <= len(data) + 13


@given(st.lists(st.tuples(st.sampled_from("ab, "), st.integers(1, 40)), min_size=1, max_size=30))
def test_zstd_blocks_never_lean_on_what_another_stream_said(runs: list[tuple[str, int]]) -> None:
    """Runs of one character tempt zstd to use the offsets that a fresh frame starts with."""
    compressor = blocks.Zstd()
    data = "".join(char * count for char, count in runs).encode()
    message = compressor.message(data)
    fresh = zstandard.ZstdDecompressor().decompressobj()
    assert fresh.decompress(compressor.stream_header + message) == data
    used = zstandard.ZstdDecompressor().decompressobj()
    past = json.dumps([str(number * 7919) for number in range(400)]).encode()
    used.decompress(compressor.stream_header + compressor.message(past))
    assert used.decompress(message) == data


NODE_READER = """
const zlib = require('zlib');
const [kind, ...messages] = require('fs').readFileSync(0, 'utf8').trim().split('\\n');
const stream = kind === 'zlib' ? zlib.createInflate() : zlib.createZstdDecompress();
let text = '';
stream.on('data', piece => { text += piece; });
stream.on('error', error => { throw error; });
(async () => {
  for (const message of messages) {
    const before = text.length;
    stream.write(Buffer.from(message, 'hex'));
    for (let wait = 0; wait < 200 && text.length === before; wait++)
      await new Promise(done => setTimeout(done, 1));
    console.log(text.slice(before));
  }
  process.exit(0);
})();
"""


@pytest.mark.parametrize("variant", [Variant.JSON_ZLIB, Variant.JSON_ZSTD])
def test_node_reads_a_stream_of_private_and_shared_messages(
    encoder: Encoder, variant: Variant
) -> None:
    node = shutil.which("node")
    has_zstd = "process.exit(require('zlib').createZstdDecompress ? 0 : 1)"
    if node is None:
        pytest.skip("no Node.js here")
    zlib_only = subprocess.run([node, "-e", has_zstd], check=False).returncode
    if zlib_only and variant is Variant.JSON_ZSTD:
        pytest.skip("this Node.js has no zstd")
    stream = stream_for(encoder, variant)
    wire = [stream.single(msgspec.json.encode(HELLO))]
    sent: list[object] = [HELLO]
    for number in range(1, 30):
        data = {"content": f"number {number} " * number}
        wire += [
            event(encoder, "X", data).frame(variant).render(number),
            stream.single(b'{"op":11}'),
        ]
        sent += [dispatch("X", number, data), {"op": 11}]
    kind = "zlib" if variant is Variant.JSON_ZLIB else "zstd"
    lines = [payload.hex() for _, payload in websocket_messages(b"".join(wire))]
    output = subprocess.run(
        [node, "-e", NODE_READER], input="\n".join([kind, *lines]), text=True, capture_output=True,
        check=True, timeout=20,
    ).stdout  # fmt: skip
    assert [json.loads(line) for line in output.splitlines()] == sent
