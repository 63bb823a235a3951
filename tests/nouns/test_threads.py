"""Threads: started, spoken in, joined and left, put to sleep and woken, and seen by whom."""

from pathlib import Path
from typing import Any, Final

import rift
from tests.api import Person
from tests.nouns.elsewhere import told as rows
from tests.nouns.luggage import TEXT, send
from tests.patience import until
from tests.server import Server

MANAGE_THREADS = str(1 << 34)
SEND_IN_THREADS = str(1 << 38)
VIEW = str(1 << 10)
MIGRATIONS: Final = Path(rift.__file__).parent / "db" / "migrations"


class Room:
    """A guild with a channel, its owner and a member."""

    def __init__(self, owner: Person, member: Person, guild_id: str, channel_id: str) -> None:
        self.owner, self.member = owner, member
        self.guild_id, self.channel_id = guild_id, channel_id

    async def start(self, person: Person, **fields: Any) -> dict[str, Any]:
        body = {"name": "a thread", "type": 11, **fields}
        made: dict[str, Any] = await person.post(f"/channels/{self.channel_id}/threads", body)
        return made


async def room(server: Server) -> Room:
    owner, member = await server.person(), await server.person()
    guild = await owner.guild()
    channel = await owner.channel(guild["id"])
    await owner.bring(member, channel["id"])
    return Room(owner, member, guild["id"], channel["id"])


async def test_a_thread_about_a_message_hangs_on_it(server: Server) -> None:
    here = await room(server)
    said = await here.member.say(here.channel_id, "shall we talk of this?")
    path = f"/channels/{here.channel_id}/messages/{said['id']}"
    async with server.gateway(here.owner) as gateway:
        thread = await here.owner.post(f"{path}/threads", {"name": "this"})
        told = (await gateway.expect("THREAD_CREATE")).data
        came = (await gateway.expect("THREAD_MEMBERS_UPDATE")).data
        starter = (await gateway.expect("MESSAGE_CREATE")).data
        changed = (await gateway.expect("MESSAGE_UPDATE")).data
    assert (thread["id"], thread["type"], thread["parent_id"]) == (said["id"], 11, here.channel_id)
    assert told["newly_created"] is True
    assert told["id"] == thread["id"]
    assert [one["user_id"] for one in came["added_members"]] == [here.owner.id]
    assert (starter["type"], starter["channel_id"]) == (21, thread["id"])
    assert starter["referenced_message"]["content"] == "shall we talk of this?"
    assert changed["flags"] & 1 << 5
    assert changed["thread"]["name"] == "this"
    [first] = await here.member.get(f"/channels/{thread['id']}/messages")
    assert first["referenced_message"]["id"] == said["id"]
    assert (await here.member.get(path))["thread"]["id"] == thread["id"]
    again = await here.owner.refused("POST", f"{path}/threads", {"name": "again"})
    assert again.body["code"] == 160004


async def test_whom_a_role_calls_in_a_thread_comes_into_it(server: Server) -> None:
    here = await room(server)
    role = await here.owner.post(f"/guilds/{here.guild_id}/roles", {"name": "helpers"})
    await here.owner.put(f"/guilds/{here.guild_id}/members/{here.member.id}/roles/{role['id']}")
    thread = await here.start(here.owner)
    async with server.gateway(here.owner) as gateway:
        await here.owner.say(thread["id"], f"help, <@&{role['id']}>")
        came = (await gateway.expect("THREAD_MEMBERS_UPDATE")).data
    assert [one["user_id"] for one in came["added_members"]] == [here.member.id]


async def test_messages_say_where_in_a_thread_they_stand(own_server: Server, database: str) -> None:
    here = await room(own_server)
    asked = await here.member.say(here.channel_id, "shall we talk of this?")
    assert "position" not in asked
    path = f"/channels/{here.channel_id}/messages/{asked['id']}/threads"
    thread = await here.owner.post(path, {"name": "this"})
    first = await here.member.say(thread["id"], "one")
    async with own_server.gateway(here.owner) as gateway:
        second = await send(here.member, thread["id"], TEXT)
        told = (await gateway.expect("MESSAGE_CREATE")).data
        await here.owner.delete(f"/channels/{thread['id']}/messages/{first['id']}")
        await gateway.expect("MESSAGE_DELETE")
        await here.owner.patch(f"/channels/{thread['id']}", {"name": "that"})
        renamed = (await gateway.expect("MESSAGE_CREATE")).data
    assert [first["position"], second["position"], told["position"]] == [1, 2, 2]
    assert (renamed["type"], renamed["position"]) == (4, 3)
    assert await positions(here, thread["id"]) == [3, 2, 0]
    await rows(database, "update messages set position = null")
    await rows(database, (MIGRATIONS / "0044_positions.sql").read_text().split(";")[1])
    assert await positions(here, thread["id"]) == [2, 1, 0]


