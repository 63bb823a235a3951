"""What the server does with sites that mean it no good, and with those that do."""

import asyncio
import gzip
import ssl
import time
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from rift.fetching import Ask, Fetched, Fetcher, Lookup, NotFetched, Portion, Reach, Why
from tests.fetching.site import Site, open_site

ANYTHING = Ask("*/*", lambda _: Portion(10_000))
LOCAL = ("127.0.0.1",)


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    async with open_site() as site:
        yield site


@asynccontextmanager
async def fetching(
    *sites: Site, addresses: Sequence[str] = LOCAL, lookup: Lookup | None = None, **reach: Any
) -> AsyncIterator[Fetcher]:
    """A fetcher that may call this machine at the ports of these sites."""
    ports = [80, 443, *(site.port for site in sites)]
    made = Reach(ports=ports, allow_addresses=tuple(addresses), **reach)
    options: dict[str, Any] = {} if lookup is None else {"lookup": lookup}
    fetcher = Fetcher(made, "Rift/1 (a house)", **options)
    try:
        yield fetcher
    finally:
        await fetcher.close()


async def refusal(fetcher: Fetcher, url: str, ask: Ask = ANYTHING) -> Why:
    with pytest.raises(NotFetched) as refused:
        await fetcher.fetch(url, ask)
    return refused.value.why


async def test_a_page_is_fetched(site: Site) -> None:
    url = site.says("/page", "hello", "Text/HTML; charset=utf-8", Link='</o>; rel="x"')
    async with fetching(site) as fetcher:
        fetched = await fetcher.fetch(f"{url}#part", ANYTHING)
    assert fetched == Fetched(url, "text/html", "utf-8", b"hello", True, ('</o>; rel="x"',))
    assert fetcher.outcomes == {"fetched": 1}


async def test_a_site_learns_the_name_of_the_instance_and_nothing_else(site: Site) -> None:
    first = site.says("/first", "", Set_Cookie="seen=1")
    async with fetching(site) as fetcher:
        await fetcher.fetch(first, ANYTHING)
        await fetcher.fetch(site.leads("/second", first), ANYTHING)
    for request in site.asked:
        assert dict(request.headers) == {
            "Connection": "close",
            "Host": f"127.0.0.1:{site.port}",
            "User-Agent": "Rift/1 (a house)",
            "Accept-Encoding": "gzip, identity",
            "Accept": "*/*",
        }


async def test_this_machine_is_not_called_unless_the_operator_says_so(site: Site) -> None:
    hosts = ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "0.0.0.0")
    async with fetching(site, addresses=()) as fetcher:
        found = {await refusal(fetcher, site.url(host=host)) for host in hosts}
    assert found == {Why.ADDRESS, Why.URL}
    assert site.asked == []


async def test_one_address_that_is_not_public_closes_the_whole_name(site: Site) -> None:
    async def lookup(_host: str, _port: int) -> Sequence[str]:
        return ("127.0.0.1", "10.0.0.7")

    async with fetching(site, lookup=lookup) as fetcher:
        assert await refusal(fetcher, site.url(host="both.example.org")) is Why.ADDRESS
    assert site.asked == []


async def test_a_name_is_looked_up_once_and_what_was_checked_is_called(site: Site) -> None:
    """The second answer of a rebinding name is another one: nobody asks for it."""
    asked: list[str] = []

    async def lookup(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("127.0.0.2",)

    url = site.says("/page", "hello").replace("127.0.0.1", "rebinding.example.org")
    async with fetching(site, lookup=lookup) as fetcher:
        assert (await fetcher.fetch(url, ANYTHING)).body == b"hello"
        assert asked == ["rebinding.example.org"]
        assert await refusal(fetcher, url) is Why.ADDRESS
    assert len(site.asked) == 1


async def test_each_redirect_is_looked_at_like_the_first_url(site: Site) -> None:
    port = site.port
    places = {
        f"http://169.254.169.254:{port}/latest/meta-data": Why.ADDRESS,
        f"http://[::ffff:127.0.0.1]:{port}/": Why.ADDRESS,
        f"//localhost.example.org:{port}/": Why.ADDRESS,
        "http://127.0.0.1:22/": Why.URL,
        "file:///etc/passwd": Why.URL,
        f"http://user:word@127.0.0.1:{port}/": Why.URL,
        f"http://denied.example.org:{port}/": Why.DOMAIN,
        "": Why.REDIRECTS,
    }

    async def lookup(_host: str, _port: int) -> Sequence[str]:
        return ("10.0.0.1",)

    async with fetching(site, lookup=lookup, deny_domains=("denied.example.org",)) as fetcher:
        for place, why in places.items():
            assert await refusal(fetcher, site.leads("/go", place)) is why, place


async def test_a_few_redirects_are_followed_and_then_no_more(site: Site) -> None:
    site.says("/0", "here")
    for number in range(1, 7):
        site.leads(f"/{number}", f"{number - 1}", status=(301, 302, 303, 307, 308)[number % 5])
    async with fetching(site) as fetcher:
        fetched = await fetcher.fetch(site.url("/5"), ANYTHING)
        assert (fetched.url, fetched.body) == (site.url("/0"), b"here")
        assert await refusal(fetcher, site.url("/6")) is Why.REDIRECTS
        assert await refusal(fetcher, site.leads("/loop", "/loop")) is Why.REDIRECTS


async def test_a_body_ends_where_no_more_was_asked_for(site: Site) -> None:
    url = site.says("/long", b"x" * 50_000)
    async with fetching(site) as fetcher:
        fetched = await fetcher.fetch(url, ANYTHING)
        assert (len(fetched.body), fetched.whole) == (10_000, False)
        whole = Ask("*/*", lambda _: Portion(10_000, whole=True))
        assert await refusal(fetcher, url, whole) is Why.SIZE


async def test_a_body_without_end_is_left(site: Site) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)

    site.pages["/endless"] = endless
    async with fetching(site) as fetcher:
        fetched = await fetcher.fetch(site.url("/endless"), ANYTHING)
    assert (len(fetched.body), fetched.whole) == (10_000, False)


