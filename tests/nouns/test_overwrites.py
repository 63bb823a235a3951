"""What a channel allows and denies, and who may say so."""

from typing import Any

import pytest

from tests.nouns.visits import with_guest
from tests.server import Server

KICK = 1 << 1
ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
READ_HISTORY = 1 << 16
MANAGE_ROLES = 1 << 28
NOBODY = "1"

USUAL = VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY


async def test_an_overwrite_is_put_changed_taken_away_and_told_each_time(
    server: Server,
) -> None:
    ann = await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"])
    path = f"/channels/{room['id']}/permissions/{guild['id']}"
    async with server.gateway(ann) as gateway:
        for allow, deny in (("0", "2048"), ("2048", "0")):
            await ann.put(path, {"type": 0, "allow": allow, "deny": deny})
            heard = await gateway.expect("CHANNEL_UPDATE")
            entry = {"id": guild["id"], "type": 0, "allow": allow, "deny": deny}
            assert heard.data == {**room, "permission_overwrites": [entry]}
        await ann.delete(path)
        assert (await gateway.expect("CHANNEL_UPDATE")).data == room
    assert await ann.get(f"/channels/{room['id']}") == room


async def test_the_same_overwrite_again_is_not_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"])
    path = f"/channels/{room['id']}/permissions/{guild['id']}"
    await ann.put(path, {"type": 0, "deny": "2048"})
    async with server.gateway(ann) as gateway:
        await ann.put(path, {"type": 0, "deny": "2048"})
        await gateway.quiet("CHANNEL_UPDATE")


async def test_an_overwrite_has_effect_at_once(server: Server) -> None:
    ann, bob, guild = await with_guest(server, roles=everyone_may(USUAL))
    room = await ann.channel(guild["id"])
    path = f"/channels/{room['id']}/permissions"
    await bob.say(room["id"], "hello")
    await ann.put(f"{path}/{guild['id']}", {"type": 0, "deny": str(SEND_MESSAGES)})
    told = await bob.refused("POST", f"/channels/{room['id']}/messages", {"content": "hello"})
    assert told.code == 50_013
    await ann.put(f"{path}/{bob.id}", {"type": 1, "allow": str(SEND_MESSAGES)})
    await bob.say(room["id"], "hello again")


async def test_who_loses_sight_of_a_channel_loses_the_channel(server: Server) -> None:
    ann, bob, guild = await with_guest(server, roles=everyone_may(USUAL))
    room = await ann.channel(guild["id"])
    async with server.gateway(bob) as gateway:
        path = f"/channels/{room['id']}/permissions/{bob.id}"
        await ann.put(path, {"type": 1, "deny": str(VIEW_CHANNEL)})
        await gateway.expect("CHANNEL_DELETE", lambda it: it["id"] == room["id"])
    assert (await bob.refused("GET", f"/channels/{room['id']}")).code == 50_001


@pytest.mark.parametrize("type_", [0, 1])
async def test_an_overwrite_is_for_somebody_there_is(server: Server, type_: int) -> None:
    ann, eve = await server.person(), await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"])
    for subject in (NOBODY, eve.id):
        path = f"/channels/{room['id']}/permissions/{subject}"
        assert (await ann.refused("PUT", path, {"type": type_})).code == 10_009
        assert (await ann.refused("DELETE", path)).code == 10_009
        shape = {"permission_overwrites": [{"id": subject, "type": type_}]}
        assert (await ann.refused("PATCH", f"/channels/{room['id']}", shape)).code == 10_009
        made = {"name": "room", **shape}
        path = f"/guilds/{guild['id']}/channels"
        assert (await ann.refused("POST", path, made)).code == 10_009


async def test_who_may_not_manage_roles_leaves_overwrites_alone(server: Server) -> None:
    ann, bob, guild = await with_guest(server, roles=everyone_may(USUAL | MANAGE_CHANNELS))
    room = await ann.channel(guild["id"])
    path = f"/channels/{room['id']}"
    entry = {"id": guild["id"], "type": 0, "deny": str(SEND_MESSAGES)}
    overwrite = f"{path}/permissions/{guild['id']}"
    assert (await bob.refused("PUT", overwrite, {"type": 0})).code == 50_013
    shape = {"permission_overwrites": [entry]}
    assert (await bob.refused("PATCH", path, shape)).code == 50_013
    assert (await bob.patch(path, {"permission_overwrites": []}))["id"] == room["id"]
    await ann.put(overwrite, entry)
    assert (await bob.refused("DELETE", overwrite)).code == 50_013
    assert (await bob.refused("PATCH", path, {"permission_overwrites": []})).code == 50_013


