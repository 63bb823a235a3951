"""Emojis of guilds and applications: made, changed, deleted, and what is said with them."""

import asyncio
from typing import Any
from urllib.parse import quote

import pytest

from tests.api import Person
from tests.gateway import ALL_INTENTS
from tests.media.pictures import decoded, travelled
from tests.nouns.artwork import Json, emoji, moving, still, uri
from tests.server import Server

CREATE, MANAGE = str(1 << 43), str(1 << 30)
EXTERNAL, ADD_REACTIONS, VIEW = 1 << 18, 1 << 6, 1 << 10
EXPRESSIONS = 1 << 3


async def company(server: Server, permissions: str = "0") -> tuple[Person, Person, Json, Json]:
    """An owner and a member with a role of these permissions, in a guild with a channel."""
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    await ann.bring(bob, channel["id"])
    body = {"name": "artists", "permissions": permissions}
    role = await ann.post(f"/guilds/{guild['id']}/roles", body)
    await ann.put(f"/guilds/{guild['id']}/members/{bob.id}/roles/{role['id']}")
    return ann, bob, guild, {**channel, "role": role["id"]}


def of(guild: Json, *more: str) -> str:
    return "/".join((f"/guilds/{guild['id']}/emojis", *more))


def reaction(message: Json, emoji: str) -> str:
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/reactions"
    return f"{path}/{quote(emoji)}/@me"


def written(emoji: Json) -> str:
    return f"<{'a' if emoji['animated'] else ''}:{emoji['name']}:{emoji['id']}>"


