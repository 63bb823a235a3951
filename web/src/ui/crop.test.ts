/** A picture behind its frame. */
import { expect, test } from "vitest";
import { kept, laid } from "./crop";

const wide = { width: 400, height: 200 };
const square = { width: 100, height: 100 };

test("a picture covers its frame", () => {
  expect(laid(wide, square, 1)).toEqual({ width: 200, height: 100 });
  expect(laid(wide, square, 2)).toEqual({ width: 400, height: 200 });
});

test("a picture is not moved away from its frame", () => {
  expect(kept({ zoom: 1, x: 3, y: 1 }, wide, square)).toEqual({ zoom: 1, x: 0.5, y: 0 });
  expect(kept({ zoom: 2, x: -0.2, y: -9 }, wide, square)).toEqual({ zoom: 2, x: -0.2, y: -0.5 });
});
