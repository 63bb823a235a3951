"""The pages of a server that are no channels: linked roles."""

from typing import Any, Final

import pytest
from playwright.async_api import expect

from tests.nouns.elsewhere import Client
from tests.nouns.test_role_connections import METADATA, SCOPE, metadata_of, own
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ADDRESS: Final = "https://bakery.example/verify"


async def bakery(server: Server, guild: dict[str, Any], owner: Any) -> Client:
    """An application in a server that says how many cookies somebody ate."""
    client = await Client.registered(server, owner)
    await owner.put(metadata_of(client), METADATA)
    body = {"name": "Bakery", "role_connections_verification_url": ADDRESS}
    await owner.patch(f"/applications/{client.id}", body)
    install = f"/oauth2/authorize?client_id={client.id}&scope=applications.commands"
    await owner.post(install, {"authorize": True, "guild_id": guild["id"]})
    return client


async def test_ux_135_a_role_is_linked_taken_and_lost(open_page: Open, server: Server) -> None:
    ann, bob = await server.person(global_name="Ann"), await server.person(global_name="Bob")
    guild = await ann.guild("Longwave")
    channel = await ann.channel(guild["id"])
    await ann.bring(bob, channel["id"])
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "Regulars"})
    client = await bakery(server, guild, ann)

    page = await open_page(ann)
    await page.goto(f"/guilds/{guild['id']}/roles/{role['id']}")
    await page.get_by_role("tab", name="Links").click()
    await page.get_by_role("button", name="Link this role").click()
    await page.get_by_label("What it says").select_option("Cookies")
    await page.get_by_label("At least").fill("10")
    assert await violations(page, "main") == []
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("unsaved change")).to_have_count(0)

    page = await open_page(bob)
    await page.goto(f"/channels/{guild['id']}/{channel['id']}")
    await page.get_by_role("button", name="Server menu").click()
    await page.get_by_role("menuitem", name="Linked roles").click()
    regulars = page.get_by_role("region", name="Regulars")
    await expect(regulars.get_by_text("Bakery: Cookies: at least 10")).to_be_visible()
    connect = regulars.get_by_role("link", name="Connect with Bakery")
    assert await connect.get_attribute("href") == ADDRESS
    assert await violations(page, "main") == []

    speaker = await client.api(bob, SCOPE)
    said = {"platform_username": "bob77", "metadata": {"cookies": 12}}
    await speaker.put(own(client), said)
    await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await expect(regulars.get_by_text("It knows you as bob77.")).to_be_visible()
    await regulars.get_by_role("button", name="Take the role").click()
    await expect(regulars.get_by_text("You have this role")).to_be_visible()
    # It goes while the page is open, and the page says so.
    await speaker.put(own(client), said | {"metadata": {"cookies": 2}})
    await expect(regulars.get_by_text("You have this role")).to_have_count(0)
    await expect(regulars.get_by_text("Cookies: 2")).to_be_visible()
