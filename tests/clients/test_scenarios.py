"""What bots do all day, done by unmodified client libraries on a real server."""

import base64
from typing import Any

import pytest

from rift.permissions import Permission
from tests.clients.cable import Cable
from tests.clients.client import RefusedByServer
from tests.clients.conftest import Stage
from tests.media.pictures import decoded, encoded, picture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
]

SMILE, PARTY = "\N{SLIGHTLY SMILING FACE}", "\N{PARTY POPPER}"


async def test_it_knows_the_guild_it_was_shown(stage: Stage) -> None:
    guild = await stage.owner.get(f"/guilds/{stage.guild_id}")
    channels = await stage.owner.get(f"/guilds/{stage.guild_id}/channels")
    world = await stage.do("world", guild_id=stage.guild_id)
    assert world["name"] == guild["name"]
    assert world["roles"] == {r["id"]: [r["name"], r["permissions"]] for r in guild["roles"]}
    assert world["channels"] == {
        c["id"]: [c["name"], c.get("parent_id"), c.get("topic")] for c in channels
    }
    assert set(world["members"]) >= {stage.bot.id, stage.owner.id, stage.member.id}


async def test_it_hears_a_message_and_replies(stage: Stage) -> None:
    asked = await stage.say("Is anybody there?")
    heard = await stage.client.expect("message", id=asked)
    assert heard == {
        "id": asked,
        "channel_id": stage.channel_id,
        "author_id": stage.owner.id,
        "content": "Is anybody there?",
        "reply_to": None,
        "silent": False,
        "forwards": None,
    }
    sent = await stage.do(
        "reply", channel_id=stage.channel_id, message_id=asked, content="Yes, a bot."
    )
    assert sent["reply_to"] == asked
    assert await stage.client.expect("message", id=sent["id"]) == sent
    [held] = [message for message in await stage.messages() if message["id"] == sent["id"]]
    assert held["author"]["id"] == stage.bot.id
    assert held["author"]["bot"] is True
    assert held["content"] == "Yes, a bot."
    assert held["type"] == 19
    assert held["referenced_message"]["id"] == asked


async def test_it_has_a_face_and_fetches_those_of_others(stage: Stage) -> None:
    face, icon = encoded(picture(300, 300), "PNG"), encoded(picture(80, 80), "PNG")
    shown = f"data:image/png;base64,{base64.b64encode(icon).decode()}"
    await stage.owner.patch(f"/guilds/{stage.guild_id}", {"icon": shown})
    avatar = base64.b64encode(face).decode()
    told = await stage.do("portray", guild_id=stage.guild_id, avatar=avatar)
    seen = {name: decoded(base64.b64decode(it)) for name, it in told.items()}
    assert {name: it.size for name, it in seen.items()} == {
        "default": (256, 256),
        "avatar": (64, 64),
        "icon": (32, 32),
        "whole": (80, 80),
    }
    assert seen["icon"].format == "WEBP"
    held = await stage.owner.get(f"/users/{stage.bot.id}")
    assert held["avatar"] is not None


async def test_it_edits_and_deletes(stage: Stage) -> None:
    sent = await stage.do("send", channel_id=stage.channel_id, content="first")
    place = {"channel_id": stage.channel_id, "message_id": sent["id"]}
    await stage.do("edit", **place, content="second")
    await stage.client.expect("message_edit", id=sent["id"], content="second")
    held = await stage.owner.get(f"/channels/{stage.channel_id}/messages/{sent['id']}")
    assert held["content"] == "second"
    assert held["edited_timestamp"] is not None
    await stage.do("delete", **place)
    await stage.client.expect("message_delete", id=sent["id"])
    assert sent["id"] not in [message["id"] for message in await stage.messages()]


