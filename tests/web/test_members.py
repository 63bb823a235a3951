"""The list of members: by role, live, for very many, by keyboard; the profiles behind it."""

from collections.abc import AsyncIterator
from typing import Any, Final, NamedTuple

import asyncpg
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.api import Person
from tests.database import Databases
from tests.nouns.circles import friends, group, relations
from tests.nouns.test_memberlists import online
from tests.server import LIFTED, Server, running_server
from tests.web.conftest import Open, violations
from tests.web.holding import Held

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CROWD: Final = 50_000
HALL: Final = 900
MOST_ELEMENTS: Final = 300
OPENING_TIMES: Final = 3
_OPENINGS: Final = 5
"""Of what the list of somebody alone takes in the same run."""

USERS: Final = """
insert into users (id, username)
select 1000 + n, 'user' || lpad(n::text, 5, '0')
from generate_series(1, $1::int) as n
"""
MEMBERS: Final = """
insert into members (guild_id, user_id)
select $1, 1000 + n
from generate_series(1, $2::int) as n
"""


class Club(NamedTuple):
    """A guild of three: an owner, somebody of the crew, and somebody of no role."""

    owner: Person
    mate: Person
    guest: Person
    guild_id: str
    channel_id: str
    role_id: str

    @property
    def path(self) -> str:
        return f"/channels/{self.guild_id}/{self.channel_id}"


async def club(server: Server) -> Club:
    owner, mate, guest = [await server.person() for _ in range(3)]
    guild = await owner.guild("Longwave Club")
    channel = await owner.channel(guild["id"])
    for other in (mate, guest):
        await owner.bring(other, channel["id"])
    path = f"/guilds/{guild['id']}"
    role = await owner.post(f"{path}/roles", {"name": "Crew", "hoist": True, "color": 0x2A9D8F})
    await owner.put(f"{path}/members/{mate.id}/roles/{role['id']}")
    return Club(owner, mate, guest, guild["id"], channel["id"], role["id"])


