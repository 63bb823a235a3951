"""The CDN over real HTTP: what is handed out, to whom, in which shape, and how it may be kept."""

import asyncio
import contextlib
import os
import re
from datetime import timedelta
from email.utils import formatdate
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from rift.core.attachments.previewing import preview_key
from rift.media import can_play_video
from rift.snowflake import created_at
from tests.media import recordings
from tests.media.pictures import decoded, encoded, film, picture, travelled
from tests.patience import until
from tests.server import Server, running_server
from tests.site.shelf import CHANNEL, Shelf

TEXT = bytes(range(32, 127)) * 40
SAFE = {
    "access-control-allow-origin": "*",
    "content-security-policy": "default-src 'none'; media-src 'self'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
}
NAVIGATION = "text/html,application/xhtml+xml,image/avif,image/webp,image/apng,*/*;q=0.8"


@pytest_asyncio.fixture
async def shelf(server: Server) -> Shelf:
    return Shelf(server)


# Who gets the file of a message.


async def test_a_link_opens_the_file_it_was_made_for(shelf: Shelf) -> None:
    file = await shelf.attach(TEXT, "notes.txt")
    reply = await shelf.ask(shelf.links().attachment(*file))
    assert (reply.status, reply.body) == (200, TEXT)
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["content-length"] == str(len(TEXT))
    kept = re.fullmatch(r"private, max-age=(\d+)", reply.headers["cache-control"])
    assert kept is not None
    assert 0 < int(kept[1]) <= 24 * 3600
    made = created_at(file[1]).timestamp()
    assert reply.headers["last-modified"] == formatdate(int(made), usegmt=True)


async def test_without_a_good_signature_a_file_looks_as_if_it_were_not_there(shelf: Shelf) -> None:
    file = await shelf.attach(TEXT, "secret.txt")
    other = await shelf.attach(b"another", "secret.txt")
    path = f"/cdn/attachments/{file[0]}/{file[1]}/secret.txt"
    good = shelf.links().attachment(*file).partition("?")[2]
    expiry = good.partition("&")[0]
    nothing = await shelf.ask(f"/cdn/attachments/{CHANNEL}/{shelf.id()}/secret.txt?{good}")
    assert nothing.status == 404
    wrong = {
        "none": "",
        "empty": "ex=&is=&hm=&",
        "expired": shelf.links(timedelta(days=3)).attachment(*file).partition("?")[2],
        "another file's": shelf.links().attachment(*other).partition("?")[2],
        "another channel's": shelf.links().attachment("7", *file[1:]).partition("?")[2],
        "another name's": shelf.links().attachment(*file[:2], "other.txt").partition("?")[2],
        "longer": good.replace(expiry, "ex=ffffffff"),
        "tampered": good.replace("hm=", "hm=0"),
        "cut off": good[:-4],
        "upper case": good.upper(),
        "not a number": good.replace(expiry, "ex=soon"),
        "not ASCII": good.replace("hm=", "hm=%C3%BC"),
        "too many fields": "a=1&" * 500 + good,
    }
    for how, query in wrong.items():
        reply = await shelf.ask(f"{path}?{query}")
        assert (how, reply.status, reply.body) == (how, 404, nothing.body)
        assert dict(reply.headers) == dict(nothing.headers)
    assert (await shelf.ask(f"{path}?{good}")).body == TEXT
    for name in ("other.txt", "secret.html", "secret.txt%00", "%2e%2e%2fsecret.txt"):
        assert (await shelf.ask(f"{path.replace('secret.txt', name)}?{good}")).status == 404


async def test_a_name_of_any_letters_is_the_name_it_is_saved_under(shelf: Shelf) -> None:
    name = 'Ü "1";\\ 2/3\r\nx: y \u202egnp.exe'
    file = await shelf.attach(TEXT, name)
    reply = await shelf.ask(shelf.links().attachment(*file))
    assert (reply.status, reply.body) == (200, TEXT)
    assert "x" not in reply.headers
    assert reply.headers["content-disposition"] == (
        'inline; filename="_ _1___ 2_3__x_ y _gnp.exe"; '
        "filename*=UTF-8''%C3%9C%20%221%22%3B%5C%202%2F3%0D%0Ax%3A%20y%20%E2%80%AEgnp.exe"
    )


