/** Where one may sit down, and what keeps one from being heard there. */
import { expect, test } from "vitest";
import { PERMISSIONS, type PermissionName } from "../../permissions/permissions";
import { World } from "../../world/world";
import { barred, boardless, ownSeat } from "./seat";

const [GUILD, CHANNEL, ME, OTHER] = ["9", "7", "1", "2"];
const MAY: readonly PermissionName[] = ["VIEW_CHANNEL", "CONNECT", "SPEAK", "USE_SOUNDBOARD"];

const state = (user_id: string, more: object = {}) => ({ user_id, channel_id: CHANNEL, session_id: "mine", mute: false, deaf: false, suppress: false, ...more });

/** A voice channel with two seats, in which others and oneself sit. */
function room(names: readonly PermissionName[], ...voice_states: readonly object[]): World {
  const world = new World();
  const permissions = names.reduce((all, name) => all | PERMISSIONS[name], 0n).toString();
  world.selves.on.READY?.({ user: { id: ME }, sessions: [], session_id: "mine" } as never);
  world.people.me = ME;
  world.receive("GUILD_CREATE", {
    id: GUILD,
    properties: { id: GUILD, owner_id: "0" },
    owner_id: "0",
    channels: [{ id: CHANNEL, type: 2, user_limit: 2, permission_overwrites: [] }],
    roles: [{ id: GUILD, permissions }],
    members: [{ user: { id: ME, username: "me" }, roles: [], communication_disabled_until: null }],
    threads: [],
    emojis: [],
    stickers: [],
    soundboard_sounds: [],
    guild_scheduled_events: [],
    stage_instances: [],
    voice_states,
  } as never);
  return world;
}

function why(world: World): string | null {
  const channel = world.channels.byId.get(CHANNEL);
  return channel === undefined ? "nowhere" : barred(world, channel);
}

test("one sits down where one may and a seat is free, or where one may move others", () => {
  const full = [state(OTHER), state("3")];
  expect(why(room(MAY, state(OTHER)))).toBeNull();
  expect(why(room(["VIEW_CHANNEL"]))).toBe("voices.barred");
  expect(why(room(MAY, ...full))).toBe("voices.full");
  expect(why(room([...MAY, "MOVE_MEMBERS"], ...full))).toBeNull();
});

test("a seat is one's own with the device that took it", () => {
  expect(ownSeat(room(MAY, state(ME)), CHANNEL)?.user_id).toBe(ME);
  expect(ownSeat(room(MAY, state(ME, { session_id: "another" })), CHANNEL)).toBeUndefined();
  expect(ownSeat(room(MAY, state(OTHER)), CHANNEL)).toBeUndefined();
});

test.each([
  [MAY, state(ME), null],
  [MAY, state(OTHER), "voices.why.away"],
  [MAY, state(ME, { mute: true, deaf: true }), "voices.why.mute"],
  [MAY, state(ME, { deaf: true }), "voices.why.deaf"],
  [MAY, state(ME, { suppress: true }), "voices.why.suppress"],
  [MAY.filter((name) => name !== "SPEAK"), state(ME), "voices.why.speak"],
  [MAY.filter((name) => name !== "USE_SOUNDBOARD"), state(ME), "voices.why.board"],
] as const)("with %j and %j sounds are kept back for %s", (names, there, reason) => {
  expect(boardless(room(names, there), CHANNEL)).toBe(reason);
});