async def test_it_sees_others_edit_and_moderates_them(stage: Stage) -> None:
    said = await stage.member.say(stage.channel_id, "rude")
    path = f"/channels/{stage.channel_id}/messages/{said['id']}"
    await stage.client.expect("message", id=said["id"])
    await stage.member.patch(path, {"content": "rude!"})
    await stage.client.expect("message_edit", id=said["id"], content="rude!")
    await stage.do("delete", channel_id=stage.channel_id, message_id=said["id"])
    await stage.client.expect("message_delete", id=said["id"])
    assert (await stage.owner.refused("GET", path)).code == 10008


async def test_it_reacts(stage: Stage) -> None:
    message_id = await stage.say("react to this")
    await stage.client.expect("message", id=message_id)
    place = {"channel_id": stage.channel_id, "message_id": message_id, "emoji": SMILE}
    await stage.do("react", **place)
    own = {"message_id": message_id, "user_id": stage.bot.id, "emoji": SMILE}
    await stage.client.expect("reaction_add", **own)
    path = f"/channels/{stage.channel_id}/messages/{message_id}/reactions/{SMILE}"
    await stage.member.put(f"{path}/@me")
    theirs = {"message_id": message_id, "user_id": stage.member.id, "emoji": SMILE}
    await stage.client.expect("reaction_add", **theirs)
    assert sorted(await stage.do("reactors", **place)) == sorted([stage.bot.id, stage.member.id])
    assert {user["id"] for user in await stage.owner.get(path)} == {stage.bot.id, stage.member.id}
    await stage.do("unreact", **place)
    await stage.client.expect("reaction_remove", **own)
    assert [user["id"] for user in await stage.owner.get(path)] == [stage.member.id]


async def test_it_pages_through_history(stage: Stage) -> None:
    channel = await stage.owner.channel(stage.guild_id, "archive")
    await stage.client.expect("channel_create", id=channel["id"])
    told = [f"line {number}" for number in range(230)]
    ids = [(await stage.owner.say(channel["id"], line))["id"] for line in told]
    place = {"channel_id": channel["id"]}
    backwards = await stage.do("history", **place, limit=1000)
    assert backwards == told[::-1]
    assert await stage.do("history", **place, limit=150) == told[:79:-1]
    assert await stage.do("history", **place, limit=150, before=ids[200]) == told[199:49:-1]
    assert await stage.do("history", **place, limit=150, after=ids[20]) == told[21:171]


async def test_it_pins(stage: Stage) -> None:
    message_id = await stage.say("worth keeping")
    await stage.client.expect("message", id=message_id)
    place = {"channel_id": stage.channel_id, "message_id": message_id}
    await stage.do("pin", **place)
    await stage.client.expect("pins", channel_id=stage.channel_id)
    assert await stage.do("pins", channel_id=stage.channel_id) == [message_id]
    held = await stage.owner.get(f"/channels/{stage.channel_id}/messages/pins")
    assert [item["message"]["id"] for item in held["items"]] == [message_id]
    await stage.do("unpin", **place)
    await stage.client.expect("pins", channel_id=stage.channel_id)
    assert await stage.do("pins", channel_id=stage.channel_id) == []


async def test_it_follows_and_publishes(stage: Stage) -> None:
    news = await stage.owner.channel(stage.guild_id, "news", type=5)
    await stage.client.expect("channel_create", id=news["id"])
    await stage.do("follow", channel_id=news["id"], target_id=stage.channel_id)
    [webhook] = await stage.owner.get(f"/channels/{stage.channel_id}/webhooks")
    known = await stage.do("webhooks", channel_id=stage.channel_id)
    assert known == {webhook["name"]: news["id"]}
    sent = await stage.do("send", channel_id=news["id"], content="extra, extra")
    await stage.do("publish", channel_id=news["id"], message_id=sent["id"])
    copy = await stage.client.expect(
        "message", channel_id=stage.channel_id, content=sent["content"]
    )
    assert copy["author_id"] == webhook["id"]
    await stage.owner.delete(f"/webhooks/{webhook['id']}")
    await stage.owner.delete(f"/channels/{news['id']}")
    await stage.client.expect("channel_delete", id=news["id"])