def aside(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Members")


def row(page: Page, person: Person) -> Locator:
    return aside(page).get_by_role("button", name=person.user["username"])


async def headings(page: Page) -> list[str]:
    return await aside(page).get_by_role("heading", level=3).all_inner_texts()


async def test_ux_089_members_stand_by_role_and_move_as_they_come_and_go(
    open_page: Open, server: Server
) -> None:
    there = await club(server)
    page = await open_page(there.owner)
    await page.goto(there.path)
    await expect(row(page, there.owner)).to_have_accessible_name(
        f"{there.owner.user['username']}, owner, Online"
    )
    assert [text.split("\n") for text in await headings(page)] == [
        ["Online", "1"],
        ["Offline", "2"],
    ]
    async with online(server, there.mate, "dnd") as gateway:
        await expect(aside(page).get_by_role("heading", name="Crew")).to_have_text("Crew1")
        await expect(row(page, there.mate)).to_have_accessible_name(
            f"{there.mate.user['username']}, Do not disturb"
        )
        doing = [{"name": "Chess", "type": 0}]
        await gateway.send(3, {"status": "idle", "activities": doing, "since": 0, "afk": False})
        await expect(row(page, there.mate)).to_have_accessible_name(
            f"{there.mate.user['username']}, Plays Chess, Idle"
        )
        await gateway.close()
    await expect(aside(page).get_by_role("heading", name="Crew")).to_have_count(0)
    assert await violations(page, "aside") == []


async def test_a_channel_of_the_crew_lists_the_crew(open_page: Open, server: Server) -> None:
    there = await club(server)
    overwrites = [
        {"id": there.guild_id, "type": 0, "allow": "0", "deny": "1024"},
        {"id": there.role_id, "type": 0, "allow": "1024", "deny": "0"},
    ]
    closed = await there.owner.channel(there.guild_id, "crew", permission_overwrites=overwrites)
    page = await open_page(there.owner)
    await page.goto(f"/channels/{there.guild_id}/{closed['id']}")
    await expect(row(page, there.mate)).to_be_visible()
    await expect(row(page, there.guest)).to_have_count(0)


async def test_ux_148_arrows_walk_through_the_members(open_page: Open, server: Server) -> None:
    there = await club(server)
    page = await open_page(there.owner)
    await page.goto(there.path)
    await row(page, there.owner).focus()
    await page.keyboard.press("End")
    await expect(aside(page).get_by_role("button").last).to_be_focused()
    await page.keyboard.press("Home")
    await expect(row(page, there.owner)).to_be_focused()
    await page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Profile")
    await expect(card).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(card).to_have_count(0)
    await expect(row(page, there.owner)).to_be_focused()


async def test_ux_091_a_card_says_who_somebody_is(open_page: Open, server: Server) -> None:
    there = await club(server)
    await there.mate.patch("/users/@me/profile", {"bio": "Reads **aloud**.", "pronouns": "she/her"})
    await there.owner.put(f"/users/@me/notes/{there.mate.id}", {"note": "owes me a coil"})
    page = await open_page(there.owner)
    notes = await Held.on(page, "**/users/@me/notes/*", method="GET")
    await page.goto(there.path)
    await row(page, there.mate).click()
    card = page.get_by_role("dialog", name="Profile")
    await expect(card.get_by_role("heading", level=2)).to_have_text(there.mate.user["username"])
    await expect(card.get_by_text("she/her")).to_be_visible()
    await expect(card.locator("strong", has_text="aloud")).to_be_visible()
    await expect(card.get_by_text("1 mutual server")).to_be_visible()
    await card.get_by_role("button", name="Remove Crew").click()
    await expect(card.get_by_role("button", name="Remove Crew")).to_have_count(0)
    await card.get_by_role("button", name="Add a role").click()
    await page.get_by_role("menuitem", name="Crew").click()
    await expect(card.get_by_role("button", name="Remove Crew")).to_be_visible()
    await card.get_by_label("Note").fill("has the big flask")
    await notes.let_go()
    await expect(card.get_by_label("Note")).to_have_value("owes me a coil\nhas the big flask")
    assert await violations(page, "[role=dialog]") == []
    await card.get_by_label(f"Message {there.mate.user['username']}").fill("Sunday?")
    await page.keyboard.press("Enter")
    await expect(card).to_have_count(0)
    [direct] = await there.mate.get("/users/@me/channels")
    [said] = await there.mate.get(f"/channels/{direct['id']}/messages")
    assert said["content"] == "Sunday?"
    await expect(page).to_have_url(f"{server.url}/channels/@me/{direct['id']}")
    note = await there.owner.get(f"/users/@me/notes/{there.mate.id}")
    assert note["note"] == "owes me a coil\nhas the big flask"


async def test_ux_092_a_nickname_and_the_whole_profile(open_page: Open, server: Server) -> None:
    there = await club(server)
    page = await open_page(there.owner)
    await page.goto(there.path)
    await row(page, there.mate).click(button="right")
    await page.get_by_role("menuitem", name="Change nickname").click()
    await page.get_by_role("dialog").get_by_label("Nickname").fill("The mate")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    named = aside(page).get_by_role("button").last
    await expect(named).to_have_accessible_name("The mate, Offline")
    await named.click(button="right")
    await page.get_by_role("menuitem", name="Profile").click()
    whole = page.get_by_role("dialog", name="The mate")
    await whole.get_by_role("tab", name="Mutual servers").click()
    await expect(whole.get_by_role("button", name="Longwave Club")).to_be_visible()
    await whole.get_by_role("button", name="More").click()
    async with page.expect_response("**/ignore"):
        await page.get_by_role("menuitem", name="Ignore").click()
    assert (await relations(there.owner))[there.mate.id]["user_ignored"]
    assert await violations(page, "[role=dialog]") == []


async def test_ux_133_those_who_keep_order_time_out_and_ban(
    open_page: Open, server: Server
) -> None:
    there = await club(server)
    page = await open_page(there.owner)
    name = there.mate.user["username"]
    await page.goto(there.path)
    await row(page, there.mate).click(button="right")
    await page.get_by_role("menuitem", name=f"Time out {name}").click()
    await page.get_by_role("dialog").get_by_label("1 hour").check(force=True)
    await page.get_by_role("dialog").get_by_role("button", name="Time out").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    member = await there.owner.get(f"/guilds/{there.guild_id}/members/{there.mate.id}")
    assert member["communication_disabled_until"] is not None
    await row(page, there.mate).click(button="right")
    await expect(page.get_by_role("menuitem", name="End the time-out")).to_be_visible()
    await page.get_by_role("menuitem", name=f"Ban {name}").click()
    await page.get_by_role("dialog").get_by_label("Reason").fill("sold the antenna")
    await page.get_by_role("dialog").get_by_role("button", name="Ban").click()
    await expect(row(page, there.mate)).to_have_count(0)
    ban = await there.owner.get(f"/guilds/{there.guild_id}/bans/{there.mate.id}")
    assert ban["reason"] == "sold the antenna"


async def test_somebody_is_mentioned_from_the_list(open_page: Open, server: Server) -> None:
    there = await club(server)
    page = await open_page(there.owner)
    await page.goto(there.path)
    await row(page, there.mate).click(button="right")
    await page.get_by_role("menuitem", name="Mention").click()
    await page.keyboard.type("is it up?")
    async with page.expect_response("**/messages"):
        await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("is it up?")).to_be_visible()
    [said] = await there.owner.get(f"/channels/{there.channel_id}/messages")
    assert said["content"] == f"<@{there.mate.id}> is it up?"


