"""The site over real HTTP: what browsers, caches and the curious get."""

import asyncio
import gzip
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn

from rift.doors.site.files import CACHED_FILE_BYTES, Site

START = b"<!doctype html><title>Rift</title>" + b" " * 600
SCRIPT = b"console.log('rift');" * 40


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """Asks without tidying the address first, as a browser would."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            reply = connection.getresponse()
            fields = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, fields, reply.read())
        finally:
            connection.close()


@contextmanager
def serving(root: Path | None) -> Iterator[Browser]:
    config = uvicorn.Config(Site(root), port=0, log_level="warning", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield Browser(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(5)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    (house / "secret.txt").write_text("not for you")
    built = house / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_bytes(START)
    (built / "index.html.gz").write_bytes(gzip.compress(START))
    (built / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (built / "assets" / "index-B91mowDL.js").write_bytes(SCRIPT)
    (built / "assets" / "index-B91mowDL.js.br").write_bytes(b"brotli")
    (built / "assets" / "index-B91mowDL.js.gz").write_bytes(gzip.compress(SCRIPT))
    (built / "assets" / "big-B91mowDL.wasm").write_bytes(b"x" * (CACHED_FILE_BYTES + 70_000))
    (built / ".built").write_text("not for you")
    (built / "leak.txt").symlink_to(house / "secret.txt")
    return built


@pytest.fixture(scope="module")
def browser(root: Path) -> Iterator[Browser]:
    with serving(root) as asking:
        yield asking


@pytest.mark.parametrize("path", ["/", "/login", "/setup?token=abc", "/invite/Xk3bQ9", "/bots"])
def test_addresses_of_screens_open_the_start_page(browser: Browser, path: str) -> None:
    reply = browser.ask(path)
    assert (reply.status, reply.body) == (200, START)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["cache-control"] == "no-cache"


def test_hashed_files_are_kept_for_ever(browser: Browser) -> None:
    reply = browser.ask("/assets/index-B91mowDL.js")
    assert reply.body == SCRIPT
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_files_without_a_hash_are_asked_for_again(browser: Browser) -> None:
    reply = browser.ask("/mark.svg")
    assert reply.headers["content-type"] == "image/svg+xml"
    assert reply.headers["cache-control"] == "no-cache"


def test_the_smallest_copy_a_browser_reads_is_sent(browser: Browser) -> None:
    path = "/assets/index-B91mowDL.js"
    best = browser.ask(path, accept_encoding="gzip, deflate, br")
    assert (best.headers["content-encoding"], best.body) == ("br", b"brotli")
    older = browser.ask(path, accept_encoding="gzip")
    assert (older.headers["content-encoding"], gzip.decompress(older.body)) == ("gzip", SCRIPT)
    choosy = browser.ask(path, accept_encoding="br;q=0.1, gzip;q=0.9")
    assert choosy.headers["content-encoding"] == "gzip"
    refusing = browser.ask(path, accept_encoding="br;q=0, gzip;q=0")
    assert ("content-encoding" not in refusing.headers, refusing.body) == (True, SCRIPT)
    odd = browser.ask(path, accept_encoding="br;q=much")
    assert odd.body == SCRIPT
    assert {reply.headers["vary"] for reply in (best, older, odd)} == {"accept-encoding"}


def test_each_copy_has_its_own_tag(browser: Browser) -> None:
    plain = browser.ask("/").headers["etag"]
    packed = browser.ask("/", accept_encoding="gzip").headers["etag"]
    assert plain != packed


def test_a_fresh_copy_is_not_sent_again(browser: Browser) -> None:
    first = browser.ask("/")
    tag, time = first.headers["etag"], first.headers["last-modified"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = browser.ask("/", if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert browser.ask("/", if_modified_since=time).status == 304


def test_a_stale_copy_is_replaced(browser: Browser) -> None:
    time = browser.ask("/").headers["last-modified"]
    assert browser.ask("/", if_none_match='"other"').status == 200
    assert browser.ask("/", if_none_match='"other"', if_modified_since=time).status == 200
    assert browser.ask("/", if_modified_since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200
    assert browser.ask("/", if_modified_since="yesterday").status == 200


def test_head_tells_the_size_and_sends_nothing(browser: Browser) -> None:
    reply = browser.ask("/", "HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["content-length"] == str(len(START))


def test_other_methods_are_refused(browser: Browser) -> None:
    reply = browser.ask("/", "POST")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


def test_a_large_file_arrives_whole_in_pieces(browser: Browser) -> None:
    reply = browser.ask("/assets/big-B91mowDL.wasm")
    assert reply.body == b"x" * (CACHED_FILE_BYTES + 70_000)
    assert reply.headers["content-type"] == "application/wasm"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "//../secret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/leak.txt",
        "/.built",
        "/%00",
        "/.%00./secret.txt",
    ],
)
def test_no_address_reaches_outside(browser: Browser, path: str) -> None:
    reply = browser.ask(path)
    assert b"not for you" not in reply.body
    assert reply.status in (200, 404)
    assert reply.status == 404 or reply.body == START


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone-B91mowDL.js",
        "/favicon.ico",
        "/api/v8/users",
        "/cdn/avatars/1",
        "/index.html.gz",
    ],
)
def test_what_is_not_there_is_not_the_start_page(browser: Browser, path: str) -> None:
    assert browser.ask(path).status == 404


@pytest.mark.parametrize("path", ["/", "/assets/index-B91mowDL.js", "/assets/gone.js"])
def test_every_answer_is_locked_down(browser: Browser, path: str) -> None:
    headers = browser.ask(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert policy.endswith("trusted-types svelte-trusted-html rift-markdown rift-worker")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_without_a_build_a_page_says_what_to_do() -> None:
    with serving(None) as browser:
        reply = browser.ask("/login")
        assert reply.status == 503
        assert b"make up" in reply.body
        assert browser.ask("/assets/x.js").status == 404
