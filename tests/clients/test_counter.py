"""Commands, buttons, menus and forms of unmodified client libraries, used by a person's client."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import pytest

from tests.clients.client import Client
from tests.clients.environments import LIBRARIES, Library
from tests.nouns.test_interactions import Counter
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.clients, pytest.mark.asyncio(loop_scope="session")]

EPHEMERAL: Final = 64
_PROGRAMS: Final = {
    "discord.py": "counter_discordpy.py",
    "hikari": "counter_hikari.py",
    "disnake": "counter_disnake.py",
    "py-cord": "counter_pycord.py",
    "discord.js": "counter_discordjs.mjs",
    "oceanic.js": "counter_oceanic.mjs",
}
COUNTERS: Final = tuple(
    Library(it.name, it.version, _PROGRAMS[it.name]) for it in LIBRARIES if it.name in _PROGRAMS
)


class Bar(Counter):
    """A counter behind which a library's bot stands; `person` hears what the customer does."""

    client: Client
    commands: dict[str, dict[str, Any]]

    @classmethod
    @asynccontextmanager
    async def staffed(cls, server: Server, library: Library) -> AsyncIterator[Self]:
        async with (
            cls.open(server) as counter,
            Client.running(library, server.url, counter.bot.api.bare_token) as client,
        ):
            counter.client = client
            await client.do("register")
            index = await counter.customer.get(counter.shop.index)
            counter.commands = {one["name"]: one for one in index["application_commands"]}
            yield counter
            assert client.complaints == []

    async def send(self, kind: int, data: dict[str, Any], **more: Any) -> None:
        await self.customer.post("/interactions", self.form(kind, data, **more))

    async def eat(self, kind: int, value: str) -> None:
        command = self.commands["fruit"]
        option = {"type": 3, "name": "name", "value": value}
        if kind == 4:
            option["focused"] = True  # type: ignore[assignment]  # of a JSON object
        options = [{"type": 1, "name": "eat", "options": [option]}]
        wanted = {"id": command["id"], "name": "fruit", "version": command["version"]}
        await self.send(kind, {**wanted, "type": 1, "options": options})

    async def told(self, name: str, **fields: Any) -> dict[str, Any]:
        def fits(data: dict[str, Any]) -> bool:
            return fields.items() <= data.items()

        found: dict[str, Any] = (await self.person.expect(name, fits)).data
        return found


@pytest.mark.parametrize("library", COUNTERS, ids=lambda library: library.name)
async def test_a_person_is_served_at_the_counter(server: Server, library: Library) -> None:
    async with Bar.staffed(server, library) as bar:
        assert {"fruit", "Quote", "Greet"} <= bar.commands.keys()
        await bar.eat(4, "Ap")
        offered = await bar.told("APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE")
        assert [one["value"] for one in offered["choices"]] == ["apple", "apricot"]
        await bar.eat(2, "apple")
        served = await bar.told("MESSAGE_CREATE", content="1 apple")
        assert served["interaction"]["name"] == "fruit eat"
        answered = await bar.client.expect("answered")
        assert answered["id"] == served["id"]
        await bar.told("MESSAGE_CREATE", content="and a secret", flags=EPHEMERAL)
        await _parts(bar, served["id"])
        await _menus(bar, served["id"])


async def _parts(bar: Bar, message_id: str) -> None:
    press = {"component_type": 2, "custom_id": "press"}
    await bar.send(3, press, message_id=message_id)
    await bar.told("MESSAGE_UPDATE", id=message_id, content="pressed")
    who = {"component_type": 5, "custom_id": "who", "values": [bar.customer.id]}
    await bar.send(3, who, message_id=message_id)
    await bar.told("MESSAGE_UPDATE", content=f"chosen: {bar.customer.id}", flags=EPHEMERAL)
    await bar.send(3, {"component_type": 2, "custom_id": "write"}, message_id=message_id)
    shown = await bar.told("INTERACTION_MODAL_CREATE", title="Tell us")
    [row] = shown["components"]
    field = row.get("component") or row["components"][0]
    filled = {"type": 4, "custom_id": field["custom_id"], "value": "fine"}
    inner = {"type": row["type"], "components": [filled]}
    if "component" in row:
        inner = {"type": row["type"], "component": filled}
    form = {"id": shown["id"], "custom_id": shown["custom_id"], "components": [inner]}
    await bar.send(5, form)
    await bar.told("MESSAGE_CREATE", content="You wrote fine", flags=EPHEMERAL)


async def _menus(bar: Bar, message_id: str) -> None:
    said = await bar.customer.say(bar.room["id"], "wise words")
    quote, greet = bar.commands["Quote"], bar.commands["Greet"]
    data = {"id": quote["id"], "name": "Quote", "type": 3, "target_id": said["id"]}
    await bar.send(2, data)
    await bar.told("MESSAGE_CREATE", content="> wise words", type=23)
    data = {"id": greet["id"], "name": "Greet", "type": 2, "target_id": bar.customer.id}
    await bar.send(2, data)
    await bar.told("MESSAGE_UPDATE", content=f"Hello {bar.customer.id}", flags=0)
    assert (await bar.customer.get(f"/channels/{bar.room['id']}/messages/{message_id}"))["content"]
