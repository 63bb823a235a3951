/** A server is opened when it is known, however late it is told of. */
import { expect, test } from "vitest";
import { told } from "./coming";

function live(...known: readonly string[]) {
  const byId = new Set(known);
  const listeners = new Set<() => void>();
  const listen = (heard: () => void) => {
    listeners.add(heard);
    return () => listeners.delete(heard);
  };
  const tell = (id: string) => {
    byId.add(id);
    for (const heard of [...listeners]) heard();
  };
  return { world: { guilds: { byId } }, listen, tell, listeners };
}

test("who is there already goes on at once", async () => {
  const there = live("1");
  await told(there, "1");
  expect(there.listeners.size).toBe(0);
});

test("others of whom is told meanwhile are not taken for it", async () => {
  const there = live();
  let isTold = false;
  const waiting = told(there, "1").then(() => (isTold = true));
  there.tell("2");
  await Promise.resolve();
  expect(isTold).toBe(false);
  there.tell("1");
  await waiting;
  expect(there.listeners.size).toBe(0);
});
