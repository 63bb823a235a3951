/** What the world makes of threads, forums and messages for one person, for which there are no views yet. */
import { expect, test } from "vitest";
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

test("a call from a thread counts nowhere, as nobody gets there, and one from a channel does", () => {
  const world = house();
  world.receive("MESSAGE_CREATE", said("70"));
  expect([world.calls, world.waitingIn("9"), tellingOf(world, said("70"), NOW)]).toEqual([0, { isUnread: false, mentions: 0 }, null]);
  world.receive("MESSAGE_CREATE", said("7"));
  expect([world.calls, world.waitingIn("9"), tellingOf(world, said("7"), NOW)]).toEqual([1, { isUnread: true, mentions: 1 }, "call"]);
});

test("a new post leaves its forum as it was", () => {
  const world = house();
  expect(world.isUnread("8")).toBe(false);
});

test("what becomes of threads is heard, and changes nothing that is shown", () => {
  const world = house();
  const before = JSON.stringify(world.snapshot());
  const thread = { id: "70", type: 11, guild_id: "9", parent_id: "7", name: "thread" };
  world.receive("THREAD_CREATE", { ...thread, newly_created: true } as never);
  world.receive("THREAD_UPDATE", thread as never);
  world.receive("THREAD_MEMBERS_UPDATE", { id: "70", guild_id: "9", member_count: 2 } as never);
  world.receive("THREAD_MEMBER_UPDATE", { id: "70", guild_id: "9", user_id: "1" } as never);
  world.receive("THREAD_DELETE", { id: "70", guild_id: "9", parent_id: "7", type: 11 });
  expect(JSON.stringify(world.snapshot())).toBe(before);
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
