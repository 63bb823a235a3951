"""A guild and an account written down, in the shape that readers of DiscordChatExporter know."""

import asyncio
import json
import os
import stat
import sys
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from tests.api import Person
from tests.nouns.company import Company, company
from tests.nouns.luggage import TEXT, fetched, png, send
from tests.server import Server

MANY = 20_000
FILL = """
insert into messages (channel_id, id, guild_id, author_id, content)
select $1, $2::bigint + number, $3, $4, 'message ' || number
from generate_series(1, $5) as number
"""


class Exporter:
    """`rift export` beside a running server."""

    def __init__(self, server: Server, database: str) -> None:
        self.server = server
        self.database = database

    async def begin(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "rift", "export", *words),
            *("--data", str(self.server.data)),
            env={**os.environ, "DATABASE_URL": self.database},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, *words: str) -> str:
        process = await self.begin(*words)
        out, problem = await process.communicate()
        assert process.returncode == 0, problem.decode()
        return out.decode()

    async def refused(self, *words: str) -> str:
        process = await self.begin(*words)
        _, problem = await process.communicate()
        assert process.returncode == 1
        return problem.decode()


@pytest_asyncio.fixture
async def exporter(own_server: Server, database: str) -> AsyncIterator[Exporter]:
    yield Exporter(own_server, database)


def channel_file(root: Path, channel_id: str) -> dict[str, Any]:
    (found,) = (path for path in (root / "channels").iterdir() if f"[{channel_id}]" in path.name)
    read: dict[str, Any] = json.loads(found.read_bytes())
    return read


def message_of(root: Path, channel_id: str, id_: str) -> dict[str, Any]:
    found = channel_file(root, channel_id)["messages"]
    return next(message for message in found if message["id"] == id_)


async def talk(group: Company) -> dict[str, dict[str, Any]]:
    """One message of each kind a reader may look for."""
    channel_id = group.channel["id"]
    path = f"/channels/{channel_id}/messages"
    plain = await group.guest.say(channel_id, f"hello <@{group.owner.id}>")
    await group.owner.put(f"{path}/{plain['id']}/reactions/%F0%9F%91%8D/@me")
    edited = await group.moderator.say(channel_id, "first")
    await group.moderator.patch(f"{path}/{edited['id']}", {"content": "second"})
    embed = {"title": "Rules", "color": 0xFF8000, "fields": [{"name": "1", "value": "be kind"}]}
    rich = await group.owner.post(path, {"embeds": [embed]})
    reply = await group.owner.say(channel_id, "hi", message_reference={"message_id": plain["id"]})
    forward = {"type": 1, "channel_id": channel_id, "message_id": plain["id"]}
    carried = await group.owner.post(path, {"message_reference": forward})
    await group.owner.put(f"/channels/{channel_id}/messages/pins/{plain['id']}")
    return {"plain": plain, "edited": edited, "rich": rich, "reply": reply, "carried": carried}


async def test_a_channel_reads_as_the_exporter_writes_it(
    exporter: Exporter, tmp_path: Path
) -> None:
    group = await company(exporter.server)
    said = await talk(group)
    root = tmp_path / "out"
    assert "messages of" in await exporter.run("guild", group.id, "--to", str(root))
    written = channel_file(root, group.channel["id"])
    assert written["guild"] == {"id": group.id, "name": "A guild", "iconUrl": ""}
    assert written["channel"]["type"] == "GuildTextChat"
    found = {message["id"]: message for message in written["messages"]}
    assert written["messageCount"] == len(found)
    plain = found[said["plain"]["id"]]
    assert (plain["type"], plain["isPinned"]) == ("Default", True)
    assert [one["id"] for one in plain["mentions"]] == [group.owner.id]
    (reaction,) = plain["reactions"]
    assert reaction["emoji"]["name"] == "\N{THUMBS UP SIGN}"
    assert [one["id"] for one in reaction["users"]] == [group.owner.id]
    edited = found[said["edited"]["id"]]
    assert edited["content"] == "second"
    assert edited["timestampEdited"] is not None
    assert [role["id"] for role in edited["author"]["roles"]] == [group.role["id"]]
    (embed,) = found[said["rich"]["id"]]["embeds"]
    assert (embed["title"], embed["color"]) == ("Rules", "#FF8000")
    assert embed["fields"] == [{"name": "1", "value": "be kind", "isInline": False}]
    reply = found[said["reply"]["id"]]
    assert (reply["type"], reply["reference"]["messageId"]) == ("Reply", said["plain"]["id"])
    carried = found[said["carried"]["id"]]["forwardedMessage"]
    assert carried["content"] == said["plain"]["content"]
    kinds = {message["type"] for message in written["messages"]}
    assert {"ChannelPinnedMessage"} <= kinds


