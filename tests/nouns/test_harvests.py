"""A copy of one's data: all of it, for oneself alone, and without holding it in memory."""

import asyncio
import io
import re
import stat
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import asyncpg
import msgspec
import pytest

from tests.api import Person
from tests.nouns.elsewhere import told
from tests.nouns.luggage import TEXT, png, send
from tests.nouns.visits import with_guest
from tests.patience import until
from tests.server import Server

_MANY: Final = 100_000
_FEW_KIB: Final = 48 * 1024

_WRITE: Final = """
insert into messages (channel_id, id, guild_id, author_id, content)
select $1, $2::bigint + number, $3, $4, repeat('something that was said once ', 10)
from generate_series(1, $5::int) as number
"""


async def harvested(person: Person, within_s: float = 30.0, **body: Any) -> dict[str, Any]:
    """A harvest from its beginning to its end."""
    asked = await person.post("/users/@me/harvest", body)
    assert asked["status"] in (0, 1, 3)
    latest: dict[str, Any] = {}

    async def complete() -> bool:
        latest.update(await person.get("/users/@me/harvest"))
        assert latest["status"] != 2
        return bool(latest["status"] == 3)

    await until(complete, within_s)
    return latest


async def download(server: Server, url: str) -> tuple[int, bytes]:
    address = url if url.startswith("http") else f"{server.url}{url}"
    async with server.http.get(address) as response:
        return response.status, await response.read()


async def contents(server: Server, person: Person, **body: Any) -> dict[str, Any]:
    """What a harvest holds, file by file."""
    harvest = await harvested(person, **body)
    status, raw = await download(server, harvest["download_url"])
    assert status == 200
    assert len(raw) == harvest["size_bytes"]
    with ZipFile(io.BytesIO(raw)) as zip_file:
        assert zip_file.testzip() is None
        return {
            name.removesuffix(".json"): msgspec.json.decode(zip_file.read(name))
            for name in zip_file.namelist()
        }


async def test_a_harvest_holds_what_somebody_is_and_said_and_nothing_of_others(
    own_server: Server,
) -> None:
    ann, bob, guild = await with_guest(own_server)
    channel = guild["system_channel_id"]
    await ann.patch("/users/@me", {"bio": "about me", "global_name": "Ann"})
    said = await ann.say(channel, "first words")
    path = f"/channels/{channel}/messages/{said['id']}"
    await ann.patch(path, {"content": "second words"})
    await ann.put(f"{path}/reactions/%F0%9F%91%8D/@me")
    await bob.put(f"{path}/reactions/%F0%9F%91%8E/@me")
    deleted = await ann.say(channel, "regretted words")
    await ann.delete(f"/channels/{channel}/messages/{deleted['id']}")
    await bob.say(channel, "words of somebody else")
    await ann.post("/applications", {"name": "machine"})
    held = await contents(own_server, ann)
    [account] = held["account/account"]
    assert (account["id"], account["bio"], account["global_name"]) == (ann.id, "about me", "Ann")
    assert len(held["account/sessions"]) == 1
    assert [it["name"] for it in held["account/applications"]] == ["machine"]
    assert [it["id"] for it in held["guilds/guilds"]] == [guild["id"]]
    [message] = held["messages/messages"]
    assert (message["id"], message["channel_id"]) == (said["id"], channel)
    assert message["content"] == "second words"
    earlier = {it["content"] for it in held["messages/earlier_versions"]}
    assert earlier == {"first words", "regretted words"}
    assert [it["emoji"] for it in held["messages/reactions"]] == ["👍"]
    assert any(it["action_type"] for it in held["guilds/audit_log"])
    everything = msgspec.json.encode(held).decode()
    assert "words of somebody else" not in everything
    assert not re.search(r"\$argon2|token|hash", everything)


async def test_one_asks_for_a_part_of_it_and_sees_how_far_it_is(server: Server) -> None:
    ann = await server.person()
    reply = await ann.call("GET", "/users/@me/harvest")
    assert (reply.status, reply.body) == (204, None)
    harvest = await harvested(ann, backends=["Accounts", "Ads", "Servers"])
    assert harvest["backends"] == {"users": "EXTRACTED", "guilds": "EXTRACTED"}
    assert (harvest["state"], harvest["user_id"]) == ("DELIVERED", ann.id)
    assert harvest["completed_at"] is not None


