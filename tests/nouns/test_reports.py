"""Reports: who can make them, who sees them, and what is kept of what they are about."""

from typing import Any, Final

import pytest

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.circles import befriend, direct
from tests.nouns.company import Company, company
from tests.nouns.luggage import TEXT, send
from tests.nouns.test_departures import erase
from tests.nouns.test_harvests import contents
from tests.server import Server

Json = dict[str, Any]

INSTANCE: Final = "/instance/reports"
MODERATE: Final = Permission.MODERATE_MEMBERS
VIEW: Final = str(1 << 10)
_PRIVILEGED: Final = 1 << 19 | 1 << 15 | 1 << 13


@pytest.fixture
async def firm(server: Server) -> Company:
    return await company(server, MODERATE)


def queue(firm: Company) -> str:
    return f"/guilds/{firm.id}/reports"


def about(message: Json, **fields: Any) -> Json:
    ids = {"channel_id": message["channel_id"], "message_id": message["id"]}
    return {"kind": "message", "reason": "harassment", **ids, **fields}


def about_user(person: Person, **fields: Any) -> Json:
    return {"kind": "user", "user_id": person.id, "reason": "spam", **fields}


async def test_a_report_keeps_what_was_said_though_it_is_edited_and_deleted(firm: Company) -> None:
    said = await send(firm.guest, firm.channel["id"], TEXT, content="you fool")
    path = f"/channels/{said['channel_id']}/messages/{said['id']}"
    made = await firm.owner.post("/reports", about(said, text="rude"))
    assert made.keys() == {"id", "kind", "reason", "created_at"}
    await firm.guest.patch(path, {"content": "you dear"})
    await firm.guest.delete(path)
    answer = await firm.moderator.get(queue(firm))
    [report] = answer["reports"]
    assert answer["open_count"] == 1
    assert (report["id"], report["status"], report["text"]) == (made["id"], "open", "rude")
    assert report["message"]["content"] == "you fool"
    [file] = report["message"]["attachments"]
    assert file["filename"] == said["attachments"][0]["filename"]
    assert report["message"]["author"]["id"] == report["user"]["id"] == firm.guest.id
    assert report["reporter"]["id"] == firm.owner.id


async def test_a_user_is_reported_with_what_they_say_of_themselves(firm: Company) -> None:
    await firm.guest.patch("/users/@me", {"bio": "buy my things"})
    await firm.guest.patch(f"/guilds/{firm.id}/members/@me", {"nick": "Shop"})
    await firm.owner.post("/reports", about_user(firm.guest, guild_id=firm.id))
    await firm.guest.patch("/users/@me", {"bio": "nothing to see"})
    [report] = (await firm.moderator.get(queue(firm)))["reports"]
    assert report["kind"] == "user"
    assert report["message"] is None
    assert (report["profile"]["bio"], report["profile"]["nick"]) == ("buy my things", "Shop")


async def test_the_same_thing_reported_twice_is_one_report(firm: Company) -> None:
    said = await firm.guest.say(firm.channel["id"], "you fool")
    first = await firm.owner.post("/reports", about(said))
    again = await firm.owner.post("/reports", about(said, reason="hate"))
    assert again == first
    other = await firm.moderator.post("/reports", about(said))
    assert other["id"] != first["id"]
    user = await firm.owner.post("/reports", about_user(firm.guest, guild_id=firm.id))
    assert await firm.owner.post("/reports", about_user(firm.guest, guild_id=firm.id)) == user
    await firm.owner.patch(f"{queue(firm)}/{user['id']}", {"status": "resolved"})
    once_more = await firm.owner.post("/reports", about_user(firm.guest, guild_id=firm.id))
    assert once_more["id"] != user["id"]


async def test_only_what_one_sees_can_be_reported_and_never_oneself(
    server: Server, firm: Company
) -> None:
    outsider = await server.person()
    said = await firm.guest.say(firm.channel["id"], "hello")
    assert (await outsider.refused("POST", "/reports", about(said))).code == 50001
    in_guild = about_user(firm.guest, guild_id=firm.id)
    assert (await outsider.refused("POST", "/reports", in_guild)).code == 50001
    assert (await firm.guest.refused("POST", "/reports", about(said))).code == 50035
    assert (await firm.guest.refused("POST", "/reports", about_user(firm.guest))).code == 50035
    gone = about({**said, "id": "1"})
    assert (await firm.owner.refused("POST", "/reports", gone)).code == 10008
    nobody = {"kind": "user", "user_id": "1", "reason": "spam"}
    assert (await firm.owner.refused("POST", "/reports", nobody)).code == 10013
    for missing in ({"kind": "message", "reason": "spam"}, {"kind": "user", "reason": "spam"}):
        assert (await firm.owner.refused("POST", "/reports", missing)).code == 50035
    bot = await server.bot(firm.owner, firm.id)
    assert (await bot.refused("POST", "/reports", about(said))).code == 20001


