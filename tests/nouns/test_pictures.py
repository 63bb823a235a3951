"""Pictures of people, guilds and what is theirs: set, seen, told, removed; and what is refused."""

import asyncio
import io
import re
from typing import Any
from zipfile import ZipFile

import pytest

from rift.core.pictures.keeping import let_go
from rift.core.unit import Unit
from tests.api import Person
from tests.media.pictures import decoded, encoded, film, picture, travelled
from tests.nouns.circles import befriend, group
from tests.nouns.elsewhere import told
from tests.nouns.gallery import (
    HASH,
    MOVING,
    OTHER,
    STILL,
    behind_the_scenes,
    kept,
    seen,
    tidied,
    uri,
)
from tests.nouns.newsroom import Newsroom
from tests.nouns.test_harvests import download, harvested
from tests.server import Server
from tests.simple_door.caller import Caller
from tests.site.shelf import Shelf

Json = dict[str, Any]
ME = "/users/@me"


async def avatar_of(person: Person, content: bytes = STILL) -> str:
    changed = await person.patch(ME, {"avatar": uri(content)})
    return str(changed["avatar"])


def why(reply: Any, field: str) -> str:
    return str(reply.body["errors"][field]["_errors"][0]["code"])


# People.


@pytest.mark.parametrize("field", ["avatar", "banner"])
async def test_somebody_gets_a_face_and_loses_it_again(server: Server, field: str) -> None:
    person, other = await server.person(), await server.person()
    changed = await person.patch(ME, {field: uri(STILL)})
    hash_ = changed[field]
    assert re.fullmatch(HASH, hash_)
    assert (await other.get(f"/users/{person.id}"))[field] == hash_
    shown = await seen(server, f"{field}s/{person.id}/{hash_}.png")
    assert decoded(shown.body).size == (120, 80)
    assert (await person.patch(ME, {"bio": "x"}))[field] == hash_
    assert (await person.patch(ME, {field: hash_}))[field] == hash_
    assert (await person.patch(ME, {field: uri(STILL)}))[field] == hash_
    assert (await person.patch(ME, {field: None}))[field] is None


async def test_everybody_who_knows_somebody_sees_the_new_face(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    await ann.bring(bob, guild["system_channel_id"])
    async with server.gateway(ann) as own, server.gateway(bob) as others:
        hash_ = await avatar_of(ann)
        await own.expect("USER_UPDATE", lambda data: data["avatar"] == hash_)
        await others.expect("GUILD_MEMBER_UPDATE", lambda data: data["user"]["avatar"] == hash_)
    said = await ann.say(guild["system_channel_id"], "hello")
    assert said["author"]["avatar"] == hash_


async def test_what_moves_has_a_name_that_says_so(server: Server) -> None:
    person = await server.person()
    for content, kind in (
        (MOVING, "image/gif"),
        (film("WEBP"), "image/webp"),
        (film("PNG"), "image/png"),
    ):
        hash_ = (await person.patch(ME, {"avatar": uri(content, kind)}))["avatar"]
        assert re.fullmatch(f"a_{HASH}", hash_)
        shown = decoded((await seen(server, f"avatars/{person.id}/{hash_}.gif")).body)
        assert getattr(shown, "n_frames", 1) == 4


async def test_nothing_of_a_photograph_is_kept_but_the_picture(server: Server) -> None:
    person = await server.person()
    hash_ = await avatar_of(person, travelled())
    stored = (server.data / "files/images/avatars" / person.id / hash_).read_bytes()
    assert b"Camera of somebody" not in stored
    assert not decoded(stored).getexif()
    assert decoded(stored).size == (40, 80)


async def test_no_picture_is_larger_than_anybody_is_shown(server: Server) -> None:
    person = await server.person()
    hash_ = await avatar_of(person, encoded(picture(5000, 50), "PNG"))
    stored = server.data / "files/images/avatars" / person.id / hash_
    assert decoded(stored.read_bytes()).size == (4096, 41)
    large = film("GIF", frames=2, size=(1500, 30))
    hash_ = (await person.patch(ME, {"banner": uri(large)}))["banner"]
    stored = server.data / "files/images/banners" / person.id / hash_
    assert (decoded(stored.read_bytes()).size, hash_[:2]) == ((1024, 20), "a_")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "IMAGE_INVALID"),
        ("0123456789abcdef0123456789abcdef", "IMAGE_INVALID"),
        ("https://example.org/a.png", "IMAGE_INVALID"),
        ("data:image/png,plain", "IMAGE_INVALID"),
        ("data:image/png;base64,%%%%", "IMAGE_INVALID"),
        ("data:image/png;base64,AAA", "IMAGE_INVALID"),
        ("data:image/png;base64,", "IMAGE_INVALID"),
        (uri(b"words, not an image"), "IMAGE_INVALID"),
        (uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"), "IMAGE_INVALID"),
        (uri(b"%PDF-1.7\n"), "IMAGE_INVALID"),
        (uri(STILL[:70]), "IMAGE_INVALID"),
        (uri(STILL[:16] + (60_000).to_bytes(4, "big") * 2 + STILL[24:]), "IMAGE_INVALID"),
        (uri(b"GIF89a" + b"\xff" * 200, "image/gif"), "IMAGE_INVALID"),
        (uri(STILL + bytes(10_485_760)), "BINARY_TYPE_MAX_SIZE"),
    ],
)
async def test_what_is_no_picture_is_refused_by_name(server: Server, given: str, code: str) -> None:
    person = await server.person()
    reply = await person.refused("PATCH", ME, {"avatar": given})
    assert (reply.status, reply.code, why(reply, "avatar")) == (400, 50035, code)
    assert (await person.get(ME))["avatar"] is None


