/** Channels are shown and left out without anything else being lost. */
import { expect, test } from "vitest";
import { CHOSEN, ONLY_CHOSEN } from "../../world/notifications";
import { NOTHING_SAID, showsAll, withAll, withChosen, withSome } from "./browsing";

const ALL = 1 << 13;
const OTHER = 1 << 11;
const GROUPS = [{ category: null, ids: ["1"] }, { category: "9", ids: ["2", "3"] }];
const own = (flags: number, overrides: Readonly<Record<string, number>> = {}) => ({ flags, channel_overrides: Object.entries(overrides).map(([channel_id, bits]) => ({ channel_id, flags: bits })) });

test("leaving out the first one keeps all others, and what else is set of them", () => {
  expect(showsAll(NOTHING_SAID)).toBe(true);
  const body = withSome(own(OTHER, { 2: OTHER }), GROUPS, ["1"], false);
  expect(body).toEqual({ flags: OTHER | ONLY_CHOSEN, channel_overrides: { 2: { flags: OTHER | CHOSEN }, 3: { flags: CHOSEN } } });
});

test("of what is chosen already only what changes is said", () => {
  const body = withSome(own(ONLY_CHOSEN, { 2: CHOSEN }), GROUPS, ["1"], true);
  expect(body).toEqual({ flags: ONLY_CHOSEN, channel_overrides: { 1: { flags: CHOSEN } } });
});

test("of a category that was chosen as a whole one channel is left out", () => {
  const body = withSome(own(ONLY_CHOSEN, { 9: CHOSEN }), GROUPS, ["3"], false);
  expect(body).toEqual({ flags: ONLY_CHOSEN, channel_overrides: { 9: { flags: 0 }, 2: { flags: CHOSEN } } });
});

test("what was chosen is still there when all were shown in between", () => {
  expect(withAll(own(ONLY_CHOSEN, { 2: CHOSEN }))).toEqual({ flags: ALL });
  expect(withChosen(own(ALL, { 2: CHOSEN }), GROUPS)).toEqual({ flags: ONLY_CHOSEN, channel_overrides: {} });
  expect(Object.keys(withChosen(NOTHING_SAID, GROUPS).channel_overrides ?? {})).toEqual(["1", "2", "3"]);
});
