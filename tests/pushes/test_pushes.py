"""Web Push: who is told what while they are away, and on which devices."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.api import Api, Person
from tests.database import Databases
from tests.fetching.site import Site
from tests.guard.happenings import somewhere
from tests.nouns.circles import befriend, block, direct, group
from tests.patience import until
from tests.pushes.conftest import environment
from tests.pushes.service import PATH, Browser, claims
from tests.server import LIFTED, Server, running_server

Json = dict[str, Any]
NOBODY_S = 1.2
"""So long nothing comes where nothing is to come."""


class Couple:
    """Two people with a guild, of whom the second has a browser and is away."""

    def __init__(self, server: Server, site: Site) -> None:
        self.server, self.site = server, site

    async def open(self) -> "Couple":
        self.ann = await self.server.person(global_name="Ann")
        self.ben = await self.server.person()
        self.guild = await self.ann.guild("The harbour")
        self.id: str = self.guild["id"]
        self.talk = (await self.ann.channel(self.id, "talk"))["id"]
        await self.ann.bring(self.ben, self.talk)
        await befriend(self.ann, self.ben)
        self.browser = Browser(self.site)
        self.device = await self.browser.subscribe(self.ben)
        return self

    async def settings(self, **fields: Any) -> None:
        await self.ben.patch(f"/users/@me/guilds/{self.id}/settings", fields)

    async def only_the_last_comes(self, *contents: str) -> None:
        """Of these messages nothing comes but the last."""
        for content in contents:
            await self.ann.say(self.talk, content)
            await asyncio.sleep(0.4)
        push = await self.browser.push()
        assert (push["body"], len(self.browser.came)) == (contents[-1], 1)

    async def nothing_comes(self) -> None:
        await asyncio.sleep(NOBODY_S)
        assert self.browser.came == []


@pytest.fixture
async def couple(pushing: Server, service: Site) -> Couple:
    return await Couple(pushing, service).open()


async def test_a_message_comes_sealed_and_signed(couple: Couple) -> None:
    said = await couple.ann.say(couple.talk, "Are **you** there, <@!1>? ||no||")
    push = await couple.browser.push()
    assert push["title"] == "Ann (#talk, The harbour)"
    assert push["body"] == "Are you there, @…? ▒▒▒"
    assert push["url"] == f"/channels/{couple.id}/{couple.talk}/{said['id']}"
    assert (push["tag"], push["channel_id"]) == (couple.talk, couple.talk)
    assert (push["guild_id"], push["message_id"]) == (couple.id, said["id"])
    assert push["icon"].endswith(".png")
    assert push["badge"] == 0
    headers = couple.browser.headers[0]
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["TTL"], headers["Urgency"]) == (str(24 * 3600), "normal")
    assert headers["Topic"] == couple.talk
    key = (await couple.server.guest.get("/instance"))["push_key"]
    signed = claims(headers, key, couple.site.url("").rstrip("/"))
    assert signed["sub"] == "mailto:keeper@example.org"
    left = datetime.fromtimestamp(signed["exp"], UTC) - datetime.now(UTC)
    assert timedelta(0) < left < timedelta(hours=24)


async def test_a_direct_message_comes_with_haste_and_is_counted(couple: Couple) -> None:
    channel = await direct(couple.ann, couple.ben)
    said = await couple.ann.say(channel["id"], "just us")
    push = await couple.browser.push()
    assert (push["title"], push["body"], push["badge"]) == ("Ann", "just us", 1)
    assert push["url"] == f"/channels/@me/{channel['id']}/{said['id']}"
    assert "guild_id" not in push
    assert couple.browser.headers[0]["Urgency"] == "high"


async def test_a_group_is_called_by_its_name(couple: Couple) -> None:
    third = await couple.server.person()
    await befriend(couple.ann, third)
    channel = await group(couple.ann, couple.ben, third)
    await couple.ann.patch(f"/channels/{channel['id']}", {"name": "The crew"})
    await couple.ann.say(channel["id"], "all aboard")
    push = await couple.browser.push()
    while push["body"] != "all aboard":
        push = await couple.browser.push(len(couple.browser.came) + 1)
    assert push["title"] == "Ann (The crew)"


async def test_what_one_writes_oneself_comes_to_no_device_of_ones_own(couple: Couple) -> None:
    await couple.ben.say(couple.talk, "talking to myself")
    await couple.nothing_comes()


async def test_who_only_wants_mentions_gets_only_mentions(couple: Couple) -> None:
    await couple.settings(message_notifications=1)
    await couple.ann.say(couple.talk, "to nobody")
    await couple.ann.say(couple.talk, f"to you, <@{couple.ben.id}>")
    push = await couple.browser.push()
    name = couple.ben.user["username"]
    assert (push["body"], push["badge"]) == (f"to you, @{name}", 1)
    assert couple.browser.headers[0]["Urgency"] == "high"


async def test_a_channel_has_its_own_word(couple: Couple) -> None:
    override = {"message_notifications": 0}
    await couple.settings(message_notifications=2, channel_overrides={couple.talk: override})
    other = (await couple.ann.channel(couple.id, "other"))["id"]
    await couple.ann.say(other, f"<@{couple.ben.id}>")
    await couple.only_the_last_comes("here all is told")


async def test_what_is_muted_is_quiet_until_it_no_longer_is(couple: Couple) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1.5)
    mute = {"end_time": soon.isoformat(), "selected_time_window": 1}
    await couple.settings(muted=True, mute_config=mute)
    await couple.ann.say(couple.talk, f"<@{couple.ben.id}> can you hear me?")
    await asyncio.sleep((soon - datetime.now(UTC)).total_seconds() + 0.5)
    await couple.only_the_last_comes("and now?")


async def test_everyone_can_be_turned_down(couple: Couple) -> None:
    await couple.settings(message_notifications=1, suppress_everyone=True, suppress_roles=True)
    role = await couple.ann.post(f"/guilds/{couple.id}/roles", {"name": "crew"})
    await couple.ann.put(f"/guilds/{couple.id}/members/{couple.ben.id}/roles/{role['id']}")
    await couple.ann.say(couple.talk, "@everyone")
    await couple.ann.say(couple.talk, f"<@&{role['id']}>")
    await couple.nothing_comes()
    await couple.settings(suppress_roles=False)
    await couple.ann.say(couple.talk, f"<@&{role['id']}> hoist!")
    assert (await couple.browser.push())["body"] == "@crew hoist!"


async def test_who_is_blocked_or_silent_is_not_told(couple: Couple) -> None:
    await couple.ann.say(couple.talk, "psst", flags=1 << 12)
    await block(couple.ben, couple.ann)
    await couple.ann.say(couple.talk, f"<@{couple.ben.id}> listen!")
    await couple.nothing_comes()


async def test_what_one_may_not_see_is_told_to_no_device(couple: Couple) -> None:
    hidden = await couple.ann.channel(
        couple.id, "hidden", permission_overwrites=[{"id": couple.id, "type": 0, "deny": "1024"}]
    )
    await couple.ann.say(hidden["id"], f"<@{couple.ben.id}>, not for you")
    await couple.ann.say(hidden["id"], "nor is this")
    await couple.nothing_comes()


async def test_who_left_is_told_nothing(couple: Couple) -> None:
    await couple.ben.delete(f"/users/@me/guilds/{couple.id}")
    await couple.ann.say(couple.talk, f"gone, <@{couple.ben.id}>?")
    await couple.nothing_comes()


async def test_who_looks_at_a_client_is_told_there(couple: Couple) -> None:
    async with couple.server.gateway(couple.ben) as gateway:
        await asyncio.sleep(2.5)
        await couple.ann.say(couple.talk, "you see this")
        await couple.nothing_comes()
        away = {"status": "online", "since": None, "activities": [], "afk": True}
        await gateway.send(3, away)
        await asyncio.sleep(2.5)
        await couple.ann.say(couple.talk, "and this on the telephone")
        assert (await couple.browser.push())["body"] == "and this on the telephone"


async def test_the_newest_stands_for_a_burst_but_mentions_stay(couple: Couple) -> None:
    async with couple.server.gateway(couple.ann):
        for number in range(20):
            content = f"<@{couple.ben.id}> you" if number == 3 else f"line {number}"
            await couple.ann.say(couple.talk, content)
    name = couple.ben.user["username"]

    def both_are_there() -> bool:
        bodies = [push["body"] for push in couple.browser.came]
        return {"line 19", f"@{name} you"} <= set(bodies)

    await until(both_are_there)


async def test_a_device_may_be_shown_less(couple: Couple) -> None:
    body = {"shows_content": False, "name": "On the desk"}
    changed = await couple.ben.patch(f"{PATH}/{couple.device['id']}", body)
    assert (changed["shows_content"], changed["name"]) == (False, "On the desk")
    await couple.ann.say(couple.talk, "a secret")
    push = await couple.browser.push()
    assert (push["title"], push["body"]) == ("Rift", "New message in #talk")
    assert push["icon"] == ""
    channel = await direct(couple.ann, couple.ben)
    await couple.ann.say(channel["id"], "another")
    assert (await couple.browser.push(2))["body"] == "New message"


async def test_a_long_message_is_cut(couple: Couple) -> None:
    await couple.ann.say(couple.talk, "🌊" * 2000)
    push = await couple.browser.push()
    assert len(push["body"]) == 240
    assert push["body"].endswith("…")


async def test_a_test_says_what_became_of_it_and_the_device_confirms(couple: Couple) -> None:
    one = f"{PATH}/{couple.device['id']}"
    assert await couple.ben.post(f"{one}/test") == {"delivered": True, "gone": False, "status": 201}
    push = await couple.browser.push()
    assert (push["tag"], push["subscription_id"]) == ("test", couple.device["id"])
    [shown] = await couple.ben.get(PATH)
    assert shown["pushed_at"]
    assert shown["received_at"] is None
    worker = Api(couple.server.http, couple.server.url)
    assert (await worker.refused("POST", f"{one}/receipt", {"receipt": "guessed"})).status == 404
    await worker.post(f"{one}/receipt", {"receipt": push["receipt"]})
    [shown] = await couple.ben.get(PATH)
    assert shown["received_at"]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_is_gone_is_forgotten(couple: Couple, status: int) -> None:
    couple.browser.answers = [(status, {})]
    await couple.ann.say(couple.talk, "anybody?")

    async def is_forgotten() -> bool:
        return await couple.ben.get(PATH) == []

    await until(is_forgotten)


async def test_a_refusal_is_shown_to_the_owner_of_the_device(couple: Couple) -> None:
    couple.browser.answers = [(403, {})]
    tested = await couple.ben.post(f"{PATH}/{couple.device['id']}/test")
    assert tested == {"delivered": False, "gone": False, "status": 403}
    [shown] = await couple.ben.get(PATH)
    assert shown["failure"] == "HTTP 403"
    await couple.ben.post(f"{PATH}/{couple.device['id']}/test")
    [shown] = await couple.ben.get(PATH)
    assert shown["failure"] is None


async def test_a_busy_service_is_tried_again_later(
    couple: Couple, kept: asyncpg.Connection
) -> None:
    couple.browser.answers = [(429, {"Retry-After": "40"})]
    await couple.ann.say(couple.talk, "patience")
    await couple.browser.attempted(1)
    device = int(couple.device["id"])
    waiting = "select due_at - now() as left from push_orders where subscription_id = $1"

    async def is_put_off() -> bool:
        row = await kept.fetchrow(waiting, device)
        return row is not None and timedelta(seconds=35) < row["left"]

    await until(is_put_off)
    await kept.execute("update push_orders set due_at = now() where subscription_id = $1", device)
    await kept.execute("notify rift, 'pushes'")
    assert (await couple.browser.push())["body"] == "patience"


async def test_a_device_ends_with_its_session(couple: Couple) -> None:
    await couple.ben.post("/auth/logout", {})
    await couple.ann.say(couple.talk, "goodbye")
    await couple.nothing_comes()


async def test_a_browser_is_subscribed_once_whoever_uses_it(couple: Couple) -> None:
    again = await couple.browser.subscribe(couple.ben, name="The same")
    [only] = await couple.ben.get(PATH)
    assert (only["id"], only["name"], only["current"]) == (again["id"], "The same", True)
    await couple.browser.subscribe(couple.ann)
    assert await couple.ben.get(PATH) == []
    assert len(await couple.ann.get(PATH)) == 1


async def test_a_device_belongs_to_its_owner(couple: Couple) -> None:
    one = f"{PATH}/{couple.device['id']}"
    assert (await couple.ann.refused("POST", f"{one}/test")).status == 404
    assert (await couple.ann.refused("PATCH", one, {"name": "mine"})).status == 404
    assert (await couple.ann.refused("DELETE", one)).status == 404
    await couple.ben.delete(one)
    await couple.ann.say(couple.talk, "still there?")
    await couple.nothing_comes()
    bot = await couple.server.bot(couple.ann, couple.id)
    assert (await bot.refused("GET", PATH)).code == 20001


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "ftp://push.example/1"},
        {"endpoint": "https://push.example:22/1"},
        {"endpoint": "https://user:word@push.example/1"},
        {"p256dh": "AAAA"},
        {"auth": "AAAA"},
    ],
)
async def test_a_subscription_that_cannot_work_is_refused(
    couple: Couple, wrong: dict[str, str]
) -> None:
    body = {**couple.browser.form, **wrong}
    assert (await couple.ben.refused("POST", PATH, body)).code == 50035


async def test_the_key_outlives_a_restart_and_pushes_can_be_switched_off(
    databases: Databases, tmp_path: Path, service: Site
) -> None:
    async with databases.fresh_database() as dsn:
        known = environment(dsn, service)
        async with running_server(tmp_path, known) as server:
            key = (await server.guest.get("/instance"))["push_key"]
            assert len(key) == 87
        async with running_server(tmp_path, known) as server:
            assert (await server.guest.get("/instance"))["push_key"] == key
        off = {**LIFTED, "DATABASE_URL": dsn, "RIFT_PUSH_ENABLED": "off"}
        async with running_server(tmp_path, off) as server:
            assert (await server.guest.get("/instance"))["push_key"] is None
            ann: Person = await server.person()
            refused = await ann.refused("POST", PATH, Browser(service).form)
            assert refused.status == 403


async def test_an_address_of_the_house_is_not_called(server: Server, service: Site) -> None:
    ann = await server.person()
    browser = Browser(service)
    refused = await ann.refused("POST", PATH, browser.form)
    assert refused.code == 50035  # http, and a port nobody needs
    local = {**browser.form, "endpoint": "https://localhost/push"}
    device = await ann.post(PATH, local)
    tested = await ann.post(f"{PATH}/{device['id']}/test")
    assert tested == {"delivered": False, "gone": False, "status": None}
    [shown] = await ann.get(PATH)
    assert shown["failure"] == "address"


async def planned(couple: Couple, **fields: Any) -> str:
    """The path of an event to which the second wants to come."""
    path = f"/guilds/{couple.id}/scheduled-events"
    made = await couple.ann.post(path, somewhere(**fields))
    await couple.ben.put(f"{path}/{made['id']}/users/@me")
    return f"{path}/{made['id']}"


async def test_who_wants_to_come_is_told_that_it_begins(couple: Couple) -> None:
    path = await planned(couple)
    event_id = path.rpartition("/")[2]
    await couple.ann.patch(path, {"name": "Chess"})
    await couple.ann.patch(path, {"status": 2})
    push = await couple.browser.push()
    assert (push["title"], push["body"]) == ("Chess", "Begins now: The park, The harbour")
    assert push["url"] == f"/events/{couple.id}/{event_id}"
    assert (push["tag"], push["event_id"], push["guild_id"]) == (event_id, event_id, couple.id)
    assert couple.browser.headers[0]["Urgency"] == "high"


async def test_of_what_is_hidden_muted_or_not_wanted_nobody_is_told_that_it_begins(
    couple: Couple,
) -> None:
    hidden = [{"id": couple.id, "type": 0, "deny": str(1 << 10)}]
    voices = await couple.ann.channel(couple.id, "voices", type=2)
    spoken = {"entity_type": 2, "channel_id": voices["id"], "entity_metadata": None}
    secret = await planned(couple, **spoken)
    await couple.ann.patch(f"/channels/{voices['id']}", {"permission_overwrites": hidden})
    left, muted = await planned(couple), await planned(couple)
    await couple.ben.delete(f"{left}/users/@me")
    for path in (secret, left):
        await couple.ann.patch(path, {"status": 2})
    await couple.settings(mute_scheduled_events=True)
    await couple.ann.patch(muted, {"status": 2})
    await asyncio.sleep(NOBODY_S / 2)
    await couple.settings(mute_scheduled_events=False)
    await couple.ann.patch(await planned(couple, name="The last"), {"status": 2})
    push = await couple.browser.push()
    assert (push["title"], len(couple.browser.came)) == ("The last", 1)


async def test_a_stage_may_call_everybody(couple: Couple) -> None:
    await couple.settings(message_notifications=1)
    podium = (await couple.ann.channel(couple.id, "podium", type=13))["id"]
    body = {"channel_id": podium, "topic": "Songs"}
    await couple.ann.post("/stage-instances", body)
    await couple.ann.delete(f"/stage-instances/{podium}")
    await couple.ann.post("/stage-instances", {**body, "send_start_notification": True})
    push = await couple.browser.push()
    assert (push["title"], push["body"]) == (
        "Ann (#podium, The harbour)",
        "has opened the stage: Songs",
    )
    assert len(couple.browser.came) == 1
