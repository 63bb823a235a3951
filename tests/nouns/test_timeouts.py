"""Timeouts: who gives them to whom, what they leave, and that nobody runs away from one."""

from datetime import UTC, datetime, timedelta

import pytest

from rift.permissions import Permission
from tests.nouns.company import Company, company
from tests.server import Server


def after(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


async def silenced(server: Server) -> Company:
    """A company whose guest is in a timeout."""
    group = await company(server, Permission.MODERATE_MEMBERS)
    body = {"communication_disabled_until": after(hours=1)}
    await group.moderator.patch(group.member(group.guest), body)
    return group


async def test_in_a_timeout_one_reads_but_does_not_speak(server: Server) -> None:
    group = await silenced(server)
    messages = f"/channels/{group.channel['id']}/messages"
    reply = await group.guest.refused("POST", messages, {"content": "hello"})
    assert (reply.status, reply.code) == (403, 50013)
    assert await group.guest.get(messages) == []
    assert (
        await group.guest.refused("PATCH", f"/guilds/{group.id}/members/@me", {"nick": "x"})
    ).code == 50013
    await group.moderator.patch(group.member(group.guest), {"communication_disabled_until": None})
    await group.guest.say(group.channel["id"], "hello")


async def test_a_timeout_is_told_and_shown(server: Server) -> None:
    group = await company(server, Permission.MODERATE_MEMBERS)
    until = after(minutes=10)
    async with server.gateway(group.owner) as watching:
        body = {"communication_disabled_until": until}
        await group.moderator.patch(group.member(group.guest), body)
        told = (await watching.expect("GUILD_MEMBER_UPDATE")).data
    shown = (await group.see(group.guest))["communication_disabled_until"]
    assert told["communication_disabled_until"] == shown
    assert datetime.fromisoformat(shown) == datetime.fromisoformat(until)


async def test_a_timeout_that_is_over_leaves_nothing(server: Server) -> None:
    group = await company(server)
    body = {"communication_disabled_until": after(seconds=-1)}
    await group.owner.patch(group.member(group.guest), body)
    await group.guest.say(group.channel["id"], "hello")


async def test_a_timeout_lasts_28_days_at_most(server: Server) -> None:
    group = await company(server)
    body = {"communication_disabled_until": after(days=28)}
    await group.owner.patch(group.member(group.guest), body)
    body = {"communication_disabled_until": after(days=28, minutes=5)}
    reply = await group.owner.refused("PATCH", group.member(group.guest), body)
    assert (reply.status, reply.code) == (400, 50035)
    assert "communication_disabled_until" in reply.body["errors"]


@pytest.mark.parametrize("until", ["soon", "2020-01-01T00:00:00", 5, True])
async def test_a_timeout_is_a_time(server: Server, until: object) -> None:
    group = await company(server)
    body = {"communication_disabled_until": until}
    assert (await group.owner.refused("PATCH", group.member(group.guest), body)).code == 50035


async def test_administrators_and_those_above_are_not_silenced(server: Server) -> None:
    group = await company(server, Permission.MODERATE_MEMBERS)
    admin = await group.newcomer(server)
    await group.give(admin, await group.new_role(Permission.ADMINISTRATOR))
    body = {"communication_disabled_until": after(hours=1)}
    for person, other in (
        (group.owner, admin),
        (group.moderator, admin),
        (group.moderator, group.owner),
        (group.moderator, group.moderator),
        (group.guest, group.moderator),
        (group.owner, group.owner),
    ):
        reply = await person.refused("PATCH", group.member(other), body)
        assert (reply.status, reply.code) == (403, 50013)


async def test_a_timeout_awaits_whoever_leaves_and_comes_back(server: Server) -> None:
    group = await silenced(server)
    before = (await group.see(group.guest))["communication_disabled_until"]
    await group.guest.delete(f"/users/@me/guilds/{group.id}")
    await group.owner.bring(group.guest, group.channel["id"])
    assert (await group.see(group.guest))["communication_disabled_until"] == before
    path = f"/channels/{group.channel['id']}/messages"
    assert (await group.guest.refused("POST", path, {"content": "hello"})).code == 50013
