"""Red-DiscordBot, the bot most communities run themselves, boots unmodified and does its work."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from tests.api import Person
from tests.clients.conftest import PRIVILEGED
from tests.clients.environments import RED
from tests.gateway import Gateway
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.clients, pytest.mark.asyncio(loop_scope="session")]

COGS: Final = (
    *("admin", "alias", "cleanup", "customcom", "economy", "filter", "general", "mod"),
    *("modlog", "mutes", "permissions", "reports", "trivia", "warnings"),
)


class Home:
    """A guild in which Red runs; its owner is Red's, and tells it what to do."""

    def __init__(self, owner: Person, member: Person, guild_id: str) -> None:
        self.owner, self.member, self.guild_id = owner, member, guild_id
        self.bot: Person
        self.gateway: Gateway
        self.rooms: dict[str, str] = {}

    async def room(self, name: str) -> str:
        made = await self.owner.channel(self.guild_id, name)
        self.rooms[name] = made["id"]
        return str(made["id"])

    async def ask(self, words: str, wanted: str = "", room: str = "talk") -> dict[str, Any]:
        """Say something, and read the answer that has these words."""
        await self.owner.say(self.rooms["talk"], words)

        def answers(message: dict[str, Any]) -> bool:
            said = [message["content"], *(_text(embed) for embed in message["embeds"])]
            is_bots = message["author"]["id"] == self.bot.id
            return (
                is_bots and message["channel_id"] == self.rooms[room] and wanted in " ".join(said)
            )

        found: dict[str, Any] = (await self.gateway.expect("MESSAGE_CREATE", answers)).data
        return found

    async def roles(self) -> list[str]:
        held = await self.owner.get(f"/guilds/{self.guild_id}/members/{self.member.id}")
        return list(held["roles"])


def _text(embed: dict[str, Any]) -> str:
    fields = [f"{field['name']} {field['value']}" for field in embed.get("fields", ())]
    return " ".join([embed.get("title") or "", embed.get("description") or "", *fields])


@asynccontextmanager
async def running(server: Server, bot: Person, owner: Person, home: Path) -> AsyncIterator[None]:
    """Red in a process of its own, all of its files under `home`."""
    with (home / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *RED.command(),
            env={
                **os.environ,
                "HOME": str(home),
                "TMPDIR": str(home),
                "XDG_CONFIG_HOME": str(home),
                "BOT_URL": server.url,
                "BOT_TOKEN": bot.api.bare_token,
                "BOT_OWNER": owner.id,
            },
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield
        finally:
            process.kill()
            await process.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def home(server: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Home]:
    """Red with its own cogs; at the end none of its commands may have failed."""
    owner, member = await server.person(), await server.person()
    guild = await owner.guild("Home of Red")
    home = Home(owner, member, guild["id"])
    await owner.bring(member, await home.room("talk"))
    home.bot = await server.bot(owner, guild["id"], flags=PRIVILEGED)
    folder = tmp_path_factory.mktemp("red")
    async with (
        server.gateway(owner) as home.gateway,
        running(server, home.bot, owner, folder),
    ):
        await home.gateway.expect(
            "PRESENCE_UPDATE",
            lambda it: (it["user"]["id"], it["status"]) == (home.bot.id, "online"),
        )
        loaded = await home.ask(f"!load {' '.join(COGS)}", "Loaded")
        assert all(f"`{cog}`" in loaded["content"] for cog in COGS)
        yield home
    log = (folder / "log").read_text(errors="replace")
    # Where it cannot ask PyPI for a newer Red, it says that as an error too.
    errors = [line for line in log.splitlines() if "[ERROR]" in line and "PyPI" not in line]
    assert errors == [], log


async def test_it_answers_and_draws_its_help(home: Home) -> None:
    assert (await home.ask("!ping"))["content"] == "Pong."
    assert (await home.ask("!help Mod", "**ban**"))["embeds"]
    await home.ask("!serverinfo", "Created on")
    await home.ask(f"!userinfo {home.member.id}", "offline status")


async def test_it_learns_commands_and_counts_money(home: Home) -> None:
    await home.ask("!customcom create simple hello Good evening", "added")
    assert (await home.ask("!hello"))["content"] == "Good evening"
    await home.ask("!alias add p ping", "created")
    assert (await home.ask("!p"))["content"] == "Pong."
    await home.ask("!payday", "+120 credits")


async def test_it_moderates_and_writes_its_cases_down(home: Home) -> None:
    room = await home.room("cases")
    await home.ask(f"!modlogset modlog <#{room}>", "will be sent")
    await home.ask("!slowmode 5s", "5 seconds")
    changed = await home.owner.get(f"/channels/{home.rooms['talk']}")
    assert changed["rate_limit_per_user"] == 5
    await home.ask("!slowmode 0s", "disabled")
    await home.ask(f"!rename {home.member.id} Ada", "Done")
    await home.ask(f"!mute {home.member.id} 10m too loud", "muted")
    member = await home.owner.get(f"/guilds/{home.guild_id}/members/{home.member.id}")
    assert (member["nick"], member["communication_disabled_until"] is None) == ("Ada", False)
    await home.ask(f"!unmute {home.member.id} calm again", "unmuted")
    await home.ask(f"!kick {home.member.id} rude", "Kick", room="cases")
    await home.ask(f"!ban {home.member.id} very rude", "ban", room="cases")
    banned = await home.owner.get(f"/guilds/{home.guild_id}/bans")
    assert [one["user"]["id"] for one in banned] == [home.member.id]
    await home.ask(f"!unban {home.member.id}", "Unban", room="cases")
    await home.ask(f"!casesfor {home.member.id}", "Case #1")


async def test_it_takes_words_and_messages_away(home: Home) -> None:
    talk = home.rooms["talk"]
    await home.owner.bring(home.member, talk)
    await home.ask("!filter add turnip", "added")
    rude = await home.member.say(talk, "You turnip!")
    gone = await home.gateway.expect("MESSAGE_DELETE", lambda it: it["id"] == rude["id"])
    assert gone.data["channel_id"] == talk
    said = [(await home.member.say(talk, f"line {number}"))["id"] for number in range(3)]
    await home.owner.say(talk, f"!cleanup user {home.member.id} 3")
    await home.gateway.expect("MESSAGE_DELETE_BULK", lambda it: set(said) <= set(it["ids"]))


async def test_it_gives_roles_and_warns(home: Home) -> None:
    role = await home.owner.post(f"/guilds/{home.guild_id}/roles", {"name": "gardeners"})
    await home.ask(f"!addrole gardeners {home.member.id}", "gardeners")
    assert await home.roles() == [role["id"]]
    await home.ask(f"!removerole gardeners {home.member.id}", "gardeners")
    assert await home.roles() == []
    await home.ask("!warningset allowcustomreasons true", "enabled")
    await home.ask(f"!warn {home.member.id} 1 weeds", "weeds", room="cases")
    await home.ask(f"!warnings {home.member.id}", "weeds")
