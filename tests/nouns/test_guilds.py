"""Guilds: founding, reading, changing, handing over, dissolving."""

from typing import Any

import pytest

from tests.api import Person
from tests.nouns.visits import channels_of, with_guest
from tests.server import Server

NOBODY = "1"
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10


async def test_a_new_guild_has_an_owner_a_role_for_everyone_and_the_usual_channels(
    server: Server,
) -> None:
    ann = await server.person()
    guild = await ann.guild("Gardeners")
    assert guild["name"] == "Gardeners"
    assert guild["owner_id"] == ann.id
    assert [(role["id"], role["name"]) for role in guild["roles"]] == [(guild["id"], "@everyone")]
    channels = await ann.get(f"/guilds/{guild['id']}/channels")
    by_name = {channel["name"]: channel for channel in channels}
    assert by_name.keys() == {"Text Channels", "general", "Voice Channels", "General"}
    assert by_name["general"]["parent_id"] == by_name["Text Channels"]["id"]
    assert by_name["General"]["parent_id"] == by_name["Voice Channels"]["id"]
    assert guild["system_channel_id"] == by_name["general"]["id"]


async def test_a_founder_may_bring_roles_and_channels_that_name_each_other(
    server: Server,
) -> None:
    ann = await server.person()
    guild = await ann.guild(
        roles=[
            {"id": 0, "name": "ignored", "permissions": str(VIEW_CHANNEL)},
            {"id": 7, "name": "elders", "color": 255},
        ],
        channels=[
            {"id": 1, "name": "Hall", "type": 4},
            {
                "id": 2,
                "name": "Inner Room",
                "parent_id": 1,
                "permission_overwrites": [
                    {"id": 0, "type": 0, "deny": str(VIEW_CHANNEL)},
                    {"id": 7, "type": 0, "allow": str(VIEW_CHANNEL)},
                ],
            },
        ],
        system_channel_id=2,
    )
    everyone, elders = guild["roles"]
    assert (everyone["id"], everyone["name"]) == (guild["id"], "@everyone")
    assert everyone["permissions"] == str(VIEW_CHANNEL)
    assert (elders["name"], elders["color"], elders["position"]) == ("elders", 255, 1)
    hall, room = await channels_of(ann, guild)
    assert room["name"] == "inner-room"
    assert room["parent_id"] == hall["id"]
    assert guild["system_channel_id"] == room["id"]
    assert {entry["id"]: entry["deny"] for entry in room["permission_overwrites"]} == {
        guild["id"]: str(VIEW_CHANNEL),
        elders["id"]: "0",
    }


@pytest.mark.parametrize(
    ("shape", "wrong"),
    [
        ({"name": "x"}, "name"),
        ({"name": "   "}, "name"),
        ({"icon": "data:image/png;base64,AAAA"}, "icon"),
        ({"channels": [{"name": "a", "parent_id": 5}]}, "channels"),
        ({"channels": [{"id": 5, "name": "a"}, {"name": "b", "parent_id": 5}]}, "channels"),
        ({"channels": [{"id": 5, "name": "a"}, {"id": 5, "name": "b"}]}, "channels"),
        (
            {"channels": [{"name": "a", "permission_overwrites": [{"id": 9}]}]},
            "channels",
        ),
        ({"channels": [{"name": "a", "type": 14}]}, "channels"),
        ({"system_channel_id": 5}, "system_channel_id"),
        ({"channels": [{"id": 5, "name": "a"}], "afk_channel_id": 5}, "afk_channel_id"),
    ],
)
async def test_a_guild_is_not_founded_on_what_does_not_fit(
    server: Server, shape: dict[str, object], wrong: str
) -> None:
    ann = await server.person()
    reply = await ann.refused("POST", "/guilds", {"name": "guild", **shape})
    assert reply.code == 50_035
    assert wrong in reply.body["errors"]
    assert await ann.get("/users/@me/guilds") == []


