"""Backups in the console: made, fetched, brought and put back without a shell."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.backups.instances import steady_server
from tests.nouns.luggage import TEXT, send
from tests.web.conftest import PASSWORD, Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_ux_142_a_backup_is_made_carried_and_put_back_without_a_shell(
    open_page: Open, database: str, tmp_path: Path
) -> None:
    async with steady_server(tmp_path / "data", database) as server:
        owner = await server.person("keeper", setup_token=server.setup_token)
        guild = await owner.guild("Harbour")
        channel = await owner.channel(guild["id"], "ideas")
        await send(owner, channel["id"], TEXT, content="worth keeping")
        page = await open_page(owner, url=server.url)
        await page.goto("/admin/backups")
        await expect(page.get_by_text("There is no backup here.")).to_be_visible()
        await page.get_by_role("button", name="Back up now").click()
        await expect(page.get_by_text("The backup is whole")).to_be_visible(timeout=20_000)
        rows = page.get_by_role("main").get_by_role("listitem")
        await expect(rows).to_contain_text("1 file")
        assert await violations(page) == []

        await _choose(page, "Fetch")
        async with page.expect_download() as fetching:
            await page.get_by_role("dialog").get_by_role("button", name="Fetch").click()
            await _prove(page)
        carried = tmp_path / "carried.tar"
        await (await fetching.value).save_as(carried)
        await _choose(page, "Delete")
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(page.get_by_text("There is no backup here.")).to_be_visible()
        await page.locator("input[type=file]").set_input_files(carried)
        await expect(page.get_by_text("Every byte is as it was written.")).to_be_visible(
            timeout=20_000
        )

        late = await owner.say(channel["id"], "said too late")
        await page.get_by_role("button", name="Restore").click()
        await page.get_by_role("button", name="Stop and restore").click()
        await expect(page.get_by_text("was put back")).to_be_visible(timeout=30_000)
        gone = await owner.call("GET", f"/channels/{channel['id']}/messages/{late['id']}")
        assert gone.status == 404
        await page.goto(f"/channels/{guild['id']}/{channel['id']}")
        await expect(page.get_by_text("worth keeping")).to_be_visible()
        await expect(page.get_by_text("said too late")).to_have_count(0)


async def _choose(page: Page, action: str) -> None:
    await page.get_by_role("button", name="What can be done with the backup").click()
    await page.get_by_role("menuitem", name=action).click()


async def _prove(page: Page) -> None:
    dialog = page.get_by_role("dialog").last
    await dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    await dialog.get_by_role("button", name="It is me").click()
