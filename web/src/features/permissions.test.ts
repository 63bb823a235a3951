/** Permissions as they are offered. */
import { expect, test } from "vitest";
import { bitsOf, named, OFFERED } from "./permissions";

test("every permission is offered once", () => {
  expect(new Set(OFFERED).size).toBe(OFFERED.length);
});

test("names become bits, and bits become names", () => {
  expect(bitsOf(["SEND_MESSAGES", "VIEW_CHANNEL"])).toBe(3072n);
  expect(named(3072n)).toEqual(["VIEW_CHANNEL", "SEND_MESSAGES"]);
  expect(named(bitsOf(OFFERED))).toEqual(OFFERED);
});
