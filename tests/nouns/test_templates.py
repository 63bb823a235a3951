"""Templates: a guild as a pattern, kept up to date, and guilds made after it."""

from typing import Any

from tests.api import Person
from tests.nouns.artwork import Json
from tests.server import Server

VIEW = str(1 << 10)
MANAGE_GUILD = str(1 << 5)


async def workshop(owner: Person) -> Json:
    """A guild with a category, a role of colour, and a rule for it."""
    guild = await owner.guild("Workshop")
    role = await owner.post(
        f"/guilds/{guild['id']}/roles", {"name": "Joiners", "color": 0x336699, "hoist": True}
    )
    yard = await owner.channel(guild["id"], "Yard", type=4)
    allow = [{"id": role["id"], "type": 0, "allow": VIEW}]
    deny = [{"id": guild["id"], "type": 0, "deny": VIEW}]
    await owner.channel(
        guild["id"],
        "bench",
        parent_id=yard["id"],
        topic="Sharp",
        permission_overwrites=allow + deny,
    )
    return guild


async def template(owner: Person, guild: Json, **fields: Any) -> Json:
    body = {"name": "A workshop", **fields}
    made: Json = await owner.post(f"/guilds/{guild['id']}/templates", body)
    return made


async def test_a_template_tells_what_the_guild_consists_of(server: Server) -> None:
    ann = await server.person()
    guild = await workshop(ann)
    made = await template(ann, guild, description="With a yard")
    assert (made["name"], made["description"], made["usage_count"]) == (
        "A workshop",
        "With a yard",
        0,
    )
    assert made["creator"]["id"] == made["creator_id"] == ann.id
    pattern = made["serialized_source_guild"]
    assert [(role["id"], role["name"]) for role in pattern["roles"]] == [
        (0, "@everyone"),
        (1, "Joiners"),
    ]
    places = {channel["name"]: channel for channel in pattern["channels"]}
    assert places["bench"]["parent_id"] == str(places["Yard"]["id"])
    assert {it["id"] for it in places["bench"]["permission_overwrites"]} == {"0", "1"}
    assert pattern["system_channel_id"] == str(places["general"]["id"])


async def test_whoever_has_the_code_sees_it_without_an_account(server: Server) -> None:
    made = await template(ann := await server.person(), await workshop(ann))
    assert await server.guest.get(f"/guilds/templates/{made['code']}") == made
    assert (await server.guest.refused("GET", "/guilds/templates/nobodymade")).code == 10057


async def test_a_guild_made_from_it_is_like_the_first(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    made = await template(ann, await workshop(ann))
    guild = await bob.post(f"/guilds/templates/{made['code']}", {"name": "Mine"})
    assert guild["owner_id"] == bob.id
    again = await template(bob, guild)
    first = made["serialized_source_guild"]
    assert again["serialized_source_guild"] == {**first, "name": "Mine"}
    seen = await bob.get(f"/guilds/templates/{made['code']}")
    assert seen["usage_count"] == 1


async def test_what_its_maker_does_not_see_is_no_part_of_it(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await workshop(ann)
    general = next(
        it for it in await ann.get(f"/guilds/{guild['id']}/channels") if it["name"] == "general"
    )
    await ann.bring(bob, general["id"])
    role = await ann.post(
        f"/guilds/{guild['id']}/roles", {"name": "Stewards", "permissions": MANAGE_GUILD}
    )
    await ann.put(f"/guilds/{guild['id']}/members/{bob.id}/roles/{role['id']}")
    made = await template(bob, guild)
    names = {channel["name"] for channel in made["serialized_source_guild"]["channels"]}
    assert "general" in names
    assert "bench" not in names


async def test_it_says_when_it_is_out_of_date_and_is_brought_up_to_date(server: Server) -> None:
    ann = await server.person()
    guild = await workshop(ann)
    made = await template(ann, guild)
    path = f"/guilds/{guild['id']}/templates"
    [listed] = await ann.get(path)
    assert listed["is_dirty"] is False
    await ann.channel(guild["id"], "attic")
    [listed] = await ann.get(path)
    assert listed["is_dirty"] is True
    synced = await ann.put(f"{path}/{made['code']}")
    names = {channel["name"] for channel in synced["serialized_source_guild"]["channels"]}
    assert "attic" in names
    assert synced["updated_at"] > made["updated_at"]
    changed = await ann.patch(f"{path}/{made['code']}", {"description": "With an attic"})
    assert (changed["name"], changed["description"]) == ("A workshop", "With an attic")
    assert changed["is_dirty"] is False


async def test_a_guild_has_one_and_may_take_it_back(server: Server) -> None:
    ann = await server.person()
    guild = await workshop(ann)
    made = await template(ann, guild)
    path = f"/guilds/{guild['id']}/templates"
    assert (await ann.refused("POST", path, {"name": "Another"})).code == 30031
    assert (await ann.delete(f"{path}/{made['code']}"))["code"] == made["code"]
    assert await ann.get(path) == []
    assert (
        await ann.refused("POST", f"/guilds/templates/{made['code']}", {"name": "Late"})
    ).code == 10057


async def test_only_who_manages_the_guild_has_to_do_with_it(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild, other = await workshop(ann), await bob.guild()
    made = await template(ann, guild)
    general = await ann.channel(guild["id"])
    path = f"/guilds/{guild['id']}/templates"
    await ann.bring(bob, general["id"])
    for method, where in (("GET", path), ("DELETE", f"{path}/{made['code']}")):
        assert (await bob.refused(method, where)).code == 50013
    elsewhere = f"/guilds/{other['id']}/templates/{made['code']}"
    assert (await bob.refused("PATCH", elsewhere, {"name": "Taken over"})).code == 10057
    assert len(await ann.get(path)) == 1
