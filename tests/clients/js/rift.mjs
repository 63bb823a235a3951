// What every program in this language shares: the lines of talk.py, and what libraries leave to do.

import { createInterface } from "node:readline";

export const { BOT_URL: url, BOT_TOKEN: token } = process.env;

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
export const tell = (event, data = {}) => write({ event, data });

/** Reports what a library complains about, by its level, and whatever nobody caught. */
export function complaints(logger) {
  const complain = (level) => (problem) =>
    tell("complaint", { level, logger, text: String(problem?.stack ?? problem) });
  process.on("unhandledRejection", complain("ERROR"));
  process.on("warning", complain("WARNING"));
  return complain;
}

/** Reports events: of each its name, and what makes a name and fields of what came with it. */
export function hear(client, heard) {
  for (const [name, report] of Object.entries(heard)) {
    client.on(name, (...given) => tell(...report(...given)));
  }
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
export async function serve(verbs, { open, close }) {
  await open();
  for await (const line of createInterface({ input: process.stdin })) obey(verbs, JSON.parse(line));
  await close();
  process.exit();
}

export const named = ({ id, name }) => ({ id, name });
export const names = (collection) =>
  Object.fromEntries([...collection].map(([id, { name }]) => [id, name]));

/** What those who come are asked, and what they may choose from. */
export const asked = ({ enabled, prompts }) => {
  const titles = ({ title, options }) => [title, options.map((option) => option.title)];
  return { enabled, prompts: Object.fromEntries(prompts.map(titles)) };
};

/** A file, whole, in base64. */
export const fetched = async (address) => {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address} answered ${reply.status}`);
  return Buffer.from(await reply.arrayBuffer()).toString("base64");
};

/** What was said, page by page: after a message as time goes, else newest first. */
export async function history(page, { limit, before, after }) {
  const [bound, step] = after ? ["after", 1] : ["before", -1];
  const along = (a, b) => (BigInt(a.id) < BigInt(b.id) ? -step : step);
  const found = [];
  for (let from = after ?? before; found.length < limit; from = found.at(-1).id) {
    const size = Math.min(100, limit - found.length);
    const messages = await page({ limit: size, ...(from && { [bound]: from }) });
    found.push(...messages.sort(along));
    if (messages.length < size) break;
  }
  return found.map((message) => message.content);
}
