import { describe, expect, test } from "vitest";
import { covering, fitted, rowsOf, shareOf } from "./sizing";

describe("boxes of pictures", () => {
  test("a small picture keeps its size", () => {
    expect(fitted({ width: 100, height: 50 }, { width: 520, height: 350 })).toEqual({ width: 100, height: 50 });
  });

  test("a large one fits with its shape", () => {
    expect(fitted({ width: 2000, height: 1000 }, { width: 520, height: 350 })).toEqual({ width: 520, height: 260 });
    expect(fitted({ width: 1000, height: 4000 }, { width: 520, height: 350 })).toEqual({ width: 88, height: 350 });
  });

  test("a line of one pixel does not vanish", () => {
    expect(fitted({ width: 5000, height: 1 }, { width: 520, height: 350 })).toEqual({ width: 520, height: 1 });
  });

  test("what is cut to its box fills it", () => {
    expect(covering({ width: 2000, height: 1000 }, { width: 200, height: 200 })).toEqual({ width: 400, height: 200 });
  });

  test("up to three stand in one row, more in two", () => {
    expect([1, 2, 3, 4, 5, 7, 10].map(rowsOf)).toEqual([[1], [2], [3], [2, 2], [2, 3], [3, 4], [5, 5]]);
  });

  test("no shape takes all of the row", () => {
    expect(shareOf({ width: 9000, height: 10 })).toBe(1.8);
    expect(shareOf({ width: 10, height: 9000 })).toBe(0.7);
  });
});
