"""discord.py at a counter: a command with choices, a message with buttons and a menu, a form."""

import asyncio
from typing import Any

import discord
import yarl
from discord import app_commands
from talk import URL, listen_to_log, serve, tell

discord.http.Route.BASE = f"{URL}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    URL.replace("http", "ws", 1) + "/gateway"
)

Interaction = discord.Interaction[discord.Client]
FRUITS = ("Apple", "Apricot", "Banana")


class Form(discord.ui.Modal, title="Tell us"):
    words: Any = discord.ui.TextInput(label="Words", min_length=2)

    async def on_submit(self, interaction: Interaction) -> None:
        await interaction.response.send_message(f"You wrote {self.words.value}", ephemeral=True)


class Parts(discord.ui.View):
    @discord.ui.button(label="Press", custom_id="press")
    async def press(self, interaction: Interaction, _: Any) -> None:
        await interaction.response.edit_message(content="pressed")

    @discord.ui.button(label="Write", custom_id="write")
    async def write(self, interaction: Interaction, _: Any) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who", placeholder="Who?", max_values=2)
    async def who(self, interaction: Interaction, select: Any) -> None:
        names = ", ".join(str(user.id) for user in select.values)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content=f"chosen: {names}")


client = discord.Client(intents=discord.Intents.default())
tree = app_commands.CommandTree(client)
group = app_commands.Group(name="fruit", description="What there is to eat")


@group.command(description="Eat one")
@app_commands.describe(name="Which one", count="How many")
async def eat(
    interaction: Interaction, name: str, count: app_commands.Range[int, 1, 5] = 1
) -> None:
    await interaction.response.send_message(f"{count} {name}", view=Parts(timeout=None))
    answer = await interaction.original_response()
    tell("answered", id=str(answer.id))
    more = await interaction.followup.send("and a secret", ephemeral=True, wait=True)
    tell("followed", id=str(more.id), flags=more.flags.value)


@eat.autocomplete("name")
async def names(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = [fruit for fruit in FRUITS if fruit.startswith(typed)]
    return [app_commands.Choice(name=fruit, value=fruit.lower()) for fruit in found]


@tree.context_menu(name="Quote")
async def quote(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}")


@tree.context_menu(name="Greet")
async def greet(interaction: Interaction, member: discord.Member) -> None:
    await interaction.response.defer()
    await interaction.followup.send(f"Hello {member.id}")


class Verbs:
    async def register(self) -> list[str]:
        """All commands at once."""
        return [command.name for command in await tree.sync()]

    async def registered(self) -> list[str]:
        return [command.name for command in await tree.fetch_commands()]


tree.add_command(group)


@client.event
async def on_ready() -> None:
    tell("ready")


listen_to_log("discord")
asyncio.run(serve(client, Verbs()))
