"""What people and bots see below a message that links to somewhere."""

import asyncio
import time

from PIL import Image

from rift.permissions import Permission
from tests.media.pictures import encoded, film, picture
from tests.patience import until
from tests.previews.street import Json, Street

SUPPRESS = 1 << 2
ARTICLE = (
    '<meta property="og:title" content="Fish &amp; chips">',
    '<meta property="og:description" content="All about them">',
    '<meta property="og:type" content="article">',
    '<meta property="og:site_name" content="The Gazette">',
    '<meta name="author" content="Ann Other">',
    '<meta name="theme-color" content="#c0ffee">',
)


async def test_a_link_to_a_page_is_shown_as_an_embed(street: Street) -> None:
    image = street.image()
    link = street.page("page", *ARTICLE, f'<meta property="og:image" content="{image}">')
    async with street.server.gateway(street.ann) as ann, street.server.gateway(street.bob) as bob:
        said = await street.say(f"look: {link}")
        assert said["embeds"] == []
        told = [await it.expect("MESSAGE_UPDATE") for it in (ann, bob)]
    [embed] = await street.embeds(said)
    thumbnail = embed["thumbnail"]
    assert embed == {
        "type": "article",
        "url": link,
        "title": "Fish & chips",
        "description": "All about them",
        "color": 0xC0FFEE,
        "provider": {"name": "The Gazette"},
        "author": {"name": "Ann Other"},
        "thumbnail": thumbnail,
    }
    assert thumbnail["url"] == image
    assert thumbnail["proxy_url"].startswith(f"{street.server.url}/cdn/previews/")
    assert (thumbnail["width"], thumbnail["height"]) == (64, 48)
    assert thumbnail["content_type"] == "image/png"
    assert thumbnail["placeholder"]
    read = await street.read(said)
    for update in told:
        assert update.data["embeds"] == [embed]
        assert update.data["guild_id"] == street.guild["id"]
        assert update.data["member"]["roles"] == []
        assert update.data["edited_timestamp"] is None
        assert update.data["content"] == read["content"]
    assert read["edited_timestamp"] is None


async def test_readers_get_the_image_from_us_alone(street: Street) -> None:
    link = street.page("page", f'<meta property="og:image" content="{street.image()}">')
    [embed] = await street.embeds(await street.say(link))
    for _ in range(2):
        async with street.server.http.get(embed["thumbnail"]["proxy_url"]) as reply:
            assert reply.status == 200
            assert reply.content_type.startswith("image/")
            assert await reply.read()
    assert street.calls("image.png") == 1


async def test_the_site_hears_who_asks_and_no_more(street: Street) -> None:
    link = street.page()
    await street.embeds(await street.say(f"{link}#secret"))
    [request] = [it for it in street.site.asked if it.path == street.path("page")]
    agent = request.headers["User-Agent"]
    assert agent.startswith("Rift/")
    assert "A house" in agent
    assert not {"Cookie", "Referer", "Authorization"} & set(request.headers)


async def test_links_to_files_are_shown_as_what_they_are(street: Street) -> None:
    animation = street.site.says(street.path("a.gif"), film("GIF"), "image/gif")
    film_link = street.site.says(street.path("f.mp4"), b"\x00" * 100, "video/mp4")
    said = await street.say(f"{street.image()} {animation} {film_link}")
    image, moving, video = await street.embeds(said, 3)
    assert image["type"] == moving["type"] == "image"
    assert image["thumbnail"]["proxy_url"]
    assert "flags" not in image["thumbnail"]
    assert moving["thumbnail"]["flags"] == 1 << 5
    assert (video["type"], video["video"]["url"]) == ("video", film_link)
    assert "title" not in image


async def test_an_image_that_is_none_is_not_shown(street: Street) -> None:
    lies = {
        "html.png": b"<html><script>alert(1)</script>",
        "empty.png": b"",
        "broken.png": encoded(picture(), "PNG")[:60],
        "bomb.png": encoded(Image.new("1", (12_000, 12_000)), "PNG"),
    }
    links = [street.site.says(street.path(name), body, "image/png") for name, body in lies.items()]
    svg = street.site.says(street.path("a.svg"), "<svg/>", "image/svg+xml")
    images = "".join(f'<meta property="og:image" content="{link}">' for link in links[:1])
    page = street.page("page", images)
    said = await street.say(" ".join([page, *links]))
    [embed] = await street.embeds(said)
    assert embed["url"] == page
    assert "thumbnail" not in embed
    await street.stays_bare(await street.say(svg))


