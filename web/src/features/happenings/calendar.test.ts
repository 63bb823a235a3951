/** Something that is planned, as calendars take it. */
import { expect, test } from "vitest";
import type { ScheduledEvent } from "../../wire/types";
import { idAt } from "../../world/ids";
import { calendarOf } from "./calendar";
import { ruleOf, type Repeat } from "./recurring";

const START = "2026-11-24T19:00:00.000Z";
const LINK = "https://chat.example/events/9/50";

const calendar = (more: Partial<ScheduledEvent>, repeat: Repeat = "once") => {
  const event = { id: "50", name: "Chess, and tea; maybe", description: null, scheduled_start_time: START, scheduled_end_time: null, guild_scheduled_event_exceptions: [], ...more };
  return calendarOf({ ...event, recurrence_rule: ruleOf(repeat, new Date(START)) } as unknown as ScheduledEvent, "The hill", LINK, new Date(START)).split("\r\n");
};

test("it says what, when and where", () => {
  const lines = calendar({ scheduled_end_time: "2026-11-24T20:30:00.000Z", description: "one\ntwo" });
  expect(lines).toEqual(expect.arrayContaining(["UID:50@chat.example", "DTSTART:20261124T190000Z", "DTEND:20261124T203000Z", "SUMMARY:Chess\\, and tea\\; maybe", "DESCRIPTION:one\\ntwo", "LOCATION:The hill", `URL:${LINK}`]));
});

test.each([
  ["workdays", "RRULE:FREQ=DAILY;BYDAY="],
  ["fortnightly", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
  ["monthly", "RRULE:FREQ=MONTHLY;BYDAY=4TU"],
  ["yearly", "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24"],
] as const)("what happens %s has its rule", (repeat, rule) => {
  expect(calendar({}, repeat).find((line) => line.startsWith("RRULE"))).toContain(rule);
});

test("a time that is left out is left out there", () => {
  const exception = { event_id: "50", event_exception_id: idAt(Date.parse(START)), is_canceled: true, scheduled_start_time: null, scheduled_end_time: null };
  expect(calendar({ guild_scheduled_event_exceptions: [exception] }, "weekly")).toContain("EXDATE:20261124T190000Z");
});

test("no line is longer than calendars take it, and none cuts a character", () => {
  const lines = calendar({ name: "é".repeat(100) });
  expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
  expect(lines.join("\r\n").replaceAll("\r\n ", "")).toContain("é".repeat(100));
});
