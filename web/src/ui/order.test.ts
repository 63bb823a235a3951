/** Rows that change places. */
import { expect, test } from "vitest";
import { beside, stepped } from "./order";

test("one goes beside another, the others keep their order", () => {
  expect(beside(["a", "b", "c", "d"], "a", "c", "after")).toEqual(["b", "c", "a", "d"]);
  expect(beside(["a", "b", "c", "d"], "d", "a", "before")).toEqual(["d", "a", "b", "c"]);
});

test("a row moves one place, but not over an end nor over one that is fixed", () => {
  const ids = ["fixed", "a", "b"];
  const isFree = (id: string) => id !== "fixed";
  expect(stepped(ids, "a", 1, isFree)).toEqual(["fixed", "b", "a"]);
  expect(stepped(ids, "b", -1, isFree)).toEqual(["fixed", "b", "a"]);
  expect(stepped(ids, "a", -1, isFree)).toBeUndefined();
  expect(stepped(ids, "b", 1, isFree)).toBeUndefined();
  expect(stepped(ids, "fixed", 1, isFree)).toBeUndefined();
});
