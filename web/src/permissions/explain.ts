/** Why somebody may or may not do something: every step that was asked, and the one that decided. */
import type { Overwrite, Snowflake } from "../wire/types";
import { has, onlyLooks, PERMISSIONS, type PermissionName, type Standing } from "./permissions";

export type Says = "allow" | "deny" | "nothing";

export interface Step {
  readonly of: "owner" | "administrator" | "role" | "roleHere" | "personHere" | "unseen" | "pending" | "timeout";
  /** The role or the person that is asked. */
  readonly id: Snowflake;
  readonly says: Says;
}

export interface Explanation {
  readonly isAllowed: boolean;
  readonly steps: readonly Step[];
  /** The place of the step after which nothing said otherwise. */
  readonly deciding: number;
}

const IN_TIMEOUT: ReadonlySet<PermissionName> = new Set(["VIEW_CHANNEL", "READ_MESSAGE_HISTORY"]);

/** For a channel, with its overwrites; without them, for the guild as such. */
export function explain(standing: Standing, overwrites: readonly Overwrite[], name: PermissionName): Explanation {
  const above = unconditional(standing);
  if (above !== null) return { isAllowed: true, steps: [above], deciding: 0 };
  const steps = asked(standing, overwrites, name);
  const last = steps.findLastIndex(({ says }) => says !== "nothing");
  const whole = name === "VIEW_CHANNEL" || explain(standing, overwrites, "VIEW_CHANNEL").isAllowed;
  const isAllowed = steps[last]?.says === "allow";
  const veto = isAllowed ? vetoOf(standing, name, whole) : null;
  if (veto === null) return { isAllowed, steps, deciding: Math.max(last, 0) };
  return { isAllowed: false, steps: [...steps, veto], deciding: steps.length };
}

/** Owners and administrators pass everywhere. */
function unconditional({ ownerId, userId, guildId, memberRoles, roles }: Standing): Step | null {
  if (userId === ownerId) return { of: "owner", id: userId, says: "allow" };
  const id = [guildId, ...memberRoles].find((role) => has(BigInt(roles.get(role)?.permissions ?? 0), "ADMINISTRATOR"));
  return id === undefined ? null : { of: "administrator", id, says: "allow" };
}

function asked({ guildId, memberRoles, roles, userId }: Standing, overwrites: readonly Overwrite[], name: PermissionName): Step[] {
  const bit = PERMISSIONS[name];
  const byId = new Map(overwrites.map((one) => [one.id, one]));
  const given = (id: Snowflake): Says => ((BigInt(roles.get(id)?.permissions ?? 0) & bit) !== 0n ? "allow" : "nothing");
  const here = (id: Snowflake): Says => {
    const found = byId.get(id);
    if (found === undefined) return "nothing";
    if ((BigInt(found.allow) & bit) !== 0n) return "allow";
    return (BigInt(found.deny) & bit) !== 0n ? "deny" : "nothing";
  };
  const ofRoles = memberRoles.map((id): Step => ({ of: "roleHere", id, says: here(id) }));
  return [
    ...[guildId, ...memberRoles].map((id): Step => ({ of: "role", id, says: given(id) })),
    { of: "roleHere", id: guildId, says: here(guildId) },
    // Among roles it does not matter who stands higher: one that allows is enough.
    ...ofRoles.filter(({ says }) => says !== "allow"),
    ...ofRoles.filter(({ says }) => says === "allow"),
    { of: "personHere", id: userId, says: here(userId) },
  ];
}

function vetoOf(standing: Standing, name: PermissionName, isSeen: boolean): Step | null {
  const { userId: id, isPending = false } = standing;
  if (!isSeen) return { of: "unseen", id, says: "deny" };
  if (!onlyLooks(standing) || IN_TIMEOUT.has(name)) return null;
  return { of: isPending ? "pending" : "timeout", id, says: "deny" };
}
