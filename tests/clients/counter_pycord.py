"""py-cord at a counter: a command with choices, a message with buttons and a menu, a form."""

import asyncio
from typing import Any

import discord
from talk import URL, listen_to_log, serve, tell

discord.http.Route.API_BASE_URL = URL + "/api/v{API_VERSION}"

FRUITS = ("Apple", "Apricot", "Banana")

loop = asyncio.new_event_loop()
bot = discord.Bot(auto_sync_commands=False, loop=loop)
group = bot.create_group("fruit", "What there is to eat")


class Form(discord.ui.Modal):
    def __init__(self) -> None:
        super().__init__(discord.ui.InputText(label="Words", min_length=2), title="Tell us")

    async def callback(self, interaction: Any) -> None:
        await interaction.response.send_message(
            f"You wrote {self.children[0].value}", ephemeral=True
        )


class Parts(discord.ui.View):
    @discord.ui.button(label="Press", custom_id="press")
    async def press(self, _: Any, interaction: Any) -> None:
        await interaction.response.edit_message(content="pressed")

    @discord.ui.button(label="Write", custom_id="write")
    async def write(self, _: Any, interaction: Any) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.user_select(custom_id="who", placeholder="Who?", max_values=2)
    async def who(self, select: Any, interaction: Any) -> None:
        names = ", ".join(str(user.id) for user in select.values)
        await interaction.response.defer(ephemeral=True, invisible=False)
        await interaction.edit_original_response(content=f"chosen: {names}")


async def names(context: discord.AutocompleteContext) -> list[discord.OptionChoice]:
    found = [fruit for fruit in FRUITS if fruit.startswith(context.value)]
    return [discord.OptionChoice(name=fruit, value=fruit.lower()) for fruit in found]


@group.command(description="Eat one")
@discord.option("name", str, description="Which one", autocomplete=names)
@discord.option("count", int, description="How many", min_value=1, max_value=5, default=1)
async def eat(context: discord.ApplicationContext, name: str, count: int) -> None:
    await context.response.send_message(f"{count} {name}", view=Parts(timeout=None))
    answer = await context.interaction.original_response()
    tell("answered", id=str(answer.id))
    more = await context.followup.send("and a secret", ephemeral=True, wait=True)
    tell("followed", id=str(more.id), flags=more.flags.value)


@bot.message_command(name="Quote")
async def quote(context: discord.ApplicationContext, message: discord.Message) -> None:
    await context.respond(f"> {message.content}")


@bot.user_command(name="Greet")
async def greet(context: discord.ApplicationContext, member: discord.Member) -> None:
    await context.defer()
    await context.followup.send(f"Hello {member.id}")


class Verbs:
    async def register(self) -> list[str]:
        """All commands at once."""
        await bot.sync_commands()
        return [command.name for command in bot.application_commands]


@bot.event
async def on_ready() -> None:
    tell("ready")


listen_to_log("discord")
loop.run_until_complete(serve(bot, Verbs()))
