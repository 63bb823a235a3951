/** Rules as they are begun and changed. */
import { expect, test } from "vitest";
import type { Rule } from "../../../wire/types";
import { ALERT, begun, BLOCK, QUARANTINE, TIMEOUT, TRIGGER, triggerOf, TRIGGERS, valuesOf, withAction, withMetadata } from "./triggers";

test("a rule begins with what it can do", () => {
  for (const trigger of TRIGGERS) {
    const [action] = begun(trigger, "New").actions;
    expect(TRIGGER[trigger].effects).toContain(action?.type);
  }
  expect(begun("profile", "New").actions).toEqual([{ type: QUARANTINE, metadata: {} }]);
});

test("what is done stands in the order in which it is done, each thing once", () => {
  const both = withAction(withAction([], TIMEOUT, true), BLOCK, true);
  expect(both.map(({ type }) => type)).toEqual([BLOCK, TIMEOUT]);
  expect(withAction(both, BLOCK, true)).toHaveLength(2);
  expect(withAction(both, BLOCK, false).map(({ type }) => type)).toEqual([TIMEOUT]);
});

test("what is said of one action leaves the others", () => {
  const actions = withMetadata(withAction(withAction([], ALERT, true), TIMEOUT, true), ALERT, { channel_id: "7" });
  expect(actions).toEqual([{ type: ALERT, metadata: { channel_id: "7" } }, { type: TIMEOUT, metadata: { duration_seconds: 600 } }]);
});

test("a rule is known by what triggers it, and sent as it was kept", () => {
  const rule = { trigger_type: 4, name: "Lists", enabled: true, trigger_metadata: { presets: [1, 3], allow_list: [] }, actions: [], exempt_roles: [], exempt_channels: [] } as unknown as Rule;
  expect(triggerOf(rule)).toBe("lists");
  expect(triggerOf({ trigger_type: 99 })).toBeUndefined();
  expect(valuesOf(rule).trigger_metadata).toEqual({ presets: [1, 3], allow_list: [] });
});
