"""The soundboard: sounds made, changed, deleted, asked for on the gateway; and not yet played."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from rift.core.sounds import lasting
from tests.api import Person
from tests.nouns.artwork import Json, emoji, mp3, ogg, sound, tone, uri
from tests.server import Server

CREATE, MANAGE = str(1 << 43), str(1 << 30)
EXTERNAL_SOUNDS, SOUNDBOARD, SPEAK = 1 << 45, 1 << 42, 1 << 21


def of(guild: Json, *more: str) -> str:
    return "/".join((f"/guilds/{guild['id']}/soundboard-sounds", *more))


async def company(server: Server, permissions: str = "0") -> tuple[Person, Person, Json]:
    """An owner and a member with a role of these permissions."""
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    await ann.bring(bob, channel["id"])
    body = {"name": "noisy", "permissions": permissions}
    role = await ann.post(f"/guilds/{guild['id']}/roles", body)
    await ann.put(f"/guilds/{guild['id']}/members/{bob.id}/roles/{role['id']}")
    return ann, bob, guild


async def test_there_are_no_sounds_that_every_guild_has(server: Server) -> None:
    ann = await server.person()
    assert await ann.get("/soundboard-default-sounds") == []


async def test_a_new_sound_is_told_listed_and_logged(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        made = await sound(ann, guild, volume=0.5, emoji_name="🦊")
        told = await gateway.expect("GUILD_SOUNDBOARD_SOUND_CREATE")
    plain = {key: value for key, value in made.items() if key != "user"}
    assert told.data == plain
    assert made["user"]["id"] == ann.id
    assert (made["volume"], made["emoji_id"], made["emoji_name"]) == (0.5, None, "🦊")
    assert await ann.get(of(guild)) == {"items": [made]}
    assert await ann.get(of(guild, made["sound_id"])) == made
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=130")
    [entry] = log["audit_log_entries"]
    assert entry["target_id"] == made["sound_id"]
    assert {"key": "name", "new_value": "hum"} in entry["changes"]


async def test_who_comes_later_finds_the_sounds_or_asks_for_them(server: Server) -> None:
    ann, zed = await server.person(), await server.person()
    guild, foreign = await ann.guild(), await zed.guild()
    made = await sound(ann, guild)
    await sound(zed, foreign)
    plain = {key: value for key, value in made.items() if key != "user"}
    async with server.gateway(ann) as gateway:
        [shown] = [event.data for event in gateway.history if event.name == "GUILD_CREATE"]
        await gateway.send(31, {"guild_ids": [guild["id"], foreign["id"], "1"]})
        told = await gateway.expect("SOUNDBOARD_SOUNDS")
        await gateway.send(31, {"guild_ids": [foreign["id"]]})
        await gateway.send(1, None)
        await gateway.heard(11)
        answers = [event for event in gateway.history if event.name == "SOUNDBOARD_SOUNDS"]
    assert shown["soundboard_sounds"] == [plain]
    assert told.data == {"guild_id": guild["id"], "soundboard_sounds": [plain]}
    assert len(answers) == 1


async def test_a_sound_is_fetched_as_it_is(server: Server) -> None:
    ann = await server.person()
    made = await sound(ann, await ann.guild())
    async with server.http.get(f"{server.url}/cdn/soundboard-sounds/{made['sound_id']}") as answer:
        assert answer.headers["Content-Type"] == "audio/ogg"
        assert (await answer.read()).startswith(b"OggS")


async def test_mp3s_lose_what_is_written_around_them(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await sound(ann, guild, sound=mp3())
    data = (server.data / "files" / "sounds" / made["sound_id"]).read_bytes()
    assert data[:2] == b"\xff\xfb"
    assert b"Who made it" not in data


@pytest.mark.parametrize("kind", [mp3, ogg])
async def test_a_sound_is_not_for_long(server: Server, kind: Callable[[float], str]) -> None:
    ann = await server.person()
    guild = await ann.guild()
    await ann.post(of(guild), {"name": "just right", "sound": kind(5.1)})
    reply = await ann.refused("POST", of(guild), {"name": "too long", "sound": kind(5.4)})
    [error] = reply.body["errors"]["sound"]["_errors"]
    assert (reply.status, error["code"]) == (400, "SOUNDBOARD_SOUND_TOO_LONG")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"OggS",
        b"ID3\x04\0\0\0\0\0\0",
        b"\xff\xfb",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"OggS" + b"\0" * 40,
    ],
)
async def test_what_is_no_sound_makes_none(server: Server, data: bytes) -> None:
    ann = await server.person()
    guild = await ann.guild()
    reply = await ann.refused("POST", of(guild), {"name": "hum", "sound": uri(data, "audio/ogg")})
    assert (reply.status, reply.code) == (400, 50_035)
    assert "sound" in reply.body["errors"]
    assert (await ann.get(of(guild)))["items"] == []


async def test_a_sound_has_a_largest_size(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    body = {"name": "hum", "sound": uri(b"OggS" + b"\0" * 524_288, "audio/ogg")}
    reply = await ann.refused("POST", of(guild), body)
    [error] = reply.body["errors"]["sound"]["_errors"]
    assert error["code"] == "BINARY_TYPE_MAX_SIZE"


async def test_a_guild_has_room_for_so_many_sounds(cramped_server: Server) -> None:
    ann = await cramped_server.person()
    guild = await ann.guild()
    await sound(ann, guild)
    reply = await ann.refused("POST", of(guild), {"name": "more", "sound": ogg()})
    assert (reply.status, reply.code) == (400, 30_045)


async def test_a_sound_has_one_emoji_and_one_there_is(server: Server) -> None:
    ann = await server.person()
    guild, elsewhere = await ann.guild(), await ann.guild()
    own, foreign = await emoji(ann, guild), await emoji(ann, elsewhere)
    body = {"name": "hum", "sound": ogg()}
    both = {"emoji_id": own["id"], "emoji_name": "🦊"}
    assert (await ann.refused("POST", of(guild), {**body, **both})).code == 50_035
    for wrong in ({"emoji_id": foreign["id"]}, {"emoji_name": "fox"}, {"emoji_name": "a:1:22"}):
        assert (await ann.refused("POST", of(guild), {**body, **wrong})).code == 10_014
    made = await sound(ann, guild, emoji_id=own["id"])
    assert (made["emoji_id"], made["emoji_name"]) == (own["id"], None)


async def test_a_change_is_told_and_logged_with_what_was(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await sound(ann, guild, emoji_name="🦊")
    async with server.gateway(ann) as gateway:
        body = {"name": "louder", "volume": None, "emoji_name": None}
        changed = await ann.patch(of(guild, made["sound_id"]), body)
        told = await gateway.expect("GUILD_SOUNDBOARD_SOUND_UPDATE")
    assert told.data == changed
    assert (changed["name"], changed["volume"], changed["emoji_name"]) == ("louder", 1, None)
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=131")
    [entry] = log["audit_log_entries"]
    assert {"key": "name", "old_value": "hum", "new_value": "louder"} in entry["changes"]


async def test_a_deleted_sound_is_gone(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    made = await sound(ann, guild)
    async with server.gateway(ann) as gateway:
        await ann.delete(of(guild, made["sound_id"]))
        told = await gateway.expect("GUILD_SOUNDBOARD_SOUND_DELETE")
    assert told.data == {"guild_id": guild["id"], "sound_id": made["sound_id"]}
    for method, body in (("GET", None), ("PATCH", {}), ("DELETE", None)):
        reply = await ann.refused(method, of(guild, made["sound_id"]), body)
        assert (reply.status, reply.code) == (404, 10_097)


async def test_sounds_lose_an_emoji_that_is_gone(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    wave = await emoji(ann, guild)
    waving, silent = await sound(ann, guild, emoji_id=wave["id"]), await sound(ann, guild)
    async with server.gateway(ann) as gateway:
        await ann.delete(f"/guilds/{guild['id']}/emojis/{wave['id']}")
        told = await gateway.expect("GUILD_SOUNDBOARD_SOUNDS_UPDATE")
    assert [(it["sound_id"], it["emoji_id"]) for it in told.data["soundboard_sounds"]] == [
        (waving["sound_id"], None),
        (silent["sound_id"], None),
    ]
    assert (await ann.get(of(guild, waving["sound_id"])))["emoji_id"] is None


async def test_who_may_not_make_sounds_makes_none(server: Server) -> None:
    ann, bob, guild = await company(server)
    made = await sound(ann, guild)
    body = {"name": "hum", "sound": ogg()}
    assert (await bob.refused("POST", of(guild), body)).code == 50_013
    assert (await bob.refused("PATCH", of(guild, made["sound_id"]), {})).code == 50_013
    assert (await bob.refused("DELETE", of(guild, made["sound_id"]))).code == 50_013
    assert "user" not in (await bob.get(of(guild)))["items"][0]
    assert "user" not in await bob.get(of(guild, made["sound_id"]))


async def test_who_makes_a_sound_may_change_that_one(server: Server) -> None:
    ann, bob, guild = await company(server, CREATE)
    theirs, own = await sound(ann, guild), await sound(bob, guild)
    assert (await bob.patch(of(guild, own["sound_id"]), {"name": "better"}))["name"] == "better"
    assert (await bob.refused("DELETE", of(guild, theirs["sound_id"]))).code == 50_013
    makers = [one["user"]["id"] for one in (await bob.get(of(guild)))["items"]]
    assert makers == [ann.id, bob.id]
    await bob.delete(of(guild, own["sound_id"]))


async def test_nobody_plays_a_sound_without_being_in_a_voice_channel(server: Server) -> None:
    ann, bob, guild = await company(server)
    made, elsewhere = await sound(ann, guild), await ann.guild()
    foreign = await sound(ann, elsewhere)
    voices = await ann.channel(guild["id"], "voices", type=2)
    text = await ann.channel(guild["id"], "text")
    path = f"/channels/{voices['id']}/send-soundboard-sound"
    reply = await ann.refused("POST", path, {"sound_id": made["sound_id"]})
    assert (reply.status, reply.code) == (404, 10_065)
    brought = {"sound_id": foreign["sound_id"], "source_guild_id": elsewhere["id"]}
    assert (await ann.refused("POST", path, brought)).code == 10_065
    assert (await ann.refused("POST", path, {"sound_id": foreign["sound_id"]})).code == 10_097
    written = f"/channels/{text['id']}/send-soundboard-sound"
    assert (await ann.refused("POST", written, {"sound_id": made["sound_id"]})).code == 50_024
    assert (await bob.refused("POST", path, brought)).code == 50_001
    for denied, body in (
        (EXTERNAL_SOUNDS, brought),
        (SOUNDBOARD, {"sound_id": made["sound_id"]}),
        (SPEAK, {"sound_id": made["sound_id"]}),
    ):
        deny = {"type": 0, "allow": "0", "deny": str(denied)}
        await ann.put(f"/channels/{voices['id']}/permissions/{guild['id']}", deny)
        assert (await bob.refused("POST", path, body)).code == 50_013


def test_the_seconds_of_a_hum_are_counted_as_they_are() -> None:
    lengths = (0.1, 1.0, 3.0)
    counted = [lasting.mp3_frames(tone("mp3", "libmp3lame", length))[1] for length in lengths]
    assert all(a < b for a, b in pairwise(counted))
    for length, found in zip(lengths, counted, strict=True):
        assert length <= found < length + 0.15
        heard = lasting.ogg_seconds(tone("ogg", "libopus", length))
        assert heard is not None
        assert abs(heard - length) < 0.03
