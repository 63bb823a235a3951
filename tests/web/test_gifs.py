"""GIFs are looked for through the server, where its operator has a key of a provider."""

import pytest
from playwright.async_api import expect

from tests.nouns.test_gifs import amused, provider
from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open

__all__ = ["amused", "provider"]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_ux_070_a_gif_is_found_and_sent(open_page: Open, amused: Server) -> None:
    ann = await amused.person()
    channel = await ann.channel((await ann.guild())["id"], "quay")
    page = await open_page(ann, url=amused.url)
    await page.goto(f"/channels/{channel['guild_id']}/{channel['id']}")
    await page.get_by_role("button", name="GIFs").click()
    picker = page.get_by_role("dialog", name="GIFs")
    await expect(picker.get_by_role("button", name="animals")).to_be_visible()
    async with page.expect_response("**/gifs/search?*"):
        await picker.get_by_role("searchbox", name="Find a GIF").fill("hello")
    await expect(picker.locator("[aria-busy]")).to_have_attribute("aria-busy", "false")
    await picker.get_by_role("button", name="Hello", exact=True).click()

    async def is_sent() -> bool:
        said = await ann.get(f"/channels/{channel['id']}/messages")
        return [message["content"] for message in said] == ["https://giphy.com/gifs/g1"]

    await until(is_sent)
