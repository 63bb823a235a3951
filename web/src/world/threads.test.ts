/** What the world makes of threads and forums, and of messages for one person. */
import { expect, test } from "vitest";
import { has, PERMISSIONS } from "../permissions/permissions";
import type { Events } from "../wire/types";
import { tellingOf } from "./telling";
import { World } from "./world";

const NOW = new Date("2026-11-21T12:00:00Z");
const EPHEMERAL = 1 << 6;

function house(): World {
  const world = new World(() => NOW.getTime());
  world.selves.on.USER_UPDATE?.({ id: "1", username: "me" } as never);
  world.people.me = "1";
  world.guilds.byId.set("9", { id: "9", owner_id: "1", joined_at: "2020-01-01T00:00:00Z", default_message_notifications: 0 } as never);
  world.receive("GUILD_MEMBER_ADD", { guild_id: "9", user: { id: "1", username: "me" }, roles: [], communication_disabled_until: null } as never);
  for (const [id, type] of [["7", 0], ["8", 15]] as const) {
    world.receive("CHANNEL_CREATE", { id, type, guild_id: "9", name: "x", last_message_id: type === 15 ? "2000000000000000000" : null } as never);
  }
  return world;
}

const said = (channel_id: string, flags = 0) =>
  ({
    id: "2000000000000000001",
    channel_id,
    guild_id: "9",
    type: 0,
    content: "<@1>",
    author: { id: "2", username: "bob" },
    mentions: [{ id: "1", username: "me" }],
    mention_roles: [],
    mention_everyone: false,
    attachments: [],
    components: [],
    flags,
  }) as unknown as Events["MESSAGE_CREATE"];

const thread = (id: string, more: object = {}) =>
  ({ id, type: 11, guild_id: "9", parent_id: "7", name: "thread", flags: 0, owner_id: "2", message_count: 3, member_count: 2, last_message_id: null, thread_metadata: { archived: false, locked: false }, ...more }) as unknown as Events["THREAD_CREATE"];

const own = { id: "70", user_id: "1", join_timestamp: "2026-11-21T11:00:00Z", flags: 1 };
const crowd = (more: object) => ({ id: "70", guild_id: "9", member_count: 2, added_members: [], removed_member_ids: [], ...more }) as never;

test("a thread is told of where one is in it, or is named in it, and not otherwise", () => {
  const world = house();
  world.receive("THREAD_CREATE", thread("70"));
  const quiet = { ...said("70"), content: "x", mentions: [] };
  world.receive("MESSAGE_CREATE", quiet);
  expect([world.isFollowed("70"), world.waitingIn("9"), tellingOf(world, quiet, NOW)]).toEqual([false, { isUnread: false, mentions: 0 }, null]);
  expect(tellingOf(world, said("70"), NOW)).toBe("call");
  world.receive("THREAD_MEMBERS_UPDATE", crowd({ added_members: [own] }));
  expect([world.isFollowed("70"), world.waitingIn("9"), tellingOf(world, quiet, NOW)]).toEqual([true, { isUnread: true, mentions: 0 }, "message"]);
  world.receive("THREAD_MEMBER_UPDATE", { ...own, guild_id: "9", flags: 1 << 2 });
  expect([tellingOf(world, quiet, NOW), tellingOf(world, said("70"), NOW)]).toEqual([null, "call"]);
  world.receive("THREAD_MEMBER_UPDATE", { ...own, guild_id: "9", muted: true, mute_config: null });
  expect([world.isMuted("70"), world.waitingIn("9").isUnread, tellingOf(world, said("70"), NOW)]).toEqual([true, false, null]);
  world.receive("THREAD_MEMBERS_UPDATE", crowd({ removed_member_ids: ["1"] }));
  expect(world.isFollowed("70")).toBe(false);
});

test("a call from a thread counts, and goes with it", () => {
  const world = house();
  world.receive("THREAD_CREATE", thread("70"));
  world.receive("MESSAGE_CREATE", said("70"));
  expect([world.calls, world.waitingIn("9").mentions, world.isFollowed("70")]).toEqual([1, 1, true]);
  world.receive("THREAD_DELETE", { id: "70", guild_id: "9", parent_id: "7", type: 11 });
  expect([world.calls, world.waitingIn("9").mentions, [...world.threads.below("7")]]).toEqual([0, 0, []]);
});

