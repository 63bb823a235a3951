"""discord.py, pointed at a Rift."""

import asyncio
from datetime import datetime
from typing import Any

import discord
import yarl
from family import Bot
from talk import URL, listen_to_log, tell

discord.http.Route.BASE = f"{URL}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    URL.replace("http", "ws", 1) + "/gateway"
)
discord.asset.Asset.BASE = f"{URL}/cdn"


class Waiting(discord.VoiceProtocol):
    """In a voice channel, with what the library gives its voice clients, and no server to go to."""

    async def on_voice_state_update(self, data: Any) -> None:
        """Told by the bot's own ears."""

    async def on_voice_server_update(self, data: Any) -> None:
        tell("voice_server", endpoint=data["endpoint"])

    async def connect(self, *, self_mute: bool = False, **_options: Any) -> None:
        await self.channel.guild.change_voice_state(channel=self.channel, self_mute=self_mute)

    async def disconnect(self, **_options: Any) -> None:
        await self.channel.guild.change_voice_state(channel=None)
        self.cleanup()


class DiscordPy(Bot):
    async def speak(self, guild_id: str, channel_id: str | None) -> None:
        """Come into a voice channel, muted, or leave it."""
        if channel_id is None:
            await self._guild(guild_id).voice_client.disconnect(force=False)
        else:
            await self.client.get_channel(int(channel_id)).connect(cls=Waiting, self_mute=True)

    async def search(self, guild_id: str, query: str) -> list[str]:
        """It has no search but the gateway's."""
        return await self.chunk(guild_id, query)

    async def _time_out(self, member: Any, until: datetime | None) -> None:
        await member.timeout(until)

    def _timed_out_until(self, member: Any) -> datetime | None:
        until: datetime | None = member.timed_out_until
        return until


async def main() -> None:
    client = discord.Client(intents=discord.Intents.all())
    await DiscordPy(discord, client).run()


listen_to_log("discord")
asyncio.run(main())
