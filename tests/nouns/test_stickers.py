"""Stickers of guilds: made of a file, changed, deleted, and sent with messages."""

from typing import Any

import aiohttp
import pytest

from tests.api import Person
from tests.media.pictures import decoded, encoded, film, picture
from tests.nouns.artwork import Json, lottie, sticker, sticker_form
from tests.server import Server

CREATE, MANAGE = str(1 << 43), str(1 << 30)
EXTERNAL = 1 << 37
PNG, APNG, LOTTIE, GIF = 1, 2, 3, 4


async def company(server: Server, permissions: str = "0") -> tuple[Person, Person, Json, Json]:
    """An owner and a member with a role of these permissions, in a guild with a channel."""
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    await ann.bring(bob, channel["id"])
    body = {"name": "artists", "permissions": permissions}
    role = await ann.post(f"/guilds/{guild['id']}/roles", body)
    await ann.put(f"/guilds/{guild['id']}/members/{bob.id}/roles/{role['id']}")
    return ann, bob, guild, channel


def of(guild: Json, *more: str) -> str:
    return "/".join((f"/guilds/{guild['id']}/stickers", *more))


async def test_a_new_sticker_is_told_listed_and_logged(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        made = await sticker(ann, guild)
        told = await gateway.expect("GUILD_STICKERS_UPDATE")
    plain = {key: value for key, value in made.items() if key != "user"}
    assert told.data == {"guild_id": guild["id"], "stickers": [plain]}
    assert made["user"]["id"] == ann.id
    assert (made["name"], made["tags"], made["description"]) == ("wave", "hello", "Somebody waves")
    assert (made["type"], made["format_type"], made["available"]) == (2, PNG, True)
    assert await ann.get(of(guild)) == [made]
    assert await ann.get(of(guild, made["id"])) == made
    assert await ann.get(f"/stickers/{made['id']}") == plain
    assert (await ann.get(f"/guilds/{guild['id']}"))["stickers"] == [plain]
    assert (await ann.get(f"/guilds/{guild['id']}/preview"))["stickers"] == [plain]
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=90")
    [entry] = log["audit_log_entries"]
    assert {"key": "name", "new_value": "wave"} in entry["changes"]


async def test_who_comes_later_finds_the_stickers_of_a_guild(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await sticker(ann, guild)
    async with server.gateway(ann) as gateway:
        [shown] = [event.data for event in gateway.history if event.name == "GUILD_CREATE"]
    assert [one["id"] for one in shown["stickers"]] == [made["id"]]
    assert all("user" not in one for one in shown["stickers"])


@pytest.mark.parametrize(
    ("data", "format_type"),
    [
        (encoded(picture(320, 320), "PNG"), PNG),
        (film("PNG", size=(320, 320)), APNG),
        (film("GIF", size=(320, 320)), GIF),
        (lottie(), LOTTIE),
        (lottie(assets=[{"id": "one", "layers": []}]), LOTTIE),
    ],
)
async def test_a_sticker_is_of_one_of_four_kinds(
    server: Server, data: bytes, format_type: int
) -> None:
    ann = await server.person()
    made = await sticker(ann, await ann.guild(), data)
    assert made["format_type"] == format_type


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", 50_035),
        (b"GIF89a and nothing more", 50_035),
        (encoded(picture(320, 320), "JPEG"), 50_035),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 50_035),
        (encoded(picture(321, 320), "PNG"), 50_046),
        (b'{"v": 1}', 170_001),
        (b'{"v": ' * 5000, 170_001),
        (lottie(op=-1), 170_001),
        (lottie(assets=[{"id": "one", "p": "data:image/png;base64,"}]), 170_002),
        (lottie(fr=200, op=1001), 170_004),
        (lottie(w=512, h=512), 170_005),
        (lottie(fr=0.5), 170_006),
        (lottie(op=151), 170_007),
    ],
)
async def test_what_is_no_sticker_is_refused(server: Server, data: bytes, code: int) -> None:
    ann = await server.person()
    guild = await ann.guild()
    reply = await ann.refused("POST", of(guild), sticker_form(data))
    assert (reply.status, reply.code) == (400, code)
    assert await ann.get(of(guild)) == []


