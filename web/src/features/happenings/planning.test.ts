/** What is sent of a form about something that is planned. */
import { expect, test } from "vitest";
import { ELSEWHERE, IN_VOICE } from "../../world/happenings";
import { changesOf, creationOf, lacks, newPlan, type Plan } from "./planning";

const NOW = new Date(2026, 10, 21, 12, 20);
const plan: Plan = { ...newPlan(ELSEWHERE, null, NOW), name: " Picnic ", location: "The hill" };

test("something new begins with a full hour, and elsewhere it has an end", () => {
  expect([plan.starts, plan.ends]).toEqual(["2026-11-21T14:00", "2026-11-21T15:00"]);
  expect(newPlan(IN_VOICE, "7", NOW).ends).toBe("");
});

test("elsewhere needs a place and an end that comes after the start", () => {
  expect(lacks(plan)).toEqual({});
  expect(lacks({ ...plan, name: " ", location: "", ends: plan.starts })).toEqual({ name: true, location: true, ends: true });
  expect(lacks({ ...plan, kind: IN_VOICE, location: "", ends: "" })).toEqual({});
});

test("a plan says where it is: in a channel, or somewhere else", () => {
  expect(creationOf(plan)).toMatchObject({ name: "Picnic", entity_type: 3, channel_id: null, entity_metadata: { location: "The hill" }, recurrence_rule: null });
  expect(creationOf({ ...plan, kind: IN_VOICE, channelId: "7" })).toMatchObject({ entity_type: 2, channel_id: "7", entity_metadata: null });
});

test("only what was changed is sent, and with another start the rule", () => {
  expect(changesOf(plan, plan)).toEqual({});
  expect(changesOf(plan, { ...plan, description: "Bring bread" })).toEqual({ description: "Bring bread" });
  const weekly: Plan = { ...plan, repeat: "weekly" };
  expect(Object.keys(changesOf(weekly, { ...weekly, starts: "2026-11-22T14:00" }))).toEqual(["scheduled_start_time", "recurrence_rule"]);
  expect(changesOf(weekly, plan)).toEqual({ recurrence_rule: null });
});
