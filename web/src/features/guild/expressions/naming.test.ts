/** What a file is called becomes what one types between colons. */
import { expect, test } from "vitest";
import { nameFrom } from "./naming";

test.each([
  ["first light.png", "first_light"],
  ["Élan vital!.gif", "E_lan_vital"],
  ["a.png", "a_"],
  ["___.webp", "__"],
  [`${"x".repeat(40)}.png`, "x".repeat(32)],
])("%s becomes %s", (file, name) => {
  expect(nameFrom(file)).toBe(name);
});