async def test_the_queue_is_for_moderators(firm: Company) -> None:
    said = await firm.guest.say(firm.channel["id"], "you fool")
    made = await firm.owner.post("/reports", about(said))
    path = f"{queue(firm)}/{made['id']}"
    assert (await firm.guest.refused("GET", queue(firm))).code == 50013
    assert (await firm.guest.refused("PATCH", path, {"status": "resolved"})).code == 50013
    assert (await firm.owner.refused("GET", INSTANCE)).code == 50013
    assert (await firm.owner.refused("PATCH", f"{INSTANCE}/{made['id']}", {})).code == 50013


async def test_a_moderator_sees_no_report_of_a_channel_they_do_not_see(firm: Company) -> None:
    deny = [{"id": firm.role["id"], "type": 0, "deny": VIEW}]
    hidden = await firm.owner.channel(firm.id, "hidden", permission_overwrites=deny)
    said = await firm.guest.say(hidden["id"], "you fool")
    made = await firm.owner.post("/reports", about(said))
    assert await firm.moderator.get(queue(firm)) == {"reports": [], "open_count": 0}
    path = f"{queue(firm)}/{made['id']}"
    assert (await firm.moderator.refused("PATCH", path, {"status": "resolved"})).status == 404
    assert (await firm.owner.get(queue(firm)))["open_count"] == 1


async def test_who_is_reported_never_sees_by_whom(server: Server, firm: Company) -> None:
    said = await firm.moderator.say(firm.channel["id"], "you fool")
    async with server.gateway(firm.moderator) as culprit, server.gateway(firm.owner) as owner:
        made = await firm.guest.post("/reports", about(said))
        told_owner = (await owner.expect("REPORT_CREATE")).data
        assert (told_owner["id"], told_owner["reporter"]["id"]) == (made["id"], firm.guest.id)
        await firm.owner.patch(f"{queue(firm)}/{made['id']}", {"action": "warned"})
        await owner.expect("REPORT_UPDATE")
        await culprit.quiet("REPORT_CREATE")
        await culprit.quiet("REPORT_UPDATE")
    assert await firm.moderator.get(queue(firm)) == {"reports": [], "open_count": 0}
    path = f"{queue(firm)}/{made['id']}"
    assert (await firm.moderator.refused("PATCH", path, {"status": "resolved"})).status == 404


async def test_a_bot_that_is_reported_hears_nothing_of_it(server: Server, firm: Company) -> None:
    culprit = await server.bot(firm.owner, firm.id, flags=_PRIVILEGED)
    other = await server.bot(firm.owner, firm.id, flags=_PRIVILEGED)
    async with server.gateway(culprit) as spy, server.gateway(other) as listener:
        await firm.guest.post("/reports", about_user(culprit, guild_id=firm.id))
        await listener.expect("REPORT_CREATE")
        await spy.quiet("REPORT_CREATE")


async def test_a_report_is_dealt_with_and_opened_again(server: Server, firm: Company) -> None:
    said = await firm.guest.say(firm.channel["id"], "you fool")
    made = await firm.owner.post("/reports", about(said))
    path = f"{queue(firm)}/{made['id']}"
    body = {"status": "resolved", "action": "timed_out", "note": "an hour"}
    async with server.gateway(firm.owner) as device:
        done = await firm.moderator.patch(path, body)
        assert (await device.expect("REPORT_UPDATE")).data == done
    assert done | body == done
    assert done["resolved_by"]["id"] == firm.moderator.id
    assert done["resolved_at"]
    assert await firm.owner.get(queue(firm)) == {"reports": [], "open_count": 0}
    assert (await firm.owner.get(f"{queue(firm)}?status=resolved"))["reports"] == [done]
    opened = await firm.owner.patch(path, {"status": "open"})
    assert (opened["status"], opened["resolved_by"], opened["note"]) == ("open", None, "an hour")
    assert (await firm.moderator.refused("PATCH", path, {"action": "disabled"})).code == 50035


async def test_the_queue_is_paged_from_the_newest_on(firm: Company) -> None:
    said = [await firm.guest.say(firm.channel["id"], f"{number}") for number in range(3)]
    ids = [(await firm.owner.post("/reports", about(one)))["id"] for one in said]
    first = (await firm.owner.get(f"{queue(firm)}?limit=2"))["reports"]
    assert [one["id"] for one in first] == [ids[2], ids[1]]
    rest = await firm.owner.get(f"{queue(firm)}?limit=2&before={ids[1]}")
    assert [one["id"] for one in rest["reports"]] == [ids[0]]
    assert rest["open_count"] == 3


