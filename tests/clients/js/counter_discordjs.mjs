// discord.js at a counter: a command with choices, a message with buttons and a menu, a form.
// It says and hears the same lines as talk.py.

import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ContextMenuCommandBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from "discord.js";
import { offered } from "./counter.mjs";
import { pointed, serve } from "./discordjs.mjs";
import { tell } from "./rift.mjs";

const client = pointed({ intents: [GatewayIntentBits.Guilds] });
client.once(Events.ClientReady, () => tell("ready"));

const commands = [
  new SlashCommandBuilder()
    .setName("fruit")
    .setDescription("What there is to eat")
    .addSubcommand((eat) =>
      eat
        .setName("eat")
        .setDescription("Eat one")
        .addStringOption((name) =>
          name.setName("name").setDescription("Which").setRequired(true).setAutocomplete(true),
        )
        .addIntegerOption((count) =>
          count.setName("count").setDescription("How many").setMinValue(1).setMaxValue(5),
        ),
    ),
  new ContextMenuCommandBuilder().setName("Quote").setType(ApplicationCommandType.Message),
  new ContextMenuCommandBuilder().setName("Greet").setType(ApplicationCommandType.User),
];

const button = (id, label) =>
  new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Primary);
const who = new UserSelectMenuBuilder().setCustomId("who").setPlaceholder("Who?").setMaxValues(2);
const parts = [
  new ActionRowBuilder().addComponents(button("press", "Press"), button("write", "Write")),
  new ActionRowBuilder().addComponents(who),
];
const words = new TextInputBuilder()
  .setCustomId("words")
  .setLabel("Words")
  .setStyle(TextInputStyle.Short)
  .setMinLength(2);
const form = new ModalBuilder()
  .setCustomId("form")
  .setTitle("Tell us")
  .addComponents(new ActionRowBuilder().addComponents(words));
const secretly = { flags: MessageFlags.Ephemeral };

const used = {
  fruit: async (interaction) => {
    const { options } = interaction;
    const content = `${options.getInteger("count") ?? 1} ${options.getString("name")}`;
    const answer = await interaction.reply({ content, components: parts, withResponse: true });
    tell("answered", { id: answer.resource.message.id });
    await interaction.followUp({ content: "and a secret", ...secretly });
  },
  Quote: (interaction) => interaction.reply(`> ${interaction.targetMessage.content}`),
  Greet: async (interaction) => {
    await interaction.deferReply();
    await interaction.editReply(`Hello ${interaction.targetMember.id}`);
  },
  press: (interaction) => interaction.update({ content: "pressed" }),
  write: (interaction) => interaction.showModal(form),
  who: async (interaction) => {
    await interaction.deferReply(secretly);
    await interaction.editReply(`chosen: ${interaction.users.map(({ id }) => id).join(", ")}`);
  },
  form: (interaction) => {
    const content = `You wrote ${interaction.fields.getTextInputValue("words")}`;
    return interaction.reply({ content, ...secretly });
  },
};

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isAutocomplete()) {
    await interaction.respond(offered(interaction.options.getFocused()));
  } else {
    await used[interaction.commandName ?? interaction.customId](interaction);
  }
});

const verbs = {
  register: async () => {
    const made = await client.application.commands.set(commands);
    return [...made.values()].map(({ name }) => name);
  },
};

await serve(client, verbs);