async def test_it_asks_and_learns_what_came_out(stage: Stage) -> None:
    place = {"channel_id": stage.channel_id}
    id_ = await stage.do("ask", **place, question="Tea?", answers=["Yes", "No"])
    path = f"/channels/{stage.channel_id}/polls/{id_}/answers/@me"
    await stage.member.put(path, {"answer_ids": [2]})
    assert await stage.do("close", **place, message_id=id_) == [0, 1]
    result, asked = (await stage.messages())[:2]
    assert (result["type"], asked["id"]) == (46, id_)
    await stage.client.expect("message", id=result["id"])


async def test_it_forbids_a_word_and_hears_who_said_it(stage: Stage) -> None:
    made = await stage.do("forbid", guild_id=stage.guild_id, word="spoil*")
    rules = f"/guilds/{stage.guild_id}/auto-moderation/rules"
    [rule] = await stage.owner.get(rules)
    assert made == {"id": rule["id"], "name": "words", "enabled": True}
    await stage.client.expect("rule_create", id=rule["id"], name="words")
    body = {"content": "a spoiler"}
    path = f"/channels/{stage.channel_id}/messages"
    assert (await stage.member.refused("POST", path, body)).code == 200000
    done = await stage.client.expect("automod", user_id=stage.member.id, content="a spoiler")
    assert (done["rule_id"], done["keyword"]) == (rule["id"], "spoil*")
    await stage.owner.delete(f"{rules}/{rule['id']}")
    # hikari knows what an entry of a blocked message is called, but not the options of one.
    complaints = stage.client.complaints
    complaints[:] = [it for it in complaints if "an unrecognised entity" not in it]


async def test_it_writes_through_a_webhook(stage: Stage) -> None:
    place = {"channel_id": stage.channel_id}
    told = await stage.do("herald", **place, content="hear, hear", name="Crier")
    assert told == ["Crier", "HEAR, HEAR", "HEAR, HEAR"]
    heard = await stage.client.expect("message", content="hear, hear")
    await stage.client.expect("message_edit", id=heard["id"], content="HEAR, HEAR")
    await stage.client.expect("message_delete", id=heard["id"])
    assert await stage.owner.get(f"/channels/{stage.channel_id}/webhooks") == []


async def test_it_deletes_many_at_once(stage: Stage) -> None:
    ids = [await stage.say(f"spam {number}") for number in range(5)]
    kept = await stage.say("no spam")
    await stage.client.expect("message", id=kept)
    await stage.do("bulk_delete", channel_id=stage.channel_id, message_ids=ids)
    heard = await stage.client.expect("bulk_delete")
    assert heard["ids"] == sorted(ids)
    held = {message["id"] for message in await stage.messages()}
    assert kept in held
    assert not held & set(ids)


async def test_typing_goes_both_ways(stage: Stage) -> None:
    await stage.member.post(f"/channels/{stage.channel_id}/typing")
    await stage.client.expect("typing", channel_id=stage.channel_id, user_id=stage.member.id)
    async with stage.server.gateway(stage.owner) as gateway:
        await stage.do("type", channel_id=stage.channel_id)
        seen = await gateway.expect("TYPING_START", lambda data: data["user_id"] == stage.bot.id)
        assert seen.data["channel_id"] == stage.channel_id


async def test_it_invites(stage: Stage) -> None:
    code = await stage.do("invite", channel_id=stage.channel_id)
    await stage.client.expect("invite_create", code=code)
    assert code in await stage.do("invites", guild_id=stage.guild_id)
    invite = await stage.owner.get(f"/invites/{code}")
    assert invite["inviter"]["id"] == stage.bot.id
    newcomer = await stage.server.person()
    await newcomer.post(f"/invites/{code}", {})
    await stage.client.expect("member_join", user_id=newcomer.id)
    await stage.owner.delete(f"/invites/{code}")
    await stage.client.expect("invite_delete", code=code)


