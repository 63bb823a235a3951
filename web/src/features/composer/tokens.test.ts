/** When suggestions are shown, and for what. */
import { expect, test } from "vitest";
import { tokenAt } from "./tokens";

test.each([
  ["hi @ju", "person", "ju", 3],
  ["@", "person", "", 0],
  ["(#gen", "channel", "gen", 1],
  ["well :fi", "emoji", "fi", 5],
])("%j", (text, trigger, query, from) => {
  expect(tokenAt(text, text.length)).toEqual({ trigger, query, from, to: text.length });
});

test.each(["mail a@b", "10:30", ":)", "x :f", "hello", "@a b"])("nothing in %j", (text) => {
  expect(tokenAt(text, text.length)).toBeUndefined();
});

test("the word before the caret counts, not the end", () => {
  expect(tokenAt("@ju and more", 3)?.query).toBe("ju");
});
