/** Channels and categories are moved. */
import { expect, test } from "vitest";
import type { KnownChannel } from "../../world/channels";
import type { Category } from "./listed";
import { movedCategory, movedChannel, steppedCategory, steppedChannel } from "./ordering";

const VOICE = 2;
const channel = (id: string, type = 0) => ({ id, type }) as KnownChannel;
const group = (category: string | null, ...ids: string[]): Category => ({
  category: category === null ? null : channel(category, 4),
  channels: ids.map((id) => ({ id, channel: channel(id, id.startsWith("v") ? VOICE : 0), isTalk: true })),
});

const GROUPS = [group(null, "a"), group("1", "b", "c", "v1"), group("2", "d")];

/** "c b" with the parent of the moved one where it is said. */
const shape = (move: ReturnType<typeof movedChannel>) =>
  move.map(({ id, parent_id }) => (parent_id === undefined ? id : `${id}>${parent_id ?? "-"}`)).join(" ");

test("within a category, and into another one", () => {
  expect(shape(movedChannel(GROUPS, channel("c"), "1", { id: "b", side: "before" }))).toBe("c>1 b");
  expect(shape(movedChannel(GROUPS, channel("a"), "1", { id: "b", side: "after" }))).toBe("b a>1 c");
  expect(shape(movedChannel(GROUPS, channel("a"), "2"))).toBe("d a>2");
  expect(shape(movedChannel(GROUPS, channel("d"), null))).toBe("a d>-");
});

test("channels with sound stay among themselves", () => {
  expect(shape(movedChannel(GROUPS, channel("v2", VOICE), "1", { id: "b", side: "before" }))).toBe("v1 v2>1");
});

test("a channel beside itself does not move", () => {
  expect(movedChannel(GROUPS, channel("b"), "1", { id: "b", side: "after" })).toEqual([]);
});

test("by keys a channel goes on into the next category", () => {
  expect(shape(steppedChannel(GROUPS, channel("b"), 1))).toBe("c b>1");
  expect(shape(steppedChannel(GROUPS, channel("c"), 1))).toBe("c>2 d");
  expect(shape(steppedChannel(GROUPS, channel("b"), -1))).toBe("a b>-");
  expect(steppedChannel(GROUPS, channel("a"), -1)).toEqual([]);
});

test("categories change places", () => {
  expect(movedCategory(GROUPS, "2", "1", "before").map(({ id }) => id)).toEqual(["2", "1"]);
  expect(steppedCategory(GROUPS, "1", 1).map(({ id }) => id)).toEqual(["2", "1"]);
  expect(steppedCategory(GROUPS, "1", -1)).toEqual([]);
});
