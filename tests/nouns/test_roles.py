"""Roles: making, reading, changing, ordering, deleting, and who stands above whom."""

from typing import Any

import pytest

from tests.api import Person
from tests.nouns.visits import with_guest
from tests.server import Server

KICK = 1 << 1
BAN = 1 << 2
ADMINISTRATOR = 1 << 3
SEND_MESSAGES = 1 << 11
MANAGE_ROLES = 1 << 28


async def test_a_new_role_begins_above_everyone_and_the_others_make_room(
    server: Server,
) -> None:
    ann = await server.person()
    guild = await ann.guild()
    first = await role(ann, guild, name="first")
    async with server.gateway(ann) as gateway:
        second = await role(ann, guild, name="second")
        created = await gateway.expect("GUILD_ROLE_CREATE")
        moved = await gateway.expect("GUILD_ROLE_UPDATE")
    assert created.data == {"guild_id": guild["id"], "role": second}
    assert moved.data == {"guild_id": guild["id"], "role": {**first, "position": 2}}
    assert [(one["name"], one["position"]) for one in await roles_of(ann, guild)] == [
        ("@everyone", 0),
        ("second", 1),
        ("first", 2),
    ]
    assert await ann.get(f"/guilds/{guild['id']}/roles/{second['id']}") == second


async def test_a_role_without_a_word_is_a_new_role_with_what_everyone_may(
    server: Server,
) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await role(ann, guild)
    assert made["name"] == "new role"
    assert made["permissions"] == guild["roles"][0]["permissions"]
    assert (made["color"], made["hoist"], made["mentionable"], made["managed"]) == (
        0,
        False,
        False,
        False,
    )


