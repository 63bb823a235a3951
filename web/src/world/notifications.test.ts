/** Mutes, and their ends. */
import { expect, test } from "vitest";
import { World } from "./world";

const NOON = Date.parse("2026-11-21T12:00:00Z");
const HOUR_MS = 3_600_000;

test("a mute ends by itself, and who has read of it reads it again", () => {
  let now = NOON;
  const world = new World(() => now);
  const end = new Date(NOON + HOUR_MS);
  const muted = { muted: true, mute_config: { end_time: end.toISOString(), selected_time_window: 3600 } };
  const settings = { guild_id: "9", muted: false, mute_config: null, channel_overrides: [{ channel_id: "7", ...muted }, { channel_id: "8", muted: true, mute_config: null }] };
  for (const id of ["7", "8"]) world.channels.byId.set(id, { id, guild_id: "9", type: 0, parent_id: null } as never);
  world.notifications.byGuild.set("9", settings as never);
  expect([world.isMuted("7"), world.isMuted("8")]).toEqual([true, true]);
  expect(world.ownMute("7")?.config).toEqual(muted.mute_config);
  expect(world.nextUnmuting()).toEqual(end);
  const before = world.notifications.byGuild.get("9");
  world.unmute();
  expect(world.notifications.byGuild.get("9")).toBe(before);
  now += HOUR_MS;
  world.unmute();
  expect(world.notifications.byGuild.get("9")).not.toBe(before);
  expect([world.isMuted("7"), world.isMuted("8")]).toEqual([false, true]);
  expect(world.nextUnmuting()).toBeNull();
});

test("so does that of a thread", () => {
  let now = NOON;
  const world = new World(() => now);
  const end = new Date(NOON + HOUR_MS);
  const muted = { muted: true, mute_config: { end_time: end.toISOString(), selected_time_window: 3600 } };
  world.threads.own.set("7", { join_timestamp: "", flags: 0, ...muted });
  expect([world.isMuted("7"), world.nextUnmuting()]).toEqual([true, end]);
  now += HOUR_MS;
  const before = world.threads.own.get("7");
  world.unmute();
  expect(world.threads.own.get("7")).not.toBe(before);
  expect([world.isMuted("7"), world.nextUnmuting()]).toEqual([false, null]);
});
