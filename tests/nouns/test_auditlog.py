"""The audit log: an entry for everything that is done to a guild, read through the door."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from rift.permissions import Permission
from rift.wire.auditlog import Action
from tests.api import Person
from tests.nouns.company import Company, company
from tests.server import Server

VIEW = Permission.VIEW_AUDIT_LOG


async def entries(group: Company, query: str = "") -> list[dict[str, Any]]:
    """What the owner reads, the newest first."""
    found: dict[str, Any] = await group.owner.get(f"/guilds/{group.id}/audit-logs{query}")
    return list(found["audit_log_entries"])


async def newest(group: Company) -> dict[str, Any]:
    return (await entries(group, "?limit=1"))[0]


def changes(entry: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Key to old and new value."""
    return {it["key"]: (it.get("old_value"), it.get("new_value")) for it in entry["changes"]}


def said(entry: dict[str, Any]) -> tuple[int, Any, Any]:
    return entry["action_type"], entry["user_id"], entry["target_id"]


async def test_a_changed_guild_says_what_it_was(server: Server) -> None:
    group = await company(server)
    body = {"name": "Renamed", "description": "New", "verification_level": 2}
    await group.owner.patch(f"/guilds/{group.id}", body)
    entry = await newest(group)
    assert said(entry) == (Action.GUILD_UPDATE, group.owner.id, group.id)
    assert changes(entry) == {
        "name": ("A guild", "Renamed"),
        "description": (None, "New"),
        "verification_level": (0, 2),
    }
    await group.owner.patch(f"/guilds/{group.id}", body)
    await group.owner.patch(f"/guilds/{group.id}", {"description": None})
    before, after = (await entries(group, "?limit=2"))[::-1]
    assert before["id"] == entry["id"]
    assert after["changes"] == [{"key": "description", "old_value": "New"}]
    await group.owner.patch(f"/guilds/{group.id}", {"owner_id": group.guest.id})
    found = await group.guest.get(f"/guilds/{group.id}/audit-logs?limit=1")
    assert changes(found["audit_log_entries"][0]) == {"owner_id": (group.owner.id, group.guest.id)}


async def test_channels_are_logged_from_first_to_last(server: Server) -> None:
    group = await company(server)
    deny = [{"id": group.id, "type": 0, "deny": "1024"}]
    made = await group.owner.channel(group.id, "fresh", topic="T", permission_overwrites=deny)
    entry = await newest(group)
    assert said(entry) == (Action.CHANNEL_CREATE, group.owner.id, made["id"])
    whole = changes(entry)
    assert (whole["name"], whole["type"], whole["topic"]) == (
        (None, "fresh"),
        (None, 0),
        (None, "T"),
    )
    assert whole["permission_overwrites"][1] == made["permission_overwrites"]
    path = f"/channels/{made['id']}"
    await group.owner.patch(path, {"topic": None, "rate_limit_per_user": 5, "name": "fresh"})
    entry = await newest(group)
    assert said(entry)[0] == Action.CHANNEL_UPDATE
    assert changes(entry) == {"topic": ("T", None), "rate_limit_per_user": (0, 5)}
    await group.owner.delete(path)
    entry = await newest(group)
    assert said(entry) == (Action.CHANNEL_DELETE, group.owner.id, made["id"])
    assert changes(entry)["name"] == ("fresh", None)


async def test_moved_channels_are_logged_by_who_moved_them(server: Server) -> None:
    group = await company(server)
    category = await group.owner.channel(group.id, "things", type=4)
    body = [{"id": group.channel["id"], "parent_id": category["id"], "position": 7}]
    await group.owner.patch(f"/guilds/{group.id}/channels", body)
    entry = await newest(group)
    assert said(entry) == (Action.CHANNEL_UPDATE, group.owner.id, group.channel["id"])
    assert set(changes(entry)) == {"parent_id", "position"}


