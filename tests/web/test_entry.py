"""Coming in: rules, questions and a welcome for newcomers, and who sets them up."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.api import Person
from tests.nouns.entrance import RULES, agreed, ask, community, gate, option, prompt
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
    await rules.get_by_role("button", name="Answer again").click()
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
    async with page.expect_response("**/requests/@me/ack"):
        await ann.patch(f"{requests}/{request['id']}", {"action": "APPROVED"})
    await expect(page.get_by_text("Longwave has let you in")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message #")).to_be_visible()

    await page.get_by_role("link", name="Channels and roles").click()
    choices = page.get_by_role("main").get_by_role("tabpanel", name="Your answers")
    await choices.get_by_role("checkbox", name="Birds").uncheck()
    await choices.get_by_role("checkbox", name="Letters").check()
    await choices.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    assert (await ann.get(me))["roles"] == []
    # What was seen does not come again.
    await page.reload()
    await expect(page.get_by_role("link", name="Channels and roles")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_ux_135_who_was_let_in_meanwhile_is_told_once(
    open_page: Open, server: Server
) -> None:
    ann, guild, text = await hosted(server)
    bob = await server.person()
    await gate(ann, guild, RULES)
    await ann.bring(bob, text["id"])
    own = f"/guilds/{guild['id']}/requests/@me"
    await bob.put(own, agreed(await bob.get(f"/guilds/{guild['id']}/member-verification")))
    page = await open_page(bob)
    async with page.expect_response("**/requests/@me/ack"):
        await page.goto(f"/channels/{guild['id']}/{text['id']}")
    await expect(page.get_by_text("Longwave has let you in")).to_be_visible()
    assert (await bob.get(own))["last_seen"] is not None


async def hosted(server: Server) -> tuple[Person, dict[str, Any], dict[str, Any]]:
    """An owner, their server and its channel of text."""
    ann = await server.person(global_name="Ann")
    guild = await ann.guild("Longwave")
    channels = await ann.get(f"/guilds/{guild['id']}/channels")
    return ann, guild, next(channel for channel in channels if channel["type"] == 0)


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("unsaved change")).to_have_count(0)


async def test_ux_129_135_a_community_asks_at_its_door_and_somebody_decides(
    open_page: Open, server: Server
) -> None:
    ann, guild, text = await hosted(server)
    bob = await server.person(global_name="Bob")
    page = await open_page(ann)
    await page.goto(f"/guilds/{guild['id']}/community")
    await page.get_by_label("Rules", exact=True).select_option(f"#{text['name']}")
    await page.get_by_label("News for moderators").select_option(f"#{text['name']}")
    assert await violations(page) == []
    await page.get_by_role("button", name="Make it a community").click()
    await expect(page.get_by_role("button", name="Stop being a community")).to_be_visible()

    await page.get_by_role("link", name="Rules at the door").click()
    await page.get_by_role("button", name="Add rules").click()
    await page.get_by_role("textbox", name="Rules", exact=True).fill("Be kind\n\nBe brief")
    await page.get_by_role("button", name="Add a question").click()
    await page.get_by_role("textbox", name="Question").fill("Why here?")
    await page.get_by_role("button", name="Move Why here? up").click()
    await page.get_by_role("switch", name="Ask before somebody may write").click()
    assert await violations(page) == []
    await save(page)
    form = await ann.get(f"/guilds/{guild['id']}/member-verification")
    why, rules = form["form_fields"]
    assert (why["label"], rules["values"]) == ("Why here?", ["Be kind", "Be brief"])

    await page.get_by_role("link", name="Requests").click()
    await expect(page.get_by_role("heading", name="Nobody here")).to_be_visible()
    await ann.bring(bob, text["id"])
    fields = [{**why, "response": "The quiet"}, {**rules, "response": True}]
    await bob.put(f"/guilds/{guild['id']}/requests/@me", {"form_fields": fields})
    card = page.get_by_role("article", name="Bob")
    await expect(card.get_by_text("The quiet")).to_be_visible()
    assert await violations(page) == []
    await card.get_by_role("button", name="Turn away: Bob").click()
    dialog = page.get_by_role("dialog", name="Turn Bob away?")
    await dialog.get_by_label("Why").fill("Not now")
    await dialog.get_by_role("button", name="Turn away").click()
    await expect(card).to_have_count(0)
    decided = await bob.get(f"/guilds/{guild['id']}/requests/@me")
    assert (decided["application_status"], decided["rejection_reason"]) == ("REJECTED", "Not now")


async def test_ux_135_questions_and_a_welcome_are_put_together(
    open_page: Open, server: Server
) -> None:
    ann, guild, text = await hosted(server)
    await community(ann, guild, text)
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "Birders", "permissions": "0"})
    page = await open_page(ann, viewport={"width": 390, "height": 844}, color_scheme="dark")
    await page.goto(f"/guilds/{guild['id']}/onboarding")
    await page.get_by_role("button", name="Add a channel").click()
    await page.get_by_role("menuitem", name=f"#{text['name']}", exact=True).click()
    await page.get_by_role("button", name="Add a question").click()
    await page.get_by_role("textbox", name="Question").fill("What do you listen to?")
    await page.get_by_role("button", name="Add an answer").click()
    dialog = page.get_by_role("dialog", name="A new answer")
    await dialog.get_by_label("Answer", exact=True).fill("Birds")
    await dialog.get_by_role("button", name="Add a role").click()
    await page.get_by_role("menuitem", name="Birders").click()
    assert await violations(page, "[role=dialog]") == []
    await dialog.get_by_role("button", name="Save").click()
    await page.get_by_role("checkbox", name="One answer only").check()
    await page.get_by_role("switch", name="Ask newcomers").click()
    assert await violations(page) == []
    await save(page)
    asked = await ann.get(f"/guilds/{guild['id']}/onboarding")
    [question] = asked["prompts"]
    assert (asked["enabled"], asked["default_channel_ids"]) == (True, [text["id"]])
    assert (question["single_select"], question["options"][0]["role_ids"]) == (True, [role["id"]])

    await page.goto(f"/guilds/{guild['id']}/welcome")
    await page.get_by_role("switch", name="Greet newcomers").click()
    await page.get_by_role("textbox", name="What this server is").fill("Waves of all lengths")
    await page.get_by_role("button", name="Add a channel").click()
    await page.get_by_role("textbox", name="What for").fill("Where we talk")
    assert await violations(page) == []
    await save(page)
    screen = await ann.get(f"/guilds/{guild['id']}/welcome-screen")
    assert [line["description"] for line in screen["welcome_channels"]] == ["Where we talk"]


async def test_ux_129_a_template_is_made_used_brought_up_to_date_and_deleted(
    open_page: Open, server: Server
) -> None:
    ann, guild, _ = await hosted(server)
    bob = await server.person(global_name="Bob")
    page = await open_page(ann)
    await page.goto(f"/guilds/{guild['id']}/templates")
    await page.get_by_role("button", name="Make the template").click()
    link = await page.get_by_role("region", name="Address of the template").inner_text()
    await ann.channel(guild["id"], "lighthouse")
    await page.reload()
    await page.get_by_role("button", name="Bring it up to date").click()
    await expect(page.get_by_text("The server has changed since")).to_have_count(0)
    assert await violations(page) == []

    other = await open_page(bob)
    await other.goto("/channels/@me")
    await other.get_by_role("button", name="Add a server").click()
    await other.get_by_role("radio", name="Start from a template").check()
    await other.get_by_label("Link to the template").fill(link)
    await other.get_by_role("button", name="Look at the template").click()
    begin = other.get_by_role("list", name="What it begins with")
    await expect(begin.get_by_text("lighthouse")).to_be_visible()
    assert await violations(other) == []
    await other.get_by_label("Name of the server").fill("Shortwave")
    await other.get_by_role("button", name="Make the server").click()
    await expect(other.get_by_role("heading", name="Shortwave")).to_be_visible()

    await page.get_by_role("button", name="Delete the template").click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Delete the template")
    await confirm.click()
    await expect(page.get_by_role("button", name="Make the template")).to_be_visible()
    assert await ann.get(f"/guilds/{guild['id']}/templates") == []


async def test_ux_129_a_widget_is_switched_on_and_an_application_is_put_out(
    open_page: Open, server: Server
) -> None:
    ann, guild, _ = await hosted(server)
    bot = await server.bot(ann, guild["id"])
    page = await open_page(ann)
    await page.goto(f"/guilds/{guild['id']}/widget")
    await page.get_by_role("switch", name="Show the server to everybody").click()
    await save(page)
    picture = page.get_by_role("img", name="The widget of Longwave")
    await expect(picture).to_be_visible()
    address = await page.get_by_role("region", name="Address of the data").inner_text()
    shown = await server.guest.get(address.removeprefix(f"{server.url}/api/v10"))
    assert shown["name"] == "Longwave"
    assert await violations(page) == []

    await page.goto(f"/guilds/{guild['id']}/integrations")
    await expect(page.get_by_text("by Ann")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Remove").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_role("heading", name="No bots")).to_be_visible()
    await ann.refused("GET", f"/guilds/{guild['id']}/members/{bot.id}")


async def test_ux_016_a_server_is_put_into_the_list_found_and_joined(
    open_page: Open, server: Server
) -> None:
    ann, guild, text = await hosted(server)
    bob = await server.person(global_name="Bob")
    await community(ann, guild, text)
    page = await open_page(ann)
    await page.goto(f"/guilds/{guild['id']}/discovery")
    await page.get_by_role("switch", name="List the server").click()
    await page.get_by_label("What it is about").select_option("Music")
    await page.get_by_label("Keywords").fill("radio, night owls")
    assert await violations(page) == []
    await save(page)

    other = await open_page(bob)
    await other.goto("/channels/@me")
    await other.get_by_role("link", name="Discover servers").click()
    await other.get_by_role("radio", name="Music").click()
    await other.get_by_role("searchbox", name="Search servers").fill("night owls")
    await other.get_by_role("button", name="Longwave").click()
    assert await violations(other) == []
    preview = other.get_by_role("dialog", name="Longwave")
    await preview.get_by_role("button", name="Join").click()
    await expect(preview).to_have_count(0)
    await expect(other.get_by_role("heading", name="Longwave")).to_be_visible()
    assert guild["id"] in [one["id"] for one in await bob.get("/users/@me/guilds")]
