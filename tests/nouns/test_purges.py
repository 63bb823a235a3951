"""Purges: more messages, and older ones, than bulk deletion reaches."""

import asyncio
from typing import Any

import asyncpg

from rift.permissions import Permission
from rift.wire.auditlog import Action
from tests.api import Person
from tests.nouns.company import Company, company
from tests.server import LIFTED, Server, running_server

MANAGE = Permission.MANAGE_MESSAGES
LOOKS = 200
PAUSE_S = 0.1

WRITTEN = """
insert into messages (channel_id, id, guild_id, author_id, content)
select $1, ($4 + number) << 22, $2, $3, 'line ' || number
from generate_series(1, $5::bigint) as number
"""


async def fill(database: str, group: Company, author: Person, start: int, count: int) -> None:
    """As if somebody had written so many messages, one each millisecond from then on."""
    connection = await asyncpg.connect(database)
    try:
        ids = (int(group.channel["id"]), int(group.id), int(author.id))
        await connection.execute(WRITTEN, *ids, start, count)
    finally:
        await connection.close()


async def left(group: Company) -> list[str]:
    path = f"/channels/{group.channel['id']}/messages?limit=100"
    return [message["content"] for message in await group.owner.get(path)]


def path(group: Company) -> str:
    return f"/channels/{group.channel['id']}/purges"


async def test_what_fits_all_that_is_named_is_deleted(server: Server) -> None:
    group = await company(server, MANAGE)
    for person, text in (
        (group.guest, "buy GOLD"),
        (group.guest, "hello"),
        (group.owner, "no gold here"),
    ):
        await person.say(group.channel["id"], text)
    pinned = await group.guest.say(group.channel["id"], "gold, pinned")
    await group.owner.put(f"/channels/{group.channel['id']}/messages/pins/{pinned['id']}")
    body = {"author_ids": [group.guest.id], "contains": "Gold"}
    async with server.gateway(group.owner) as watching:
        purge = await group.moderator.post(path(group), body)
        told = (await watching.expect("MESSAGE_DELETE_BULK")).data
    assert (purge["deleted"], len(told["ids"])) == (1, 1)
    assert purge["ended_at"] is not None
    assert await left(group) == ["", "gold, pinned", "no gold here", "hello"]
    purge = await group.moderator.post(path(group), {**body, "pinned": True})
    assert purge["deleted"] == 1
    assert await group.moderator.get(f"{path(group)}/{purge['id']}") == purge


async def test_a_limit_takes_the_newest(server: Server) -> None:
    group = await company(server, MANAGE)
    ids = [(await group.guest.say(group.channel["id"], f"{number}"))["id"] for number in range(6)]
    assert (await group.moderator.post(path(group), {"limit": 2}))["deleted"] == 2
    assert await left(group) == ["3", "2", "1", "0"]
    between = {"after": ids[0], "before": ids[2]}
    assert (await group.moderator.post(path(group), between))["deleted"] == 1
    assert await left(group) == ["3", "2", "0"]


async def test_a_purge_is_for_moderators(server: Server) -> None:
    group = await company(server, MANAGE)
    purge = await group.moderator.post(path(group), {})
    for method, address in (
        ("POST", path(group)),
        ("GET", f"{path(group)}/{purge['id']}"),
        ("DELETE", f"{path(group)}/{purge['id']}"),
    ):
        assert (await group.guest.refused(method, address)).code == 50013
        stranger = await server.person()
        assert (await stranger.refused(method, address)).code == 50001
    other = await group.owner.channel(group.id, "elsewhere")
    astray = f"/channels/{other['id']}/purges/{purge['id']}"
    assert (await group.owner.refused("GET", astray)).status == 404
    for body in ({"limit": 0}, {"author_ids": []}, {"contains": ""}, {"before": "x"}):
        assert (await group.moderator.refused("POST", path(group), body)).code == 50035


async def test_a_long_purge_goes_on_in_portions(database: str, tmp_path: Any) -> None:
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": database}) as server:
        group = await company(server, MANAGE)
        await fill(database, group, group.guest, 1, 25_000)
        await fill(database, group, group.owner, 100_000, 5)
        headers = {"X-Audit-Log-Reason": "spam"}
        body = {"author_ids": [group.guest.id]}
        purge = await group.moderator.post(path(group), body, headers=headers)
        assert purge["ended_at"] is None
        assert 0 < purge["deleted"] < 25_000
        for _ in range(LOOKS):
            now = await group.moderator.get(f"{path(group)}/{purge['id']}")
            if now["ended_at"] is not None:
                break
            await asyncio.sleep(PAUSE_S)
        assert (now["looked"], now["deleted"]) == (25_005, 25_000)
        assert await left(group) == [f"line {number}" for number in (5, 4, 3, 2, 1)]
        log = await group.owner.get(f"/guilds/{group.id}/audit-logs?limit=1")
        [entry] = log["audit_log_entries"]
        assert (entry["action_type"], entry["reason"]) == (Action.MESSAGE_BULK_DELETE, "spam")
        assert entry["options"] == {"count": "25000"}


async def test_a_purge_can_be_stopped(database: str, tmp_path: Any) -> None:
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": database}) as server:
        group = await company(server, MANAGE)
        await fill(database, group, group.guest, 1, 60_000)
        purge = await group.moderator.post(path(group), {})
        stopped = await group.moderator.delete(f"{path(group)}/{purge['id']}")
        assert stopped["ended_at"] is not None
        await asyncio.sleep(2)
        assert await group.moderator.get(f"{path(group)}/{purge['id']}") == stopped
        assert stopped["deleted"] < 60_000


async def test_a_ban_takes_all_recent_messages_however_many(database: str, tmp_path: Any) -> None:
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": database}) as server:
        group = await company(server, Permission.BAN_MEMBERS)
        kept = await group.owner.say(group.channel["id"], "stays")
        hour_ago = (int(kept["id"]) >> 22) - 3_600_000
        await fill(database, group, group.guest, hour_ago, 15_000)
        await fill(database, group, group.guest, hour_ago - 3_600_000, 3)
        async with server.gateway(group.owner) as watching:
            await group.moderator.put(group.ban(group.guest), {"delete_message_seconds": 5400})
            told: set[str] = set()
            while len(told) < 15_000:
                gone = (await watching.expect("MESSAGE_DELETE_BULK")).data["ids"]
                assert len(gone) <= 100
                assert told.isdisjoint(gone)
                told |= set(gone)
        assert await left(group) == ["stays", "line 3", "line 2", "line 1"]
