/** What is asked of the gateway while a list of members is read. */
import { expect, test } from "vitest";
import { isSame, rangesFor } from "./looking";

test("the first hundred is always looked at, and the hundreds that are seen", () => {
  expect(rangesFor(0, 20)).toEqual([[0, 99]]);
  expect(rangesFor(90, 120)).toEqual([[0, 99], [100, 199]]);
  expect(rangesFor(49_980, 50_010)).toEqual([[0, 99], [49_900, 49_999], [50_000, 50_099]]);
});

test("no more is asked for than the server keeps", () => {
  expect(rangesFor(0, 10_000)).toHaveLength(5);
});

test("the same rows are not asked for twice", () => {
  expect(isSame(rangesFor(0, 20), rangesFor(3, 60))).toBe(true);
  expect(isSame(rangesFor(0, 20), rangesFor(3, 160))).toBe(false);
});
