"""What a server plans, and who is in its voice channels, on screen."""

import asyncio

import pytest
from playwright.async_api import Locator, Page, expect

from tests.guard.happenings import somewhere
from tests.guard.voices import enter
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(60),
]


async def move_second(page: Page, event: Locator) -> None:
    """To another hour of its day, the second time it happens."""
    second = event.get_by_role("listitem").nth(1)
    await second.get_by_role("button", name="Move ").click()
    move = page.get_by_role("dialog", name="Move one time of Regatta")
    starts, ends = move.get_by_label("Starts"), move.get_by_label("Ends")
    day = (await starts.input_value()).partition("T")[0]
    await starts.fill(f"{day}T23:20")
    await ends.fill(f"{day}T10:00")
    await move.get_by_role("button", name="Save").click()
    await expect(move.get_by_text("Give it an end after its start.")).to_be_visible()
    assert await violations(page, ".layers", grave=True) == []
    await ends.fill(f"{day}T23:50")
    await move.get_by_role("button", name="Save").click()
    await expect(move).to_have_count(0)
    await expect(second).to_contain_text("11:20")


async def want_first(event: Locator, *, all_told: int) -> None:
    """Say otherwise of the first time it happens; of so many, with the event, one then does."""
    await event.get_by_role("listitem").first.get_by_role("button", name="Interested").click()
    wanted = event.get_by_role("button", name="Interested", pressed=True)
    await expect(wanted).to_have_count(all_told)


async def test_ux_101_an_event_is_planned_wanted_begun_and_ended(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    guild = await owner.guild("Rowers")
    hall = await owner.channel(guild["id"], "hall")
    await owner.bring(guest, hall["id"])
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{hall['id']}")
    rows = page.get_by_role("region", name="Channels", exact=True)
    await rows.get_by_role("button", name="Events", exact=True).click()
    plans = page.get_by_role("dialog", name="Events of Rowers")
    await expect(plans.get_by_text("Nothing is planned.")).to_be_visible()
    await plans.get_by_role("button", name="Plan an event").press("Enter")
    form = page.get_by_role("dialog", name="Plan an event")
    await form.get_by_role("radio", name="Elsewhere").click()
    await form.get_by_role("button", name="Plan it").click()
    await expect(form.get_by_text("Say where it is.")).to_be_visible()
    assert await violations(page, ".layers", grave=True) == []
    await form.get_by_label("Name of the event").fill("Regatta")
    await form.get_by_label("Place or address").fill("The old lock")
    await form.get_by_label("How often").select_option("Every week")
    await form.get_by_role("button", name="Plan it").click()
    await expect(form).to_have_count(0)

    regatta = plans.get_by_role("article", name="Regatta")
    await expect(regatta).to_contain_text("The old lock")
    await expect(regatta).to_contain_text("1 interested")
    [made] = await guest.get(f"/guilds/{guild['id']}/scheduled-events")
    await guest.put(f"/guilds/{guild['id']}/scheduled-events/{made['id']}/users/@me", {})
    await expect(regatta).to_contain_text("2 interested")
    await regatta.get_by_text("Next times").click()
    assert await violations(page, ".layers", grave=True) == []
    await want_first(regatta, all_told=4)
    await move_second(page, regatta)
    await want_first(regatta, all_told=5)
    await regatta.get_by_role("button", name="Menu of Regatta").click()
    begin = page.get_by_role("menuitem", name="Start now")
    told = expect(page.get_by_role("status").get_by_text("Regatta begins now."))
    await asyncio.gather(told.to_be_visible(), begin.click())
    await expect(regatta).to_contain_text("Going on now")
    await plans.get_by_role("button", name="Close").click()
    await expect(plans).to_have_count(0)

    live = rows.get_by_role("region", name="Going on now")
    await expect(live).to_contain_text("The old lock")
    await expect(rows.get_by_role("button", name="Events, 1 event")).to_be_visible()
    await guest.say(hall["id"], f"{server.url}/events/{guild['id']}/{made['id']}")
    said = page.get_by_role("article").filter(has_text="/events/")
    await said.get_by_role("button", name="Show event").click()
    await regatta.get_by_role("button", name="Menu of Regatta").click()
    await page.get_by_role("menuitem", name="End", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="End", exact=True).click()
    await expect(live).to_have_count(0)


async def test_ux_007_102_people_stand_below_the_channel_they_are_in(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    guild = await owner.guild("Singers")
    lounge = await owner.channel(guild["id"], "lounge", type=2)
    podium = await owner.channel(guild["id"], "podium", type=13)
    await owner.bring(guest, lounge["id"])
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{lounge['id']}")
    rows = page.get_by_role("region", name="Channels", exact=True)
    async with server.gateway(guest) as there:
        await enter(there, lounge, self_mute=True)
        await expect(rows.get_by_role("link", name="lounge, 1 inside")).to_be_visible()
        name = guest.user["username"]
        inside = rows.get_by_role("list", name="In lounge")
        await expect(inside.get_by_role("button", name=f"{name}, muted")).to_be_visible()
        await owner.put(f"/channels/{lounge['id']}/voice-status", {"status": "scales"})
        await expect(rows.get_by_text("scales")).to_be_visible()
        await page.reload()
        await expect(rows.get_by_text("scales")).to_be_visible()
        assert await violations(page, grave=True) == []
        await owner.post("/stage-instances", {"channel_id": podium["id"], "topic": "Carols"})
        await enter(there, podium)
        await expect(rows.get_by_text("Carols")).to_be_visible()
        await expect(rows.get_by_text("1 listening")).to_be_visible()
    await expect(rows.get_by_text("1 listening")).to_have_count(0)
    await owner.delete(f"/stage-instances/{podium['id']}")
    await page.goto(f"/channels/{guild['id']}/{podium['id']}")
    said = page.get_by_role("article")
    await expect(said.filter(has_text="opened the stage: Carols")).to_be_visible()
    await expect(said.filter(has_text="closed the stage: Carols")).to_be_visible()


async def test_ux_101_a_link_to_an_event_that_is_gone_says_so(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    guild = await owner.guild("Rovers")
    walk = await owner.post(f"/guilds/{guild['id']}/scheduled-events", somewhere(name="Walk"))
    page = await open_page(owner, viewport={"width": 390, "height": 844}, has_touch=True)
    await page.goto(f"/events/{guild['id']}/{walk['id']}")
    plans = page.get_by_role("dialog", name="Events of Rovers")
    await expect(plans.get_by_role("article", name="Walk")).to_contain_text("The park")
    assert await violations(page, ".layers", grave=True) == []
    await plans.get_by_role("button", name="Menu of Walk").click()
    async with page.expect_download() as kept:
        await page.get_by_role("menuitem", name="Save for a calendar").click()
    assert (await kept.value).suggested_filename == "Walk.ics"
    await owner.delete(f"/guilds/{guild['id']}/scheduled-events/{walk['id']}")
    await expect(plans.get_by_text("This event is over, or not for you.")).to_be_visible()
