"""Voice states: who is in which channel, how, who hears of it, and who may change it."""

from contextlib import AsyncExitStack
from hashlib import sha256
from typing import Any

import asyncpg

from rift.core.voices import joining
from rift.permissions import DEFAULT_EVERYONE, Permission
from tests.api import Person
from tests.core.houses import living
from tests.gateway import ALL_INTENTS, Gateway
from tests.guard.voices import enter, inside
from tests.nouns.artwork import emoji, sound
from tests.server import Server

Json = dict[str, Any]


class Lounge:
    """Ann's guild with two voice channels and a stage; Bob is in the guild."""

    def __init__(self, server: Server, ann: Person, bob: Person, guild: Json) -> None:
        self.server, self.ann, self.bob, self.guild = server, ann, bob, guild
        self.one: Json = {}
        self.two: Json = {}
        self.podium: Json = {}

    @classmethod
    async def open(cls, server: Server) -> "Lounge":
        ann, bob = await server.person(), await server.person()
        lounge = cls(server, ann, bob, await ann.guild("Lounge"))
        id_ = lounge.id
        lounge.one = await ann.channel(id_, "one", type=2, user_limit=1)
        lounge.two = await ann.channel(id_, "two", type=2)
        lounge.podium = await ann.channel(id_, "podium", type=13)
        await ann.bring(bob, lounge.two["id"])
        return lounge

    @property
    def id(self) -> str:
        return str(self.guild["id"])

    def state(self, person: Person) -> str:
        return f"/guilds/{self.id}/voice-states/{person.id}"

    def member(self, person: Person) -> str:
        return f"/guilds/{self.id}/members/{person.id}"

    async def deny(self, channel: Json, permission: Permission) -> None:
        body = {"type": 0, "deny": str(permission.value)}
        await self.ann.put(f"/channels/{channel['id']}/permissions/{self.id}", body)


async def moved(gateway: Gateway, person: Person, channel: Json | None) -> Json:
    """What is heard of somebody who is somewhere else now."""
    where = None if channel is None else channel["id"]
    told = await gateway.expect(
        "VOICE_STATE_UPDATE",
        lambda data: (data["user_id"], data["channel_id"]) == (person.id, where),
    )
    state: Json = told.data
    return state


async def test_who_comes_in_is_seen_and_gone_with_their_session(server: Server) -> None:
    lounge = await Lounge.open(server)
    async with server.gateway(lounge.ann) as ann:
        async with server.gateway(lounge.bob) as bob:
            own = await enter(bob, lounge.two, self_mute=True)
            seen = await moved(ann, lounge.bob, lounge.two)
            assert seen == own
            assert (seen["self_mute"], seen["suppress"], seen["mute"]) == (True, False, False)
            assert seen["member"]["user"]["id"] == lounge.bob.id
            read = await lounge.ann.get(lounge.state(lounge.bob))
            assert read == seen
            assert await lounge.bob.get(f"/guilds/{lounge.id}/voice-states/@me") == seen
            async with server.gateway(lounge.ann) as late:
                [come] = [it.data for it in late.history if it.name == "GUILD_CREATE"]
                [state] = come["voice_states"]
                assert (state["user_id"], state["channel_id"]) == (
                    lounge.bob.id,
                    lounge.two["id"],
                )
        await moved(ann, lounge.bob, None)
    assert (await lounge.ann.refused("GET", lounge.state(lounge.bob))).code == 10065


async def test_the_door_is_shut_to_who_may_not_and_where_it_is_full(server: Server) -> None:
    lounge = await Lounge.open(server)
    await lounge.deny(lounge.two, Permission.CONNECT)
    async with (
        server.gateway(lounge.ann) as ann,
        server.gateway(lounge.bob) as bob,
    ):
        await enter(ann, lounge.one)
        for channel in (lounge.one, lounge.two):
            await bob.send(4, {"guild_id": lounge.id, "channel_id": channel["id"]})
        await enter(bob, lounge.podium)
        heard = [it.data for it in bob.history if it.name == "VOICE_STATE_UPDATE"]
        assert {it["channel_id"] for it in heard if it["user_id"] == lounge.bob.id} == {
            lounge.podium["id"]
        }


