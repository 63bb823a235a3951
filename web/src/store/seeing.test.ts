// @vitest-environment client
/** Who read a record is told when it changes, and of nothing else. */
import { flushSync } from "svelte";
import { afterAll, expect, test } from "vitest";
import { Table } from "../world/table";
import { openEyes } from "./seeing.svelte";
import { watching } from "./seeing.testing.svelte";

openEyes();
afterAll(() => (Table.observer = null));

test("a record that was read is read again when it changes, and others are not", () => {
  const table = new Table<string>();
  table.set("1", "a");
  const { seen, stop } = watching(() => table.get("1"));
  table.set("2", "b");
  flushSync();
  expect(seen).toEqual(["a"]);
  table.set("1", "c");
  flushSync();
  table.delete("1");
  flushSync();
  expect(seen).toEqual(["a", "c", undefined]);
  stop();
});

test("who read all is told of each, once for all that came together", () => {
  const table = new Table<string>();
  const { seen, stop } = watching(() => [...table.ids()].join());
  table.set("1", "a");
  table.set("2", "b");
  flushSync();
  expect(seen).toEqual(["", "1,2"]);
  stop();
});

test("a record that was missed is seen when it comes", () => {
  const table = new Table<string>();
  const { seen, stop } = watching(() => table.has("1"));
  table.set("1", "a");
  flushSync();
  expect(seen).toEqual([false, true]);
  stop();
});

test("tables are told apart, and after the end nobody looks", () => {
  const [one, other] = [new Table<string>(), new Table<string>()];
  const { seen, stop } = watching(() => one.get("1"));
  other.set("1", "a");
  flushSync();
  stop();
  one.set("1", "b");
  flushSync();
  expect(seen).toEqual([undefined]);
});
