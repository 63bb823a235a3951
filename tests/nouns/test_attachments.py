"""Attachments: sent, read, described, carried on, taken away."""

from typing import Any

import pytest

from rift.permissions import DEFAULT_EVERYONE, Permission
from tests.api import Person
from tests.nouns.circles import befriend, direct
from tests.nouns.luggage import TEXT, ask, attempt, fetched, form, png, send
from tests.patience import until
from tests.server import Server


async def talk(server: Server) -> tuple[Person, dict[str, Any]]:
    """Somebody, and a channel of theirs."""
    ann = await server.person()
    return ann, await ann.channel((await ann.guild())["id"])


async def forbid(ann: Person, channel: dict[str, Any], *bits: Permission) -> None:
    """Take something from everybody in a channel."""
    deny = str(int(sum(bits)))
    path = f"/channels/{channel['id']}/permissions/{channel['guild_id']}"
    await ann.put(path, {"type": 0, "allow": "0", "deny": deny})


async def test_a_file_is_sent_told_and_read_back(server: Server) -> None:
    ann, channel = await talk(server)
    async with server.gateway(ann) as gateway:
        sent = await send(ann, channel["id"], TEXT, content="look")
        told = await gateway.expect("MESSAGE_CREATE", lambda data: data["id"] == sent["id"])
    read = await ann.get(f"/channels/{channel['id']}/messages/{sent['id']}")
    assert sent["content"] == "look"
    for message in (sent, told.data, read):
        [attachment] = message["attachments"]
        assert (attachment["filename"], attachment["size"]) == ("notes.txt", 17)
        assert attachment["content_type"] == "text/plain; charset=utf-8"
        assert await fetched(ann, attachment["url"]) == b"remember the milk"


async def test_an_image_tells_its_size(server: Server) -> None:
    ann, channel = await talk(server)
    sent = await send(ann, channel["id"], ("cat.png", png(8, 6)))
    [attachment] = sent["attachments"]
    assert (attachment["width"], attachment["height"]) == (8, 6)
    assert (attachment["content_type"], attachment["placeholder_version"]) == ("image/png", 1)
    assert sent["content"] == ""


async def test_files_are_described(server: Server) -> None:
    ann, channel = await talk(server)
    said = [
        {"id": 1, "description": "the second", "title": "Two"},
        {"id": 0, "filename": "first.txt", "is_spoiler": True},
    ]
    sent = await send(ann, channel["id"], TEXT, ("b.txt", b"b"), attachments=said)
    second, first = sent["attachments"]
    assert (second["filename"], second["description"], second["title"]) == (
        "b.txt",
        "the second",
        "Two",
    )
    assert (first["filename"], first["flags"]) == ("SPOILER_first.txt", 8)


async def test_a_form_of_plain_fields_brings_a_file(server: Server) -> None:
    ann, channel = await talk(server)
    data = form()
    data.add_field("content", "plain")
    data.add_field("file", b"bytes", filename="f.bin")
    reply = await ask(ann, "POST", f"/channels/{channel['id']}/messages", data)
    assert (reply.body["content"], len(reply.body["attachments"])) == ("plain", 1)


async def test_what_is_named_must_be_there(server: Server) -> None:
    ann, channel = await talk(server)
    reply = await attempt(ann, channel["id"], TEXT, attachments=[{"id": 1}])
    assert (reply.status, reply.code) == (400, 50035)
    assert "ATTACHMENT_NOT_FOUND" in str(reply.body["errors"]["attachments"]["0"])
    assert await ann.get(f"/channels/{channel['id']}/messages") == []


async def test_who_may_not_attach_is_refused(server: Server) -> None:
    ann, channel = await talk(server)
    bob = await server.person()
    await ann.bring(bob, channel["id"])
    await forbid(ann, channel, Permission.ATTACH_FILES)
    reply = await attempt(bob, channel["id"], TEXT, content="look")
    assert (reply.status, reply.code) == (403, 50013)
    data = form(payload={"content": "only words"})
    reply = await ask(bob, "POST", f"/channels/{channel['id']}/messages", data)
    assert reply.status == 200


async def test_a_message_has_ten_files(server: Server) -> None:
    ann, channel = await talk(server)
    many = [(f"{number}.txt", b"x") for number in range(11)]
    reply = await attempt(ann, channel["id"], *many)
    assert (reply.status, reply.code) == (400, 30015)
    sent = await send(ann, channel["id"], *many[:10])
    assert len(sent["attachments"]) == 10


