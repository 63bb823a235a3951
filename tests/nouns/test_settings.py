"""Settings: the same on all of one's clients, whatever form they keep them in."""

import asyncio
import base64

import pytest

from rift.protocols import protobuf
from tests.api import Person
from tests.server import Server

_STATUS, _APPEARANCE = 11, 13


def text(*fields: bytes) -> str:
    return base64.b64encode(b"".join(fields)).decode()


def field(number: int, words: str) -> bytes:
    return protobuf.bytes_field(number, words.encode())


async def kept(person: Person) -> dict[int, bytes]:
    """The fields of somebody's settings but their versions."""
    answer = await person.get("/users/@me/settings-proto/1")
    message = base64.b64decode(answer["settings"])
    return {number: raw for number, raw in protobuf.fields(message) if number != 1}


async def test_settings_begin_with_defaults_and_keep_what_is_changed(server: Server) -> None:
    ann = await server.person()
    before = await ann.get("/users/@me/settings")
    assert (before["theme"], before["status"], before["locale"]) == ("dark", "online", "en-US")
    after = await ann.patch("/users/@me/settings", {"theme": "light", "developer_mode": True})
    assert after == {**before, "theme": "light", "developer_mode": True}
    assert await ann.get("/users/@me/settings") == after


async def test_ones_other_clients_hear_only_of_what_changed(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    async with server.gateway(ann) as own, server.gateway(bob) as others:
        await ann.patch("/users/@me/settings", {"theme": "light", "convert_emoticons": True})
        change = await own.expect("USER_SETTINGS_UPDATE")
        await bob.patch("/users/@me/settings", {"afk_timeout": 60})
        theirs = await others.expect("USER_SETTINGS_UPDATE")
    assert change.data == {"theme": "light"}
    assert theirs.data == {"afk_timeout": 60}


async def test_a_status_of_ones_own_has_words_an_emoji_and_an_end(server: Server) -> None:
    ann = await server.person()
    status = {"text": "out", "emoji_name": "🌱", "expires_at": "2030-01-01T00:00:00Z"}
    after = await ann.patch("/users/@me/settings", {"custom_status": status, "status": "dnd"})
    assert after["custom_status"] == {**status, "emoji_id": None}
    both = {"custom_status": {"emoji_id": ann.id, "emoji_name": "🌱"}}
    reply = await ann.refused("PATCH", "/users/@me/settings", both)
    assert "emoji_name" in reply.body["errors"]["custom_status"]
    assert (await ann.patch("/users/@me/settings", {"custom_status": None}))[
        "custom_status"
    ] is None


async def test_who_may_approach_is_the_same_here_and_in_the_privacy_settings(
    server: Server,
) -> None:
    ann = await server.person()
    guild = await ann.guild()
    body = {
        "friend_source_flags": {"mutual_guilds": True},
        "restricted_guilds": [guild["id"]],
        "default_guilds_restricted": True,
    }
    after = await ann.patch("/users/@me/settings", body)
    assert after["restricted_guilds"] == [guild["id"]]
    privacy = await ann.get("/users/@me/privacy")
    assert not privacy["requests_from_everyone"]
    assert not privacy["requests_from_mutual_friends"]
    assert privacy["requests_from_mutual_guilds"]
    assert privacy["default_guilds_restricted"]


async def test_a_language_is_also_seen_in_the_account(server: Server) -> None:
    ann = await server.person()
    async with server.gateway(ann) as own:
        await ann.patch("/users/@me/settings", {"locale": "de"})
        await own.expect("USER_UPDATE", lambda data: data["locale"] == "de")
    assert (await ann.get("/users/@me"))["locale"] == "de"


@pytest.mark.parametrize(
    "change",
    [{"theme": "pink"}, {"afk_timeout": 1}, {"status": "away"}, {"guild_folders": [{"id": 1}]}],
)
async def test_a_setting_out_of_range_is_refused(server: Server, change: dict[str, object]) -> None:
    ann = await server.person()
    before = await ann.get("/users/@me/settings")
    assert (await ann.refused("PATCH", "/users/@me/settings", change)).code == 50035
    assert await ann.get("/users/@me/settings") == before


async def test_opaque_settings_replace_only_the_fields_that_are_sent(server: Server) -> None:
    ann = await server.person()
    first = text(field(_STATUS, "here"), field(_APPEARANCE, "dark"))
    await ann.patch("/users/@me/settings-proto/1", {"settings": first})
    async with server.gateway(ann) as other_device:
        answer = await ann.patch(
            "/users/@me/settings-proto/1", {"settings": text(field(_STATUS, "away"))}
        )
        change = await other_device.expect("USER_SETTINGS_PROTO_UPDATE")
    settings = {"type": 1, "proto": answer["settings"]}
    assert change.data == {"settings": settings, "partial": False}
    assert await kept(ann) == {
        _STATUS: field(_STATUS, "away"),
        _APPEARANCE: field(_APPEARANCE, "dark"),
    }


async def test_a_change_of_an_older_version_is_not_taken(server: Server) -> None:
    ann = await server.person()
    path = "/users/@me/settings-proto/2"
    await ann.patch(path, {"settings": text(field(2, "new"))})
    late = {"settings": text(field(2, "old")), "required_data_version": 0}
    answer = await ann.patch(path, late)
    assert answer["out_of_date"] is True
    assert answer["settings"] == (await ann.get(path))["settings"]
    in_time = {"settings": text(field(2, "newer")), "required_data_version": 1}
    assert "out_of_date" not in await ann.patch(path, in_time)


async def test_the_version_is_counted_by_the_server_and_the_clients_own_is_kept(
    server: Server,
) -> None:
    ann = await server.person()
    said = protobuf.varint_field(1, 12) + protobuf.varint_field(3, 99)
    answer = await ann.patch(
        "/users/@me/settings-proto/1", {"settings": text(protobuf.bytes_field(1, said))}
    )
    [(number, raw)] = protobuf.fields(base64.b64decode(answer["settings"]))
    versions = dict(protobuf.fields(protobuf.payload(raw)))
    assert number == 1
    assert versions == {1: protobuf.varint_field(1, 12), 3: protobuf.varint_field(3, 1)}


async def test_changes_at_the_same_time_lose_nothing(server: Server) -> None:
    ann = await server.person()
    changes = [
        ann.patch("/users/@me/settings-proto/1", {"settings": text(field(number, "x"))})
        for number in range(2, 12)
    ]
    await asyncio.gather(*changes)
    assert sorted(await kept(ann)) == list(range(2, 12))


@pytest.mark.parametrize("settings", ["%%%", text(b"\x0a\x7f"), text(b"\x0f\x01")])
async def test_what_is_no_message_is_refused(server: Server, settings: str) -> None:
    ann = await server.person()
    reply = await ann.refused("PATCH", "/users/@me/settings-proto/1", {"settings": settings})
    assert reply.code == 50035
    assert (await ann.refused("GET", "/users/@me/settings-proto/4")).code == 50035


async def test_bots_have_no_settings(server: Server) -> None:
    bot = await server.bot(await server.person())
    for path in ("/users/@me/settings", "/users/@me/settings-proto/1"):
        assert (await bot.refused("GET", path)).code == 20001