async def test_the_kind_is_that_of_the_bytes_whatever_is_claimed(server: Server) -> None:
    person = await server.person()
    changed = await person.patch(ME, {"avatar": uri(STILL, "text/html")})
    reply = await seen(server, f"avatars/{person.id}/{changed['avatar']}")
    assert reply.headers["content-type"] == "image/png"


async def test_only_forms_with_pictures_may_be_large(server: Server) -> None:
    person = await server.person()
    guild = await person.guild()
    large = uri(STILL + bytes(3_000_000))
    assert (await person.patch(ME, {"avatar": large}))["avatar"]
    for method, path in (
        ("POST", f"/channels/{guild['system_channel_id']}/messages"),
        ("PATCH", "/users/@me/settings"),
        ("PATCH", f"/guilds/{guild['id']}/members/{person.id}"),
    ):
        reply = await person.call(method, path, {"content": large})
        assert reply.status == 413
    assert (await person.call("PATCH", ME, {"avatar": "x" * 18_000_000})).status == 413


async def test_a_profile_has_a_banner(server: Server) -> None:
    person = await server.person()
    guild = await person.guild()
    changed = await person.patch(f"{ME}/profile", {"banner": uri(STILL), "pronouns": "they"})
    assert re.fullmatch(HASH, changed["banner"])
    here = await person.patch(
        f"/guilds/{guild['id']}/profile/@me", {"banner": uri(OTHER), "bio": "here"}
    )
    profile = await person.get(f"/users/{person.id}/profile?guild_id={guild['id']}")
    assert profile["user_profile"]["banner"] == changed["banner"]
    assert profile["guild_member_profile"]["banner"] == here["banner"] != changed["banner"]
    assert profile["guild_member"]["banner"] == here["banner"]