async def test_oembed_adds_the_author_and_never_its_html(street: Street) -> None:
    answer = '{"type":"rich","author_name":"Ann","author_url":"/ann","html":"<script>x</script>"}'
    oembed = street.site.says(street.path("oembed"), answer, "application/json+oembed")
    link = street.page(
        "page", f'<link rel="alternate" type="application/json+oembed" href="{oembed}">'
    )
    [embed] = await street.embeds(await street.say(link))
    assert embed["author"] == {"name": "Ann", "url": street.site.url("/ann")}
    assert "script" not in str(embed)


async def test_what_two_messages_link_to_is_asked_for_once(street: Street) -> None:
    link = street.page()
    first, second = await asyncio.gather(street.say(link), street.say(link))
    assert await street.embeds(first) == await street.embeds(second)
    await street.embeds(await street.say(f"{link}#elsewhere"))
    assert street.calls("page") == 1


async def test_a_site_that_is_not_there_is_not_asked_again_at_once(street: Street) -> None:
    link = street.site.url(street.path("nothing"))
    await street.say(link)
    await until(lambda: street.calls("nothing") == 1)
    await street.stays_bare(await street.say(link))
    assert street.calls("nothing") == 1


async def test_pictures_that_an_application_builds_in_come_from_us(street: Street) -> None:
    first, second = street.image("a.png"), street.image("b.png", 32, 16)
    nothing = street.site.url(street.path("nothing.png"))
    items = [{"media": {"url": link}} for link in (first, second, nothing)]
    beside = {"type": 11, "media": {"url": first}}
    parts = [
        {"type": 9, "components": [{"type": 10, "content": "look"}], "accessory": beside},
        {"type": 12, "items": items},
    ]
    bot = await street.server.bot(street.ann, street.guild["id"])
    said = await bot.say(street.channel["id"], "", components=parts, flags=1 << 15)
    assert said["components"][0]["accessory"]["media"]["proxy_url"] == first

    async def are_there() -> bool:
        read = (await street.read(said))["components"]
        return bool(read[0]["accessory"]["media"]["proxy_url"] != first)

    await until(are_there, within_s=15)
    section, gallery = (await street.read(said))["components"]
    shown = [item["media"] for item in gallery["items"]]
    assert [(one["url"], one.get("width"), one.get("height")) for one in shown] == [
        (first, 64, 48),
        (second, 32, 16),
        (nothing, None, None),
    ]
    assert shown[2]["proxy_url"] == nothing
    for one in (section["accessory"]["media"], *shown[:2]):
        assert one["content_type"] == "image/png"
        async with street.server.http.get(one["proxy_url"]) as reply:
            assert reply.status == 200
    assert (street.calls("a.png"), street.calls("b.png")) == (1, 1)
    changed = await bot.patch(street.place(said), {"allowed_mentions": {"parse": []}})
    assert changed["components"][1] == gallery


async def test_what_is_hidden_is_not_looked_at(street: Street) -> None:
    link = street.page()
    said = await street.say(f"<{link}> ||{link}|| `{link}`")
    quiet = await street.say(link, flags=SUPPRESS)
    await street.stays_bare(said)
    await street.stays_bare(quiet)
    assert street.calls("page") == 0


async def test_the_author_must_be_allowed_to_embed_links(street: Street) -> None:
    everyone = f"/channels/{street.channel['id']}/permissions/{street.guild['id']}"
    denied = str(Permission.EMBED_LINKS.value)
    await street.ann.put(everyone, {"type": 0, "allow": "0", "deny": denied})
    await street.stays_bare(await street.say(street.page(), by=street.bob), street.bob)
    assert street.calls("page") == 0
    await street.embeds(await street.say(street.page()))


async def test_links_in_direct_messages_are_nobody_elses_business(street: Street) -> None:
    private = await street.ann.post("/users/@me/channels", {"recipient_id": street.bob.id})
    said = await street.ann.say(private["id"], street.page())
    await street.stays_bare(said)
    assert street.calls("page") == 0