async def test_each_overwrite_has_an_entry_of_its_own(server: Server) -> None:
    group = await company(server)
    channel = group.channel["id"]
    subject = f"/channels/{channel}/permissions/{group.role['id']}"
    await group.owner.put(subject, {"type": 0, "allow": "1024", "deny": "0"})
    entry = await newest(group)
    options = {"id": group.role["id"], "type": "0", "role_name": "role"}
    assert said(entry) == (Action.CHANNEL_OVERWRITE_CREATE, group.owner.id, channel)
    assert entry["options"] == options
    assert changes(entry)["allow"] == (None, "1024")
    await group.owner.put(subject, {"type": 0, "allow": "0", "deny": "2048"})
    entry = await newest(group)
    assert said(entry)[0] == Action.CHANNEL_OVERWRITE_UPDATE
    assert changes(entry) == {"allow": ("1024", "0"), "deny": ("0", "2048")}
    member = [{"id": group.guest.id, "type": 1, "allow": "1024"}]
    await group.owner.patch(f"/channels/{channel}", {"permission_overwrites": member})
    found = await entries(group, f"?limit=2&target_id={channel}")
    assert {entry["action_type"] for entry in found} == {
        Action.CHANNEL_OVERWRITE_DELETE,
        Action.CHANNEL_OVERWRITE_CREATE,
    }
    await group.owner.delete(f"/channels/{channel}/permissions/{group.guest.id}")
    entry = await newest(group)
    assert entry["options"] == {"id": group.guest.id, "type": "1"}
    assert changes(entry)["allow"] == ("1024", None)


async def test_roles_are_logged_from_first_to_last(server: Server) -> None:
    group = await company(server)
    role = await group.new_role(name="helper", color=255)
    entry = await newest(group)
    assert said(entry) == (Action.ROLE_CREATE, group.owner.id, role["id"])
    assert changes(entry)["name"] == (None, "helper")
    path = f"/guilds/{group.id}/roles/{role['id']}"
    await group.owner.patch(path, {"permissions": "8", "hoist": True})
    assert changes(await newest(group)) == {"permissions": ("0", "8"), "hoist": (False, True)}
    await group.owner.patch(f"/guilds/{group.id}/roles", [{"id": role["id"], "position": 2}])
    moved = await newest(group)
    assert said(moved) == (Action.ROLE_UPDATE, group.owner.id, role["id"])
    assert changes(moved) == {"position": (1, 2)}
    await group.owner.delete(path)
    entry = await newest(group)
    assert said(entry) == (Action.ROLE_DELETE, group.owner.id, role["id"])
    assert changes(entry)["permissions"] == ("8", None)


async def test_members_are_logged_apart_from_their_roles(server: Server) -> None:
    group = await company(server)
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"nick": "Nicky", "roles": [group.role["id"]], "communication_disabled_until": until}
    await group.owner.patch(group.member(group.guest), body)
    given, changed = await entries(group, "?limit=2")
    assert said(given) == (Action.MEMBER_ROLE_UPDATE, group.owner.id, group.guest.id)
    named = {"id": group.role["id"], "name": "role"}
    assert given["changes"] == [{"key": "$add", "new_value": [named]}]
    assert said(changed) == (Action.MEMBER_UPDATE, group.owner.id, group.guest.id)
    assert changes(changed)["nick"] == (None, "Nicky")
    assert changes(changed)["communication_disabled_until"][0] is None
    await group.owner.delete(f"{group.member(group.guest)}/roles/{group.role['id']}")
    assert (await newest(group))["changes"] == [{"key": "$remove", "new_value": [named]}]
    await group.owner.patch(group.member(group.guest), {"flags": 4})
    assert changes(await newest(group)) == {"bypasses_verification": (False, True)}
    await group.owner.patch(group.member(group.guest), {"communication_disabled_until": None})
    await group.guest.patch(f"/guilds/{group.id}/members/@me", {"nick": "Me"})
    entry = await newest(group)
    assert said(entry) == (Action.MEMBER_UPDATE, group.guest.id, group.guest.id)
    assert changes(entry) == {"nick": ("Nicky", "Me")}


async def test_whoever_is_put_out_is_named(server: Server) -> None:
    group = await company(server)
    other = await group.newcomer(server)
    headers = {"X-Audit-Log-Reason": quote("vergällt uns den Tag")}
    await group.owner.delete(group.member(group.guest), headers=headers)
    entry = await newest(group)
    assert said(entry) == (Action.MEMBER_KICK, group.owner.id, group.guest.id)
    assert entry["reason"] == "vergällt uns den Tag"
    assert "changes" not in entry
    await group.owner.put(group.ban(other), {"reason": "by the body"})
    entry = await newest(group)
    assert said(entry) == (Action.MEMBER_BAN_ADD, group.owner.id, other.id)
    assert entry["reason"] == "by the body"
    await group.owner.delete(group.ban(other))
    assert said(await newest(group)) == (Action.MEMBER_BAN_REMOVE, group.owner.id, other.id)
    ids = [group.guest.id, other.id]
    await group.owner.post(f"/guilds/{group.id}/bulk-ban", {"user_ids": ids})
    found = await entries(group, f"?limit=2&action_type={Action.MEMBER_BAN_ADD:d}")
    assert {entry["target_id"] for entry in found} == set(ids)
    await group.owner.put(group.ban(other), {})
    assert (await newest(group))["id"] == found[0]["id"], "nobody was banned once more"


