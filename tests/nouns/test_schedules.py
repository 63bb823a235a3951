"""Messages that are sent later: by whom, when, and what becomes of those that cannot be."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
import pytest

from rift.core.attachments.collecting import Collector
from rift.core.schedules.verbs import MOST
from tests.api import Person
from tests.core.houses import living
from tests.gateway import Gateway
from tests.nouns.circles import block, mates
from tests.nouns.elsewhere import told
from tests.nouns.luggage import TEXT, fetched
from tests.nouns.test_uploads import announce, put
from tests.server import Server

Json = dict[str, Any]

OWN: Final = "/users/@me/scheduled-messages"
SEND: Final = str(1 << 11)
_DUE: Final = """
with due as (update scheduled_messages set send_at = now(), due_at = now())
select pg_notify('rift', 'scheduled messages')
"""
_MISSED: Final = """
with due as (
    update scheduled_messages set send_at = now() - interval '2 hours', due_at = now()
)
select pg_notify('rift', 'scheduled messages')
"""
_ROWS: Final = "select attachment_id from scheduled_files"


def later(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**(ahead or {"hours": 1}))).isoformat()


class Desk(msgspec.Struct):
    """Ann's guild, and Ben in it, who writes things to be sent later."""

    server: Server
    database: str
    ann: Person
    ben: Person
    guild_id: str
    channel: Json

    @property
    def path(self) -> str:
        return f"/channels/{self.channel['id']}/scheduled-messages"

    async def write(self, content: str = "good morning", **fields: Any) -> Json:
        body = {"content": content, "send_at": later(), **fields}
        made: Json = await self.ben.post(self.path, body)
        return made

    async def come_due(self, when: str = _DUE) -> None:
        await told(self.database, when)

    async def said(self) -> list[Json]:
        """The newest first, without who joined."""
        page = await self.ann.get(f"/channels/{self.channel['id']}/messages")
        return [message for message in page if message["type"] in (0, 19)]


@pytest.fixture
async def desk(own_server: Server, database: str) -> Desk:
    ann, ben = await own_server.person("ann"), await own_server.person("ben")
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    await ann.bring(ben, channel["id"])
    return Desk(own_server, database, ann, ben, guild["id"], channel)


async def failed(device: Gateway) -> Json:
    """What a device is told of a message that could not be sent."""
    event = await device.expect("SCHEDULED_MESSAGE_UPDATE")
    assert event.data["status"] == "failed"
    return dict(event.data)


async def test_a_message_is_sent_when_it_is_due_and_then_is_no_longer_planned(desk: Desk) -> None:
    said = await desk.ann.say(desk.channel["id"], "who is there?")
    made = await desk.write(
        f"<@{desk.ann.id}> I am",
        message_reference={"message_id": said["id"]},
        allowed_mentions={"parse": []},
        flags=1 << 12,
    )
    assert (made["status"], made["error"], made["guild_id"]) == ("pending", None, desk.guild_id)
    async with desk.server.gateway(desk.ben) as device, desk.server.gateway(desk.ann) as reader:
        await desk.come_due()
        heard = (await reader.expect("MESSAGE_CREATE")).data
        gone = (await device.expect("SCHEDULED_MESSAGE_DELETE")).data
        await reader.quiet("SCHEDULED_MESSAGE_DELETE")
    assert gone == {
        "id": made["id"],
        "channel_id": desk.channel["id"],
        "message_id": heard["id"],
    }
    assert (heard["author"]["id"], heard["nonce"]) == (desk.ben.id, made["id"])
    assert (heard["flags"], heard["mentions"]) == (1 << 12, [])
    assert heard["referenced_message"]["id"] == said["id"]
    assert await desk.ben.get(OWN) == []
    assert [message["id"] for message in await desk.said()] == [heard["id"], said["id"]]


async def test_what_is_planned_is_changed_given_up_and_told_to_all_devices(desk: Desk) -> None:
    async with desk.server.gateway(desk.ben) as device:
        made = await desk.write()
        assert (await device.expect("SCHEDULED_MESSAGE_CREATE")).data == made
        path = f"{desk.path}/{made['id']}"
        changed = await desk.ben.patch(path, {"content": "good evening"})
        assert (await device.expect("SCHEDULED_MESSAGE_UPDATE")).data == changed
        assert (changed["content"], changed["send_at"]) == ("good evening", made["send_at"])
        moved = await desk.ben.patch(path, {"send_at": later(days=2)})
        assert moved["content"] == "good evening"
        assert await desk.ben.get(OWN) == await desk.ben.get(desk.path) == [moved]
        await desk.ben.delete(path)
        gone = (await device.expect("SCHEDULED_MESSAGE_DELETE")).data
        assert gone == {"id": made["id"], "channel_id": desk.channel["id"], "message_id": None}
    assert await desk.ben.get(OWN) == []
    assert (await desk.ben.refused("DELETE", path)).status == 404