async def test_it_makes_and_hands_out_roles(stage: Stage) -> None:
    bits = str(int(Permission.MANAGE_MESSAGES))
    role = await stage.do("create_role", guild_id=stage.guild_id, name="helper", permissions=bits)
    assert role == await stage.client.expect("role_create", id=role["id"])
    assert role["permissions"] == bits
    await stage.do("edit_role", guild_id=stage.guild_id, role_id=role["id"], name="aide")
    await stage.client.expect("role_update", id=role["id"], name="aide")
    given = {"guild_id": stage.guild_id, "user_id": stage.member.id, "role_id": role["id"]}
    await stage.do("give", **given)
    await stage.client.expect("member_update", user_id=stage.member.id, roles=[role["id"]])
    path = f"/guilds/{stage.guild_id}/members/{stage.member.id}"
    assert (await stage.owner.get(path))["roles"] == [role["id"]]
    await stage.do("take", **given)
    await stage.client.expect("member_update", user_id=stage.member.id, roles=[])
    assert (await stage.owner.get(path))["roles"] == []
    await stage.do("delete_role", guild_id=stage.guild_id, role_id=role["id"])
    await stage.client.expect("role_delete", id=role["id"])
    held = await stage.owner.get(f"/guilds/{stage.guild_id}/roles")
    assert role["id"] not in [other["id"] for other in held]


async def test_it_renames_and_silences_a_member(stage: Stage) -> None:
    who = {"guild_id": stage.guild_id, "user_id": stage.member.id}
    await stage.do("nick", **who, nick="Cid")
    await stage.client.expect("member_update", user_id=stage.member.id, nick="Cid")
    await stage.do("timeout", **who, seconds=600)
    await stage.client.expect("member_update", user_id=stage.member.id, timed_out=True)
    words = {"content": "I am silenced"}
    path = f"/channels/{stage.channel_id}/messages"
    assert (await stage.member.refused("POST", path, words)).status == 403
    await stage.do("timeout", **who, seconds=None)
    await stage.client.expect("member_update", user_id=stage.member.id, timed_out=False)
    await stage.member.post(path, words)
    await stage.do("nick", **who, nick=None)
    await stage.client.expect("member_update", user_id=stage.member.id, nick=None)
    held = await stage.owner.get(f"/guilds/{stage.guild_id}/members/{stage.member.id}")
    assert held["nick"] is None
    assert held["communication_disabled_until"] is None


async def test_it_kicks_bans_and_unbans(stage: Stage) -> None:
    person = await stage.joins()
    who = {"guild_id": stage.guild_id, "user_id": person.id}
    await stage.do("kick", **who, reason="a first warning")
    await stage.client.expect("member_leave", user_id=person.id)
    await stage.owner.bring(person, stage.channel_id)
    await stage.client.expect("member_join", user_id=person.id)
    await stage.do("ban", **who, reason="enough ☹")
    await stage.client.expect("ban", user_id=person.id)
    await stage.client.expect("member_leave", user_id=person.id)
    assert await stage.do("bans", guild_id=stage.guild_id) == {person.id: "enough ☹"}
    ban = await stage.owner.get(f"/guilds/{stage.guild_id}/bans/{person.id}")
    assert ban["reason"] == "enough ☹"
    await stage.do("unban", **who)
    await stage.client.expect("unban", user_id=person.id)
    assert await stage.do("bans", guild_id=stage.guild_id) == {}


async def test_it_bans_many_at_once(stage: Stage) -> None:
    raiders = sorted([(await stage.joins()).id for _ in range(2)])
    whom = {"guild_id": stage.guild_id, "user_ids": [*raiders, stage.owner.id]}
    done = await stage.do("ban_many", **whom, reason="a raid")
    assert done == [raiders, [stage.owner.id]]
    for user_id in raiders:
        await stage.client.expect("ban", user_id=user_id)
        await stage.client.expect("member_leave", user_id=user_id)
    held = await stage.owner.get(f"/guilds/{stage.guild_id}/bans")
    assert {it["user"]["id"]: it["reason"] for it in held} == dict.fromkeys(raiders, "a raid")
    for user_id in raiders:
        await stage.owner.delete(f"/guilds/{stage.guild_id}/bans/{user_id}")
        await stage.client.expect("unban", user_id=user_id)


