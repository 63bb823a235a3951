/** Where the arrow keys lead in a list of members. */
import { expect, test } from "vitest";
import { stepFrom } from "./steps";

const rows = [{ group: "crew" }, { user: "1" }, { user: "2" }, { group: "online" }, { user: "3" }];

test("arrows go from person to person, past the names of groups", () => {
  expect(stepFrom(2, "ArrowDown", rows)).toBe(4);
  expect(stepFrom(4, "ArrowUp", rows)).toBe(2);
  expect(stepFrom(1, "ArrowUp", rows)).toBeNull();
  expect(stepFrom(4, "ArrowDown", rows)).toBeNull();
});

test("Home and End lead to the first and the last person, pages no farther", () => {
  expect(stepFrom(4, "Home", rows)).toBe(1);
  expect(stepFrom(1, "End", rows)).toBe(4);
  expect(stepFrom(1, "PageDown", rows)).toBe(4);
  expect(stepFrom(4, "PageUp", rows)).toBe(1);
  expect(stepFrom(1, "x", rows)).toBeNull();
});
