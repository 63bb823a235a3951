/** When something happens again, and in which words. */
import { expect, test } from "vitest";
import deep from "../../i18n/en/deep";
import near from "../../i18n/en/near";
import { Translator } from "../../i18n/catalogue";
import type { RecurrenceRule } from "../../wire/types";
import { idAt } from "../../world/ids";
import { currentOf, nextOf, repeatOf, REPEATS, ruleOf, type Repeat } from "./recurring";
import { repeatWords, timeWords } from "./words";

const english = new Translator("en", { ...near, ...deep });
const START = "2026-11-24T19:00:00.000Z"; // the fourth Tuesday of its month
const bare = { by_weekday: null, by_n_weekday: null, by_month: null, by_month_day: null, by_year_day: null, end: null, count: null };
const ruled = (repeat: Repeat, start = START) => ({ ...bare, ...ruleOf(repeat, new Date(start)) }) as unknown as RecurrenceRule;
const planned = (repeat: Repeat, exceptions: readonly object[] = []) =>
  ({
    scheduled_start_time: START,
    scheduled_end_time: "2026-11-24T20:30:00.000Z",
    recurrence_rule: repeat === "once" ? null : ruled(repeat),
    guild_scheduled_event_exceptions: exceptions,
  }) as unknown as Parameters<typeof nextOf>[0];

test.each([
  ["once", "2026-11-24"],
  ["daily", "2026-11-24 2026-11-25 2026-11-26"],
  ["workdays", "2026-11-24 2026-11-25 2026-11-26"],
  ["weekends", "2026-11-24 2026-11-28 2026-11-29"],
  ["weekly", "2026-11-24 2026-12-01 2026-12-08"],
  ["fortnightly", "2026-11-24 2026-12-08 2026-12-22"],
  ["monthly", "2026-11-24 2026-12-22 2027-01-26"],
  ["yearly", "2026-11-24 2027-11-24 2028-11-24"],
] as const)("what happens %s does so on %s", (repeat, days) => {
  const found = nextOf(planned(repeat), 3).map(({ starts }) => starts);
  expect(found.map((starts) => starts.slice(0, 10)).join(" ")).toBe(days);
  expect(new Set(found.map((starts) => starts.slice(10)))).toEqual(new Set(["T19:00:00.000Z"]));
});

test("every choice makes a rule that is known as that choice again", () => {
  expect(REPEATS.map((repeat) => (repeat === "once" ? "once" : repeatOf(ruled(repeat))))).toEqual([...REPEATS]);
});

test("an occurrence may be moved or left out, and lasts as long as the others", () => {
  const moved = { event_exception_id: idAt(Date.parse(START)), scheduled_start_time: "2026-11-25T08:00:00.000Z", scheduled_end_time: null, is_canceled: false };
  expect(currentOf(planned("weekly", [moved]))).toMatchObject({ starts: "2026-11-25T08:00:00.000Z", ends: "2026-11-25T09:30:00.000Z" });
  expect(currentOf(planned("weekly", [{ ...moved, scheduled_start_time: null, is_canceled: true }]))).toMatchObject({ starts: START, isCanceled: true });
});

test.each([
  ["daily", "Every day"],
  ["workdays", "Monday to Friday"],
  ["weekends", "Every weekend"],
  ["weekly", "Every Tuesday"],
  ["fortnightly", "Every other Tuesday"],
  ["monthly", "Every fourth Tuesday of the month"],
  ["yearly", "Every year on November 24"],
] as const)("%s is said as %s", (repeat, words) => {
  expect(repeatWords({ language: "en", say: (key, values) => english.say(key, values) }, ruled(repeat), "UTC")).toBe(words);
});

test.each([
  [0, 2, "Today at 7:00 PM – 9:00 PM"],
  [1, null, "Tomorrow at 7:00 PM"],
  [4, 8, "Saturday, November 28 at 7:00 PM – Sunday, November 29 at 3:00 AM"],
] as const)("what begins in %i days and lasts %s hours is told by the day", (days, hours, words) => {
  const starts = new Date(2026, 10, 24 + days, 19);
  const ends = hours === null ? null : new Date(2026, 10, 24 + days, 19 + hours).toISOString();
  const said = timeWords({ language: "en", say: (key, values) => english.say(key, values) }, { starts: starts.toISOString(), ends }, new Date(2026, 10, 24, 12));
  expect(said.replaceAll("\u202f", " ")).toBe(words);
});
