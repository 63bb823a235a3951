/** The explanation says what the sum says, and names the step that made it so. */
import { expect, test } from "vitest";
import type { Role } from "../wire/types";
import { explain } from "./explain";
import { has, inChannel, NAMES, PERMISSIONS, type PermissionName, type Standing } from "./permissions";

const bits = (...names: PermissionName[]) => names.reduce((sum, name) => sum | PERMISSIONS[name], 0n).toString();
const role = (id: string, permissions: string) => [id, { id, permissions } as Role] as const;
const overwrite = (id: string, allow: string, deny: string, type = 0) => ({ id, type, allow, deny });

const standing: Standing = {
  guildId: "1",
  ownerId: "9",
  userId: "5",
  memberRoles: ["2", "3"],
  timedOut: false,
  roles: new Map([role("1", bits("VIEW_CHANNEL", "SEND_MESSAGES")), role("2", "0"), role("3", bits("ATTACH_FILES"))]),
};

test("what a role denies here decides, until another one allows it", () => {
  const denied = explain(standing, [overwrite("2", "0", bits("SEND_MESSAGES"))], "SEND_MESSAGES");
  expect(denied.isAllowed).toBe(false);
  expect(denied.steps[denied.deciding]).toEqual({ of: "roleHere", id: "2", says: "deny" });
  const both = [overwrite("2", "0", bits("SEND_MESSAGES")), overwrite("3", bits("SEND_MESSAGES"), "0")];
  const allowed = explain(standing, both, "SEND_MESSAGES");
  expect(allowed.steps[allowed.deciding]).toEqual({ of: "roleHere", id: "3", says: "allow" });
});

test("who does not see a channel can do nothing there", () => {
  const hidden = explain(standing, [overwrite("1", "0", bits("VIEW_CHANNEL"))], "SEND_MESSAGES");
  expect(hidden.isAllowed).toBe(false);
  expect(hidden.steps[hidden.deciding]?.of).toBe("unseen");
});

test("owners and administrators pass, whatever a channel says", () => {
  const nothing = [overwrite("1", "0", bits("VIEW_CHANNEL"))];
  expect(explain({ ...standing, userId: "9" }, nothing, "VIEW_CHANNEL").steps).toEqual([{ of: "owner", id: "9", says: "allow" }]);
  const roles = new Map([...standing.roles, role("3", bits("ADMINISTRATOR"))]);
  expect(explain({ ...standing, roles }, nothing, "SEND_MESSAGES").steps).toEqual([{ of: "administrator", id: "3", says: "allow" }]);
});

test("a time-out leaves reading", () => {
  const silent = { ...standing, timedOut: true };
  expect(explain(silent, [], "SEND_MESSAGES").steps.at(-1)?.of).toBe("timeout");
  expect(explain(silent, [], "VIEW_CHANNEL").isAllowed).toBe(true);
});

test("who has yet to agree to the rules only looks", () => {
  const newcomer = { ...standing, isPending: true };
  expect(explain(newcomer, [], "SEND_MESSAGES").steps.at(-1)?.of).toBe("pending");
  expect(explain(newcomer, [], "VIEW_CHANNEL").isAllowed).toBe(true);
  expect(has(inChannel(newcomer, []), "SEND_MESSAGES")).toBe(false);
});

test("for every permission it says what the sum of them says", () => {
  const all = NAMES.map((name) => PERMISSIONS[name]);
  let seed = 7;
  const roll = () => (seed = (seed * 16807) % 2147483647);
  const some = () => all.reduce((sum, bit) => (roll() % 3 === 0 ? sum | bit : sum), 0n).toString();
  for (let round = 0; round < 60; round += 1) {
    const roles = new Map(["1", "2", "3"].map((id) => role(id, (BigInt(some()) & ~PERMISSIONS.ADMINISTRATOR).toString())));
    const one = { ...standing, roles, timedOut: roll() % 2 === 0 };
    const here = ["1", "2", "3", "5"].map((id) => overwrite(id, some(), some()));
    const sum = inChannel(one, here);
    for (const name of NAMES) expect(explain(one, here, name).isAllowed, name).toBe(has(sum, name));
  }
});
