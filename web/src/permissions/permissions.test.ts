/** How roles and overwrites add up. */
import { expect, test } from "vitest";
import type { Role } from "../wire/types";
import { EVERYTHING, has, inChannel, inGuild, PERMISSIONS, type PermissionName, type Standing } from "./permissions";

const bits = (...names: PermissionName[]) => String(names.reduce((all, name) => all | PERMISSIONS[name], 0n));
const role = (id: string, ...names: PermissionName[]) => [id, { id, permissions: bits(...names) } as Role] as const;

function standing(more: Partial<Standing> = {}): Standing {
  const roles = new Map([role("1", "VIEW_CHANNEL", "SEND_MESSAGES"), role("2", "KICK_MEMBERS"), role("3", "ADMINISTRATOR")]);
  return { guildId: "1", ownerId: "o", roles, userId: "u", memberRoles: [], timedOut: false, ...more };
}

const overwrite = (id: string, allow: PermissionName[], deny: PermissionName[]) => ({
  id,
  type: 0,
  allow: bits(...allow),
  deny: bits(...deny),
});

test("roles add up, and owners and administrators may do everything", () => {
  expect(inGuild(standing({ memberRoles: ["2"] }))).toBe(
    PERMISSIONS.VIEW_CHANNEL | PERMISSIONS.SEND_MESSAGES | PERMISSIONS.KICK_MEMBERS,
  );
  expect(inGuild(standing({ userId: "o" }))).toBe(EVERYTHING);
  expect(inChannel(standing({ memberRoles: ["3"] }), [overwrite("1", [], ["VIEW_CHANNEL"])])).toBe(EVERYTHING);
});

test("a role's overwrite stands above everyone's, and one's own above a role's", () => {
  const everyone = overwrite("1", [], ["SEND_MESSAGES"]);
  const ofRole = overwrite("2", ["SEND_MESSAGES"], []);
  const own = { ...overwrite("u", [], ["SEND_MESSAGES"]), type: 1 };
  expect(has(inChannel(standing(), [everyone]), "SEND_MESSAGES")).toBe(false);
  expect(has(inChannel(standing({ memberRoles: ["2"] }), [everyone, ofRole]), "SEND_MESSAGES")).toBe(true);
  expect(has(inChannel(standing({ memberRoles: ["2"] }), [everyone, ofRole, own]), "SEND_MESSAGES")).toBe(false);
});

test("who does not see a channel may do nothing in it, and who is in timeout may only look", () => {
  expect(inChannel(standing(), [overwrite("1", [], ["VIEW_CHANNEL"])])).toBe(0n);
  expect(inChannel(standing({ timedOut: true }), [])).toBe(PERMISSIONS.VIEW_CHANNEL);
});
