/** Times are as short as they can be without a doubt. */
import { expect, test } from "vitest";
import { Clock } from "./clock";

const NOW = new Date(2026, 10, 21, 22, 0);
const clock = new Clock("en-GB");
const short = (...at: [number, number, number, number, number]) => clock.short(new Date(...at).toISOString(), NOW);

test("of today the time is said, of this year the day as well, of others the date", () => {
  expect(short(2026, 10, 21, 11, 41)).toBe("11:41");
  expect(short(2026, 10, 20, 11, 41)).toBe("20 Nov, 11:41");
  expect(short(2025, 10, 20, 11, 41)).toBe("20 Nov 2025");
});
