/** Until when one's own words stand. */
import { expect, test } from "vitest";
import { endOf } from "./spans";

const now = new Date(2026, 1, 28, 22, 30);

test("spans end after their time, today at midnight, and some never", () => {
  expect(endOf("half", now)).toEqual(new Date(2026, 1, 28, 23, 0));
  expect(endOf("four", now)).toEqual(new Date(2026, 2, 1, 2, 30));
  expect(endOf("day", now)).toEqual(new Date(2026, 2, 1));
  expect(endOf("never", now)).toBeNull();
});
