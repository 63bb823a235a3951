/** A world that lived through the gateway's events is the one that begins now; traffic captured by tests/web. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Events, Message, Snowflake } from "../wire/types";
import type { EventName } from "./parts";
import { World } from "./world";

interface Capture {
  /** READY and all that came after it, by name. */
  readonly lived: readonly (readonly [EventName, never])[];
  /** READY of a session that began afterwards. */
  readonly fresh: Events["READY"];
  /** The latest page of each channel, as the API shows it at the end. */
  readonly pages: Readonly<Record<Snowflake, readonly Message[]>>;
  /** The same as it was at the beginning. */
  readonly before: Readonly<Record<Snowflake, readonly Message[]>>;
}

const PAGE = 50;
const folder = process.env["RIFT_CAPTURES"] ?? "";
const captures = existsSync(folder) ? readdirSync(folder) : [];

function open(world: World, pages: Capture["pages"]): void {
  for (const [channel, page] of Object.entries(pages)) {
    world.messages.take(channel, "latest", page, page.length === PAGE);
  }
}

/** Of people both have heard of, both know the same; READY tells of few, and events of those who do something. */
function shared(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const mine = one["people"] as Record<string, [string, unknown][]>;
  const theirs = other["people"] as Record<string, [string, unknown][]>;
  const kept = Object.entries(mine).map(([name, entries]) => {
    if (!Array.isArray(entries)) return [name, entries];
    const known = new Set(theirs[name]?.map(([id]) => id));
    return [name, entries.filter(([id]) => known.has(id))];
  });
  return { ...one, people: Object.fromEntries(kept) as unknown };
}

/** Who wrote is shown by what is known of people, not by what they were called when they did; a thread is told of by what becomes of it, not by the message it hangs on. */
function byId(key: string, value: unknown): unknown {
  if (key === "thread") return undefined;
  const user = value as { id?: unknown; username?: unknown } | null;
  return typeof user === "object" && user !== null && "username" in user ? { id: user.id } : value;
}

/** A stretch is given up when its channel goes out of sight, also if it comes back. */
function compared(one: World, other: World): unknown {
  const { messages, ...rest } = shared(one.snapshot(), other.snapshot());
  const both = (messages as [string, unknown][]).filter(([id]) => other.messages.byChannel.has(id));
  return { ...rest, messages: JSON.parse(JSON.stringify(both, byId)) as unknown };
}

/** Who is called into a private thread is let in after the call, which they do not hear. */
function forgetCall(worlds: readonly World[], { id, type, newly_created }: Events["THREAD_CREATE"]): void {
  if (type !== 12 || newly_created === true) return;
  for (const { readings } of worlds) readings.byChannel.change(id, (reading) => ({ ...reading, mention_count: 0 }));
}

test("there is traffic to live through, where tests/web has captured some", () => {
  expect(folder === "" || captures.length > 0).toBe(true);
});

test.each(captures)("%s", (name) => {
  const capture = JSON.parse(readFileSync(join(folder, name), "utf8")) as Capture;
  const lived = new World();
  const [first, ...rest] = capture.lived;
  if (first === undefined) throw new Error("nothing was captured");
  lived.receive(...(first as [EventName, never]));
  open(lived, capture.before);
  for (const [event, data] of rest) lived.receive(event, data);
  const fresh = new World();
  fresh.receive("READY", capture.fresh);
  const opened = Object.entries(capture.pages).filter(([channel]) => channel in capture.before);
  open(fresh, Object.fromEntries(opened));
  for (const [event, data] of rest) if (event === "THREAD_CREATE") forgetCall([lived, fresh], data);
  expect(compared(lived, fresh)).toEqual(compared(fresh, lived));
});
