/** How friends, requests and the blocked are sorted into pages. */
import { expect, test } from "vitest";
import type { Events } from "../../wire/types";
import { World } from "../../world/world";
import { isLike, pendingIn, sectionsOf } from "./lists";

const PEOPLE = [
  ["1", "wren", 1, false],
  ["2", "ada", 1, false],
  ["3", "bramble", 3, false],
  ["4", "osk", 4, false],
  ["5", "troll", 2, false],
  ["6", "bore", 0, true],
] as const;

function world(): World {
  const made = new World();
  for (const [id, username, type, user_ignored] of PEOPLE) {
    const user = { id, username, global_name: null };
    made.receive("RELATIONSHIP_ADD", { id, type, user_ignored, nickname: null, user } as unknown as Events["RELATIONSHIP_ADD"]);
  }
  const presence = { user: { id: "1" }, status: "idle", activities: [], client_status: {} };
  made.receive("PRESENCE_UPDATE", presence);
  return made;
}

test("requests stand above who is online, and friends by their names", () => {
  expect(sectionsOf(world(), "online")).toEqual([{ name: "incoming", ids: ["3"] }, { name: "online", ids: ["1"] }]);
  expect(sectionsOf(world(), "all")).toEqual([{ name: "all", ids: ["2", "1"] }]);
});

test("requests of both sides wait, and the blocked stand above the ignored", () => {
  expect(sectionsOf(world(), "pending").map(({ name }) => name)).toEqual(["incoming", "outgoing"]);
  expect(pendingIn(world())).toBe(2);
  expect(sectionsOf(world(), "blocked")).toEqual([{ name: "blocked", ids: ["5"] }, { name: "ignored", ids: ["6"] }]);
});

test("people are found by a part of any of their names", () => {
  expect(isLike(world(), "1", " WRE ")).toBe(true);
  expect(isLike(world(), "1", "ada")).toBe(false);
  expect(sectionsOf(world(), "all", "da")).toEqual([{ name: "all", ids: ["2"] }]);
});