async def test_who_leaves_or_joins_is_no_matter_of_the_log(server: Server) -> None:
    group = await company(server)
    before = await newest(group)
    await group.guest.delete(f"/users/@me/guilds/{group.id}")
    assert await newest(group) == before


async def test_a_bot_that_comes_is_logged_once(server: Server) -> None:
    group = await company(server)
    bot = await server.bot(group.owner, group.id)
    [integration, added] = await entries(group, "?limit=2")
    assert integration["action_type"] == Action.INTEGRATION_CREATE
    assert said(added) == (Action.BOT_ADD, group.owner.id, bot.id)
    path = f"/oauth2/authorize?client_id={bot.id}&scope=bot"
    await group.owner.post(path, {"guild_id": group.id, "permissions": "8", "authorize": True})
    for action in (Action.BOT_ADD, Action.INTEGRATION_CREATE):
        assert len(await entries(group, f"?action_type={action:d}")) == 1


async def test_invites_are_logged_with_their_terms(server: Server) -> None:
    group = await company(server)
    channel = group.channel["id"]
    made = await group.guest.post(f"/channels/{channel}/invites", {"max_uses": 7, "unique": True})
    entry = await newest(group)
    assert said(entry) == (Action.INVITE_CREATE, group.guest.id, None)
    terms = changes(entry)
    assert terms["code"] == (None, made["code"])
    assert terms["channel_id"] == (None, channel)
    assert terms["inviter_id"] == (None, group.guest.id)
    assert terms["max_uses"] == (None, 7)
    await group.owner.delete(f"/invites/{made['code']}")
    entry = await newest(group)
    assert said(entry) == (Action.INVITE_DELETE, group.owner.id, None)
    assert changes(entry)["max_uses"] == (7, None)


async def test_pins_are_logged_with_author_and_message(server: Server) -> None:
    group = await company(server)
    message = await group.guest.say(group.channel["id"], "keep this")
    path = f"/channels/{group.channel['id']}/messages/pins/{message['id']}"
    await group.owner.put(path)
    pinned = await newest(group)
    await group.owner.delete(path)
    unpinned = await newest(group)
    assert said(pinned) == (Action.MESSAGE_PIN, group.owner.id, group.guest.id)
    assert said(unpinned) == (Action.MESSAGE_UNPIN, group.owner.id, group.guest.id)
    options = {"channel_id": group.channel["id"], "message_id": message["id"]}
    assert pinned["options"] == unpinned["options"] == options


async def delete(person: Person, message: dict[str, Any]) -> None:
    await person.delete(f"/channels/{message['channel_id']}/messages/{message['id']}")


async def test_deleted_messages_of_one_author_share_an_entry(server: Server) -> None:
    group = await company(server, Permission.MANAGE_MESSAGES)
    elsewhere = await group.owner.channel(group.id, "elsewhere")
    said_here = [await group.guest.say(group.channel["id"], f"{n}") for n in range(5)]
    there = await group.guest.say(elsewhere["id"], "there")
    await asyncio.gather(*(delete(group.moderator, message) for message in said_here))
    await delete(group.moderator, there)
    query = f"?action_type={Action.MESSAGE_DELETE:d}"
    last, first = await entries(group, query)
    assert said(first) == (Action.MESSAGE_DELETE, group.moderator.id, group.guest.id)
    assert first["options"] == {"channel_id": group.channel["id"], "count": "5"}
    assert last["options"] == {"channel_id": elsewhere["id"], "count": "1"}
    own = await group.guest.say(group.channel["id"], "my own")
    await delete(group.guest, own)
    bot = await server.bot(group.owner, group.id)
    tidied = await group.guest.say(group.channel["id"], "tidied away by a bot")
    await delete(bot, tidied)
    assert await entries(group, query) == [last, first]


