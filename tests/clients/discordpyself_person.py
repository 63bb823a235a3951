"""discord.py-self, pointed at a Rift: a person's client, where the others are bots."""

import asyncio
from typing import Any

import discord
import yarl
from talk import TOKEN, URL, listen_to_log, obey, tell

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
