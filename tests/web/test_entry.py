"""Coming in: rules, questions and a welcome for newcomers, and who sets them up."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.api import Person
from tests.nouns.entrance import RULES, ask, community, gate, option, prompt
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WHY = {"field_type": "TEXT_INPUT", "label": "Why here?", "required": True}


async def asking(server: Server) -> tuple[Person, Person, dict[str, Any], dict[str, Any]]:
    """An owner and a newcomer, a community that wants to know everything, and a role of it."""
    ann, bob = await server.person(global_name="Ann"), await server.person(global_name="Bob")
    guild = await ann.guild("Longwave")
    channels = await ann.get(f"/guilds/{guild['id']}/channels")
    text = next(channel for channel in channels if channel["type"] == 0)
    await community(ann, guild, text)
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "Birders", "permissions": "0"})
    birds = option("Birds", role_ids=[role["id"]], emoji_name="🐦")
    first = prompt("What do you listen to?", birds, option("Rain"))
    await ask(ann, guild, text, first, prompt("Later?", option("Letters"), in_onboarding=False))
    await gate(ann, guild, RULES, WHY)
    shown = {"channel_id": text["id"], "description": "Where we talk"}
    body = {"enabled": True, "description": "Waves of all lengths", "welcome_channels": [shown]}
    await ann.patch(f"/guilds/{guild['id']}/welcome-screen", body)
    await ann.bring(bob, text["id"])
    return ann, bob, {**guild, "text": text["id"]}, role


async def test_ux_135_who_comes_agrees_answers_and_is_let_in(
    open_page: Open, server: Server
) -> None:
    ann, bob, guild, role = await asking(server)
    me = f"/guilds/{guild['id']}/members/{bob.id}"
    page = await open_page(bob)
    await page.goto(f"/channels/{guild['id']}/{guild['text']}")
    rules = page.get_by_role("dialog", name="Before you write in Longwave")
    await rules.get_by_role("checkbox", name="I have read this and agree").check()
    await rules.get_by_role("button", name="Send the answers").click()
    await expect(rules.get_by_label("Why here?")).to_be_focused()
    assert await violations(page, "[role=dialog]") == []
    await rules.get_by_label("Why here?").fill("The quiet")
    await rules.get_by_role("button", name="Send the answers").click()
    await expect(rules.get_by_text("The moderators read it")).to_be_visible()
    await page.keyboard.press("Escape")

    questions = page.get_by_role("dialog", name="Welcome to Longwave")
    await expect(questions.get_by_text("Later?")).to_have_count(0)
    await questions.get_by_role("checkbox", name="Birds").check()
    assert await violations(page, "[role=dialog]") == []
    await questions.get_by_role("button", name="Done").click()
    await page.get_by_role("dialog").get_by_role("button", name="Where we talk").click()
    assert (await ann.get(me))["roles"] == [role["id"]]

    await expect(page.get_by_text("Your answers are with the moderators")).to_be_visible()
    requests = f"/guilds/{guild['id']}/requests"
    [request] = (await ann.get(requests))["guild_join_requests"]
    await ann.patch(f"{requests}/{request['id']}", {"action": "APPROVED"})
    await expect(page.get_by_text("You are let into Longwave")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message #")).to_be_visible()

    await page.get_by_role("button", name="Channels and roles").click()
    choices = page.get_by_role("dialog", name="Channels and roles")
    await choices.get_by_role("checkbox", name="Birds").uncheck()
    await choices.get_by_role("checkbox", name="Letters").check()
    await choices.get_by_role("button", name="Keep").click()
    await expect(choices).to_have_count(0)
    assert (await ann.get(me))["roles"] == []
    # What was seen does not come again.
    await page.reload()
    await expect(page.get_by_role("button", name="Channels and roles")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
