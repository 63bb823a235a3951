"""Webhooks that follow a channel: made, seen, changed and ended by who manages them."""

from typing import Any

from tests.api import Person
from tests.nouns.newsroom import Newsroom
from tests.patience import until
from tests.server import Server

MANAGE_WEBHOOKS = 1 << 29


async def test_a_channel_follows_another_and_says_so(server: Server) -> None:
    room = await Newsroom.open(server)
    async with server.gateway(room.bob) as gateway:
        webhook_id = await room.follow()
        updated = await gateway.expect("WEBHOOKS_UPDATE")
        told = await gateway.expect("MESSAGE_CREATE")
    assert updated.data == {"guild_id": room.guild["id"], "channel_id": room.target["id"]}
    [said] = await room.bob.get(f"/channels/{room.target['id']}/messages")
    for shown in (told.data, said):
        assert (shown["type"], shown["content"]) == (12, "The Gazette #news")
        assert shown["author"]["id"] == room.bob.id
        assert shown["message_reference"]["channel_id"] == room.news["id"]
        assert "message_id" not in shown["message_reference"]
    [webhook] = await room.bob.get(f"/channels/{room.target['id']}/webhooks")
    assert webhook["id"] == webhook_id
    assert (webhook["type"], webhook["name"]) == (2, "The Gazette #news")
    assert webhook["user"]["id"] == room.bob.id
    assert webhook["source_guild"]["name"] == "The Gazette"
    assert webhook["source_channel"] == {"id": room.news["id"], "name": "news"}
    assert await room.bob.get(f"/guilds/{room.guild['id']}/webhooks") == [webhook]
    assert await room.bob.get(f"/webhooks/{webhook_id}") == webhook


async def test_a_channel_follows_another_once(server: Server) -> None:
    room = await Newsroom.open(server)
    assert await room.follow() == await room.follow()
    assert len(await room.bob.get(f"/channels/{room.target['id']}/webhooks")) == 1


async def test_only_channels_of_announcements_are_followed_in_written_ones(server: Server) -> None:
    room = await Newsroom.open(server)
    other = await room.bob.channel(room.guild["id"], "voices", type=2)
    wrong = [
        (room.target["id"], room.target["id"]),
        (room.news["id"], other["id"]),
    ]
    for source, target in wrong:
        body = {"webhook_channel_id": target}
        reply = await room.bob.refused("POST", f"/channels/{source}/followers", body)
        assert reply.code == 50024
    body = {"webhook_channel_id": room.news["id"]}
    reply = await room.ann.refused("POST", f"/channels/{room.news['id']}/followers", body)
    assert reply.code == 50024


async def test_nobody_follows_what_they_do_not_see_or_where_they_manage_nothing(
    server: Server,
) -> None:
    room = await Newsroom.open(server)
    stranger = await server.person()
    own = await stranger.channel((await stranger.guild())["id"])
    path = f"/channels/{room.news['id']}/followers"
    reply = await stranger.refused("POST", path, {"webhook_channel_id": own["id"]})
    assert reply.code == 50001
    hidden = {"type": 0, "allow": "0", "deny": str(1 << 10)}
    await room.ann.put(f"/channels/{room.news['id']}/permissions/{room.source['id']}", hidden)
    reply = await room.bob.refused("POST", path, {"webhook_channel_id": room.target["id"]})
    assert reply.code == 50001
    await room.bob.bring(room.ann, room.target["id"])
    reply = await room.ann.refused("POST", path, {"webhook_channel_id": room.target["id"]})
    assert reply.code == 50013


async def test_a_channel_has_fifteen_webhooks_at_most(server: Server) -> None:
    room = await Newsroom.open(server)
    for number in range(16):
        news = await room.ann.channel(room.source["id"], f"news-{number}", type=5)
        path, body = f"/channels/{news['id']}/followers", {"webhook_channel_id": room.target["id"]}
        reply = await room.bob.call("POST", path, body)
        assert reply.status == (200 if number < 15 else 400)
    assert reply.code == 30007


