/** What the client says in English where people talk and at its doors, one file for each room. */
import app from "./app.json";
import channels from "./channels.json";
import chat from "./chat.json";
import composer from "./composer.json";
import content from "./content.json";
import door from "./door.json";
import friends from "./friends.json";
import inbox from "./inbox.json";
import messages from "./messages.json";
import people from "./people.json";
import pickers from "./pickers.json";
import rail from "./rail.json";
import search from "./search.json";

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
};
