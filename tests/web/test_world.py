"""The web client's world, fed with real traffic, is the one a fresh start would have."""

import asyncio
import os
import re
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.api import Person
from tests.gateway import Gateway
from tests.guard.scenes import SCENES
from tests.guard.stage import Stage
from tests.patience import until
from tests.server import Server
from tests.web.conftest import WEB

CAPABILITIES = sum(1 << bit for bit in (0, 2, 3, 4, 10))
"""As web/src/gateway/connection.ts identifies."""

Pages = dict[str, list[dict[str, Any]]]


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_the_client_lives_through_every_scene(server: Server, tmp_path: Path) -> None:
    for verb in sorted(SCENES):
        await capture(server, verb, tmp_path)
    assert len(os.listdir(tmp_path)) == 2 * len(SCENES)  # noqa: PTH208  # a path's own would block
    code, said = await judged(tmp_path)
    assert code == 0, said[-20_000:]


async def capture(server: Server, verb: tuple[str, str], folder: Path) -> None:
    """Play a scene before two people, and keep what their clients heard and would hear now."""
    stage = await Stage(server).set()
    watchers = {"owner": stage.owner, "member": stage.member}
    await stage.join_mark(*watchers.values())
    async with server.gateway(stage.owner, **OPTIONS) as one:
        async with server.gateway(stage.member, **OPTIONS) as other:
            before = {name: await pages(stage, watcher) for name, watcher in watchers.items()}
            await SCENES[verb](stage)
            end = await stage.end_of_scene()
            for gateway in (one, other):
                await gateway.expect("MESSAGE_CREATE", lambda data: data["id"] == end)
            for watcher, gateway in zip(watchers.values(), (one, other), strict=True):
                await until(partial(knows_all, watcher, gateway))
        for (name, watcher), gateway in zip(watchers.items(), (one, other), strict=True):
            begun = await fresh(server, watcher)
            kept = {
                "lived": [("READY", gateway.ready), *heard(gateway)],
                "fresh": begun,
                "before": before[name],
                "pages": await pages(stage, watcher),
            }
            called = re.sub(r"[^\w@-]+", "_", " ".join(verb))
            (folder / f"{called} as {name}.json").write_bytes(msgspec.json.encode(kept))


OPTIONS: dict[str, Any] = {"capabilities": CAPABILITIES, "guilds": False}


async def knows_all(watcher: Person, lived: Gateway) -> bool:
    """A guild one comes into is shown as soon as it is loaded, not in turn with other guilds."""
    known = {guild["id"] for guild in lived.ready["guilds"]}
    for event in lived.history:
        if event.name == "GUILD_CREATE":
            known.add(event.data["id"])
        elif event.name == "GUILD_DELETE":
            known.discard(event.data["id"])
    reply = await watcher.call("GET", "/users/@me/guilds")
    return reply.status != 200 or known >= {guild["id"] for guild in reply.body}


def heard(gateway: Gateway) -> list[tuple[str, Any]]:
    return [(event.name, event.data) for event in gateway.history if event.name != "READY"]


async def fresh(server: Server, watcher: Person) -> dict[str, Any]:
    async with server.gateway(watcher, **OPTIONS) as gateway:
        return gateway.ready


async def pages(stage: Stage, watcher: Person) -> Pages:
    """The channel that is open to all, where the watcher may still look."""
    channel_id = stage.open["id"]
    reply = await watcher.call("GET", f"/channels/{channel_id}/messages?limit=50")
    return {channel_id: reply.body} if reply.status == 200 else {}


async def judged(folder: Path) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *("npx", "vitest", "run", "src/world/convergence.test.ts", "--reporter=dot"),
        cwd=WEB,
        env={**os.environ, "RIFT_CAPTURES": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode(errors="replace")