async def test_somebody_looks_different_in_a_guild(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    await ann.bring(bob, guild["system_channel_id"])
    me = f"/guilds/{guild['id']}/members/@me"
    async with server.gateway(ann) as others:
        body = {"avatar": uri(STILL), "banner": uri(MOVING), "bio": "words"}
        mine = await bob.patch(me, body)
        told = await others.expect("GUILD_MEMBER_UPDATE", lambda it: it["avatar"])
    assert (told.data["avatar"], told.data["banner"]) == (mine["avatar"], mine["banner"])
    assert told.data["user"]["avatar"] is None
    for kind in ("avatar", "banner"):
        path = f"guilds/{guild['id']}/users/{bob.id}/{kind}s/{mine[kind]}"
        assert (await seen(server, path)).status == 200
    said = await bob.say(guild["system_channel_id"], "hello")
    async with server.gateway(ann) as others:
        await bob.say(guild["system_channel_id"], "again")
        event = await others.expect("MESSAGE_CREATE")
    assert (said["author"]["avatar"], event.data["member"]["avatar"]) == (None, mine["avatar"])
    assert (await bob.patch(me, {"avatar": None}))["avatar"] is None
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=24")
    assert {change["key"] for it in log["audit_log_entries"] for change in it["changes"]} == {
        "avatar_hash",
        "banner_hash",
    }


# Guilds and what is theirs.


@pytest.mark.parametrize(
    ("field", "folder", "key"),
    [
        ("icon", "icons", "icon_hash"),
        ("banner", "banners", "banner_hash"),
        ("splash", "splashes", "splash_hash"),
        ("discovery_splash", "discovery-splashes", "discovery_splash_hash"),
        ("home_header", "home-headers", "home_header_hash"),
    ],
)
async def test_a_guild_has_pictures(server: Server, field: str, folder: str, key: str) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild()
    path = f"/guilds/{guild['id']}"
    await ann.bring(bob, guild["system_channel_id"])
    async with server.gateway(bob) as others:
        changed = await ann.patch(path, {field: uri(STILL)})
        event = await others.expect("GUILD_UPDATE")
    hash_ = changed[field]
    assert event.data[field] == hash_ == (await bob.get(path))[field]
    assert (await seen(server, f"{folder}/{guild['id']}/{hash_}.webp?size=32")).status == 200
    assert (await bob.refused("PATCH", path, {field: uri(OTHER)})).code == 50013
    await ann.patch(path, {field: None})
    log = await ann.get(f"{path}/audit-logs?action_type=1")
    newest, older = log["audit_log_entries"]
    assert newest["changes"] == [{"key": key, "old_value": hash_}]
    assert older["changes"] == [{"key": key, "new_value": hash_}]


async def test_what_a_guild_shows_at_its_door_does_not_move(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    still = ("splash", "discovery_splash", "home_header")
    body = dict.fromkeys(("icon", "banner", *still), uri(MOVING))
    changed = await ann.patch(f"/guilds/{guild['id']}", body)
    moving = {field: changed[field].startswith("a_") for field in body}
    assert moving == {"icon": True, "banner": True, **dict.fromkeys(still, False)}
    shown = await seen(server, f"splashes/{guild['id']}/{changed['splash']}")
    assert getattr(decoded(shown.body), "n_frames", 1) == 1


async def test_a_guild_is_founded_with_an_icon(server: Server) -> None:
    ann = await server.person()
    async with server.gateway(ann) as gateway:
        made = await ann.post("/guilds", {"name": "With a face", "icon": uri(STILL)})
        created = await gateway.expect("GUILD_CREATE", lambda it: it["id"] == made["id"])
    assert re.fullmatch(HASH, made["icon"])
    assert created.data["icon"] == made["icon"]
    listed = await ann.get(f"{ME}/guilds")
    assert [it["icon"] for it in listed if it["id"] == made["id"]] == [made["icon"]]
    invite = await ann.post(f"/channels/{made['system_channel_id']}/invites", {})
    assert (await server.guest.get(f"/invites/{invite['code']}"))["guild"]["icon"] == made["icon"]


async def test_roles_get_their_icons_when_their_guild_is_there(server: Server) -> None:
    ann = await server.person()
    roles = [{"name": "@everyone"}, {"name": "painter", "icon": uri(STILL)}]
    reply = await ann.refused("POST", "/guilds", {"name": "Ours", "roles": roles})
    assert reply.body["errors"]["roles"]["1"]["icon"]["_errors"][0]["code"] == "IMAGE_NOT_SUPPORTED"


async def test_a_role_has_an_icon_or_an_emoji(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    roles = f"/guilds/{guild['id']}/roles"
    role = await ann.post(roles, {"name": "r", "icon": uri(STILL)})
    assert re.fullmatch(HASH, role["icon"])
    assert (await seen(server, f"role-icons/{role['id']}/{role['icon']}.png")).status == 200
    async with server.gateway(ann) as gateway:
        changed = await ann.patch(f"{roles}/{role['id']}", {"unicode_emoji": "🍊"})
        assert (changed["icon"], changed["unicode_emoji"]) == (None, "🍊")
        await gateway.expect("GUILD_ROLE_UPDATE", lambda it: it["role"]["icon"] is None)
    changed = await ann.patch(f"{roles}/{role['id']}", {"icon": uri(MOVING)})
    assert re.fullmatch(HASH, changed["icon"])
    assert changed["unicode_emoji"] is None
    reply = await ann.refused("PATCH", f"{roles}/{role['id']}", {"icon": uri(bytes(300_000))})
    assert why(reply, "icon") == "BINARY_TYPE_MAX_SIZE"
    assert (await ann.patch(f"{roles}/{role['id']}", {"icon": None}))["icon"] is None


async def test_a_group_has_an_icon(server: Server) -> None:
    ann, bob, cid = [await server.person() for _ in range(3)]
    await befriend(ann, bob, cid)
    made = await group(ann, bob, cid)
    async with server.gateway(bob) as others:
        changed = await cid.patch(f"/channels/{made['id']}", {"icon": uri(STILL)})
        event = await others.expect("CHANNEL_UPDATE")
        said = await others.expect("MESSAGE_CREATE", lambda it: it["type"] == 5)
    assert event.data["icon"] == changed["icon"]
    assert said.data["author"]["id"] == cid.id
    assert (await seen(server, f"channel-icons/{made['id']}/{changed['icon']}.png")).status == 200
    assert (await bob.get(f"/channels/{made['id']}"))["icon"] == changed["icon"]
    renamed = await bob.patch(f"/channels/{made['id']}", {"name": "Us", "icon": changed["icon"]})
    assert (renamed["name"], renamed["icon"]) == ("Us", changed["icon"])
    assert (await ann.patch(f"/channels/{made['id']}", {"icon": None}))["icon"] is None


async def test_a_follower_looks_as_the_guild_did(server: Server) -> None:
    room = await Newsroom.open(server)
    icon = (await room.ann.patch(f"/guilds/{room.source['id']}", {"icon": uri(STILL)}))["icon"]
    webhook = await room.bob.get(f"/webhooks/{await room.follow()}")
    assert webhook["avatar"] == icon
    assert (await seen(server, f"avatars/{webhook['id']}/{icon}.png")).status == 200
    path = f"/webhooks/{webhook['id']}"
    changed = await room.bob.patch(path, {"avatar": uri(OTHER)})
    assert changed["avatar"] not in (icon, None)
    assert (await seen(server, f"avatars/{webhook['id']}/{changed['avatar']}")).status == 200
    published = await room.publish("with a face")
    assert published["id"]
    assert (await room.arrival("with a face"))["author"]["avatar"] == changed["avatar"]
    # What it brought as it looked before goes on looking so.
    assert (await seen(server, f"avatars/{webhook['id']}/{icon}.png")).status == 200
    assert (await room.bob.patch(path, {"avatar": None}))["avatar"] is None


async def test_an_application_and_its_bot_have_pictures(server: Server) -> None:
    ann = await server.person()
    made = await ann.post("/applications", {"name": "Painter", "icon": uri(STILL)})
    assert re.fullmatch(HASH, made["icon"])
    path = f"/applications/{made['id']}"
    changed = await ann.patch(path, {"cover_image": uri(OTHER), "icon": made["icon"]})
    assert (changed["icon"], re.fullmatch(HASH, changed["cover_image"]) is not None) == (
        made["icon"],
        True,
    )
    for kind in ("icon", "cover_image"):
        assert (await seen(server, f"app-icons/{made['id']}/{changed[kind]}.png")).status == 200
    bot = await server.bot(ann)
    assert re.fullmatch(HASH, await avatar_of(bot))
    mine = await bot.patch("/applications/@me", {"icon": uri(STILL)})
    assert re.fullmatch(HASH, mine["icon"])
    assert "cover_image" not in mine
    stranger = await server.person()
    assert (await stranger.refused("PATCH", path, {"icon": uri(OTHER)})).status == 403


async def test_the_simple_door_tells_where_a_face_is_seen(server: Server) -> None:
    caller = await Caller.new(server)
    me = await caller.get("/users/me")
    assert re.fullmatch(r"/cdn/embed/avatars/[0-5]\.png", me["avatar"])
    changed = await caller.patch("/users/me", {"avatar": uri(STILL)})
    made = await caller.post("/servers", {"name": "Ours", "icon": uri(OTHER)})
    for address in (changed["avatar"], made["icon"]):
        reply = await Shelf(server).ask(address)
        assert (reply.status, reply.headers["content-type"]) == (200, "image/webp")
    [member] = await caller.get(f"/servers/{made['id']}/members")
    assert member["avatar"] == changed["avatar"]


# What becomes of them.


async def test_what_nobody_shows_any_more_is_removed(own_server: Server, database: str) -> None:
    person = await own_server.person()
    first = await avatar_of(person)
    second = await avatar_of(person, OTHER)
    here = f"images/avatars/{person.id}"
    assert kept(own_server) == {f"{here}/{first}", f"{here}/{second}"}
    assert await tidied(database, own_server) == 1
    assert kept(own_server) == {f"{here}/{second}"}
    assert (await seen(own_server, f"avatars/{person.id}/{first}.png")).status == 404
    assert await avatar_of(person, STILL) == first
    assert await avatar_of(person, OTHER) == second
    assert await tidied(database, own_server) == 1
    assert kept(own_server) == {f"{here}/{second}"}
    assert await tidied(database, own_server) == 0
    assert await told(database, "select from loose_images") == []


async def test_nothing_is_removed_while_it_may_still_come_to_be_shown(
    own_server: Server, database: str
) -> None:
    person = await own_server.person()
    hash_ = await avatar_of(person)
    await person.patch(ME, {"avatar": None})
    async with behind_the_scenes(database, own_server.data) as house, Unit(house) as unit:
        assert await let_go(unit) == 0
    assert kept(own_server) == {f"images/avatars/{person.id}/{hash_}"}


async def test_the_pictures_of_who_is_gone_go_too(own_server: Server, database: str) -> None:
    ann, bob = await own_server.person(), await own_server.person()
    guild = await ann.guild()
    await ann.bring(bob, guild["system_channel_id"])
    path = f"/guilds/{guild['id']}"
    await avatar_of(bob)
    await ann.patch(
        path, dict.fromkeys(("icon", "banner", "splash", "discovery_splash"), uri(STILL))
    )
    role = await ann.post(f"{path}/roles", {"icon": uri(STILL)})
    await bob.patch(f"{path}/members/@me", {"avatar": uri(STILL), "banner": uri(MOVING)})
    application = await bob.post("/applications", {"name": "Painter", "icon": uri(STILL)})
    await bob.patch(f"/applications/{application['id']}", {"cover_image": uri(OTHER)})
    assert len(kept(own_server)) == 10
    await ann.delete(f"{path}/roles/{role['id']}")
    assert await tidied(database, own_server) == 1
    await bob.delete(f"{ME}/guilds/{guild['id']}")
    assert await tidied(database, own_server) == 2
    await ann.delete(path)
    assert await tidied(database, own_server) == 4
    await bob.delete(f"/applications/{application['id']}")
    assert await tidied(database, own_server) == 2
    assert kept(own_server) == {f"images/avatars/{bob.id}/{(await bob.get(ME))['avatar']}"}
    await told(database, "delete from users where id = $1", int(bob.id))
    assert await tidied(database, own_server) == 1
    assert kept(own_server) == set()


async def test_a_picture_that_came_to_nothing_is_removed(own_server: Server, database: str) -> None:
    person = await own_server.person()
    body = {"avatar": uri(STILL), "username": "renamed", "password": "wrong"}
    await person.refused("PATCH", ME, body)
    assert len(kept(own_server)) == 1
    assert await tidied(database, own_server) == 1
    assert kept(own_server) == set()


async def test_of_many_at_once_the_one_that_is_shown_is_kept(
    own_server: Server, database: str
) -> None:
    person = await own_server.person()
    contents = [STILL, OTHER, None, MOVING] * 3

    async def change(content: bytes | None) -> None:
        await person.patch(ME, {"avatar": None if content is None else uri(content)})

    await asyncio.gather(*map(change, contents), return_exceptions=False)
    shown = (await person.get(ME))["avatar"]
    await tidied(database, own_server)
    expected = set() if shown is None else {f"images/avatars/{person.id}/{shown}"}
    assert kept(own_server) == expected


async def test_ones_data_holds_ones_pictures(own_server: Server) -> None:
    person = await own_server.person()
    guild = await person.guild()
    await avatar_of(person)
    await person.patch(f"/guilds/{guild['id']}/members/@me", {"avatar": uri(MOVING)})
    made = await person.post("/applications", {"name": "Painter", "icon": uri(OTHER)})
    harvest = await harvested(person)
    _, raw = await download(own_server, harvest["download_url"])
    with ZipFile(io.BytesIO(raw)) as archive:
        sizes = {
            name: decoded(archive.read(name)).size
            for name in archive.namelist()
            if not name.endswith(".json")
        }
    assert sizes == {
        "account/avatar.png": (120, 80),
        f"account/applications/{made['id']}_icon.png": (80, 120),
        f"guilds/{guild['id']}_avatar.gif": (32, 24),
    }