async def test_an_edit_keeps_adds_and_removes(server: Server) -> None:
    ann, channel = await talk(server)
    sent = await send(ann, channel["id"], TEXT, ("b.txt", b"b"), content="both")
    first, second = sent["attachments"]
    path = f"/channels/{channel['id']}/messages/{sent['id']}"
    kept = [{"id": second["id"], "description": "mine"}]
    edited = await ann.patch(path, {"attachments": kept})
    assert [it["id"] for it in edited["attachments"]] == [second["id"]]
    assert edited["attachments"][0]["description"] == "mine"
    assert edited["edited_timestamp"] is not None
    reply = await ask(ann, "PATCH", path, form(("c.txt", b"c"), payload={"content": "more"}))
    assert [it["filename"] for it in reply.body["attachments"]] == ["b.txt", "c.txt"]
    read = await ann.get(path)
    assert [it["filename"] for it in read["attachments"]] == ["b.txt", "c.txt"]
    history = await ann.get(f"{path}/history")
    assert [len(it["attachments"]) for it in history] == [2, 1, 2]
    assert await fetched(ann, history[0]["attachments"][0]["url"]) == TEXT[1]
    assert first["id"] == history[0]["attachments"][0]["id"]
    reply = await ann.refused("PATCH", path, {"attachments": [], "content": ""})
    assert reply.code == 50006


async def test_others_add_no_files(server: Server) -> None:
    ann, channel = await talk(server)
    bob = await server.person()
    await ann.bring(bob, channel["id"])
    said = await bob.say(channel["id"], "mine")
    path = f"/channels/{channel['id']}/messages/{said['id']}"
    reply = await ask(ann, "PATCH", path, form(TEXT))
    assert (reply.status, reply.code) == (403, 50005)


async def test_a_forward_carries_files(server: Server) -> None:
    ann, channel = await talk(server)
    other = await ann.channel(channel["guild_id"], "there")
    sent = await send(ann, channel["id"], TEXT)
    reference = {"type": 1, "channel_id": channel["id"], "message_id": sent["id"]}
    forward = await ann.post(f"/channels/{other['id']}/messages", {"message_reference": reference})
    await ann.delete(f"/channels/{channel['id']}/messages/{sent['id']}")
    read = await ann.get(f"/channels/{other['id']}/messages/{forward['id']}")
    for message in (forward, read):
        [attachment] = message["message_snapshots"][0]["message"]["attachments"]
        assert attachment["id"] == sent["attachments"][0]["id"]
        assert await fetched(ann, attachment["url"]) == TEXT[1]


async def test_a_repeated_nonce_stores_nothing_twice(server: Server) -> None:
    ann, channel = await talk(server)
    said = {"content": "once", "nonce": "7", "enforce_nonce": True}
    first = await send(ann, channel["id"], TEXT, **said)
    again = await send(ann, channel["id"], TEXT, **said)
    assert again["id"] == first["id"]
    assert again["attachments"] == first["attachments"]


async def test_a_bot_without_the_content_intent_sees_no_files(server: Server) -> None:
    ann, channel = await talk(server)
    bot = await server.bot(ann, guild_id=channel["guild_id"])
    async with server.gateway(bot, intents=1 << 0 | 1 << 9) as gateway:
        await send(ann, channel["id"], TEXT, content="secret")
        told = await gateway.expect("MESSAGE_CREATE")
    assert told.data["attachments"] == []
    assert "notes" not in str(told.data)


@pytest.mark.parametrize(
    ("given", "filename"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.png", "photo.png"),
        ("a b  (1).txt", "a_b_1.txt"),
        ("annual\u202egpj.exe", "annualgpj.exe"),
        ("zwölf Bären.txt", "zwölf_Bären.txt"),
        ("...", "unknown"),
        ("\x01\x02", "unknown"),
        ("x" * 400 + ".png", "x" * 251 + ".png"),
        ("ü" * 200 + ".png", "ü" * 125 + ".png"),
    ],
)
async def test_names_are_made_harmless(server: Server, given: str, filename: str) -> None:
    ann, channel = await talk(server)
    said = [{"id": 0, "filename": given}]
    sent = await send(ann, channel["id"], ("x", b"x"), attachments=said)
    [attachment] = sent["attachments"]
    assert attachment["filename"] == filename
    assert await fetched(ann, attachment["url"]) == b"x"


async def test_a_file_is_what_its_bytes_say(server: Server) -> None:
    ann, channel = await talk(server)
    sent = await send(ann, channel["id"], ("cat.png", b"<html><script>alert(1)</script>"))
    [attachment] = sent["attachments"]
    assert attachment["content_type"] == "text/html"
    assert "width" not in attachment


