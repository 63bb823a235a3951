/** How long one wants to hear nothing. */
import { expect, test } from "vitest";
import { mutingFor } from "./muting";

const NOW = new Date("2026-11-21T12:00:00Z");

test.each([
  ["quarter", "2026-11-21T12:15:00.000Z"],
  ["eightHours", "2026-11-21T20:00:00.000Z"],
  ["day", "2026-11-22T12:00:00.000Z"],
  ["always", null],
] as const)("%s ends at %s", (window, end) => {
  expect(mutingFor(window, NOW)).toMatchObject({ muted: true, mute_config: { end_time: end } });
});

test("what is heard again has no end left over", () => {
  expect(mutingFor(null, NOW)).toEqual({ muted: false, mute_config: null });
});
