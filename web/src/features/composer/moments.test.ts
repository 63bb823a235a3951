/** Later means what one thinks it means. */
import { expect, test } from "vitest";
import { inAnHour, mondayMorning, toField, tomorrowMorning } from "./moments";

const friday = new Date(2026, 10, 20, 22, 30);

test.each([
  [inAnHour(friday), "2026-11-20T23:30"],
  [tomorrowMorning(friday), "2026-11-21T09:00"],
  [mondayMorning(friday), "2026-11-23T09:00"],
  [mondayMorning(new Date(2026, 10, 23, 8)), "2026-11-30T09:00"],
  [mondayMorning(new Date(2026, 10, 22, 8)), "2026-11-23T09:00"],
])("%s is %s", (moment, field) => {
  expect(toField(moment)).toBe(field);
});
