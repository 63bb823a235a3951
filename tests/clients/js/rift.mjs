// What every program with discord.js shares: where it is pointed at, and the lines of talk.py.

import { createInterface } from "node:readline";
import { Client, Events } from "discord.js";

const { BOT_URL: url, BOT_TOKEN: token } = process.env;

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
export const tell = (event, data = {}) => write({ event, data });
export const complain = (level) => (problem) =>
  tell("complaint", { level, logger: "discord.js", text: String(problem?.stack ?? problem) });

/** A client of this Rift that hides no complaint. */
export function pointed(options) {
  const client = new Client({ ...options, rest: { api: `${url}/api`, cdn: `${url}/cdn` } });
  client.on(Events.Warn, complain("WARNING"));
  client.on(Events.Error, complain("ERROR"));
  process.on("unhandledRejection", complain("ERROR"));
  return client;
}

async function obey(verbs, { id, do: verb, with: given }) {
  try {
    write({ id, result: (await verbs[verb](given)) ?? null });
  } catch (error) {
    const { name, status = 0, code = 0, stack } = error;
    const number = typeof code === "number" ? code : 0;
    write({ id, error: { type: name, status, code: number, text: stack } });
  }
}

/** Does what it is told until nobody says anything any more. */
export async function serve(client, verbs) {
  await client.login(token);
  for await (const line of createInterface({ input: process.stdin })) obey(verbs, JSON.parse(line));
  await client.destroy();
  process.exit();
}
