/** What was done about an alert, read from what is noted in it. */
import { expect, test } from "vitest";
import type { Message } from "../../wire/types";
import { deedsOf, DELETED, DONE } from "./deeds";
import { reasonOf } from "./raids";

const stating = (name: string, value: string) => ({ embeds: [{ fields: [{ name, value }] }] }) as unknown as Message;

test("nothing was done about what nothing is noted of", () => {
  expect(deedsOf(stating("rule_name", "Slurs"))).toEqual({});
});

test("who did something is read from what is noted", () => {
  const deed = { actor: "7", ts: "2020-05-01T12:00:00Z" };
  const deeds = deedsOf(stating("alert_actions_execution", JSON.stringify({ v: 0, actions: { [DONE]: deed } })));
  expect(deeds[DONE]).toEqual(deed);
  expect(deeds[DELETED]).toBeUndefined();
});

test("a raid is over for a reason, one that is not known among the others", () => {
  expect(reasonOf(stating("rule_name", "x"))).toBeUndefined();
  expect(reasonOf(stating("resolved_reason", "DM_SPAM"))).toBe("DM_SPAM");
  expect(reasonOf(stating("resolved_reason", "NEWER"))).toBe("OTHER");
});
