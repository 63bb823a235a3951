"""Permissions against a second, naive reading of Discord's documented algorithm."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from rift import permissions
from rift.permissions import ALL, BITS, DEFAULT_EVERYONE, Permission

EVERYONE = "1"
ROLES = ("2", "3", "4", "5")
USER = "100"

bit_names = st.frozensets(st.sampled_from(sorted(BITS)))
role_sets = st.frozensets(st.sampled_from(ROLES))
overwrite_maps = st.dictionaries(
    st.sampled_from((EVERYONE, *ROLES, USER, "101")), st.tuples(bit_names, bit_names)
)


def bits(names: Iterable[str]) -> int:
    return sum(BITS[name] for name in names)


def naive_base(granted: list[frozenset[str]], owner: bool) -> set[str]:
    if owner or any("ADMINISTRATOR" in names for names in granted):
        return set(BITS)
    return {name for names in granted for name in names}


def naive_channel(
    base: set[str],
    overwrites: dict[str, tuple[frozenset[str], frozenset[str]]],
    roles: frozenset[str],
) -> set[str]:
    """One permission at a time: the last of the eight rules to speak decides."""
    if "ADMINISTRATOR" in base:
        return set(BITS)
    held = set()
    for name in BITS:
        may = name in base
        for layer in ([EVERYONE], sorted(roles), [USER]):
            present = [overwrites[target] for target in layer if target in overwrites]
            if any(name in deny for _, deny in present):
                may = False
            if any(name in allow for allow, _ in present):
                may = True
        if may and name != "ADMINISTRATOR":
            held.add(name)
    if "VIEW_CHANNEL" not in held:
        return set()
    if "SEND_MESSAGES" not in held:
        held -= {"MENTION_EVERYONE", "SEND_TTS_MESSAGES", "ATTACH_FILES", "EMBED_LINKS"}
    return held


def test_all_53_bits_have_a_place() -> None:
    assert len(BITS) == 53
    assert sorted(BITS.values()) == [1 << n for n in range(53)]
    assert (BITS["PIN_MESSAGES"], BITS["BYPASS_SLOWMODE"]) == (1 << 51, 1 << 52)
    assert sum(BITS.values()) == ALL == 2**53 - 1


def test_names_are_read_back() -> None:
    assert permissions.names(ALL) == list(BITS)
    assert permissions.names(1 << 10 | 1) == ["CREATE_INSTANT_INVITE", "VIEW_CHANNEL"]


def test_newcomers_may_talk_but_not_rule() -> None:
    assert DEFAULT_EVERYONE & Permission.SEND_MESSAGES
    ruling = ("ADMINISTRATOR", "KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS")
    manage = [name for name in BITS if name.startswith("MANAGE_")]
    assert not DEFAULT_EVERYONE & bits([*ruling, *manage, "BYPASS_SLOWMODE", "PIN_MESSAGES"])


@given(st.lists(bit_names, max_size=5), st.booleans())
def test_base_permissions_agree(granted: list[frozenset[str]], owner: bool) -> None:
    expected = bits(naive_base(granted, owner))
    assert permissions.base_permissions(map(bits, granted), owner) == expected


@given(bit_names, overwrite_maps, role_sets, st.booleans())
def test_channel_permissions_agree(
    granted: frozenset[str],
    overwrites: dict[str, tuple[frozenset[str], frozenset[str]]],
    roles: frozenset[str],
    owner: bool,
) -> None:
    base = naive_base([granted], owner)
    expected = bits(naive_channel(base, overwrites, roles))
    as_bits = {target: (bits(allow), bits(deny)) for target, (allow, deny) in overwrites.items()}
    found = permissions.channel_permissions(bits(base), as_bits, EVERYONE, roles, USER)
    assert found == expected
    with_everyone = [EVERYONE, *roles]
    assert found == permissions.channel_permissions(
        bits(base), as_bits, EVERYONE, with_everyone, USER
    )


@given(bit_names)
def test_a_timeout_leaves_reading_but_not_to_administrators(granted: frozenset[str]) -> None:
    left = permissions.silenced(bits(granted))
    if "ADMINISTRATOR" in granted:
        assert left == bits(granted)
    else:
        assert left == bits(granted & {"VIEW_CHANNEL", "READ_MESSAGE_HISTORY"})


def test_no_overwrite_makes_an_administrator() -> None:
    gift = {USER: (ALL, 0)}
    found = permissions.channel_permissions(DEFAULT_EVERYONE, gift, EVERYONE, (), USER)
    assert not found & Permission.ADMINISTRATOR
    assert not permissions.silenced(found) & Permission.SEND_MESSAGES


def test_an_owner_is_stopped_by_nothing() -> None:
    closed = {EVERYONE: (0, ALL), USER: (0, ALL)}
    base = permissions.base_permissions([0], is_owner=True)
    assert permissions.channel_permissions(base, closed, EVERYONE, (), USER) == ALL
    assert permissions.silenced(base) == ALL