async def test_it_builds_and_guards_channels(stage: Stage) -> None:
    guild = {"guild_id": stage.guild_id}
    category = await stage.do("create_category", **guild, name="Office")
    await stage.client.expect("channel_create", id=category["id"])
    made = {"name": "desk", "topic": "work", "parent_id": category["id"]}
    channel = await stage.do("create_channel", **guild, **made)
    place = {"channel_id": channel["id"]}
    assert made.items() <= channel.items()
    assert made.items() <= (await stage.client.expect("channel_create", id=channel["id"])).items()
    await stage.do("edit_channel", **place, name="bench", topic="craft")
    await stage.client.expect("channel_update", id=channel["id"], name="bench", topic="craft")
    view = str(int(Permission.VIEW_CHANNEL))
    await stage.do("overwrite", **place, role_id=stage.guild_id, allow="0", deny=view)
    wall = {stage.guild_id: ["0", view]}
    await stage.client.expect("channel_update", id=channel["id"], overwrites=wall)
    path = f"/channels/{channel['id']}"
    assert (await stage.member.refused("GET", path)).code == 50001
    held = await stage.owner.get(path)
    assert held["permission_overwrites"] == [
        {"id": stage.guild_id, "type": 0, "allow": "0", "deny": view}
    ]
    for made_id in (channel["id"], category["id"]):
        await stage.do("delete_channel", channel_id=made_id)
        await stage.client.expect("channel_delete", id=made_id)
    assert (await stage.owner.refused("GET", path)).code == 10003


async def test_it_asks_for_members(stage: Stage) -> None:
    person = await stage.joins()
    guild = {"guild_id": stage.guild_id}
    assert await stage.do("chunk", **guild, query=person.user["username"]) == [person.id]
    held = await stage.owner.get(f"/guilds/{stage.guild_id}/members?limit=1000")
    everybody = {member["user"]["id"] for member in held}
    assert set(await stage.do("members", **guild)) == everybody
    world = await stage.do("world", **guild)
    assert set(world["members"]) == everybody


async def test_presence_goes_both_ways(stage: Stage) -> None:
    async with stage.server.gateway(stage.member) as gateway:
        await stage.client.expect("presence", user_id=stage.member.id, status="online")
        await gateway.send(3, {"since": None, "activities": [], "status": "dnd", "afk": False})
        await stage.client.expect("presence", user_id=stage.member.id, status="dnd")
        await stage.do("presence", status="idle", playing="chess")

        def idle(data: Any) -> bool:
            return bool(data["user"]["id"] == stage.bot.id and data["status"] == "idle")

        seen = await gateway.expect("PRESENCE_UPDATE", idle)
        assert seen.data["activities"][0]["name"] == "chess"
    await stage.client.expect("presence", user_id=stage.member.id, status="offline")


async def test_it_talks_with_somebody_in_private(stage: Stage) -> None:
    sent = await stage.do("whisper", user_id=stage.member.id, content="Between us.")
    path = f"/channels/{sent['channel_id']}/messages"
    [opened] = await stage.member.get("/users/@me/channels")
    assert (opened["id"], opened["type"]) == (sent["channel_id"], 1)
    assert [one["content"] for one in await stage.member.get(path)] == ["Between us."]
    await stage.client.expect("message", id=sent["id"])
    reference = {"message_reference": {"message_id": sent["id"]}}
    answer = await stage.member.say(sent["channel_id"], "Nobody hears us?", **reference)
    heard = await stage.client.expect("message", id=answer["id"])
    said = {"content": "Nobody hears us?", "author_id": stage.member.id, "reply_to": sent["id"]}
    assert said.items() <= heard.items()
    place = {"channel_id": sent["channel_id"], "message_id": answer["id"]}
    replied = await stage.do("reply", **place, content="Nobody.")
    assert replied["reply_to"] == answer["id"]
    await _private_life(stage, path, answer["id"])
    assert sent["id"] not in {message["id"] for message in await stage.messages()}


