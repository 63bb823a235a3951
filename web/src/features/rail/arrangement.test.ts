/** Servers are put in order, and into folders. */
import { expect, test } from "vitest";
import type { GuildFolder } from "../../wire/types";
import { arranged, changedFolder, dissolved, moved, movedBeside, stepped, type Arrangement } from "./arrangement";

const alone = (guild: string): GuildFolder => ({ guild_ids: [guild], id: null, name: null, color: null });
const folder = (id: number, ...guild_ids: string[]): GuildFolder => ({ guild_ids, id, name: null, color: null });

/** "a [b c]" for a server and a folder of two. */
const shape = (slots: Arrangement) =>
  slots.map(({ id, guild_ids }) => (id === null ? guild_ids.join("") : `[${guild_ids.join(" ")}]`)).join(" ");

test("a server that was never put anywhere comes first; one that is left is gone", () => {
  expect(shape(arranged([alone("a"), folder(1, "b", "c"), folder(2, "x")], ["d", "c", "b", "a"]))).toBe("d a [b c]");
});

test("a server is put before and after others", () => {
  const slots = [alone("a"), alone("b"), alone("c")];
  expect(shape(moved(slots, { guild: "c" }, { slot: { guild: "a" }, side: "before" }))).toBe("c a b");
  expect(shape(moved(slots, { guild: "a" }, { slot: { guild: "b" }, side: "after" }))).toBe("b a c");
  expect(moved(slots, { guild: "a" }, { slot: { guild: "a" }, side: "into" })).toBe(slots);
});

test("one server dropped on another makes a folder of both", () => {
  const slots = moved([alone("a"), alone("b"), folder(4, "c")], { guild: "b" }, { slot: { guild: "a" }, side: "into" });
  expect(shape(slots)).toBe("[a b] [c]");
  expect(slots[0]?.id).toBe(5);
});

test("a server goes into a folder, out of it, and the last one takes the folder along", () => {
  const into = moved([alone("a"), folder(1, "b")], { guild: "a" }, { slot: { folder: 1 }, side: "into" });
  expect(shape(into)).toBe("[b a]");
  const out = moved(into, { guild: "b" }, { slot: { folder: 1 }, side: "before" });
  expect(shape(out)).toBe("b [a]");
  expect(shape(moved(out, { guild: "a" }, { slot: { guild: "b" }, side: "before" }))).toBe("a b");
});

test("a folder moves as a whole, and may take in another server", () => {
  const slots = [alone("a"), folder(1, "b", "c"), alone("d")];
  expect(shape(moved(slots, { folder: 1 }, { slot: { guild: "a" }, side: "before" }))).toBe("[b c] a d");
});

test("inside a folder servers have an order too", () => {
  expect(shape(movedBeside([folder(1, "a", "b", "c")], "c", "a", "before"))).toBe("[c a b]");
  expect(shape(movedBeside([alone("x"), folder(1, "a", "b")], "x", "a", "after"))).toBe("[a x b]");
});

test("by keys a piece goes step by step, out of its folder at the end", () => {
  const slots = [alone("a"), folder(1, "b", "c"), alone("d")];
  expect(shape(stepped(slots, { guild: "a" }, 1))).toBe("[b c] a d");
  expect(shape(stepped(slots, { guild: "b" }, 1))).toBe("a [c b] d");
  expect(shape(stepped(slots, { guild: "c" }, 1))).toBe("a [b] c d");
  expect(shape(stepped(slots, { folder: 1 }, -1))).toBe("[b c] a d");
  expect(stepped(slots, { guild: "a" }, -1)).toBe(slots);
});

test("a folder is named, coloured and dissolved", () => {
  const slots = changedFolder([folder(1, "a", "b")], 1, { name: "Bench", color: 3 });
  expect(slots[0]).toMatchObject({ name: "Bench", color: 3 });
  expect(shape(dissolved(slots, 1))).toBe("a b");
});
