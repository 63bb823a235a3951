"""discord.py: a command that rolls dice.

RIFT_URL=http://127.0.0.1:8080 RIFT_TOKEN=... python dice.py
"""

import os
import random

import discord
import yarl
from discord import app_commands

URL = os.environ["RIFT_URL"]

# discord.py has no option for where it goes, so its own addresses are set before anything else.
discord.http.Route.BASE = f"{URL}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    f"{URL.replace('http', 'ws', 1)}/gateway"
)
discord.asset.Asset.BASE = f"{URL}/cdn"

client = discord.Client(intents=discord.Intents.default())
tree = app_commands.CommandTree(client)


@tree.command(description="Roll dice")
@app_commands.describe(sides="How many sides each has", count="How many to roll")
async def roll(
    interaction: discord.Interaction,
    sides: app_commands.Range[int, 2, 1000] = 6,
    count: app_commands.Range[int, 1, 20] = 1,
) -> None:
    rolled = [random.randint(1, sides) for _ in range(count)]
    numbers = " + ".join(map(str, rolled))
    await interaction.response.send_message(f"You rolled {numbers} = {sum(rolled)}")


@client.event
async def on_ready() -> None:
    await tree.sync()
    print("ready", flush=True)


client.run(os.environ["RIFT_TOKEN"], log_handler=None)
