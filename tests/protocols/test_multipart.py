"""Forms of several parts, however they are cut into pieces, and what is none."""

import itertools
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rift.protocols.multipart import Head, Malformed, Parser, boundary, read_head

BOUNDARY = "b0und"
Part = tuple[str, str | None, bytes]

_NAMES = st.text(
    st.characters(codec="ascii", exclude_characters='"\\%', min_codepoint=32), max_size=20
)
_CONTENTS = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from([b"\r", b"\n", b"-", b"--", b"\r\n--b0un", b"\r\n--", b"b0und", b"x"]),
        max_size=30,
    ).map(b"".join),
).filter(lambda content: b"\r\n--b0und" not in b"\r\n" + content)
_PARTS = st.lists(st.tuples(_NAMES, st.none() | _NAMES, _CONTENTS), max_size=6)


def written(parts: list[Part], preamble: bytes = b"", epilogue: bytes = b"") -> bytes:
    body = preamble
    for name, filename, content in parts:
        more = "" if filename is None else f'; filename="{filename}"\r\nContent-Type: a/b'
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode() + epilogue


def parsed(body: bytes, cuts: list[int]) -> list[Part]:
    """What our parser makes of it, in pieces."""
    parser = Parser(BOUNDARY)
    heads: list[Head] = []
    contents: list[bytes] = []
    edges = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
    for start, end in itertools.pairwise(edges):
        for event in parser.feed(body[start:end]):
            if isinstance(event, Head):
                heads.append(event)
                contents.append(b"")
            else:
                contents[-1] += event
    assert parser.is_whole
    return [(head.name, head.filename, it) for head, it in zip(heads, contents, strict=True)]


def by_the_library(body: bytes) -> list[bytes]:
    """What Python's own parser of mail makes of it."""
    head = f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n".encode()
    message: Any = BytesParser(policy=HTTP).parsebytes(head + body)
    return [part.get_payload(decode=True) for part in message.iter_parts()]


@given(_PARTS, st.lists(st.integers(min_value=0), max_size=8))
def test_what_was_written_is_read_however_it_is_cut(parts: list[Part], cuts: list[int]) -> None:
    assert parsed(written(parts), cuts) == parts
    assert parsed(written(parts, b"before\r\n", b"\r\nafter--b0und"), cuts) == parts


@given(
    st.lists(
        st.binary(max_size=60).filter(lambda it: b"\r" not in it and b"\n" not in it),
        min_size=1,
        max_size=4,
    )
)
def test_pythons_own_parser_reads_the_same(contents: list[bytes]) -> None:
    body = written([("x", "f", content) for content in contents])
    assert [content for _, _, content in parsed(body, [])] == by_the_library(body)


@given(st.binary(max_size=400), st.lists(st.integers(min_value=0), max_size=5))
def test_garbage_is_malformed_or_never_whole(garbage: bytes, cuts: list[int]) -> None:
    body = b"--b0und" + garbage
    outcomes = []
    for where in (cuts, []):
        parser = Parser(BOUNDARY)
        edges = [0, *sorted(cut % (len(body) + 1) for cut in where), len(body)]
        try:
            for start, end in itertools.pairwise(edges):
                for _ in parser.feed(body[start:end]):
                    pass
        except Malformed:
            outcomes.append("malformed")
        else:
            outcomes.append(str(parser.is_whole))
    assert outcomes[0] == outcomes[1]


def test_an_endless_head_is_malformed() -> None:
    parser = Parser("b")
    list(parser.feed(b"--b\r\n" + b"x" * 8000))
    with pytest.raises(Malformed):
        list(parser.feed(b"x" * 1000))


def test_little_is_held_of_a_large_part() -> None:
    parser = Parser("b")
    list(parser.feed(b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'))
    for _ in range(100):
        list(parser.feed(bytes(100_000)))
        assert len(parser._buffer) < 10


@pytest.mark.parametrize(
    ("text", "filename"),
    [
        ('filename="plain.txt"', "plain.txt"),
        ('filename="quo\\"te.txt"', 'quo"te.txt'),
        ('filename="quo%22te.txt"', 'quo"te.txt'),
        ('filename="line%0D%0Aend"', "line\r\nend"),
        ('filename="100%25.txt"', "100%25.txt"),
        ('filename="C:\\dir\\file.txt"', "C:\\dir\\file.txt"),
        ("filename=bare.txt", "bare.txt"),
        ('filename="grüße.txt"', "grüße.txt"),
        ("filename=\"x\"; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt", "grüße.txt"),
        ("filename*=iso-8859-1'de'gr%FC%DFe.txt", "grüße.txt"),
        ('filename=""', ""),
        ('FileName="case.txt"', "case.txt"),
    ],
)
def test_names_are_read_as_clients_write_them(text: str, filename: str) -> None:
    head = read_head(f'content-DISPOSITION: form-data; name="files[0]"; {text}')
    assert (head.name, head.filename) == ("files[0]", filename)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("multipart/form-data; boundary=abc", "abc"),
        ('multipart/form-data; charset=x; BOUNDARY="a b"', "a b"),
        ("multipart/form-data;boundary=a;x=y", "a"),
    ],
)
def test_boundaries_are_found(header: str, expected: str) -> None:
    assert boundary(header) == expected


@pytest.mark.parametrize("header", ["multipart/form-data", "multipart/form-data; boundary="])
def test_a_form_without_a_boundary_is_malformed(header: str) -> None:
    with pytest.raises(Malformed):
        boundary(header)