test("messages are counted, but for what a thread began with", () => {
  const world = house();
  world.receive("THREAD_CREATE", thread("70", { message_count: 0 }));
  world.receive("MESSAGE_CREATE", { ...said("70"), id: "70" });
  world.receive("MESSAGE_CREATE", { ...said("70"), type: 21 });
  world.receive("MESSAGE_CREATE", { ...said("70"), id: "2000000000000000002" });
  expect([world.threads.counted("70").messages, world.threads.latest.get("70")?.id]).toEqual([1, "2000000000000000002"]);
  world.receive("MESSAGE_DELETE", { id: "2000000000000000002", channel_id: "70", guild_id: "9" });
  world.receive("MESSAGE_DELETE", { id: "70", channel_id: "70", guild_id: "9" });
  expect([world.threads.counted("70").messages, world.threads.latest.get("70")]).toEqual([0, undefined]);
});

test("an archived thread waits for nobody, and whoever begins now does not hear of it", () => {
  const world = house();
  const before = JSON.stringify(world.snapshot());
  world.receive("THREAD_CREATE", thread("70", { member: own }));
  world.receive("MESSAGE_CREATE", said("70"));
  world.receive("THREAD_UPDATE", thread("70", { thread_metadata: { archived: true, locked: false } }));
  expect([world.isFollowed("70"), world.waitingIn("9").mentions, world.threads.active("7")]).toEqual([false, 0, []]);
  expect(JSON.stringify({ ...world.snapshot(), people: null })).toBe(JSON.stringify({ ...(JSON.parse(before) as object), people: null }));
});

test("the threads of channels that come into sight are all there are, and go with their channel", () => {
  const world = house();
  world.receive("THREAD_CREATE", thread("70"));
  world.receive("THREAD_LIST_SYNC", { guild_id: "9", channel_ids: ["7"], threads: [thread("71")], members: [{ ...own, id: "71" }] });
  expect([[...world.threads.below("7")], world.threads.isIn("71"), world.channels.byId.has("70")]).toEqual([["71"], true, false]);
  world.receive("CHANNEL_DELETE", { id: "7", guild_id: "9", type: 0 } as never);
  expect([world.threads.isIn("71"), world.channels.byId.has("71")]).toEqual([false, false]);
});

test("a thread allows what its channel does, with a word of its own for speaking; a private one is for few", () => {
  const world = house();
  world.guilds.byId.set("9", { id: "9", owner_id: "2", joined_at: "2020-01-01T00:00:00Z", default_message_notifications: 0 } as never);
  const bits = PERMISSIONS.VIEW_CHANNEL | PERMISSIONS.SEND_MESSAGES;
  world.roles.byGuild.set("9", new Map([["9", { id: "9", permissions: String(bits) } as never]]));
  world.receive("THREAD_CREATE", thread("70"));
  world.receive("THREAD_CREATE", thread("71", { type: 12 }));
  expect([has(world.permissions("70"), "SEND_MESSAGES"), world.isOpen("70"), world.isOpen("71")]).toEqual([false, true, false]);
  world.receive("GUILD_ROLE_UPDATE", { guild_id: "9", role: { id: "9", permissions: String(bits | PERMISSIONS.SEND_MESSAGES_IN_THREADS) } } as never);
  world.receive("THREAD_MEMBERS_UPDATE", crowd({ id: "71", added_members: [{ ...own, id: "71" }] }));
  expect([has(world.permissions("70"), "SEND_MESSAGES"), world.isOpen("71")]).toEqual([true, true]);
});

test("a new post leaves its forum as it was", () => {
  const world = house();
  expect(world.isUnread("8")).toBe(false);
});

test("a message for oneself alone is shown, but calls nobody and is gone for whoever looks later", () => {
  const world = house();
  world.messages.take("7", "latest", [], false);
  const before = JSON.stringify(world.snapshot());
  const message = said("7", EPHEMERAL);
  world.receive("MESSAGE_CREATE", message);
  expect(world.messages.of("7").messages).toHaveLength(1);
  expect([world.calls, world.isUnread("7"), tellingOf(world, message, NOW)]).toEqual([0, false, null]);
  world.receive("MESSAGE_UPDATE", message);
  expect(JSON.stringify({ ...world.snapshot(), people: null })).toBe(JSON.stringify({ ...(JSON.parse(before) as object), people: null }));
  world.receive("MESSAGE_DELETE", { id: message.id, channel_id: "7", guild_id: "9" });
  expect([world.messages.of("7").messages, world.calls]).toEqual([[], 0]);
});
