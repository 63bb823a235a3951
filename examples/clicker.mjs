// discord.js: a button that counts how often it was pressed.
//
// RIFT_URL=http://127.0.0.1:8080 RIFT_TOKEN=... node clicker.mjs
//
// The application needs the privileged intent for the content of messages.

import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
} from "discord.js";

const { RIFT_URL: url, RIFT_TOKEN: token } = process.env;
const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
const client = new Client({
  intents: [Guilds, GuildMessages, MessageContent],
  rest: { api: `${url}/api`, cdn: `${url}/cdn` },
});

/** The whole message; how often the button was pressed is kept in the button itself. */
function shown(count) {
  const button = new ButtonBuilder()
    .setCustomId(`press:${count}`)
    .setLabel("Press me")
    .setStyle(ButtonStyle.Primary);
  const content = `Pressed ${count} ${count === 1 ? "time" : "times"}.`;
  return { content, components: [new ActionRowBuilder().addComponents(button)] };
}

client.on(Events.MessageCreate, async (message) => {
  if (!message.author.bot && message.content === "!button") await message.reply(shown(0));
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isButton()) return;
  const [action, count] = interaction.customId.split(":");
  if (action === "press") await interaction.update(shown(Number(count) + 1));
});

client.once(Events.ClientReady, () => console.log("ready"));
await client.login(token);
