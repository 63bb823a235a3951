"""Terms survive the way there and back, and no bytes from outside can harm the decoder."""

from contextlib import suppress
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rift.protocols import etf

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**64) + 1, 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=30,
)


@given(VALUES)
def test_what_is_encoded_decodes_to_itself(value: object) -> None:
    back = etf.decode(etf.encode(value))
    assert back == value
    assert repr(back) == repr(value)  # True is not 1, 1 is not 1.0


@given(st.binary(max_size=200))
def test_foreign_bytes_are_a_value_or_malformed(data: bytes) -> None:
    with suppress(etf.MalformedTerm):
        etf.decode(b"\x83" + data)


@given(VALUES, st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_term_is_a_value_or_malformed(value: object, at: int, byte: int) -> None:
    data = bytearray(etf.encode(value))
    data[at % len(data)] = byte
    for piece in (bytes(data), bytes(data[: at % len(data)])):
        with suppress(etf.MalformedTerm):
            etf.decode(piece)


@pytest.mark.parametrize(
    ("value", "term"),
    [
        (None, b"s\x03nil"),
        (True, b"s\x04true"),
        (False, b"s\x05false"),
        (255, b"a\xff"),
        (256, b"b\x00\x00\x01\x00"),
        (-1, b"b\xff\xff\xff\xff"),
        (2**31, b"n\x04\x00\x00\x00\x00\x80"),
        (-(2**31) - 1, b"n\x04\x01\x01\x00\x00\x80"),
        (1.5, b"F" + pack(">d", 1.5)),
        ("hé", b"m\x00\x00\x00\x03h\xc3\xa9"),
        ([], b"j"),
        ([1], b"l\x00\x00\x00\x01a\x01j"),
        ({"k": []}, b"t\x00\x00\x00\x01m\x00\x00\x00\x01kj"),
    ],
)
def test_terms_are_spelled_as_erlpack_reads_them(value: object, term: bytes) -> None:
    assert etf.encode(value) == b"\x83" + term
    assert etf.encode_bare(value) == term


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (b"c" + b"1.50000000000000000000e+00".ljust(31, b"\0"), 1.5),
        (b"d\x00\x05false", False),
        (b"w\x04null", None),
        (b"d\x00\x02hi", "hi"),
        (b"s\x01\xe9", "é"),
        (b"w\x02\xc3\xa9", "é"),
        (b"k\x00\x02\x00\x01", [0, 1]),
        (b"h\x02a\x00a\x01", [0, 1]),
        (b"i\x00\x00\x00\x01j", [[]]),
        (b"o\x00\x00\x00\x05\x00\x00\x00\x00\x00\x01", 2**32),
        (b"t\x00\x00\x00\x01a\x07w\x03nil", {"7": None}),
        (b"t\x00\x00\x00\x01w\x02opa\x01", {"op": 1}),
    ],
)
def test_what_erlang_and_erlpack_write_is_read(term: bytes, value: object) -> None:
    assert etf.decode(b"\x83" + term) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x82j",
        b"\x83",
        b"\x83jj",
        b"\x83P\x00\x00\x00\x01x\x9c",
        b"\x83l\xff\xff\xff\xffj",
        b"\x83i\xff\xff\xff\xff",
        b"\x83t\x7f\xff\xff\xff",
        b"\x83l\x00\x00\x00\x01a\x01a\x02",
        b"\x83t\x00\x00\x00\x01ja\x01",
        b"\x83t\x00\x00\x00\x01s\x04truea\x01",
        b"\x83n\x09\x00" + bytes(9),
        b"\x83n\x01\x02\x01",
        b"\x83F" + pack(">d", float("inf")),
        b"\x83F" + pack(">d", float("nan")),
        b"\x83c" + b"nan".ljust(31, b"\0"),
        b"\x83c" + b"one".ljust(31, b"\0"),
        b"\x83m\x00\x00\x00\x01\xff",
        b"\x83v\x00\x02h\xc3",
        b"\x83" + b"l\x00\x00\x00\x01" * 100_000,
        b"\x83" + b"h\x01" * 100_000,
        b"\x83m" + pack(">I", 2 << 20) + bytes(2 << 20),
    ],
)
def test_malformed_terms_are_refused_by_one_error(data: bytes) -> None:
    with pytest.raises(etf.MalformedTerm):
        etf.decode(data)


def test_what_json_cannot_say_is_not_encoded() -> None:
    with pytest.raises(TypeError, match="bytes has no place"):
        etf.encode({"data": b""})
