import { expect, test } from "vitest";
import { hoursOf, keptOf, knownFrom } from "./schedule";

const setting = (name: string, value: string | number, fixed = false) => ({
  name, value, fixed, default: value, meaning: "", kind: "text" as const, choices: [], least: null, most: null, changed: false,
});

test("the settings of backups become a schedule, and what is fixed stays so", () => {
  const { schedule, fixed } = knownFrom([
    setting("backup.every", "weekly"),
    setting("backup.hour", 4),
    setting("backup.keep", 9),
    setting("backup.directory", "/mnt/safe", true),
    setting("instance.name", "Here"),
  ]);
  expect(schedule).toEqual({ directory: "/mnt/safe", every: "weekly", hour: 4, keep: 9 });
  expect([...fixed]).toEqual(["directory"]);
});

test("every hour of the clock stands for another hour of UTC", () => {
  const hours = hoursOf("en");
  expect(new Set(hours.map(({ value }) => value)).size).toBe(24);
  expect(new Set(hours.map(({ label }) => label)).size).toBe(24);
});

test("the number that is kept now can be chosen", () => {
  expect(keptOf(5)).toContain(5);
  expect(keptOf(7)).toEqual([3, 7, 14, 30, 60, 90]);
});