async def test_files_and_faces_come_along_and_are_named_by_where_they_lie(
    exporter: Exporter, tmp_path: Path
) -> None:
    group = await company(exporter.server)
    face = "data:image/png;base64," + b64encode(png(64, 64)).decode()
    await group.owner.patch("/users/@me", {"avatar": face})
    sent = await send(group.owner, group.channel["id"], TEXT, ("fence.png", png()))
    reference = {
        "type": 1,
        "channel_id": group.channel["id"],
        "message_id": sent["id"],
    }
    other = await group.owner.channel(group.id, "elsewhere")
    carried = await group.owner.post(
        f"/channels/{other['id']}/messages", {"message_reference": reference}
    )
    root = tmp_path / "out"
    await exporter.run("guild", group.id, "--to", str(root))
    here = message_of(root, group.channel["id"], sent["id"])
    there = message_of(root, other["id"], carried["id"])["forwardedMessage"]
    folder = root / "channels"
    for message in (here, there):
        note, picture = message["attachments"]
        assert (folder / note["url"]).read_bytes() == TEXT[1]
        assert (folder / picture["url"]).read_bytes() == png()
        assert (note["fileName"], note["fileSizeBytes"]) == (TEXT[0], len(TEXT[1]))
    assert (folder / here["author"]["avatarUrl"]).read_bytes().startswith(b"\x89PNG")
    words = ("guild", group.id, "--no-files", "--to", str(tmp_path / "bare"))
    await exporter.run(*words)
    linked = message_of(tmp_path / "bare", group.channel["id"], sent["id"])
    url = linked["attachments"][0]["url"]
    assert await fetched(group.owner, url) == TEXT[1]
    assert not (tmp_path / "bare" / "files").exists()


async def test_beside_the_channels_lies_what_else_a_guild_is(
    exporter: Exporter, tmp_path: Path
) -> None:
    group = await company(exporter.server)
    await group.owner.put(group.ban(group.guest), {}, headers={"X-Audit-Log-Reason": "spam"})
    message = await group.owner.say(group.channel["id"], "gone")
    await group.owner.delete(f"/channels/{group.channel['id']}/messages/{message['id']}")
    root = tmp_path / "out"
    await exporter.run("guild", group.id, "--to", str(root))

    def read(name: str) -> Any:
        return json.loads((root / name).read_bytes())

    assert read("guild.json")["owner_id"] == group.owner.id
    assert group.channel["id"] in {channel["id"] for channel in read("channels.json")}
    people = {member["user"]["id"] for member in read("members.json")}
    assert people == {group.owner.id, group.moderator.id}
    assert [ban["user_id"] for ban in read("bans.json")] == [group.guest.id]
    assert read("audit_log.json")[-1]["reason"] == "spam"
    assert [it["content"] for it in read("earlier_versions.json")] == ["gone"]
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*") if path.is_file()}
    assert modes == {0o600}


async def test_threads_are_written_down_with_their_channel_also_those_that_sleep(
    exporter: Exporter, tmp_path: Path
) -> None:
    group = await company(exporter.server)
    path = f"/channels/{group.channel['id']}/threads"
    awake, asleep = [
        await group.owner.post(path, {"name": name, "type": 11}) for name in ("awake", "asleep")
    ]
    for thread in (awake, asleep):
        await group.guest.say(thread["id"], f"in {thread['name']}")
        await group.owner.say(thread["id"], "not theirs")
    await group.owner.patch(f"/channels/{asleep['id']}", {"archived": True})
    whole, own = tmp_path / "guild", tmp_path / "account"
    await exporter.run("guild", group.id, "--to", str(whole))
    name = (await group.guest.get("/users/@me"))["username"]
    await exporter.run("account", name, "--to", str(own))
    for thread in (awake, asleep):
        written = channel_file(whole, thread["id"])
        assert written["channel"]["type"] == "GuildPublicThread"
        assert written["channel"]["category"] == group.channel["name"]
        assert [it["content"] for it in written["messages"]][-2:] == [
            f"in {thread['name']}",
            "not theirs",
        ]
        theirs = channel_file(own, thread["id"])
        assert [it["content"] for it in theirs["messages"]] == [f"in {thread['name']}"]
    listed = json.loads((whole / "threads.json").read_bytes())
    assert {one["id"] for one in listed} == {awake["id"], asleep["id"]}


