"""What messages say, in a browser: words, pictures, films, sounds, files and cards."""

import re
from base64 import b64encode
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Locator, Page, expect

from tests.api import Person
from tests.media.pictures import encoded, film, picture
from tests.media.recordings import film as recorded
from tests.media.recordings import sound
from tests.nouns.artwork import emoji
from tests.nouns.luggage import send
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


class Room(NamedTuple):
    """A channel that somebody looks at, and somebody else talks in."""

    page: Page
    guild: dict[str, Any]
    channel_id: str
    reader: Person
    writer: Person

    async def say(self, content: str, **fields: Any) -> dict[str, Any]:
        return await self.writer.say(self.channel_id, content, **fields)


async def size_of(element: Locator) -> tuple[float, float]:
    box = await element.bounding_box()
    assert box is not None
    return box["width"], box["height"]


async def enter(server: Server, open_page: Open) -> Room:
    reader, writer = (
        await server.person(global_name="reader"),
        await server.person(global_name="writer"),
    )
    guild = await reader.guild("Longwave Club")
    channel_id = (await reader.channel(guild["id"], "antenna-builds"))["id"]
    await reader.bring(writer, channel_id)
    page = await open_page(reader)
    await page.goto(f"/channels/{guild['id']}/{channel_id}")
    return Room(page, guild, channel_id, reader, writer)


