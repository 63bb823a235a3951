"""Red-DiscordBot as its makers ship it: nothing is set but where its library finds the server."""

import os
import sys

import discord
import yarl
from redbot.__main__ import main
from talk import TOKEN, URL

discord.http.Route.BASE = f"{URL}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    f"{URL.replace('http', 'ws', 1)}/gateway"
)

if __name__ == "__main__":
    sys.argv = ["redbot", "--no-instance", "--no-prompt", "--token", TOKEN, "--prefix", "!"]
    sys.argv += ["--owner", os.environ["BOT_OWNER"]]
    main()
