/** What goes on, told from what did. */
import { expect, test } from "vitest";
import { incidentsOf, isQuiet } from "./incidents";

const NOON = Date.parse("2020-05-01T12:00:00Z");
const paused = (until: string) => ({ invites_disabled_until: until, dms_disabled_until: null });

test("a pause is one until it is over", () => {
  expect(incidentsOf(paused("2020-05-01T12:30:00Z"), NOON)).toEqual({ invites: "2020-05-01T12:30:00Z", directs: null, raid: null, spam: null });
  expect(isQuiet(incidentsOf(paused("2020-05-01T11:30:00Z"), NOON))).toBe(true);
});

test("a raid is shown for some hours", () => {
  const raid = (at: string) => incidentsOf({ invites_disabled_until: null, dms_disabled_until: null, raid_detected_at: at }, NOON).raid;
  expect(raid("2020-05-01T11:00:00Z")).toBe("2020-05-01T11:00:00Z");
  expect(raid("2020-04-30T11:00:00Z")).toBeNull();
});

test("where nothing ever was, all is quiet", () => {
  expect(isQuiet(incidentsOf(null, NOON))).toBe(true);
});