async def test_roles_say_how_large_a_file_may_be(server: Server) -> None:
    ann, channel = await talk(server)
    bob = await server.person()
    await ann.bring(bob, channel["id"])
    guild_id = channel["guild_id"]
    everyone = f"/guilds/{guild_id}/roles/{guild_id}"
    assert (await ann.patch(everyone, {"upload_bytes": 1024}))["upload_bytes"] == 1024
    large = ("large.bin", bytes(2000))
    assert (await attempt(bob, channel["id"], large)).code == 40005
    role = await ann.post(f"/guilds/{guild_id}/roles", {"name": "big", "upload_bytes": 4096})
    assert role["upload_bytes"] == 4096
    await ann.put(f"/guilds/{guild_id}/members/{bob.id}/roles/{role['id']}")
    await send(bob, channel["id"], large)
    assert (await attempt(bob, channel["id"], ("larger.bin", bytes(5000)))).code == 40005
    lifted = await ann.patch(everyone, {"upload_bytes": None})
    assert "upload_bytes" not in lifted
    assert int(lifted["permissions"]) == int(DEFAULT_EVERYONE)


async def test_slowmode_is_said_at_the_first_file(server: Server) -> None:
    ann, channel = await talk(server)
    bob = await server.person()
    await ann.bring(bob, channel["id"])
    await ann.patch(f"/channels/{channel['id']}", {"rate_limit_per_user": 60})
    await send(bob, channel["id"], TEXT)
    reply = await attempt(bob, channel["id"], TEXT)
    assert (reply.status, reply.code) == (429, 20016)


async def test_a_file_in_a_direct_message_is_told_to_the_other(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    await befriend(ann, bob)
    channel = await direct(ann, bob)
    async with server.gateway(bob) as gateway:
        sent = await send(ann, channel["id"], TEXT)
        told = await gateway.expect("MESSAGE_CREATE", lambda data: data["id"] == sent["id"])
    [attachment] = told.data["attachments"]
    assert await fetched(bob, attachment["url"]) == TEXT[1]


async def test_moderators_see_the_files_of_what_was_deleted(server: Server) -> None:
    ann, channel = await talk(server)
    path = f"/channels/{channel['id']}"
    alone = await send(ann, channel["id"], TEXT, content="alone")
    pair = [await send(ann, channel["id"], TEXT, content="bulk") for _ in range(2)]
    await ann.delete(f"{path}/messages/{alone['id']}")
    await ann.post(f"{path}/messages/bulk-delete", {"messages": [it["id"] for it in pair]})
    purged = await send(ann, channel["id"], TEXT, content="purged")
    await ann.post(f"{path}/purges", {"contains": "purged"})

    async def all_gone() -> bool:
        return len(await ann.get(f"{path}/deleted-messages")) == 4

    await until(all_gone)
    expected = {it["id"]: it["attachments"][0]["id"] for it in (alone, *pair, purged)}
    found = await ann.get(f"{path}/deleted-messages")
    assert {it["id"]: it["attachments"][0]["id"] for it in found} == expected
    assert await fetched(ann, found[0]["attachments"][0]["url"]) == TEXT[1]


async def test_a_published_message_takes_its_files_along(server: Server) -> None:
    ann, channel = await talk(server)
    news = await ann.channel(channel["guild_id"], "news", type=5)
    await ann.post(f"/channels/{news['id']}/followers", {"webhook_channel_id": channel["id"]})
    sent = await send(ann, news["id"], TEXT, content="read all about it")
    place = f"/channels/{news['id']}/messages/{sent['id']}"
    async with server.gateway(ann) as gateway:
        await ann.post(f"{place}/crosspost")
        told = await gateway.expect(
            "MESSAGE_CREATE", lambda data: data["channel_id"] == channel["id"]
        )
        [attachment] = told.data["attachments"]
        assert await fetched(ann, attachment["url"]) == TEXT[1]
        await ask(ann, "PATCH", place, form(("more.txt", b"more")))
        changed = await gateway.expect(
            "MESSAGE_UPDATE", lambda data: data["channel_id"] == channel["id"]
        )
    assert [it["filename"] for it in changed.data["attachments"]] == ["notes.txt", "more.txt"]


async def test_a_reply_shows_the_files_of_what_it_answers(server: Server) -> None:
    ann, channel = await talk(server)
    sent = await send(ann, channel["id"], TEXT)
    reply = await ann.say(channel["id"], "nice", message_reference={"message_id": sent["id"]})
    read = await ann.get(f"/channels/{channel['id']}/messages/{reply['id']}")
    for message in (reply, read):
        [attachment] = message["referenced_message"]["attachments"]
        assert attachment["id"] == sent["attachments"][0]["id"]
