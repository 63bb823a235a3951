/** What another app shared, as one text. */
import { expect, test } from "vitest";
import { sharedText } from "./sharing";

test.each([
  ["?title=A+lamp&text=It+is+lit&url=https%3A%2F%2Fsea.example%2F", "A lamp\nIt is lit\nhttps://sea.example/"],
  ["?text=See+https%3A%2F%2Fsea.example%2F&url=https%3A%2F%2Fsea.example%2F", "See https://sea.example/"],
  ["?title=Same&text=Same", "Same"],
  ["?title=+&text=", ""],
  ["", ""],
])("%s", (query, text) => {
  expect(sharedText(query)).toBe(text);
});
