// Oceanic, pointed at a Rift; it hides no complaint.

import { Client } from "oceanic.js";
import { complaints, serve as obey, token, url } from "./rift.mjs";

export const complain = complaints("oceanic.js");

// What it says under its breath when it was told to wait, or did not understand.
const puzzled = /RateLimit:|Missing ratelimit headers|Missing guild|discarding/;

export function pointed(intents) {
  const client = new Client({
    auth: `Bot ${token}`,
    rest: { baseURL: `${url}/api/v10` },
    gateway: { intents },
  });
  client.on("warn", complain("WARNING"));
  client.on("debug", (text) => {
    if (puzzled.test(text)) complain("DEBUG")(text);
  });
  client.on("error", once(complain("ERROR")));
  client.on("packet", ({ t }) => {
    if (t && !client.shards.dispatcher.events.has(t)) complain("UNKNOWN")(t);
  });
  return client;
}

/** Nothing that it has just said: it comes back without a pause, and fails a thousand times a second. */
function once(report) {
  let last = "";
  return (problem) => {
    if (String(problem) !== last) report(problem);
    last = String(problem);
  };
}

export const serve = (client, verbs) =>
  obey(verbs, { open: () => client.connect(), close: () => client.disconnect(false) });