async def _private_life(stage: Stage, path: str, message_id: str) -> None:
    """What else one can do in a conversation, as the other one hears of it."""
    channel_id = path.split("/")[2]
    await stage.member.post(f"/channels/{channel_id}/typing")
    await stage.client.expect("typing", channel_id=channel_id, user_id=stage.member.id)
    await stage.member.put(f"{path}/{message_id}/reactions/{PARTY}/@me")
    await stage.client.expect("reaction_add", message_id=message_id, emoji=PARTY)
    await stage.member.put(f"{path}/pins/{message_id}")
    await stage.client.expect("pins", channel_id=channel_id)
    await stage.member.patch(f"{path}/{message_id}", {"content": "Nobody!"})
    await stage.client.expect("message_edit", id=message_id, content="Nobody!")
    await stage.member.delete(f"{path}/{message_id}")
    await stage.client.expect("message_delete", id=message_id)


async def test_a_stranger_is_not_written_to(stage: Stage) -> None:
    person = await stage.joins()
    await stage.owner.delete(f"/guilds/{stage.guild_id}/members/{person.id}")
    with pytest.raises(RefusedByServer) as refused:
        await stage.do("whisper", user_id=person.id, content="Buy this")
    assert refused.value.status == 403


async def test_it_reads_the_audit_log_and_hears_of_new_entries(stage: Stage) -> None:
    role = await stage.owner.post(f"/guilds/{stage.guild_id}/roles", {"name": "before"})
    path = f"/guilds/{stage.guild_id}/roles/{role['id']}"
    headers = {"X-Audit-Log-Reason": "a%20better%20name"}
    await stage.owner.patch(path, {"name": "after"}, headers=headers)
    who = {"user_id": stage.owner.id, "target_id": role["id"]}
    made = {**who, "action": 30, "reason": None, "names": [None, "before"]}
    named = {**who, "action": 31, "reason": "a better name", "names": ["before", "after"]}
    for entry in (made, named):
        assert await stage.client.expect("audit_log_entry", **who) == entry
    read = await stage.do("audit_log", guild_id=stage.guild_id)
    assert read[:2] == [named, made]
    log = await stage.owner.get(f"/guilds/{stage.guild_id}/audit-logs?limit=100")
    held = [one for one in log["audit_log_entries"] if stage.reads(one)]
    kept = [(one["action_type"], one["user_id"], one.get("reason")) for one in held]
    assert [(one["action"], one["user_id"], one["reason"]) for one in read] == kept
    for one, other in zip(read, held, strict=True):
        assert other["target_id"] in (one["target_id"], None)


async def test_it_sends_a_file_and_reads_it_back(stage: Stage) -> None:
    told = {"filename": "grüße_an_alle.txt", "description": "Greetings"}
    sent = await stage.do("send_file", channel_id=stage.channel_id, content="Grüße an alle", **told)
    assert sent == {**told, "id": sent["id"], "size": 15, "read": "Grüße an alle"}
    [message] = [it for it in await stage.messages() if it["content"] == "with a file"]
    [attachment] = message["attachments"]
    assert (attachment["id"], attachment["filename"]) == (sent["id"], sent["filename"])


