/** What a rule found stands out in the text. */
import { expect, test } from "vitest";
import { marked } from "./marked";

test("what was found is marked where it stands, whatever the case", () => {
  expect(marked("A Bad word", "bad")).toEqual({ before: "A ", found: "Bad", after: " word" });
});

test("what is not in the text marks nothing", () => {
  expect(marked("fine", "bad")).toEqual({ before: "fine", found: "", after: "" });
  expect(marked("fine", null).before).toBe("fine");
});
