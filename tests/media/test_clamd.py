"""Files are shown to a ClamAV daemon where there is one: a small true one stands in for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from rift.config import ConfigError, load
from rift.media.clamd import Clamd, Verdict

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 1_000_000

Speaker = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def daemon(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speaks as clamd does: a command that ends in a zero, pieces with lengths, one answer."""
    if await reader.readuntil(b"\0") != b"zINSTREAM\0":
        answer = b"UNKNOWN COMMAND"
    else:
        answer = await verdict(reader)
    writer.write(answer + b"\0")
    writer.close()


async def verdict(reader: asyncio.StreamReader) -> bytes:
    content = bytearray()
    while length := int.from_bytes(await reader.readexactly(4), "big"):
        content += await reader.readexactly(length)
        if len(content) > LARGEST:
            return b"INSTREAM size limit exceeded. ERROR"
    found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
    return b"stream: " + found


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        await reader.read()
    writer.close()


async def rude(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@asynccontextmanager
async def listening(speaker: Speaker, place: Path | None = None) -> AsyncIterator[str]:
    """A daemon of ours and its address."""
    if place is not None:
        server = await asyncio.start_unix_server(speaker, place)
        address = str(place)
    else:
        server = await asyncio.start_server(speaker, "127.0.0.1", 0)
        address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield address
    finally:
        server.close()
        await server.wait_closed()


async def pieces(content: bytes, size: int = 10_000) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


@pytest.mark.parametrize("is_unix", [True, False], ids=["unix", "tcp"])
async def test_what_is_clean_passes_and_what_is_not_does_not(tmp_path: Path, is_unix: bool) -> None:
    async with listening(daemon, tmp_path / "clamd.sock" if is_unix else None) as address:
        clamd = Clamd(address)
        clean = await clamd.scan(pieces(b"nothing" * 50_000))
        infected = await clamd.scan(pieces(bytes(20_000) + EICAR, size=7))
    assert clean == Verdict("clean")
    assert infected == Verdict("infected", "Eicar-Test-Signature")
    assert (clamd.lets_pass(clean), clamd.lets_pass(infected)) == (True, False)


@pytest.mark.parametrize("speaker", [silent, rude])
async def test_a_daemon_that_gives_no_answer_is_not_waited_for(speaker: Speaker) -> None:
    async with listening(speaker) as address:
        found = await Clamd(address, deadline_s=0.2).scan(pieces(bytes(2_000_000)))
    assert found == Verdict("unavailable")


async def test_where_no_daemon_is_the_operator_has_decided(tmp_path: Path) -> None:
    found = await Clamd(str(tmp_path / "none.sock")).scan(pieces(b"a"))
    assert found == Verdict("unavailable")
    assert Clamd("/none").lets_pass(found)
    assert not Clamd("/none", is_required=True).lets_pass(found)


async def test_a_file_too_large_for_the_daemon_is_not_known_to_be_clean() -> None:
    async with listening(daemon) as address:
        found = await Clamd(address).scan(pieces(bytes(3_000_000), size=400_000))
    assert found == Verdict("unavailable")


async def test_only_a_few_ask_at_once_and_all_are_answered() -> None:
    at_once = most = 0

    async def counting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        await daemon(reader, writer)
        at_once -= 1

    async with listening(counting) as address:
        clamd = Clamd(address)
        found = await asyncio.gather(*(clamd.scan(pieces(b"a")) for _ in range(12)))
    assert set(found) == {Verdict("clean")}
    assert most <= 4


def test_without_an_address_there_is_none() -> None:
    assert Clamd.at("", is_required=True) is None
    assert Clamd.at("127.0.0.1:3310", is_required=True) is not None


@pytest.mark.parametrize("address", ["clamd", "host:", "host:x", "run/clamd.sock"])
def test_an_address_that_is_none_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(ConfigError, match=r"files\.clamd"):
        load(None, {"RIFT_FILES_CLAMD": address}, {})