async def test_it_forwards_a_message(stage: Stage) -> None:
    channel = await stage.owner.channel(stage.guild_id, "notices")
    await stage.client.expect("channel_create", id=channel["id"])
    message_id = await stage.say("Read this twice.")
    await stage.client.expect("message", id=message_id)
    place = {"channel_id": stage.channel_id, "message_id": message_id}
    sent = await stage.do("forward", **place, to_id=channel["id"])
    assert (sent["content"], sent["forwards"]) == ("", "Read this twice.")
    assert await stage.client.expect("message", id=sent["id"]) == sent
    await stage.owner.patch(
        f"/channels/{stage.channel_id}/messages/{message_id}", {"content": "Unsaid."}
    )
    [held] = await stage.owner.get(f"/channels/{channel['id']}/messages")
    assert held["message_snapshots"][0]["message"]["content"] == "Read this twice."


async def test_it_sends_and_hears_silent_messages(stage: Stage) -> None:
    quiet = await stage.do("send_silently", channel_id=stage.channel_id, content="hush")
    assert quiet["silent"] is True
    [held, *_] = await stage.messages()
    assert (held["id"], held["flags"]) == (quiet["id"], 1 << 12)
    hers = await stage.owner.say(stage.channel_id, "hush yourself", flags=1 << 12)
    assert (await stage.client.expect("message", id=hers["id"]))["silent"] is True


async def test_it_knows_the_code_its_guild_chose(stage: Stage) -> None:
    code = f"stage-{stage.guild_id}"
    await stage.owner.patch(f"/guilds/{stage.guild_id}/vanity-url", {"code": code})
    newcomer = await stage.server.person()
    await newcomer.post(f"/invites/{code}", {})
    await stage.client.expect("member_join", user_id=newcomer.id)
    assert await stage.do("vanity", guild_id=stage.guild_id) == [code, 1]


async def test_it_searches_members(stage: Stage) -> None:
    person = await stage.joins()
    start = person.user["username"][:-1]
    found = await stage.do("search", guild_id=stage.guild_id, query=start)
    assert person.id in found
    held = await stage.owner.get(f"/guilds/{stage.guild_id}/members/search?query={start}&limit=100")
    assert set(found) <= {member["user"]["id"] for member in held}


async def test_a_refusal_reaches_the_program(stage: Stage) -> None:
    with pytest.raises(RefusedByServer) as unknown:
        await stage.do("edit", channel_id=stage.channel_id, message_id="1", content="?")
    assert (unknown.value.status, unknown.value.code) == (404, 10008)
    owner = {"guild_id": stage.guild_id, "user_id": stage.owner.id}
    with pytest.raises(RefusedByServer) as above:
        await stage.do("kick", **owner, reason="mutiny")
    assert (above.value.status, above.value.code) == (403, 50013)
    with pytest.raises(RefusedByServer) as long:
        await stage.do("send", channel_id=stage.channel_id, content="x" * 2001)
    assert (long.value.status, long.value.code) == (400, 50035)


async def test_it_is_shown_a_guild_it_joins_and_loses_one_it_leaves(stage: Stage) -> None:
    guild = await stage.owner.guild("A second home")
    body = {"guild_id": guild["id"], "permissions": "0", "authorize": True}
    await stage.owner.post(f"/oauth2/authorize?client_id={stage.bot.id}&scope=bot", body)
    await stage.client.expect("guild_join", id=guild["id"])
    assert (await stage.do("world", guild_id=guild["id"]))["name"] == "A second home"
    await stage.owner.delete(f"/guilds/{guild['id']}/members/{stage.bot.id}")
    await stage.client.expect("guild_leave", id=guild["id"])


async def test_a_cut_line_loses_and_doubles_nothing(stage: Stage, cable: Cable) -> None:
    before = [await stage.say(f"before {number}") for number in range(3)]
    await stage.client.expect("message", id=before[-1])
    stage.client.heard.clear()
    await cable.cut()
    during = [await stage.say(f"during {number}") for number in range(20)]
    cable.repair()
    await stage.client.expect("resumed")
    after = await stage.say("after")
    await stage.client.expect("message", id=after)
    await stage.client.quiet("message", id=after)
    assert [message["id"] for message in stage.client.all("message")] == during
    assert stage.client.all("ready") == []
    stage.client.forgive_broken_connections()