@pytest.mark.parametrize(
    ("name", "content", "shown", "content_type"),
    [
        ("a.png", encoded(picture(), "PNG"), "inline", "image/png"),
        ("a.txt", b"hello", "inline", "text/plain; charset=utf-8"),
        ("a.png", b"<html><script>alert(1)</script>", "attachment", "text/html"),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "attachment", "image/svg+xml"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "attachment", "image/svg+xml"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "attachment", "application/xml"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "attachment", "application/pdf"),
        ("a.js", b"alert(1)", "attachment", "text/plain; charset=utf-8"),
        ("a.png", b"\x00\x01\x02\x03" * 9, "attachment", "application/octet-stream"),
    ],
)
async def test_only_what_runs_nothing_is_shown_in_a_page(
    shelf: Shelf, name: str, content: bytes, shown: str, content_type: str
) -> None:
    reply = await shelf.ask(shelf.links().attachment(*await shelf.attach(content, name)))
    assert reply.body == content
    assert reply.headers["content-type"] == content_type
    assert reply.headers["content-disposition"].startswith(f"{shown}; ")
    assert {header: reply.headers[header] for header in SAFE} == SAFE


async def test_no_answer_tells_more_than_it_must(shelf: Shelf) -> None:
    file = await shelf.attach(TEXT)
    for address in (shelf.links().attachment(*file), "/cdn/avatars/1/2.png", "/cdn/"):
        headers = (await shelf.ask(address)).headers
        assert {header: headers[header] for header in SAFE} == SAFE
        assert not {"set-cookie", "server", "x-powered-by", "via"} & {it.lower() for it in headers}
        assert "access-control-allow-credentials" not in headers


# The whole, a part, or nothing because it is known.


async def test_a_part_of_a_file_is_handed_out(shelf: Shelf) -> None:
    link = shelf.links().attachment(*await shelf.attach(TEXT))
    size = len(TEXT)
    for asked, start, end in (
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=100-", 100, size),
        ("bytes=-7", size - 7, size),
        (f"bytes=-{size * 9}", 0, size),
        (f"bytes=5-{size * 9}", 5, size),
        ("Bytes = 1-2", 1, 3),
    ):
        reply = await shelf.ask(link, range=asked)
        assert (reply.status, reply.body) == (206, TEXT[start:end])
        assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
        assert reply.headers["content-length"] == str(end - start)


async def test_a_part_that_is_nowhere_is_refused(shelf: Shelf) -> None:
    link = shelf.links().attachment(*await shelf.attach(TEXT))
    for asked in (f"bytes={len(TEXT)}-", "bytes=99999999999999999999999-", "bytes=-0"):
        reply = await shelf.ask(link, range=asked)
        assert (reply.status, reply.body) == (416, b"")
        assert reply.headers["content-range"] == f"bytes */{len(TEXT)}"
    empty = shelf.links().attachment(*await shelf.attach(b""))
    assert (await shelf.ask(empty, range="bytes=0-")).status == 416
    assert (await shelf.ask(empty)).status == 200


async def test_what_is_no_range_is_answered_with_the_whole(shelf: Shelf) -> None:
    link = shelf.links().attachment(*await shelf.attach(TEXT))
    for asked in (
        "bytes=1-2,5-6", "bytes=9-1", "bytes=a-b", "bytes=-", "bytes", "lines=1-2", "bytes=+1-2",
        "bytes=\u0661-2",
    ):  # fmt: skip
        reply = await shelf.ask(link, range=asked)
        assert (reply.status, reply.body) == (200, TEXT)
        assert reply.headers["accept-ranges"] == "bytes"


async def test_a_part_is_only_handed_out_of_the_same_file(shelf: Shelf) -> None:
    link = shelf.links().attachment(*await shelf.attach(TEXT))
    whole = await shelf.ask(link)
    tag, time = whole.headers["etag"], whole.headers["last-modified"]
    for condition, status in (
        (tag, 206),
        (time, 206),
        (f"W/{tag}", 200),
        ('"other"', 200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 200),
        ("yesterday", 200),
    ):
        reply = await shelf.ask(link, range="bytes=1-2", if_range=condition)
        assert (condition, reply.status) == (condition, status)


