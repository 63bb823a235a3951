"""Members found by the beginning of a name, and by what else is known of them."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.server import LIFTED, Server, running_server

CROWD = 50_000
QUICK_S = 0.05
"""Many times what it takes, for a machine that is busy."""

USERS = """
insert into users (id, username, global_name)
select number, 'crowd' || number, case when number % 2 = 0 then 'Zed ' || number end
from generate_series(1, $1::bigint) as number
"""

MEMBERS = """
insert into members (guild_id, user_id, joined_at, nick)
select
    $1, number, now() - make_interval(mins => number::int),
    case when number % 1000 = 7 then 'Nick ' || number end
from generate_series(1, $2::bigint) as number
"""


async def search(person: Person, group: Company, **body: Any) -> tuple[list[str], int]:
    """Who was found on the page, and how many there are."""
    answer = await person.post(f"/guilds/{group.id}/members-search", body)
    assert answer["guild_id"] == group.id
    assert answer["page_result_count"] == len(answer["members"])
    ids = [found["member"]["user"]["id"] for found in answer["members"]]
    return ids, answer["total_result_count"]


async def test_members_are_sorted_and_paged(server: Server) -> None:
    group = await company(server)
    people = [group.owner, group.moderator, group.guest, await group.newcomer(server)]
    joined = [person.id for person in people]
    by_id = sorted(joined, key=int)
    for sort, order in ((1, joined[::-1]), (2, joined), (3, by_id[::-1]), (4, by_id)):
        assert await search(group.owner, group, sort=sort) == (order, 4)
        seen: list[str] = []
        cursor: dict[str, Any] = {}
        while len(seen) < 4:
            page, total = await search(group.owner, group, sort=sort, limit=1, **cursor)
            assert total == 4
            seen += page
            cursor = {"after": await place(group, page[0])}
        assert seen == order
        assert (await search(group.owner, group, sort=sort, **cursor))[0] == []
        before = {"before": await place(group, order[2])}
        assert (await search(group.owner, group, sort=sort, limit=1, **before))[0] == [order[1]]


async def place(group: Company, user_id: str) -> dict[str, Any]:
    """The cursor of a member, as a client makes it of what it sees."""
    member = await group.owner.get(f"/guilds/{group.id}/members/{user_id}")
    return {"user_id": user_id, "guild_joined_at": milliseconds(member["joined_at"])}


def milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


async def test_each_filter_finds_whom_it_names(server: Server) -> None:
    group = await company(server)
    owner, moderator, guest = group.owner.id, group.moderator.id, group.guest.id
    until = datetime.now(UTC) + timedelta(hours=1)
    silent = {"communication_disabled_until": until.isoformat(), "nick": "Nicky"}
    await group.owner.patch(group.member(group.guest), silent)
    badly = {"trigger_type": 6, "event_type": 2, "trigger_metadata": {"keyword_filter": ["rude"]}}
    rule = {"name": "names", "actions": [{"type": 4}], "enabled": True, **badly}
    await group.owner.post(f"/guilds/{group.id}/auto-moderation/rules", rule)
    await group.guest.patch("/users/@me", {"global_name": "so rude"})
    joined = (await place(group, guest))["guild_joined_at"]
    hour = int(until.timestamp() * 1000)
    role = group.role["id"]
    for query, expected in (
        ({"user_id": {"or_query": [owner, guest]}}, {owner, guest}),
        ({"user_id": {"range": {"gte": moderator, "lte": moderator}}}, {moderator}),
        ({"usernames": {"or_query": ["NICK", "nobody"]}}, {guest}),
        ({"usernames": {"or_query": [group.owner.user["username"]]}}, {owner}),
        ({"role_ids": {"or_query": [role, group.id]}}, {moderator}),
        ({"role_ids": {"and_query": [role]}}, {moderator}),
        ({"guild_joined_at": {"range": {"gte": joined}}}, {guest}),
        (
            {"safety_signals": {"communication_disabled_until": {"range": {"gte": hour - 5000}}}},
            {guest},
        ),
        ({"safety_signals": {"unusual_account_activity": True}}, set()),
        ({"safety_signals": {"automod_quarantined_username": True}}, {guest}),
        ({"safety_signals": {"unusual_dm_activity_until": {"range": {"gte": 0}}}}, set()),
        ({"join_source_type": {"or_query": [5]}}, {moderator, guest}),
        ({"did_rejoin": True}, set()),
        ({"is_pending": True}, set()),
    ):
        for way in ("and_query", "or_query"):
            ids, total = await search(group.owner, group, **{way: query})
            assert (set(ids), total) == (expected, len(expected)), (way, query)


async def test_filters_are_joined_by_and_or_by_or(server: Server) -> None:
    group = await company(server)
    moderator, guest = group.moderator.id, group.guest.id
    both = {
        "user_id": {"or_query": [guest]},
        "role_ids": {"or_query": [group.role["id"]]},
    }
    assert await search(group.owner, group, and_query=both) == ([], 0)
    ids, total = await search(group.owner, group, or_query=both)
    assert (set(ids), total) == ({moderator, guest}, 2)
    narrowed = {"and_query": {"user_id": {"or_query": [guest]}}, "or_query": both}
    assert await search(group.owner, group, **narrowed) == ([guest], 1)


async def test_it_is_told_how_somebody_came_in(server: Server) -> None:
    group = await company(server)
    invite = await group.owner.post(f"/channels/{group.channel['id']}/invites", {"unique": True})
    newcomer = await server.person()
    await newcomer.post(f"/invites/{invite['code']}", {})
    body = {"and_query": {"source_invite_code": {"or_query": [invite["code"]]}}}
    answer = await group.owner.post(f"/guilds/{group.id}/members-search", body)
    [found] = answer["members"]
    assert found["member"]["user"]["id"] == newcomer.id
    assert (found["join_source_type"], found["source_invite_code"], found["inviter_id"]) == (
        5,
        invite["code"],
        group.owner.id,
    )


async def test_searching_by_filter_is_for_who_manages_the_guild(server: Server) -> None:
    group = await company(server, Permission.MANAGE_GUILD)
    assert (await search(group.moderator, group))[1] == 3
    path = f"/guilds/{group.id}/members-search"
    assert (await group.guest.refused("POST", path, {})).code == 50013
    blind = await server.bot(group.owner, group.id)
    assert (await blind.refused("POST", path, {})).code == 50001
    seeing = await server.bot(group.owner, group.id, flags=1 << 15)
    assert (await search(seeing, group))[1] == 5


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 0},
        {"limit": 1001},
        {"sort": 5},
        {"and_query": {"usernames": {"or_query": ["x" * 101]}}},
        {"or_query": {"guild_joined_at": {"range": {"gte": -1}}}},
        {"after": {"user_id": "1"}},
    ],
)
async def test_what_cannot_be_meant_is_refused(server: Server, body: Any) -> None:
    group = await company(server)
    reply = await group.owner.refused("POST", f"/guilds/{group.id}/members-search", body)
    assert reply.code == 50035


async def test_a_name_is_found_at_once_among_very_many(database: str, tmp_path: Any) -> None:
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": database}) as server:
        group = await company(server)
        connection = await asyncpg.connect(database)
        await connection.execute(USERS, CROWD)
        await connection.execute(MEMBERS, int(group.id), CROWD)
        await connection.execute("analyze users, members")
        await connection.close()
        path = f"/guilds/{group.id}/members/search?limit=25&query="
        for query, expected in (("crowd4321", 11), ("zed 4321", 5), ("NICK 25007", 1), ("c", 25)):
            await group.owner.get(path + query)
            begun = time.perf_counter()
            found = await group.owner.get(path + query)
            assert time.perf_counter() - begun < QUICK_S
            assert len(found) == expected, query
        ids, total = await search(group.owner, group, limit=3)
        assert total == CROWD + 3
        assert ids == [group.guest.id, group.moderator.id, group.owner.id]
