"""Channels: making, reading, changing, ordering, deleting."""

from typing import Any

import pytest

from tests.api import Person
from tests.nouns.visits import channels_of, with_guest
from tests.server import Server

TEXT, VOICE, CATEGORY, ANNOUNCEMENT = 0, 2, 4, 5
MANAGE_CHANNELS = 1 << 4
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
CONNECT = 1 << 20


@pytest.mark.parametrize("type_", [TEXT, VOICE, CATEGORY, ANNOUNCEMENT])
async def test_a_channel_of_each_type_is_made_and_told(server: Server, type_: int) -> None:
    ann = await server.person()
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        made = await ann.channel(guild["id"], "room", type=type_)
        heard = await gateway.expect("CHANNEL_CREATE")
    assert heard.data == made
    assert made["type"] == type_
    assert made["permission_overwrites"] == []
    assert await ann.get(f"/channels/{made['id']}") == made
    assert made in await channels_of(ann, guild)


@pytest.mark.parametrize("type_", [14, 1, 99])
async def test_a_channel_of_another_type_is_refused(server: Server, type_: int) -> None:
    ann = await server.person()
    guild = await ann.guild()
    shape = {"name": "room", "type": type_}
    reply = await ann.refused("POST", f"/guilds/{guild['id']}/channels", shape)
    assert "type" in reply.body["errors"]


@pytest.mark.parametrize(
    ("type_", "given", "borne"),
    [
        (TEXT, "  Big   Talk ", "big-talk"),
        (ANNOUNCEMENT, "NEWS", "news"),
        (VOICE, " Big Talk ", "Big Talk"),
        (CATEGORY, "Big Talk", "Big Talk"),
    ],
)
async def test_written_channels_have_plain_names(
    server: Server, type_: int, given: str, borne: str
) -> None:
    ann = await server.person()
    guild = await ann.guild()
    assert (await ann.channel(guild["id"], given, type=type_))["name"] == borne


@pytest.mark.parametrize(
    ("shape", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"topic": "x" * 1025}, "topic"),
        ({"type": VOICE, "user_limit": 100}, "user_limit"),
        ({"rate_limit_per_user": 21_601}, "rate_limit_per_user"),
        ({"parent_id": "1"}, "parent_id"),
    ],
)
async def test_what_does_not_fit_is_named(
    server: Server, shape: dict[str, object], wrong: str
) -> None:
    ann = await server.person()
    guild = await ann.guild()
    path = f"/guilds/{guild['id']}/channels"
    reply = await ann.refused("POST", path, {"name": "room", **shape})
    assert wrong in reply.body["errors"]
    assert len(await channels_of(ann, guild)) == 4


async def test_a_whole_number_may_be_written_with_a_point(server: Server) -> None:
    """Bots compute what they send: Red's slow mode comes as `5.0`."""
    ann = await server.person()
    room = await ann.channel((await ann.guild())["id"])
    path = f"/channels/{room['id']}"
    assert (await ann.patch(path, {"rate_limit_per_user": 5.0}))["rate_limit_per_user"] == 5
    for wrong in (5.5, 1e300):
        reply = await ann.refused("PATCH", path, {"rate_limit_per_user": wrong})
        assert "rate_limit_per_user" in reply.body["errors"]
    assert (await ann.get(path))["rate_limit_per_user"] == 5


