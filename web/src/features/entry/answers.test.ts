/** Answers go as they were given, and read as words. */
import { expect, test } from "vitest";
import type { FormField } from "../../wire/types";
import { answered, inWords, isReviewed } from "./answers";

const RULES: FormField = { field_type: "TERMS", label: "Rules", required: true, values: ["Be kind"] };
const WHENCE: FormField = { field_type: "TEXT_INPUT", label: "Where from?", required: false };
const WHICH: FormField = { field_type: "MULTIPLE_CHOICE", label: "Which?", required: true, choices: ["Tea", "Coffee"] };

test("every question goes along with its answer, and blanks are none", () => {
  const sent = answered([RULES, WHENCE, WHICH], [true, "  ", 1]);
  expect(sent.map(({ label, response }) => [label, response])).toEqual([["Rules", true], ["Where from?", null], ["Which?", 1]]);
  expect(answered([WHICH], [])[0]?.response).toBeNull();
});

test("rules alone need nobody to read them", () => {
  expect(isReviewed([RULES])).toBe(false);
  expect(isReviewed([RULES, WHENCE])).toBe(true);
});

test("a choice reads as its words", () => {
  expect(inWords({ ...WHICH, response: 1 })).toBe("Coffee");
  expect(inWords({ ...WHICH, response: 7 })).toBeNull();
  expect(inWords({ ...WHENCE, response: "Bremen" })).toBe("Bremen");
  expect(inWords(RULES)).toBeNull();
});
