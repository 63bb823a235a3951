"""Friends, private conversations, groups and the requests of strangers, also in two browsers."""

from collections.abc import Mapping
from typing import Final

import pytest
from playwright.async_api import Locator, Page, expect

from tests.api import Person
from tests.nouns.circles import befriend, block, direct, friends, group, mates, relations
from tests.nouns.test_memberlists import online
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FRIENDS: Final = "/channels/@me"
REQUESTS: Final = "/channels/@me/requests"
SIZES: Final[Mapping[str, tuple[int, int]]] = {
    "desktop": (1440, 900),
    "phone": (390, 844),
}


def name(person: Person) -> str:
    return str(person.user["username"])


def listed(page: Page, person: Person) -> Locator:
    """Somebody among the private conversations."""
    return page.get_by_role("link", name=name(person))


async def show(page: Page, which: str) -> None:
    await page.get_by_role("radio", name=which).click()


async def test_ux_094_a_request_is_made_and_accepted_while_both_look(
    open_page: Open, server: Server
) -> None:
    ann, bob = await server.person(), await server.person()
    mine, theirs = await open_page(ann), await open_page(bob)
    await mine.goto(FRIENDS)
    await theirs.goto(FRIENDS)
    await expect(mine.get_by_role("heading", name="No friends here yet.")).to_be_visible()
    await mine.get_by_role("button", name="Add friend").first.click()
    dialog = mine.get_by_role("dialog")
    await dialog.get_by_label("User name").fill("nobody.goes.by.this")
    await dialog.get_by_role("button", name="Send request").click()
    await expect(dialog.get_by_text("Nobody here has this user name.")).to_be_visible()
    await dialog.get_by_label("User name").fill(name(bob))
    await dialog.get_by_role("button", name="Send request").click()
    await expect(mine.get_by_text(f"Asked {name(bob)}.")).to_be_visible()
    await show(mine, "Pending 1")
    await expect(
        mine.get_by_role("button", name=f"Take back the request to {name(bob)}")
    ).to_be_visible()
    await expect(theirs.get_by_role("link", name="Friends, 1 waiting")).to_be_visible()
    await theirs.get_by_role("button", name=f"Accept {name(ann)}").click()
    await show(mine, "Online")
    for page, other in ((mine, bob), (theirs, ann)):
        await expect(page.get_by_role("button", name=f"Message {name(other)}")).to_be_visible()


async def test_ux_094_somebody_is_declined_blocked_and_ignored(
    open_page: Open, server: Server
) -> None:
    ann, bob, cid = [await server.person() for _ in range(3)]
    await bob.put(f"/users/@me/relationships/{ann.id}", {})
    await befriend(ann, cid)
    page = await open_page(ann)
    await page.goto(FRIENDS)
    await page.get_by_role("button", name=f"Decline {name(bob)}").click()
    await expect(page.get_by_role("button", name=f"Decline {name(bob)}")).to_have_count(0)
    await show(page, "All")
    await page.get_by_role("button", name=f"More for {name(cid)}").click()
    await page.get_by_role("menuitem", name="Ignore").click()
    await show(page, "Blocked")
    await page.get_by_role("button", name=f"Stop ignoring {name(cid)}").click()
    await expect(page.get_by_role("heading", name="You have blocked nobody.")).to_be_visible()
    await show(page, "All")
    await page.get_by_role("button", name=f"More for {name(cid)}").click()
    await page.get_by_role("menuitem", name="Block").click()
    await page.get_by_role("dialog").get_by_role("button", name="Block").click()
    await show(page, "Blocked")
    await page.get_by_role("button", name=f"Unblock {name(cid)}").click()
    await expect(page.get_by_role("heading", name="You have blocked nobody.")).to_be_visible()
    assert await relations(ann) == {}


async def test_ux_093_friends_are_seen_to_come_and_go(open_page: Open, server: Server) -> None:
    ann, bob = await friends(server, 2)
    page = await open_page(ann)
    await page.goto(FRIENDS)
    await expect(page.get_by_role("heading", name="Nobody is here right now.")).to_be_visible()
    async with online(server, bob) as gateway:
        who = page.get_by_role("listitem").filter(has_text=name(bob))
        await expect(who.get_by_text("Online")).to_be_visible()
        await bob.patch("/users/@me/settings", {"custom_status": {"text": "on the ridge"}})
        await expect(who.get_by_text("on the ridge")).to_be_visible()
        await gateway.close()
    await expect(page.get_by_role("heading", name="Nobody is here right now.")).to_be_visible()


async def test_ux_015_friends_are_found_by_a_part_of_their_names(
    open_page: Open, server: Server
) -> None:
    ann, bob, cid = await friends(server, 3)
    page = await open_page(ann)
    await page.goto(FRIENDS)
    await show(page, "All")
    await page.get_by_role("searchbox", name="Search friends").fill(name(bob)[2:])
    await expect(page.get_by_role("button", name=f"Message {name(bob)}")).to_be_visible()
    await expect(page.get_by_role("button", name=f"Message {name(cid)}")).to_have_count(0)


