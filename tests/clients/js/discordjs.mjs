// discord.js, pointed at a Rift; it hides no complaint.

import { Client, Events } from "discord.js";
import { complaints, serve as obey, token, url } from "./rift.mjs";

export const complain = complaints("discord.js");

export function pointed(options) {
  const client = new Client({ ...options, rest: { api: `${url}/api`, cdn: `${url}/cdn` } });
  client.on(Events.Warn, complain("WARNING"));
  client.on(Events.Error, complain("ERROR"));
  return client;
}

export const serve = (client, verbs) =>
  obey(verbs, { open: () => client.login(token), close: () => client.destroy() });
