"""Webhooks in forums: each message begins a post by its name, or stands in one there is."""

from tests.nouns.luggage import TEXT, form
from tests.nouns.test_forums import forum
from tests.nouns.test_hooks import Desk
from tests.server import Server

REQUIRE_TAG = 1 << 4


async def opened(server: Server) -> Desk:
    """A desk whose webhook writes in a forum."""
    desk = await Desk.open(server)
    desk.channel = await forum(desk.ann, desk.guild["id"])
    desk.hook = await desk.make(desk.ann)
    return desk


async def test_a_webhook_posts_in_a_forum(server: Server) -> None:
    desk = await opened(server)
    tag = desk.channel["available_tags"][1]["id"]
    body = {"content": "it broke", "thread_name": " Broken ", "applied_tags": [tag]}
    async with server.gateway(desk.bob) as gateway:
        said = await desk.write({**body, "username": "Crier"})
        thread = (await gateway.expect("THREAD_CREATE")).data
        told = (await gateway.expect("MESSAGE_CREATE")).data
    post = f"/channels/{said['channel_id']}"
    assert said["id"] == said["channel_id"] == thread["id"] == told["id"]
    for shown in (thread, await desk.bob.get(post)):
        assert (shown["name"], shown["parent_id"]) == ("Broken", desk.channel["id"])
        assert (shown["owner_id"], shown["member_count"]) == (desk.hook["id"], 0)
        assert shown["applied_tags"] == [tag]
    [kept] = await desk.bob.get(f"{post}/messages")
    for message in (said, told, kept):
        assert (message["author"]["username"], message["content"]) == ("Crier", "it broke")
        assert message["webhook_id"] == desk.hook["id"]
    log = await desk.ann.get(f"/guilds/{desk.guild['id']}/audit-logs?action_type=110")
    assert [entry["target_id"] for entry in log["audit_log_entries"]] == [thread["id"]]
    into = f"{desk.path}?thread_id={thread['id']}&wait=true"
    more = await desk.nobody.post(into, {"content": "it works"})
    assert (more["channel_id"], said["position"], more["position"]) == (thread["id"], 0, 1)
    own = f"{desk.path}/messages/{said['id']}?thread_id={thread['id']}"
    assert (await desk.nobody.patch(own, {"content": "it broke!"}))["content"] == "it broke!"
    await desk.ann.delete(f"/webhooks/{desk.hook['id']}")
    assert (await desk.bob.get(post))["owner_id"] == desk.hook["id"]


async def test_a_post_of_a_webhook_brings_files(server: Server) -> None:
    desk = await opened(server)
    said = await desk.write(form(TEXT, payload={"thread_name": "Look"}))
    [first] = await desk.bob.get(f"/channels/{said['channel_id']}/messages")
    assert [one["filename"] for one in first["attachments"]] == [TEXT[0]]
    into = f"{desk.path}?thread_id={said['id']}&wait=true"
    more = await desk.nobody.post(into, form(TEXT))
    assert (more["channel_id"], len(more["attachments"])) == (said["id"], 1)


async def test_a_webhook_says_where_in_a_forum_it_writes(server: Server) -> None:
    desk, elsewhere = await opened(server), await Desk.open(server)
    path, tag = desk.path, desk.channel["available_tags"][0]["id"]
    await desk.ann.patch(f"/channels/{desk.channel['id']}", {"flags": REQUIRE_TAG})
    named = {"content": "x", "thread_name": "post", "applied_tags": [tag]}
    post = (await desk.write(named))["channel_id"]
    for where, sent, code in (
        (path, {"content": "x"}, 220001),
        (path, {"content": "x", "thread_name": "  "}, 220001),
        (path, form(TEXT), 220001),
        (f"{path}?thread_id={desk.channel['id']}", {"content": "x"}, 220001),
        (f"{path}?thread_id={post}", named, 220002),
        (elsewhere.path, named, 220003),
        (elsewhere.path, {"content": "x", "applied_tags": [tag]}, 220003),
        (f"{path}/slack", {"text": "x"}, 220004),
        (f"{path}/github", {"zen": "x"}, None),
        (path, {**named, "applied_tags": []}, 40067),
        (path, {**named, "applied_tags": ["1234"]}, 50035),
        (path, {**named, "thread_name": "x" * 101}, 50035),
        (path, {"thread_name": "nothing", "applied_tags": [tag]}, 50006),
        (f"{elsewhere.path}?thread_id={post}", {"content": "x"}, 10003),
    ):
        reply = await desk.nobody.call("POST", where, sent)
        assert (reply.code if reply.status >= 400 else None) == code, (where, sent, reply.body)
    active = await desk.ann.get(f"/guilds/{desk.guild['id']}/threads/active")
    assert [thread["id"] for thread in active["threads"]] == [post]
    assert await desk.nobody.post(f"{path}/slack?thread_id={post}", {"text": "x"}) == "ok"
