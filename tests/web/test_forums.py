"""Forums: posts are written, found by their tags, shown as one wishes, and told how to be."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.api import Person
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NEEDS_TAG = 1 << 4


async def bench(owner: Person, **more: Any) -> dict[str, Any]:
    """A forum with two tags."""
    guild = await owner.guild("Menders")
    tags = [{"name": "Clocks", "emoji_name": "🕰"}, {"name": "Radios"}]
    shape = {"available_tags": tags, "topic": "One thing a post.", **more}
    made: dict[str, Any] = await owner.channel(guild["id"], "bench", type=15, **shape)
    return made


async def test_ux_100_posts_are_written_with_tags_and_files_and_found_by_them(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    reaction = {"emoji_name": "🔧"}
    forum = await bench(owner, default_reaction_emoji=reaction, flags=NEEDS_TAG)
    await owner.patch(f"/channels/{forum['id']}", {"flags": NEEDS_TAG})
    await owner.bring(guest, forum["id"])
    page = await open_page(owner)
    await page.goto(f"/channels/{forum['guild_id']}/{forum['id']}")
    main = page.get_by_role("main")
    await expect(
        main.get_by_role("heading", name="bench waits for its first post.")
    ).to_be_visible()
    await main.get_by_role("button", name="New post").first.click()
    form = main.get_by_role("region", name="New post")
    await form.get_by_label("Title").fill("It stops at noon")
    await form.get_by_role("textbox", name="What it is about").fill("and **never** at midnight")
    await form.locator("input[type=file]").set_input_files(
        [{"name": "clock.txt", "mimeType": "text/plain", "buffer": b"tick"}]
    )
    # The forum wants at least one tag.
    await expect(form.get_by_role("button", name="Post", exact=True)).to_be_disabled()
    await form.get_by_role("button", name="Clocks").click()
    assert await violations(page, grave=True) == []
    await form.get_by_role("button", name="Post", exact=True).click()

    beside = page.get_by_role("complementary", name="It stops at noon")
    first = beside.get_by_role("article").first
    await expect(first).to_contain_text("and never at midnight")
    await expect(first).to_contain_text("clock.txt")
    await first.get_by_role("button", name="First to react with 🔧").click()
    await expect(first.get_by_role("button", name="First to react with 🔧")).to_be_hidden()
    await beside.get_by_role("button", name="Close the thread").click()

    radios = forum["available_tags"][1]["id"]
    other = {"name": "It hums", "message": {"content": "in F"}, "applied_tags": [radios]}
    await guest.post(f"/channels/{forum['id']}/threads", other)
    posts = main.get_by_role("list", name="Posts")
    await expect(posts.get_by_role("link")).to_have_text(["It hums", "It stops at noon"])
    await expect(posts.get_by_role("link", name="It hums, unread")).to_be_visible()
    await expect(posts.get_by_role("article").first).to_contain_text("in F")
    await main.get_by_role("group", name="Filter by tags").get_by_text("Clocks").click()
    await expect(posts.get_by_role("link")).to_have_text(["It stops at noon"])
    await main.get_by_role("group", name="Filter by tags").get_by_text("Clocks").click()
    await main.get_by_role("button", name="Show as gallery").click()
    await expect(posts.get_by_role("link")).to_have_count(2)
    await main.get_by_role("searchbox", name="Find a post").fill("noon")
    await expect(posts.get_by_role("link")).to_have_text(["It stops at noon"])
    assert await violations(page, grave=True) == []


async def test_ux_100_who_keeps_a_forum_says_how_its_posts_are(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    forum = await bench(owner)
    page = await open_page(owner)
    await page.goto(f"/guilds/{forum['guild_id']}/channels/{forum['id']}")
    await page.get_by_role("tab", name="Posts").click()
    await page.get_by_role("button", name="Add a tag").click()
    await page.get_by_label("Name of the tag").last.fill("Solved")
    await page.get_by_role("button", name="Only for who looks after threads").last.click()
    await page.get_by_label("A post begins with").fill("Since when?")
    await page.get_by_role("switch", name="Posts need a tag").click()
    await page.get_by_label("Shown as").select_option("Gallery")
    await page.get_by_label("Sorted by").select_option("Newest first")
    assert await violations(page, grave=True) == []
    async with page.expect_response(lambda it: it.request.method == "PATCH"):
        await page.get_by_role("button", name="Save").click()
    kept = await owner.get(f"/channels/{forum['id']}")
    assert [(it["name"], it["moderated"]) for it in kept["available_tags"]][2:] == [
        ("Solved", True)
    ]
    assert kept["flags"] & NEEDS_TAG
    assert (kept["default_forum_layout"], kept["default_sort_order"]) == (2, 1)
    assert kept["template"] == "Since when?"
    await page.goto(f"/channels/{forum['guild_id']}/{forum['id']}")
    await page.get_by_role("button", name="New post").first.click()
    await expect(page.get_by_role("textbox", name="What it is about")).to_have_value("Since when?")