async def test_nobody_allows_or_denies_what_they_do_not_have(server: Server) -> None:
    ann, bob, guild = await with_guest(
        server, roles=everyone_may(USUAL | MANAGE_CHANNELS | MANAGE_ROLES)
    )
    room = await ann.channel(guild["id"])
    path = f"/channels/{room['id']}/permissions/{guild['id']}"
    for field in ("allow", "deny"):
        for permission in (KICK, ADMINISTRATOR):
            shape = {"type": 0, field: str(permission)}
            assert (await bob.refused("PUT", path, shape)).code == 50_013
            made = {"name": "room", "permission_overwrites": [{"id": guild["id"], **shape}]}
            reply = await bob.refused("POST", f"/guilds/{guild['id']}/channels", made)
            assert reply.code == 50_013
    await bob.put(path, {"type": 0, "deny": str(SEND_MESSAGES)})
    await bob.put(path, {"type": 0})


async def test_what_others_denied_stays_when_something_else_is_changed(server: Server) -> None:
    ann, bob, guild = await with_guest(server, roles=everyone_may(USUAL | MANAGE_ROLES))
    room = await ann.channel(guild["id"])
    path = f"/channels/{room['id']}/permissions/{guild['id']}"
    await ann.put(path, {"type": 0, "deny": str(KICK)})
    await bob.put(path, {"type": 0, "deny": str(KICK | SEND_MESSAGES)})
    assert (await bob.refused("DELETE", path)).code == 50_013


async def test_only_administrators_give_out_managing_roles_in_a_channel(server: Server) -> None:
    ann, bob, guild = await with_guest(server, roles=everyone_may(USUAL | MANAGE_ROLES))
    room = await ann.channel(guild["id"])
    path = f"/channels/{room['id']}/permissions/{bob.id}"
    shape = {"type": 1, "allow": str(MANAGE_ROLES)}
    assert (await bob.refused("PUT", path, shape)).code == 50_013
    await ann.put(path, shape)


async def test_channels_like_their_category_follow_it(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    category = await ann.channel(guild["id"], "near", type=4)
    alike = await ann.channel(guild["id"], "alike", parent_id=category["id"])
    other = [{"id": guild["id"], "type": 0, "deny": str(SEND_MESSAGES)}]
    apart = await ann.channel(
        guild["id"], "apart", parent_id=category["id"], permission_overwrites=other
    )
    entry = {"id": guild["id"], "type": 0, "allow": "0", "deny": str(VIEW_CHANNEL)}
    async with server.gateway(ann) as gateway:
        await ann.put(f"/channels/{category['id']}/permissions/{guild['id']}", entry)
        first = await gateway.expect("CHANNEL_UPDATE")
        second = await gateway.expect("CHANNEL_UPDATE")
    assert first.data == {**category, "permission_overwrites": [entry]}
    assert second.data == {**alike, "permission_overwrites": [entry]}
    assert await ann.get(f"/channels/{apart['id']}") == apart


async def test_a_channels_overwrites_are_sent_all_at_once(server: Server) -> None:
    ann, bob, guild = await with_guest(server, roles=everyone_may(USUAL))
    room = await ann.channel(guild["id"])
    wanted = [
        {"id": bob.id, "type": 1, "allow": str(SEND_MESSAGES), "deny": "0"},
        {"id": guild["id"], "type": 0, "allow": "0", "deny": str(SEND_MESSAGES)},
    ]
    path = f"/channels/{room['id']}"
    changed = await ann.patch(path, {"permission_overwrites": wanted})
    in_order = sorted(wanted, key=lambda entry: int(str(entry["id"])))
    assert changed["permission_overwrites"] == in_order
    assert (await ann.patch(path, {"permission_overwrites": None}))["permission_overwrites"] == []


def everyone_may(permissions: int) -> list[dict[str, Any]]:
    """The roles of a guild in which everyone has these permissions."""
    return [{"permissions": str(permissions)}]
