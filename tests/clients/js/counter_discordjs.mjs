// discord.js at a counter: a command with choices, a message with buttons and a menu, a form.
// It says and hears the same lines as talk.py.

import { createInterface } from "node:readline";
import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  Client,
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

const { BOT_URL: url, BOT_TOKEN: token } = process.env;
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: `${url}/api`, cdn: `${url}/cdn` },
});

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tell = (event, data = {}) => write({ event, data });
const complain = (level) => (problem) =>
  tell("complaint", { level, logger: "discord.js", text: String(problem?.stack ?? problem) });

client.on(Events.Warn, complain("WARNING"));
client.on(Events.Error, complain("ERROR"));
process.on("unhandledRejection", complain("ERROR"));

const fruits = ["Apple", "Apricot", "Banana"];
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
    const typed = interaction.options.getFocused();
    const found = fruits.filter((fruit) => fruit.startsWith(typed));
    const choices = found.map((name) => ({ name, value: name.toLowerCase() }));
    await interaction.respond(choices);
  } else {
    await used[interaction.commandName ?? interaction.customId](interaction);
  }
});
client.once(Events.ClientReady, () => tell("ready"));

const verbs = {
  register: async () => {
    const made = await client.application.commands.set(commands);
    return [...made.values()].map(({ name }) => name);
  },
};

async function obey({ id, do: verb, with: given }) {
  try {
    write({ id, result: (await verbs[verb](given)) ?? null });
  } catch (error) {
    const { name, status = 0, code = 0, stack } = error;
    const number = typeof code === "number" ? code : 0;
    write({ id, error: { type: name, status, code: number, text: stack } });
  }
}

await client.login(token);
for await (const line of createInterface({ input: process.stdin })) obey(JSON.parse(line));
await client.destroy();
process.exit();
