"""Pruning: who has not been seen for long is put out, and nobody else."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.server import LIFTED, Server, running_server

NEEDS = (Permission.KICK_MEMBERS, Permission.MANAGE_GUILD)

AGED = """
update members
set joined_at = joined_at - $2::interval
where user_id = any($1::bigint[])
"""

UNSEEN = """
update sessions
set used_at = used_at - $2::interval
where user_id = any($1::bigint[])
"""


async def age(database: str, days: int, *people: Person) -> None:
    """As if these people had come, and been seen last, so many days ago."""
    connection = await asyncpg.connect(database)
    try:
        ids = [int(person.id) for person in people]
        for query in (AGED, UNSEEN):
            await connection.execute(query, ids, timedelta(days=days))
    finally:
        await connection.close()


async def dusty(server: Server, database: str) -> Company:
    """A company all of which was last seen ten days ago."""
    group = await company(server, *NEEDS)
    await age(database, 10, group.owner, group.moderator, group.guest)
    return group


async def test_the_unseen_without_roles_are_put_out(database: str, tmp_path: Any) -> None:
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": database}) as server:
        group = await dusty(server, database)
        fresh = await group.newcomer(server)
        path = f"/guilds/{group.id}/prune"
        assert await group.owner.get(path) == {"pruned": 1}
        assert await group.owner.get(f"{path}?days=11") == {"pruned": 0}
        named = f"{path}?include_roles={group.role['id']}"
        assert await group.owner.get(named) == {"pruned": 2}
        async with server.gateway(fresh) as watching:
            assert await group.owner.post(path, {"days": 7}) == {"pruned": 1}
            gone = (await watching.expect("GUILD_MEMBER_REMOVE")).data
            assert gone["user"]["id"] == group.guest.id
        log = await group.owner.get(f"/guilds/{group.id}/audit-logs?limit=1")
        [entry] = log["audit_log_entries"]
        assert (entry["action_type"], entry["target_id"]) == (21, None)
        assert entry["options"] == {"delete_member_days": "7", "members_removed": "1"}
        left = await group.owner.get(f"/guilds/{group.id}/members?limit=10")
        ids = [member["user"]["id"] for member in left]
        assert ids == [group.owner.id, group.moderator.id, fresh.id]
        body = {"include_roles": [group.role["id"]], "compute_prune_count": False}
        assert await group.owner.post(path, body) == {"pruned": None}
        assert (await group.owner.refused("GET", group.member(group.moderator))).code == 10007


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_pruning_needs_two_permissions(server: Server, method: str) -> None:
    group = await company(server, Permission.KICK_MEMBERS)
    path = f"/guilds/{group.id}/prune"
    body = {"days": 1} if method == "POST" else None
    assert (await group.moderator.refused(method, path, body)).code == 50013


async def test_roles_that_are_not_below_protect_their_members(server: Server) -> None:
    group = await company(server, *NEEDS)
    path = f"/guilds/{group.id}/prune"
    body = {"include_roles": [group.role["id"]]}
    assert (await group.moderator.refused("POST", path, body)).code == 50013
    assert (await group.owner.refused("POST", path, {"include_roles": ["1"]})).code == 10011


@pytest.mark.parametrize("query", ["days=0", "days=31", "include_roles=x", "include_roles=1,x"])
async def test_what_cannot_be_meant_is_refused(server: Server, query: str) -> None:
    group = await company(server)
    assert (await group.owner.refused("GET", f"/guilds/{group.id}/prune?{query}")).code == 50035
