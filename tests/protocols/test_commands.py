"""What clients say is understood in both encodings, and nothing they say breaks the reader."""

from collections.abc import Callable
from contextlib import suppress

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rift.protocols import commands, etf
from rift.protocols.commands import Heartbeat, Ignored, parse
from rift.protocols.frames import Encoding
from rift.protocols.gateway import CloseCode, Closing
from rift.wire.gateway import Identify, RequestGuildMembers, Resume, UpdateVoiceState
from rift.wire.presences import UpdatePresence

ENCODE: dict[Encoding, Callable[[object], bytes]] = {
    Encoding.JSON: msgspec.json.encode,
    Encoding.ETF: etf.encode,
}


@pytest.fixture(params=Encoding)
def encoding(request: pytest.FixtureRequest) -> Encoding:
    chosen = request.param
    assert isinstance(chosen, Encoding)
    return chosen


def say(encoding: Encoding, op: object, data: object = None) -> commands.Command:
    return parse(ENCODE[encoding]({"op": op, "d": data}), encoding)


def close_code(message: bytes, encoding: Encoding) -> CloseCode:
    with pytest.raises(Closing) as closing:
        parse(message, encoding)
    return closing.value.code


def test_heartbeats_come_with_and_without_a_number(encoding: Encoding) -> None:
    assert say(encoding, 1) == Heartbeat()
    assert say(encoding, 1, 251) == Heartbeat(seq=251)
    assert say(encoding, 40, {"seq": 7, "qos": {"ver": 1}}) == Heartbeat(seq=7)
    assert parse(b'{"op":1}', Encoding.JSON) == Heartbeat()


def test_a_bot_identifies(encoding: Encoding) -> None:
    identify = say(
        encoding,
        2,
        {
            "token": "Bot MQ.a.b",
            "intents": 513,
            "properties": {"os": "linux", "browser": "disco", "device": "disco"},
            "compress": True,
            "large_threshold": 250,
            "shard": [0, 2],
            "presence": {"status": "dnd", "since": None, "activities": [], "afk": False},
        },
    )
    assert isinstance(identify, Identify)
    assert (identify.token, identify.intents, identify.shard) == ("MQ.a.b", 513, (0, 2))
    assert identify.compress
    assert isinstance(identify.presence, UpdatePresence)


def test_a_persons_client_identifies_without_intents(encoding: Encoding) -> None:
    identify = say(encoding, 2, {"token": "MQ.a.b", "capabilities": 22525, "client_state": {}})
    assert isinstance(identify, Identify)
    assert identify.intents is msgspec.UNSET
    assert identify.capabilities == 22525


def test_a_client_resumes(encoding: Encoding) -> None:
    resume = say(encoding, 6, {"token": "Bot t", "session_id": "s", "seq": 3})
    assert resume == Resume(token="t", session_id="s", seq=3)


def test_ids_may_be_texts_or_numbers(encoding: Encoding) -> None:
    for guild_id in ("123456789012345678", 123456789012345678):
        voice = say(encoding, 4, {"guild_id": guild_id, "channel_id": None, "self_mute": True})
        assert voice == UpdateVoiceState(guild_id="123456789012345678", self_mute=True)  # type: ignore[arg-type]  # plain text for brevity
        members = say(encoding, 8, {"guild_id": [guild_id], "query": "", "limit": 0})
        assert isinstance(members, RequestGuildMembers)
        assert members.guild_id == ["123456789012345678"]


def test_elixir_clients_pack_a_shard_as_a_string() -> None:
    term = b"\x83t\x00\x00\x00\x02d\x00\x02opa\x02d\x00\x01dt\x00\x00\x00\x02d\x00\x05token"
    term += b"m\x00\x00\x00\x01xd\x00\x05shardk\x00\x02\x00\x01"
    identify = parse(term, Encoding.ETF)
    assert isinstance(identify, Identify)
    assert identify.shard == (0, 1)