async def test_a_person_is_in_one_channel_at_a_time(server: Server) -> None:
    lounge = await Lounge.open(server)
    other = await lounge.bob.guild("Elsewhere")
    room = await lounge.bob.channel(other["id"], "room", type=2)
    async with (
        server.gateway(lounge.ann) as ann,
        server.gateway(lounge.bob) as bob,
        server.gateway(lounge.bob) as device,
    ):
        await enter(bob, lounge.two)
        await device.send(4, {"guild_id": lounge.id, "channel_id": None})
        await enter(device, room)
        await moved(ann, lounge.bob, None)
        states = [it.data for it in ann.history if it.name == "VOICE_STATE_UPDATE"]
        assert [it["channel_id"] for it in states] == [lounge.two["id"], None]


async def test_members_are_moved_muted_and_thrown_out(server: Server) -> None:
    lounge = await Lounge.open(server)
    path = lounge.member(lounge.bob)
    assert (await lounge.ann.refused("PATCH", path, {"mute": True})).code == 40032
    async with inside(server, lounge.bob, lounge.two) as bob:
        body = {"channel_id": lounge.one["id"], "mute": True}
        assert (await lounge.bob.refused("PATCH", path, body)).code == 50013
        await lounge.ann.patch(path, body)
        assert (await moved(bob, lounge.bob, lounge.one))["mute"] is True
        here = {"sound_id": (await sound(lounge.ann, lounge.guild))["sound_id"]}
        play = f"/channels/{lounge.one['id']}/send-soundboard-sound"
        assert (await lounge.bob.refused("POST", play, here)).code == 50167
        await lounge.ann.patch(path, {"mute": False, "channel_id": None})
        await moved(bob, lounge.bob, None)
    log = await lounge.ann.get(f"/guilds/{lounge.id}/audit-logs?limit=5")
    entries = [(it["action_type"], it.get("options")) for it in log["audit_log_entries"]]
    assert (27, {"count": "1"}) in entries
    assert (26, {"channel_id": lounge.one["id"], "count": "1"}) in entries


async def test_who_sees_one_of_two_channels_sees_somebody_come_or_go(server: Server) -> None:
    lounge = await Lounge.open(server)
    await lounge.deny(lounge.one, Permission.VIEW_CHANNEL)
    path = lounge.member(lounge.ann)
    async with server.gateway(lounge.bob) as bob, inside(server, lounge.ann, lounge.one) as ann:
        assert (await lounge.bob.refused("GET", lounge.state(lounge.ann))).code == 10065
        await lounge.ann.patch(path, {"channel_id": lounge.two["id"]})
        await moved(bob, lounge.ann, lounge.two)
        await lounge.ann.patch(path, {"channel_id": lounge.one["id"]})
        await moved(ann, lounge.ann, lounge.one)
        await moved(bob, lounge.ann, None)
        assert all(lounge.one["id"].encode() not in raw for raw in bob.raw)
        await lounge.ann.delete(f"/channels/{lounge.one['id']}/permissions/{lounge.id}")
        await moved(bob, lounge.ann, lounge.one)
        await lounge.ann.delete(f"/channels/{lounge.one['id']}")
        await moved(bob, lounge.ann, None)


async def test_on_a_stage_one_is_asked_or_asks_to_speak(server: Server) -> None:
    lounge = await Lounge.open(server)
    own = f"/guilds/{lounge.id}/voice-states/@me"
    async with inside(server, lounge.bob, lounge.podium) as bob:
        assert (await lounge.ann.get(lounge.state(lounge.bob)))["suppress"] is True
        assert (await lounge.bob.refused("PATCH", own, {"suppress": False})).code == 50013
        wrong = {"channel_id": lounge.two["id"], "suppress": True}
        assert (await lounge.bob.refused("PATCH", own, wrong)).code == 50035
        asks = {"request_to_speak_timestamp": "2030-01-01T00:00:00Z"}
        await lounge.bob.patch(own, asks)
        told = await bob.expect("VOICE_STATE_UPDATE", lambda it: it["request_to_speak_timestamp"])
        assert told.data["suppress"] is True
        await lounge.ann.patch(lounge.state(lounge.bob), {"suppress": False})
        invited = await bob.expect("VOICE_STATE_UPDATE", lambda it: not it["suppress"])
        assert invited.data["request_to_speak_timestamp"] is not None
        await lounge.bob.patch(own, {"suppress": False})
        await bob.expect(
            "VOICE_STATE_UPDATE",
            lambda it: not it["suppress"] and not it["request_to_speak_timestamp"],
        )
        refused = await lounge.bob.refused("PATCH", lounge.state(lounge.bob), {"suppress": True})
        assert refused.code == 50013
    async with inside(server, lounge.bob, lounge.two):
        assert (await lounge.bob.refused("PATCH", own, {"suppress": True})).code == 50024


