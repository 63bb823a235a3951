"""Ids and permission bits, there and back."""

from typing import Final
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rift.doors.discord.rest import ENDPOINTS as DISCORD
from rift.doors.simple import bits, ids
from rift.doors.simple.bits import COVERED, COVERING, PAIRS, SimplePermission
from rift.doors.simple.surface import ENDPOINTS
from rift.errors import InvalidForm
from rift.permissions import ALL, Permission
from rift.snowflake import MAX

_SNOWFLAKES: Final = st.integers(0, MAX).map(str)
_DISCORDS: Final = st.integers(0, ALL)
_SIMPLE_ALL: Final = sum(simple for simple, _ in PAIRS) | COVERED


@given(_SNOWFLAKES)
def test_an_id_survives_the_way_there_and_back(id_: str) -> None:
    shown = ids.shown(id_)
    assert ids.read(shown) == ids.read(shown.upper()) == ids.read(id_) == id_


@given(_SNOWFLAKES)
def test_an_id_is_a_uuid_for_whoever_parses_strictly(id_: str) -> None:
    parsed = UUID(ids.shown(id_))
    assert str(parsed) == ids.shown(id_)
    assert parsed.version == 8
    assert parsed.variant == "specified in RFC 4122"


@given(_SNOWFLAKES, _SNOWFLAKES)
def test_ids_keep_their_order(one: str, other: str) -> None:
    assert (int(one) < int(other)) == (ids.shown(one) < ids.shown(other))


@given(st.uuids(version=4))
def test_a_uuid_of_somebody_else_is_the_id_of_nothing(foreign: UUID) -> None:
    assert ids.read(str(foreign)) == "0"


@pytest.mark.parametrize("text", ["", "x", "-1", "0" * 32, "{" + ids.shown("7") + "}", "9" * 20])
def test_what_is_no_id_is_none(text: str) -> None:
    assert ids.read(text) is None


def test_the_table_of_bits_is_the_seeds() -> None:
    table = {simple.name: theirs.name for simple, theirs in PAIRS}
    assert table == {
        "VIEW_CHANNELS": "VIEW_CHANNEL",
        "SEND_MESSAGES": "SEND_MESSAGES",
        "READ_HISTORY": "READ_MESSAGE_HISTORY",
        "MANAGE_MESSAGES": "MANAGE_MESSAGES",
        "ATTACH_FILES": "ATTACH_FILES",
        "MANAGE_CHANNELS": "MANAGE_CHANNELS",
        "MANAGE_SERVER": "MANAGE_GUILD",
        "MANAGE_ROLES": "MANAGE_ROLES",
        "KICK_MEMBERS": "KICK_MEMBERS",
        "BAN_MEMBERS": "BAN_MEMBERS",
        "CREATE_INVITES": "CREATE_INSTANT_INVITE",
        "MENTION_EVERYONE": "MENTION_EVERYONE",
        "ADMINISTRATOR": "ADMINISTRATOR",
    }
    numbers = [bit.value.bit_length() - 1 for bit in SimplePermission]
    assert numbers == [*range(13), 30]


@given(_DISCORDS)
def test_what_is_shown_and_written_back_changes_nothing(theirs: int) -> None:
    assert bits.written("permissions", bits.shown(theirs), theirs) == theirs


@given(_DISCORDS, st.integers(0, _SIMPLE_ALL).map(lambda n: n & _SIMPLE_ALL))
def test_bits_without_a_name_here_survive_any_change(before: int, simple: int) -> None:
    named = sum(int(theirs) for _, theirs in PAIRS)
    try:
        after = bits.written("permissions", simple, before)
    except InvalidForm:
        assert simple & COVERED
        return
    assert after & ~named == before & ~named
    assert bits.shown(after) & ~COVERED == simple & ~COVERED


@given(st.integers(0, _SIMPLE_ALL))
def test_nothing_is_granted_that_was_not_named(simple: int) -> None:
    named = simple & _SIMPLE_ALL & ~COVERED
    granted = bits.written("permissions", named)
    assert granted == sum(int(theirs) for bit, theirs in PAIRS if named & bit)


def test_managing_invites_comes_with_channels_or_server_and_not_alone() -> None:
    assert bits.shown(int(Permission.MANAGE_GUILD)) & COVERED
    assert bits.shown(int(Permission.MANAGE_CHANNELS)) & COVERED
    with_channels = COVERED | int(SimplePermission.MANAGE_CHANNELS)
    assert bits.written("permissions", with_channels) == Permission.MANAGE_CHANNELS
    assert not bits.shown(ALL & ~COVERING) & COVERED
    with pytest.raises(InvalidForm):
        bits.written("permissions", COVERED)


@pytest.mark.parametrize("bit", [*range(13, 30), 31])
def test_a_bit_that_means_nothing_is_refused(bit: int) -> None:
    with pytest.raises(InvalidForm):
        bits.written("permissions", 1 << bit)


def test_both_doors_draw_from_the_same_buckets() -> None:
    theirs = {it.bucket.name: it.bucket for it in DISCORD}
    shared = [it.bucket for it in ENDPOINTS if it.bucket.name in theirs]
    assert len(shared) > 20
    assert all(bucket == theirs[bucket.name] for bucket in shared)