async def test_what_is_said_in_private_is_for_the_owners_of_the_instance_alone(
    own_server: Server,
) -> None:
    boss = await own_server.person("boss", setup_token=own_server.setup_token)
    ann, ben = await own_server.person("ann"), await own_server.person("ben")
    guild = await ann.guild()
    await ann.bring(ben, (await ann.channel(guild["id"]))["id"])
    await befriend(ann, ben)
    talk = await direct(ann, ben)
    said = await ben.say(talk["id"], "give me your money")
    async with own_server.gateway(boss) as desk:
        made = await ann.post("/reports", about(said, reason="illegal"))
        heard = (await desk.expect("INSTANCE_REPORT_CREATE")).data
        assert heard["message"]["content"] == "give me your money"
        assert (await boss.get(INSTANCE))["reports"] == [heard]
        path = f"{INSTANCE}/{made['id']}"
        done = await boss.patch(path, {"status": "resolved", "action": "disabled"})
        assert (await desk.expect("INSTANCE_REPORT_UPDATE")).data == done
    assert heard["guild_id"] is None
    assert await ann.get(f"/guilds/{guild['id']}/reports") == {"reports": [], "open_count": 0}
    assert (await ann.refused("GET", INSTANCE)).code == 50013
    assert (await boss.get(INSTANCE))["reports"] == []


async def test_the_owner_of_the_instance_is_told_of_guilds_too_but_not_of_themselves(
    own_server: Server,
) -> None:
    boss = await own_server.person("boss", setup_token=own_server.setup_token)
    ann, ben = await own_server.person("ann"), await own_server.person("ben")
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    for person in (ben, boss):
        await ann.bring(person, channel["id"])
    said = await ben.say(channel["id"], "you fool")
    async with own_server.gateway(boss) as desk:
        await ann.post("/reports", about_user(boss, guild_id=guild["id"]))
        made = await ann.post("/reports", about(said))
        heard = (await desk.expect("INSTANCE_REPORT_CREATE")).data
        assert heard["id"] == made["id"]
    assert [one["id"] for one in (await boss.get(INSTANCE))["reports"]] == [made["id"]]


async def test_who_deletes_their_account_is_no_longer_named_as_the_reporter(
    own_server: Server, database: str
) -> None:
    boss = await own_server.person("boss", setup_token=own_server.setup_token)
    ann, ben = await own_server.person("ann"), await own_server.person("ben")
    await ben.patch("/users/@me", {"bio": "buy my things"})
    await ann.post("/reports", about_user(ben))
    for person in (ann, ben):
        await boss.post(f"/instance/users/{person.id}/delete", {"now": True})
    await erase(database)
    [report] = (await boss.get(INSTANCE))["reports"]
    assert (report["reporter"], report["profile"]) == (None, None)
    assert report["user"]["global_name"] == "Deleted User"


async def test_what_is_reported_of_a_deleted_channel_is_left_to_the_owners_of_the_instance(
    own_server: Server,
) -> None:
    boss = await own_server.person("boss", setup_token=own_server.setup_token)
    firm = await company(own_server, MODERATE)
    said = await firm.guest.say(firm.channel["id"], "you fool")
    made = await firm.moderator.post("/reports", about(said))
    await firm.owner.delete(f"/channels/{firm.channel['id']}")
    for person in (firm.owner, firm.moderator):
        assert await person.get(queue(firm)) == {"reports": [], "open_count": 0}
    [report] = (await boss.get(INSTANCE))["reports"]
    assert (report["id"], report["message"]["content"]) == (made["id"], "you fool")
    await firm.owner.delete(f"/guilds/{firm.id}")
    assert (await boss.get(INSTANCE))["reports"] == [report]


async def test_a_copy_of_ones_data_tells_what_was_reported_but_not_by_whom(
    own_server: Server,
) -> None:
    firm = await company(own_server, MODERATE)
    said = await firm.guest.say(firm.channel["id"], "you fool")
    made = await firm.moderator.post("/reports", about(said, text="in my own words"))
    await firm.owner.patch(f"{queue(firm)}/{made['id']}", {"status": "resolved"})
    theirs = await contents(own_server, firm.guest, backends=["Accounts"])
    assert [one["id"] for one in theirs["account/reports_about_oneself"]] == [made["id"]]
    assert theirs["account/reports_made"] == []
    for secret in (firm.moderator.id, "in my own words"):
        assert secret not in str(theirs["account/reports_about_oneself"])
    mine = await contents(own_server, firm.moderator, backends=["Accounts"])
    assert [one["text"] for one in mine["account/reports_made"]] == ["in my own words"]
