/** What people are seen to be and to do. */
import { expect, test } from "vitest";
import type { Events } from "../wire/types";
import { doingOf, ownStatus, ownWords, statusOf } from "./presences";
import { World } from "./world";

function seen(status: string, ...activities: readonly object[]): World {
  const world = new World();
  const presence = { user: { id: "1" }, status, activities, client_status: {} };
  world.receive("PRESENCE_UPDATE", presence as unknown as Events["PRESENCE_UPDATE"]);
  return world;
}

test("who is unknown or invisible is offline", () => {
  expect(statusOf(new World(), "1")).toBe("offline");
  expect(statusOf(seen("dnd"), "1")).toBe("dnd");
  expect(statusOf(seen("invisible"), "1")).toBe("offline");
});

test("one's own words come before what one does", () => {
  const plays = { type: 0, name: "Chess" };
  const says = { type: 4, name: "Custom Status", state: "on a hill", emoji: { name: "⛰" } };
  expect(doingOf(seen("online", plays, says), "1")).toEqual({ emblem: { id: null, name: "⛰", animated: false }, text: "on a hill", kind: null });
  expect(doingOf(seen("online", plays), "1")).toEqual({ emblem: null, text: "Chess", kind: 0 });
  expect(doingOf(seen("online", { type: 4, name: "Custom Status" }), "1")).toBeNull();
});

test("one is seen as one's foremost device says, and says what the settings say until its time is over", () => {
  const world = new World();
  world.receive("SESSIONS_REPLACE", [{ status: "idle" }] as unknown as Events["SESSIONS_REPLACE"]);
  expect(ownStatus(world)).toBe("idle");
  const custom_status = { text: "soldering", emoji_id: null, emoji_name: null, expires_at: "2026-01-01T14:00:00Z" };
  world.receive("USER_SETTINGS_UPDATE", { custom_status });
  expect(ownWords(world, new Date("2026-01-01T13:00:00Z"))).toEqual({ emblem: null, text: "soldering", kind: null });
  expect(ownWords(world, new Date("2026-01-01T14:00:00Z"))).toBeNull();
});
