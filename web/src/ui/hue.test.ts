/** Hues of well-known colours, as CSS would name them. */
import { expect, test } from "vitest";
import { hue } from "./hue";

test.each([
  [0xff0000, 29],
  [0x00ff00, 142],
  [0x0000ff, 264],
  [0xffff00, 110],
  [0xff00ff, 328],
  [0x5865f2, 274],
])("%i", (bits, degrees) => {
  expect(hue(bits)).toBe(degrees);
});

test.each([0, 0xffffff, 0x808080, 0x7f8080])("%i has none", (bits) => {
  expect(hue(bits)).toBeUndefined();
});
