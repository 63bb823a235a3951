/** All that the client says in English, one file for each room. */
import admin from "./admin.json";
import app from "./app.json";
import channels from "./channels.json";
import chat from "./chat.json";
import composer from "./composer.json";
import content from "./content.json";
import developers from "./developers.json";
import door from "./door.json";
import friends from "./friends.json";
import guild from "./guild.json";
import inbox from "./inbox.json";
import keys from "./keys.json";
import messages from "./messages.json";
import notices from "./notices.json";
import people from "./people.json";
import pickers from "./pickers.json";
import rail from "./rail.json";
import reports from "./reports.json";
import search from "./search.json";
import settings from "./settings.json";

export default {
  ...app,
  ...door,
  ...chat,
  ...rail,
  ...channels,
  ...messages,
  ...content,
  ...composer,
  ...pickers,
  ...people,
  ...friends,
  ...search,
  ...inbox,
  ...keys,
  ...notices,
  ...settings,
  ...guild,
  ...developers,
  ...admin,
  ...reports,
};
