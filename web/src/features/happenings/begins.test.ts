/** Who is told that something begins. */
import { expect, test } from "vitest";
import { World } from "../../world/world";
import { isHeard } from "./begins";

const NOW = new Date("2026-11-22T12:00:00Z");
const PARTY = { guild_id: "1", channel_id: null };

function heard(settings: object, everywhere: object = {}): boolean {
  const world = new World();
  world.receive("USER_GUILD_SETTINGS_UPDATE", { guild_id: "1", channel_overrides: [], muted: false, mute_config: null, ...settings } as never);
  world.receive("NOTIFICATION_SETTINGS_UPDATE", { flags: 0, keywords: [], quiet_hours: null, ...everywhere });
  return isHeard(world, PARTY, NOW);
}

test("nobody is told at a quiet hour, of a muted server, or where they want to hear of no events", () => {
  const night = { enabled: true, days: [0, 1, 2, 3, 4, 5, 6], start: "11:00", end: "13:00", timezone: "UTC" };
  expect(heard({})).toBe(true);
  expect(heard({ muted: true })).toBe(false);
  expect(heard({ mute_scheduled_events: true })).toBe(false);
  expect(heard({}, { quiet_hours: night })).toBe(false);
});