async def test_a_fresh_copy_is_not_sent_again(shelf: Shelf) -> None:
    link = shelf.links().attachment(*await shelf.attach(TEXT))
    whole = await shelf.ask(link)
    tag, time = whole.headers["etag"], whole.headers["last-modified"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        reply = await shelf.ask(link, if_none_match=known)
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", tag)
        assert reply.headers["cache-control"].startswith("private")
    assert (await shelf.ask(link, if_modified_since=time)).status == 304
    assert (await shelf.ask(link, if_none_match='"other"', if_modified_since=time)).status == 200
    assert (await shelf.ask(link, if_none_match=tag, range="bytes=1-2")).status == 304


async def test_head_tells_everything_and_sends_nothing(shelf: Shelf) -> None:
    for address in (
        shelf.links().attachment(*await shelf.attach(TEXT)),
        await shelf.picture("avatars", encoded(picture(), "PNG")) + ".webp?size=16",
    ):
        whole, head = await shelf.ask(address), await shelf.ask(address, "HEAD")
        assert (head.status, head.body) == (200, b"")
        assert dict(head.headers) == dict(whole.headers)
    assert (await shelf.ask("/cdn/avatars/1/2.png", "HEAD")).status == 404


async def test_pages_of_others_may_ask_but_nobody_may_write(shelf: Shelf) -> None:
    reply = await shelf.ask("/cdn/avatars/1/2.png", "OPTIONS", origin="https://elsewhere.example")
    assert (reply.status, reply.body) == (204, b"")
    assert "range" in reply.headers["access-control-allow-headers"]
    for method in ("POST", "PUT", "DELETE"):
        reply = await shelf.ask("/cdn/avatars/1/2.png", method)
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


async def test_a_large_file_arrives_whole(shelf: Shelf) -> None:
    content = bytes(range(256)) * 12_345
    link = shelf.links().attachment(*await shelf.attach(content))
    assert (await shelf.ask(link)).body == content
    part = await shelf.ask(link, range="bytes=262000-1048999")
    assert part.body == content[262_000:1_049_000]


async def test_who_breaks_off_leaves_the_server_well(server: Server, shelf: Shelf) -> None:
    content = b"x" * 30_000_000
    link = shelf.links().attachment(*await shelf.attach(content))
    opened = partial(os.listdir, f"/proc/{server.process.pid}/fd")
    before = len(opened())
    for _ in range(20):
        async with server.http.get(link) as reply:
            await reply.content.readexactly(10)
            reply.close()
    assert (await shelf.ask(link, range="bytes=-2")).body == b"xx"
    await until(lambda: len(opened()) <= before + 1)


# Pictures.


async def test_a_picture_is_the_same_for_ever(shelf: Shelf) -> None:
    content = encoded(picture(), "PNG")
    for kind in ("avatars", "banners", "icons", "splashes", "discovery-splashes", "role-icons"):
        path = await shelf.picture(kind, content)
        for address in (path, f"{path}.png"):
            reply = await shelf.ask(address)
            assert (reply.status, reply.body) == (200, content)
            assert reply.headers["content-type"] == "image/png"
            assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert "content-disposition" not in reply.headers
            again = await shelf.ask(address, if_none_match=reply.headers["etag"])
            assert (again.status, again.body) == (304, b"")


async def test_every_folder_of_pictures_has_its_own_place(shelf: Shelf) -> None:
    content = encoded(picture(), "PNG")
    hash_ = "0" * 32
    for path, key in (
        ("guilds/11/users/12/avatars", "images/members/11/12"),
        ("guilds/11/users/13/banners", "images/members/11/13"),
        ("channel-icons/14", "images/groups/14"),
        ("app-icons/15", "images/application-icons/15"),
    ):
        assert (await shelf.ask(f"/cdn/{path}/{hash_}.png")).status == 404
        await shelf.put(f"{key}/{hash_}", content)
        assert (await shelf.ask(f"/cdn/{path}/{hash_}.png")).body == content


async def test_a_picture_comes_in_any_size_and_format(shelf: Shelf) -> None:
    path = await shelf.picture("avatars", encoded(picture(300, 300), "PNG"))
    for extension, kind in (
        ("png", "PNG"),
        ("jpg", "JPEG"),
        ("jpeg", "JPEG"),
        ("webp", "WEBP"),
        ("avif", "AVIF"),
    ):
        reply = await shelf.ask(f"{path}.{extension}?size=64")
        made = decoded(reply.body)
        assert (reply.status, made.format, made.size) == (200, kind, (64, 64))
        assert reply.headers["content-type"] == f"image/{kind.lower()}"
        assert "vary" not in reply.headers
        part = await shelf.ask(f"{path}.{extension}?size=64", range="bytes=3-9")
        assert (part.status, part.body) == (206, reply.body[3:10])
    assert decoded((await shelf.ask(f"{path}.png?size=4096")).body).size == (300, 300)


async def test_without_an_extension_the_reader_gets_the_smallest_it_reads(shelf: Shelf) -> None:
    path = await shelf.picture("icons", encoded(picture(300, 300), "PNG"))
    tags = set()
    for accept, kind in (
        ("*/*", "PNG"),
        ("image/*", "PNG"),
        ("image/webp,*/*", "WEBP"),
        (NAVIGATION, "AVIF"),
    ):
        reply = await shelf.ask(f"{path}?size=128", accept=accept)
        assert decoded(reply.body).format == kind
        assert reply.headers["vary"] == "accept"
        tags.add(reply.headers["etag"])
    assert len(tags) == 3


async def test_only_sizes_that_discord_has_are_made(shelf: Shelf) -> None:
    path = await shelf.picture("avatars", encoded(picture(), "PNG"))
    for size in ("15", "17", "100", "8192", "0", "-16", "", "1e2", "0x10", "99999999999", "16.0"):
        assert (await shelf.ask(f"{path}.png?size={size}")).status == 400
    for query in ("width=0", "width=4097", "height=x", "quality=101", "format=bmp", "animated=2"):
        assert (await shelf.ask(f"{path}?{query}")).status == 400
    assert (await shelf.ask(f"{path}.png?size=16&unknown=1")).status == 200
    assert (await shelf.ask(f"{path}.png?{'a=1&' * 99}")).status == 400


async def test_what_moves_goes_on_moving_where_that_is_asked(shelf: Shelf) -> None:
    moving = film("GIF", size=(64, 64))
    path = await shelf.picture("avatars", moving, animated=True)
    assert (await shelf.ask(f"{path}.gif")).body == moving
    for query, kind, frames in (
        (".gif?size=32", "GIF", 4),
        (".png?size=32", "PNG", 1),
        (".webp", "WEBP", 1),
        (".webp?animated=true", "WEBP", 4),
        (".gif?animated=false", "GIF", 1),
    ):
        made = decoded((await shelf.ask(path + query)).body)
        assert (query, made.format, getattr(made, "n_frames", 1)) == (query, kind, frames)
    negotiated = decoded((await shelf.ask(path, accept=NAVIGATION)).body)
    assert (negotiated.format, getattr(negotiated, "n_frames", 1)) == ("WEBP", 4)
    still = await shelf.picture("avatars", encoded(picture(), "PNG"))
    assert (await shelf.ask(f"{still}.gif")).status == 415


async def test_emojis_and_stickers_have_no_hash(shelf: Shelf) -> None:
    still, moving = encoded(picture(), "PNG"), film("WEBP")
    lottie = b'{"v":"5.5.2","fr":60,"ip":0,"op":60,"w":320,"h":320,"layers":[]}'
    ids = {kind: shelf.id() for kind in ("still", "moving", "drawn", "sound")}
    await shelf.put(f"emojis/{ids['still']}", still)
    await shelf.put(f"emojis/{ids['moving']}", moving)
    await shelf.put(f"stickers/{ids['drawn']}", lottie)
    await shelf.put(f"sounds/{ids['sound']}", b"OggS\0\2" + bytes(40))
    assert (await shelf.ask(f"/cdn/emojis/{ids['still']}.png")).body == still
    assert decoded((await shelf.ask(f"/cdn/emojis/{ids['still']}.webp")).body).format == "WEBP"
    animated = await shelf.ask(f"/cdn/emojis/{ids['moving']}.gif")
    assert (decoded(animated.body).format, animated.headers["content-type"]) == ("GIF", "image/gif")
    assert (await shelf.ask(f"/cdn/emojis/{ids['moving']}.webp?animated=true")).body == moving
    drawn = await shelf.ask(f"/cdn/stickers/{ids['drawn']}.json")
    assert (drawn.body, drawn.headers["content-type"]) == (lottie, "application/json")
    assert (await shelf.ask(f"/cdn/stickers/{ids['drawn']}.png")).status == 415
    assert (await shelf.ask(f"/cdn/emojis/{ids['still']}.json")).status == 404
    sound = await shelf.ask(f"/cdn/soundboard-sounds/{ids['sound']}")
    assert (sound.status, sound.headers["content-type"]) == (200, "audio/ogg")
    assert sound.headers["cache-control"] == "public, max-age=31536000, immutable"


# What is shown of a file in place of it.


async def test_what_a_camera_wrote_is_not_shown(shelf: Shelf) -> None:
    original = travelled()
    assert b"Camera of somebody" in original
    file = await shelf.attach(original, "holiday.jpg")
    link = shelf.links().rendition(*file)
    for query in ("", "width=40", "width=20&height=20", "format=png", "format=webp&quality=50"):
        reply = await shelf.ask(link + query)
        made = decoded(reply.body)
        assert reply.status == 200
        assert not made.getexif()
        assert b"Camera" not in reply.body
        assert made.size[0] <= made.size[1]  # upright, as the camera was held
        assert "content-disposition" not in reply.headers
        assert reply.headers["cache-control"].startswith("private")
    assert decoded((await shelf.ask(f"{link}width=20")).body).size == (20, 40)
    assert (await shelf.ask(shelf.links().attachment(*file))).body == original


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.txt", b"words"),
        ("a.png", encoded(picture(), "PNG")[:60]),
        ("a.gif", b"GIF89a" + b"\xff" * 300),
        ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(64)),
    ],
)
async def test_what_cannot_be_made_anew_is_not_shown_as_it_is(
    shelf: Shelf, name: str, content: bytes
) -> None:
    link = shelf.links().rendition(*await shelf.attach(content, name))
    for _ in range(2):
        reply = await shelf.ask(link)
        assert reply.status == 415
        assert content not in reply.body


