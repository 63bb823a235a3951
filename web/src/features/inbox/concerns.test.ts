/** What concerns one: who asks, who became a friend, who writes for the first time, and what was not sent. */
import { expect, test } from "vitest";
import type { Events, ScheduledMessage } from "../../wire/types";
import { idAt } from "../../world/ids";
import { World } from "../../world/world";
import { concernsOf, pressing } from "./concerns";
import { unsentAfter } from "./unsent";
import { isAsked } from "./waiting";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(NOW - hours * HOUR_MS).toISOString();

function met(world: World, id: string, type: number, hours: number): void {
  const given = { id, type, user_ignored: false, nickname: null, since: ago(hours), user: { id, username: id, global_name: null } };
  world.receive("RELATIONSHIP_ADD", given as unknown as Events["RELATIONSHIP_ADD"]);
}

function writes(world: World, hours: number, is_message_request: boolean): void {
  const id = idAt(NOW - hours * HOUR_MS);
  const given = { id, type: 1, recipients: [{ id: "9", username: "wren" }], last_message_id: null, is_message_request };
  world.receive("CHANNEL_CREATE", given as unknown as Events["CHANNEL_CREATE"]);
}

const scheduled = (id: string, status: "pending" | "failed", hours = 1) => ({ id, status, send_at: ago(hours) }) as unknown as ScheduledMessage;

test("the newest stands first, and what nobody waits for is told but not counted", () => {
  const world = new World();
  met(world, "1", 3, 5);
  met(world, "2", 1, 2);
  met(world, "3", 1, 24 * 8);
  met(world, "4", 4, 1);
  writes(world, 3, true);
  writes(world, 4, false);
  const found = concernsOf(world, [scheduled("5", "failed", 1)], NOW);
  expect(found.map(({ kind }) => kind)).toEqual(["unsent", "friend", "stranger", "request"]);
  expect(pressing(found)).toBe(3);
});

test("one is asked by a request of either kind", () => {
  const [world, other] = [new World(), new World()];
  met(world, "1", 1, 1);
  writes(world, 1, false);
  expect(isAsked(world)).toBe(false);
  met(world, "2", 3, 1);
  expect(isAsked(world)).toBe(true);
  writes(other, 1, true);
  expect(isAsked(other)).toBe(true);
});

test("what could not be sent is known until it is sent or given up", () => {
  const failed = unsentAfter([], "SCHEDULED_MESSAGE_UPDATE", scheduled("1", "failed"));
  expect(failed.map(({ id }) => id)).toEqual(["1"]);
  expect(unsentAfter(failed, "MESSAGE_CREATE", {})).toBe(failed);
  expect(unsentAfter(failed, "SCHEDULED_MESSAGE_UPDATE", scheduled("1", "pending"))).toEqual([]);
  expect(unsentAfter(failed, "SCHEDULED_MESSAGE_DELETE", { id: "1" })).toEqual([]);
});