async def test_domains_the_operator_denies_are_not_called(street: Street) -> None:
    await street.stays_bare(await street.say(f"http://www.denied.example:{street.site.port}/"))


async def test_an_edit_keeps_what_is_still_linked_to_and_drops_the_rest(street: Street) -> None:
    one, two, three = (street.page(name, title=name) for name in ("one", "two", "three"))
    said = await street.say(f"{one} {two}")
    await street.embeds(said, 2)
    edited = await street.ann.patch(street.place(said), {"content": f"{three} {two}"})
    assert [embed["url"] for embed in edited["embeds"]] == [two]
    assert [embed["title"] for embed in await street.embeds(said, 2)] == ["three", "two"]
    assert [street.calls(name) for name in ("one", "two", "three")] == [1, 1, 1]
    cleared = await street.ann.patch(street.place(said), {"content": "never mind"})
    assert cleared["embeds"] == []
    await street.stays_bare(said)


async def test_what_somebody_wrote_stays_beside_what_was_fetched(street: Street) -> None:
    bot = await street.server.bot(street.ann, street.guild["id"])
    link = street.page()
    said = await street.say(link, by=bot, embeds=[{"title": "Mine", "url": link}])
    mine, fetched = await street.embeds(said, 2)
    assert (mine["type"], mine["title"]) == ("rich", "Mine")
    assert (fetched["type"], fetched["title"]) == ("link", "A title")
    edited = await bot.patch(street.place(said), {"embeds": [{"title": "New"}]})
    assert [embed["title"] for embed in edited["embeds"]] == ["New", "A title"]
    edited = await bot.patch(street.place(said), {"content": "no link"})
    assert [embed["title"] for embed in edited["embeds"]] == ["New"]


async def test_previews_can_be_removed_and_come_back(street: Street) -> None:
    said = await street.say(street.page())
    before = await street.embeds(said)
    hidden = await street.ann.patch(street.place(said), {"flags": SUPPRESS})
    assert (hidden["embeds"], hidden["edited_timestamp"]) == ([], None)
    await street.stays_bare(said)
    await street.ann.patch(street.place(said), {"flags": 0})
    assert await street.embeds(said) == before
    assert street.calls("page") == 1


async def test_a_preview_is_no_edit_and_leaves_no_history(street: Street) -> None:
    said = await street.say(street.page())
    await street.embeds(said)
    await street.ann.patch(street.place(said), {"flags": SUPPRESS})
    assert await _versions(street, said) == []
    await street.ann.patch(street.place(said), {"content": "edited"})
    assert len(await _versions(street, said)) == 1


async def test_a_message_that_changed_meanwhile_gets_what_it_says_now(street: Street) -> None:
    go = asyncio.Event()
    link, other = street.silent("slow", go), street.page("other", title="other")
    people = [street.ann, street.bob, await street.newcomer(), await street.newcomer()]
    edited, hidden, deleted, kept = [await street.say(link, by=person) for person in people]
    await until(lambda: street.calls("slow") == 1)
    await street.ann.patch(street.place(edited), {"content": other})
    await street.bob.patch(street.place(hidden), {"flags": SUPPRESS})
    async with street.server.gateway(street.ann) as ann:
        await people[2].delete(street.place(deleted))
        go.set()
        await street.embeds(kept)
        assert [embed["title"] for embed in await street.embeds(edited)] == ["other"]
        await street.stays_bare(hidden)
        updates = [it for it in ann.history if it.name == "MESSAGE_UPDATE"]
    assert {kept["id"], edited["id"]} <= {update.data["id"] for update in updates}
    assert deleted["id"] not in {update.data["id"] for update in updates}


async def test_links_to_what_never_answers_keep_nobody_else_waiting(street: Street) -> None:
    go = asyncio.Event()
    for number in range(10):
        links = [street.silent(f"silent-{number}-{it}", go) for it in range(5)]
        await street.say(" ".join(links), by=street.bob)
    await until(lambda: street.calls("silent-0-0") == 1)
    began = time.monotonic()
    await street.embeds(await street.say(street.page()))
    assert time.monotonic() - began < 5
    go.set()


