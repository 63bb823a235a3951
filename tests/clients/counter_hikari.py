"""hikari at a counter: a command with choices, a message with buttons and a menu, a form."""

import asyncio
from typing import Any, Final

import hikari
from talk import TOKEN, URL, listen_to_log, obey, tell

FRUITS: Final = ("Apple", "Apricot", "Banana")
LATER: Final = hikari.ResponseType.DEFERRED_MESSAGE_CREATE
SAID: Final = hikari.ResponseType.MESSAGE_CREATE
SECRET: Final = hikari.MessageFlag.EPHEMERAL

bot = hikari.GatewayBot(TOKEN, rest_url=f"{URL}/api/v10", banner=None, logs=None)


class Verbs:
    async def register(self) -> list[str]:
        """All commands at once."""
        rest = bot.rest
        name = hikari.CommandOption(
            type=hikari.OptionType.STRING,
            name="name",
            description="Which",
            is_required=True,
            autocomplete=True,
        )
        count = hikari.CommandOption(
            type=hikari.OptionType.INTEGER,
            name="count",
            description="How many",
            min_value=1,
            max_value=5,
        )
        eat = hikari.CommandOption(
            type=hikari.OptionType.SUB_COMMAND,
            name="eat",
            description="Eat one",
            options=[name, count],
        )
        made = await rest.set_application_commands(
            await rest.fetch_application(),
            [
                rest.slash_command_builder("fruit", "What there is to eat").add_option(eat),
                rest.context_menu_command_builder(hikari.CommandType.MESSAGE, "Quote"),
                rest.context_menu_command_builder(hikari.CommandType.USER, "Greet"),
            ],
        )
        return [command.name for command in made]


def _parts() -> list[Any]:
    buttons, menu = bot.rest.build_message_action_row(), bot.rest.build_message_action_row()
    for name in ("press", "write"):
        buttons.add_interactive_button(hikari.ButtonStyle.PRIMARY, name, label=name)
    menu.add_select_menu(hikari.ComponentType.USER_SELECT_MENU, "who", max_values=2)
    return [buttons, menu]


async def _eat(interaction: Any) -> None:
    [eat] = interaction.options
    given = {option.name: option.value for option in eat.options}
    content = f"{given.get('count', 1)} {given['name']}"
    await interaction.create_initial_response(SAID, content, components=_parts())
    answer = await interaction.fetch_initial_response()
    tell("answered", id=str(answer.id))
    await interaction.execute("and a secret", flags=SECRET)


async def _quote(interaction: Any) -> None:
    message = interaction.resolved.messages[interaction.target_id]
    await interaction.create_initial_response(SAID, f"> {message.content}")


async def _greet(interaction: Any) -> None:
    await interaction.create_initial_response(LATER)
    member = interaction.resolved.members[interaction.target_id]
    await interaction.edit_initial_response(f"Hello {member.id}")


async def _press(interaction: Any) -> None:
    changed = hikari.ResponseType.MESSAGE_UPDATE
    await interaction.create_initial_response(changed, "pressed")


async def _write(interaction: Any) -> None:
    row = bot.rest.build_modal_action_row()
    row.add_text_input("words", "Words", min_length=2)
    await interaction.create_modal_response("Tell us", "form", component=row)


async def _who(interaction: Any) -> None:
    await interaction.create_initial_response(LATER, flags=SECRET)
    names = ", ".join(str(id_) for id_ in interaction.resolved.users)
    await interaction.edit_initial_response(f"chosen: {names}")


async def _form(interaction: Any) -> None:
    [row] = interaction.components
    content = f"You wrote {row.components[0].value}"
    await interaction.create_initial_response(SAID, content, flags=SECRET)


USED: Final = {
    "fruit": _eat,
    "Quote": _quote,
    "Greet": _greet,
    "press": _press,
    "write": _write,
    "who": _who,
    "form": _form,
}


@bot.listen(hikari.InteractionCreateEvent)
async def on_interaction(event: hikari.InteractionCreateEvent) -> None:
    interaction: Any = event.interaction
    if isinstance(interaction, hikari.AutocompleteInteraction):
        typed = str(interaction.options[0].options[0].value)
        found = [fruit for fruit in FRUITS if fruit.startswith(typed)]
        choices = [hikari.impl.AutocompleteChoiceBuilder(one, one.lower()) for one in found]
        await interaction.create_response(choices)
        return
    name = getattr(interaction, "command_name", None) or interaction.custom_id
    await USED[name](interaction)


@bot.listen(hikari.StartedEvent)
async def on_started(_: hikari.StartedEvent) -> None:
    tell("ready")


async def main() -> None:
    await bot.start()
    await obey(Verbs())
    await bot.close()


listen_to_log("hikari")
asyncio.run(main())
