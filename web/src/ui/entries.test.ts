/** Rules between the entries of a menu. */
import { expect, test } from "vitest";
import { tidy } from "./entries";

const one = { label: "Reply" };
const other = { label: "Edit" };
const last = { label: "Delete", danger: true };

test("rules stand only between entries", () => {
  expect(tidy(["line", one, "line", "line", other, "line"])).toEqual([one, "line", other]);
});

test("danger comes after a rule, and several dangers share it", () => {
  expect(tidy([one, last, last])).toEqual([one, "line", last, last]);
  expect(tidy([one, "line", last])).toEqual([one, "line", last]);
  expect(tidy([last])).toEqual([last]);
});
