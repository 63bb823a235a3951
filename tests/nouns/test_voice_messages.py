"""Voice messages: one recording, and nothing else."""

from typing import Any

from rift.permissions import Permission
from tests.nouns.luggage import TEXT, attempt, send, wav
from tests.nouns.test_attachments import forbid, talk
from tests.server import Server

VOICE = 1 << 13
HEARD: dict[str, Any] = {"id": 0, "duration_secs": 0.1, "waveform": "AAAA"}
RECORDING = ("voice-message.wav", wav())


async def test_a_recording_is_sent(server: Server) -> None:
    ann, channel = await talk(server)
    sent = await send(ann, channel["id"], RECORDING, flags=VOICE, attachments=[HEARD])
    [attachment] = sent["attachments"]
    assert sent["flags"] == VOICE
    assert attachment["content_type"] == "audio/wav"
    assert attachment["waveform"] == "AAAA"
    assert attachment["duration_secs"] > 0
    path = f"/channels/{channel['id']}/messages/{sent['id']}"
    assert (await ann.refused("PATCH", path, {"content": "more"})).code == 50162


async def test_it_says_nothing_more(server: Server) -> None:
    ann, channel = await talk(server)
    said = {"flags": VOICE, "attachments": [HEARD]}
    reply = await attempt(ann, channel["id"], RECORDING, content="and", **said)
    assert (reply.status, reply.code) == (400, 50159)


async def test_it_is_one_recording(server: Server) -> None:
    ann, channel = await talk(server)
    reply = await attempt(ann, channel["id"], RECORDING, RECORDING, flags=VOICE)
    assert (reply.status, reply.code) == (400, 50160)
    reply = await attempt(ann, channel["id"], TEXT, flags=VOICE, attachments=[HEARD])
    assert (reply.status, reply.code) == (400, 50160)
    reply = await ann.call("POST", f"/channels/{channel['id']}/messages", {"flags": VOICE})
    assert reply.status == 400


async def test_it_needs_its_own_permission(server: Server) -> None:
    ann, channel = await talk(server)
    bob = await server.person()
    await ann.bring(bob, channel["id"])
    await forbid(ann, channel, Permission.SEND_VOICE_MESSAGES)
    reply = await attempt(bob, channel["id"], RECORDING, flags=VOICE, attachments=[HEARD])
    assert (reply.status, reply.code) == (403, 50013)