async def test_an_image_that_made_room_for_others_is_fetched_again(street: Street) -> None:
    link = street.page("page", f'<meta property="og:image" content="{street.image()}">')
    [embed] = await street.embeds(await street.say(link))
    shown = embed["thumbnail"]["proxy_url"]
    file = street.server.data / "files" / "previews" / shown.rpartition("/")[2]

    async def ask(size: int) -> int:
        async with street.server.http.get(f"{shown}?size={size}") as reply:
            return reply.status

    file.unlink()
    assert await asyncio.gather(*(ask(size) for size in (16, 32, 64))) == [200, 200, 200]
    assert street.calls("image.png") == 2
    file.unlink()
    del street.site.pages[street.path("image.png")]
    assert [await ask(size) for size in (128, 128)] == [404, 404]
    assert street.calls("image.png") == 2
    unknown = f"{street.server.url}/cdn/previews/{'0' * 32}"
    async with street.server.http.get(unknown) as reply:
        assert reply.status == 404


async def test_who_may_not_see_the_channel_hears_nothing(street: Street) -> None:
    hidden = await street.ann.channel(
        street.guild["id"],
        "hidden",
        permission_overwrites=[
            {"id": street.guild["id"], "type": 0, "deny": str(Permission.VIEW_CHANNEL.value)}
        ],
    )
    async with street.server.gateway(street.bob) as bob:
        said = await street.ann.say(hidden["id"], street.page(title="a secret"))
        await street.embeds(said)
        await bob.quiet("MESSAGE_UPDATE")


async def test_bots_without_the_intent_receive_no_previews(street: Street) -> None:
    bot = await street.server.bot(street.ann, street.guild["id"])
    async with street.server.gateway(bot, intents=1 << 0 | 1 << 9) as gateway:
        said = await street.say(street.page())
        update = await gateway.expect("MESSAGE_UPDATE", lambda data: data["id"] == said["id"])
    assert (update.data["content"], update.data["embeds"]) == ("", [])


async def test_copies_of_what_is_published_show_what_their_source_shows(street: Street) -> None:
    news = await street.ann.channel(street.guild["id"], "news", type=5)
    target = await street.ann.channel(street.guild["id"], "reading")
    path = f"/channels/{news['id']}/followers"
    await street.ann.post(path, {"webhook_channel_id": target["id"]})
    said = await street.ann.say(news["id"], street.page())
    await street.ann.post(f"{street.place(said)}/crosspost")

    async def copies() -> list[Json]:
        page = await street.ann.get(f"/channels/{target['id']}/messages")
        return [it for it in page if it["content"] == said["content"]]

    async def are_shown() -> bool:
        return [bool(copy["embeds"]) for copy in await copies()] == [True]

    await until(are_shown)
    [copy] = await copies()
    assert copy["embeds"] == await street.embeds(said)
    assert await _versions(street, copy) == []
    assert street.calls("page") == 1


async def test_a_forward_carries_what_was_shown(street: Street) -> None:
    link = street.page("page", f'<meta property="og:image" content="{street.image()}">')
    said = await street.say(link)
    embeds = await street.embeds(said)
    reference = {"type": 1, "channel_id": said["channel_id"], "message_id": said["id"]}
    forward = await street.say("", message_reference=reference)
    for shown in (forward, await street.read(forward)):
        assert shown["message_snapshots"][0]["message"]["embeds"] == embeds
    assert street.calls("page") == 1


async def test_the_log_tells_nobody_what_people_link_to(street: Street) -> None:
    await street.embeds(await street.say(street.page()))
    await street.say(street.site.url(street.path("nothing")))
    await until(lambda: street.calls("nothing") == 1)
    log = "\n".join(street.server.log)
    assert street.name not in log
    assert "127.0.0.1:" + str(street.site.port) not in log


async def test_operators_see_how_many_sites_were_called(street: Street) -> None:
    async with street.server.http.get(f"{street.server.url}/metrics") as reply:
        text = await reply.text()
    for name in ("rift_fetches_total", "rift_fetches_refused_total", "rift_fetches_failed_total"):
        assert name in text


async def _versions(street: Street, message: Json) -> list[Json]:
    found = await street.ann.get(f"{street.place(message)}/history")
    return [version for version in found if version["ended"] != "current"]
