"""The list of servers: only those are in it that want to be, and everybody may enter them."""

import uuid
from pathlib import Path
from typing import Any

from rift.permissions import Permission
from tests.nouns.company import Company, company
from tests.nouns.entrance import community, gate
from tests.server import LIFTED, Server, running_server

FOUND = "/discoverable-guilds"


async def found(server: Server, **more: Any) -> Company:
    """A community that wants to be found."""
    group = await company(server, Permission.MANAGE_GUILD)
    await community(group.owner, group.guild, group.channel)
    body = {"features": ["COMMUNITY", "DISCOVERABLE"], **more}
    await group.owner.patch(f"/guilds/{group.id}", body)
    return group


def path(group: Company, what: str = "discovery-metadata") -> str:
    return f"/guilds/{group.id}/{what}"


async def test_only_who_may_do_everything_lets_a_community_be_found(server: Server) -> None:
    group = await company(server, Permission.MANAGE_GUILD)
    guild, wanted = path(group, "")[:-1], {"features": ["DISCOVERABLE"]}
    assert (await group.owner.refused("PATCH", guild, wanted)).code == 50035
    await community(group.owner, group.guild, group.channel)
    wanted = {"features": ["COMMUNITY", "DISCOVERABLE"]}
    assert (await group.moderator.refused("PATCH", guild, wanted)).code == 50013
    stranger = await server.person()
    assert (await stranger.get(f"{FOUND}?guild_ids={group.id}"))["total"] == 0
    assert (await stranger.refused("GET", path(group, "preview"))).code == 50001
    await group.owner.patch(guild, wanted)
    [listed] = (await stranger.get(f"{FOUND}?guild_ids={group.id}"))["guilds"]
    assert (listed["id"], listed["approximate_member_count"]) == (group.id, 3)
    assert (await stranger.get(path(group, "preview")))["id"] == group.id
    assert (await server.guest.call("GET", FOUND)).status == 401
    left = await group.owner.patch(guild, {"features": []})
    assert "DISCOVERABLE" not in left["features"]


async def test_servers_are_found_by_words_categories_and_pages(server: Server) -> None:
    mark = uuid.uuid4().hex
    first = await found(server, name=f"Harbour {mark}")
    second = await found(server, name=f"Lighthouse {mark}", description="by the sea")
    body = {"primary_category_id": 2, "keywords": ["sailing"], "about": "Ships"}
    made = await first.owner.patch(path(first), body)
    assert (made["keywords"], made["primary_category_id"]) == (["sailing"], 2)
    await first.owner.put(path(first, "discovery-categories/7"))
    stranger = await server.person()

    async def names(query: str) -> list[str]:
        answer = await stranger.get(f"{FOUND}/search?query={mark}{query}")
        return [one["name"].split()[0] for one in answer["guilds"]]

    assert await names("") == ["Harbour", "Lighthouse"]
    assert await names("+SAILING") == ["Harbour"]
    assert await names("+sea") == ["Lighthouse"]
    assert await names("&category_id=2") == await names("&category_id=7") == ["Harbour"]
    assert await names("&category_id=0") == ["Lighthouse"]
    assert await names("&limit=1&offset=1") == ["Lighthouse"]
    await second.newcomer(server)
    assert await names("") == ["Lighthouse", "Harbour"]
    listed = await stranger.get(f"{FOUND}?categories=2&limit=48")
    assert first.id in {one["id"] for one in listed["guilds"]}
    [shown] = (await stranger.get(f"{FOUND}?guild_ids={first.id}"))["guilds"]
    assert shown["primary_category"] == {"id": 2, "name": "Music", "is_primary": True}
    assert [one["name"] for one in shown["categories"]] == ["Sports"]
    await first.owner.delete(path(first, "discovery-categories/7"))
    assert (await first.owner.get(path(first)))["category_ids"] == []


async def test_how_one_is_found_is_for_who_manages_the_guild(server: Server) -> None:
    group = await company(server, Permission.MANAGE_GUILD)
    for method, what in (("GET", ""), ("PATCH", "")):
        assert (await group.guest.refused(method, path(group) + what, {})).code == 50013
    nowhere = path(group, "discovery-categories/99")
    assert (await group.moderator.refused("PUT", nowhere)).status == 404
    for wrong in ({"primary_category_id": 7}, {"keywords": ["x"] * 11}, {"about": "x" * 2401}):
        assert (await group.moderator.refused("PATCH", path(group), wrong)).code == 50035
    assert (await group.moderator.get(path(group)))["primary_category_id"] == 0
    shown = await group.guest.get("/discovery/categories?primary_only=true")
    assert all(one["is_primary"] for one in shown)
    assert len(await group.guest.get("/discovery/categories")) > len(shown)


async def test_everybody_enters_without_an_invite(server: Server) -> None:
    group, closed = await found(server), await company(server)
    newcomer = await server.person()
    enter = path(group, "members/@me")
    assert (await newcomer.refused("PUT", path(closed, "members/@me"), {})).code == 50001
    assert (await newcomer.refused("PUT", enter + "?lurker=true", {})).code == 50035
    async with server.gateway(newcomer) as mine:
        joined = await newcomer.put(enter, {})
        assert (await mine.expect("GUILD_CREATE")).data["id"] == group.id
    assert (joined["id"], joined["show_verification_form"]) == (group.id, False)
    assert await newcomer.put(enter, {}) is None
    sought = {"user_id": {"or_query": [newcomer.id]}}
    found_ = await group.owner.post(path(group, "members-search"), {"and_query": sought})
    assert found_["members"][0]["join_source_type"] == 3
    await gate(group.owner, group.guild)
    other = await server.person()
    assert (await other.get(path(group, "member-verification")))["form_fields"]
    assert (await other.put(enter, {}))["show_verification_form"] is True
    features = (await group.owner.get(path(group, "")[:-1]))["features"]
    await group.owner.patch(path(group, "")[:-1], {"features": [*features, "INVITES_DISABLED"]})
    assert (await (await server.person()).refused("PUT", enter, {})).status == 403


async def test_an_instance_may_have_no_list(database: str, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": database, "RIFT_INSTANCE_DISCOVERY": "off", **LIFTED}
    async with running_server(tmp_path, settings) as server:
        group = await company(server)
        await community(group.owner, group.guild, group.channel)
        body = {"features": ["COMMUNITY", "DISCOVERABLE"]}
        refused = await group.owner.refused("PATCH", path(group, "")[:-1], body)
        assert refused.code == (await group.guest.refused("GET", FOUND)).code == 40006
        assert (await server.guest.get("/instance"))["discovery"] is False