async def test_what_is_shown_in_place_of_a_file_needs_its_link_too(shelf: Shelf) -> None:
    file = await shelf.attach(travelled(), "a.jpg")
    assert (await shelf.ask(f"/cdn/media/attachments/{'/'.join(file)}?width=20")).status == 404
    expired = shelf.links(timedelta(days=3)).rendition(*file)
    assert (await shelf.ask(expired)).status == 404


async def test_what_is_gone_is_not_shown_from_memory(shelf: Shelf) -> None:
    file = await shelf.attach(travelled(), "a.jpg")
    link = shelf.links().rendition(*file) + "width=20"
    reply = await shelf.ask(link)
    assert reply.status == 200
    await shelf.store.remove([f"attachments/{file[0]}/{file[1]}"])
    assert (await shelf.ask(link)).status == 404
    assert (await shelf.ask(link, if_none_match=reply.headers["etag"])).status == 404


async def test_a_rendition_is_made_once_for_everybody(server: Server, shelf: Shelf) -> None:
    path = await shelf.picture("avatars", encoded(picture(800, 800), "PNG"))
    made = server.data / "renditions" / "made"
    before = set(made.glob("*/*"))
    replies = await asyncio.gather(*(shelf.ask(f"{path}.webp?size=256") for _ in range(100)))
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    [only] = set(made.glob("*/*")) - before
    written = only.stat().st_mtime_ns
    await shelf.ask(f"{path}.webp?size=256")
    assert only.stat().st_mtime_ns == written