async def positions(here: Room, thread_id: str) -> list[int]:
    """The newest first."""
    said = await here.member.get(f"/channels/{thread_id}/messages")
    return [message["position"] for message in said]


async def test_who_speaks_in_a_thread_is_in_it_and_is_counted(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.owner)
    async with server.gateway(here.owner) as gateway:
        await here.member.say(thread["id"], "hello")
        came = (await gateway.expect("THREAD_MEMBERS_UPDATE")).data
        said = (await gateway.expect("MESSAGE_CREATE")).data
    assert [one["user_id"] for one in came["added_members"]] == [here.member.id]
    assert came["member_count"] == 2
    assert said["channel_type"] == 11
    shown = await here.member.get(f"/channels/{thread['id']}")
    assert (shown["message_count"], shown["total_message_sent"], shown["member_count"]) == (1, 1, 2)
    assert shown["member"]["user_id"] == here.member.id
    await here.member.delete(f"/channels/{thread['id']}/messages/{said['id']}")
    shown = await here.member.get(f"/channels/{thread['id']}")
    assert (shown["message_count"], shown["total_message_sent"]) == (0, 1)


async def test_an_open_thread_is_announced_in_its_channel(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.member, name="ideas")
    [told] = await here.owner.get(f"/channels/{here.channel_id}/messages")
    assert (told["type"], told["content"]) == (18, "ideas")
    assert told["message_reference"]["channel_id"] == thread["id"]


async def test_a_private_thread_is_for_those_in_it_and_who_manages(server: Server) -> None:
    here = await room(server)
    outsider = await server.person()
    await here.owner.bring(outsider, here.channel_id)
    thread = await here.start(here.member, type=12)
    path = f"/channels/{thread['id']}"
    assert (await here.owner.get(path))["type"] == 12
    refused = await outsider.refused("GET", path)
    assert refused.body["code"] == 50001
    async with server.gateway(outsider) as gateway:
        await here.member.put(f"{path}/thread-members/{outsider.id}")
        told = (await gateway.expect("THREAD_CREATE")).data
        assert told["member"]["user_id"] == outsider.id
        assert "newly_created" not in told
        await outsider.say(thread["id"], "thank you")
        await here.owner.delete(f"{path}/thread-members/{outsider.id}")
        left = await gateway.expect("THREAD_MEMBERS_UPDATE", lambda it: it["removed_member_ids"])
        assert left.data["removed_member_ids"] == [outsider.id]
        await gateway.expect("THREAD_DELETE")
    assert (await outsider.refused("GET", path)).body["code"] == 50001


async def test_an_archived_thread_wakes_when_somebody_speaks(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.member)
    path = f"/channels/{thread['id']}"
    said = await here.member.say(thread["id"], "good night")
    asleep = await here.member.patch(path, {"archived": True})
    assert asleep["thread_metadata"]["archived"] is True
    edit = await here.member.refused("PATCH", f"{path}/messages/{said['id']}", {"content": "no"})
    assert edit.body["code"] == 50083
    assert (await here.owner.refused("PUT", f"{path}/thread-members/@me")).body["code"] == 50083
    async with server.gateway(here.member) as gateway:
        await here.owner.say(thread["id"], "good morning")
        woken = (await gateway.expect("THREAD_UPDATE")).data
        assert woken["thread_metadata"]["archived"] is False
        assert (await gateway.expect("THREAD_MEMBER_UPDATE")).data["user_id"] == here.member.id


async def test_a_locked_thread_is_its_managers(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.member)
    path = f"/channels/{thread['id']}"
    denied = await here.member.refused("PATCH", path, {"locked": True})
    assert denied.body["code"] == 50013
    await here.owner.patch(path, {"locked": True, "archived": True})
    silenced = await here.member.refused("POST", f"{path}/messages", {"content": "but"})
    assert silenced.body["code"] == 160005
    assert (await here.member.refused("PATCH", path, {"archived": False})).body["code"] == 160005
    await here.owner.say(thread["id"], "one last word")


