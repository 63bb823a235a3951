"""One of everything that Discord's specification lets somebody ask for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Self

from tests.api import Api
from tests.guard.stage import POLL
from tests.guard.voices import inside
from tests.hostile.scene import Scene, set_scene
from tests.nouns.artwork import still
from tests.nouns.elsewhere import Client
from tests.nouns.entrance import community, meant_for
from tests.server import Server

COMMAND: Final = {"name": "fruit", "description": "Eats one"}
QUERIES: Final = {
    "/guilds/{guild_id}/members/search": "?query=some",
    "/guilds/{guild_id}/prune": "?days=7",
}


class Exhibition:
    """The scene of the attacks, and what they do not need."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.owner = scene, scene.owner
        self.guild_id, self.channel_id = scene.ids["guild_id"], scene.ids["channel_id"]
        self.application_id = scene.ids["application_id"]
        self.bearer: Api
        self.bot: Api
        self.others: dict[str, dict[str, str]] = {}
        """Ids for single paths, where another one has an answer than everywhere else."""

    @classmethod
    @asynccontextmanager
    async def opened(cls, server: Server) -> AsyncIterator[Self]:
        it = cls(await set_scene(server, ""))
        await it._machines(server)
        await it._people(server)
        await it._words()
        voice = await it.owner.channel(it.guild_id, "voices", type=2)
        async with inside(server, it.owner, voice):
            it.others["/guilds/{guild_id}/voice-states/{user_id}"] = {"user_id": it.owner.id}
            yield it

    def path(self, template: str) -> str:
        return self.scene.path(template, **self.others.get(template, {})) + QUERIES.get(
            template, ""
        )

    async def _machines(self, server: Server) -> None:
        """An application with a bot in the guild, a command there, an emoji, and a consent."""
        owner, home = self.owner, f"/applications/{self.application_id}"
        token = (await owner.post(f"{home}/bot/reset", {}))["token"]
        self.bot = server.guest.with_token(f"Bot {token}")
        ask = f"/oauth2/authorize?client_id={self.application_id}&scope=bot+applications.commands"
        await owner.post(ask, {"guild_id": self.guild_id, "permissions": "8", "authorize": True})
        here = f"{home}/guilds/{self.guild_id}/commands"
        command = await self.bot.post(here, COMMAND)
        denied = {"id": owner.id, "type": 2, "permission": False}
        await owner.put(f"{here}/{command['id']}/permissions", {"permissions": [denied]})
        both = "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}"
        for template in (both, f"{both}/permissions"):
            self.others[template] = {"command_id": command["id"]}
        emoji = await self.bot.post(f"{home}/emojis", {"name": "nod", "image": still()})
        template = "/applications/{application_id}/emojis/{emoji_id}"
        self.others[template] = {"emoji_id": emoji["id"]}
        client = await Client.of(server, owner, self.application_id)
        scope = "identify openid role_connections.write"
        self.bearer = await client.api(owner, scope)

    async def _people(self, server: Server) -> None:
        """Somebody who is banned, and an invite that is for one person."""
        banned = await server.person()
        await self.owner.put(f"/guilds/{self.guild_id}/bans/{banned.id}", {})
        self.others["/guilds/{guild_id}/bans/{user_id}"] = {"user_id": banned.id}
        path = f"/channels/{self.channel_id}/invites"
        invite = await self.owner.post(path, meant_for(self.scene.ids["user_id"]))
        template = "/invites/{code}/target-users/job-status"
        self.others[template] = {"code": invite["code"]}
        mine = "/channels/{channel_id}/thread-members/{user_id}"
        self.others[mine] = {"user_id": self.owner.id}

    async def _words(self) -> None:
        """A poll, what a webhook wrote, an open stage, a screen of welcome and a widget."""
        owner, guild = self.owner, f"/guilds/{self.guild_id}"
        poll = await owner.say(self.channel_id, "", poll=POLL)
        template = "/channels/{channel_id}/polls/{message_id}/answers/{answer_id}"
        self.others[template] = {"message_id": poll["id"]}
        hook = self.scene.path("/webhooks/{webhook_id}/{webhook_token}")
        written = await owner.post(f"{hook}?wait=true", {"content": "by a webhook"})
        template = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
        self.others[template] = {"message_id": written["id"]}
        podium = await owner.channel(self.guild_id, "podium", type=13)
        await owner.post("/stage-instances", {"channel_id": podium["id"], "topic": "Songs"})
        self.others["/stage-instances/{channel_id}"] = {"channel_id": podium["id"]}
        await community(owner, {"id": self.guild_id}, {"id": self.channel_id})
        first: dict[str, Any] = {"channel_id": self.channel_id, "description": "Begin here"}
        welcome = {"enabled": True, "description": "Hello", "welcome_channels": [first]}
        await owner.patch(f"{guild}/welcome-screen", welcome)
        await owner.patch(f"{guild}/widget", {"enabled": True})