# Those who mean no good.


@pytest.mark.parametrize(
    "address",
    [
        "/cdn",
        "/cdn/",
        "/cdn//",
        "/cdn/../keys.json",
        "/cdn/%2e%2e/%2e%2e/keys.json",
        "/cdn/..%2f..%2fkeys.json",
        "/%63dn/avatars/1/x.png",
        "/cdn/avatars/1/..",
        "/cdn/avatars/../../keys.json",
        "/cdn/avatars/%2e%2e/keys.json",
        "/cdn/avatars/1/%2e%2e%2f%2e%2e%2fkeys.json",
        "/cdn/avatars/1%00/" + "0" * 32 + ".png",
        "/cdn/avatars/1/" + "0" * 32 + ".png%00",
        "/cdn/avatars/1/" + "0" * 32 + ".png/",
        "/cdn/avatars/01/" + "0" * 32 + ".png",
        "/cdn/avatars/99999999999999999999/" + "0" * 32 + ".png",
        "/cdn/avatars/1/" + "A" * 32 + ".png",
        "/cdn/avatars/1/" + "0" * 31 + ".png",
        "/cdn/avatars/1/" + "0" * 32 + ".svg",
        "/cdn/avatars/1/" + "0" * 5000 + ".png",
        "/cdn/avatars/%D9%A1/" + "0" * 32,
        "/cdn/attachments/1/2",
        "/cdn/attachments/1/2/%ff%fe",
        "/cdn/attachments/../2/x",
        "/cdn/renditions/00/x",
        "/cdn/files/keys.json",
        "/cdn/embed/avatars/6.png",
        "/cdn/embed/avatars/-1.png",
        "/cdn/previews/../../keys.json",
    ],
)
async def test_no_address_reaches_anything_else(shelf: Shelf, address: str) -> None:
    reply = await shelf.ask(address)
    assert reply.status == 404
    assert b"secret" not in reply.body