async def test_ux_014_conversations_stand_by_what_was_said_last(
    open_page: Open, server: Server
) -> None:
    ann, bob, cid = await friends(server, 3)
    first, second = await direct(ann, bob), await direct(ann, cid)
    await bob.say(first["id"], "first")
    await cid.say(second["id"], "second")
    page = await open_page(ann)
    await page.goto(FRIENDS)
    rows = page.get_by_role("region", name="Direct messages").get_by_role("link")
    await expect(rows.nth(2)).to_have_accessible_name(f"{name(cid)}, 1 new, Offline")
    await bob.say(first["id"], "third")
    await expect(rows.nth(2)).to_have_accessible_name(f"{name(bob)}, 2 new, Offline")
    await listed(page, bob).hover()
    await page.get_by_role("button", name=f"Close conversation with {name(bob)}").click()
    await expect(listed(page, bob)).to_have_count(0)
    await bob.say(first["id"], "fourth")
    await expect(listed(page, bob)).to_be_visible()
    await listed(page, cid).click(button="right")
    await page.get_by_role("menuitem", name="Mark as read").click()
    await expect(listed(page, cid)).to_have_accessible_name(f"{name(cid)}, Offline")
    await listed(page, cid).click(button="right")
    await page.get_by_role("menuitem", name="Mute").click()
    await page.get_by_role("menuitem", name="For 8 hours").click()
    await expect(listed(page, cid)).to_have_accessible_name(f"{name(cid)}, muted, Offline")
    await listed(page, cid).click(button="right")
    await expect(page.get_by_role("menuitem", name="Unmute")).to_contain_text("Until")


async def test_ux_014_a_group_is_made_renamed_and_left(open_page: Open, server: Server) -> None:
    ann, bob, cid, dan = await friends(server, 4)
    page = await open_page(ann)
    await page.goto(FRIENDS)
    await page.get_by_role("button", name="New conversation").click()
    dialog = page.get_by_role("dialog")
    for other in (bob, cid):
        await dialog.get_by_role("checkbox", name=name(other)).check()
    await dialog.get_by_role("button", name="Make a group").click()
    row = page.get_by_role("link", name="3 people")
    await expect(row).to_have_attribute("aria-current", "page")
    await row.click(button="right")
    await page.get_by_role("menuitem", name="Edit group").click()
    await page.get_by_role("dialog").get_by_label("Name of the group").fill("Sunday crew")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    named = page.get_by_role("link", name="Sunday crew")
    await named.click(button="right")
    await page.get_by_role("menuitem", name="Add people").click()
    await page.get_by_role("dialog").get_by_role("checkbox", name=name(dan)).check()
    await page.get_by_role("dialog").get_by_role("button", name="Add people").click()
    await expect(page.get_by_role("link", name="Sunday crew, 4 people")).to_be_visible()
    await page.get_by_role("button", name="Leave Sunday crew").click()
    await page.get_by_role("dialog").get_by_role("button", name="Leave group").click()
    await expect(named).to_have_count(0)
    await expect(page).to_have_url(f"{server.url}{FRIENDS}")


async def test_ux_014_strangers_wait_until_they_are_let_in(open_page: Open, server: Server) -> None:
    ann, bob, cid, dan = await mates(server, 4)
    for other in (bob, cid, dan):
        await other.say((await direct(other, ann))["id"], f"may I? {name(other)}")
    page = await open_page(ann)
    await page.goto(FRIENDS)
    await page.get_by_role("link", name="Message requests, 3 waiting").click()
    await expect(page.get_by_text(f"may I? {name(bob)}")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name=f"Reject {name(cid)}").click()
    await expect(page.get_by_text(f"may I? {name(cid)}")).to_have_count(0)
    await page.get_by_role("button", name=f"Accept {name(bob)}").click()
    await expect(listed(page, bob)).to_have_attribute("aria-current", "page")
    await page.goto(REQUESTS)
    await page.get_by_role("button", name=f"Reject {name(dan)}").click()
    await expect(page.get_by_role("heading", name="Nobody is asking.")).to_be_visible()


async def test_ux_086_what_concerns_one_stands_in_the_inbox(
    open_page: Open, server: Server
) -> None:
    ann, bob, cid = await mates(server, 3)
    page = await open_page(ann)
    await page.goto(FRIENDS)
    await page.get_by_role("button", name="Inbox", exact=True).click()
    inbox = page.get_by_role("dialog", name="Inbox")
    await inbox.get_by_role("tab", name="For you").click()
    await expect(inbox.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    await page.keyboard.press("Escape")
    await bob.put(f"/users/@me/relationships/{ann.id}", {})
    await cid.say((await direct(cid, ann))["id"], "may I?")
    await page.get_by_role("button", name="Inbox, something waits for you").click()
    await expect(inbox.get_by_role("tab", name="For you")).to_contain_text("2")
    await expect(inbox.get_by_role("listitem").first).to_contain_text(f"{name(cid)} writes to you")
    assert await violations(page, ".panel") == []
    await inbox.get_by_role("button", name=f"Accept {name(bob)}").click()
    await expect(inbox.get_by_text(f"You and {name(bob)} are friends now.")).to_be_visible()
    await inbox.get_by_role("button", name=f"Reject {name(cid)}").click()
    await expect(inbox.get_by_role("listitem")).to_have_count(1)
    await inbox.get_by_role("button", name=f"Message {name(bob)}").click()
    await expect(inbox).to_have_count(0)
    await expect(listed(page, bob)).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("button", name="Inbox", exact=True)).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "dark"), ("phone", "light")])
async def test_ux_147_the_rooms_of_friends_are_accessible(
    open_page: Open, server: Server, size: str, scheme: str
) -> None:
    ann, bob, cid = await friends(server, 3)
    eve, mal = await server.person(), await server.person()
    await eve.put(f"/users/@me/relationships/{ann.id}", {})
    await block(ann, mal)
    await group(ann, bob, cid)
    width, height = SIZES[size]
    async with online(server, bob):
        page = await open_page(
            ann, viewport={"width": width, "height": height}, color_scheme=scheme
        )
        await page.goto(FRIENDS)
        await page.get_by_role("link", name="Friends").click()
        for which in ("Online", "Pending", "Blocked"):
            await show(page, which)
            assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