async def test_a_sound_is_played_to_those_who_are_there(server: Server) -> None:
    lounge = await Lounge.open(server)
    bot = await server.bot(lounge.ann, lounge.id, flags=1 << 19 | 1 << 15 | 1 << 13)
    hum = await sound(lounge.ann, lounge.guild, emoji_name="🦊")
    path = f"/channels/{lounge.two['id']}/send-soundboard-sound"
    body = {"sound_id": hum["sound_id"]}
    assert (await lounge.bob.refused("POST", path, body)).code == 10065
    async with AsyncExitStack() as stack:
        bob = await stack.enter_async_context(inside(server, lounge.bob, lounge.two))
        machine = await stack.enter_async_context(inside(server, bot, lounge.two))
        ann = await stack.enter_async_context(inside(server, lounge.ann, lounge.podium))
        await lounge.bob.post(path, body)
        for gateway in (bob, machine):
            told = (await gateway.expect("VOICE_CHANNEL_EFFECT_SEND")).data
            assert told["sound_id"] == hum["sound_id"]
            assert told["emoji"] == {"id": None, "name": "🦊", "animated": False}
            assert (told["animation_type"], told["animation_id"]) == (1, 0)
        await lounge.ann.patch(lounge.member(lounge.bob), {"channel_id": None})
        await moved(ann, lounge.bob, None)
        assert "VOICE_CHANNEL_EFFECT_SEND" not in {it.name for it in ann.history}


async def test_the_session_that_came_in_is_given_a_token_of_its_own(
    own_server: Server, database: str
) -> None:
    """Whatever its intents; moved or in anew it gets another one, and no server is allotted."""
    server = own_server
    lounge = await Lounge.open(server)
    bot = await server.bot(lounge.ann, lounge.id)
    tokens: list[str] = []

    async def given(gateway: Gateway) -> None:
        told = (await gateway.expect("VOICE_SERVER_UPDATE")).data
        assert (told["guild_id"], told["endpoint"]) == (lounge.id, None)
        tokens.append(told["token"])

    async with (
        server.gateway(lounge.bob) as bob,
        server.gateway(lounge.bob) as device,
        server.gateway(bot, intents=1) as machine,
    ):
        await enter(bob, lounge.two)
        await given(bob)
        await enter(bob, lounge.two, self_deaf=True)
        await lounge.ann.patch(lounge.member(lounge.bob), {"channel_id": lounge.podium["id"]})
        await given(bob)
        assert await _kept(database, lounge.bob) == sha256(tokens[-1].encode()).digest()
        await enter(device, lounge.podium)
        await given(device)
        assert await _kept(database, lounge.bob) == sha256(tokens[-1].encode()).digest()
        await machine.send(4, {"guild_id": lounge.id, "channel_id": lounge.two["id"]})
        await given(machine)
        assert len(set(tokens)) == 4
        heard = [it.name for it in bob.history].count("VOICE_SERVER_UPDATE")
        assert heard == 2


async def test_an_emoji_is_thrown_to_those_who_are_there(server: Server) -> None:
    lounge = await Lounge.open(server)
    wave = await emoji(lounge.ann, lounge.guild, name="wave")
    path = f"/channels/{lounge.two['id']}/voice-channel-effects"
    fox = {"emoji_name": "🦊"}
    assert (await lounge.bob.refused("POST", path, fox)).code == 10065
    async with (
        inside(server, lounge.bob, lounge.two) as bob,
        inside(server, lounge.ann, lounge.podium) as ann,
    ):
        assert (await lounge.bob.refused("POST", path, {})).code == 50035
        assert (await lounge.bob.refused("POST", path, {"emoji_name": "fox"})).code == 10014
        too_far = fox | {"animation_id": 21}
        assert (await lounge.bob.refused("POST", path, too_far)).code == 50035
        await lounge.bob.post(path, {"emoji_id": wave["id"], "animation_id": 20})
        told = (await bob.expect("VOICE_CHANNEL_EFFECT_SEND")).data
        assert (told["user_id"], told["animation_type"], told["animation_id"]) == (
            lounge.bob.id,
            1,
            20,
        )
        assert told["emoji"] == {"id": wave["id"], "name": "wave", "animated": False}
        assert "sound_id" not in told
        stage = path.replace(lounge.two["id"], lounge.podium["id"])
        assert (await lounge.ann.refused("POST", stage, fox)).code == 50167
        await lounge.deny(lounge.two, Permission.SPEAK)
        assert (await lounge.bob.refused("POST", path, fox)).code == 50013
        assert "VOICE_CHANNEL_EFFECT_SEND" not in {it.name for it in ann.history}


