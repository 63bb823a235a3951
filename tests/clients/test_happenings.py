"""Scheduled events, stages and voice states, by unmodified client libraries on a real server."""

from typing import Final

import pytest

from tests.clients.conftest import Stage
from tests.guard.happenings import somewhere, tomorrow
from tests.guard.voices import enter
from tests.nouns.artwork import sound

pytestmark = [
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
]

_DEAF: Final = {"py-cord"}
"""It hears of no voice server without what encrypts sound."""


async def test_it_plans_and_hears_of_plans(stage: Stage) -> None:
    times = {"starts": tomorrow().isoformat(), "ends": tomorrow(hours=1).isoformat()}
    made = await stage.do("plan", guild_id=stage.guild_id, name="Chess", place="Hall", **times)
    await stage.client.expect("plan_create", id=made["id"])
    path = f"/guilds/{stage.guild_id}/scheduled-events"
    await stage.member.put(f"{path}/{made['id']}/users/@me")
    await stage.client.expect("plan_user", id=made["id"], user_id=stage.member.id)
    comes = await stage.do("who_comes", guild_id=stage.guild_id, event_id=made["id"])
    assert sorted(comes) == sorted([stage.bot.id, stage.member.id])
    await stage.do("begin", guild_id=stage.guild_id, event_id=made["id"])
    await stage.client.expect("plan_update", id=made["id"], status=2)
    daily = {"start": tomorrow().isoformat(), "frequency": 3, "interval": 1}
    other = await stage.owner.post(path, somewhere(name="Tea", recurrence_rule=daily))
    await stage.client.expect("plan_create", id=other["id"], name="Tea")
    await stage.owner.delete(f"{path}/{made['id']}")
    await stage.client.expect("plan_delete", id=made["id"])
    assert await stage.do("plans", guild_id=stage.guild_id) == {other["id"]: "Tea"}
    await stage.owner.delete(f"{path}/{other['id']}")
    await stage.client.expect("plan_delete", id=other["id"])


async def test_it_is_in_voice_channels_and_moves_others(stage: Stage) -> None:
    voices = await stage.owner.channel(stage.guild_id, "voices", type=2)
    podium = await stage.owner.channel(stage.guild_id, "podium", type=13)
    await stage.client.expect("channel_create", id=podium["id"])
    place = {"guild_id": stage.guild_id, "channel_id": voices["id"]}
    await stage.do("speak", **place)
    await stage.client.expect("voice", user_id=stage.bot.id, channel_id=voices["id"], muted=True)
    if stage.library.name not in _DEAF:
        await stage.client.expect("voice_server", endpoint=None)
    async with stage.server.gateway(stage.member) as gateway:
        await gateway.send(4, place)
        await stage.client.expect("voice", user_id=stage.member.id, channel_id=voices["id"])
        there = {stage.bot.id: voices["id"], stage.member.id: voices["id"]}
        assert await stage.do("voices", guild_id=stage.guild_id) == there
        moved = {"guild_id": stage.guild_id, "channel_id": podium["id"]}
        await stage.do("bring", user_id=stage.member.id, **moved)
        await stage.client.expect("voice", user_id=stage.member.id, channel_id=podium["id"])
    await stage.client.expect("voice", user_id=stage.member.id, channel_id=None)
    opened = await stage.do("open_stage", channel_id=podium["id"], topic="Songs")
    await stage.client.expect("stage", id=opened, topic="Songs")
    await stage.do("speak", guild_id=stage.guild_id, channel_id=None)
    await stage.client.expect("voice", user_id=stage.bot.id, channel_id=None)
    assert await stage.do("voices", guild_id=stage.guild_id) == {}
    for channel in (voices, podium):
        await stage.owner.delete(f"/channels/{channel['id']}")
        await stage.client.expect("channel_delete", id=channel["id"])
    if stage.library.name == "hikari":
        # An entry that says in which channel a stage was opened, as Discord's do.
        known = "DEBUG hikari.event_manager: Event referenced an unrecognised entity, discarding"
        stage.client.complaints.remove(known)


async def test_it_hears_what_is_played_and_thrown(stage: Stage) -> None:
    voices = await stage.owner.channel(stage.guild_id, "voices", type=2)
    await stage.client.expect("channel_create", id=voices["id"])
    bell = await sound(stage.owner, {"id": stage.guild_id}, emoji_name="🔔")
    place = {"guild_id": stage.guild_id, "channel_id": voices["id"]}
    await stage.do("speak", **place)
    await stage.client.expect("voice", user_id=stage.bot.id, channel_id=voices["id"])
    async with stage.server.gateway(stage.member) as gateway:
        await enter(gateway, voices)
        path = f"/channels/{voices['id']}"
        await stage.member.post(f"{path}/voice-channel-effects", {"emoji_name": "🦊"})
        await stage.client.expect("effect", user_id=stage.member.id, sound_id=None)
        played = {"sound_id": bell["sound_id"]}
        await stage.member.post(f"{path}/send-soundboard-sound", played)
        await stage.client.expect("effect", user_id=stage.member.id, **played)
    await stage.do("speak", guild_id=stage.guild_id, channel_id=None)
    await stage.client.expect("voice", user_id=stage.bot.id, channel_id=None)
    await stage.owner.delete(f"/guilds/{stage.guild_id}/soundboard-sounds/{bell['sound_id']}")
    await stage.owner.delete(path)
    await stage.client.expect("channel_delete", id=voices["id"])
