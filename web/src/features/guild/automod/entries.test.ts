/** Words and patterns told apart. */
import { expect, test } from "vitest";
import { split } from "./entries";

test("words stand between commas and line breaks, patterns on lines", () => {
  expect(split(" one, two\n\nthree ,", false)).toEqual(["one", "two", "three"]);
  expect(split("a{1,3}\nb", true)).toEqual(["a{1,3}", "b"]);
});