async def test_the_source_is_shown_as_long_as_its_maker_sees_it(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    assert "source_channel" in await room.bob.get(f"/webhooks/{webhook_id}")
    hidden = {"type": 0, "allow": "0", "deny": str(1 << 10)}
    await room.ann.put(f"/channels/{room.news['id']}/permissions/{room.source['id']}", hidden)
    assert not _sources(await room.bob.get(f"/webhooks/{webhook_id}"))
    await room.ann.delete(f"/channels/{room.news['id']}/permissions/{room.source['id']}")
    await room.bob.delete(f"/users/@me/guilds/{room.source['id']}")
    assert not _sources(await room.bob.get(f"/webhooks/{webhook_id}"))


def _sources(webhook: dict[str, Any]) -> set[str]:
    return {"source_guild", "source_channel"} & webhook.keys()


async def test_a_webhook_is_renamed_and_moved_within_its_guild(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    there = await room.bob.channel(room.guild["id"], "there")
    body = {"name": " Herald ", "channel_id": there["id"]}
    async with server.gateway(room.bob) as gateway:
        moved = await room.bob.patch(f"/webhooks/{webhook_id}", body)
        told = [(await gateway.expect("WEBHOOKS_UPDATE")).data["channel_id"] for _ in range(2)]
    assert told == [room.target["id"], there["id"]]
    assert (moved["name"], moved["channel_id"]) == ("Herald", there["id"])
    assert moved == await room.bob.get(f"/webhooks/{webhook_id}")
    await room.publish("moved")
    assert (await room.arrival("moved", there))["author"]["username"] == "Herald"


async def test_a_webhook_goes_nowhere_else(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    abroad = await room.bob.channel((await room.bob.guild())["id"])
    body = {"channel_id": abroad["id"]}
    assert (await room.bob.refused("PATCH", f"/webhooks/{webhook_id}", body)).code == 50035
    there = await room.bob.channel(room.guild["id"], "there")
    await room.follow(there)
    body = {"channel_id": there["id"]}
    assert (await room.bob.refused("PATCH", f"/webhooks/{webhook_id}", body)).code == 50035
    for wrong in ({"name": "  "}, {"avatar": "data:image/png;base64,AAAA"}):
        assert (await room.bob.refused("PATCH", f"/webhooks/{webhook_id}", wrong)).code == 50035


async def test_webhooks_are_for_who_manages_them(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    await room.bob.bring(room.ann, room.target["id"])
    await _is_refused(room.ann, room, webhook_id, 50013)
    body = {"permissions": str(1 << 10 | MANAGE_WEBHOOKS)}
    await room.bob.patch(f"/guilds/{room.guild['id']}/roles/{room.guild['id']}", body)
    assert (await room.ann.get(f"/webhooks/{webhook_id}"))["id"] == webhook_id
    await room.ann.delete(f"/webhooks/{webhook_id}")
    await _is_refused(room.ann, room, webhook_id, 10015, but_lists=True)


async def _is_refused(
    person: Person, room: Newsroom, webhook_id: str, code: int, *, but_lists: bool = False
) -> None:
    for method, body in (("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)):
        assert (await person.refused(method, f"/webhooks/{webhook_id}", body)).code == code
    for path in (f"/channels/{room.target['id']}/webhooks", f"/guilds/{room.guild['id']}/webhooks"):
        reply = await person.call("GET", path)
        assert reply.body == [] if but_lists else reply.code == code


async def test_the_audit_log_tells_of_webhooks_and_shows_them(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    await room.bob.patch(f"/webhooks/{webhook_id}", {"name": "Herald"})
    log = await room.bob.get(f"/guilds/{room.guild['id']}/audit-logs?target_id={webhook_id}")
    renamed, made = log["audit_log_entries"]
    assert [made["action_type"], renamed["action_type"]] == [50, 51]
    assert {it["key"]: it["new_value"] for it in made["changes"]} == {
        "type": 2,
        "channel_id": room.target["id"],
        "name": "The Gazette #news",
    }
    assert renamed["changes"] == [
        {"key": "name", "old_value": "The Gazette #news", "new_value": "Herald"}
    ]
    assert [webhook["id"] for webhook in log["webhooks"]] == [webhook_id]
    await room.bob.delete(f"/webhooks/{webhook_id}")
    log = await room.bob.get(f"/guilds/{room.guild['id']}/audit-logs?action_type=52")
    assert log["audit_log_entries"][0]["target_id"] == webhook_id
    assert log["webhooks"] == []


async def test_following_ends_with_the_source(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.follow()
    more = await room.ann.channel(room.source["id"], "more", type=5)
    body = {"webhook_channel_id": room.target["id"]}
    await room.bob.post(f"/channels/{more['id']}/followers", body)
    last = await room.ann.channel(room.source["id"], "last", type=5)
    await room.bob.post(f"/channels/{last['id']}/followers", body)

    async with server.gateway(room.bob) as gateway:
        await room.ann.patch(f"/channels/{room.news['id']}", {"type": 0})
        await gateway.expect("WEBHOOKS_UPDATE")
        assert await _names(room) == {"The Gazette #more", "The Gazette #last"}
        await room.ann.delete(f"/channels/{more['id']}")
        await gateway.expect("WEBHOOKS_UPDATE")
        assert await _names(room) == {"The Gazette #last"}
        await room.ann.delete(f"/guilds/{room.source['id']}")
        await gateway.expect("WEBHOOKS_UPDATE")
    assert await _names(room) == set()


async def test_a_webhook_ends_with_its_channel(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    await room.bob.delete(f"/channels/{room.target['id']}")

    async def is_gone() -> bool:
        return (await room.bob.call("GET", f"/webhooks/{webhook_id}")).status == 404

    await until(is_gone)
    await room.publish("to nobody")


async def _names(room: Newsroom) -> set[str]:
    found = await room.bob.get(f"/guilds/{room.guild['id']}/webhooks")
    return {webhook["name"] for webhook in found}