async def test_who_may_not_speak_in_threads_is_silent_there(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.owner)
    overwrite = f"/channels/{here.channel_id}/permissions/{here.guild_id}"
    await here.owner.put(overwrite, {"type": 0, "deny": SEND_IN_THREADS})
    refused = await here.member.refused(
        "POST", f"/channels/{thread['id']}/messages", {"content": "hello"}
    )
    assert refused.body["code"] == 50013
    await here.member.say(here.channel_id, "but here")
    await here.owner.put(overwrite, {"type": 0, "deny": str(1 << 11)})
    await here.member.say(thread["id"], "and here, where speaking has its own permission")


async def test_who_gains_sight_of_a_channel_is_told_of_its_threads(server: Server) -> None:
    here = await room(server)
    overwrite = f"/channels/{here.channel_id}/permissions/{here.guild_id}"
    await here.owner.put(overwrite, {"type": 0, "deny": VIEW})
    thread = await here.start(here.owner)
    async with server.gateway(here.member) as gateway:
        await here.owner.put(overwrite, {"type": 0, "deny": "0"})
        await gateway.expect("CHANNEL_CREATE")
        told = (await gateway.expect("THREAD_LIST_SYNC")).data
        assert [one["id"] for one in told["threads"]] == [thread["id"]]
        assert told["channel_ids"] == [here.channel_id]


async def test_a_thread_goes_with_its_channel(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.owner)
    await here.owner.delete(f"/channels/{here.channel_id}")
    gone = await here.owner.refused("GET", f"/channels/{thread['id']}")
    assert gone.body["code"] == 10003


async def test_a_deleted_thread_leaves_its_message(server: Server) -> None:
    here = await room(server)
    said = await here.owner.say(here.channel_id, "a subject")
    path = f"/channels/{here.channel_id}/messages/{said['id']}"
    thread = await here.owner.post(f"{path}/threads", {"name": "on it"})
    denied = await here.member.refused("DELETE", f"/channels/{thread['id']}")
    assert denied.body["code"] == 50013
    async with server.gateway(here.member) as gateway:
        await here.owner.delete(f"/channels/{thread['id']}")
        gone = (await gateway.expect("THREAD_DELETE")).data
    assert gone == {
        "id": thread["id"],
        "guild_id": here.guild_id,
        "parent_id": here.channel_id,
        "type": 11,
    }
    assert "thread" not in await here.member.get(path)
    log = await here.owner.get(f"/guilds/{here.guild_id}/audit-logs?action_type=112")
    assert log["audit_log_entries"][0]["target_id"] == thread["id"]


async def test_whom_one_calls_in_a_thread_comes_into_it(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.owner)
    await here.owner.say(thread["id"], f"<@{here.member.id}>, what do you say?")
    members = await here.owner.get(f"/channels/{thread['id']}/thread-members?with_member=true")
    assert {one["user_id"] for one in members} == {here.owner.id, here.member.id}
    assert members[0]["member"]["user"]["id"] == members[0]["user_id"]


async def test_one_hears_of_a_thread_as_one_wants(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.owner)
    path = f"/channels/{thread['id']}/thread-members"
    await here.member.put(f"{path}/@me")
    async with server.gateway(here.member) as gateway, server.gateway(here.owner) as other:
        await here.member.patch(f"{path}/@me/settings", {"muted": True, "flags": 8})
        told = (await gateway.expect("THREAD_MEMBER_UPDATE")).data
        assert (told["muted"], told["flags"]) == (True, 9)
        await here.owner.say(thread["id"], "the end")
        await other.expect("MESSAGE_CREATE")
        # What nobody has a name for is not kept.
        kept = await here.member.patch(f"{path}/@me/settings", {"flags": 1 << 40 | 8})
        assert kept["flags"] == 9
        assert "THREAD_MEMBER_UPDATE" not in {event.name for event in other.history}
    assert "muted" not in await here.owner.get(f"{path}/{here.member.id}")


async def test_a_thread_falls_asleep_when_nobody_speaks(server: Server) -> None:
    here = await room(server)
    denied = await here.member.refused(
        "POST",
        f"/channels/{here.channel_id}/threads",
        {"name": "soon", "type": 11, "auto_archive_duration": 61},
    )
    assert denied.body["code"] == 50035
    thread = await here.start(here.member, auto_archive_duration=60)
    changed = await here.member.patch(
        f"/channels/{thread['id']}", {"auto_archive_duration": 1440, "name": "later"}
    )
    assert changed["thread_metadata"]["auto_archive_duration"] == 1440
    names = await here.owner.get(f"/channels/{thread['id']}/messages")
    assert [(one["type"], one["content"]) for one in names] == [(4, "later")]


