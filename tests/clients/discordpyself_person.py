"""discord.py-self, pointed at a Rift: a person's client, where the others are bots."""

import asyncio
from typing import Any

import discord
import yarl
from talk import URL, listen_to_log, serve, tell

discord.http.Route.BASE = f"{URL}/api/v9"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    URL.replace("http", "ws", 1) + "/gateway"
)
discord.asset.Asset.BASE = f"{URL}/cdn"


async def _nobody_asked(*_: Any, **__: Any) -> Any:
    """The library asks three hosts what browsers say today, and can do without the answer."""
    raise ConnectionError("this test does not go out")


discord.utils.Headers.get_api_properties = staticmethod(_nobody_asked)
discord.utils.Headers._get_build_number = staticmethod(_nobody_asked)
discord.utils.Headers._get_browser_version = staticmethod(_nobody_asked)


class Ears:
    """Reports what the library dispatches."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def on_ready(self) -> None:
        tell("ready", user_id=str(self._client.user.id))

    async def on_resumed(self) -> None:
        tell("resumed")

    async def on_message(self, message: Any) -> None:
        tell("message", **_message(message))

    async def on_message_ack(self, channel: Any, message_id: int, **_: Any) -> None:
        tell("ack", channel_id=str(channel.id), message_id=str(message_id))

    async def on_raw_message_ack(self, payload: Any) -> None:
        tell("ack", channel_id=str(payload.channel_id), message_id=str(payload.message_id))

    async def on_relationship_add(self, relationship: Any) -> None:
        tell("relationship_add", **_relationship(relationship))

    async def on_relationship_update(self, _before: Any, after: Any) -> None:
        tell("relationship_update", **_relationship(after))

    async def on_relationship_remove(self, relationship: Any) -> None:
        tell("relationship_remove", **_relationship(relationship))

    async def on_presence_update(self, _before: Any, after: Any) -> None:
        activities = [str(activity) for activity in after.activities]
        tell("presence", user_id=str(after.id), status=str(after.status), activities=activities)

    async def on_user_update(self, _before: Any, after: Any) -> None:
        tell("user_update", user_id=str(after.id), name=after.display_name)

    async def on_settings_update(self, _before: Any, after: Any) -> None:
        tell("settings", theme=after.theme.name, status=str(after.status))

    async def on_raw_note_update(self, user_id: int, note: str | None) -> None:
        tell("note", user_id=str(user_id), note=note)

    async def on_session_create(self, session: Any) -> None:
        tell("session_create", session_id=session.session_id)

    async def on_session_update(self, _before: Any, after: Any) -> None:
        tell("session_update", session_id=after.session_id, status=str(after.status))

    async def on_session_delete(self, session: Any) -> None:
        tell("session_delete", session_id=session.session_id)

    async def on_raw_member_list_update(self, data: Any) -> None:
        tell("member_list", guild_id=data["guild_id"], ops=[op["op"] for op in data["ops"]])

    async def on_member_join(self, member: Any) -> None:
        tell("member_join", user_id=str(member.id))

    async def on_guild_join(self, guild: Any) -> None:
        tell("guild_join", id=str(guild.id))


class Person:
    """The verbs a test may ask for."""

    def __init__(self) -> None:
        self.client = discord.Client()
        ears = Ears(self.client)
        for name in dir(ears):
            if name.startswith("on_"):
                self.client.event(getattr(ears, name))

    async def run(self) -> None:
        await serve(self.client, self)

    async def world(self) -> Any:
        """What the library was greeted with, in its own terms."""
        client = self.client
        return {
            "guilds": {str(guild.id): _guild(guild) for guild in client.guilds},
            "relationships": [_relationship(it) for it in client.relationships],
            "private_channels": [_private(channel) for channel in client.private_channels],
            "status": str(client.status),
            "sessions": [session.session_id for session in client.sessions],
            "theme": str(client.settings.theme) if client.settings else None,
        }

    async def send(self, channel_id: str, content: str) -> Any:
        return _message(await self._channel(channel_id).send(content))

    async def write_to(self, user_id: str, content: str) -> Any:
        user = await self.client.fetch_user(int(user_id))
        return _message(await user.send(content))

    async def accept(self, user_id: str) -> None:
        relationship = self.client.get_relationship(int(user_id))
        await relationship.accept()

    async def ack(self, channel_id: str, message_id: str) -> None:
        message = await self._channel(channel_id).fetch_message(int(message_id))
        await message.ack()

    async def theme(self, theme: str) -> None:
        await self.client.settings.edit(theme=discord.Theme[theme])

    async def note(self, user_id: str, text: str) -> None:
        user = await self.client.fetch_user(int(user_id))
        await user.edit_note(text)

    async def presence(self, status: str, custom: str | None) -> None:
        activity = discord.CustomActivity(custom) if custom else None
        await self.client.change_presence(status=discord.Status(status), activity=activity)

    async def search(self, guild_id: str, content: str) -> list[Any]:
        found = self._guild(guild_id).search(content, limit=10)
        return [_message(message) async for message in found]

    async def members(self, guild_id: str) -> list[str]:
        """The member list, from the sidebar."""
        guild = self._guild(guild_id)
        channels = list(guild.text_channels)
        found = await guild.fetch_members(channels=channels, force_scraping=True, delay=0)
        return sorted(str(member.id) for member in found)

    async def query(self, guild_id: str, query: str) -> list[str]:
        found = await self._guild(guild_id).query_members(query)
        return [str(member.id) for member in found]

    def _channel(self, channel_id: str) -> Any:
        return self.client.get_channel(int(channel_id))

    def _guild(self, guild_id: str) -> Any:
        return self.client.get_guild(int(guild_id))


def _guild(guild: Any) -> Any:
    return {
        "name": guild.name,
        "channels": sorted(str(channel.id) for channel in guild.channels),
        "roles": sorted(str(role.id) for role in guild.roles),
        "member_count": guild.member_count,
        "own_permissions": str(guild.me.guild_permissions.value),
    }


def _message(message: Any) -> dict[str, Any]:
    return {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "author_id": str(message.author.id),
        "content": message.content,
    }


def _relationship(relationship: Any) -> dict[str, str]:
    return {"user_id": str(relationship.id), "type": relationship.type.name}


def _private(channel: Any) -> Any:
    if isinstance(channel, discord.DMChannel):
        return {"id": str(channel.id), "with": [str(channel.recipient.id)]}
    return {"id": str(channel.id), "with": sorted(str(user.id) for user in channel.recipients)}


async def main() -> None:
    await Person().run()


listen_to_log("discord")
asyncio.run(main())
