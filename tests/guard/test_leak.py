"""Whoever lacks the permission, the intent or the membership receives zero bytes of it."""

import asyncio
import re

import pytest

from rift.events import CATALOGUE, Audience
from tests.api import Person
from tests.gateway import ALL_INTENTS, Gateway
from tests.guard import automod, threads
from tests.guard.confidences import CONFIDENCES, ELSEWHERE
from tests.guard.secrets import SECRETS
from tests.guard.stage import Stage
from tests.nouns.circles import befriend
from tests.server import Server

SHOWN = [event for event in CATALOGUE if event.about.name]
IN_CHANNELS = [event for event in SHOWN if event.about.audience is Audience.CHANNEL]

OWN = (
    "ThreadMemberUpdate",
    "MessageAck",
    "ChannelPinsAck",
    "GuildFeatureAck",
    "UserNonChannelAck",
    "RecentMentionDelete",
    "SavedSearchHit",
    "ScheduledMessageCreate",
    "ScheduledMessageUpdate",
    "ScheduledMessageDelete",
    "SavedMessageCreate",
    "SavedMessageDelete",
    "UserGuildSettingsUpdate",
    "NotificationSettingsUpdate",
    "InteractionSuccess",
    "ModalCreate",
    "AutocompleteResponse",
)


def test_every_event_has_its_line() -> None:
    assert {event.__name__ for event in SHOWN} - SECRETS.keys() == set()
    assert SECRETS.keys() - {event.__name__ for event in SHOWN} == set()


@pytest.mark.parametrize("name", sorted(SECRETS))
async def test_who_is_not_a_member_hears_nothing(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.outsider)
    async with server.gateway(stage.outsider) as spy:
        await _nothing_heard_of(stage, name, spy)


@pytest.mark.parametrize("name", sorted(event.__name__ for event in IN_CHANNELS))
async def test_who_may_not_see_the_channel_hears_nothing(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.member)
    async with server.gateway(stage.member) as spy:
        await _nothing_heard_of(stage, name, spy)


@pytest.mark.parametrize("name", OWN)
async def test_what_one_reads_and_sets_is_told_to_oneself_alone(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.member, stage.bot)
    async with (
        server.gateway(stage.owner) as device,
        server.gateway(stage.member) as fellow,
        server.gateway(stage.bot) as bot,
    ):
        await SECRETS[name](stage)
        about = next(event.about for event in SHOWN if event.__name__ == name)
        await device.expect(about.name)
        for spy in (fellow, bot):
            await _until_quiet(stage, spy)
            assert about.name not in {event.name for event in spy.history}


@pytest.mark.parametrize("name", ["BanAdd", "BanRemove"])
async def test_who_may_not_ban_hears_of_no_bans(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.member)
    async with server.gateway(stage.member) as spy:
        await _nothing_heard_of(stage, name, spy)


@pytest.mark.parametrize("name", sorted(automod.plays.secrets))
async def test_who_does_not_manage_the_guild_hears_nothing_of_its_rules(
    server: Server, name: str
) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.member)
    async with server.gateway(stage.member) as spy:
        await _nothing_heard_of(stage, name, spy)


async def test_who_may_not_read_the_audit_log_hears_of_no_entry(server: Server) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.member)
    async with server.gateway(stage.member) as spy:
        await _nothing_heard_of(stage, "AuditLogEntryCreate", spy)


@pytest.mark.parametrize("name", sorted(SECRETS))
async def test_who_lacks_the_intent_hears_nothing(server: Server, name: str) -> None:
    about = next(event.about for event in SHOWN if event.__name__ == name)
    if about.intent is None:
        pytest.skip("sent whatever the intents")
    stage = await Stage(server).set()
    await stage.join_mark(stage.bot)
    intents = ALL_INTENTS & ~int(about.intent)
    async with server.gateway(stage.bot, intents=intents) as spy:
        await _led_in(stage, spy)
        await SECRETS[name](stage)
        await _until_quiet(stage, spy)
        assert about.name not in {event.name for event in spy.history}


@pytest.mark.parametrize("name", sorted(event.__name__ for event in IN_CHANNELS))
async def test_who_may_see_the_channel_does_hear(server: Server, name: str) -> None:
    """The negative control: the same scenes do reach those they are for."""
    about = next(event.about for event in SHOWN if event.__name__ == name)
    stage = await Stage(server).set()
    await stage.join_mark(stage.bot)
    async with server.gateway(stage.bot) as listener:
        secrets = await SECRETS[name](stage)
        await _until_quiet(stage, listener)
        assert about.name in {event.name for event in listener.history}
        assert any(re.search(secret, raw.decode()) for secret in secrets for raw in listener.raw)


def test_every_event_of_channels_has_its_line_in_private_too() -> None:
    private = {event.__name__ for event in IN_CHANNELS} | {"RecipientAdd", "RecipientRemove"}
    assert CONFIDENCES.keys() | ELSEWHERE.keys() == private


