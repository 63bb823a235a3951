"""disnake at a counter: a command with choices, a message with buttons and a menu, a form."""

import asyncio
from typing import Any

import disnake
from disnake.ext import commands
from talk import URL, listen_to_log, serve, tell

disnake.http.Route.BASE = f"{URL}/api/v10"

FRUITS = ("Apple", "Apricot", "Banana")

bot = commands.InteractionBot(command_sync_flags=commands.CommandSyncFlags.none())


class Form(disnake.ui.Modal):
    def __init__(self) -> None:
        words = disnake.ui.TextInput(label="Words", custom_id="words", min_length=2)
        super().__init__(title="Tell us", custom_id="form", components=[words])

    async def callback(self, interaction: Any) -> None:
        words = interaction.text_values["words"]
        await interaction.response.send_message(f"You wrote {words}", ephemeral=True)


class Parts(disnake.ui.View):
    @disnake.ui.button(label="Press", custom_id="press")
    async def press(self, _: Any, interaction: Any) -> None:
        await interaction.response.edit_message(content="pressed")

    @disnake.ui.button(label="Write", custom_id="write")
    async def write(self, _: Any, interaction: Any) -> None:
        await interaction.response.send_modal(Form())

    @disnake.ui.user_select(custom_id="who", placeholder="Who?", max_values=2)
    async def who(self, select: Any, interaction: Any) -> None:
        names = ", ".join(str(user.id) for user in select.values)
        await interaction.response.defer(ephemeral=True, with_message=True)
        await interaction.edit_original_response(content=f"chosen: {names}")


@bot.slash_command(description="What there is to eat")
async def fruit(_: disnake.ApplicationCommandInteraction) -> None:
    """Its sub-commands are used."""


@fruit.sub_command(description="Eat one")
async def eat(
    interaction: disnake.ApplicationCommandInteraction,
    name: str,
    count: int = commands.Param(default=1, ge=1, le=5),
) -> None:
    await interaction.response.send_message(f"{count} {name}", view=Parts(timeout=None))
    answer = await interaction.original_response()
    tell("answered", id=str(answer.id))
    more = await interaction.followup.send("and a secret", ephemeral=True, wait=True)
    tell("followed", id=str(more.id), flags=more.flags.value)


@eat.autocomplete("name")
async def names(_: disnake.ApplicationCommandInteraction, typed: str) -> dict[str, str]:
    return {fruit: fruit.lower() for fruit in FRUITS if fruit.startswith(typed)}


@bot.message_command(name="Quote")
async def quote(
    interaction: disnake.ApplicationCommandInteraction, message: disnake.Message
) -> None:
    await interaction.response.send_message(f"> {message.content}")


@bot.user_command(name="Greet")
async def greet(interaction: disnake.ApplicationCommandInteraction, member: disnake.Member) -> None:
    await interaction.response.defer()
    await interaction.edit_original_response(f"Hello {member.id}")


class Verbs:
    async def register(self) -> list[str]:
        """All commands at once."""
        bodies = [command.body for command in bot.application_commands]
        return [made.name for made in await bot.bulk_overwrite_global_commands(bodies)]


@bot.event
async def on_ready() -> None:
    tell("ready")


listen_to_log("disnake")
asyncio.run(serve(bot, Verbs()))
