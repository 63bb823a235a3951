"""discord.py, pointed at a Rift."""

import asyncio
from datetime import datetime
from typing import Any

import discord
import yarl
from family import Bot
from talk import URL, listen_to_log

discord.http.Route.BASE = f"{URL}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    URL.replace("http", "ws", 1) + "/gateway"
)
discord.asset.Asset.BASE = f"{URL}/cdn"


class DiscordPy(Bot):
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