async def test_a_file_has_a_largest_size(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    reply = await ann.refused("POST", of(guild), sticker_form(b"\x89PNG" + b"\0" * 524_288))
    [error] = reply.body["errors"]["file"]["_errors"]
    assert error["code"] == "BINARY_TYPE_MAX_SIZE"


async def test_a_form_without_a_file_or_a_name_is_refused_at_the_field(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    no_file = aiohttp.FormData({"name": "wave", "tags": "hello"}, default_to_multipart=True)
    reply = await ann.refused("POST", of(guild), no_file)
    assert reply.body["errors"].keys() == {"file"}
    reply = await ann.refused("POST", of(guild), {"name": "wave", "tags": "hello"})
    assert reply.body["errors"].keys() == {"file"}
    for field in ({"name": "x"}, {"tags": ""}, {"description": "x" * 101}):
        reply = await ann.refused("POST", of(guild), sticker_form(**field))
        assert reply.body["errors"].keys() == field.keys()


async def test_a_guild_has_room_for_so_many_stickers(cramped_server: Server) -> None:
    ann = await cramped_server.person()
    guild = await ann.guild()
    await sticker(ann, guild)
    reply = await ann.refused("POST", of(guild), sticker_form())
    assert (reply.status, reply.code) == (400, 30_039)


async def test_a_change_is_told_and_logged_with_what_was(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await sticker(ann, guild)
    async with server.gateway(ann) as gateway:
        body = {"name": "greeting", "description": None, "tags": "hi"}
        changed = await ann.patch(of(guild, made["id"]), body)
        told = await gateway.expect("GUILD_STICKERS_UPDATE")
    assert told.data["stickers"] == [changed]
    assert (changed["name"], changed["description"], changed["tags"]) == ("greeting", None, "hi")
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=91")
    [entry] = log["audit_log_entries"]
    assert {"key": "name", "old_value": "wave", "new_value": "greeting"} in entry["changes"]
    assert {"key": "description", "old_value": "Somebody waves"} in entry["changes"]


async def test_a_deleted_sticker_is_gone_but_for_where_it_was_sent(server: Server) -> None:
    ann, bob, guild, channel = await company(server)
    made = await sticker(ann, guild)
    said = await ann.say(channel["id"], "", sticker_ids=[made["id"]])
    async with server.gateway(ann) as gateway:
        await ann.delete(of(guild, made["id"]))
        told = await gateway.expect("GUILD_STICKERS_UPDATE")
    assert told.data["stickers"] == []
    for method, path in (
        ("GET", of(guild, made["id"])),
        ("DELETE", of(guild, made["id"])),
        ("GET", f"/stickers/{made['id']}"),
    ):
        reply = await ann.refused(method, path)
        assert (reply.status, reply.code) == (404, 10_060)
    assert (await ann.refused("PATCH", of(guild, made["id"]), {})).code == 10_060
    seen = await bob.get(f"/channels/{channel['id']}/messages/{said['id']}")
    assert [item["id"] for item in seen["sticker_items"]] == [made["id"]]


async def test_who_may_not_make_stickers_makes_none(server: Server) -> None:
    ann, bob, guild, _ = await company(server)
    made = await sticker(ann, guild)
    assert (await bob.refused("POST", of(guild), sticker_form())).code == 50_013
    assert (await bob.refused("PATCH", of(guild, made["id"]), {"name": "mine"})).code == 50_013
    assert (await bob.refused("DELETE", of(guild, made["id"]))).code == 50_013
    assert "user" not in (await bob.get(of(guild)))[0]
    assert "user" not in await bob.get(of(guild, made["id"]))


async def test_who_makes_a_sticker_may_change_that_one(server: Server) -> None:
    ann, bob, guild, _ = await company(server, CREATE)
    theirs, own = await sticker(ann, guild), await sticker(bob, guild)
    assert (await bob.patch(of(guild, own["id"]), {"name": "better"}))["name"] == "better"
    assert (await bob.refused("DELETE", of(guild, theirs["id"]))).code == 50_013
    assert [one["user"]["id"] for one in await bob.get(of(guild))] == [ann.id, bob.id]
    await bob.delete(of(guild, own["id"]))


async def test_who_manages_stickers_changes_those_of_others(server: Server) -> None:
    ann, bob, guild, _ = await company(server, MANAGE)
    theirs = await sticker(ann, guild)
    await bob.patch(of(guild, theirs["id"]), {"name": "ours"})
    assert (await bob.refused("POST", of(guild), sticker_form())).code == 50_013
    await bob.delete(of(guild, theirs["id"]))


async def test_there_are_no_packs(server: Server) -> None:
    ann = await server.person()
    assert await ann.get("/sticker-packs") == {"sticker_packs": []}
    reply = await ann.refused("GET", "/sticker-packs/123456789012345678")
    assert (reply.status, reply.code) == (404, 10_061)


async def test_a_sticker_is_fetched_as_it_is(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    drawn, written = await sticker(ann, guild), await sticker(ann, guild, lottie())
    async with server.http.get(f"{server.url}/cdn/stickers/{drawn['id']}.png") as answer:
        assert answer.headers["Content-Type"] == "image/png"
        assert decoded(await answer.read()).size == (320, 320)
    async with server.http.get(f"{server.url}/cdn/stickers/{written['id']}.json") as answer:
        assert (await answer.json())["w"] == 320


# Saying things with them


def item(made: Json) -> Json:
    return {"id": made["id"], "name": made["name"], "format_type": made["format_type"]}


async def test_a_message_may_be_a_sticker_alone(server: Server) -> None:
    ann, bob, guild, channel = await company(server)
    made, other = await sticker(ann, guild), await sticker(ann, guild, name="other")
    async with server.gateway(ann) as gateway:
        said = await bob.say(channel["id"], "", sticker_ids=[made["id"], other["id"], made["id"]])
        told = await gateway.expect("MESSAGE_CREATE")
    shown = [item(made), item(other)]
    assert said["sticker_items"] == told.data["sticker_items"] == shown
    [read] = await ann.get(f"/channels/{channel['id']}/messages")
    assert read["sticker_items"] == shown
    path = f"/channels/{channel['id']}/messages/{said['id']}"
    edited = await bob.patch(path, {"content": "and words"})
    assert edited["sticker_items"] == shown
    assert (await bob.patch(path, {"content": ""}))["content"] == ""
    answered = await ann.say(channel["id"], "nice", message_reference={"message_id": said["id"]})
    assert answered["referenced_message"]["sticker_items"] == shown


async def test_a_forward_carries_its_stickers_along(server: Server) -> None:
    ann, _, guild, channel = await company(server)
    made = await sticker(ann, guild)
    said = await ann.say(channel["id"], "", sticker_ids=[made["id"]])
    elsewhere = await ann.channel(guild["id"], "elsewhere")
    reference = {"type": 1, "channel_id": channel["id"], "message_id": said["id"]}
    await ann.say(elsewhere["id"], "", message_reference=reference)
    [read] = await ann.get(f"/channels/{elsewhere['id']}/messages")
    assert read["message_snapshots"][0]["message"]["sticker_items"] == [item(made)]
    both = {"message_reference": reference, "sticker_ids": [made["id"]]}
    reply = await ann.refused("POST", f"/channels/{elsewhere['id']}/messages", both)
    assert reply.body["errors"].keys() == {"sticker_ids"}


async def test_at_most_three_stickers_and_only_those_there_are(server: Server) -> None:
    ann, _, guild, channel = await company(server)
    made = await sticker(ann, guild)
    path = f"/channels/{channel['id']}/messages"

    async def refused(*ids: str) -> Any:
        return await ann.refused("POST", path, {"sticker_ids": list(ids)})

    unknown = await refused("123456789012345678")
    assert (unknown.status, unknown.code) == (400, 50_081)
    assert (await refused(made["id"], "1")).code == 50_081
    assert (await refused("1", "2", "3", "4")).code == 50_035
    assert (await refused()).code == 50_006


async def test_stickers_of_other_guilds_need_membership_there_and_a_permission_here(
    server: Server,
) -> None:
    ann, bob, guild, channel = await company(server)
    elsewhere = await ann.guild("Elsewhere")
    made = await sticker(ann, elsewhere)
    body = {"sticker_ids": [made["id"]]}
    path = f"/channels/{channel['id']}/messages"
    assert (await ann.post(path, body))["sticker_items"] == [item(made)]
    reply = await bob.refused("POST", path, body)
    assert (reply.status, reply.code) == (403, 50_600)
    await ann.bring(bob, (await ann.channel(elsewhere["id"]))["id"])
    assert (await bob.post(path, body))["sticker_items"] == [item(made)]
    deny = {"type": 0, "allow": "0", "deny": str(EXTERNAL)}
    await ann.put(f"/channels/{channel['id']}/permissions/{guild['id']}", deny)
    assert (await bob.refused("POST", path, body)).code == 50_600
    private = await ann.post("/users/@me/channels", {"recipient_id": bob.id})
    assert (await bob.post(f"/channels/{private['id']}/messages", body))["sticker_items"]


async def test_a_follower_of_a_channel_gets_its_stickers_too(server: Server) -> None:
    ann, _, guild, channel = await company(server)
    made = await sticker(ann, guild)
    news = await ann.channel(guild["id"], "news", type=5)
    await ann.post(f"/channels/{news['id']}/followers", {"webhook_channel_id": channel["id"]})
    said = await ann.say(news["id"], "hear, hear", sticker_ids=[made["id"]])
    async with server.gateway(ann) as gateway:
        await ann.post(f"/channels/{news['id']}/messages/{said['id']}/crosspost")
        told = await gateway.expect(
            "MESSAGE_CREATE", lambda data: data["channel_id"] == channel["id"]
        )
    assert told.data["sticker_items"] == [item(made)]