async def test_an_account_takes_its_letters_along_and_nobody_elses(
    exporter: Exporter, tmp_path: Path
) -> None:
    group = await company(exporter.server)
    own = await group.guest.say(group.channel["id"], "mine")
    await group.owner.say(group.channel["id"], "not mine")
    letters = await group.guest.post("/users/@me/channels", {"recipient_id": group.owner.id})
    await group.guest.say(letters["id"], "dear owner")
    await group.owner.say(letters["id"], "dear guest")
    name = (await group.guest.get("/users/@me"))["username"]
    root = tmp_path / "out"
    await exporter.run("account", name, "--to", str(root))
    private = channel_file(root, letters["id"])
    assert private["channel"]["type"] == "DirectTextChat"
    assert [it["content"] for it in private["messages"]] == ["dear owner", "dear guest"]
    public = channel_file(root, group.channel["id"])
    assert [it["id"] for it in public["messages"]] == [own["id"]]
    (account,) = json.loads((root / "account" / "account.json").read_bytes())
    assert account["id"] == group.guest.id
    everything = b"".join(path.read_bytes() for path in root.rglob("*.json"))
    assert b"not mine" not in everything


async def test_what_was_killed_goes_on_where_it_was(exporter: Exporter, tmp_path: Path) -> None:
    group = await company(exporter.server)
    channel_id = group.channel["id"]
    last = await group.owner.say(channel_id, "the first")
    await fill(exporter.database, group, last["id"])
    root = tmp_path / "out"
    words = ("guild", group.id, "--to", str(root))
    process = await exporter.begin(*words)
    await begun(root, channel_id, process)
    process.kill()
    await process.wait()
    before = reached(root, channel_id)
    assert 0 < before < MANY
    await exporter.run(*words)
    written = [message["content"] for message in channel_file(root, channel_id)["messages"]]
    assert written[0] == "the first"
    assert written[1:] == [f"message {number}" for number in range(1, MANY + 1)]
    assert "finished" in await exporter.refused(*words)


async def fill(database: str, group: Company, after: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        ids = [int(group.channel["id"]), int(after), int(group.id), int(group.owner.id)]
        await connection.execute(FILL, *ids, MANY)
    finally:
        await connection.close()


def reached(root: Path, channel_id: str) -> int:
    try:
        state = json.loads((root / "export.json").read_bytes())
    except FileNotFoundError:
        return 0
    counts = [one["count"] for name, one in state["listings"].items() if f"[{channel_id}]" in name]
    return counts[0] if counts else 0


async def begun(root: Path, channel_id: str, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(30):
        while not reached(root, channel_id):
            assert process.returncode is None
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("guild", "1"), "There is no guild 1"),
        (("account", "nobody.there"), "There is no account nobody.there"),
    ],
)
async def test_what_is_not_there_is_said(
    exporter: Exporter, tmp_path: Path, words: tuple[str, ...], problem: str
) -> None:
    assert problem in await exporter.refused(*words, "--to", str(tmp_path / "out"))


async def test_a_folder_of_something_else_is_left_alone(exporter: Exporter, tmp_path: Path) -> None:
    group = await company(exporter.server)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "letter.txt").write_text("dear")
    words = ("guild", group.id, "--to", str(tmp_path / "kept"))
    assert "is not empty" in await exporter.refused(*words)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["letter.txt"]
    other = await another_guild(group.owner)
    await exporter.run("guild", group.id, "--to", str(tmp_path / "one"))
    words = ("guild", other, "--to", str(tmp_path / "one"))
    assert "something else" in await exporter.refused(*words)


async def another_guild(owner: Person) -> str:
    return str((await owner.guild("another"))["id"])
