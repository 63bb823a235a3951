"""Which links of a message are looked at."""

import time

import pytest

from rift.core.messages.urls import links, may_link

A, B = "https://a.example/x", "http://b.example/?y=1#z"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", []),
        ("no link, http: nor //this nor a.example", []),
        (A, [A]),
        (f"look: {A}, and {B}!", [A, B]),
        (f"{A} {A}", [A]),
        (f"({A})", [A]),
        ("https://a.example/x_(y)", ["https://a.example/x_(y)"]),
        ("(https://a.example/x_(y))", ["https://a.example/x_(y)"]),
        (f"[a name]({A})", [A]),
        (f"**{A}**", [A]),
        (f"{A}.", [A]),
        ("HTTPS://A.example/x", ["HTTPS://A.example/x"]),
        (f"<{A}>", []),
        (f"[a name](<{A}>) {B}", [B]),
        (f"||{A}||", []),
        (f"||a secret {A} here|| {B}", [B]),
        (f"`{A}`", []),
        (f"```\n{A}\n``` {B}", [B]),
        (f"`` ` {A} `` {B}", [B]),
        (f"a ` b {A}", [A]),
        ("https://", []),
        ("https://...", []),
        ("ftp://a.example/ discord://x javascript:alert(1)", []),
        ("https://a.example/" + "x" * 2048, []),
        (f"\N{IDEOGRAPHIC SPACE}{A}\N{IDEOGRAPHIC SPACE}", [A]),
    ],
)
def test_a_link_is_what_people_see_as_one(content: str, found: list[str]) -> None:
    assert links(content) == found


def test_the_first_five_count() -> None:
    given = [f"https://a.example/{number}" for number in range(8)]
    assert links(" ".join(given)) == given[:5]


@pytest.mark.parametrize("content", ["plain", "12:30", "a://b", "https:/ /x"])
def test_most_messages_are_seen_at_once_to_have_none(content: str) -> None:
    assert not may_link(content)


@pytest.mark.parametrize(
    "piece", ["https://", "||", "<https://a", "`", "https://a" + ")" * 50, "||`<https://a.b>"]
)
def test_no_message_takes_long(piece: str) -> None:
    content = (piece * 100_000)[:100_000]
    began = time.perf_counter()
    links(content)
    assert time.perf_counter() - began < 1