async def test_ux_041_042_words_have_their_form_and_spoilers_wait(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    said = (
        f"**bold** <@{room.reader.id}> <#{room.channel_id}> ||the ending||\n> quoted\n- one\n- two"
    )
    await room.say(said)
    log = page.get_by_role("log")
    await expect(log.locator("strong", has_text="bold")).to_be_visible()
    await expect(log.get_by_role("button", name="@reader")).to_be_visible()
    await expect(log.get_by_role("listitem")).to_have_count(2)
    spoiler = log.get_by_role("button", name="Spoiler")
    await expect(spoiler).to_have_attribute("aria-expanded", "false")
    await spoiler.press("Enter")
    await expect(log.locator(".spoiler")).to_have_attribute("aria-expanded", "true")
    await expect(log.get_by_text("the ending")).to_be_visible()
    await log.get_by_role("button", name="@reader").click()
    await expect(page.get_by_role("dialog")).to_contain_text("reader")


async def test_ux_043_code_has_colours_can_be_copied_and_wrapped(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await room.say("```python\ndef coil(turns):\n    return turns\n```")
    code = page.locator("code[data-language=python]")
    before = await size_of(code)
    await expect(code.locator(".hljs-keyword").first).to_have_text("def")
    assert await size_of(code) == before
    await page.get_by_role("button", name="Copy", exact=True).click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == "def coil(turns):\n    return turns"
    wrap = page.get_by_role("button", name="Wrap")
    await wrap.click()
    await expect(wrap).to_have_attribute("aria-pressed", "true")


async def test_ux_044_045_emojis_alone_are_large_and_times_are_told(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    wave = await emoji(room.reader, room.guild, "wave")
    await room.reader.say(room.channel_id, f"<:wave:{wave['id']}> 😀")
    await expect(page.locator(".jumbo img.emoji")).to_have_js_property("complete", value=True)
    assert await page.locator(".jumbo img.emoji").evaluate("image => image.naturalWidth") > 0
    await page.locator(".jumbo img.emoji").hover()
    await expect(page.locator("img.emoji[title=':wave: from Longwave Club']")).to_be_visible()
    await room.say("<t:1700000000:R> and <t:1700000000:D>")
    await expect(page.locator("time[data-style=R]")).to_contain_text("years ago")
    await expect(page.locator("time[data-style=D]")).to_have_text("November 14, 2023")
    await expect(page.locator("time[data-style=D]")).to_have_attribute(
        "title", re.compile("Tuesday")
    )


async def test_ux_046_047_pictures_have_their_room_and_open(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    shot = encoded(picture(900, 600), "PNG")
    described = [{"id": "0", "description": "A mast at dawn"}, {"id": "1"}, {"id": "2"}]
    files = [(f"{name}.png", shot) for name in ("mast", "valley", "fjord")]
    await send(room.writer, room.channel_id, *files, attachments=described)
    mosaic = page.get_by_role("group", name="3 pictures")
    first = mosaic.get_by_role("button", name="Enlarge: A mast at dawn")
    box = await first.bounding_box()
    await expect(first.get_by_role("img", name="A mast at dawn")).to_have_js_property(
        "complete", value=True
    )
    assert await first.bounding_box() == box
    source = await first.get_by_role("img").get_attribute("src")
    assert source is not None
    assert "format=webp" in source
    await mosaic.get_by_role("button", name="Description of the picture").click()
    await expect(mosaic.get_by_text("A mast at dawn")).to_be_visible()
    await first.click()
    large = page.get_by_role("dialog")
    await expect(large.get_by_text("1 of 3")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("dialog", name="valley.png")).to_contain_text("2 of 3")
    await page.keyboard.press("+")
    await expect(large.locator("img")).to_have_attribute("src", re.compile("/cdn/attachments/"))
    await expect(large.get_by_role("link", name="Download")).to_have_attribute(
        "download", "valley.png"
    )
    assert await violations(page, ".lightbox") == []
    await page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await expect(first).to_be_focused()


async def test_ux_042_hidden_pictures_wait_to_be_asked_for(server: Server, open_page: Open) -> None:
    room = await enter(server, open_page)
    page = room.page
    shot = encoded(picture(300, 200), "PNG")
    await send(room.writer, room.channel_id, ("SPOILER_end.png", shot))
    veil = page.get_by_role("log").get_by_role("button", name="Spoiler")
    await expect(veil).to_have_attribute("aria-expanded", "false")
    assert await page.get_by_role("img", name="end.png").count() == 0
    await veil.click()
    await expect(page.get_by_role("img", name="end.png")).to_be_visible()


async def test_ux_048_films_and_sounds_are_played_when_asked(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    clip = recorded("webm", seconds=2, size=(320, 180), sound=True)
    await send(room.writer, room.channel_id, ("fence.webm", clip), ("hum.ogg", sound(seconds=3)))
    await expect(page.locator("video")).to_have_js_property("paused", value=True)
    await expect(page.locator("video")).to_have_attribute("poster", re.compile("format=webp"))
    await page.get_by_role("button", name="Play fence.webm").click()
    await expect(page.locator("video")).to_have_js_property("paused", value=False)
    player = page.get_by_role("group", name="Player").first
    await player.get_by_role("button", name="Speed 1").click()
    await expect(page.locator("video")).to_have_js_property("playbackRate", 1.25)
    await player.get_by_role("slider", name="Volume").fill("0.4")
    await expect(page.locator("video")).to_have_js_property("volume", 0.4)
    other = page.get_by_role("group", name="Player").last
    await other.get_by_role("button", name="Play").click()
    await expect(page.locator("video")).to_have_js_property("paused", value=True)
    await expect(page.locator("audio")).to_have_js_property("volume", 0.4)
    await other.get_by_role("slider", name="Position").fill("2")
    await expect(other).to_contain_text("0:02 / 0:03")


async def test_ux_056_voices_show_their_shape(server: Server, open_page: Open) -> None:
    room = await enter(server, open_page)
    page = room.page
    shape = {
        "id": "0",
        "duration_secs": 3.0,
        "waveform": b64encode(bytes(range(0, 250, 5))).decode(),
    }
    payload = {"flags": 1 << 13, "attachments": [shape]}
    await send(room.writer, room.channel_id, ("voice-message.ogg", sound(seconds=3)), **payload)
    voice = page.get_by_role("group", name="Voice message, 0:03")
    await voice.get_by_role("slider", name="Position").fill("1.5")
    assert await voice.locator("i.heard").count() >= 20
    await voice.get_by_role("button", name="Play").click()
    await expect(page.locator("audio")).to_have_js_property("paused", value=False)


async def test_ux_049_files_say_what_they_are_and_code_is_read_here(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    lines = "\n".join(f"turn_{number} = {number}" for number in range(30))
    await send(
        room.writer,
        room.channel_id,
        ("coil.py", lines.encode()),
        ("plans.zip", b"PK\x03\x04" + bytes(20_000)),
    )
    await expect(page.get_by_role("link", name="plans.zip", exact=True)).to_have_attribute(
        "download", "plans.zip"
    )
    await expect(page.get_by_text("20 kB")).to_be_visible()
    await page.get_by_role("button", name="Show what is in coil.py").click()
    await expect(page.locator("code[data-language=python]")).to_contain_text("turn_11 = 11")
    await expect(page.locator("code[data-language=python]")).not_to_contain_text("turn_12")
    await page.get_by_role("button", name="18 more lines").click()
    await expect(page.locator("code[data-language=python]")).to_contain_text("turn_29 = 29")


async def test_ux_050_051_cards_hold_all_their_parts_and_can_be_removed(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    bot = await server.bot(room.reader, room.guild["id"])
    fields = [{"name": f"Field {n}", "value": f"value {n}", "inline": True} for n in range(3)]
    card = {
        "title": "40 m is open",
        "url": "https://example.org/report",
        "description": "With **markup**",
        "color": 0x2A9D8F,
        "author": {"name": "tidewatch"},
        "fields": [*fields, {"name": "Wide", "value": "alone", "inline": False}],
        "footer": {"text": "version 2"},
        "timestamp": "2026-11-21T09:36:00+00:00",
    }
    await bot.say(room.channel_id, "", embeds=[card, {"title": "Second"}])
    log = page.get_by_role("log")
    await expect(log.get_by_role("link", name="40 m is open")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    boxes = [await log.get_by_text(f"value {n}").bounding_box() for n in range(3)]
    wide = await log.get_by_text("alone", exact=True).bounding_box()
    assert len({box["y"] for box in boxes if box}) == 1
    assert wide is not None
    assert boxes[0] is not None
    assert wide["y"] > boxes[0]["y"]
    await expect(log.get_by_text(re.compile("version 2 · Nov 21, 2026"))).to_be_visible()
    await log.get_by_text("Second").hover()
    await log.get_by_role("button", name="Remove previews").last.click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(log.get_by_text("40 m is open")).to_have_count(0)


async def test_ux_053_animations_stand_still_for_who_wants_less_motion(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    await send(room.writer, room.channel_id, ("wave.gif", film("GIF", size=(200, 120))))
    image = page.get_by_role("img", name="wave.gif")
    await expect(image).to_have_attribute("src", re.compile(r"^(?!.*animated)"))
    await image.hover()
    await expect(image).to_have_attribute("src", re.compile("animated=true"))


async def test_ux_059_invites_are_cards(server: Server, open_page: Open) -> None:
    room = await enter(server, open_page)
    page = room.page
    invite = await room.reader.post(f"/channels/{room.channel_id}/invites", {})
    await room.say(f"{server.url}/invite/{invite['code']}")
    log = page.get_by_role("log")
    await expect(log.get_by_text("You are a member of")).to_be_visible()
    await expect(log.get_by_role("button", name="Open")).to_be_visible()
