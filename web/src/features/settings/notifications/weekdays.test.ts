/** Days of the week. */
import { expect, test } from "vitest";
import { weekdays } from "./weekdays";

test("the week begins on Monday in every language", () => {
  expect(weekdays("en")).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  expect(weekdays("de")[0]).toMatch(/^Mo/);
});
