"""Files that are sent ahead of their message, at once or in pieces, and their new addresses."""

import asyncio
import io
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.api import Person, Reply
from tests.nouns.luggage import TEXT, fetched, send
from tests.server import Server

MIB = 1024 * 1024


async def talk(server: Server) -> tuple[Person, dict[str, Any]]:
    ann = await server.person()
    return ann, await ann.channel((await ann.guild())["id"])


async def announce(
    person: Person, channel: dict[str, Any], size: int, filename: str = "big.bin", **more: Any
) -> dict[str, Any]:
    files = [{"id": "5", "filename": filename, "file_size": size, **more}]
    made = await person.post(f"/channels/{channel['id']}/attachments", {"files": files})
    [attachment] = made["attachments"]
    assert attachment["id"] == "5"
    return dict(attachment)


async def put(person: Person, upload: dict[str, Any], content: bytes, span: str = "") -> Reply:
    """Bytes, without any token."""
    headers = {"Content-Range": span} if span else {}
    http = person.api.http
    async with http.put(
        upload["upload_url"], data=io.BytesIO(content), headers=headers
    ) as response:
        raw = await response.read()
        return Reply(response.status, raw, dict(response.headers))


async def post(person: Person, channel: dict[str, Any], name: str) -> Reply:
    said = {"attachments": [{"id": "0", "uploaded_filename": name}]}
    return await person.call("POST", f"/channels/{channel['id']}/messages", said)


async def test_a_file_is_sent_ahead_and_posted(server: Server) -> None:
    ann, channel = await talk(server)
    upload = await announce(ann, channel, 17, "../notes.txt")
    assert (await put(ann, upload, TEXT[1])).status == 200
    sent = (await post(ann, channel, upload["upload_filename"])).body
    [attachment] = sent["attachments"]
    assert (attachment["filename"], attachment["size"]) == ("notes.txt", 17)
    assert await fetched(ann, attachment["url"]) == TEXT[1]
    again = await post(ann, channel, upload["upload_filename"])
    assert (again.status, again.code) == (400, 50035)


async def test_a_broken_upload_goes_on_where_it_broke(server: Server) -> None:
    ann, channel = await talk(server)
    content = bytes(range(256)) * 48 * 1024  # 12 MiB
    upload = await announce(ann, channel, len(content))
    await break_off(upload["upload_url"], content, 7 * MIB)
    reply = await put(ann, upload, b"", f"bytes */{len(content)}")
    assert reply.status == 308
    here = int(reply.headers["Range"].removeprefix("bytes=0-")) + 1
    assert 0 < here <= 7 * MIB
    async with ann.api.http.head(upload["upload_url"]) as response:
        assert int(response.headers["Upload-Offset"]) == here
        assert int(response.headers["Upload-Length"]) == len(content)
    middle = here + 4 * MIB
    reply = await put(ann, upload, content[here:middle], f"bytes {here}-{middle - 1}/*")
    assert (reply.status, reply.headers["Range"]) == (308, f"bytes=0-{middle - 1}")
    wrong = await put(ann, upload, b"x", f"bytes {here}-{here}/{len(content)}")
    assert (wrong.status, wrong.headers["Range"]) == (308, f"bytes=0-{middle - 1}")
    span = f"bytes {middle}-{len(content) - 1}/{len(content)}"
    assert (await put(ann, upload, content[middle:], span)).status == 200
    assert (await put(ann, upload, b"", "bytes */*")).status == 200
    sent = (await post(ann, channel, upload["upload_filename"])).body
    assert await fetched(ann, sent["attachments"][0]["url"]) == content


async def break_off(url: str, content: bytes, after: int) -> None:
    """Send a part of what was promised, and hang up."""
    parts = urlsplit(url)
    _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = f"PUT {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(content)}\r\n\r\n"
    writer.write(head.encode() + content[:after])
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await asyncio.sleep(0.3)


async def test_more_than_was_announced_is_refused(server: Server) -> None:
    ann, channel = await talk(server)
    upload = await announce(ann, channel, 100)
    assert (await put(ann, upload, bytes(101))).status == 413
    assert (await put(ann, upload, bytes(100))).status == 200


async def test_only_so_many_files_wait_for_their_messages(server: Server) -> None:
    ann, channel = await talk(server)
    files = [{"filename": "x", "file_size": 1}] * 10
    path = f"/channels/{channel['id']}/attachments"
    for _ in range(10):
        await ann.post(path, {"files": files})
    reply = await ann.refused("POST", path, {"files": files})
    assert "TOO_MANY_UPLOADS" in str(reply.body["errors"])