async def test_only_the_link_opens_it_and_not_for_long(own_server: Server, database: str) -> None:
    ann = await own_server.person()
    harvest = await harvested(ann)
    url = harvest["download_url"]
    [path] = (own_server.data / "harvests").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (await download(own_server, url))[0] == 200
    until_s = re.search(r"until=(\d+)", url)
    assert until_s is not None
    for wrong in (
        url[:-1] + ("0" if url[-1] != "0" else "1"),
        url.replace(until_s[1], str(int(until_s[1]) + 60)),
        url.partition("?")[0],
        re.sub(r"signature=.*", "signature=%ff", url),
        url + "&x=1" * 20,
        url.replace(harvest["harvest_id"], "..%2f..%2frift.toml"),
        url.replace(harvest["harvest_id"], str(int(harvest["harvest_id"]) + 1)),
    ):
        assert (await download(own_server, wrong))[0] == 404, wrong
    await told(database, "update harvests set expires_at = now()")
    assert (await download(own_server, url))[0] == 404
    assert (await ann.get("/users/@me/harvest"))["download_url"] is None


async def test_there_is_one_at_a_time_and_one_a_day(strict_server: Server, database: str) -> None:
    ann = await strict_server.person()
    connection = await asyncpg.connect(database)
    async with connection.transaction():
        await connection.execute("lock table messages in access exclusive mode")
        asking = [ann.call("POST", "/users/@me/harvest", {}) for _ in range(4)]
        replies = await asyncio.gather(*asking)
        assert sorted(reply.status for reply in replies) == [200, 409, 409, 409]
    await connection.close()

    async def complete() -> bool:
        return bool(await told(database, "select from harvests where status = 3"))

    await until(complete, 30)
    reply = await ann.call("POST", "/users/@me/harvest", {})
    assert reply.status == 429
    assert reply.body["retry_after"] > 80_000


async def test_one_that_broke_off_is_begun_again(database: str, own_server: Server) -> None:
    ann = await own_server.person()
    before = await harvested(ann)
    await told(database, "update harvests set status = 1, completed_at = null")
    [path] = (own_server.data / "harvests").iterdir()
    path.unlink()
    await told(database, "select pg_notify('rift', 'harvest')")

    async def complete() -> bool:
        return bool((await ann.get("/users/@me/harvest"))["status"] == 3)

    await until(complete)
    again = await ann.get("/users/@me/harvest")
    assert again["harvest_id"] == before["harvest_id"]
    assert (await download(own_server, again["download_url"]))[0] == 200


@pytest.mark.slow
async def test_a_hundred_thousand_messages_do_not_fill_the_memory(
    own_server: Server, database: str
) -> None:
    ann = await own_server.person()
    guild = await ann.guild()
    channel = guild["system_channel_id"]
    ids = [int(it) for it in (channel, channel, guild["id"], ann.id)]
    await told(database, _WRITE, *ids, _MANY)
    await harvested(ann, backends=["Accounts"])
    before = _peak_kib(own_server.process.pid)
    harvest = await harvested(ann, within_s=90)
    after = _peak_kib(own_server.process.pid)
    status, raw = await download(own_server, harvest["download_url"])
    assert status == 200
    with ZipFile(io.BytesIO(raw)) as zip_file:
        messages = msgspec.json.decode(zip_file.read("messages/messages.json"))
    assert len({it["id"] for it in messages}) == _MANY
    assert harvest["scanned"] >= _MANY
    assert after - before < _FEW_KIB, f"{(after - before) // 1024} MiB more"


def _peak_kib(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])


async def test_the_files_one_uploaded_come_along(server: Server) -> None:
    person = await server.person()
    channel = await person.channel((await person.guild())["id"])
    sent = await send(person, channel["id"], ("fence.png", png()))
    other = await server.person()
    await person.bring(other, channel["id"])
    await send(other, channel["id"], TEXT)
    harvest = await harvested(person)
    _, raw = await download(server, harvest["download_url"])
    with ZipFile(io.BytesIO(raw)) as zip_file:
        names = [name for name in zip_file.namelist() if name.startswith("messages/files/")]
        assert names == [f"messages/files/{sent['attachments'][0]['id']}.png"]
        assert zip_file.read(names[0]) == png()
