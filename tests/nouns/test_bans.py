"""Bans: given, listed, ended; and what the banned had written."""

import asyncio
from urllib.parse import quote

import pytest

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.server import Server

BAN = Permission.BAN_MEMBERS
EVERYTHING = {"delete_message_seconds": 604_800}


async def test_a_banned_member_is_gone_and_everybody_is_told(server: Server) -> None:
    group = await company(server, BAN)
    async with server.gateway(group.owner) as other, server.gateway(group.guest) as theirs:
        await group.moderator.put(group.ban(group.guest), {})
        banned = (await other.expect("GUILD_BAN_ADD")).data
        assert (banned["guild_id"], banned["user"]["id"]) == (group.id, group.guest.id)
        gone = (await other.expect("GUILD_MEMBER_REMOVE")).data
        assert gone["user"]["id"] == group.guest.id
        assert (await theirs.expect("GUILD_DELETE")).data["id"] == group.id
    assert (await group.guest.refused("GET", f"/guilds/{group.id}")).code == 50001
    assert (await group.moderator.get(group.ban(group.guest)))["user"]["id"] == group.guest.id


async def test_a_stranger_can_be_banned(server: Server) -> None:
    group = await company(server, BAN)
    stranger = await server.person()
    async with server.gateway(group.owner) as watching:
        await group.moderator.put(group.ban(stranger))
        await watching.expect("GUILD_BAN_ADD")
        await watching.quiet("GUILD_MEMBER_REMOVE")
    invite = await group.owner.post(f"/channels/{group.channel['id']}/invites", {})
    assert (await stranger.refused("POST", f"/invites/{invite['code']}", {})).code == 40007
    reply = await group.moderator.refused("PUT", f"/guilds/{group.id}/bans/1234", {})
    assert (reply.status, reply.code) == (404, 10013)


@pytest.mark.parametrize("in_header", [True, False])
async def test_a_ban_keeps_its_reason(server: Server, in_header: bool) -> None:
    group = await company(server, BAN)
    reason = "vergällt uns den Tag"
    headers = {"X-Audit-Log-Reason": quote(reason)} if in_header else {}
    body = {} if in_header else {"reason": reason}
    await group.moderator.put(group.ban(group.guest), body, headers=headers)
    assert (await group.moderator.get(group.ban(group.guest)))["reason"] == reason


async def test_nobody_bans_those_above_or_themselves(server: Server) -> None:
    group = await company(server, BAN)
    equal = await group.newcomer(server)
    await group.give(equal, group.role)
    for person, other in (
        (group.moderator, group.owner),
        (group.moderator, equal),
        (group.moderator, group.moderator),
        (group.guest, group.moderator),
        (group.owner, group.owner),
    ):
        reply = await person.refused("PUT", group.ban(other), {})
        assert (reply.status, reply.code) == (403, 50013)


async def test_bans_are_seen_by_those_who_may_ban(server: Server) -> None:
    group = await company(server, BAN)
    await group.owner.put(group.ban(await server.person()), {})
    for path in (f"/guilds/{group.id}/bans", group.ban(group.guest)):
        assert (await group.guest.refused("GET", path)).code == 50013
    assert len(await group.moderator.get(f"/guilds/{group.id}/bans")) == 1
    assert (await group.moderator.refused("GET", group.ban(group.guest))).code == 10026


async def test_bans_are_listed_page_by_page(server: Server) -> None:
    group = await company(server, BAN)
    ids = [(await server.person()).id for _ in range(5)]
    for id_ in reversed(ids):
        await group.owner.put(f"/guilds/{group.id}/bans/{id_}", {})

    async def page(query: str) -> list[str]:
        found = await group.owner.get(f"/guilds/{group.id}/bans{query}")
        return [ban["user"]["id"] for ban in found]

    assert await page("") == ids
    assert await page("?limit=2") == ids[:2]
    assert await page(f"?limit=2&after={ids[1]}") == ids[2:4]
    assert await page(f"?limit=2&before={ids[4]}") == ids[2:4]
    assert await page(f"?before={ids[1]}&after={ids[3]}") == ids[:1]


async def test_who_is_unbanned_may_come_back(server: Server) -> None:
    group = await company(server, BAN)
    await group.owner.put(group.ban(group.guest), {})
    assert (await group.guest.refused("DELETE", group.ban(group.guest))).code == 50001
    async with server.gateway(group.owner) as watching:
        await group.moderator.delete(group.ban(group.guest))
        ended = (await watching.expect("GUILD_BAN_REMOVE")).data
        assert (ended["guild_id"], ended["user"]["id"]) == (group.id, group.guest.id)
    assert (await group.moderator.refused("DELETE", group.ban(group.guest))).code == 10026
    await group.owner.bring(group.guest, group.channel["id"])


