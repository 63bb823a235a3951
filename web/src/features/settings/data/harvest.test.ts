/** The states of a copy of one's data. */
import { expect, test } from "vitest";
import { shareDone, stateOf } from "./harvest";

test("a copy waits, is at work, ready, failed, or there is none any more", () => {
  const one = { completed_at: null, download_url: null };
  expect(stateOf(null)).toBe("none");
  expect(stateOf({ ...one, status: 0 })).toBe("under way");
  expect(stateOf({ ...one, status: 1 })).toBe("under way");
  expect(stateOf({ ...one, status: 2 })).toBe("failed");
  expect(stateOf({ status: 3, completed_at: "2026-01-01", download_url: "/harvests/1" })).toBe("ready");
  expect(stateOf({ status: 3, completed_at: "2026-01-01", download_url: null })).toBe("none");
});

test("what is gone through now counts half", () => {
  expect(shareDone({ backends: { users: "EXTRACTED", guilds: "RUNNING", messages: "INITIAL" } })).toBe(0.5);
  expect(shareDone({ backends: {} })).toBe(0);
});