async def test_the_whole_file_may_be_sent_after_a_piece_of_it(server: Server) -> None:
    ann, channel = await talk(server)
    upload = await announce(ann, channel, 100)
    assert (await put(ann, upload, bytes(50), "bytes 0-49/100")).status == 308
    assert (await put(ann, upload, b"x" * 100)).status == 200
    sent = (await post(ann, channel, upload["upload_filename"])).body
    assert await fetched(ann, sent["attachments"][0]["url"]) == b"x" * 100


async def test_what_is_not_whole_is_not_posted(server: Server) -> None:
    ann, channel = await talk(server)
    upload = await announce(ann, channel, 100)
    assert (await put(ann, upload, bytes(50), "bytes 0-49/100")).status == 308
    reply = await post(ann, channel, upload["upload_filename"])
    assert "ATTACHMENT_NOT_FOUND" in str(reply.body)


async def test_an_upload_is_its_owners_and_its_channels(server: Server) -> None:
    ann, channel = await talk(server)
    other = await ann.channel(channel["guild_id"], "other")
    bob = await server.person()
    await ann.bring(bob, channel["id"])
    upload = await announce(ann, channel, 17)
    await put(ann, upload, TEXT[1])
    assert (await post(bob, channel, upload["upload_filename"])).status == 400
    assert (await post(ann, other, upload["upload_filename"])).status == 400
    path = f"/attachments/{quote(upload['upload_filename'], safe='')}"
    assert (await bob.refused("DELETE", path)).status == 404
    await ann.delete(path)
    assert (await post(ann, channel, upload["upload_filename"])).status == 400
    assert (await put(ann, upload, TEXT[1])).status == 404


async def test_an_address_nobody_gave_out_is_not_found(server: Server) -> None:
    ann, channel = await talk(server)
    upload = await announce(ann, channel, 17)
    forged = upload["upload_url"][:-1] + ("0" if upload["upload_url"][-1] != "0" else "1")
    assert (await put(ann, {"upload_url": forged}, TEXT[1])).status == 404


async def test_a_file_announced_too_large_is_refused(server: Server) -> None:
    ann, channel = await talk(server)
    files = [{"filename": "x", "file_size": 2 * 1024 * MIB}]
    path = f"/channels/{channel['id']}/attachments"
    reply = await ann.refused("POST", path, {"files": files})
    assert (reply.status, reply.code) == (413, 40005)


@pytest.mark.parametrize("span", ["bytes 5-1/x", "items 0-1/2", "bytes 0-9/99"])
async def test_a_span_that_makes_no_sense_is_refused(server: Server, span: str) -> None:
    ann, channel = await talk(server)
    upload = await announce(ann, channel, 17)
    assert (await put(ann, upload, b"x", span)).status == 400


async def test_addresses_are_refreshed_for_readers(server: Server) -> None:
    ann, channel = await talk(server)
    sent = await send(ann, channel["id"], TEXT)
    url = sent["attachments"][0]["url"]
    bare, strange = url.partition("?")[0], "https://example.org/attachments/1/2/x"
    body = {"attachment_urls": [f"{bare}?size=3&ex=1&hm=2", strange, "http://[", "nothing"]}
    refreshed = (await ann.post("/attachments/refresh-urls", body))["refreshed_urls"]
    assert [it["original"] for it in refreshed] == body["attachment_urls"]
    assert [it["refreshed"] for it in refreshed[1:]] == body["attachment_urls"][1:]
    assert refreshed[0]["refreshed"].endswith("&size=3")
    assert await fetched(ann, refreshed[0]["refreshed"]) == TEXT[1]
    stranger = await server.person()
    [same] = (await stranger.post("/attachments/refresh-urls", {"attachment_urls": [bare]}))[
        "refreshed_urls"
    ]
    assert same["refreshed"] == bare
    await ann.delete(f"/channels/{channel['id']}/messages/{sent['id']}")
    [gone] = (await ann.post("/attachments/refresh-urls", {"attachment_urls": [bare]}))[
        "refreshed_urls"
    ]
    assert gone["refreshed"] == bare


async def test_a_forward_is_refreshed_for_its_readers(server: Server) -> None:
    ann, channel = await talk(server)
    sent = await send(ann, channel["id"], TEXT)
    bob = await server.person()
    other, open_ = await talk(server)
    await other.bring(ann, open_["id"])
    await other.bring(bob, open_["id"])
    reference = {"type": 1, "channel_id": channel["id"], "message_id": sent["id"]}
    await ann.post(f"/channels/{open_['id']}/messages", {"message_reference": reference})
    bare = sent["attachments"][0]["url"].partition("?")[0]
    answer = await bob.post("/attachments/refresh-urls", {"attachment_urls": [bare]})
    assert await fetched(bob, answer["refreshed_urls"][0]["refreshed"]) == TEXT[1]