def test_people_subscribe_to_what_they_look_at(encoding: Encoding) -> None:
    ranges = {"typing": True, "channels": {"5": [[0, 99], [100, 199]]}}
    bulk = say(encoding, 37, {"subscriptions": {"7": ranges}})
    assert isinstance(bulk, commands.GuildSubscriptions)
    assert bulk.subscriptions["7"].channels == {"5": [(0, 99), (100, 199)]}
    single = say(encoding, 14, {"guild_id": "7", **ranges})
    assert isinstance(single, commands.GuildSubscription)
    assert (single.guild_id, single.typing) == ("7", True)
    assert say(encoding, 13, {"channel_id": "5"}) == commands.CallConnect(channel_id="5")  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("op", [12, 18, 28, 34, 36, 38, 39, 41, 42])
def test_housekeeping_of_the_official_client_is_ignored(encoding: Encoding, op: int) -> None:
    assert say(encoding, op, {"anything": [1]}) == Ignored(op)


@pytest.mark.parametrize("op", [13, 14, 37, 40])
def test_the_official_client_may_change_its_mind(encoding: Encoding, op: int) -> None:
    assert say(encoding, op, "nothing we know") == Ignored(op)


@pytest.mark.parametrize("op", [0, 5, 7, 9, 10, 11, 44, -1, 10**12])
def test_opcodes_that_no_client_sends_close_with_4001(encoding: Encoding, op: int) -> None:
    assert close_code(ENCODE[encoding]({"op": op}), encoding) is CloseCode.UNKNOWN_OPCODE


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b'{"op":null}',
        b'{"op":true}',
        b'{"op":2}',
        b'{"op":2,"d":{}}',
        b'{"op":1,"d":"\xff"}',
        b'{"op":2,"d":{"token":"\xff"}}',
        b'{"op":6,"d":{"token":"t"}}',
        b'{"op":8,"d":{"guild_id":"x"}}',
        b'{"op":8,"d":{"guild_id":"1","query":"a","limit":-1}}',
        b'{"op":8,"d":{"guild_id":"1","query":"\\u0000"}}',
        b'{"op":2,"d":{"token":"a\\\\\\u0000"}}',
        b'{"op":1,"d":' + b" " * 15360 + b"1}",
    ],
)
def test_what_cannot_be_read_closes_with_4002(message: bytes) -> None:
    assert close_code(message, Encoding.JSON) is CloseCode.DECODE_ERROR
    assert close_code(message, Encoding.ETF) is CloseCode.DECODE_ERROR


@pytest.mark.parametrize("opening", [b'{"a":', b"["])
def test_depth_does_not_break_the_reader(opening: bytes) -> None:
    deep = opening * (3500 // len(opening))
    for message in (
        deep,
        b'{"op":2,"d":{"token":"t","properties":' + deep,
        b'{"op":37,"d":' + deep,
    ):
        assert close_code(message, Encoding.JSON) is CloseCode.DECODE_ERROR
    assert parse(b'{"op":36,"d":' + b"[" * 900 + b"]" * 900 + b"}", Encoding.JSON) == Ignored(36)


@given(st.binary(max_size=120), st.sampled_from(Encoding), st.integers(0, 45))
def test_no_bytes_break_the_reader(data: bytes, encoding: Encoding, op: int) -> None:
    heads = {Encoding.JSON: b'{"op":%d,"d":', Encoding.ETF: b"\x83t\0\0\0\2s\2opa%cs\1d"}
    for message in (data, heads[encoding] % op + data, heads[encoding] % op + data + b"}"):
        with suppress(Closing):
            parse(message, encoding)


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine it is
@given(
    st.dictionaries(
        st.sampled_from(["token", "shard", "intents", "guild_id", "seq", "activities", "channels"]),
        st.recursive(
            st.none() | st.integers(-(2**64) + 1, 2**64 - 1) | st.text(max_size=5) | st.booleans(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
            max_leaves=8,
        ),
    ),
    st.sampled_from(Encoding),
    st.integers(0, 45),
)
def test_no_values_break_the_reader(data: object, encoding: Encoding, op: int) -> None:
    with suppress(Closing):
        parse(ENCODE[encoding]({"op": op, "d": data}), encoding)