async def test_banning_twice_is_told_once_and_keeps_the_first_reason(server: Server) -> None:
    group = await company(server, BAN)
    await group.owner.put(group.ban(group.guest), {"reason": "first"})
    async with server.gateway(group.owner) as watching:
        await group.moderator.put(group.ban(group.guest), {"reason": "second"})
        await watching.quiet("GUILD_BAN_ADD")
    assert (await group.owner.get(group.ban(group.guest)))["reason"] == "first"


async def written(group: Company, *people: Person) -> list[list[str]]:
    """Two messages of each in each of two channels; the ids, by channel."""
    other = await group.owner.channel(group.id, "elsewhere")
    ids: list[list[str]] = []
    for channel in (group.channel, other):
        ids.append([])
        for person in people:
            for word in ("one", "two"):
                ids[-1].append((await person.say(channel["id"], word))["id"])
    return ids


async def test_a_ban_takes_recent_messages_with_it(server: Server) -> None:
    group = await company(server, BAN)
    here, there = await written(group, group.guest)
    kept = await group.owner.say(group.channel["id"], "stays")
    async with server.gateway(group.owner) as watching:
        await group.moderator.put(group.ban(group.guest), EVERYTHING)
        told = [(await watching.expect("MESSAGE_DELETE_BULK")).data for _ in range(3)]
    [[_welcome], *written_by_guest] = sorted((event["ids"] for event in told), key=len)
    assert sorted(written_by_guest) == sorted([here, there])
    assert {event["guild_id"] for event in told} == {group.id}
    left = await group.owner.get(f"/channels/{group.channel['id']}/messages")
    assert [message["id"] for message in left] == [kept["id"]]


@pytest.mark.parametrize("body", [{}, {"delete_message_seconds": 0}, {"delete_message_days": 0}])
async def test_a_ban_leaves_messages_alone_unless_asked(server: Server, body: object) -> None:
    group = await company(server, BAN)
    await written(group, group.guest)
    await group.moderator.put(group.ban(group.guest), body)
    assert len(await group.owner.get(f"/channels/{group.channel['id']}/messages")) == 2


async def test_the_old_unit_of_days_is_understood(server: Server) -> None:
    group = await company(server, BAN)
    await written(group, group.guest)
    await group.moderator.put(group.ban(group.guest), {"delete_message_days": 1})
    assert await group.owner.get(f"/channels/{group.channel['id']}/messages") == []
    for body in ({"delete_message_days": 8}, {"delete_message_seconds": 604_801}):
        assert (await group.owner.refused("PUT", group.ban(group.guest), body)).code == 50035


async def test_many_are_banned_at_once(server: Server) -> None:
    group = await company(server, BAN, Permission.MANAGE_GUILD)
    stranger, banned = await server.person(), await server.person()
    await group.owner.put(group.ban(banned), {})
    await written(group, group.guest, group.owner)
    people = [group.guest, stranger, group.owner, group.moderator, banned]
    ids = [*(person.id for person in people), "1234", stranger.id]
    path = f"/guilds/{group.id}/bulk-ban"
    answer = await group.moderator.post(path, {"user_ids": ids, **EVERYTHING})
    assert sorted(answer["banned_users"]) == sorted([group.guest.id, stranger.id])
    assert sorted(answer["failed_users"]) == sorted(
        [group.owner.id, group.moderator.id, banned.id, "1234"]
    )
    assert (await group.owner.refused("GET", group.member(group.guest))).code == 10007
    assert len(await group.owner.get(f"/channels/{group.channel['id']}/messages")) == 2
    reply = await group.moderator.refused("POST", path, {"user_ids": ids})
    assert (reply.status, reply.code) == (400, 500000)


async def test_banning_many_needs_two_permissions(server: Server) -> None:
    group = await company(server, BAN)
    path, body = f"/guilds/{group.id}/bulk-ban", {"user_ids": [group.guest.id]}
    assert (await group.moderator.refused("POST", path, body)).code == 50013
    for ids in ([], [str(id_) for id_ in range(1, 202)], ["x"]):
        assert (await group.owner.refused("POST", path, {"user_ids": ids})).code == 50035


async def test_who_comes_while_being_banned_does_not_stay(server: Server) -> None:
    group = await company(server, BAN)
    made = await group.owner.post(f"/channels/{group.channel['id']}/invites", {})
    people = [await server.person() for _ in range(6)]
    await asyncio.gather(
        *(person.call("POST", f"/invites/{made['code']}", {}) for person in people),
        *(group.moderator.put(group.ban(person), {}) for person in people),
    )
    for person in people:
        assert (await group.owner.refused("GET", group.member(person))).code == 10007
    counted = await group.owner.get(f"/guilds/{group.id}?with_counts=true")
    assert counted["approximate_member_count"] == 3
