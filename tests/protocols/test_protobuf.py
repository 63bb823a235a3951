"""Protocol buffers: their fields, without their meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rift.protocols import protobuf

numbers = st.integers(min_value=1, max_value=2**29 - 1)
fields = st.one_of(
    st.tuples(numbers, st.integers(min_value=0, max_value=2**64 - 1)).map(
        lambda it: (it[0], protobuf.varint_field(*it))
    ),
    st.tuples(numbers, st.binary(max_size=300)).map(lambda it: (it[0], protobuf.bytes_field(*it))),
)
messages = st.lists(fields, max_size=8)


def joined(parts: list[tuple[int, bytes]]) -> bytes:
    return b"".join(raw for _, raw in parts)


@given(messages)
def test_a_message_falls_into_its_fields(parts: list[tuple[int, bytes]]) -> None:
    assert list(protobuf.fields(joined(parts))) == parts


@given(messages, messages)
def test_a_change_replaces_what_it_names_and_keeps_the_rest(
    before: list[tuple[int, bytes]], change: list[tuple[int, bytes]]
) -> None:
    named = {number for number, _ in change}
    kept = [part for part in before if part[0] not in named]
    after = protobuf.replaced(joined(before), joined(change))
    assert list(protobuf.fields(after)) == kept + change


@given(st.binary(max_size=64))
def test_anything_else_is_refused_with_a_value_error(raw: bytes) -> None:
    try:
        parts = list(protobuf.fields(raw))
    except ValueError:
        return
    assert joined(parts) == raw


@pytest.mark.parametrize(
    "raw", [b"\x02\x00", b"\x08", b"\x08" + b"\xff" * 10, b"\x0a\x05abc", b"\x0b", b"\x0d\x00"]
)
def test_broken_messages_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"field|number"):
        list(protobuf.fields(raw))


def test_a_field_of_bytes_tells_what_it_holds() -> None:
    assert protobuf.payload(protobuf.bytes_field(7, b"held")) == b"held"
    with pytest.raises(ValueError, match="bytes"):
        protobuf.payload(protobuf.varint_field(7, 1))