async def test_many_deleted_at_once_are_counted(server: Server) -> None:
    group = await company(server)
    ids = [(await group.guest.say(group.channel["id"], f"{n}"))["id"] for n in range(3)]
    path = f"/channels/{group.channel['id']}/messages/bulk-delete"
    await group.owner.post(path, {"messages": ids})
    entry = await newest(group)
    assert said(entry) == (Action.MESSAGE_BULK_DELETE, group.owner.id, group.channel["id"])
    assert entry["options"] == {"count": "3"}


async def test_an_entry_is_told_as_it_is_read(server: Server) -> None:
    group = await company(server, VIEW)
    async with server.gateway(group.moderator) as watching:
        await group.owner.patch(f"/guilds/{group.id}", {"name": "Renamed"})
        told = (await watching.expect("GUILD_AUDIT_LOG_ENTRY_CREATE")).data
    assert told == {**await newest(group), "guild_id": group.id}


async def test_the_log_names_the_people_in_it(server: Server) -> None:
    group = await company(server)
    await group.owner.delete(group.member(group.guest))
    log = await group.owner.get(f"/guilds/{group.id}/audit-logs?limit=1")
    assert {user["id"] for user in log["users"]} == {group.owner.id, group.guest.id}


async def test_the_log_is_for_whom_may_see_it(server: Server) -> None:
    group = await company(server, VIEW)
    path = f"/guilds/{group.id}/audit-logs"
    assert (await group.moderator.get(path))["audit_log_entries"]
    assert (await group.guest.refused("GET", path)).code == 50013
    stranger = await server.person()
    assert (await stranger.refused("GET", path)).code == 50001


async def test_the_log_is_paged_and_filtered(server: Server) -> None:
    group = await company(server, Permission.MANAGE_ROLES, Permission.ADMINISTRATOR)
    for number in range(3):
        await group.new_role(name=f"{number}")
        body = {"name": f"{number}"}
        await group.moderator.post(f"/guilds/{group.id}/roles", body)
    everything = await entries(group, "?limit=100")
    ids = [entry["id"] for entry in everything]
    assert ids == sorted(ids, key=int, reverse=True)

    async def listed(query: str) -> list[str]:
        return [entry["id"] for entry in await entries(group, query)]

    async def expect(query: str, **fields: Any) -> None:
        fitting = [
            entry["id"]
            for entry in everything
            if all(entry[field] == value for field, value in fields.items())
        ]
        assert fitting
        assert await listed(f"?{query}") == fitting
        assert await listed(f"?{query}&after=0") == fitting[::-1]
        assert await listed(f"?{query}&limit=1&before={fitting[0]}") == fitting[1:2]

    moderator, target = group.moderator.id, everything[0]["target_id"]
    await expect("limit=100")
    await expect(f"user_id={moderator}", user_id=moderator)
    await expect(f"action_type={Action.ROLE_CREATE:d}", action_type=Action.ROLE_CREATE)
    await expect(f"target_id={target}", target_id=target)
    both = f"user_id={moderator}&action_type={Action.ROLE_CREATE:d}"
    await expect(both, user_id=moderator, action_type=Action.ROLE_CREATE)
    assert await listed(f"?limit=2&before={ids[1]}") == ids[2:4]
    assert await listed(f"?limit=2&after={ids[3]}") == ids[1:3][::-1]
    assert await listed(f"?target_id={target}&user_id={group.guest.id}") == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "action_type=9", "user_id=x"])
async def test_what_cannot_be_meant_is_refused(server: Server, query: str) -> None:
    group = await company(server)
    path = f"/guilds/{group.id}/audit-logs?{query}"
    assert (await group.owner.refused("GET", path)).code == 50035


async def test_a_reason_has_a_length(server: Server) -> None:
    group = await company(server)
    path, body = f"/guilds/{group.id}", {"name": "Renamed"}
    headers = {"X-Audit-Log-Reason": quote("ü" * 513)}
    reply = await group.owner.refused("PATCH", path, body, headers=headers)
    assert (reply.status, reply.code) == (400, 50035)
    await group.owner.patch(path, body, headers={"X-Audit-Log-Reason": quote("ü" * 512)})
    assert (await newest(group))["reason"] == "ü" * 512


async def test_what_was_refused_is_not_in_the_log(server: Server) -> None:
    group = await company(server)
    before = await newest(group)
    await group.guest.refused("DELETE", group.member(group.moderator))
    await group.owner.refused("PATCH", f"/guilds/{group.id}", {"afk_channel_id": "1"})
    assert await newest(group) == before
