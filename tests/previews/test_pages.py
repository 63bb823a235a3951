"""What is read of pages: good ones, broken ones, and those that want to do harm."""

import time

import pytest

from rift.core.previews import oembed
from rift.core.previews.pages import Facts, Picture, decoded, read, web_url
from rift.core.previews.words import cleaned, colour, number

URL = "https://site.example/a/page"

ARTICLE = """<!doctype html><html><head>
<title>The title of the window</title>
<base href="https://site.example/b/">
<meta property="og:title" content="Fish &amp; chips">
<meta property="og:description" content="All   about
 them">
<meta property='og:type' content='article'>
<meta name=theme-color content=#c0ffee>
<meta property="og:site_name" content="The Gazette">
<meta property="article:author" content="https://site.example/ann">
<meta name="author" content="Ann">
<meta property="og:image" content="fish.png">
<meta property="og:image:width" content="640"><meta property="og:image:height" content="480px">
<meta property="og:image:alt" content="A fish">
<link rel="alternate stylesheet" type="application/json+oembed" href="/oembed?url=x">
</head><body></body></html>"""


def test_open_graph_is_read() -> None:
    assert read(ARTICLE, URL) == Facts(
        title="Fish & chips",
        description="All about them",
        provider="The Gazette",
        author="",
        colour=0xC0FFEE,
        is_article=True,
        image=Picture("https://site.example/b/fish.png", 640, 480, "A fish"),
        oembed="https://site.example/oembed?url=x",
    )


def test_twitter_cards_and_plain_html_are_read_where_there_is_nothing_else() -> None:
    page = """<title>A window</title><META NAME="Description" CONTENT="words">
    <meta name="twitter:image" content="//cdn.example/i.jpg"><meta name="author" content="Ann">"""
    facts = read(page, URL)
    assert (facts.title, facts.description, facts.author) == ("A window", "words", "Ann")
    assert facts.image == Picture("https://cdn.example/i.jpg")
    card = read('<title>x</title><meta name="twitter:title" content="A card">', URL)
    assert card.title == "A card"


def test_a_film_is_named_only_over_tls() -> None:
    page = '<meta property="og:video" content="{}"><meta property="og:video:type" content="{}">'
    film = read(page.format("https://site.example/film.mp4", "Video/MP4"), URL).film
    assert film == Picture("https://site.example/film.mp4", content_type="video/mp4")
    assert read(page.format("http://site.example/film.mp4", "video/mp4"), URL).film is None


@pytest.mark.parametrize(
    "page",
    [
        '<!-- <meta property="og:title" content="bad"> --><title>good</title>',
        '<script>"<meta property=og:title content=bad>"</script><title>good</title>',
        "<style><title>bad</title></style><title>good</title>",
        "<svg><title>bad</title></svg><title>good</title>",
        "<textarea><title>bad</title></textarea><title>good</title>",
        '<title>good</title><meta property="og:title" content="">',
        '<title>good</title><meta property="og:description" content="<title>bad</title>">',
        '<title>good</title><meta content=">" property="x"><title>bad</title>',
        "<title>good",
        "<title>good</title><meta property='og:title' content='never ends",
        "<TITLE>good</TITLE >",
        "<title>go<b>od</title>",
        "<<<<title>good</title>>>>",
        "\x00<title>\x00g\x1bo\u202eo\u200bd\x00</title>",
    ],
    ids=range(14),
)
def test_a_page_in_disorder_is_read_as_far_as_it_makes_sense(page: str) -> None:
    assert read(page, URL).title in {"good", "go<b>od", "\ufffdgood\ufffd", ""}
    assert "bad" not in read(page, URL).title


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<meta ",
        '<meta "',
        '<meta content="',
        "<meta x='\">",
        "<title>",
        "<!--",
        "<!-- -->",
        "<script>",
        "<script></script",
        "<svg><title></title>",
        "<b a=1>",
        "<p><b a=1><b a=2><i>",
        "<table><td>",
        "<meta property=og:title content=x>",
        "&amp;" * 20,
    ],
)
def test_no_page_takes_long(piece: str) -> None:
    page = (piece * 1_000_000)[: 1024 * 1024]
    began = time.perf_counter()
    read(page, URL)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "given",
    [
        "",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "https://user:word@site.example/",
        "http://[::1",
        "https://site.example/a b",
        "https://site.example/\x00",
        "https://site.example/" + "x" * 2048,
    ],
)
def test_what_is_no_address_of_the_web_is_left_out(given: str) -> None:
    assert web_url(URL, given) == ""


