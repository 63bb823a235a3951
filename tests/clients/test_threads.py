"""Threads and posts, made and heard of by unmodified client libraries on a real server."""

import pytest

from tests.clients.conftest import Stage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_it_starts_threads_and_speaks_in_them(stage: Stage) -> None:
    asked = await stage.say("shall we talk of this?")
    place = {"channel_id": stage.channel_id, "message_id": asked}
    thread = await stage.do("start_thread", **place, name="this")
    assert thread == {"id": asked, "name": "this"}
    await stage.client.expect("thread_create", id=asked)
    assert await stage.do("threads", guild_id=stage.guild_id) == {asked: "this"}
    said = await stage.do("speak_in_thread", thread_id=asked, content="yes")
    [newest, *_] = await stage.owner.get(f"/channels/{asked}/messages")
    assert newest["id"] == said
    answer = await stage.member.say(asked, "agreed")
    await stage.client.expect("message", id=answer["id"], channel_id=asked)
    members = await stage.do("thread_members", thread_id=asked)
    assert members == sorted([stage.bot.id, stage.member.id])
    await stage.do("archive_thread", thread_id=asked)
    await stage.client.expect("thread_update", id=asked, archived=True)
    assert await stage.do("threads", guild_id=stage.guild_id) == {}


async def test_it_hears_of_the_threads_of_others(stage: Stage) -> None:
    made = await stage.owner.post(
        f"/channels/{stage.channel_id}/threads", {"name": "plans", "type": 11}
    )
    await stage.client.expect("thread_create", id=made["id"], name="plans")
    await stage.owner.patch(f"/channels/{made['id']}", {"name": "old plans"})
    if stage.library.name == "oceanic.js":  # its cache keeps the name that a thread began with
        await stage.client.expect("message", channel_id=made["id"], content="old plans")
    else:
        await stage.client.expect("thread_update", id=made["id"], name="old plans")
    await stage.owner.delete(f"/channels/{made['id']}")
    await stage.client.expect("thread_delete", id=made["id"])
    assert await stage.do("threads", guild_id=stage.guild_id) == {}


async def test_it_posts_in_forums(stage: Stage) -> None:
    forum = await stage.owner.channel(stage.guild_id, "questions", type=15)
    await stage.client.expect("channel_create", id=forum["id"])
    post = await stage.do("post", channel_id=forum["id"], name="Why?", content="tell me")
    held = await stage.owner.get(f"/channels/{post['id']}")
    assert (held["name"], held["parent_id"], held["owner_id"]) == (
        "Why?",
        forum["id"],
        stage.bot.id,
    )
    [first] = await stage.owner.get(f"/channels/{post['id']}/messages")
    assert (first["id"], first["content"]) == (post["id"], "tell me")
    if stage.library.name != "hikari":  # its webhooks do not name posts
        place = {"channel_id": forum["id"], "name": "News"}
        heard, said = await stage.do("herald_post", **place, content="hear, hear")
        await stage.client.expect("thread_create", id=heard, name="News")
        assert said == "hear, hear"
    await stage.owner.delete(f"/channels/{forum['id']}")
    await stage.client.expect("channel_delete", id=forum["id"])