async def test_a_channel_is_appended_behind_its_kind(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    first = await ann.channel(guild["id"], "a")
    voice = await ann.channel(guild["id"], "b", type=VOICE)
    second = await ann.channel(guild["id"], "c")
    assert (first["position"], second["position"], voice["position"]) == (1, 2, 1)


async def test_a_parent_is_a_category_of_the_same_guild(server: Server) -> None:
    ann = await server.person()
    guild, other = await ann.guild(), await ann.guild()
    foreign = await ann.channel(other["id"], "far", type=CATEGORY)
    category = await ann.channel(guild["id"], "near", type=CATEGORY)
    path = f"/guilds/{guild['id']}/channels"
    for parent_id in (foreign["id"], guild["system_channel_id"]):
        reply = await ann.refused("POST", path, {"name": "room", "parent_id": parent_id})
        assert "parent_id" in reply.body["errors"]
    nested = {"name": "room", "type": CATEGORY, "parent_id": category["id"]}
    assert "parent_id" in (await ann.refused("POST", path, nested)).body["errors"]
    room = await ann.channel(guild["id"], "room", parent_id=category["id"])
    assert room["parent_id"] == category["id"]


async def test_a_category_has_room_for_fifty(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    category = await ann.channel(guild["id"], "near", type=CATEGORY)
    for number in range(50):
        await ann.channel(guild["id"], f"room {number}", parent_id=category["id"])
    shape = {"name": "room", "parent_id": category["id"]}
    reply = await ann.refused("POST", f"/guilds/{guild['id']}/channels", shape)
    code = reply.body["errors"]["parent_id"]["_errors"][0]["code"]
    assert code == "CHANNEL_PARENT_MAX_CHANNELS"
    move = [{"id": guild["system_channel_id"], "parent_id": category["id"]}]
    assert (await ann.refused("PATCH", f"/guilds/{guild['id']}/channels", move)).code == 50_035


async def test_a_channel_takes_over_what_its_category_allows(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    hidden = [{"id": guild["id"], "type": 0, "deny": str(VIEW_CHANNEL)}]
    category = await ann.channel(guild["id"], "near", type=CATEGORY, permission_overwrites=hidden)
    room = await ann.channel(guild["id"], "room", parent_id=category["id"])
    open_ = await ann.channel(
        guild["id"], "open", parent_id=category["id"], permission_overwrites=[]
    )
    assert room["permission_overwrites"] == category["permission_overwrites"]
    assert open_["permission_overwrites"] == []


async def test_who_may_not_manage_channels_makes_changes_and_deletes_none(
    server: Server,
) -> None:
    ann, bob, guild = await with_guest(server)
    general = guild["system_channel_id"]
    tries: list[tuple[str, str, Any]] = [
        ("POST", f"/guilds/{guild['id']}/channels", {"name": "mine"}),
        ("PATCH", f"/guilds/{guild['id']}/channels", [{"id": general, "position": 3}]),
        ("PATCH", f"/channels/{general}", {"name": "mine"}),
        ("DELETE", f"/channels/{general}", None),
    ]
    before = await channels_of(ann, guild)
    for method, path, body in tries:
        assert (await bob.refused(method, path, body)).code == 50_013
    assert await channels_of(ann, guild) == before


async def test_what_one_cannot_see_is_neither_shown_nor_touched(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    await allow_everyone(ann, guild, MANAGE_CHANNELS)
    deny = [{"id": guild["id"], "type": 0, "deny": str(VIEW_CHANNEL)}]
    async with server.gateway(bob) as gateway:
        secret = await ann.channel(guild["id"], "secret", permission_overwrites=deny)
        await gateway.quiet("CHANNEL_CREATE")
    assert secret not in await channels_of(bob, guild)
    path = f"/channels/{secret['id']}"
    for method, body in (("GET", None), ("PATCH", {"name": "known"}), ("DELETE", None)):
        assert (await bob.refused(method, path, body)).code == 50_001
    move = [{"id": secret["id"], "position": 0}]
    assert (await bob.refused("PATCH", f"/guilds/{guild['id']}/channels", move)).code == 50_013


async def test_nothing_is_put_into_a_category_one_cannot_see(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    await allow_everyone(ann, guild, MANAGE_CHANNELS)
    deny = [{"id": guild["id"], "type": 0, "deny": str(VIEW_CHANNEL)}]
    hidden = await ann.channel(guild["id"], "far", type=CATEGORY, permission_overwrites=deny)
    path = f"/guilds/{guild['id']}/channels"
    inside = {"parent_id": hidden["id"]}
    room = await bob.channel(guild["id"], "room")
    assert (await bob.refused("POST", path, {"name": "room", **inside})).code == 50_013
    assert (await bob.refused("PATCH", f"/channels/{room['id']}", inside)).code == 50_013
    assert (await bob.refused("PATCH", path, [{"id": room["id"], **inside}])).code == 50_013
    assert await ann.get(f"/channels/{room['id']}") == room


async def test_a_channel_is_changed_and_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"], "room")
    sent = await ann.say(room["id"], "hello")
    shape = {
        "name": "New Room",
        "topic": "the weather",
        "nsfw": True,
        "rate_limit_per_user": 10,
        "default_auto_archive_duration": 60,
        "position": 7,
        "parent_id": None,
    }
    async with server.gateway(ann) as gateway:
        changed = await ann.patch(f"/channels/{room['id']}", shape)
        heard = await gateway.expect("CHANNEL_UPDATE")
    assert {field: changed[field] for field in shape} == {**shape, "name": "new-room"}
    assert changed["last_message_id"] == sent["id"]
    assert heard.data == changed
    assert await ann.get(f"/channels/{room['id']}") == changed


async def test_an_unchanged_channel_is_not_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"], "room")
    async with server.gateway(ann) as gateway:
        shape: dict[str, Any] = {"name": "room", "topic": None, "permission_overwrites": []}
        assert await ann.patch(f"/channels/{room['id']}", shape) == room
        await gateway.quiet("CHANNEL_UPDATE")


async def test_null_brings_a_field_back_to_its_default(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"], "room", type=VOICE, bitrate=96_000, user_limit=9)
    shape = {"bitrate": None, "user_limit": None}
    changed = await ann.patch(f"/channels/{room['id']}", shape)
    assert (changed["bitrate"], changed["user_limit"]) == (64_000, 0)
    nameless = await ann.refused("PATCH", f"/channels/{room['id']}", {"name": None})
    assert "name" in nameless.body["errors"]


async def test_only_written_channels_turn_into_one_another(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"], "room", topic="kept")
    path = f"/channels/{room['id']}"
    changed = await ann.patch(path, {"type": ANNOUNCEMENT})
    assert (changed["type"], changed["topic"]) == (ANNOUNCEMENT, "kept")
    assert (await ann.patch(path, {"type": TEXT}))["type"] == TEXT
    assert "type" in (await ann.refused("PATCH", path, {"type": VOICE})).body["errors"]


async def test_a_deleted_channel_is_answered_and_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    room = await ann.channel(guild["id"], "room")
    async with server.gateway(ann) as gateway:
        assert await ann.delete(f"/channels/{room['id']}") == room
        assert (await gateway.expect("CHANNEL_DELETE")).data == room
    assert (await ann.refused("GET", f"/channels/{room['id']}")).code == 10_003
    assert room not in await channels_of(ann, guild)


async def test_the_channels_of_a_deleted_category_stay(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    category = await ann.channel(guild["id"], "near", type=CATEGORY)
    room = await ann.channel(guild["id"], "room", parent_id=category["id"])
    async with server.gateway(ann) as gateway:
        await ann.delete(f"/channels/{category['id']}")
        heard = await gateway.expect("CHANNEL_UPDATE")
    assert heard.data == {**room, "parent_id": None}
    assert await ann.get(f"/channels/{room['id']}") == heard.data


async def test_a_guild_no_longer_points_to_a_deleted_channel(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        await ann.delete(f"/channels/{guild['system_channel_id']}")
        heard = await gateway.expect("GUILD_UPDATE")
    assert heard.data["system_channel_id"] is None
    assert (await ann.get(f"/guilds/{guild['id']}"))["system_channel_id"] is None


async def test_channels_move_all_at_once_and_only_changes_are_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    category = await ann.channel(guild["id"], "near", type=CATEGORY)
    one, two, three = [await ann.channel(guild["id"], name) for name in "abc"]
    wishes = [
        {"id": one["id"], "position": 2},
        {"id": two["id"], "position": two["position"]},
        {"id": three["id"], "position": 1, "parent_id": category["id"]},
    ]
    async with server.gateway(ann) as gateway:
        await ann.patch(f"/guilds/{guild['id']}/channels", wishes)
        first = await gateway.expect("CHANNEL_UPDATE", lambda it: it["id"] == one["id"])
        last = await gateway.expect("CHANNEL_UPDATE", lambda it: it["id"] == three["id"])
        await gateway.quiet("CHANNEL_UPDATE")
    assert first.data == {**one, "position": 2}
    assert last.data == {**three, "position": 1, "parent_id": category["id"]}
    for moved in (first, last):
        assert await ann.get(f"/channels/{moved.data['id']}") == moved.data


async def test_a_moved_channel_may_take_over_what_the_category_allows(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    quiet = [{"id": guild["id"], "type": 0, "deny": str(SEND_MESSAGES)}]
    category = await ann.channel(guild["id"], "near", type=CATEGORY, permission_overwrites=quiet)
    room = await ann.channel(guild["id"], "room")
    wish = {"id": room["id"], "parent_id": category["id"], "lock_permissions": True}
    await ann.patch(f"/guilds/{guild['id']}/channels", [wish])
    moved = await ann.get(f"/channels/{room['id']}")
    assert moved["parent_id"] == category["id"]
    assert moved["permission_overwrites"] == category["permission_overwrites"]


async def test_an_unknown_channel_moves_nothing(server: Server) -> None:
    ann = await server.person()
    guild, other = await ann.guild(), await ann.guild()
    before = await channels_of(ann, guild)
    wishes = [
        {"id": guild["system_channel_id"], "position": 9},
        {"id": other["system_channel_id"], "position": 9},
    ]
    reply = await ann.refused("PATCH", f"/guilds/{guild['id']}/channels", wishes)
    assert reply.code == 10_003
    assert await channels_of(ann, guild) == before


async def allow_everyone(owner: Person, guild: dict[str, Any], permissions: int) -> None:
    shape = {"permissions": str(permissions | VIEW_CHANNEL | SEND_MESSAGES | CONNECT)}
    await owner.patch(f"/guilds/{guild['id']}/roles/{guild['id']}", shape)