async def test_what_one_plans_nobody_else_sees_or_touches(desk: Desk) -> None:
    made = await desk.write()
    assert await desk.ann.get(desk.path) == await desk.ann.get(OWN) == []
    path = f"{desk.path}/{made['id']}"
    assert (await desk.ann.refused("PATCH", path, {"content": "x"})).status == 404
    assert (await desk.ann.refused("DELETE", path)).status == 404
    bot = await desk.server.bot(desk.ann, desk.guild_id)
    body = {"content": "x", "send_at": later()}
    assert (await bot.refused("POST", desk.path, body)).code == 20001
    outsider = await desk.server.person()
    assert (await outsider.refused("GET", desk.path)).code == 50001
    assert (await outsider.refused("POST", desk.path, body)).code == 50001


async def test_it_is_for_later_but_not_for_ever_and_says_something(desk: Desk) -> None:
    for body in (
        {"content": "x", "send_at": later(seconds=30)},
        {"content": "x", "send_at": later(days=367)},
        {"content": "x", "send_at": "2030-01-02T03:04:05"},
        {"content": "x" * 2001, "send_at": later()},
        {"content": "x", "flags": 1 << 13, "send_at": later()},
        {"content": "x", "message_reference": {"message_id": "1"}, "send_at": later()},
        {"send_at": later(), "message_reference": {"message_id": "1", "type": 1}},
        {"content": "x"},
    ):
        assert (await desk.ben.refused("POST", desk.path, body)).code == 50035
    empty = {"content": " ", "send_at": later()}
    assert (await desk.ben.refused("POST", desk.path, empty)).code == 50006
    made = await desk.write()
    path = f"{desk.path}/{made['id']}"
    assert (await desk.ben.refused("PATCH", path, {"content": None})).code == 50006
    assert (await desk.ben.refused("PATCH", path, {"send_at": later(seconds=1)})).code == 50035


async def test_who_may_not_write_when_it_is_due_does_not(desk: Desk) -> None:
    made = await desk.write()
    path = f"/channels/{desk.channel['id']}/permissions/{desk.guild_id}"
    await desk.ann.put(path, {"type": 0, "allow": "0", "deny": SEND})
    body = {"content": "x", "send_at": later()}
    assert (await desk.ben.refused("POST", desk.path, body)).code == 50013
    async with desk.server.gateway(desk.ben) as device:
        await desk.come_due()
        told_of = await failed(device)
    assert told_of["error"] == {"code": 50013, "message": "Missing Permissions"}
    assert await desk.ben.get(OWN) == [told_of]
    assert await desk.said() == []
    again = f"{desk.path}/{made['id']}"
    assert (await desk.ben.refused("PATCH", again, {"send_at": later()})).code == 50013
    await desk.ann.delete(path)
    assert (await desk.ben.refused("PATCH", again, {"content": "y"})).code == 50035
    revived = await desk.ben.patch(again, {"send_at": later()})
    assert (revived["status"], revived["error"]) == ("pending", None)
    async with desk.server.gateway(desk.ann) as reader:
        await desk.come_due()
        assert (await reader.expect("MESSAGE_CREATE")).data["content"] == "good morning"


async def test_what_was_missed_for_too_long_is_not_sent_any_more(desk: Desk) -> None:
    await desk.write()
    async with desk.server.gateway(desk.ben) as device:
        await desk.come_due(_MISSED)
        assert (await failed(device))["error"]["code"] == 0
    assert await desk.said() == []


async def test_a_channel_that_is_gone_leaves_the_message_with_its_author(desk: Desk) -> None:
    made = await desk.write()
    await desk.ann.delete(f"/channels/{desk.channel['id']}")
    async with desk.server.gateway(desk.ben) as device:
        await desk.come_due()
        assert (await failed(device))["error"]["code"] == 10003
    await desk.ben.delete(f"{desk.path}/{made['id']}")
    assert await desk.ben.get(OWN) == []