async def test_what_is_packed_is_unpacked_within_the_limit(site: Site) -> None:
    small = site.says("/small", gzip.compress(b"hello"), Content_Encoding="gzip")
    deflated = site.says("/deflated", zlib.compress(b"hello"), Content_Encoding="deflate")
    bomb = site.says("/bomb", gzip.compress(bytes(200_000_000), 9), Content_Encoding="gzip")
    async with fetching(site) as fetcher:
        assert (await fetcher.fetch(small, ANYTHING)).body == b"hello"
        assert (await fetcher.fetch(deflated, ANYTHING)).body == b"hello"
        fetched = await fetcher.fetch(bomb, ANYTHING)
        assert (len(fetched.body), fetched.whole) == (10_000, False)
        broken = site.says("/broken", b"no gzip at all", Content_Encoding="gzip")
        assert await refusal(fetcher, broken) is Why.TYPE
        other = site.says("/other", b"", Content_Encoding="br")
        assert await refusal(fetcher, other) is Why.TYPE


async def test_what_unpacks_to_nothing_for_ever_is_left(site: Site) -> None:
    async def hollow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Encoding": "gzip"})
        await response.prepare(request)
        packer = zlib.compressobj(wbits=31)
        await response.write(packer.compress(b""))
        while True:
            await response.write(b"\x00\x00\x00\xff\xff" * 10_000)

    site.pages["/hollow"] = hollow
    async with fetching(site) as fetcher:
        fetched = await fetcher.fetch(site.url("/hollow"), ANYTHING)
    assert (fetched.body, fetched.whole) == (b"", False)


async def test_types_and_states_that_nobody_asked_for_are_refused(site: Site) -> None:
    ask = Ask("text/html", lambda kind: Portion(100) if kind == "text/html" else None)
    async with fetching(site) as fetcher:
        assert await refusal(fetcher, site.says("/pdf", "", "application/pdf"), ask) is Why.TYPE
        assert await refusal(fetcher, site.url("/nothing"), ask) is Why.STATUS
    assert fetcher.outcomes == {"type": 1, "status": 1}


async def test_a_site_that_takes_for_ever_is_left_after_some_seconds(site: Site) -> None:
    async def dripping(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(1)

    async def silent(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    site.pages.update({"/dripping": dripping, "/silent": silent})

    async def unknowing(_host: str, _port: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return ()

    began = time.monotonic()
    async with fetching(site) as fetcher, fetching(site, lookup=unknowing) as other:
        found = await asyncio.gather(
            refusal(fetcher, site.url("/dripping")),
            refusal(fetcher, site.url("/silent")),
            refusal(other, site.url(host="slow.example.org")),
        )
    assert set(found) <= {Why.DEADLINE, Why.NETWORK}
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HELLO\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 10_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    ],
    ids=lambda answer: repr(answer[:60]),
)
async def test_an_answer_that_is_no_http_is_a_failure_and_no_accident(answer: bytes) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    listening = await asyncio.start_server(babble, "127.0.0.1", 0)
    site = Site()
    site.port = listening.sockets[0].getsockname()[1]
    async with listening, fetching(site) as fetcher:
        why = await refusal(fetcher, site.url())
    assert why in {Why.NETWORK, Why.STATUS, Why.URL}


async def test_what_is_not_there_is_a_failure_of_its_own_kind(site: Site) -> None:
    async def nowhere(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name")

    async with fetching(site, lookup=nowhere) as fetcher:
        assert await refusal(fetcher, site.url(host="gone.example.org")) is Why.NAME
    free = Site()
    listening = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    free.port = listening.sockets[0].getsockname()[1]
    listening.close()
    await listening.wait_closed()
    async with fetching(free) as fetcher:
        assert await refusal(fetcher, free.url()) is Why.NETWORK


async def test_a_certificate_that_nobody_vouches_for_is_not_accepted(tmp_path: Path) -> None:
    async with open_site(_self_signed(tmp_path)) as site, fetching(site) as fetcher:
        assert await refusal(fetcher, site.says("/page", "hello")) is Why.TLS
    assert site.asked == []


async def test_one_host_is_asked_by_few_at_once(site: Site) -> None:
    now, most = 0, 0

    async def slow(_: web.Request) -> web.StreamResponse:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        return web.Response()

    site.pages["/slow"] = slow
    async with fetching(site) as fetcher:
        await asyncio.gather(*(fetcher.fetch(site.url("/slow"), ANYTHING) for _ in range(20)))
    assert most == 4
    assert len(site.asked) == 20


def _self_signed(directory: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = directory / "site.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
