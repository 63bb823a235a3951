/** Who may act on whom in a guild. */
import { expect, test } from "vitest";
import { PERMISSIONS } from "../permissions/permissions";
import type { Events } from "../wire/types";
import { mayActOn, mayTimeOut, outranks, rolesOf, rolesToGive } from "./ranks";
import { World } from "./world";

const role = (id: string, position: number, bits = 0n, managed = false) => ({ id, name: id, position, permissions: String(bits), color: 0, managed });
const member = (user_id: string, ...roles: string[]) => ({ user_id, roles, nick: null, communication_disabled_until: null });

const ROLES = [
  role("1", 0),
  role("5", 1),
  role("6", 2, PERMISSIONS.KICK_MEMBERS | PERMISSIONS.MANAGE_ROLES | PERMISSIONS.MODERATE_MEMBERS),
  role("7", 3, PERMISSIONS.ADMINISTRATOR),
  role("8", 1, 0n, true),
];
const MEMBERS = [member("10"), member("20", "6"), member("30", "5"), member("40", "6"), member("50", "7"), member("60")];

/** A guild owned by 10, as one of its members sees it. */
function as(me: string): World {
  const world = new World();
  const guild = { id: "1", properties: { id: "1", owner_id: "10" }, roles: ROLES, channels: [], threads: [], emojis: [], stickers: [], soundboard_sounds: [], guild_scheduled_events: [], stage_instances: [] };
  const ready = {
    user: { id: me, username: me },
    users: MEMBERS.map(({ user_id }) => ({ id: user_id, username: user_id })),
    guilds: [guild],
    merged_members: [MEMBERS],
    relationships: [],
    private_channels: [],
    read_state: { entries: [] },
    user_guild_settings: { entries: [] },
    sessions: [],
  };
  world.receive("READY", ready as unknown as Events["READY"]);
  return world;
}

test("the owner is above all, and nobody above the owner or oneself", () => {
  expect(outranks(as("10"), "1", "50")).toBe(true);
  expect(outranks(as("50"), "1", "10")).toBe(false);
  expect(outranks(as("20"), "1", "20")).toBe(false);
});

test("a higher role is needed, an equal one is not enough", () => {
  const world = as("20");
  expect(mayActOn(world, "1", "30", "KICK_MEMBERS")).toBe(true);
  expect(mayActOn(world, "1", "40", "KICK_MEMBERS")).toBe(false);
  expect(mayActOn(world, "1", "30", "BAN_MEMBERS")).toBe(false);
  expect(mayActOn(as("30"), "1", "60", "KICK_MEMBERS")).toBe(false);
});

test("administrators cannot be timed out, not even by the owner", () => {
  expect(mayTimeOut(as("10"), "1", "50")).toBe(false);
  expect(mayTimeOut(as("20"), "1", "30")).toBe(true);
});

test("roles are given from below one's own, but those of bots by nobody", () => {
  expect(rolesToGive(as("20"), "1").map(({ id }) => id)).toEqual(["5"]);
  expect(rolesToGive(as("10"), "1").map(({ id }) => id)).toEqual(["7", "6", "5"]);
  expect(rolesToGive(as("30"), "1")).toEqual([]);
  expect(rolesOf(as("10"), "1", "50").map(({ id }) => id)).toEqual(["7"]);
});

test("who looks around as somebody else stands where they would, and is nobody's owner", () => {
  const world = as("10");
  world.guises.set("1", ["6"]);
  expect(world.isOwner("1")).toBe(false);
  expect(mayActOn(world, "1", "30", "KICK_MEMBERS")).toBe(true);
  expect(mayActOn(world, "1", "50", "KICK_MEMBERS")).toBe(false);
  expect(rolesToGive(world, "1").map(({ id }) => id)).toEqual(["5"]);
  world.guises.set("1", []);
  expect(world.guildPermissions("1")).toBe(0n);
  world.guises.clear();
  expect(world.isOwner("1")).toBe(true);
});
