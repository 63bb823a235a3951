// Oceanic at a counter: a command with choices, a message with buttons and a menu, a form.
// It says and hears the same lines as talk.py.

import {
  ApplicationCommandOptionTypes,
  ApplicationCommandTypes,
  ButtonStyles,
  ComponentTypes,
  InteractionTypes,
  MessageFlags,
  TextInputStyles,
} from "oceanic.js";
import { offered } from "./counter.mjs";
import { pointed, serve } from "./oceanic.mjs";
import { tell } from "./rift.mjs";

const client = pointed(["GUILDS"]);
client.once("ready", () => tell("ready"));

const commands = [
  {
    type: ApplicationCommandTypes.CHAT_INPUT,
    name: "fruit",
    description: "What there is to eat",
    options: [
      {
        type: ApplicationCommandOptionTypes.SUB_COMMAND,
        name: "eat",
        description: "Eat one",
        options: [
          {
            type: ApplicationCommandOptionTypes.STRING,
            name: "name",
            description: "Which",
            required: true,
            autocomplete: true,
          },
          {
            type: ApplicationCommandOptionTypes.INTEGER,
            name: "count",
            description: "How many",
            minValue: 1,
            maxValue: 5,
          },
        ],
      },
    ],
  },
  { type: ApplicationCommandTypes.MESSAGE, name: "Quote" },
  { type: ApplicationCommandTypes.USER, name: "Greet" },
];

const row = (...components) => ({ type: ComponentTypes.ACTION_ROW, components });
const button = (customID, label) => ({
  type: ComponentTypes.BUTTON,
  style: ButtonStyles.PRIMARY,
  customID,
  label,
});
const who = {
  type: ComponentTypes.USER_SELECT,
  customID: "who",
  placeholder: "Who?",
  maxValues: 2,
};
const parts = [row(button("press", "Press"), button("write", "Write")), row(who)];
const words = {
  type: ComponentTypes.TEXT_INPUT,
  style: TextInputStyles.SHORT,
  customID: "words",
  label: "Words",
  minLength: 2,
};
const form = { customID: "form", title: "Tell us", components: [row(words)] };
const secretly = { flags: MessageFlags.EPHEMERAL };

const used = {
  fruit: async (interaction) => {
    const { options } = interaction.data;
    const content = `${options.getInteger("count") ?? 1} ${options.getString("name", true)}`;
    const answer = await interaction.createMessage({ content, components: parts });
    tell("answered", { id: (await answer.getMessage()).id });
    await interaction.createFollowup({ content: "and a secret", ...secretly });
  },
  Quote: (interaction) =>
    interaction.createMessage({ content: `> ${interaction.data.target.content}` }),
  Greet: async (interaction) => {
    await interaction.defer();
    await interaction.editOriginal({ content: `Hello ${interaction.data.target.id}` });
  },
  press: (interaction) => interaction.editParent({ content: "pressed" }),
  write: (interaction) => interaction.createModal(form),
  who: async (interaction) => {
    await interaction.defer(MessageFlags.EPHEMERAL);
    const chosen = interaction.data.values.getUsers().map(({ id }) => id);
    await interaction.editOriginal({ content: `chosen: ${chosen.join(", ")}` });
  },
  form: (interaction) => {
    const content = `You wrote ${interaction.data.components.getTextInput("words", true)}`;
    return interaction.createMessage({ content, ...secretly });
  },
};

client.on("interactionCreate", async (interaction) => {
  if (interaction.type === InteractionTypes.APPLICATION_COMMAND_AUTOCOMPLETE) {
    await interaction.result(offered(interaction.data.options.getFocused(true).value));
  } else {
    await used[interaction.data.name ?? interaction.data.customID](interaction);
  }
});

const verbs = {
  register: async () => {
    const { id } = client.application;
    const made = await client.rest.applications.bulkEditGlobalCommands(id, commands);
    return made.map(({ name }) => name);
  },
};

await serve(client, verbs);