async def test_a_member_without_rights_is_offered_none(open_page: Open, server: Server) -> None:
    there = await club(server)
    page = await open_page(there.guest)
    await page.goto(there.path)
    await row(page, there.owner).click(button="right")
    await expect(page.get_by_role("menuitem", name="Profile")).to_be_visible()
    for name in ("Roles", "Kick", "Ban", "Time out", "Change nickname"):
        await expect(page.get_by_role("menuitem", name=name)).to_have_count(0)


async def test_a_person_is_reported(open_page: Open, server: Server) -> None:
    there = await club(server)
    page = await open_page(there.guest)
    await page.goto(there.path)
    await row(page, there.mate).click(button="right")
    await page.get_by_role("menuitem", name="Report").click()
    await page.get_by_role("dialog").get_by_label("Harassment").check()
    await page.get_by_role("dialog").get_by_label("What they should know").fill("Every evening")
    await page.get_by_role("dialog").get_by_role("button", name="Send report").click()
    await expect(page.get_by_text("Reported.")).to_be_visible()
    queue = await there.owner.get(f"/guilds/{there.guild_id}/reports")
    [report] = queue["reports"]
    assert (report["reason"], report["text"]) == ("harassment", "Every evening")


class Crowd(NamedTuple):
    server: Server
    owner: Person
    large: str
    """The address of a channel of a guild with very many members."""
    hall: str
    """The same, where all of them are listed."""
    alone: str
    """The same, where nobody else is."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowd(databases: Databases, tmp_path_factory: Any) -> AsyncIterator[Crowd]:
    """The members are put into the database while no server looks at it."""
    data = tmp_path_factory.mktemp("crowd")
    async with databases.fresh_database() as dsn:
        environment = {**LIFTED, "DATABASE_URL": dsn}
        async with running_server(data, environment) as server:
            owner = await server.person("owner")
            guilds = [await owner.guild(name) for name in ("Large", "Hall", "Attic")]
            channels = [await owner.channel(guild["id"]) for guild in guilds]
            token = owner.api.bare_token
        connection = await asyncpg.connect(dsn)
        await connection.execute(USERS, CROWD)
        for guild, size in zip(guilds[:2], (CROWD, HALL), strict=True):
            await connection.execute(MEMBERS, int(guild["id"]), size)
        await connection.close()
        async with running_server(data, environment) as server:
            owner = await Person.behind(server.guest.with_token(token))
            paths = [
                f"/channels/{guild['id']}/{channel['id']}"
                for guild, channel in zip(guilds, channels, strict=True)
            ]
            yield Crowd(server, owner, *paths)


_OPENING: Final = """async () => {
    const seen = () => document.querySelector("aside [role=list] button");
    const button = document.querySelector("main button[aria-label=Members]");
    button.click();
    await new Promise(requestAnimationFrame);
    if (seen()) return -1;
    const start = performance.now();
    button.click();
    while (!seen()) await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""


async def opening(page: Page, path: str, owner: Person) -> float:
    """How long the list takes to open, the other screens being there by then."""
    await page.goto(path)
    await expect(row(page, owner)).to_be_visible()
    times = [await page.evaluate(_OPENING) for _ in range(_OPENINGS)]
    assert min(times) >= 0
    return min(times)


async def test_ux_090_fifty_thousand_members_open_at_once(open_page: Open, crowd: Crowd) -> None:
    page = await open_page(crowd.owner, url=crowd.server.url)
    alone = await opening(page, crowd.alone, crowd.owner)
    assert await opening(page, crowd.large, crowd.owner) <= alone * OPENING_TIMES
    assert await headings(page) == ["Online\n1"]
    assert await aside(page).evaluate("it => it.querySelectorAll('*').length") <= MOST_ELEMENTS


async def test_ux_089_a_long_list_draws_what_is_seen_and_asks_for_it(
    open_page: Open, crowd: Crowd
) -> None:
    page = await open_page(crowd.owner, url=crowd.server.url)
    alone = await opening(page, crowd.alone, crowd.owner)
    assert await opening(page, crowd.hall, crowd.owner) <= alone * OPENING_TIMES
    count = "it => it.querySelectorAll('*').length"
    assert await aside(page).evaluate(count) <= MOST_ELEMENTS
    await aside(page).get_by_role("list").evaluate("it => it.scrollTo(0, it.scrollHeight)")
    await expect(aside(page).get_by_role("button", name=f"user{HALL:05}")).to_be_visible()
    assert await aside(page).evaluate(count) <= MOST_ELEMENTS
    await aside(page).get_by_role("list").evaluate("it => it.scrollTo(0, it.scrollHeight / 2)")
    await expect(aside(page).get_by_role("button", name="user00450")).to_be_visible()


async def test_fast_hands_call_and_seek_somebody_who_is_not_known_yet(
    open_page: Open, crowd: Crowd
) -> None:
    page = await open_page(crowd.owner, url=crowd.server.url)
    await page.goto(crowd.large)
    box = page.get_by_role("main").get_by_role("textbox")
    await expect(box).to_be_focused()
    await page.keyboard.type("@user04321 are you there")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_role("button", name="@user04321")).to_be_visible()
    members = await Held.on(page, "**/members/search?*")
    await page.keyboard.press("Control+f")
    field = page.get_by_role("combobox", name="Search messages")
    await field.fill("from:user31234")
    await field.press("Enter")
    await members.came()
    await members.let_go()
    await expect(page.get_by_role("button", name="Remove from: user31234")).to_be_visible()


async def test_groups_list_who_is_in_them(open_page: Open, server: Server) -> None:
    owner, *others = await friends(server, 3)
    made = await group(owner, *others)
    page = await open_page(owner)
    await page.goto(f"/channels/@me/{made['id']}")
    await expect(aside(page).get_by_text("3 people")).to_be_visible()
    await row(page, others[0]).click(button="right")
    await page.get_by_role("menuitem", name="Remove from the group").click()
    await expect(row(page, others[0])).to_have_count(0)
    await expect(aside(page).get_by_text("2 people")).to_be_visible()
