"""Backups that the server makes by itself, and what owners do with them in the console."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from rift.backups import shelf
from rift.backups.manifest import FORMAT, Files, Manifest, Part, write
from rift.config.settings import Backup
from rift.core.backups.holding import may_remove
from rift.core.backups.schedule import due_at
from rift.core.unit import Unit
from rift.db.dumping import snapshot
from tests.api import Api, Person
from tests.backups.instances import Lived, live, steady_server
from tests.core.houses import living
from tests.nouns.luggage import fetched
from tests.patience import until
from tests.server import Server

SUNDAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
Json = dict[str, Any]


class Console(NamedTuple):
    """An owner of a lived-in instance, in front of its console."""

    server: Server
    lived: Lived
    owner: Person

    async def look(self) -> Json:
        found: Json = await self.owner.get("/instance/backups")
        return found

    async def ended(self) -> Json:
        """What there is once nothing is under way any more."""
        await until(self._is_idle, 30)
        return await self.look()

    async def made(self) -> str:
        await self.owner.post("/instance/backups", {})
        name: str = (await self.ended())["run"]["name"]
        return name

    async def _is_idle(self) -> bool:
        run = (await self.look())["run"]
        return run is not None and run["ended_at"] is not None

    async def proof(self) -> dict[str, str]:
        refused = await self.owner.refused("POST", "/instance/backups/upload", {})
        assert refused.code == 60003
        ticket = refused.body["mfa"]["ticket"]
        body = {"ticket": ticket, "mfa_type": "password", "data": "correct horse battery"}
        return {
            "X-Discord-MFA-Authorization": (await self.owner.post("/mfa/finish", body))["token"]
        }


@pytest_asyncio.fixture
async def console(database: str, tmp_path: Path) -> AsyncIterator[Console]:
    async with steady_server(tmp_path, database) as server:
        lived = await live(server)
        owner = await Person.behind(Api(server.http, server.url, lived.token))
        yield Console(server, lived, owner)


async def test_a_backup_is_made_carried_away_brought_back_and_deleted(console: Console) -> None:
    owner, http = console.owner, console.server.http
    before = await console.look()
    assert (before["backups"], before["run"], before["problem"]) == ([], None, None)
    assert "no_backup" in (await owner.get("/instance/health"))["warnings"]
    name = await console.made()
    (backup,) = (await console.look())["backups"]
    assert (backup["name"], backup["restorable"], backup["problem"]) == (name, True, None)
    health = await owner.get("/instance/health")
    assert health["last_backup_at"] == backup["made_at"]
    assert "no_backup" not in health["warnings"]

    proof = await console.proof()
    link = await owner.post(f"/instance/backups/{name}/download", {}, headers=proof)
    assert (await http.get(console.server.url + link["url"][:-1])).status == 404
    async with http.get(console.server.url + link["url"]) as response:
        tar = await response.read()
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}.tar"'
        assert len(tar) == response.content_length
    await owner.delete(f"/instance/backups/{name}", headers=proof)
    assert (await console.look())["backups"] == []

    address = await owner.post("/instance/backups/upload", {}, headers=proof)
    async with http.put(console.server.url + address["url"], data=tar[:-100_000]) as response:
        assert response.status == 400
    async with http.put(console.server.url + address["url"], data=tar) as response:
        assert await response.json() == {"name": name}
    (backup,) = (await console.ended())["backups"]
    assert backup["checked_at"] is not None
    log = await owner.get("/instance/log")
    actions = [entry["action"] for entry in log["entries"]]
    assert actions == ["backup_upload", "backup_delete", "backup_download", "backup_make"]


async def test_a_restore_ends_the_server_and_begins_it_as_it_was(console: Console) -> None:
    owner, lived = console.owner, console.lived
    name = await console.made()
    late = await owner.say(lived.channel_id, "said too late")
    proof = await console.proof()
    wanted = await owner.post(f"/instance/backups/{name}/restore", {}, headers=proof)
    assert (wanted["name"], wanted["phase"]) == (name, "wanted")
    await until(lambda: sum("Rift is at" in line for line in console.server.log) == 2, 30)
    found = await console.look()
    assert (found["restore"]["phase"], found["restore"]["problem"]) == ("done", None)
    gone = await owner.call("GET", f"/channels/{lived.channel_id}/messages/{late['id']}")
    assert gone.status == 404
    assert await fetched(owner, lived.attachment) == lived.content
    assert console.server.process.returncode is None


async def test_what_is_damaged_is_seen_and_leaves_the_instance_as_it_was(console: Console) -> None:
    owner, lived = console.owner, console.lived
    name = await console.made()
    dump = console.server.data / "backups" / name / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1])
    late = await owner.say(lived.channel_id, "said in time")
    proof = await console.proof()
    await owner.post(f"/instance/backups/{name}/restore", {}, headers=proof)
    await until(lambda: sum("Rift is at" in line for line in console.server.log) == 2, 30)
    found = await console.look()
    (backup,) = found["backups"]
    assert backup["problem"].startswith("database.dump has")
    assert (found["restore"]["phase"], found["restore"]["problem"]) == ("failed", backup["problem"])
    assert await owner.get(f"/channels/{lived.channel_id}/messages/{late['id']}")
    assert "backup_damaged" in (await owner.get("/instance/health"))["warnings"]
    again = await owner.call("POST", f"/instance/backups/{name}/restore", {}, headers=proof)
    assert again.status == 409


async def test_the_schedule_is_kept_as_soon_as_it_is_set(console: Console) -> None:
    place = str(console.server.data / "elsewhere")
    changes = {"backup.every": "daily", "backup.directory": place, "backup.keep": 1}
    await console.owner.patch("/instance/settings", {"settings": changes})
    found = await console.ended()
    assert found["directory"] == place
    first = found["run"]["name"]
    assert datetime.fromisoformat(found["next_at"]) > datetime.now(UTC)
    second = await console.made()
    assert [it["name"] for it in (await console.look())["backups"]] == [second] != [first]


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [
        ("never", None, None),
        ("daily", None, SUNDAY),
        ("daily", SUNDAY, SUNDAY.replace(day=2, hour=3)),
        ("daily", SUNDAY.replace(hour=2), SUNDAY.replace(hour=3)),
        ("weekly", SUNDAY.replace(hour=3), SUNDAY.replace(day=8, hour=3)),
        ("weekly", SUNDAY - timedelta(days=1), SUNDAY.replace(hour=3)),
    ],
)
def test_a_backup_is_due_at_its_hour(
    every: Any, last: datetime | None, due: datetime | None
) -> None:
    assert due_at(Backup(every=every), last, SUNDAY) == due


async def test_no_file_goes_while_a_backup_may_copy_it(database: str) -> None:
    async with living(database) as house:
        async with snapshot(database), Unit(house) as unit:
            assert not await may_remove(unit)
        async with Unit(house) as unit:
            assert await may_remove(unit)


def test_the_oldest_backups_go(tmp_path: Path) -> None:
    nothing = Part(size=0, sha256="0" * 64)
    files = Files(count=0, size=0, copied=True, store="disk", listing=nothing)
    for day in range(1, 6):
        made_at = datetime(2026, 1, day, tzinfo=UTC)
        about = Manifest(
            format=FORMAT,
            program="1",
            schema=1,
            server="18",
            made_at=made_at,
            database=nothing,
            tables={},
            files=files,
            private={},
        )
        with shelf.draft(tmp_path, made_at) as (draft, _):
            write(draft, about)
    (tmp_path / "holiday").mkdir()
    assert shelf.prune(tmp_path, 2) == [
        "rift-20260103-000000",
        "rift-20260102-000000",
        "rift-20260101-000000",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "holiday",
        "rift-20260104-000000",
        "rift-20260105-000000",
    ]
