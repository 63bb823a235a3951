"""Whoever lacks permission, intent or membership receives zero bytes of it, at any door."""

import asyncio

import pytest

from rift.events import CATALOGUE, Audience
from tests.api import Person
from tests.gateway import ALL_INTENTS, Gateway
from tests.guard import automod, threads
from tests.guard.confidences import CONFIDENCES, ELSEWHERE
from tests.guard.listeners import found, gateways, until_quiet, wires
from tests.guard.secrets import SECRETS
from tests.guard.stage import Stage
from tests.nouns.circles import befriend
from tests.server import Server

SHOWN = [event for event in CATALOGUE if event.about.name]
ABOUT = {event.__name__: event.about for event in SHOWN}
IN_CHANNELS = [event for event in SHOWN if event.about.audience is Audience.CHANNEL]
KEPT_FROM_MEMBERS = {
    *(event.__name__ for event in IN_CHANNELS),
    *automod.plays.secrets,
    "AuditLogEntryCreate",
    "BanAdd",
    "BanRemove",
    "VoiceServerUpdate",
}
"""What happens where the stage's member may not look, what takes a permission, what is secret."""

TOLD_SIMPLY = {
    "MessageCreate": "MessageCreate",
    "MessageUpdate": "MessageUpdate",
    "MessageDelete": "MessageDelete",
    "MessageDeleteBulk": "MessageDelete",
    "TypingStart": "TypingStart",
    "PresenceUpdate": "PresenceUpdate",
}
"""The events of which the simple door tells, and as what."""

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
async def test_nobody_hears_what_is_not_theirs(server: Server, name: str) -> None:
    """Neither who is no member, nor who lacks the permission, nor who lacks the intent."""
    about = ABOUT[name]
    stage = await Stage(server).set()
    barred = (stage.outsider, stage.member) if name in KEPT_FROM_MEMBERS else (stage.outsider,)
    await stage.join_mark(*barred, stage.bot)
    intents = ALL_INTENTS & ~int(about.intent or 0)
    async with (
        gateways(stage, *barred) as spies,
        wires(stage, *barred) as simple_spies,
        server.gateway(stage.bot, intents=intents) as machine,
    ):
        await _led_in(stage, machine)
        secrets = await SECRETS[name](stage)
        await until_quiet(stage, machine, *spies, *simple_spies)
        for spy in (*spies, *simple_spies):
            assert not found(secrets, spy)
        assert about.intent is None or about.name not in {event.name for event in machine.history}


@pytest.mark.parametrize("name", sorted(event.__name__ for event in IN_CHANNELS))
async def test_who_may_see_the_channel_does_hear(server: Server, name: str) -> None:
    """The negative control: the same scenes do reach those they are for."""
    stage = await Stage(server).set()
    await stage.join_mark(stage.bot)
    async with server.gateway(stage.bot) as listener:
        secrets = await SECRETS[name](stage)
        await until_quiet(stage, listener)
        assert ABOUT[name].name in {event.name for event in listener.history}
        assert found(secrets, listener)


@pytest.mark.parametrize("name", sorted(TOLD_SIMPLY))
async def test_who_may_see_the_channel_is_told_simply(server: Server, name: str) -> None:
    """The same for the simple door."""
    stage = await Stage(server).set()
    async with wires(stage, stage.owner) as [listener]:
        secrets = await SECRETS[name](stage)
        await until_quiet(stage, listener)
        assert TOLD_SIMPLY[name] in {message["type"] for message in listener.heard}
        if name not in ("PresenceUpdate", "TypingStart"):
            assert found(secrets, listener)


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
        await device.expect(ABOUT[name].name)
        await until_quiet(stage, fellow, bot)
        for spy in (fellow, bot):
            assert ABOUT[name].name not in {event.name for event in spy.history}


def test_every_event_of_channels_has_its_line_in_private_too() -> None:
    private = {event.__name__ for event in IN_CHANNELS} | {"RecipientAdd", "RecipientRemove"}
    assert CONFIDENCES.keys() | ELSEWHERE.keys() == private


@pytest.mark.parametrize("name", sorted(CONFIDENCES))
async def test_only_who_is_in_a_private_channel_hears(server: Server, name: str) -> None:
    stage = await Stage(server).set()
    friend = await server.person()
    await befriend(stage.owner, friend)
    await stage.join_mark(stage.member, friend, stage.bot)
    async with (
        gateways(stage, stage.member, stage.bot, friend) as [*spies, listener],
        wires(stage, stage.member, friend) as [simple_spy, simple_listener],
    ):
        channel_id = await CONFIDENCES[name](stage, friend)
        await until_quiet(stage, *spies, listener, simple_spy, simple_listener)
        assert ABOUT[name].name in {event.name for event in listener.history}
        assert found([channel_id], listener)
        assert name not in TOLD_SIMPLY or found([channel_id], simple_listener)
        for spy in (*spies, simple_spy):
            assert not found([channel_id], spy)


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
        await until_quiet(stage, spy)
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
        await until_quiet(stage, spy, manager)
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
        await until_quiet(stage, spy)
        spy.raw.clear()
        await stage.owner.say(thread_id, "now that they are gone")
        await stage.owner.delete(path)
        await until_quiet(stage, spy)
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
    await until_quiet(stage, spy)
    assert not found(secrets, spy)


async def _led_in(stage: Stage, spy: Gateway) -> None:
    """Who is told of no guild hears when it is in one."""
    while not spy.intents & 1 and "MESSAGE_CREATE" not in {event.name for event in spy.events}:
        await stage.end_of_scene()
        await asyncio.sleep(0.02)