async def test_a_slow_channel_makes_it_wait_and_not_fail(desk: Desk) -> None:
    await desk.write("one")
    await desk.write("two")
    await desk.ann.patch(f"/channels/{desk.channel['id']}", {"rate_limit_per_user": 3})
    async with desk.server.gateway(desk.ann) as reader:
        await desk.come_due()
        for word in ("one", "two"):
            assert (await reader.expect("MESSAGE_CREATE")).data["content"] == word
    first, second = await desk.said()
    passed = _moment(first) - _moment(second)
    assert passed >= timedelta(seconds=3)


def _moment(message: Json) -> datetime:
    return datetime.fromisoformat(message["timestamp"])


async def test_of_many_that_are_due_one_a_second_goes_out(desk: Desk) -> None:
    for number in range(3):
        await desk.write(f"{number}")
    async with desk.server.gateway(desk.ann) as reader:
        await desk.come_due()
        for number in range(3):
            assert (await reader.expect("MESSAGE_CREATE")).data["content"] == f"{number}"
    newest, _, oldest = await desk.said()
    assert _moment(newest) - _moment(oldest) >= timedelta(seconds=1.5)


async def test_who_was_blocked_meanwhile_is_not_heard(own_server: Server, database: str) -> None:
    ann, ben = await mates(own_server)
    talk = await ben.post("/users/@me/channels", {"recipients": [ann.id]})
    path = f"/channels/{talk['id']}/scheduled-messages"
    made = await ben.post(path, {"content": "you there", "send_at": later()})
    assert made["guild_id"] is None
    await block(ann, ben)
    async with own_server.gateway(ben) as device:
        await told(database, _DUE)
        assert (await failed(device))["error"]["code"] == 50007
    refused = await ben.refused("POST", path, {"content": "again", "send_at": later()})
    assert refused.code == 50007


async def test_whose_account_is_disabled_sends_nothing(desk: Desk) -> None:
    await desk.write()
    await told(
        desk.database, "update users set disabled = true where id = $1::text::bigint", desk.ben.id
    )
    await desk.come_due()
    async with desk.server.gateway(desk.ann) as reader:
        await reader.quiet("MESSAGE_CREATE", for_s=2.5)
    [row] = await told(desk.database, "select error_code from scheduled_messages")
    assert row["error_code"] == 20013


async def test_files_that_were_sent_ahead_wait_with_their_message(desk: Desk) -> None:
    upload = await announce(desk.ben, desk.channel, len(TEXT[1]), "notes.txt")
    await put(desk.ben, upload, TEXT[1])
    name = upload["upload_filename"]
    made = await desk.write("", attachments=[{"id": "0", "uploaded_filename": name}])
    assert [file["filename"] for file in made["attachments"]] == ["notes.txt"]
    again = {"send_at": later(), "attachments": [{"id": "0", "uploaded_filename": name}]}
    assert (await desk.ben.refused("POST", desk.path, again)).code == 50035
    async with desk.server.gateway(desk.ann) as reader:
        await desk.come_due()
        heard = (await reader.expect("MESSAGE_CREATE")).data
    [file] = heard["attachments"]
    assert await fetched(desk.ann, file["url"]) == TEXT[1]
    assert await told(desk.database, _ROWS) == []


_OLD: Final = "update attachments set taken_at = now() - interval '30 days'"


async def test_a_waiting_file_is_kept_and_one_that_was_given_up_is_not(desk: Desk) -> None:
    kept: list[Json] = []
    for _ in range(2):
        upload = await announce(desk.ben, desk.channel, len(TEXT[1]), "notes.txt")
        await put(desk.ben, upload, TEXT[1])
        named = [{"id": "0", "uploaded_filename": upload["upload_filename"]}]
        kept.append(await desk.write("", attachments=named))
    await desk.ben.delete(f"{desk.path}/{kept[0]['id']}")
    await told(desk.database, _OLD)
    async with living(desk.database) as house:
        collector = Collector(house, _always)
        await collector.step()
    left = {row["id"] for row in await told(desk.database, "select id::text from attachments")}
    assert left == {kept[1]["attachments"][0]["id"]}


async def _always(_: str) -> bool:
    return True


async def test_there_is_room_for_a_hundred(desk: Desk) -> None:
    for _ in range(MOST):
        await desk.write()
    body = {"content": "x", "send_at": later()}
    assert (await desk.ben.refused("POST", desk.path, body)).code == 50035