async def test_an_emoji_from_elsewhere_is_thrown_by_who_may_bring_it(server: Server) -> None:
    lounge = await Lounge.open(server)
    other = await lounge.bob.guild("Elsewhere")
    brought = {"emoji_id": (await emoji(lounge.bob, other))["id"]}
    path = f"/channels/{lounge.two['id']}/voice-channel-effects"
    async with inside(server, lounge.bob, lounge.two) as bob:
        await lounge.bob.post(path, brought)
        told = await bob.expect("VOICE_CHANNEL_EFFECT_SEND")
        assert told.data["emoji"]["id"] == brought["emoji_id"]
        await lounge.deny(lounge.two, Permission.USE_EXTERNAL_EMOJIS)
        assert (await lounge.bob.refused("POST", path, brought)).code == 50013


async def _kept(database: str, person: Person) -> bytes | None:
    connection = await asyncpg.connect(database)
    try:
        query = "select token_hash from voice_states where user_id = $1"
        kept: bytes | None = await connection.fetchval(query, int(person.id))
        return kept
    finally:
        await connection.close()


async def test_a_channel_has_a_status_while_somebody_is_in_it(server: Server) -> None:
    lounge = await Lounge.open(server)
    path = f"/channels/{lounge.two['id']}/voice-status"
    assert (await lounge.bob.refused("PUT", path, {"status": "Tea"})).code == 50013
    allowed = int(DEFAULT_EVERYONE) | Permission.SET_VOICE_CHANNEL_STATUS.value
    await lounge.ann.patch(f"/guilds/{lounge.id}/roles/{lounge.id}", {"permissions": str(allowed)})
    assert (await lounge.bob.refused("PUT", path, {"status": "Tea"})).code == 50013
    async with server.gateway(lounge.ann) as ann:
        async with inside(server, lounge.bob, lounge.two):
            await lounge.bob.put(path, {"status": "Tea"})
            await ann.expect("VOICE_CHANNEL_STATUS_UPDATE", lambda it: it["status"] == "Tea")
            fields = ["status", "voice_start_time"]
            await ann.send(43, {"guild_id": lounge.id, "fields": fields})
            [info] = (await ann.expect("CHANNEL_INFO")).data["channels"]
            assert (info["id"], info["status"]) == (lounge.two["id"], "Tea")
            assert info["voice_start_time"] > 1_700_000_000
        await ann.expect("VOICE_CHANNEL_STATUS_UPDATE", lambda it: it["status"] is None)


async def test_who_lacks_the_intent_is_shown_nobody(server: Server) -> None:
    lounge = await Lounge.open(server)
    bot = await server.bot(lounge.ann, lounge.id, flags=1 << 19 | 1 << 15 | 1 << 13)
    async with (
        inside(server, lounge.bob, lounge.two),
        server.gateway(bot, intents=ALL_INTENTS & ~(1 << 7)) as spy,
    ):
        [come] = [it.data for it in spy.history if it.name == "GUILD_CREATE"]
        assert come["voice_states"] == []


async def test_what_a_dead_process_left_behind_is_swept_out(
    own_server: Server, database: str
) -> None:
    lounge = await Lounge.open(own_server)
    async with inside(own_server, lounge.bob, lounge.two) as bob:
        async with living(database) as house:
            await joining.sweep(house)
        await enter(bob, lounge.podium)
        connection = await asyncpg.connect(database)
        try:
            await connection.execute("update voice_states set process = -1")
            async with living(database) as house:
                await joining.sweep(house)
            left = await connection.fetchval("select count(*) from voice_states")
        finally:
            await connection.close()
        assert left == 0
