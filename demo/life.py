"""Keeps the sample community alive while it runs: who is around, and now and then a word."""

import asyncio
from collections.abc import Sequence
from random import Random
from typing import Final
from urllib.parse import quote

import aiohttp
import msgspec

from demo.caller import Caller, Refused
from demo.cast import CAST, Figure
from demo.community import Community
from demo.telling import BEACON

_HELLO, _IDENTIFY, _HEARTBEAT = 10, 2, 1
_CUSTOM: Final = 4
_AGAIN_S: Final = 5.0
_PAUSE_S: Final = (6.0, 18.0)
_TYPING_S: Final = (2.0, 5.0)
_EMOJIS: Final = ("👍", "😂", "🎉", "☕", "👀")
_TALKERS: Final = ("juno", "tomas", "mira", "paloma", "saoirse", "kofi", "halden", "bartek", "yuki")
_WORDS: Final = (
    ("general", "Is it me or is it very quiet on twenty?"),
    ("general", "It's you. You have the antenna switch on *dummy*."),
    ("general", "...it was on dummy."),
    ("homebrew", "The felt works. I repeat: the felt works."),
    ("homebrew", "What colour is the felt?"),
    ("homebrew", "Green. It has to be green."),
    ("antennas", "Forty metres of wire for sale, only slightly in a tree."),
    ("general", "Tea?"),
    ("general", "Tea."),
    ("propagation", "Ten is closing, last call for the lemon tree."),
    ("software", "The logger now sorts by silence *and* by guilt."),
    ("logbook", "`QS4HEN` 7.074 MHz (40 m) CW, 579: he keeps ducks, not hens"),
    ("general", "The dog's collar is fully charged."),
    ("finds", "I have a rule about boxes. I broke the rule."),
    ("general", "Somebody left a second rubber boot. It is a right one. Tomas?"),
    ("antennas", "Wind has turned, mind the ropes."),
)


async def live(url: str, community: Community, *, still: bool) -> None:
    """Until it is cancelled."""
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
        asyncio.TaskGroup() as tasks,
    ):
        for figure in CAST:
            if figure.status != "offline":
                tasks.create_task(_be_around(http, url, community, figure))
        tasks.create_task(_be_around(http, url, community, Figure(BEACON, "", 0, "online")))
        if not still:
            tasks.create_task(_chat(http, url, community))


async def _be_around(
    http: aiohttp.ClientSession, url: str, community: Community, figure: Figure
) -> None:
    """Be seen online; come back where the server was away."""
    while True:
        try:
            await _attend(http, url, community.tokens[figure.username], figure)
        except* aiohttp.ClientError:
            pass
        await asyncio.sleep(_AGAIN_S)


async def _attend(http: aiohttp.ClientSession, url: str, token: str, figure: Figure) -> None:
    saying = {"name": "Custom Status", "type": _CUSTOM, "state": figure.saying}
    identify = {
        "token": token.removeprefix("Bot "),
        "intents": 0,
        "properties": {"os": "Linux", "browser": "Rift", "device": ""},
        "presence": {
            "status": figure.status,
            "activities": [saying] if figure.saying else [],
            "since": None,
            "afk": False,
        },
    }
    async with http.ws_connect(f"{url}/gateway?v=10&encoding=json", max_msg_size=0) as socket:
        said = await socket.receive()
        if said.type is not aiohttp.WSMsgType.TEXT:
            return
        hello = msgspec.json.decode(said.data)
        await _send(socket, _IDENTIFY, identify)
        async with asyncio.TaskGroup() as tasks:
            beat = tasks.create_task(_beat(socket, hello["d"]["heartbeat_interval"] / 1000))
            async for _ in socket:
                pass
            beat.cancel()


async def _beat(socket: aiohttp.ClientWebSocketResponse, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        await _send(socket, _HEARTBEAT, None)


async def _send(socket: aiohttp.ClientWebSocketResponse, op: int, data: object) -> None:
    await socket.send_str(msgspec.json.encode({"op": op, "d": data}).decode())


async def _chat(http: aiohttp.ClientSession, url: str, community: Community) -> None:
    """Somebody types, then writes; now and then somebody likes it."""
    rng = Random()
    while True:
        speakers = _shuffled(rng)
        for number, (room, text) in enumerate(_WORDS):
            await asyncio.sleep(rng.uniform(*_PAUSE_S))
            channel = community.channel(f"longwave/{room}")
            speaker = community.caller(http, url, speakers[number % len(speakers)])
            liker = community.caller(http, url, speakers[(number + 3) % len(speakers)])
            try:
                await _say(rng, speaker, liker, channel, text)
            except (aiohttp.ClientError, Refused):
                # Whoever looks may have closed the channel, or the server.
                await asyncio.sleep(_AGAIN_S)


async def _say(rng: Random, speaker: Caller, liker: Caller, channel: str, text: str) -> None:
    await speaker.post(f"/channels/{channel}/typing")
    await asyncio.sleep(rng.uniform(*_TYPING_S))
    sent = await speaker.post(f"/channels/{channel}/messages", {"content": text})
    if rng.random() < 0.5:
        await asyncio.sleep(rng.uniform(*_TYPING_S))
        emoji = quote(rng.choice(_EMOJIS))
        await liker.put(f"/channels/{channel}/messages/{sent['id']}/reactions/{emoji}/@me")


def _shuffled(rng: Random) -> Sequence[str]:
    return rng.sample(_TALKERS, len(_TALKERS))