async def test_a_person_is_in_so_many_guilds_and_no_more(server: Server) -> None:
    ann = await server.person()
    for number in range(200):
        await ann.guild(f"guild {number}")
    assert (await ann.refused("POST", "/guilds", {"name": "one more"})).code == 30_001


async def test_a_founders_session_receives_the_new_guild(server: Server) -> None:
    ann = await server.person()
    async with server.gateway(ann) as gateway:
        guild = await ann.guild()
        created = await gateway.expect("GUILD_CREATE", lambda it: it["id"] == guild["id"])
        assert [member["user"]["id"] for member in created.data["members"]] == [ann.id]
        assert len(created.data["channels"]) == 4


async def test_a_guild_is_shown_with_its_counts_when_asked(server: Server) -> None:
    ann = await server.person()
    made = await ann.guild()
    assert await ann.get(f"/guilds/{made['id']}") == made
    async with server.gateway(ann):
        counted = await ann.get(f"/guilds/{made['id']}?with_counts=true")
    assert counted["approximate_member_count"] == 1
    assert counted["approximate_presence_count"] == 1


async def test_a_preview_tells_of_a_guild_in_short(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild("Gardeners")
    preview = await ann.get(f"/guilds/{guild['id']}/preview")
    assert preview["name"] == "Gardeners"
    assert preview["approximate_member_count"] == 1


async def test_voice_has_one_region(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    assert len(await ann.get(f"/guilds/{guild['id']}/regions")) == 1


@pytest.mark.parametrize("path", ["", "/preview", "/regions", "/channels", "/roles"])
async def test_a_stranger_sees_nothing_of_a_guild(server: Server, path: str) -> None:
    ann, eve = await server.person(), await server.person()
    guild = await ann.guild()
    assert (await eve.refused("GET", f"/guilds/{guild['id']}{path}")).code == 50_001
    assert (await eve.refused("GET", f"/guilds/{NOBODY}{path}")).code == 10_004


async def test_a_guild_is_changed_and_everybody_hears_of_it(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        changed = await ann.patch(
            f"/guilds/{guild['id']}",
            {"name": "Farmers", "description": "of the hill", "verification_level": 2},
        )
        heard = await gateway.expect("GUILD_UPDATE")
    assert changed["name"] == "Farmers"
    assert changed["verification_level"] == 2
    assert {field: heard.data[field] for field in changed} == changed
    assert await ann.get(f"/guilds/{guild['id']}") == changed


async def test_null_brings_a_setting_back_to_its_default(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild(verification_level=3, afk_timeout=60)
    shape = {"verification_level": None, "afk_timeout": None, "icon": None}
    changed = await ann.patch(f"/guilds/{guild['id']}", shape)
    assert (changed["verification_level"], changed["afk_timeout"]) == (0, 300)


async def test_flags_without_a_name_are_not_kept(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild("A guild", system_channel_flags=1 << 40 | 1)
    assert guild["system_channel_flags"] == 1
    path = f"/guilds/{guild['id']}"
    changed = await ann.patch(path, {"system_channel_flags": 1 << 50 | 1 << 3})
    assert changed["system_channel_flags"] == 1 << 3


async def test_an_empty_change_is_not_told(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        assert await ann.patch(f"/guilds/{guild['id']}", {"name": guild["name"]}) == guild
        await gateway.quiet("GUILD_UPDATE")


async def test_a_guild_points_only_to_its_own_channels_of_the_right_type(server: Server) -> None:
    ann = await server.person()
    guild, other = await ann.guild(), await ann.guild()
    text, voice = await channel_of(ann, guild, "general"), await channel_of(ann, guild, "General")
    foreign = await channel_of(ann, other, "general")
    path = f"/guilds/{guild['id']}"
    assert (await ann.refused("PATCH", path, {"system_channel_id": foreign})).code == 10_003
    assert (await ann.refused("PATCH", path, {"system_channel_id": voice})).code == 50_024
    assert (await ann.refused("PATCH", path, {"afk_channel_id": text})).code == 50_024
    changed = await ann.patch(path, {"afk_channel_id": voice, "rules_channel_id": text})
    assert (changed["afk_channel_id"], changed["rules_channel_id"]) == (voice, text)
    assert (await ann.patch(path, {"afk_channel_id": None}))["afk_channel_id"] is None


async def test_features_are_switched_only_where_there_is_a_choice(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    path = f"/guilds/{guild['id']}"
    refused = await ann.refused("PATCH", path, {"features": ["VANITY_URL"]})
    assert "features" in refused.body["errors"]
    changed = await ann.patch(path, {"features": ["INVITES_DISABLED"]})
    assert changed["features"] == ["INVITES_DISABLED"]
    assert (await ann.patch(path, {"features": []}))["features"] == []


async def test_a_guild_that_pauses_its_invites_lets_nobody_in(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    path = f"/guilds/{guild['id']}"
    invite = await ann.post(f"/channels/{guild['system_channel_id']}/invites", {})
    await ann.patch(path, {"features": ["INVITES_DISABLED"]})
    assert (await bob.refused("POST", f"/invites/{invite['code']}", {})).status == 403
    await ann.patch(path, {"features": []})
    await bob.post(f"/invites/{invite['code']}", {})


async def test_a_plain_member_cannot_change_a_guild(server: Server) -> None:
    ann, bob, guild = await with_guest(server)
    assert (await bob.refused("PATCH", f"/guilds/{guild['id']}", {"name": "mine"})).code == 50_013
    assert (await ann.get(f"/guilds/{guild['id']}"))["name"] == guild["name"]


async def test_only_the_owner_hands_a_guild_over_and_only_to_a_member(server: Server) -> None:
    ann, bob, eve = [await server.person() for _ in range(3)]
    guild = await ann.guild()
    path = f"/guilds/{guild['id']}"
    await ann.bring(bob, guild["system_channel_id"])
    await ann.patch(f"{path}/roles/{guild['id']}", {"permissions": str(MANAGE_GUILD)})
    assert (await bob.refused("PATCH", path, {"owner_id": bob.id})).code == 50_013
    assert (await ann.refused("PATCH", path, {"owner_id": eve.id})).code == 10_007
    assert (await ann.patch(path, {"owner_id": bob.id}))["owner_id"] == bob.id
    assert (await ann.refused("PATCH", path, {"owner_id": ann.id})).code == 50_013
    assert (await bob.get(path))["owner_id"] == bob.id


async def test_a_guild_is_not_handed_to_a_bot(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    bot = await server.bot(ann, guild["id"])
    reply = await ann.refused("PATCH", f"/guilds/{guild['id']}", {"owner_id": bot.id})
    assert reply.code == 50_132


@pytest.mark.parametrize(("method", "tail"), [("DELETE", ""), ("POST", "/delete")])
async def test_an_owner_dissolves_a_guild(server: Server, method: str, tail: str) -> None:
    ann, bob, guild = await with_guest(server)
    channel_id = guild["system_channel_id"]
    path = f"/guilds/{guild['id']}"
    assert (await bob.refused(method, f"{path}{tail}")).code == 50_001
    async with server.gateway(bob) as gateway:
        reply = await ann.call(method, f"{path}{tail}")
        assert reply.status == 204
        gone = await gateway.expect("GUILD_DELETE")
    assert gone.data == {"id": guild["id"]}
    assert (await ann.refused("GET", path)).code == 10_004
    assert (await ann.refused("GET", f"/channels/{channel_id}")).code == 10_003
    assert await ann.get("/users/@me/guilds") == []


async def channel_of(person: Person, guild: dict[str, Any], name: str) -> str:
    [found] = [it["id"] for it in await channels_of(person, guild) if it["name"] == name]
    return str(found)