async def test_both_ways_to_say_a_colour_say_the_same(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    old = await role(ann, guild, color=255)
    new = await role(ann, guild, colors={"primary_color": 65_280}, color=1)
    assert (old["color"], old["colors"]["primary_color"]) == (255, 255)
    assert (new["color"], new["colors"]["primary_color"]) == (65_280, 65_280)


@pytest.mark.parametrize(
    ("shape", "wrong"),
    [
        ({"name": "x" * 101}, "name"),
        ({"name": "  "}, "name"),
        ({"color": 1 << 24}, "color"),
        ({"icon": "data:image/png;base64,AAAA"}, "icon"),
        ({"colors": {"primary_color": 1, "secondary_color": 2}}, "colors"),
        ({"permissions": "many"}, "permissions"),
    ],
)
async def test_what_does_not_fit_is_named(
    server: Server, shape: dict[str, object], wrong: str
) -> None:
    ann = await server.person()
    guild = await ann.guild()
    reply = await ann.refused("POST", f"/guilds/{guild['id']}/roles", shape)
    assert wrong in reply.body["errors"]
    assert len(await roles_of(ann, guild)) == 1


async def test_a_role_is_changed_and_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await role(ann, guild, color=7)
    shape = {"name": "elders", "permissions": str(KICK), "hoist": True, "mentionable": True}
    async with server.gateway(ann) as gateway:
        changed = await ann.patch(f"/guilds/{guild['id']}/roles/{made['id']}", shape)
        heard = await gateway.expect("GUILD_ROLE_UPDATE")
    assert changed == {**made, **shape}
    assert heard.data == {"guild_id": guild["id"], "role": changed}
    assert await ann.get(f"/guilds/{guild['id']}/roles/{made['id']}") == changed


async def test_an_unchanged_role_is_not_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await role(ann, guild, name="elders")
    async with server.gateway(ann) as gateway:
        path = f"/guilds/{guild['id']}/roles/{made['id']}"
        assert await ann.patch(path, {"name": "elders", "color": 0}) == made
        await gateway.quiet("GUILD_ROLE_UPDATE")


async def test_everyone_keeps_name_and_place_but_not_what_it_may(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    path = f"/guilds/{guild['id']}/roles"
    everyone = f"{path}/{guild['id']}"
    assert (await ann.refused("PATCH", everyone, {"name": "all"})).code == 50_028
    assert (await ann.refused("DELETE", everyone)).code == 50_028
    move = [{"id": guild["id"], "position": 1}]
    assert (await ann.refused("PATCH", path, move)).code == 50_028
    changed = await ann.patch(everyone, {"name": "@everyone", "permissions": str(SEND_MESSAGES)})
    assert changed["permissions"] == str(SEND_MESSAGES)


async def test_an_unknown_role_is_unknown(server: Server) -> None:
    ann = await server.person()
    guild, other = await ann.guild(), await ann.guild()
    foreign = await role(ann, other)
    path = f"/guilds/{guild['id']}/roles"
    tries: list[tuple[str, str, Any]] = [
        ("GET", f"{path}/{foreign['id']}", None),
        ("PATCH", f"{path}/{foreign['id']}", {"name": "mine"}),
        ("DELETE", f"{path}/{foreign['id']}", None),
        ("PATCH", path, [{"id": foreign["id"], "position": 1}]),
    ]
    for method, where, body in tries:
        assert (await ann.refused(method, where, body)).code == 10_011


async def test_a_role_goes_where_it_is_wished_and_the_rest_closes_up(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    for name in "dcba":
        await role(ann, guild, name=name)
    by_name = {one["name"]: one["id"] for one in await roles_of(ann, guild)}
    async with server.gateway(ann) as gateway:
        wishes = [{"id": by_name["a"], "position": 3}]
        answer = await ann.patch(f"/guilds/{guild['id']}/roles", wishes)
        told = [(await gateway.expect("GUILD_ROLE_UPDATE")).data["role"] for _ in range(3)]
        await gateway.quiet("GUILD_ROLE_UPDATE")
    assert [one["name"] for one in answer] == ["@everyone", "b", "c", "a", "d"]
    assert [one["position"] for one in answer] == [0, 1, 2, 3, 4]
    assert {one["name"]: one["position"] for one in told} == {"b": 1, "c": 2, "a": 3}
    assert await roles_of(ann, guild) == answer


async def test_a_whole_order_may_be_sent_at_once(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = [await role(ann, guild, name=name) for name in "abcd"]
    wishes = [{"id": one["id"], "position": place} for place, one in enumerate(made, start=1)]
    answer = await ann.patch(f"/guilds/{guild['id']}/roles", wishes)
    assert [one["name"] for one in answer] == ["@everyone", "a", "b", "c", "d"]
    twice = [wishes[0], wishes[0]]
    assert (await ann.refused("PATCH", f"/guilds/{guild['id']}/roles", twice)).code == 50_035


async def test_a_deleted_role_leaves_members_channels_and_no_gap(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    kept = await role(ann, guild, name="kept")
    gone = await role(ann, guild, name="gone")
    await give(ann, guild, bob, gone)
    room = guild["system_channel_id"]
    await ann.put(f"/channels/{room}/permissions/{gone['id']}", {"type": 0, "allow": "2048"})
    async with server.gateway(ann) as gateway:
        await ann.delete(f"/guilds/{guild['id']}/roles/{gone['id']}")
        heard = await gateway.expect("GUILD_ROLE_DELETE")
    assert heard.data == {"guild_id": guild["id"], "role_id": gone["id"]}
    assert [one["id"] for one in await roles_of(ann, guild)] == [guild["id"], kept["id"]]
    assert [one["position"] for one in await roles_of(ann, guild)] == [0, 1]
    assert (await ann.get(f"/guilds/{guild['id']}/members/{bob.id}"))["roles"] == []
    assert (await ann.get(f"/channels/{room}"))["permission_overwrites"] == []


async def test_members_are_counted_by_role(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    some, none = await role(ann, guild), await role(ann, guild)
    await give(ann, guild, bob, some)
    counts = await ann.get(f"/guilds/{guild['id']}/roles/member-counts")
    assert counts == {some["id"]: 1, none["id"]: 0}


async def test_a_plain_member_cannot_touch_roles(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    made = await role(ann, guild)
    path = f"/guilds/{guild['id']}/roles"
    tries: list[tuple[str, str, Any]] = [
        ("POST", path, {"name": "mine"}),
        ("PATCH", f"{path}/{made['id']}", {"name": "mine"}),
        ("DELETE", f"{path}/{made['id']}", None),
        ("PATCH", path, [{"id": made["id"], "position": 1}]),
    ]
    for method, where, body in tries:
        assert (await bob.refused(method, where, body)).code == 50_013


async def test_nobody_gives_a_role_what_they_do_not_have(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    low = await role(ann, guild, permissions=str(BAN))
    own = await role(ann, guild, permissions=str(MANAGE_ROLES | KICK))
    await raise_(ann, guild, own, 2)
    await give(ann, guild, bob, own)
    path = f"/guilds/{guild['id']}/roles"
    for permissions in (BAN, ADMINISTRATOR, KICK | BAN):
        shape = {"permissions": str(permissions)}
        assert (await bob.refused("POST", path, shape)).code == 50_013
    assert (await bob.post(path, {"permissions": str(KICK)}))["permissions"] == str(KICK)
    # What was given before by others may stay, and may be taken away.
    target = f"{path}/{low['id']}"
    both = await bob.patch(target, {"permissions": str(BAN | KICK)})
    assert both["permissions"] == str(BAN | KICK)
    assert (await bob.patch(target, {"permissions": "0"}))["permissions"] == "0"
    assert (await bob.refused("PATCH", target, {"permissions": str(BAN)})).code == 50_013


async def test_only_roles_below_ones_own_can_be_touched(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    low, own, high = [await role(ann, guild, name=name) for name in ("low", "own", "high")]
    order = [
        {"id": one["id"], "position": place} for place, one in enumerate((low, own, high), start=1)
    ]
    path = f"/guilds/{guild['id']}/roles"
    await ann.patch(path, order)
    await ann.patch(f"{path}/{own['id']}", {"permissions": str(MANAGE_ROLES)})
    await give(ann, guild, bob, own)
    for untouchable in (own, high):
        where = f"{path}/{untouchable['id']}"
        assert (await bob.refused("PATCH", where, {"name": "mine"})).code == 50_013
        assert (await bob.refused("DELETE", where)).code == 50_013
    for wish in (
        {"id": low["id"], "position": 2},
        {"id": own["id"], "position": 3},
        {"id": high["id"], "position": 1},
    ):
        assert (await bob.refused("PATCH", path, [wish])).code == 50_013
    # The whole order as it is may be sent, as libraries do.
    assert [one["name"] for one in await bob.patch(path, order)][1:] == ["low", "own", "high"]
    assert (await bob.patch(f"{path}/{low['id']}", {"name": "mine"}))["name"] == "mine"
    await bob.delete(f"{path}/{low['id']}")


async def test_the_role_of_a_bot_cannot_be_deleted(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    await server.bot(ann, guild["id"])
    [managed] = [one for one in await roles_of(ann, guild) if one["managed"]]
    path = f"/guilds/{guild['id']}/roles/{managed['id']}"
    assert (await ann.refused("DELETE", path)).code == 50_028
    assert (await ann.patch(path, {"permissions": str(KICK)}))["permissions"] == str(KICK)


async def test_a_guild_has_so_many_roles_and_no_more(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild(roles=[{"id": number, "name": "role"} for number in range(250)])
    assert (await ann.refused("POST", f"/guilds/{guild['id']}/roles", {})).code == 30_005


async def role(person: Person, guild: dict[str, Any], **shape: Any) -> dict[str, Any]:
    made: dict[str, Any] = await person.post(f"/guilds/{guild['id']}/roles", shape)
    return made


async def roles_of(person: Person, guild: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await person.get(f"/guilds/{guild['id']}/roles")
    return found


async def raise_(person: Person, guild: dict[str, Any], one: dict[str, Any], to: int) -> None:
    await person.patch(f"/guilds/{guild['id']}/roles", [{"id": one["id"], "position": to}])


async def give(owner: Person, guild: dict[str, Any], member: Person, one: dict[str, Any]) -> None:
    await owner.put(f"/guilds/{guild['id']}/members/{member.id}/roles/{one['id']}")