async def test_threads_are_listed_by_whether_they_sleep_and_for_whom(server: Server) -> None:
    here = await room(server)
    awake = await here.start(here.member)
    asleep, hidden = await here.start(here.owner), await here.start(here.owner, type=12)
    for thread in (asleep, hidden):
        await here.owner.patch(f"/channels/{thread['id']}", {"archived": True})
    active = await here.member.get(f"/guilds/{here.guild_id}/threads/active")
    assert [one["id"] for one in active["threads"]] == [awake["id"]]
    assert [one["user_id"] for one in active["members"]] == [here.member.id]
    path = f"/channels/{here.channel_id}/threads/archived"
    open_ = await here.member.get(f"{path}/public")
    assert [one["id"] for one in open_["threads"]] == [asleep["id"]]
    assert (open_["members"], open_["has_more"]) == ([], False)
    before = open_["threads"][0]["thread_metadata"]["archive_timestamp"]
    assert (await here.member.get(f"{path}/public?before={before}"))["threads"] == []
    assert (await here.member.refused("GET", f"{path}/private")).body["code"] == 50013
    private = await here.owner.get(f"{path}/private")
    assert [one["id"] for one in private["threads"]] == [hidden["id"]]
    joined = f"/channels/{here.channel_id}/users/@me/threads/archived/private"
    assert [one["id"] for one in (await here.owner.get(joined))["threads"]] == [hidden["id"]]
    assert (await here.member.get(joined))["threads"] == []


async def test_threads_are_sought_by_name(server: Server) -> None:
    here = await room(server)
    for name in ("Chess problems", "chess openings", "Go"):
        await here.start(here.owner, name=name)
    await here.start(here.owner, name="Chess secrets", type=12)
    path = f"/channels/{here.channel_id}/threads/search"
    found = await here.member.get(f"{path}?name=chess&sort_by=creation_time&sort_order=asc")
    assert [one["name"] for one in found["threads"]] == ["Chess problems", "chess openings"]
    assert (found["total_results"], found["has_more"]) == (2, False)
    assert (await here.owner.get(f"{path}?name=chess"))["total_results"] == 3
    assert (await here.owner.get(f"{path}?archived=true"))["total_results"] == 0


async def test_what_was_said_in_threads_is_found_by_who_may_see_them(server: Server) -> None:
    here = await room(server)
    said = []
    for type_ in (11, 12):
        thread = await here.start(here.owner, type=type_)
        said.append((await here.owner.say(thread["id"], "a rare heron"))["id"])
        await here.owner.patch(f"/channels/{thread['id']}", {"archived": True})

    async def found(person: Person) -> list[str]:
        path = f"/guilds/{here.guild_id}/messages/search?content=heron"
        reply = await person.call("GET", path)
        pages = reply.body.get("messages", []) if reply.status == 200 else []
        return sorted(page[0]["id"] for page in pages)

    async def all_found() -> bool:
        return await found(here.owner) == said

    await until(all_found)
    assert await found(here.member) == said[:1]


async def test_a_webhook_writes_in_a_thread_of_its_channel_and_wakes_it(server: Server) -> None:
    here = await room(server)
    thread = await here.start(here.owner)
    elsewhere = await here.owner.channel(here.guild_id, "elsewhere")
    hook = await here.owner.post(f"/channels/{here.channel_id}/webhooks", {"name": "Herald"})
    path = f"/webhooks/{hook['id']}/{hook['token']}"
    await here.owner.patch(f"/channels/{thread['id']}", {"archived": True})
    said = await here.owner.post(f"{path}?wait=true&thread_id={thread['id']}", {"content": "hear"})
    assert (said["channel_id"], said["webhook_id"]) == (thread["id"], hook["id"])
    shown = await here.member.get(f"/channels/{thread['id']}")
    assert (shown["thread_metadata"]["archived"], shown["message_count"]) == (False, 1)
    wrong = f"{path}?thread_id={elsewhere['id']}"
    assert (await here.owner.refused("POST", wrong, {"content": "no"})).body["code"] == 10003