async def test_a_bomb_is_not_opened(shelf: Shelf) -> None:
    header = encoded(picture(), "PNG")
    huge = header[:16] + (60_000).to_bytes(4, "big") * 2 + header[24:]
    path = await shelf.picture("avatars", huge)
    assert (await shelf.ask(f"{path}.png?size=16")).body == huge
    link = shelf.links().rendition(*await shelf.attach(huge, "a.png"))
    assert (await shelf.ask(f"{link}width=16")).status == 415


async def test_who_asks_for_too_many_new_images_waits(strict_server: Server) -> None:
    shelf = Shelf(strict_server)
    link = shelf.links().rendition(*await shelf.attach(encoded(picture(), "PNG"), "a.png"))
    known = f"{link}width=4096"
    assert (await shelf.ask(known)).status == 200
    statuses = set()
    for width in range(1, 320):
        reply = await shelf.ask(f"{link}width={width}")
        statuses.add(reply.status)
        if reply.status != 200:
            break
    assert statuses == {200, 429}
    assert 0 < int(reply.headers["retry-after"]) <= 60
    assert (await shelf.ask(known)).status == 200


async def test_when_the_place_for_files_fails_readers_are_told_to_come_again(
    own_server: Server,
) -> None:
    shelf = Shelf(own_server)
    link = shelf.links().attachment(*await shelf.attach(TEXT))
    store = own_server.data / "files"
    folder = store / "attachments" / CHANNEL
    (folder / "1").symlink_to(folder / "1")
    reply = await shelf.ask(shelf.links().attachment(CHANNEL, "1", "x"))
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    assert (await shelf.ask(link)).body == TEXT
    with contextlib.suppress(FileNotFoundError):
        (folder / "1").unlink()


async def test_files_may_come_from_another_host(database: str, tmp_path: Path) -> None:
    environment = {
        "DATABASE_URL": database,
        "RIFT_FILES_CDN_URL": "https://files.example.org/",
        "RIFT_AUTH_ARGON2_MEMORY_KIB": "64",
    }
    async with (
        running_server(tmp_path, environment) as server,
        server.http.get(f"{server.url}/") as page,
    ):
        policy = page.headers["content-security-policy"]
        for kind in ("img-src 'self' data: blob:", "media-src 'self' blob:", "connect-src 'self'"):
            assert f"{kind} https://files.example.org;" in policy


# Who has no picture, and films.


async def test_who_has_no_avatar_has_a_drawn_one(shelf: Shelf) -> None:
    drawn = set()
    for number in range(6):
        reply = await shelf.ask(f"/cdn/embed/avatars/{number}.png")
        assert (reply.status, reply.headers["content-type"]) == (200, "image/png")
        assert decoded(reply.body).size == (256, 256)
        drawn.add(reply.body)
    assert len(drawn) == 6
    for size in (64, 4096):
        wished = await shelf.ask(f"/cdn/embed/avatars/5.png?size={size}")
        assert (wished.status, wished.body) == (200, reply.body)
    again = await shelf.ask("/cdn/embed/avatars/5.png", if_none_match=reply.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.skipif(not can_play_video(), reason="films are opened by PyAV")
async def test_a_film_shows_a_picture_and_its_preview(shelf: Shelf) -> None:
    content = recordings.film()
    file = await shelf.attach(content, "a.mp4")
    link = shelf.links().rendition(*file)
    assert (await shelf.ask(link)).status == 415
    for extension, kind in (("png", "PNG"), ("webp", "WEBP"), ("jpeg", "JPEG")):
        reply = await shelf.ask(f"{link}format={extension}&width=64")
        made = decoded(reply.body)
        assert (reply.status, made.format, made.size[0]) == (200, kind, 64)
    await shelf.put(preview_key(*file[:2]), b"\x1aE\xdf\xa3webm" + bytes(500))
    reply = await shelf.ask(link, range="bytes=4-7")
    assert (reply.status, reply.body) == (206, b"webm")
    assert reply.headers["content-type"] == "video/webm"
    assert (await shelf.ask(shelf.links().attachment(*file))).body == content
    await shelf.put(f"previews/{'7' * 32}", content)
    assert (await shelf.ask(f"/cdn/previews/{'7' * 32}")).status == 415
