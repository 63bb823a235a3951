"""Forums: channels of posts, with tags that sort them."""

from typing import Any

import pytest

from tests.api import Person
from tests.guard.stage import POLL
from tests.nouns.luggage import TEXT, ask, form
from tests.server import Server


async def forum(owner: Person, guild_id: str, **fields: Any) -> dict[str, Any]:
    tags = [{"name": "question"}, {"name": "solved", "moderated": True, "emoji_name": "✅"}]
    body = {"type": 15, "available_tags": tags, "default_reaction_emoji": {"emoji_name": "👍"}}
    return await owner.channel(guild_id, "Ask Here", **{**body, **fields})


async def test_a_forum_is_what_it_was_made_to_be(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"], default_sort_order=1, default_forum_layout=2)
    assert (made["type"], made["name"], made["flags"]) == (15, "ask-here", 0)
    assert [tag["name"] for tag in made["available_tags"]] == ["question", "solved"]
    assert (made["default_sort_order"], made["default_forum_layout"]) == (1, 2)
    question, solved = made["available_tags"]
    body = {
        "flags": 1 << 4,
        "topic": "Be kind",
        "default_thread_rate_limit_per_user": 5,
        "available_tags": [{**solved, "name": "done"}, {"name": "idea"}],
    }
    changed = await owner.patch(f"/channels/{made['id']}", body)
    assert changed["flags"] == 1 << 4
    done, idea = changed["available_tags"]
    assert (done["id"], done["name"], done["moderated"]) == (solved["id"], "done", True)
    assert idea["id"] not in (question["id"], solved["id"])
    assert await owner.get(f"/channels/{made['id']}") == changed
    for wrong in ([{"name": "a"}, {"name": "A"}], [{"name": "a", "id": question["id"]}]):
        refused = await owner.refused("PATCH", f"/channels/{made['id']}", {"available_tags": wrong})
        assert refused.body["code"] == 50035


async def test_a_post_is_a_thread_and_its_first_message(server: Server) -> None:
    owner, member = await server.person(), await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"])
    talk = await owner.channel(guild["id"])
    await owner.bring(member, talk["id"])
    tag = made["available_tags"][0]["id"]
    body = {"name": "How?", "message": {"content": "how does it work"}, "applied_tags": [tag]}
    async with server.gateway(owner) as gateway:
        post = await member.post(f"/channels/{made['id']}/threads", body)
        assert (await gateway.expect("THREAD_CREATE")).data["applied_tags"] == [tag]
        said = (await gateway.expect("MESSAGE_CREATE")).data
    assert post["message"]["id"] == post["id"] == said["id"] == said["channel_id"]
    assert (post["type"], post["parent_id"], post["applied_tags"]) == (11, made["id"], [tag])
    await owner.say(post["id"], "like this")
    shown = await member.get(f"/channels/{post['id']}")
    assert (shown["message_count"], shown["member_count"]) == (1, 2)
    refused = await member.refused("POST", f"/channels/{made['id']}/messages", {"content": "no"})
    assert refused.body["code"] == 40058


async def test_a_forum_says_what_a_post_begins_with(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"])
    assert made["template"] == ""
    words = {"template": "What did you hear, and when?"}
    async with server.gateway(owner) as gateway:
        await owner.patch(f"/channels/{made['id']}", words)
        told = (await gateway.expect("CHANNEL_UPDATE")).data
    assert told["template"] == words["template"]
    pattern = await owner.post(f"/guilds/{guild['id']}/templates", {"name": "Ours"})
    copied = pattern["serialized_source_guild"]["channels"]
    assert words["template"] in [it["template"] for it in copied]
    text = await owner.channel(guild["id"], "talk")
    assert "template" not in await owner.patch(f"/channels/{text['id']}", words)
    log = await owner.get(f"/guilds/{guild['id']}/audit-logs?action_type=11")
    assert "template" in [it["key"] for it in log["audit_log_entries"][0]["changes"]]


async def test_a_post_brings_files(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"])
    body = {"name": "A file", "message": {"content": "look"}}
    reply = await ask(owner, "POST", f"/channels/{made['id']}/threads", form(TEXT, payload=body))
    assert reply.status == 201, reply.body
    sent = reply.body
    [file] = sent["message"]["attachments"]
    assert file["filename"] == TEXT[0]
    [first] = await owner.get(f"/channels/{sent['id']}/messages")
    assert first["attachments"][0]["id"] == file["id"]


@pytest.mark.parametrize(("tags", "code"), [([], 40067), (["solved"], 50013), (["1234"], 50035)])
async def test_tags_are_asked_for_and_given_by_whom_they_may_be(
    server: Server, tags: list[str], code: int
) -> None:
    owner, member = await server.person(), await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"])
    await owner.patch(f"/channels/{made['id']}", {"flags": 1 << 4})
    await owner.bring(member, (await owner.channel(guild["id"]))["id"])
    known = {tag["name"]: tag["id"] for tag in made["available_tags"]}
    body = {
        "name": "How?",
        "message": {"content": "how"},
        "applied_tags": [known.get(tag, tag) for tag in tags],
    }
    refused = await member.refused("POST", f"/channels/{made['id']}/threads", body)
    assert refused.body["code"] == code


async def test_a_post_is_pinned_by_who_manages_threads(server: Server) -> None:
    owner, member = await server.person(), await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"])
    await owner.bring(member, (await owner.channel(guild["id"]))["id"])
    post = await member.post(
        f"/channels/{made['id']}/threads", {"name": "rules", "message": {"content": "be kind"}}
    )
    denied = await member.refused("PATCH", f"/channels/{post['id']}", {"flags": 2})
    assert denied.body["code"] == 50013
    assert (await owner.patch(f"/channels/{post['id']}", {"flags": 2}))["flags"] == 2


async def test_posts_are_sought_by_tag_with_what_they_begin_with(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"])
    question, solved = (tag["id"] for tag in made["available_tags"])
    for name, tags in (("one", [question]), ("two", [question, solved]), ("three", [])):
        body = {"name": name, "message": {"content": name * 2}, "applied_tags": tags}
        await owner.post(f"/channels/{made['id']}/threads", body)
    path = f"/channels/{made['id']}/threads/search?sort_by=creation_time&tag="
    some = await owner.get(f"{path}{question}&tag={solved}")
    assert [one["name"] for one in some["threads"]] == ["two", "one"]
    assert [one["content"] for one in some["first_messages"]] == ["twotwo", "oneone"]
    every = await owner.get(f"{path}{question},{solved}&tag_setting=match_all")
    assert [one["name"] for one in every["threads"]] == ["two"]


async def test_a_post_may_begin_with_a_poll(server: Server) -> None:
    owner = await server.person()
    guild = await owner.guild()
    made = await forum(owner, guild["id"])
    body = {"name": "Vote", "message": {"poll": POLL}}
    post = await owner.post(f"/channels/{made['id']}/threads", body)
    [first] = await owner.get(f"/channels/{post['id']}/messages")
    assert first["poll"]["question"] == POLL["question"]


async def test_the_files_of_a_post_are_brought_ahead_of_it(server: Server) -> None:
    owner = await server.person()
    made = await forum(owner, (await owner.guild())["id"])
    wanted = {"files": [{"id": "0", "filename": "a.txt", "file_size": 4}]}
    told = await owner.post(f"/channels/{made['id']}/attachments", wanted)
    [upload] = told["attachments"]
    async with owner.api.http.put(upload["upload_url"], data=b"tick") as reply:
        assert reply.status == 200
    file = {"id": "0", "filename": "a.txt", "uploaded_filename": upload["upload_filename"]}
    body = {"name": "Clock", "message": {"content": "", "attachments": [file]}}
    post = await owner.post(f"/channels/{made['id']}/threads", body)
    assert [it["filename"] for it in post["message"]["attachments"]] == ["a.txt"]
