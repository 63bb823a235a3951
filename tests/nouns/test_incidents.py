"""Incidents: what is shut for a while, and who is told when too many come at once."""

from datetime import UTC, datetime, timedelta

from rift.core.automod.judging import RAID_MENTIONS
from rift.core.incidents.alerting import DIRECT, JOINS
from tests.api import Person
from tests.nouns.circles import befriend, direct
from tests.nouns.test_automod import Court, Json, words_rule
from tests.server import Server


def later(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


def facts(message: Json) -> dict[str, str]:
    return {field["name"]: field["value"] for field in message["embeds"][0]["fields"]}


async def alerts(court: Court) -> list[Json]:
    """What was said where those look who watch over the guild, the newest first."""
    said: list[Json] = await court.owner.get(f"/channels/{court.office['id']}/messages")
    return said


async def watched(server: Server) -> Court:
    court = await Court(server).set()
    alert = {"safety_alerts_channel_id": court.office["id"]}
    guild = await court.owner.patch(f"/guilds/{court.id}", alert)
    assert guild["safety_alerts_channel_id"] == court.office["id"]
    return court


async def test_invites_lead_nowhere_while_they_are_shut(server: Server) -> None:
    court, newcomer = await watched(server), await server.person()
    invite = await court.owner.post(f"/channels/{court.channel['id']}/invites", {})
    path = f"/guilds/{court.id}/incident-actions"
    async with server.gateway(court.owner) as gateway:
        data = await court.owner.put(path, {"invites_disabled_until": later(hours=1)})
        assert data["dms_disabled_until"] is None
        told = await gateway.expect("GUILD_UPDATE")
    assert told.data["incidents_data"] == data
    assert (await newcomer.refused("POST", f"/invites/{invite['code']}", {})).status == 403
    assert (await court.owner.get(f"/guilds/{court.id}"))["incidents_data"] == data
    [said] = await alerts(court)
    assert (said["type"], said["author"]["id"]) == (36, court.owner.id)
    assert datetime.fromisoformat(said["content"]) > datetime.now(UTC)
    await court.owner.put(path, {"invites_disabled_until": None})
    await newcomer.post(f"/invites/{invite['code']}", {})
    assert [one["type"] for one in await alerts(court)] == [37, 36]


async def test_members_do_not_write_to_each_other_while_that_is_shut(server: Server) -> None:
    court, friend = await Court(server).set(), await server.person()
    await court.owner.bring(friend, court.channel["id"])
    await befriend(court.member, friend)
    spoken = await direct(court.member, court.owner)
    path = f"/guilds/{court.id}/incident-actions"
    await court.owner.put(path, {"dms_disabled_until": later(hours=24)})
    body = {"content": "hello"}
    refused = await court.member.refused("POST", f"/channels/{spoken['id']}/messages", body)
    assert refused.code == 50007
    await court.member.say((await direct(court.member, friend))["id"], "hello")
    elsewhere = await court.owner.guild("Elsewhere")
    channel = await court.owner.channel(elsewhere["id"], "there")
    await court.owner.bring(court.member, channel["id"])
    await court.member.say(spoken["id"], "hello")


async def test_only_who_manages_the_guild_shuts_anything_and_not_for_long(server: Server) -> None:
    court = await Court(server).set()
    path = f"/guilds/{court.id}/incident-actions"
    body = {"invites_disabled_until": later(hours=1)}
    assert (await court.member.refused("PUT", path, body)).code == 50013
    refused = await court.owner.refused("PUT", path, {"dms_disabled_until": later(hours=25)})
    assert "dms_disabled_until" in refused.body["errors"]
    data = await court.owner.put(path, {"dms_disabled_until": later(hours=-1)})
    assert data["dms_disabled_until"] is None


async def test_many_who_come_at_once_are_told_once(server: Server) -> None:
    court = await watched(server)
    await _crowd(court, JOINS - 3)
    assert await alerts(court) == []
    last = (await _crowd(court, 2))[0]
    [said] = await alerts(court)
    assert (said["type"], said["author"]["id"]) == (24, last.id)
    assert said["embeds"][0]["type"] == "auto_moderation_notification"
    assert (facts(said)["raid_type"], facts(said)["join_attempts"]) == ("JOIN_RAID", str(JOINS))
    incidents = (await court.owner.get(f"/guilds/{court.id}"))["incidents_data"]
    assert incidents["raid_detected_at"]


async def _crowd(court: Court, count: int) -> list[Person]:
    people = [await court.server.person() for _ in range(count)]
    for somebody in people:
        await court.owner.bring(somebody, court.channel["id"])
    return people


async def test_many_who_are_written_to_by_newcomers_are_told_once(server: Server) -> None:
    court = await watched(server)
    spammer = (await _crowd(court, 1))[0]
    await court.owner.patch(f"/guilds/{court.id}", {"features": ["RAID_ALERTS_DISABLED"]})
    people = await _crowd(court, DIRECT + 1)
    await court.owner.patch(f"/guilds/{court.id}", {"features": []})
    for somebody in people:
        await spammer.say((await direct(spammer, somebody))["id"], "hello")
    [said] = await alerts(court)
    assert facts(said)["dms_sent"] == str(DIRECT)
    incidents = (await court.owner.get(f"/guilds/{court.id}"))["incidents_data"]
    assert incidents["dm_spam_detected_at"]
    assert "raid_detected_at" not in incidents


async def test_a_raid_is_reported_by_hand_and_not_told_twice(server: Server) -> None:
    court = await watched(server)
    path = f"/guilds/{court.id}/auto-moderation/report-raid"
    assert (await court.member.refused("POST", path, {})).code == 50013
    async with server.gateway(court.owner) as gateway:
        await court.owner.post(path, {})
        assert (await gateway.expect("GUILD_UPDATE")).data["incidents_data"]["raid_detected_at"]
    [said] = await alerts(court)
    assert (said["type"], said["author"]["id"], said["embeds"]) == (38, court.owner.id, [])
    await _crowd(court, JOINS)
    assert [it["id"] for it in await alerts(court)] == [said["id"]]


async def test_after_a_raid_of_mentions_is_cleared_they_are_counted_from_nothing(
    server: Server,
) -> None:
    court = await watched(server)
    limits = {"mention_total_limit": 50, "mention_raid_protection_enabled": True}
    rule = words_rule([], trigger_type=5, trigger_metadata=limits)
    await court.owner.post(court.rules, rule)
    calls = " ".join(f"<@{number}>" for number in range(RAID_MENTIONS // 2))
    await court.member.say(court.channel["id"], calls)
    assert (await court.blocked(calls)).code == 200000
    path = f"/guilds/{court.id}/auto-moderation/clear-mention-raid"
    assert (await court.member.refused("POST", path, {})).code == 50013
    await court.owner.post(path, {})
    assert (await court.owner.get(f"/guilds/{court.id}"))["incidents_data"] is None
    await court.member.say(court.channel["id"], calls)


async def test_a_raid_of_mentions_is_blocked_and_told(server: Server) -> None:
    court = await watched(server)
    limits = {"mention_total_limit": 50, "mention_raid_protection_enabled": True}
    rule = words_rule([], trigger_type=5, trigger_metadata=limits)
    await court.owner.post(court.rules, rule)
    calls = [" ".join(f"<@{number}>" for number in range(20))] * (RAID_MENTIONS // 20 - 1)
    for content in calls:
        await court.member.say(court.channel["id"], content)
    assert (await court.blocked(calls[0])).code == 200000
    [said] = await alerts(court)
    assert facts(said)["raid_type"] == "MENTION_RAID"
    path = f"/guilds/{court.id}/auto-moderation/false-alarm"
    body = {"alert_message_id": said["id"], "reason": "LEGITIMATE_ACTIVITY"}
    assert (await court.member.refused("POST", path, body)).code == 50013
    async with server.gateway(court.owner) as gateway:
        await court.owner.post(path, body)
        told = (await gateway.expect("MESSAGE_UPDATE")).data
        guild = (await gateway.expect("GUILD_UPDATE")).data
    assert facts(told)["resolved_reason"] == "LEGITIMATE_ACTIVITY"
    assert guild["incidents_data"] is None
    # What was settled is not told again at once.
    assert (await court.blocked(calls[0])).code == 200000
    assert await alerts(court) == [{**said, "embeds": told["embeds"]}]
    other = await court.owner.say(court.office["id"], "hello")
    unknown = {**body, "alert_message_id": other["id"]}
    assert (await court.owner.refused("POST", path, unknown)).code == 10008
