/** What the world makes of what is planned, of stages and of voices. */
import { expect, test } from "vitest";
import { World } from "./world";

const picnic = { id: "50", guild_id: "9", channel_id: null, name: "Picnic", status: 1, guild_scheduled_event_exceptions: [] };
const rehearsal = { ...picnic, id: "51", channel_id: "7", name: "Rehearsal" };
const stage = { id: "60", guild_id: "9", channel_id: "8", topic: "Songs" };
const state = (user_id: string, channel_id: string | null, more: object = {}) => ({ user_id, channel_id, session_id: "s", self_mute: false, ...more });

/** A guild with a voice channel, a stage and one more channel one does not see. */
function house(): World {
  const world = new World();
  world.receive("GUILD_CREATE", {
    id: "9",
    channels: [["7", 2], ["8", 13]].map(([id, type]) => ({ id, type })),
    threads: [],
    emojis: [],
    stickers: [],
    soundboard_sounds: [],
    roles: [],
    guild_scheduled_events: [picnic, rehearsal],
    stage_instances: [stage],
    voice_states: [state("1", "7", { member: { user: { id: "1", username: "ann" }, roles: [] } }), state("2", "7")],
  } as never);
  return world;
}

const names = (world: World) => world.happenings.of("9").map(({ name }) => name);
const inside = (world: World, channelId: string) => world.voices.in(channelId).map(({ user_id }) => user_id);
const move = (world: World, user_id: string, channel_id: string | null) => world.receive("VOICE_STATE_UPDATE", { ...state(user_id, channel_id), guild_id: "9" } as never);

test("an event that is over, or given up, is no longer planned", () => {
  const world = house();
  expect(names(world)).toEqual(["Picnic", "Rehearsal"]);
  world.receive("GUILD_SCHEDULED_EVENT_UPDATE", { ...picnic, status: 2, name: "Picknick" } as never);
  expect(names(world)).toEqual(["Picknick", "Rehearsal"]);
  world.receive("GUILD_SCHEDULED_EVENT_UPDATE", { ...picnic, status: 3 } as never);
  world.receive("GUILD_SCHEDULED_EVENT_DELETE", { ...rehearsal, status: 4 } as never);
  expect(names(world)).toEqual([]);
});

test("occurrences are otherwise in the order of their times, until the event recurs by another rule", () => {
  const world = house();
  const except = (event_exception_id: string) => ({ event_id: "50", event_exception_id, guild_id: "9", is_canceled: true });
  const ids = () => world.happenings.byId.get("50")?.guild_scheduled_event_exceptions.map((one) => one.event_exception_id);
  for (const id of ["300", "20", "300"]) world.receive("GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE", except(id) as never);
  expect(ids()).toEqual(["20", "300"]);
  world.receive("GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE", except("20") as never);
  expect(ids()).toEqual(["300"]);
  world.receive("GUILD_SCHEDULED_EVENT_EXCEPTIONS_DELETE", { guild_id: "9", event_id: "50" });
  expect(ids()).toEqual([]);
});

test("one's own seat is where one is, and nowhere without a session", () => {
  const world = house();
  world.people.me = "2";
  expect(world.seat?.channel_id).toBe("7");
  move(world, "2", "8");
  expect(world.seat?.channel_id).toBe("8");
  move(world, "2", null);
  expect(world.seat).toBeUndefined();
});

test("people come in, move and go; out of sight is gone", () => {
  const world = house();
  expect([inside(world, "7"), world.people.users.get("1")?.username, world.isLively("8")]).toEqual([["1", "2"], "ann", true]);
  move(world, "1", "8");
  move(world, "3", "7");
  expect([inside(world, "7"), inside(world, "8")]).toEqual([["2", "3"], ["1"]]);
  move(world, "2", null);
  move(world, "3", "77");
  expect([inside(world, "7"), world.isLively("7")]).toEqual([[], false]);
});

test("what goes on in a channel is told when it is asked for, and when it changes", () => {
  const world = house();
  world.receive("CHANNEL_INFO", { guild_id: "9", channels: [{ id: "7", status: "chess" }, { id: "8" }] });
  expect([world.voices.statusOf("7"), world.voices.statusOf("8")]).toEqual(["chess", undefined]);
  world.receive("VOICE_CHANNEL_STATUS_UPDATE", { id: "7", guild_id: "9", status: null });
  expect(world.voices.statusOf("7")).toBeUndefined();
});

test("with a channel goes what was in it, and with a guild all of it", () => {
  const world = house();
  world.receive("CHANNEL_DELETE", { id: "7", guild_id: "9" } as never);
  expect([names(world), inside(world, "7")]).toEqual([["Picnic"], []]);
  world.receive("CHANNEL_DELETE", { id: "8", guild_id: "9" } as never);
  expect(world.isLively("8")).toBe(false);
  const other = house();
  other.receive("GUILD_DELETE", { id: "9" });
  expect([names(other), inside(other, "7"), other.isLively("8")]).toEqual([[], [], false]);
});
