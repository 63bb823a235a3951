"""The instance as its owners govern it: accounts, room, work, settings, health, the log."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.api import Person
from tests.nouns import luggage
from tests.patience import until
from tests.server import CRAMPED, LIFTED, Server, running_server

Json = dict[str, Any]
PATHS = ("users", "storage", "jobs", "settings", "health", "log", "backups")


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(own_server: Server) -> AsyncIterator[Person]:
    """Who owns the instance."""
    yield await own_server.person("keeper", setup_token=own_server.setup_token)


async def account(keeper: Person, person: Person) -> Json:
    found = await keeper.get(f"/instance/users?query={person.user['username']}")
    return next(it for it in found["users"] if it["user"]["id"] == person.id)


async def deeds(keeper: Person) -> list[str]:
    return [entry["action"] for entry in (await keeper.get("/instance/log"))["entries"]]


async def settings(keeper: Person) -> dict[str, Json]:
    return {it["name"]: it for it in (await keeper.get("/instance/settings"))["settings"]}


@pytest.mark.parametrize("path", PATHS)
async def test_only_owners_of_the_instance_see_it(server: Server, path: str) -> None:
    ann = await server.person()
    assert (await ann.refused("GET", f"/instance/{path}")).code == 50013
    bot = await server.bot(ann)
    assert (await bot.refused("GET", f"/instance/{path}")).code == 50013


async def test_only_owners_of_the_instance_change_it(server: Server) -> None:
    ann = await server.person()
    for method, path in (
        ("PUT", f"users/{ann.id}/admin"),
        ("DELETE", f"users/{ann.id}/admin"),
        ("POST", f"users/{ann.id}/password-link"),
        ("POST", "jobs/mails/retry"),
        ("DELETE", "jobs/mails"),
        ("DELETE", "purges/1"),
        ("POST", "harvests/1/retry"),
        ("POST", "backups"),
        ("POST", "backups/upload"),
        ("DELETE", "backups/rift-20200101-030000"),
        ("POST", "backups/rift-20200101-030000/check"),
        ("POST", "backups/rift-20200101-030000/download"),
        ("POST", "backups/rift-20200101-030000/restore"),
    ):
        assert (await ann.refused(method, f"/instance/{path}")).code == 50013, path
    body = {"settings": {"auth.registration": "closed"}}
    assert (await ann.refused("PATCH", "/instance/settings", body)).code == 50013


async def test_accounts_are_found_paged_and_told_apart(own_server: Server, keeper: Person) -> None:
    people = [await own_server.person(f"person{number}") for number in range(5)]
    bot = await own_server.bot(people[0])
    everybody = await keeper.get("/instance/users")
    assert everybody["total"] == 7
    assert everybody["users"][0]["user"]["id"] == bot.id
    first = await keeper.get("/instance/users?query=PERSON&limit=3")
    assert first["total"] == 5
    assert [it["user"]["username"] for it in first["users"]] == ["person4", "person3", "person2"]
    rest = await keeper.get(
        f"/instance/users?query=PERSON&before={first['users'][-1]['user']['id']}"
    )
    assert [it["user"]["username"] for it in rest["users"]] == ["person1", "person0"]
    assert [it["user"]["id"] for it in (await keeper.get("/instance/users?kind=bot"))["users"]] == [
        bot.id
    ]
    [admin] = (await keeper.get("/instance/users?kind=admin"))["users"]
    assert (admin["user"]["id"], admin["admin"], admin["sessions"]) == (keeper.id, True, 1)
    await keeper.post(f"/instance/users/{people[1].id}/disable")
    [disabled] = (await keeper.get("/instance/users?kind=disabled"))["users"]
    assert (disabled["disabled"], disabled["barred"], disabled["sessions"]) == (True, True, 0)
    await keeper.post(f"/instance/users/{people[2].id}/delete", {})
    [leaving] = (await keeper.get("/instance/users?kind=leaving"))["users"]
    assert leaving["leaves_at"]
    assert (await deeds(keeper))[:2] == ["user_delete", "user_disable"]


async def test_files_are_weighed_by_person_and_guild(own_server: Server, keeper: Person) -> None:
    ann = await own_server.person()
    guild = await ann.guild("Full of files")
    channel = await ann.channel(guild["id"])
    await luggage.send(ann, channel["id"], ("one.txt", b"x" * 1000), ("two.txt", b"x" * 234))
    found = await account(keeper, ann)
    assert (found["storage_bytes"], found["guilds"]) == (1234, 1)
    assert found["last_seen_at"]
    storage = await keeper.get("/instance/storage")
    [largest] = storage["guilds"]
    assert (largest["id"], largest["files"], largest["size_bytes"]) == (guild["id"], 2, 1234)
    kinds = {it["kind"]: it for it in storage["kinds"]}
    assert (kinds["attachments"]["count"], kinds["attachments"]["size_bytes"]) == (2, 1234)
    assert kinds["emojis"] == {"kind": "emojis", "count": 0, "size_bytes": None}
    assert 0 < storage["disk_free_bytes"] < storage["disk_bytes"]
    assert storage["database_bytes"] > 1_000_000
    assert storage["messages"] == 1


async def test_there_is_always_an_owner(own_server: Server, keeper: Person) -> None:
    ann = await own_server.person()
    own = f"/instance/users/{keeper.id}/admin"
    assert (await keeper.refused("DELETE", own)).status == 409
    assert (await ann.get("/users/@me"))["admin"] is False
    async with own_server.gateway(ann) as gateway:
        await keeper.put(f"/instance/users/{ann.id}/admin")
        assert (await gateway.expect("USER_UPDATE")).data["admin"] is True
    await keeper.put(f"/instance/users/{ann.id}/admin")
    assert (await account(ann, ann))["admin"]
    await ann.delete(own)
    assert (await keeper.refused("GET", "/instance/users")).code == 50013
    assert (await deeds(ann))[:2] == ["admin_revoke", "admin_grant"]
    bot = await own_server.bot(ann)
    assert (await ann.refused("PUT", f"/instance/users/{bot.id}/admin")).status == 404


async def test_who_is_locked_out_is_handed_a_link(own_server: Server, keeper: Person) -> None:
    ann = await own_server.person("lockedout")
    link = await keeper.post(f"/instance/users/{ann.id}/password-link")
    site, _, token = link["url"].partition("/reset#token=")
    assert site == own_server.url
    body = {"token": token, "password": "another horse battery"}
    await own_server.guest.post("/auth/reset", body)
    assert (await own_server.guest.refused("POST", "/auth/reset", body)).status == 400
    assert (await ann.refused("GET", "/users/@me")).status == 401
    await own_server.guest.post(
        "/auth/login", {"login": "lockedout", "password": "another horse battery"}
    )
    entry = (await keeper.get("/instance/log"))["entries"][0]
    assert (entry["action"], entry["target_id"]) == ("password_link", ann.id)
    assert token not in str(entry)


async def test_registration_and_name_change_while_it_runs(
    own_server: Server, keeper: Person
) -> None:
    before = await settings(keeper)
    assert (before["auth.registration"]["kind"], before["auth.registration"]["value"]) == (
        "choice",
        "open",
    )
    assert "closed" in before["auth.registration"]["choices"]
    await keeper.patch(
        "/instance/settings",
        {"settings": {"auth.registration": "closed", "instance.name": "The harbour"}},
    )
    told = await own_server.guest.get("/instance")
    assert (told["name"], told["registration"]) == ("The harbour", "closed")
    body = {"username": "latecomer", "password": "correct horse battery"}
    assert (await own_server.guest.refused("POST", "/auth/register", body)).status == 403
    after = await settings(keeper)
    assert after["instance.name"]["changed"]
    await keeper.patch("/instance/settings", {"settings": {"auth.registration": None}})
    await own_server.guest.post("/auth/register", body)
    assert not (await settings(keeper))["auth.registration"]["changed"]
    assert (await deeds(keeper)).count("settings_change") == 2


async def test_a_limit_holds_from_now_on(own_server: Server, keeper: Person) -> None:
    guild = await keeper.guild()
    channel = await keeper.channel(guild["id"])
    await keeper.patch("/instance/settings", {"settings": {"limits.message_length": 5}})
    assert (
        await keeper.refused("POST", f"/channels/{channel['id']}/messages", {"content": "too long"})
    ).code == 50035
    assert (await own_server.guest.get("/instance"))["limits"]["message_length"] == 5


MISFITS = (
    ("auth.registration", "sometimes"),
    ("limits.message_length", 0),
    ("limits.message_length", "many"),
    ("limits.message_length", True),
    ("instance.name", ""),
    ("database.url", "postgres://elsewhere"),
    ("server.port", 1),
    ("limits.body_bytes", 100_000),
    ("nothing.such", 1),
)


async def test_what_does_not_fit_is_refused(own_server: Server, keeper: Person) -> None:
    for name, value in MISFITS:
        body = {"settings": {"instance.name": "half", name: value}}
        assert (await keeper.refused("PATCH", "/instance/settings", body)).code == 50035, name
    assert (await own_server.guest.get("/instance"))["name"] == "Rift"


async def test_what_the_configuration_says_stays(database: str, tmp_path: Path) -> None:
    fixed = {**LIFTED, **CRAMPED, "DATABASE_URL": database, "RIFT_AUTH_REGISTRATION": "open"}
    async with running_server(tmp_path, fixed) as server:
        keeper = await server.person(setup_token=server.setup_token)
        shown = await settings(keeper)
        assert shown["auth.registration"]["fixed"]
        assert not shown["instance.name"]["fixed"]
        body = {"settings": {"auth.registration": "closed"}}
        refused = await keeper.refused("PATCH", "/instance/settings", body)
        errors = refused.body["errors"]["settings"]["auth"]["registration"]["_errors"]
        assert errors[0]["code"] == "SETTING_FIXED"
        await keeper.patch("/instance/settings", {"settings": {"instance.name": "Kept"}})
    async with running_server(tmp_path, fixed) as server:
        assert (await server.guest.get("/instance"))["name"] == "Kept"
    named = {**fixed, "RIFT_INSTANCE_NAME": "From the file"}
    async with running_server(tmp_path, named) as server:
        assert (await server.guest.get("/instance"))["name"] == "From the file"


async def test_every_worker_follows(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment, "--workers", "2") as server:
        keeper = await server.person(setup_token=server.setup_token)
        await keeper.patch("/instance/settings", {"settings": {"instance.name": "Everywhere"}})

        async def all_say_so() -> bool:
            names = {(await server.guest.get("/instance"))["name"] for _ in range(12)}
            return names == {"Everywhere"}

        await until(all_say_so, 15)
        assert (await keeper.get("/instance/health"))["workers"] >= 2


async def test_work_is_shown_pushed_and_dropped(keeper: Person) -> None:
    jobs = await keeper.get("/instance/jobs")
    assert {outlet["name"] for outlet in jobs["outlets"]} >= {"crossposts", "push"}
    queues = {queue["name"]: queue for queue in jobs["queues"]}
    assert queues["mails"]["waiting"] == 0
    assert (queues["search"]["can_retry"], queues["mails"]["can_retry"]) == (False, True)
    assert await keeper.post("/instance/jobs/mails/retry") == {"count": 0}
    assert await keeper.delete("/instance/jobs/pushes") == {"count": 0}
    assert (await keeper.refused("POST", "/instance/jobs/search/retry")).status == 404
    assert (await keeper.refused("DELETE", "/instance/jobs/nothing")).status == 404
    assert (await keeper.refused("DELETE", "/instance/purges/1")).status == 404
    assert (await keeper.refused("POST", "/instance/harvests/1/retry")).status == 404
    assert (await deeds(keeper))[:2] == ["jobs_drop", "jobs_retry"]


async def test_health_says_what_it_runs_on(keeper: Person) -> None:
    health = await keeper.get("/instance/health")
    assert health["database"]["migration"][:4].isdigit()
    assert 0 <= health["database"]["latency_ms"] < 10_000
    assert health["store"]["reachable"]
    assert health["workers"] == 1
    assert health["uptime_s"] >= 0
    assert health["last_backup_at"] is None
    assert "rate_limits_off" in health["warnings"]
    assert health["version"]


async def test_the_log_is_paged_and_names_people(own_server: Server, keeper: Person) -> None:
    ann = await own_server.person()
    for _ in range(3):
        await keeper.post(f"/instance/users/{ann.id}/password-link")
    page = await keeper.get("/instance/log?limit=2")
    assert {user["id"] for user in page["users"]} == {keeper.id, ann.id}
    rest = await keeper.get(f"/instance/log?before={page['entries'][-1]['id']}")
    assert (len(page["entries"]), len(rest["entries"])) == (2, 1)
