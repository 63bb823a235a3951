"""Ids: made, read, and taken from requests."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rift import snowflake
from rift.snowflake import (
    Generator,
    PermissionsInput,
    Snowflake,
    SnowflakeInput,
    SnowflakesInput,
    decode_hook,
)


class Body(msgspec.Struct):
    one: SnowflakeInput
    maybe: SnowflakeInput | None | msgspec.UnsetType = msgspec.UNSET
    many: list[SnowflakeInput] = []
    either: SnowflakesInput | None = None
    bits: PermissionsInput | None = None


def decode(text: str) -> Body:
    return msgspec.json.decode(text, type=Body, dec_hook=decode_hook)


def test_the_documented_example_is_read_as_documented() -> None:
    id_ = Snowflake("175928847299117063")
    assert snowflake.created_at(id_) == datetime(2016, 4, 30, 11, 18, 25, 796000, UTC)
    assert snowflake.shard_of(id_, 1) == 0
    assert snowflake.shard_of(id_, 16) == (175928847299117063 >> 22) % 16


@given(st.integers(0, 2**41 * 1000))
def test_a_moment_survives_to_the_millisecond(microseconds: int) -> None:
    moment = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    gap = moment - snowflake.created_at(snowflake.at(moment))
    assert timedelta() <= gap < timedelta(milliseconds=1)


@given(st.lists(st.integers(-5, 5), max_size=200), st.integers(0, 1023))
def test_ids_grow_however_the_clock_jumps(jumps: list[int], worker: int) -> None:
    now = [1_700_000_000.0]
    generator = Generator(worker, lambda: now[0])
    made = []
    for jump in jumps:
        now[0] += jump / 1000
        made.append(int(generator.new()))
    assert made == sorted(set(made))
    assert all(id_ >> 12 & 1023 == worker for id_ in made)


def test_a_full_millisecond_borrows_from_the_next() -> None:
    generator = Generator(0, lambda: 1_700_000_000.0)
    made = [int(generator.new()) for _ in range(10_000)]
    assert made == sorted(set(made))
    assert (made[-1] >> 22) - (made[0] >> 22) == 2


def test_a_worker_number_must_fit() -> None:
    with pytest.raises(ValueError, match="between 0 and 1023"):
        Generator(1024, lambda: 0.0)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "abc", "٣", "1_0", " 1", "9" * 20, str(2**63)])
def test_what_is_no_id_is_not_read(text: str) -> None:
    assert snowflake.parse(text) is None


def test_leading_zeros_vanish() -> None:
    assert snowflake.parse("007") == "7"


def test_ids_in_requests_may_be_strings_or_numbers() -> None:
    body = decode('{"one": 5, "maybe": "6", "many": ["7", 8], "either": 9, "bits": 2048}')
    fields = ("5", "6", ["7", "8"], ["9"], "2048")
    assert msgspec.structs.astuple(body) == fields
    assert msgspec.json.encode(body) == (
        b'{"one":"5","maybe":"6","many":["7","8"],"either":["9"],"bits":"2048"}'
    )


def test_absent_and_null_differ() -> None:
    assert decode('{"one": 1}').maybe is msgspec.UNSET
    assert decode('{"one": 1, "maybe": null}').maybe is None


def test_a_list_or_a_single_id_become_a_list() -> None:
    assert decode('{"one": 1, "either": ["2", 3]}').either == ["2", "3"]
    assert decode('{"one": 1, "either": null}').either is None


@pytest.mark.parametrize("value", ["true", "1.0", "-1", '"x"', "[]", "{}", "1" * 5000, str(2**63)])
def test_what_is_no_id_is_refused_in_requests(value: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.one"):
        decode(f'{{"one": {value}}}')


def test_queries_are_read_in_the_same_way() -> None:
    query: dict[str, Any] = {"one": "42", "many": ["1"]}
    assert msgspec.convert(query, Body, strict=False, dec_hook=decode_hook).one == "42"


def test_the_schema_of_inputs_can_be_told() -> None:
    schema = msgspec.json.schema(Body, schema_hook=snowflake.schema_hook)
    one = schema["$defs"]["Body"]["properties"]["one"]
    assert {part["type"] for part in one["anyOf"]} == {"string", "integer"}