async def test_a_new_emoji_is_told_listed_and_logged(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        made = await emoji(ann, guild)
        told = await gateway.expect("GUILD_EMOJIS_UPDATE")
    plain = {key: value for key, value in made.items() if key != "user"}
    assert made["user"]["id"] == ann.id
    assert (made["name"], made["animated"], made["available"]) == ("wave", False, True)
    assert told.data == {"guild_id": guild["id"], "emojis": [plain]}
    assert await ann.get(of(guild)) == [made]
    assert await ann.get(of(guild, made["id"])) == made
    assert (await ann.get(f"/guilds/{guild['id']}"))["emojis"] == [plain]
    assert (await ann.get(f"/guilds/{guild['id']}/preview"))["emojis"] == [plain]
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=60")
    [entry] = log["audit_log_entries"]
    assert entry["target_id"] == made["id"]
    assert {"key": "name", "new_value": "wave"} in entry["changes"]


async def test_who_comes_later_finds_the_emojis_of_a_guild(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await emoji(ann, guild)
    async with server.gateway(ann) as gateway:
        [shown] = [event.data for event in gateway.history if event.name == "GUILD_CREATE"]
    assert [one["id"] for one in shown["emojis"]] == [made["id"]]
    assert all("user" not in one for one in shown["emojis"])


async def test_an_emoji_that_moves_is_known_as_one(server: Server) -> None:
    ann = await server.person()
    made = await emoji(ann, await ann.guild(), image=moving())
    assert made["animated"] is True


async def test_nothing_but_the_picture_is_kept(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await emoji(ann, guild, image=uri(travelled(), "image/jpeg"))
    data = (server.data / "files" / "emojis" / made["id"]).read_bytes()
    assert not decoded(data).getexif()
    assert b"Camera of somebody" not in data


@pytest.mark.parametrize("name", ["a", "no spaces", "ünicode", "x" * 33, "semi;colon", ""])
async def test_a_name_stands_between_two_colons(server: Server, name: str) -> None:
    ann = await server.person()
    guild = await ann.guild()
    reply = await ann.refused("POST", of(guild), {"name": name, "image": still()})
    assert (reply.status, reply.code) == (400, 50_035)
    assert "name" in reply.body["errors"]


@pytest.mark.parametrize(
    "image",
    [
        "",
        "no uri",
        "data:image/png;base64,",
        "data:image/png;base64,####",
        uri(b"\x89PNG\r\n\x1a\nbut nothing more"),
        uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        uri(b"<html>", "image/png"),
    ],
)
async def test_what_is_no_image_makes_no_emoji(server: Server, image: str) -> None:
    ann = await server.person()
    guild = await ann.guild()
    reply = await ann.refused("POST", of(guild), {"name": "wave", "image": image})
    assert (reply.status, reply.code) == (400, 50_035)
    assert reply.body["errors"]["image"]["_errors"][0]["code"] == "IMAGE_INVALID"
    assert await ann.get(of(guild)) == []


async def test_an_image_has_a_largest_size(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    image = uri(b"\x89PNG" + b"\0" * 262_144)
    reply = await ann.refused("POST", of(guild), {"name": "wave", "image": image})
    assert reply.body["errors"]["image"]["_errors"][0]["code"] == "BINARY_TYPE_MAX_SIZE"


async def test_a_guild_has_room_for_so_many_of_each_kind(cramped_server: Server) -> None:
    ann = await cramped_server.person()
    guild = await ann.guild()
    await emoji(ann, guild, "one")
    await emoji(ann, guild, "two", image=moving())
    still_one = await ann.refused("POST", of(guild), {"name": "three", "image": still()})
    moving_one = await ann.refused("POST", of(guild), {"name": "three", "image": moving()})
    assert (still_one.status, still_one.code) == (400, 30_008)
    assert (moving_one.status, moving_one.code) == (400, 30_018)


async def test_the_last_place_is_given_away_once(cramped_server: Server) -> None:
    ann = await cramped_server.person()
    guild = await ann.guild()
    bot = await cramped_server.bot(ann, guild["id"])
    image = still()
    for person, path in ((ann, of(guild)), (bot, owned(bot))):
        tries = (
            person.call("POST", path, {"name": f"wave{number}", "image": image})
            for number in range(4)
        )
        replies = await asyncio.gather(*tries)
        assert sorted(reply.status for reply in replies) == [201, 400, 400, 400]
        assert {reply.code for reply in replies if reply.status == 400} == {30_008}


async def test_who_may_not_make_emojis_makes_none(server: Server) -> None:
    ann, bob, guild, _ = await company(server)
    made = await emoji(ann, guild)
    body = {"name": "wave", "image": still()}
    assert (await bob.refused("POST", of(guild), body)).code == 50_013
    assert (await bob.refused("PATCH", of(guild, made["id"]), {"name": "mine"})).code == 50_013
    assert (await bob.refused("DELETE", of(guild, made["id"]))).code == 50_013
    assert "user" not in (await bob.get(of(guild)))[0]
    assert "user" not in await bob.get(of(guild, made["id"]))


async def test_who_makes_an_emoji_may_change_that_one(server: Server) -> None:
    ann, bob, guild, _ = await company(server, CREATE)
    theirs = await emoji(ann, guild, "theirs")
    own = await emoji(bob, guild, "own")
    assert (await bob.patch(of(guild, own["id"]), {"name": "better"}))["name"] == "better"
    assert (await bob.refused("PATCH", of(guild, theirs["id"]), {"name": "x1"})).code == 50_013
    assert (await bob.refused("DELETE", of(guild, theirs["id"]))).code == 50_013
    assert [one["user"]["id"] for one in await bob.get(of(guild))] == [ann.id, bob.id]
    assert (await bob.get(of(guild, own["id"])))["user"]["id"] == bob.id
    assert "user" not in await bob.get(of(guild, theirs["id"]))
    await bob.delete(of(guild, own["id"]))


async def test_who_manages_emojis_changes_those_of_others_but_makes_none(server: Server) -> None:
    ann, bob, guild, _ = await company(server, MANAGE)
    theirs = await emoji(ann, guild)
    assert (await bob.patch(of(guild, theirs["id"]), {"name": "ours"}))["name"] == "ours"
    assert (await bob.get(of(guild, theirs["id"])))["user"]["id"] == ann.id
    reply = await bob.refused("POST", of(guild), {"name": "wave", "image": still()})
    assert reply.code == 50_013
    await bob.delete(of(guild, theirs["id"]))
    assert await bob.get(of(guild)) == []


async def test_a_change_is_told_and_logged_with_what_was(server: Server) -> None:
    ann, _, guild, channel = await company(server)
    made = await emoji(ann, guild)
    async with server.gateway(ann) as gateway:
        body = {"name": "hello", "roles": [channel["role"], None, guild["id"]]}
        changed = await ann.patch(of(guild, made["id"]), body)
        told = await gateway.expect("GUILD_EMOJIS_UPDATE")
        assert await ann.patch(of(guild, made["id"]), {}) == changed
        await ann.patch(f"/guilds/{guild['id']}", {"name": "Another"})
        updated = await gateway.expect("GUILD_UPDATE")
        assert "GUILD_EMOJIS_UPDATE" not in [it.name for it in gateway.history[-3:-1]]
    assert (changed["name"], changed["roles"]) == ("hello", [channel["role"]])
    assert told.data["emojis"] == [changed]
    assert updated.data["emojis"] == [changed]
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=61")
    [entry] = log["audit_log_entries"]
    assert {"key": "name", "old_value": "wave", "new_value": "hello"} in entry["changes"]


async def test_a_role_that_is_not_there_may_use_nothing(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    body = {"name": "wave", "image": still(), "roles": ["123456789012345678"]}
    reply = await ann.refused("POST", of(guild), body)
    assert reply.body["errors"]["roles"]["0"]["_errors"][0]["code"] == "ROLE_INVALID"


async def test_a_deleted_emoji_is_gone_and_leaves_its_sounds_alone(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made, kept = await emoji(ann, guild), await emoji(ann, guild, "kept")
    async with server.gateway(ann) as gateway:
        await ann.delete(of(guild, made["id"]))
        told = await gateway.expect("GUILD_EMOJIS_UPDATE")
    assert [one["id"] for one in told.data["emojis"]] == [kept["id"]]
    reply = await ann.refused("GET", of(guild, made["id"]))
    assert (reply.status, reply.code) == (404, 10_014)
    assert (await ann.refused("DELETE", of(guild, made["id"]))).code == 10_014


async def test_an_emoji_of_another_guild_is_unknown_here(server: Server) -> None:
    ann = await server.person()
    here, there = await ann.guild(), await ann.guild()
    made = await emoji(ann, there)
    for method in ("GET", "PATCH", "DELETE"):
        reply = await ann.refused(method, of(here, made["id"]), {} if method == "PATCH" else None)
        assert (reply.status, reply.code) == (404, 10_014)


async def test_the_emojis_of_a_guild_are_its_members_affair(server: Server) -> None:
    ann, zed = await server.person(), await server.person()
    guild = await ann.guild()
    made = await emoji(ann, guild)
    assert (await zed.refused("GET", of(guild))).code == 50_001
    assert (await zed.refused("GET", of(guild, made["id"]))).code == 50_001


# Saying things with them


async def test_people_react_with_the_emojis_of_their_guild(server: Server) -> None:
    ann, bob, guild, channel = await company(server)
    made = await emoji(ann, guild, image=moving())
    message = await ann.say(channel["id"], "hello")
    async with server.gateway(ann) as gateway:
        await bob.put(reaction(message, f"wave:{made['id']}"))
        told = await gateway.expect("MESSAGE_REACTION_ADD")
        await ann.put(reaction(message, f"a:other_name:{made['id']}"))
        await ann.delete(reaction(message, f"wave:{made['id']}"))
        removed = await gateway.expect("MESSAGE_REACTION_REMOVE")
    shown = {"id": made["id"], "name": "wave", "animated": True}
    assert told.data["emoji"] == shown
    assert removed.data["emoji"] == shown
    seen = await ann.get(f"/channels/{channel['id']}/messages/{message['id']}")
    [one] = seen["reactions"]
    assert (one["emoji"], one["count"], one["me"]) == (shown, 1, False)
    path = f"/channels/{channel['id']}/messages/{message['id']}/reactions"
    assert [it["id"] for it in await ann.get(f"{path}/wave:{made['id']}")] == [bob.id]


async def test_of_a_reaction_whose_emoji_is_gone_the_id_is_left(server: Server) -> None:
    ann, bob, guild, channel = await company(server)
    made = await emoji(ann, guild)
    message = await ann.say(channel["id"], "hello")
    await ann.put(reaction(message, f"wave:{made['id']}"))
    await ann.delete(of(guild, made["id"]))
    seen = await ann.get(f"/channels/{channel['id']}/messages/{message['id']}")
    assert seen["reactions"][0]["emoji"] == {"id": made["id"], "name": None}
    await bob.put(reaction(message, f"wave:{made['id']}"))
    path = f"/channels/{channel['id']}/messages/{message['id']}/reactions"
    async with server.gateway(ann) as gateway:
        await ann.delete(f"{path}/wave:{made['id']}")
        told = await gateway.expect("MESSAGE_REACTION_REMOVE_EMOJI")
    assert told.data["emoji"] == {"id": made["id"], "name": None}


@pytest.mark.parametrize("wanted", ["wave:123456789012345678", "wave:0", "123456789012345678"])
async def test_nobody_reacts_with_an_emoji_there_is_not(server: Server, wanted: str) -> None:
    ann, _, _, channel = await company(server)
    message = await ann.say(channel["id"], "hello")
    reply = await ann.refused("PUT", reaction(message, wanted))
    assert (reply.status, reply.code) == (400, 10_014)


async def test_emojis_of_other_guilds_need_membership_there_and_a_permission_here(
    server: Server,
) -> None:
    ann, bob, guild, channel = await company(server)
    elsewhere = await ann.guild("Elsewhere")
    made = await emoji(ann, elsewhere)
    message = await ann.say(channel["id"], f"see {written(made)}")
    assert message["content"] == f"see {written(made)}"
    spelled = f"wave:{made['id']}"
    assert (await bob.refused("PUT", reaction(message, spelled))).code == 10_014
    said = await bob.say(channel["id"], f"see {written(made)} <a:gone:1234567890123456>")
    assert said["content"] == "see :wave: :gone:"
    there = await ann.channel(elsewhere["id"])
    await ann.bring(bob, there["id"])
    said = await bob.say(channel["id"], f"see {written(made)}")
    assert said["content"] == f"see {written(made)}"
    deny = {"type": 0, "allow": "0", "deny": str(EXTERNAL)}
    await ann.put(f"/channels/{channel['id']}/permissions/{guild['id']}", deny)
    assert (await bob.refused("PUT", reaction(message, spelled))).code == 50_013
    said = await bob.say(channel["id"], f"see {written(made)}")
    assert said["content"] == "see :wave:"
    path = f"/channels/{channel['id']}/messages/{said['id']}"
    edited = await bob.patch(path, {"content": f"now {written(made)}"})
    assert edited["content"] == "now :wave:"
    await ann.put(reaction(message, spelled))
    await bob.put(reaction(message, spelled))


async def test_an_emoji_of_some_roles_is_nobody_elses(server: Server) -> None:
    ann, bob, guild, channel = await company(server)
    made = await emoji(ann, guild, roles=[channel["role"]])
    message = await ann.say(channel["id"], "hello")
    await bob.put(reaction(message, f"wave:{made['id']}"))
    assert (await bob.say(channel["id"], written(made)))["content"] == written(made)
    other = await ann.say(channel["id"], "and again")
    reply = await ann.refused("PUT", reaction(other, f"wave:{made['id']}"))
    assert (reply.status, reply.code) == (400, 10_014)
    assert (await ann.say(channel["id"], written(made)))["content"] == ":wave:"


async def test_emojis_may_be_brought_along_into_private_channels(server: Server) -> None:
    ann, bob, guild, _ = await company(server)
    made = await emoji(ann, guild)
    private = await ann.post("/users/@me/channels", {"recipient_id": bob.id})
    message = await ann.say(private["id"], written(made))
    assert message["content"] == written(made)
    await ann.put(reaction(message, f"wave:{made['id']}"))


async def test_without_the_intent_a_bot_hears_of_no_emojis(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    bot = await server.bot(ann, guild["id"])
    async with (
        server.gateway(bot, intents=1) as deaf,
        server.gateway(bot, intents=1 | EXPRESSIONS) as listener,
    ):
        await emoji(ann, guild)
        await ann.patch(f"/guilds/{guild['id']}", {"name": "Another"})
        await listener.expect("GUILD_EMOJIS_UPDATE")
        await deaf.expect("GUILD_UPDATE")
        assert "GUILD_EMOJIS_UPDATE" not in {event.name for event in deaf.history}
    assert ALL_INTENTS & EXPRESSIONS


async def test_an_emoji_is_fetched_in_the_form_that_is_asked_for(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    one, other = await emoji(ann, guild), await emoji(ann, guild, image=moving())
    address = f"{server.url}/cdn/emojis"
    async with server.http.get(f"{address}/{one['id']}.webp?size=16") as answer:
        assert answer.headers["Content-Type"] == "image/webp"
        assert max(decoded(await answer.read()).size) <= 16
    async with server.http.get(f"{address}/{other['id']}.gif") as answer:
        assert getattr(decoded(await answer.read()), "is_animated", False)


# Of applications


async def machine(server: Server) -> tuple[Person, Person, Json]:
    ann = await server.person()
    guild = await ann.guild()
    return ann, await server.bot(ann, guild["id"]), guild


def owned(bot: Person, *more: str) -> str:
    return "/".join((f"/applications/{bot.id}/emojis", *more))


async def test_an_application_has_emojis_of_its_own(server: Server) -> None:
    ann, bot, _ = await machine(server)
    made = await bot.post(owned(bot), {"name": "spark", "image": still()})
    by_hand = await ann.post(owned(bot), {"name": "glow", "image": moving()})
    assert (made["user"]["id"], by_hand["user"]["id"]) == (bot.id, ann.id)
    assert await bot.get(owned(bot)) == {"items": [made, by_hand]}
    assert await ann.get(owned(bot, made["id"])) == made
    renamed = await bot.patch(owned(bot, made["id"]), {"name": "flash"})
    assert renamed == {**made, "name": "flash"}
    await bot.delete(owned(bot, made["id"]))
    assert (await bot.refused("GET", owned(bot, made["id"]))).code == 10_014
    assert (await bot.refused("DELETE", owned(bot, made["id"]))).code == 10_014
    assert (await bot.refused("PATCH", owned(bot, made["id"]), {"name": "xx"})).code == 10_014


async def test_each_emoji_of_an_application_has_its_own_name(server: Server) -> None:
    _, bot, _ = await machine(server)
    await bot.post(owned(bot), {"name": "spark", "image": still()})
    other = await bot.post(owned(bot), {"name": "glow", "image": still()})
    body = {"name": "spark", "image": still()}
    for reply in (
        await bot.refused("POST", owned(bot), body),
        await bot.refused("PATCH", owned(bot, other["id"]), {"name": "spark"}),
    ):
        [error] = reply.body["errors"]["name"]["_errors"]
        assert error["code"] == "APPLICATION_EMOJI_NAME_ALREADY_TAKEN"
    assert (await bot.patch(owned(bot, other["id"]), {"name": "glow"}))["name"] == "glow"


async def test_an_application_has_room_for_so_many(cramped_server: Server) -> None:
    _, bot, _ = await machine(cramped_server)
    await bot.post(owned(bot), {"name": "spark", "image": still()})
    reply = await bot.refused("POST", owned(bot), {"name": "glow", "image": still()})
    assert (reply.status, reply.code) == (400, 30_008)


async def test_an_applications_emojis_are_its_owners_affair(server: Server) -> None:
    ann, bot, _ = await machine(server)
    made = await bot.post(owned(bot), {"name": "spark", "image": still()})
    zed = await server.person()
    other = await server.bot(zed, (await zed.guild())["id"])
    for stranger in (zed, other):
        for method, path, body in (
            ("GET", owned(bot), None),
            ("POST", owned(bot), {"name": "mine", "image": still()}),
            ("GET", owned(bot, made["id"]), None),
            ("PATCH", owned(bot, made["id"]), {"name": "mine"}),
            ("DELETE", owned(bot, made["id"]), None),
        ):
            assert (await stranger.refused(method, path, body)).code == 20_012
    assert (await ann.get(owned(bot)))["items"] == [made]


async def test_only_the_bot_says_things_with_them_and_needs_no_permission(server: Server) -> None:
    ann, bot, guild = await machine(server)
    channel = await ann.channel(guild["id"])
    deny = {"type": 0, "allow": "0", "deny": str(EXTERNAL)}
    await ann.put(f"/channels/{channel['id']}/permissions/{guild['id']}", deny)
    made = await bot.post(owned(bot), {"name": "spark", "image": still()})
    said = await bot.say(channel["id"], written(made))
    assert said["content"] == written(made)
    assert (await ann.say(channel["id"], written(made)))["content"] == ":spark:"
    assert (await ann.refused("PUT", reaction(said, f"spark:{made['id']}"))).code == 10_014
    await bot.put(reaction(said, f"spark:{made['id']}"))
    await ann.put(reaction(said, f"spark:{made['id']}"))
    seen = await ann.get(f"/channels/{channel['id']}/messages/{said['id']}")
    reacted: dict[str, Any] = seen["reactions"][0]
    assert (reacted["emoji"]["name"], reacted["count"]) == ("spark", 2)