def test_an_image_at_no_address_of_the_web_is_none() -> None:
    page = '<meta property="og:image" content="data:image/png;base64,AAAA"><title>x</title>'
    assert read(page, URL).image is None


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("Grüße".encode(), None),
        ("Grüße".encode(), "utf-8"),
        ("Grüße".encode("latin-1"), "ISO-8859-1"),
        ("Grüße".encode("latin-1"), None),
        ("Grüße".encode("latin-1"), "no-such-charset"),
        ("Grüße".encode("latin-1"), "zip"),
        ("Grüße".encode("latin-1"), "unicode_escape"),
        ("Grüße".encode("utf-16"), None),
        (b"\xef\xbb\xbf" + "Grüße".encode(), "iso-8859-1"),
    ],
)
def test_text_is_read_in_the_encoding_it_has(body: bytes, charset: str | None) -> None:
    assert decoded(body, charset) == "Grüße"


def test_a_page_may_declare_its_encoding_itself() -> None:
    for name, text in (("shift_jis", "日本語"), ("windows-1251", "Привет"), ("gb2312", "中文")):
        page = f'<meta charset="{name}"><title>{text}</title>'.encode(name)
        assert read(decoded(page, None), URL).title == text
        older = f"<meta http-equiv=content-type content='text/html; charset={name}'>{text}"
        assert text in decoded(older.encode(name), None)


def test_a_page_that_was_cut_in_a_character_is_still_utf_8() -> None:
    assert decoded("Grüße, 日本".encode()[:-1], None).startswith("Grüße, 日")


def test_words_are_cut_and_stripped_of_what_nobody_sees() -> None:
    assert cleaned("a\u202eb\u2066c\x00d\n\n e\ufeff", 100) == "abcd e"
    assert cleaned("x" * 300, 256) == "x" * 255 + "…"
    assert cleaned("x" * 256, 256) == "x" * 256
    assert cleaned(None, 10) == cleaned(" \n", 10) == ""
    assert cleaned("👩\u200d👧", 10) == "👩\u200d👧"


def test_colours_and_numbers_are_taken_only_if_they_are_some() -> None:
    assert [colour(it) for it in ("#fff", "#00A0ff ", "red", "#ffff", None)] == [
        0xFFFFFF,
        0x00A0FF,
        None,
        None,
        None,
    ]
    given = ("640", "480px", 12, 12.5, "-1", "0", "1e9", "99999", "", None, [], True)
    assert [number(it) for it in given] == [640, 480, 12, 12, *[None] * 8]


def test_oembed_adds_what_it_knows_and_never_its_html() -> None:
    answer = b"""{"type": "video", "title": "T", "provider_name": "P", "provider_url": "/",
    "author_name": "A", "author_url": "javascript:alert(1)", "thumbnail_url": "/t.png",
    "thumbnail_width": 10, "thumbnail_height": "20", "html": "<script>alert(1)</script>"}"""
    facts = oembed.added(Facts(description="kept"), answer, URL)
    assert facts == Facts(
        title="T",
        description="kept",
        provider="P",
        provider_url="https://site.example/",
        author="A",
        image=Picture("https://site.example/t.png", 10, 20),
    )
    photo = oembed.added(Facts(), b'{"type": "photo", "url": "/p.jpg"}', URL)
    assert photo.image == Picture("https://site.example/p.jpg")


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b"null", b"{", b"\xff", b'{"title": {"a": 1}, "type": []}', b"[" * 60_000],
)
def test_an_oembed_answer_that_is_none_adds_nothing(answer: bytes) -> None:
    assert oembed.added(Facts(title="kept"), answer, URL) == Facts(title="kept")
