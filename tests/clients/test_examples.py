"""The example bots, as they stand in the documentation, on a real server."""

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from tests.clients.environments import LIBRARIES, ROOT
from tests.database import Databases
from tests.nouns.test_commands import Shop
from tests.nouns.test_interactions import Counter
from tests.server import ALONE, LIFTED, Server, running_server

pytestmark = [pytest.mark.slow, pytest.mark.clients]

EXAMPLES: Final = ROOT / "examples"
_DEADLINE_S: Final = 30.0
_LIBRARIES: Final = {library.name: library for library in LIBRARIES}


@asynccontextmanager
async def running(command: list[str], url: str, token: str, **more: str) -> AsyncIterator[None]:
    """An example, once it says that it is ready."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, "RIFT_URL": url, "RIFT_TOKEN": token, **more},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_DEADLINE_S):
            line = await process.stdout.readline()
        assert line.startswith((b"ready", b"=")), "it ended before it was ready"
        yield
    finally:
        process.kill()
        await process.communicate()


def program(library: str, name: str) -> list[str]:
    """What starts an example in the environment of its library."""
    interpreter, _ = _LIBRARIES[library].command()
    if not name.endswith(".mjs"):
        return [interpreter, str(EXAMPLES / name)]
    # Node looks for packages beside the program.
    return [interpreter, shutil.copy(EXAMPLES / name, _LIBRARIES[library].home)]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_an_example_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 60


async def test_dice_are_rolled(server: Server) -> None:
    async with Counter.open(server) as counter:
        command = program("discord.py", "dice.py")
        async with running(command, server.url, counter.bot.api.bare_token):
            [roll] = await counter.bot.get(counter.shop.everywhere)
            options = [{"type": 4, "name": "count", "value": 2}]
            wanted = {"id": roll["id"], "name": "roll", "version": roll["version"], "type": 1}
            await counter.customer.post(
                "/interactions", counter.form(2, {**wanted, "options": options})
            )
            said = await counter.person.expect("MESSAGE_CREATE")
    words, _, total = said.data["content"].partition(" = ")
    numbers = [int(one) for one in words.removeprefix("You rolled ").split(" + ")]
    assert (len(numbers), sum(numbers)) == (2, int(total))


async def test_who_comes_is_greeted_and_counted(server: Server) -> None:
    shop, newcomer = await Shop.open(server), await server.person()
    room = await shop.owner.channel(shop.guild["id"])
    await shop.owner.patch(f"/guilds/{shop.guild['id']}", {"system_channel_id": room["id"]})
    command = program("hikari", "greeter.py")
    async with (
        server.gateway(shop.owner) as gateway,
        running(command, server.url, shop.bot.api.bare_token),
    ):
        await shop.owner.bring(newcomer, room["id"])
        await _said(gateway, f"Welcome to {shop.guild['name']}, <@{newcomer.id}>!")
        await newcomer.say(room["id"], "!members")
        await _said(gateway, "There are 3 of us.")


async def test_a_button_counts(server: Server) -> None:
    async with Counter.open(server) as counter:
        command = program("discord.js", "clicker.mjs")
        async with running(command, server.url, counter.bot.api.bare_token):
            await counter.customer.say(counter.room["id"], "!button")
            asked = await _said(counter.person, "Pressed 0 times.")
            pressed = {"component_type": 2, "custom_id": "press:0"}
            form = counter.form(3, pressed, message_id=asked["id"])
            await counter.customer.post("/interactions", form)
            changed = await counter.person.expect("MESSAGE_UPDATE")
    assert changed.data["content"] == "Pressed 1 time."


async def test_a_command_is_answered_over_http(databases: Databases, tmp_path: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = str(found.getsockname()[1])
    async with databases.fresh_database() as dsn:
        environment = {
            **LIFTED,
            **ALONE,
            "DATABASE_URL": dsn,
            "RIFT_INTERACTIONS_ALLOW_ADDRESSES": "127.0.0.0/8",
            "RIFT_INTERACTIONS_PORTS": port,
        }
        async with (
            running_server(tmp_path, environment) as server,
            Counter.open(server) as counter,
        ):
            command, token = (
                [sys.executable, str(EXAMPLES / "shout.py")],
                counter.bot.api.bare_token,
            )
            async with running(command, server.url, token, PORT=port, PYTHONUNBUFFERED="1"):
                await _answers_over_http(counter, f"http://127.0.0.1:{port}/")


async def _answers_over_http(counter: Counter, url: str) -> None:
    forged = {"X-Signature-Ed25519": "00" * 64, "X-Signature-Timestamp": "0"}
    async with aiohttp.ClientSession(headers=forged) as session, session.post(url) as reply:
        assert reply.status == 401
    mine = f"/applications/{counter.bot.id}"
    await counter.shop.owner.patch(mine, {"interactions_endpoint_url": url})
    [shout] = await counter.bot.get(counter.shop.everywhere)
    wanted = {"id": shout["id"], "name": "shout", "version": shout["version"], "type": 1}
    options = [{"type": 3, "name": "text", "value": "hello"}]
    form = counter.form(2, {**wanted, "options": options})
    await counter.customer.post("/interactions", form)
    await _said(counter.person, "HELLO!")


async def _said(gateway: Any, content: str) -> dict[str, Any]:
    told = await gateway.expect("MESSAGE_CREATE", lambda data: data["content"] == content)
    found: dict[str, Any] = told.data
    return found
