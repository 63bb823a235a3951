/** When somebody is told of a message, and when they are left alone. */
import { expect, test } from "vitest";
import type { Events, QuietHours } from "../wire/types";
import { isQuiet, saysAny, tellingOf } from "./telling";
import { World } from "./world";

const NOW = new Date("2026-11-21T12:00:00Z");

function house(settings: object = {}, everywhere: object = {}): World {
  const world = new World(() => NOW.getTime());
  world.selves.on.USER_UPDATE?.({ id: "1", username: "me" } as never);
  world.people.me = "1";
  world.guilds.byId.set("9", { id: "9", default_message_notifications: 0 } as never);
  world.channels.byId.set("7", { id: "7", guild_id: "9", type: 0, parent_id: "6" } as never);
  world.notifications.byGuild.set("9", { channel_overrides: [], muted: false, message_notifications: 3, keywords: [], ...settings } as never);
  world.notifications.on.NOTIFICATION_SETTINGS_UPDATE?.({ flags: 0, quiet_hours: null, keywords: [], ...everywhere });
  return world;
}

const said = (content = "hello", more: object = {}) =>
  ({
    id: "5",
    channel_id: "7",
    guild_id: "9",
    content,
    author: { id: "2" },
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    flags: 0,
    ...more,
  }) as unknown as Events["MESSAGE_CREATE"];

const told = (world: World, message = said()) => tellingOf(world, message, NOW);

test("the nearest setting counts: the channel's, its category's, one's own of the server, the server's", () => {
  const of = (channel_id: string, level: number) => ({ channel_overrides: [{ channel_id, message_notifications: level, muted: false }] });
  expect(told(house())).toBe("message");
  expect(told(house({ message_notifications: 1 }))).toBeNull();
  expect(told(house({ message_notifications: 1, ...of("6", 0) }))).toBe("message");
  expect(told(house({ message_notifications: 0, ...of("7", 2) }))).toBeNull();
});

test("who is called is told where only calls are", () => {
  const world = house({ message_notifications: 1 });
  expect(told(world, said("hi", { mentions: [{ id: "1" }] }))).toBe("call");
  expect(told(world, said("hi", { mention_everyone: true }))).toBe("call");
  expect(told(house({ message_notifications: 1, keywords: ["kiln"] }), said("the Kiln is hot"))).toBe("call");
  expect(told(house({ message_notifications: 1 }, { keywords: ["kiln"] }), said("kilnformed"))).toBeNull();
});

test("one's own, the blocked, the silent and the muted tell nothing", () => {
  expect(told(house(), said("x", { author: { id: "1" } }))).toBeNull();
  expect(told(house(), said("x", { flags: 1 << 12 }))).toBeNull();
  expect(told(house({ muted: true, mute_config: null }))).toBeNull();
  const blocked = house();
  blocked.relationships.byId.set("2", { id: "2", type: 2, nickname: null, user_ignored: false });
  expect(told(blocked)).toBeNull();
});

test("words stand by themselves, except where a script has no spaces", () => {
  expect(saysAny("Straße 7", ["straße"])).toBe(true);
  expect(saysAny("uncle", ["un"])).toBe(false);
  expect(saysAny("今日は窯です", ["窯"])).toBe(true);
  expect(saysAny("anything", [""])).toBe(false);
});

test.each([
  ["2026-11-21T23:30:00Z", true],
  ["2026-11-22T05:00:00Z", true],
  ["2026-11-22T06:30:00Z", false],
  ["2026-11-21T12:00:00Z", false],
  ["2026-11-22T23:30:00Z", false],
])("quiet from ten in the evening of Saturday until seven in Berlin: %s is %s", (at, quiet) => {
  const hours: QuietHours = { days: [5], start: "22:00", end: "07:00", timezone: "Europe/Berlin", enabled: true };
  expect(isQuiet(hours, new Date(at))).toBe(quiet);
});