@pytest.mark.parametrize("name", sorted(CONFIDENCES))
async def test_only_who_is_in_a_private_channel_hears(server: Server, name: str) -> None:
    about = next(event.about for event in SHOWN if event.__name__ == name)
    stage = await Stage(server).set()
    friend = await server.person()
    await befriend(stage.owner, friend)
    await stage.join_mark(stage.member, friend, stage.bot)
    async with (
        server.gateway(stage.member) as spy,
        server.gateway(stage.bot) as machine,
        server.gateway(friend) as listener,
    ):
        channel_id = await CONFIDENCES[name](stage, friend)
        for one in (spy, machine, listener):
            await _until_quiet(stage, one)
        assert about.name in {event.name for event in listener.history}
        assert any(channel_id.encode() in raw for raw in listener.raw)
        for raw in (*spy.raw, *machine.raw):
            assert channel_id.encode() not in raw, f"leaked: {raw!r}"


async def test_who_lost_the_permission_hears_nothing_more(server: Server) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.member)
    hidden = f"/channels/{stage.hidden['id']}/permissions/{stage.member.id}"
    await stage.owner.put(hidden, {"type": 1, "allow": "1024", "deny": "0"})
    async with server.gateway(stage.member) as spy:
        await stage.owner.delete(hidden)
        await spy.expect("CHANNEL_DELETE")
        spy.raw.clear()
        await _nothing_heard_of(stage, "MessageCreate", spy)


async def test_who_was_removed_hears_nothing_more(server: Server) -> None:
    stage = await Stage(server).set()
    await stage.join_mark(stage.member)
    async with server.gateway(stage.member) as spy:
        await stage.owner.delete(stage.members_path(stage.member))
        await spy.expect("GUILD_DELETE")
        spy.raw.clear()
        said = await stage.owner.say(stage.open["id"], "now that they are gone")
        await _until_quiet(stage, spy)
        assert not any(said["id"].encode() in raw for raw in spy.raw)


async def test_who_is_not_in_a_private_thread_hears_nothing_of_it(server: Server) -> None:
    """Though they see its channel; who is let in does, until they are out again."""
    stage = await Stage(server).set()
    await stage.join_mark(stage.member, stage.bot)
    async with (
        server.gateway(stage.member) as spy,
        server.gateway(stage.bot, intents=ALL_INTENTS & ~(1 << 1)) as manager,
    ):
        path = await threads.whispered(stage)
        thread_id = path.removeprefix("/channels/")
        for gateway in (spy, manager):
            await _until_quiet(stage, gateway)
        assert not any(thread_id.encode() in raw for raw in spy.raw)
        heard = {event.name for event in manager.history}
        assert {"THREAD_CREATE", "THREAD_UPDATE", "MESSAGE_UPDATE", "TYPING_START"} <= heard
        assert "THREAD_MEMBERS_UPDATE" not in heard
        await stage.owner.put(f"{path}/thread-members/{stage.member.id}")
        await spy.expect("THREAD_CREATE", lambda data: data["id"] == thread_id)
        await stage.owner.say(thread_id, "welcome")
        await spy.expect("MESSAGE_CREATE", lambda data: data["content"] == "welcome")
        await stage.owner.delete(f"{path}/thread-members/{stage.member.id}")
        await spy.expect("THREAD_DELETE", lambda data: data["id"] == thread_id)
        await _until_quiet(stage, spy)
        spy.raw.clear()
        await stage.owner.say(thread_id, "now that they are gone")
        await stage.owner.delete(path)
        await _until_quiet(stage, spy)
        assert not any(thread_id.encode() in raw for raw in spy.raw)


async def test_a_resume_does_not_bring_back_what_was_forbidden_since(server: Server) -> None:
    stage = await Stage(server).set()
    member: Person = stage.member
    hidden = f"/channels/{stage.hidden['id']}/permissions/{member.id}"
    await stage.owner.put(hidden, {"type": 1, "allow": "1024", "deny": "0"})
    async with server.gateway(member) as spy:
        session, sequence = spy.ready["session_id"], spy.sequence
        spy.leave()
    await stage.owner.delete(hidden)
    said = await stage.owner.say(stage.hidden["id"], "after the door was closed")
    async with Gateway.connected(server.url) as spy:
        await spy.resume(member.api.bare_token, session, sequence)
        await spy.expect("RESUMED")
        assert not any(said["id"].encode() in raw for raw in spy.raw)


async def _nothing_heard_of(stage: Stage, name: str, spy: Gateway) -> None:
    secrets = await SECRETS[name](stage)
    await _until_quiet(stage, spy)
    for secret in secrets:
        for raw in spy.raw:
            assert not re.search(secret, raw.decode()), f"leaked {secret}: {raw!r}"


async def _led_in(stage: Stage, spy: Gateway) -> None:
    """Who is told of no guild hears when it is in one."""
    while not spy.intents & 1 and "MESSAGE_CREATE" not in {event.name for event in spy.events}:
        await stage.end_of_scene()
        await asyncio.sleep(0.02)


async def _until_quiet(stage: Stage, spy: Gateway) -> None:
    """What was to arrive before the end of the scene has arrived."""
    end = await stage.end_of_scene()
    await spy.expect("MESSAGE_CREATE", lambda data: data["id"] == end) if _hears(spy) else None
    if not _hears(spy):
        await spy.send(1, None)
        await spy.heard(11)


def _hears(spy: Gateway) -> bool:
    return bool(spy.intents & (1 << 9))
