"""Crossposts: what is published arrives where it is followed, once, and stays true."""

import asyncio

from tests.api import Person, Reply
from tests.nouns.elsewhere import told
from tests.nouns.newsroom import GONE, Newsroom
from tests.patience import until
from tests.server import Server

_SHORT_S = 60
CROSSPOSTED, IS_CROSSPOST, SOURCE_DELETED = 1 << 0, 1 << 1, 1 << 3


async def test_a_published_message_appears_where_it_is_followed(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    embeds = [{"title": "The weather"}]
    said = await room.ann.say(room.news["id"], "extra, extra", embeds=embeds)
    async with server.gateway(room.ann) as ann, server.gateway(room.bob) as bob:
        published = await room.ann.post(f"{room.path(said)}/crosspost")
        updated = await ann.expect("MESSAGE_UPDATE")
        heard = await bob.expect("MESSAGE_CREATE")
    assert published["flags"] == updated.data["flags"] == CROSSPOSTED
    read = await room.arrival("extra, extra")
    for shown in (heard.data, read):
        assert shown["flags"] == IS_CROSSPOST
        assert shown["embeds"][0]["title"] == "The weather"
        assert shown["webhook_id"] == shown["author"]["id"] == webhook_id
        assert shown["author"]["username"] == "The Gazette #news"
        assert (shown["author"]["bot"], shown["author"]["discriminator"]) == (True, "0000")
        assert shown["message_reference"] == {
            "type": 0,
            "guild_id": room.source["id"],
            "channel_id": room.news["id"],
            "message_id": said["id"],
        }
    assert heard.data["guild_id"] == room.guild["id"]
    assert "member" not in heard.data


async def test_a_message_is_published_once(server: Server) -> None:
    room = await Newsroom.open(server)
    published = await room.publish()
    reply = await room.ann.refused("POST", f"{room.path(published)}/crosspost")
    assert reply.code == 40033


async def test_only_what_somebody_wrote_in_a_channel_of_announcements_is_published(
    server: Server,
) -> None:
    room = await Newsroom.open(server)
    plain = await room.bob.say(room.target["id"], "just talk")
    assert (await room.bob.refused("POST", f"{room.path(plain)}/crosspost")).code == 50024
    said = await room.ann.say(room.news["id"], "news")
    await room.ann.put(f"/channels/{room.news['id']}/messages/pins/{said['id']}")
    [system, _] = (await room.ann.get(f"/channels/{room.news['id']}/messages"))[:2]
    assert (await room.ann.refused("POST", f"{room.path(system)}/crosspost")).code == 50068
    reference = {"type": 1, "channel_id": said["channel_id"], "message_id": said["id"]}
    forward = await room.ann.say(room.news["id"], "", message_reference=reference)
    assert (await room.ann.refused("POST", f"{room.path(forward)}/crosspost")).code == 50068
    nothing = f"/channels/{room.news['id']}/messages/{room.news['id']}/crosspost"
    assert (await room.ann.refused("POST", nothing)).code == 10008


async def test_a_copy_is_not_published_again(server: Server) -> None:
    room = await Newsroom.open(server)
    relay = await room.bob.channel(room.guild["id"], "relay", type=5)
    await room.follow(relay)
    await room.publish("once")
    copy = await room.arrival("once", relay)
    assert (await room.bob.refused("POST", f"{room.path(copy)}/crosspost")).code == 40033


async def test_messages_of_others_are_published_by_moderators(server: Server) -> None:
    room = await Newsroom.open(server)
    of_ann = await room.ann.say(room.news["id"], "mine")
    assert (await room.bob.refused("POST", f"{room.path(of_ann)}/crosspost")).code == 50013
    of_bob = await room.bob.say(room.news["id"], "his")
    assert (await room.ann.post(f"{room.path(of_bob)}/crosspost"))["flags"] == CROSSPOSTED
    another = await room.bob.say(room.news["id"], "his again")
    assert (await room.bob.post(f"{room.path(another)}/crosspost"))["flags"] == CROSSPOSTED


async def test_what_was_not_published_is_brought_to_nobody(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.follow()
    await room.publish("before")
    await room.arrival("before")
    await room.ann.say(room.news["id"], "a secret")
    edited = await room.ann.say(room.news["id"], "another")
    await room.ann.patch(room.path(edited), {"content": "a changed secret"})
    await room.publish("after")
    await room.arrival("after")
    assert [copy["content"] for copy in await room.copies()] == ["after", "before"]


async def test_who_follows_later_is_brought_nothing_old(server: Server) -> None:
    room = await Newsroom.open(server)
    early = await room.bob.channel(room.guild["id"], "early")
    await room.follow(early)
    published = await room.publish("old")
    await room.arrival("old", early)
    await room.follow()
    await room.ann.patch(room.path(published), {"content": "old, and edited"})
    await room.arrival("old, and edited", early)
    await room.publish("new")
    await room.arrival("new")
    assert [copy["content"] for copy in await room.copies()] == ["new"]


async def test_a_copy_calls_nobody(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.bob.bring(room.ann, room.target["id"])
    await room.follow()
    content = f"<@{room.bob.id}> @everyone"
    async with server.gateway(room.bob) as bob:
        await room.publish(content)
        heard = await bob.expect("MESSAGE_CREATE", lambda data: "webhook_id" in data)
    for shown in (heard.data, await room.arrival(content)):
        assert (shown["mentions"], shown["mention_everyone"]) == ([], False)
        assert shown["mention_roles"] == []


async def test_an_edit_is_carried_on(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.follow()
    published = await room.publish("extra")
    copy = await room.arrival("extra")
    async with server.gateway(room.bob) as bob:
        edited = await room.ann.patch(room.path(published), {"content": "corrected"})
        heard = await bob.expect("MESSAGE_UPDATE", lambda data: data["id"] == copy["id"])
    assert edited["flags"] == CROSSPOSTED
    read = await room.arrival("corrected")
    for shown in (heard.data, read):
        assert (shown["id"], shown["content"]) == (copy["id"], "corrected")
        assert (shown["flags"], shown["webhook_id"]) == (IS_CROSSPOST, copy["webhook_id"])
        assert shown["edited_timestamp"] == edited["edited_timestamp"]
    history = await room.bob.get(f"{room.path(copy)}/history")
    assert [revision["content"] for revision in history] == ["extra", "corrected"]


async def test_what_changes_nothing_of_the_text_is_not_carried_on(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.follow()
    published = await room.publish("extra")
    await room.arrival("extra")
    async with server.gateway(room.bob) as bob:
        await room.ann.put(f"/channels/{room.news['id']}/messages/pins/{published['id']}")
        await room.publish("the end")
        await bob.expect("MESSAGE_CREATE", lambda data: data.get("webhook_id"))
    updates = [event.data for event in bob.history if event.name == "MESSAGE_UPDATE"]
    assert {data["channel_id"] for data in updates} == {room.news["id"]}


async def test_a_deleted_source_leaves_empty_copies(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.follow()
    published = await room.publish("regrettable", embeds=[{"title": "very"}])
    copy = await room.arrival("regrettable")
    async with server.gateway(room.bob) as bob:
        await room.ann.delete(room.path(published))
        heard = await bob.expect("MESSAGE_UPDATE", lambda data: data["id"] == copy["id"])
    for shown in (heard.data, await room.arrival(GONE)):
        assert (shown["content"], shown["embeds"], shown["components"]) == (GONE, [], [])
        assert shown["flags"] == IS_CROSSPOST | SOURCE_DELETED


async def test_sources_deleted_together_leave_empty_copies(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.follow()
    ids = [(await room.publish(f"{number}"))["id"] for number in range(3)]
    await room.arrival("2")
    body = {"messages": ids}
    await room.ann.post(f"/channels/{room.news['id']}/messages/bulk-delete", body)
    await room.arrival(GONE)
    assert {copy["content"] for copy in await room.copies()} == {GONE}


async def test_a_copy_that_was_deleted_does_not_come_back(server: Server) -> None:
    room = await Newsroom.open(server)
    await room.follow()
    published = await room.publish("unwanted")
    copy = await room.arrival("unwanted")
    await room.bob.delete(room.path(copy))
    await room.ann.patch(room.path(published), {"content": "still unwanted"})
    await room.publish("welcome")
    await room.arrival("welcome")
    assert [copy["content"] for copy in await room.copies()] == ["welcome"]


async def test_who_ended_following_is_brought_no_more(server: Server) -> None:
    room = await Newsroom.open(server)
    other = await room.bob.channel(room.guild["id"], "other")
    webhook_id = await room.follow()
    await room.follow(other)
    published = await room.publish("first")
    await room.arrival("first")
    await room.bob.delete(f"/webhooks/{webhook_id}")
    await room.publish("second")
    await room.arrival("second", other)
    assert [copy["content"] for copy in await room.copies()] == ["first"]
    await room.ann.delete(room.path(published))
    await room.arrival(GONE)


async def test_copies_are_answered_pinned_and_deleted_like_any_message(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    await room.publish("extra")
    copy = await room.arrival("extra")
    reply = await room.bob.say(
        room.target["id"], "thanks", message_reference={"message_id": copy["id"]}
    )
    read = await room.bob.get(room.path(reply))
    for shown in (reply, read):
        assert shown["referenced_message"]["author"] == copy["author"]
        assert shown["referenced_message"]["webhook_id"] == webhook_id
        assert shown["mentions"] == []
    await room.bob.put(f"/channels/{room.target['id']}/messages/pins/{copy['id']}")
    pins = await room.bob.get(f"/channels/{room.target['id']}/messages/pins")
    assert pins["items"][0]["message"]["author"] == copy["author"]
    body = {"content": "put into its mouth"}
    assert (await room.bob.refused("PATCH", room.path(copy), body)).code == 50005
    await room.bob.delete(room.path(copy))
    path = f"/channels/{room.target['id']}/deleted-messages"
    [deleted] = await room.bob.get(path)
    assert deleted["author"]["username"] == "The Gazette #news"
    assert deleted["deleted_by"]["id"] == room.bob.id


async def test_a_copy_keeps_the_name_it_came_with(server: Server) -> None:
    room = await Newsroom.open(server)
    webhook_id = await room.follow()
    await room.publish("first")
    await room.arrival("first")
    await room.bob.patch(f"/webhooks/{webhook_id}", {"name": "Herald"})
    await room.publish("second")
    await room.arrival("second")
    names = [copy["author"]["username"] for copy in await room.copies()]
    assert names == ["Herald", "The Gazette #news"]


async def test_hundreds_follow_and_each_has_one_copy(own_server: Server, database: str) -> None:
    room = await Newsroom.open(own_server)
    webhook_id = await room.follow()
    await told(database, _CROWD, int(room.guild["id"]), int(webhook_id), 350)

    async def says(content: str) -> bool:
        [row] = await told(database, _COPIES, content)
        return bool(row["count"] == 351)

    published = await room.publish("to everybody")
    await until(lambda: says("to everybody"))
    await room.ann.patch(room.path(published), {"content": "to all"})
    await until(lambda: says("to all"))
    await room.ann.delete(room.path(published))
    await until(lambda: says(GONE))
    assert await told(database, "select from copies") == []


async def test_an_outlet_that_begins_again_brings_nothing_twice(
    own_server: Server, database: str
) -> None:
    room = await Newsroom.open(own_server)
    await room.follow()
    await room.publish("extra")
    await room.arrival("extra")

    async def is_delivered() -> bool:
        [row] = await told(database, "select delivered from publications")
        return bool(row["delivered"])

    await until(is_delivered)
    await told(database, "update publications set delivered = false")

    async def is_delivered_again() -> bool:
        await told(database, "update outlet_cursors set id = 0 where outlet = 'crossposts'")
        await told(database, "select pg_notify('rift', 'outbox')")
        return await is_delivered()

    await until(is_delivered_again)
    assert [copy["content"] for copy in await room.copies()] == ["extra"]


async def test_ten_messages_an_hour_are_published_in_a_channel(strict_server: Server) -> None:
    room = await Newsroom.open(strict_server)
    for number in range(11):
        author = (room.ann, room.bob)[number % 2]
        said = await _patiently(author, f"/channels/{room.news['id']}/messages", {"content": "n"})
        path = f"{room.path(said.body)}/crosspost"
        reply = await _patiently(author, path)
        assert reply.status == (200 if number < 10 else 429)
    assert 3500 < reply.body["retry_after"] <= 3600
    assert reply.headers["x-ratelimit-scope"] == "shared"
    other = await room.ann.channel(room.source["id"], "other-news", type=5)
    said = await _patiently(room.ann, f"/channels/{other['id']}/messages", {"content": "n"})
    assert (await _patiently(room.ann, f"{room.path(said.body)}/crosspost")).status == 200


async def _patiently(person: Person, path: str, body: object = None) -> Reply:
    """Sent again after a short wait, as client libraries do."""
    while True:
        reply = await person.call("POST", path, body)
        if reply.status != 429 or reply.body["retry_after"] > _SHORT_S:
            return reply
        await asyncio.sleep(reply.body["retry_after"])


_CROWD = """
with places as (
    insert into channels (id, guild_id, type, name)
    select 1000 + number, $1, 0, 'crowd'
    from generate_series(1, $3::int) as number
    returning id
)
insert into webhooks (
    id, type, guild_id, channel_id, user_id, name, source_guild_id, source_channel_id
)
select places.id, 2, $1, places.id, user_id, name, source_guild_id, source_channel_id
from places
cross join webhooks
where webhooks.id = $2
"""

_COPIES = """
select count(*)::int as count
from messages
where content = $1 and persona is not null
"""
