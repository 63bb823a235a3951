"""Invites: made, shown, accepted, used up, withdrawn."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from rift import events
from rift.core.invites import verbs as invites
from rift.core.unit import Unit
from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.nouns.parlour import GUILD, TEXT, parlour
from tests.server import LIFTED, Server, running_server

TERMS = {"uses", "max_uses", "max_age", "temporary", "created_at"}


async def invite(person: Person, channel: dict[str, Any], **terms: Any) -> dict[str, Any]:
    made: dict[str, Any] = await person.post(f"/channels/{channel['id']}/invites", terms)
    return made


def path(made: dict[str, Any]) -> str:
    return f"/invites/{made['code']}"


async def deny(group: Company, permission: Permission, channel: dict[str, Any]) -> None:
    """Take a permission from everybody in a channel."""
    body = {"type": 0, "deny": str(permission.value)}
    await group.owner.put(f"/channels/{channel['id']}/permissions/{group.id}", body)


async def test_an_invite_brings_somebody_in_and_the_guild_to_them(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel, unique=True)
    newcomer = await server.person()
    async with server.gateway(newcomer) as theirs, server.gateway(group.guest) as other:
        accepted = await newcomer.post(path(made), {})
        assert accepted["guild"]["id"] == group.id
        assert accepted["approximate_member_count"] >= 3
        assert (await theirs.expect("GUILD_CREATE")).data["id"] == group.id
        came = (await other.expect("GUILD_MEMBER_ADD")).data
        assert (came["user"]["id"], came["guild_id"]) == (newcomer.id, group.id)
    listed = await group.owner.get(f"/channels/{group.channel['id']}/invites")
    assert {one["code"]: one["uses"] for one in listed}[made["code"]] == 1


async def test_an_invite_has_the_usual_terms_unless_told_otherwise(server: Server) -> None:
    group = await company(server)
    usual = await invite(group.guest, group.channel)
    assert len(usual["code"]) == 8
    assert (usual["max_age"], usual["max_uses"], usual["uses"]) == (86_400, 0, 0)
    assert usual["temporary"] is False
    assert usual["inviter"]["id"] == group.guest.id
    born = datetime.fromisoformat(usual["created_at"])
    assert datetime.fromisoformat(usual["expires_at"]) - born == timedelta(days=1)
    lasting = await invite(group.guest, group.channel, max_age=0, max_uses=5, temporary=True)
    assert (lasting["expires_at"], lasting["max_uses"]) == (None, 5)
    assert lasting["temporary"] is True


async def test_asking_again_answers_the_same_invite_unless_it_shall_be_unique(
    server: Server,
) -> None:
    group = await company(server)
    first = await invite(group.guest, group.channel)
    assert (await invite(group.guest, group.channel))["code"] == first["code"]
    others = [
        await invite(group.guest, group.channel, unique=True),
        await invite(group.guest, group.channel, max_age=60),
        await invite(group.moderator, group.channel),
    ]
    assert first["code"] not in [other["code"] for other in others]


async def test_of_many_at_once_an_invite_admits_as_many_as_it_says(server: Server) -> None:
    group = await company(server)
    people = await asyncio.gather(*(server.person() for _ in range(20)))
    made = await invite(group.owner, group.channel, max_uses=3)
    async with server.gateway(group.owner) as watching:
        replies = await asyncio.gather(*(one.call("POST", path(made), {}) for one in people))
        ended = (await watching.expect("INVITE_DELETE")).data
    assert sorted(reply.status for reply in replies) == [200] * 3 + [404] * 17
    assert {reply.code for reply in replies if reply.status == 404} == {10006}
    assert ended["code"] == made["code"]
    guild = await group.owner.get(f"/guilds/{group.id}?with_counts=true")
    assert guild["approximate_member_count"] == 3 + 3
    assert (await server.guest.refused("GET", path(made))).code == 10006


async def test_who_is_inside_does_not_use_an_invite_up(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel, max_uses=1)
    for person in (group.guest, group.owner):
        assert (await person.post(path(made), {}))["code"] == made["code"]
    newcomer = await server.person()
    await newcomer.post(path(made), {})
    assert (await newcomer.refused("POST", path(made), {})).code == 10006


async def test_one_who_accepts_many_times_at_once_comes_in_once(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel, unique=True)
    newcomer = await server.person()
    async with server.gateway(group.owner) as watching:
        await asyncio.gather(*(newcomer.post(path(made), {}) for _ in range(8)))
        await watching.expect("GUILD_MEMBER_ADD")
        await watching.quiet("GUILD_MEMBER_ADD")
    listed = await group.owner.get(f"/channels/{group.channel['id']}/invites")
    assert {one["code"]: one["uses"] for one in listed}[made["code"]] == 1


async def test_strangers_see_where_an_invite_leads_and_no_more(server: Server) -> None:
    group = await company(server)
    made = await invite(group.guest, group.channel)
    shown = await server.guest.get(path(made))
    assert shown["guild"]["name"] == group.guild["name"]
    assert shown["channel"] == {"id": group.channel["id"], "type": 0, "name": "talk"}
    assert shown["inviter"]["id"] == group.guest.id
    assert not TERMS & shown.keys()
    assert not {"approximate_member_count", "owner_id"} & (shown.keys() | shown["guild"].keys())
    counted = await server.guest.get(f"{path(made)}?with_counts=true&with_expiration=true")
    assert counted["approximate_member_count"] == 3
    assert counted["approximate_presence_count"] == 0


async def test_those_online_are_counted(server: Server) -> None:
    group = await company(server)
    made = await invite(group.guest, group.channel)
    async with server.gateway(group.owner) as watching, server.gateway(group.guest):
        presence = {"since": None, "activities": [], "status": "online", "afk": False}
        await watching.send(3, presence)
        await watching.expect("PRESENCE_UPDATE", lambda data: data["user"]["id"] == group.owner.id)
        counted = await server.guest.get(f"{path(made)}?with_counts=true")
    assert counted["approximate_presence_count"] >= 1


@pytest.mark.parametrize("code", ["nothing1", "a" * 300, "gr%C3%BCn"])
async def test_an_unknown_code_leads_nowhere(server: Server, code: str) -> None:
    person = await server.person()
    for method in ("GET", "POST", "DELETE"):
        reply = await person.refused(method, f"/invites/{code}")
        assert (reply.status, reply.code) == (404, 10006)


async def test_bots_follow_no_invites(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel)
    bot = await server.bot(group.owner)
    reply = await bot.refused("POST", path(made), {})
    assert (reply.status, reply.code) == (403, 20001)


async def test_an_invite_expires(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel, max_age=1)
    await asyncio.sleep(1.1)
    newcomer = await server.person()
    for method in ("GET", "POST", "DELETE"):
        assert (await newcomer.refused(method, path(made))).code == 10006
    listed = await group.owner.get(f"/guilds/{group.id}/invites")
    assert made["code"] not in [one["code"] for one in listed]
    assert (await invite(group.owner, group.channel, max_age=1))["code"] != made["code"]


async def test_making_one_needs_its_permission_in_the_channel(server: Server) -> None:
    group = await company(server)
    await deny(group, Permission.CREATE_INSTANT_INVITE, group.channel)
    reply = await group.guest.refused("POST", f"/channels/{group.channel['id']}/invites", {})
    assert (reply.status, reply.code) == (403, 50013)
    hidden = await group.owner.channel(group.id)
    await deny(group, Permission.VIEW_CHANNEL, hidden)
    reply = await group.guest.refused("POST", f"/channels/{hidden['id']}/invites", {})
    assert (reply.status, reply.code) == (403, 50001)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"max_age": 5_184_001}, "max_age"),
        ({"max_age": -1}, "max_age"),
        ({"max_uses": 101}, "max_uses"),
        ({"target_type": 1, "target_user_id": "1"}, "target_type"),
        ({"role_ids": ["1"]}, "role_ids"),
    ],
)
async def test_terms_that_are_not_to_be_had_are_refused(
    server: Server, terms: dict[str, Any], field: str
) -> None:
    group = await company(server)
    reply = await group.owner.refused("POST", f"/channels/{group.channel['id']}/invites", terms)
    assert (reply.status, reply.code) == (400, 50035)
    assert field in reply.body["errors"]


async def test_nobody_is_invited_to_a_category(server: Server) -> None:
    group = await company(server)
    category = await group.owner.channel(group.id, "things", type=4)
    reply = await group.owner.refused("POST", f"/channels/{category['id']}/invites", {})
    assert reply.code == 50024


async def test_the_lists_are_for_those_who_manage(server: Server) -> None:
    group = await company(server, Permission.MANAGE_CHANNELS)
    made = await invite(group.guest, group.channel, unique=True)
    of_channel, of_guild = f"/channels/{group.channel['id']}/invites", f"/guilds/{group.id}/invites"
    assert made["code"] in [one["code"] for one in await group.moderator.get(of_channel)]
    assert (await group.moderator.refused("GET", of_guild)).code == 50013
    assert (await group.guest.refused("GET", of_channel)).code == 50013
    assert (await (await server.person()).refused("GET", of_guild)).code == 50001
    listed = {one["code"]: one for one in await group.owner.get(of_guild)}
    assert listed[made["code"]].keys() >= TERMS


async def test_a_reader_of_the_audit_log_sees_invites_without_their_terms(server: Server) -> None:
    group = await company(server, Permission.VIEW_AUDIT_LOG)
    await invite(group.guest, group.channel)
    listed = await group.moderator.get(f"/guilds/{group.id}/invites")
    assert listed
    assert not any(TERMS & one.keys() for one in listed)


@pytest.mark.parametrize("permission", [Permission.MANAGE_CHANNELS, Permission.MANAGE_GUILD])
async def test_an_invite_is_withdrawn_by_those_who_manage(
    server: Server, permission: Permission
) -> None:
    group = await company(server, permission)
    made = await invite(group.guest, group.channel, unique=True)
    assert (await group.guest.refused("DELETE", path(made))).code in (50001, 50013)
    async with server.gateway(group.owner) as watching:
        assert (await group.moderator.delete(path(made)))["code"] == made["code"]
        ended = (await watching.expect("INVITE_DELETE")).data
    assert ended == {
        "channel_id": group.channel["id"],
        "guild_id": group.id,
        "code": made["code"],
    }
    assert (await group.moderator.refused("DELETE", path(made))).code == 10006


async def test_invites_are_told_to_those_who_manage_the_channel_alone(server: Server) -> None:
    group = await company(server, Permission.MANAGE_CHANNELS)
    async with server.gateway(group.moderator) as told, server.gateway(group.guest) as untold:
        made = await invite(group.owner, group.channel, unique=True, max_uses=7)
        heard = (await told.expect("INVITE_CREATE")).data
        assert (heard["code"], heard["max_uses"], heard["uses"]) == (made["code"], 7, 0)
        assert (heard["guild_id"], heard["inviter"]["id"]) == (group.id, group.owner.id)
        await untold.quiet("INVITE_CREATE")


async def test_the_banned_stay_out(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel, max_uses=1)
    await group.owner.put(group.ban(group.guest), {})
    reply = await group.guest.refused("POST", path(made), {})
    assert (reply.status, reply.code) == (403, 40007)
    assert (await server.guest.get(path(made)))["code"] == made["code"]


async def test_an_invite_dies_with_its_channel(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel)
    await group.owner.delete(f"/channels/{group.channel['id']}")
    assert (await server.guest.refused("GET", path(made))).code == 10006


async def test_a_full_guild_and_a_busy_person_are_refused(database: str, tmp_path: Any) -> None:
    limits = {"RIFT_LIMITS_MEMBERS_PER_GUILD": "3", "RIFT_LIMITS_GUILDS_PER_USER": "2"}
    settings = {**LIFTED, **limits, "DATABASE_URL": database}
    async with running_server(tmp_path, settings) as server:
        owners = [await server.person() for _ in range(6)]
        guilds = [await owner.guild() for owner in owners]
        made = [
            await invite(owner, await owner.channel(guild["id"]))
            for owner, guild in zip(owners, guilds, strict=True)
        ]
        people = [await server.person() for _ in range(5)]
        full = await asyncio.gather(*(one.call("POST", path(made[0]), {}) for one in people))
        assert sorted(reply.status for reply in full) == [200] * 2 + [400] * 3
        assert {reply.code for reply in full if reply.status == 400} == {30019}
        busy = await server.person()
        many = await asyncio.gather(*(busy.call("POST", path(one), {}) for one in made[1:]))
        assert sorted(reply.status for reply in many) == [200] * 2 + [400] * 3
        assert {reply.code for reply in many if reply.status == 400} == {30001}


MADE = """
insert into invites (code, guild_id, channel_id, max_age, max_uses, expires_at)
values ($1, $2, $3, 60, 0, now() + make_interval(secs => $4))
"""


async def test_what_has_expired_is_deleted_by_and_by(database: str) -> None:
    async with parlour(database) as house:
        for code, seconds in (("old", -5), ("older", -50), ("young", 50)):
            await house.run(MADE, code, GUILD, TEXT, seconds)
        async with Unit(house.house) as unit:
            assert await invites.prune(unit) == 2
        await house.ann.ask("GET", f"/channels/{TEXT}/messages")
        async with Unit(house.house) as unit:
            assert await invites.prune(unit) == 0
        assert [row["code"] for row in await house.rows("select code from invites")] == ["young"]
        told = [event.data.code for event in house.heard if type(event) is events.InviteDelete]
        assert sorted(told) == ["old", "older"]


async def test_who_came_for_a_while_goes_with_their_last_session(server: Server) -> None:
    group = await company(server)
    made = await invite(group.owner, group.channel, temporary=True)
    newcomer = await server.person()
    async with server.gateway(group.owner) as watching:
        async with server.gateway(newcomer) as first, server.gateway(newcomer) as last:
            await newcomer.post(path(made), {})
            await first.expect("GUILD_CREATE")
            await first.close()
            await watching.quiet("GUILD_MEMBER_REMOVE")
            await last.close()
        gone = (await watching.expect("GUILD_MEMBER_REMOVE")).data
    assert gone["user"]["id"] == newcomer.id
