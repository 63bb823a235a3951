"""Work done in portions and broken off by a kill: it goes on, and nothing is done twice or half."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from rift.permissions import Permission
from rift.wire.auditlog import Action
from tests.api import Api, Person
from tests.nouns.circles import befriend, direct, friends, group, names, open_channels
from tests.nouns.company import company
from tests.nouns.elsewhere import told
from tests.nouns.test_purges import fill, path
from tests.server import LIFTED, Server, running_server

pytestmark = pytest.mark.slow

_MESSAGES: Final = 40_000
_REVISIONS: Final = 8_000
_PATIENCE_S: Final = 60.0

_REVISED: Final = """
insert into message_history (channel_id, message_id, changed_by, kind, content, author_id)
select 1, number, $1, 'edit', 'old', $1
from generate_series(1, $2::bigint) as number
"""
_OWNERS_OUTSIDE: Final = """
select
from guilds
where not exists (
    select from members
    where members.guild_id = guilds.id and members.user_id = guilds.owner_id
)
"""
_LEFT_BEHIND: Final = """
select
    (select count(*) from message_history where author_id = $1)
    + (select count(*) from members where user_id = $1)
    + (select count(*) from guilds where owner_id = $1)
    + (select count(*) from relationships where $1 in (user_id, other_id))
    + (select count(*) from sessions where user_id = $1) as count
"""


async def test_a_purge_goes_on_where_a_killed_server_left_it(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as server:
        people = await company(server, Permission.MANAGE_MESSAGES)
        await fill(database, people, people.guest, 1, _MESSAGES)
        purge = await people.moderator.post(path(people), {})
        os.kill(server.process.pid, signal.SIGKILL)
        await server.process.wait()
    [row] = await told(database, "select deleted from purges")
    assert row["deleted"] < _MESSAGES
    async with running_server(tmp_path, environment) as server:
        moderator = Api(server.http, server.url, people.moderator.api.token)
        now = await _ended(moderator, f"{path(people)}/{purge['id']}")
        log = await Api(server.http, server.url, people.owner.api.token).get(
            f"/guilds/{people.id}/audit-logs?limit=1"
        )
    assert (now["looked"], now["deleted"]) == (_MESSAGES, _MESSAGES)
    [entry] = log["audit_log_entries"]
    assert entry["action_type"] == Action.MESSAGE_BULK_DELETE
    assert entry["options"] == {"count": str(_MESSAGES)}
    counted = "select count(*), count(distinct message_id) as different from message_history"
    [kept] = await told(database, counted)
    assert (kept["count"], kept["different"]) == (_MESSAGES, _MESSAGES)


async def _ended(api: Api, purge: str) -> dict[str, Any]:
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            now: dict[str, Any] = await api.get(purge)
            if now["ended_at"] is not None:
                return now
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("portions", [1, 5, 11])
async def test_a_departure_goes_on_after_a_kill(
    own_server: Server, database: str, portions: int
) -> None:
    bob, ann, carl = await friends(own_server, 3)
    await befriend(ann, carl)
    conversation, circle = await direct(ann, bob), await group(bob, ann, carl)
    await _homes(bob, ann)
    await told(database, _REVISED, int(bob.id), _REVISIONS)
    body = {"password": "correct horse battery", "guilds": "transfer"}
    await bob.post("/users/@me/delete", body)
    await told(database, "update users set leaves_at = now() where id = $1", int(bob.id))
    assert await _erase(database, portions) == portions
    assert await told(database, _OWNERS_OUTSIDE) == []
    await _erase(database)
    assert await told(database, _OWNERS_OUTSIDE) == []
    [left] = await told(database, _LEFT_BEHIND, int(bob.id))
    assert left["count"] == 0
    channels = await open_channels(ann)
    assert names(channels[conversation["id"]]) == {bob.id}
    assert names(channels[circle["id"]]) == {carl.id}


async def _homes(bob: Person, ann: Person) -> None:
    """Guilds of either, with the other in them."""
    for owner, guest in ((bob, ann), (bob, ann), (ann, bob)):
        guild = await owner.guild()
        await owner.bring(guest, guild["system_channel_id"])


async def _erase(dsn: str, portions: int | None = None) -> int:
    """Let a process erase, and kill it after so many portions; how many it told of."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.crash.eraser", dsn), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    heard = 0
    async with asyncio.timeout(_PATIENCE_S):
        while heard != portions and await process.stdout.readline() == b"a portion\n":
            heard += 1
    if portions is not None:
        process.send_signal(signal.SIGKILL)
    assert await process.wait() == (0 if portions is None else -signal.SIGKILL)
    return heard
