"""Who is in voice channels: a scene for each verb, a secret for each event."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from tests.api import Person
from tests.gateway import Gateway
from tests.guard.plays import Plays
from tests.guard.stage import VIEW, Stage
from tests.nouns.artwork import sound
from tests.server import Server

Json = dict[str, Any]

plays: Final = Plays()
scene, secret = plays.scene, plays.secret
MARK: Final = "xyzzy"


async def enter(gateway: Gateway, channel: Json, **said: Any) -> Json:
    """Come into a voice channel, and hear that one has."""
    body = {"guild_id": channel["guild_id"], "channel_id": channel["id"], **said}
    await gateway.send(4, body)
    told = await gateway.expect(
        "VOICE_STATE_UPDATE", lambda data: data["channel_id"] == channel["id"]
    )
    state: Json = told.data
    return state


async def leave(gateway: Gateway, channel: Json) -> None:
    """Go out of it, and hear that one has; whose session ends is out some time later."""
    await gateway.send(4, {"guild_id": channel["guild_id"], "channel_id": None})
    await gateway.expect("VOICE_STATE_UPDATE", lambda data: data["channel_id"] is None)


@asynccontextmanager
async def inside(server: Server, person: Person, channel: Json) -> AsyncIterator[Gateway]:
    """Somebody is in a voice channel for a while."""
    async with server.gateway(person) as gateway:
        await enter(gateway, channel)
        yield gateway


async def room(stage: Stage, *, hidden: bool = False, **fields: Any) -> Json:
    deny = [{"id": stage.id, "type": 0, "deny": VIEW}] if hidden else []
    body = {"type": 2, "permission_overwrites": deny, **fields}
    return await stage.owner.channel(stage.id, "voices", **body)


@scene("PATCH", "/guilds/{guild_id}/voice-states/@me")
async def _(stage: Stage) -> None:
    podium = await room(stage, type=13)
    async with inside(stage.server, stage.owner, podium) as owner:
        path = f"/guilds/{stage.id}/voice-states/@me"
        await stage.owner.patch(path, {"suppress": False})
        await stage.owner.patch(path, {"suppress": True})
        await leave(owner, podium)


@scene("PATCH", "/guilds/{guild_id}/voice-states/{user_id}")
async def _(stage: Stage) -> None:
    """They are asked up, moved where the others do not see them and back, muted, and thrown out."""
    podium, hidden = await room(stage, type=13), await room(stage, hidden=True)
    await stage.owner.channel(stage.id, "left behind", type=2)
    async with inside(stage.server, stage.member, podium):
        await stage.owner.patch(
            f"/guilds/{stage.id}/voice-states/{stage.member.id}", {"suppress": False}
        )
        path = stage.members_path(stage.member)
        await stage.owner.patch(path, {"channel_id": hidden["id"], "mute": True})
        allow = {"type": 0, "allow": VIEW}
        await stage.owner.put(f"/channels/{hidden['id']}/permissions/{stage.id}", allow)
        await stage.owner.patch(path, {"channel_id": podium["id"], "deaf": True})
        await stage.owner.patch(path, {"mute": False, "deaf": False})
        await stage.owner.delete(f"/channels/{hidden['id']}")
        await stage.owner.patch(path, {"channel_id": None})


@scene("PUT", "/channels/{channel_id}/voice-status")
async def _(stage: Stage) -> None:
    voices = await room(stage)
    await stage.owner.put(f"/channels/{voices['id']}/voice-status", {"status": "Tea"})
    await stage.owner.put(f"/channels/{voices['id']}/voice-status", {"status": None})


@scene("POST", "/channels/{channel_id}/send-soundboard-sound")
async def _(stage: Stage) -> None:
    voices, hum = await room(stage), await sound(stage.owner, stage.guild)
    async with inside(stage.server, stage.owner, voices) as owner:
        path = f"/channels/{voices['id']}/send-soundboard-sound"
        await stage.owner.post(path, {"sound_id": hum["sound_id"]})
        await leave(owner, voices)


@scene("POST", "/channels/{channel_id}/voice-channel-effects")
async def _(stage: Stage) -> None:
    voices = await room(stage)
    async with inside(stage.server, stage.owner, voices) as owner:
        path = f"/channels/{voices['id']}/voice-channel-effects"
        await stage.owner.post(path, {"emoji_name": "🦊", "animation_type": 1, "animation_id": 3})
        await leave(owner, voices)


@secret("VoiceServerUpdate")
async def _(stage: Stage) -> list[str]:
    """The token is nobody's but the session's that is in the channel."""
    voices = await room(stage)
    async with inside(stage.server, stage.owner, voices) as owner:
        told = (await owner.expect("VOICE_SERVER_UPDATE")).data
        return ["VOICE_SERVER_UPDATE", told["token"]]


@secret("VoiceStateUpdate")
async def _(stage: Stage) -> list[str]:
    voices = await room(stage, hidden=True)
    async with inside(stage.server, stage.owner, voices):
        return ["VOICE_STATE_UPDATE", voices["id"]]


@secret("VoiceStatusUpdate")
async def _(stage: Stage) -> list[str]:
    voices = await room(stage, hidden=True)
    await stage.owner.put(f"/channels/{voices['id']}/voice-status", {"status": MARK})
    return [MARK, voices["id"]]


@secret("VoiceStartTimeUpdate")
async def _(stage: Stage) -> list[str]:
    voices = await room(stage, hidden=True)
    async with inside(stage.server, stage.owner, voices):
        return ["VOICE_CHANNEL_START_TIME_UPDATE", voices["id"]]


@secret("VoiceEffectSend")
async def _(stage: Stage) -> list[str]:
    """The bot is in the channel too, for only who is there hears it."""
    voices, hum = await room(stage, hidden=True), await sound(stage.owner, stage.guild)
    async with (
        inside(stage.server, stage.owner, voices),
        inside(stage.server, stage.bot, voices),
    ):
        path = f"/channels/{voices['id']}/send-soundboard-sound"
        await stage.owner.post(path, {"sound_id": hum["sound_id"]})
    return ["VOICE_CHANNEL_EFFECT_SEND", voices["id"]]


async def _live(stage: Stage, *, hidden: bool = False, topic: str = "Songs") -> Json:
    podium = await room(stage, hidden=hidden, type=13)
    body = {"channel_id": podium["id"], "topic": topic}
    made: Json = await stage.owner.post("/stage-instances", body)
    return made


@scene("POST", "/stage-instances")
async def _(stage: Stage) -> None:
    await _live(stage)
    made = await _live(stage, hidden=True)
    allow = {"type": 0, "allow": VIEW}
    await stage.owner.put(f"/channels/{made['channel_id']}/permissions/{stage.id}", allow)
    third = await _live(stage)
    await stage.owner.delete(f"/channels/{third['channel_id']}")


@scene("PATCH", "/stage-instances/{channel_id}")
async def _(stage: Stage) -> None:
    made = await _live(stage)
    await stage.owner.patch(f"/stage-instances/{made['channel_id']}", {"topic": "Poems"})


@scene("DELETE", "/stage-instances/{channel_id}")
async def _(stage: Stage) -> None:
    made = await _live(stage)
    await stage.owner.delete(f"/stage-instances/{made['channel_id']}")


@secret("StageCreate")
async def _(stage: Stage) -> list[str]:
    made = await _live(stage, hidden=True, topic=MARK)
    return [MARK, made["id"]]


@secret("StageUpdate")
async def _(stage: Stage) -> list[str]:
    made = await _live(stage, hidden=True)
    await stage.owner.patch(f"/stage-instances/{made['channel_id']}", {"topic": MARK})
    return [MARK, made["id"]]


@secret("StageDelete")
async def _(stage: Stage) -> list[str]:
    made = await _live(stage, hidden=True, topic=MARK)
    await stage.owner.delete(f"/stage-instances/{made['channel_id']}")
    return [MARK, made["id"]]
