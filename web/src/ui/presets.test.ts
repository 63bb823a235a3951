/** Colours as they are written. */
import { expect, test } from "vitest";
import { hue } from "./hue";
import { PRESETS, fromHex, toHex } from "./presets";

test("a colour is written with six digits and read with or without its mark", () => {
  expect(toHex(0xab)).toBe("#0000ab");
  expect(fromHex("#0000AB")).toBe(0xab);
  expect(fromHex(" 0000ab ")).toBe(0xab);
  expect(fromHex("blue")).toBeUndefined();
});

test("every preset has a hue of its own", () => {
  const hues = PRESETS.map(({ bits }) => hue(bits) ?? Number.NaN);
  for (const [place, wanted] of [10, 45, 80, 125, 160, 195, 235, 285, 330].entries()) {
    expect(Math.abs((hues[place] ?? 0) - wanted)).toBeLessThanOrEqual(1);
  }
});
