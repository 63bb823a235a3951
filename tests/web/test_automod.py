"""Rules that watch over what is said, made, tried and heard of; and doors shut for a while."""

import pytest
from playwright.async_api import expect

from tests.nouns.test_automod import Court, words_rule
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_ux_134_a_rule_is_made_and_tried_on_a_text_and_on_what_was_said(
    open_page: Open, server: Server
) -> None:
    court = await Court(server).set()
    await court.member.say(court.channel["id"], "a badger was here")
    page = await open_page(court.owner)
    await page.goto(f"/guilds/{court.id}/automod")
    await page.get_by_role("button", name="New rule: Words and patterns").click()
    await page.get_by_role("textbox", name="Name", exact=True).fill("Animals")
    await page.get_by_role("textbox", name="Words", exact=True).fill("badger, stoat,")
    await page.keyboard.press("Enter")
    words = page.get_by_role("list", name="Words", exact=True)
    await expect(words.get_by_role("listitem")).to_have_text(["badger", "stoat"])
    patterns = page.get_by_role("textbox", name="Regular expressions")
    await patterns.fill("(mole")
    await page.keyboard.press("Enter")
    await page.get_by_label("What they are told").fill("No animals.")
    await page.get_by_role("checkbox", name="Tell those who keep order").check()
    # What is wrong stands at its field, which has the focus.
    await page.get_by_role("button", name="Make the rule").click()
    await expect(page.get_by_text("This is no regular expression")).to_be_visible()
    await expect(patterns).to_be_focused()
    await page.get_by_role("button", name="Remove (mole").click()
    await page.get_by_label("In the channel").select_option("#office")
    await page.get_by_label("Text", exact=True).fill("What a Badger")
    await page.get_by_role("button", name="Try it").click()
    await expect(page.get_by_text("Found by the entry badger")).to_be_visible()
    await page.get_by_role("button", name="Look", exact=True).click()
    hits = page.get_by_role("list", name="What it found")
    await expect(hits.get_by_role("listitem")).to_contain_text(["a badger was here"])
    assert await violations(page) == []
    await page.get_by_role("button", name="Make the rule").click()
    kept = page.get_by_role("switch", name="Animals")
    await expect(kept).to_have_attribute("aria-checked", "true")
    [rule] = await court.owner.get(court.rules)
    assert rule["trigger_metadata"]["keyword_filter"] == ["badger", "stoat"]
    alert = {"type": 2, "metadata": {"channel_id": court.office["id"]}}
    assert rule["actions"] == [{"type": 1, "metadata": {"custom_message": "No animals."}}, alert]
    await kept.click()
    await expect(kept).to_have_attribute("aria-checked", "false")
    await page.get_by_role("button", name="Delete Animals").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(kept).to_have_count(0)
    assert await court.owner.get(court.rules) == []


async def test_ux_134_what_a_rule_found_is_told_with_what_can_be_done(
    open_page: Open, server: Server
) -> None:
    court = await Court(server).set()
    alert = {"safety_alerts_channel_id": court.office["id"]}
    await court.owner.patch(f"/guilds/{court.id}", alert)
    await court.rule(["badger"], court.alert())
    page = await open_page(court.owner)
    await page.goto(f"/channels/{court.id}/{court.office['id']}")
    await expect(page.get_by_role("main").get_by_role("textbox")).to_be_visible()
    await court.member.say(court.channel["id"], "look, a Badger")
    told = page.get_by_role("article").filter(has_text="AutoMod noticed a message")
    await expect(told.locator("mark")).to_have_text("Badger")
    await expect(told.get_by_role("button", name="Time out")).to_be_visible()
    await told.get_by_role("button", name="It is a mistake").click()
    await expect(told.get_by_text("A mistake, says")).to_be_visible()
    await told.get_by_role("button", name="Delete", exact=True).click()
    await expect(told.get_by_text("Deleted by")).to_be_visible()
    assert await court.owner.get(court.said) == []
    await told.get_by_role("button", name="Done", exact=True).click()
    await expect(told.get_by_text("Done by")).to_be_visible()
    await told.get_by_role("button", name="Not done yet").click()
    await expect(told.get_by_role("button", name="Done", exact=True)).to_be_visible()
    # Too many at once: who keeps order is told above every channel, and shuts the doors.
    limits = {"mention_total_limit": 50, "mention_raid_protection_enabled": True}
    await court.owner.post(court.rules, words_rule([], trigger_type=5, trigger_metadata=limits))
    calls = " ".join(f"<@{number}>" for number in range(20))
    for _ in range(2):
        await court.member.say(court.channel["id"], calls)
    await court.blocked(calls)
    await expect(page.get_by_text("Very many people were mentioned")).to_be_visible()
    line = page.get_by_role("status").filter(has_text="A raid was noticed")
    assert await violations(page) == []
    await line.get_by_role("button", name="What to do").click()
    await page.get_by_label("Invites: for how long").select_option("3 hours")
    await page.get_by_role("button", name="Pause: Invites").click()
    lift = page.get_by_role("button", name="Lift the pause: Invites")
    await expect(lift).to_be_visible()
    data = (await court.owner.get(f"/guilds/{court.id}"))["incidents_data"]
    assert data["invites_disabled_until"]
    assert not data["dms_disabled_until"]
    await lift.click()
    await expect(page.get_by_role("button", name="Pause: Invites")).to_be_visible()
    await page.goto(f"/channels/{court.id}/{court.office['id']}")
    await expect(page.get_by_text("lifted the pause of invites")).to_be_visible()
    await page.get_by_role("button", name="Hide this").click()
    await expect(line).to_have_count(0)
    await page.get_by_role("button", name="It is over").click()
    await page.get_by_role("menuitem", name="So much was expected").click()
    await expect(page.get_by_text("It is over. So much was expected.")).to_be_visible()
    assert (await court.owner.get(f"/guilds/{court.id}"))["incidents_data"] is None


async def test_ux_134_a_raid_is_reported_and_cleared_by_hand(
    open_page: Open, server: Server
) -> None:
    court = await Court(server).set()
    alert = {"safety_alerts_channel_id": court.office["id"]}
    await court.owner.patch(f"/guilds/{court.id}", alert)
    page = await open_page(court.owner)
    await page.goto(f"/guilds/{court.id}/raids")
    report = page.get_by_role("button", name="Report a raid")
    await report.click()
    await expect(report).to_have_count(0)
    assert await violations(page) == []
    await page.get_by_role("button", name="It is over").click()
    await expect(report).to_be_visible()
    await page.goto(f"/channels/{court.id}/{court.office['id']}")
    await expect(page.get_by_role("article").filter(has_text="reported a raid.")).to_be_visible()
