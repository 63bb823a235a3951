/** What a channel says of roles and people beside what the server says. */
import { PERMISSIONS, type PermissionName } from "../../../permissions/permissions";
import type { Tri } from "../../../ui/tri";
import type { Overwrite, Snowflake } from "../../../wire/types";
import type { KnownChannel } from "../../../world/channels";

export const OF_ROLE = 0;
export const OF_MEMBER = 1;

export type Overwrites = readonly Overwrite[];

export function overwritesOf(channel: Pick<KnownChannel, "permission_overwrites"> | undefined): Overwrites {
  return channel?.permission_overwrites ?? [];
}

export function triOf(all: Overwrites, id: Snowflake, name: PermissionName): Tri {
  const found = all.find((one) => one.id === id);
  if (found === undefined) return "inherit";
  if ((BigInt(found.allow) & PERMISSIONS[name]) !== 0n) return "allow";
  return (BigInt(found.deny) & PERMISSIONS[name]) !== 0n ? "deny" : "inherit";
}

export function withTri(all: Overwrites, id: Snowflake, name: PermissionName, value: Tri): Overwrites {
  const bit = PERMISSIONS[name];
  return all.map((one) => {
    if (one.id !== id) return one;
    const allow = value === "allow" ? BigInt(one.allow) | bit : BigInt(one.allow) & ~bit;
    const deny = value === "deny" ? BigInt(one.deny) | bit : BigInt(one.deny) & ~bit;
    return { ...one, allow: allow.toString(), deny: deny.toString() };
  });
}

export function withOne(all: Overwrites, id: Snowflake, type: number): Overwrites {
  return all.some((one) => one.id === id) ? all : [...all, { id, type, allow: "0", deny: "0" }];
}

export function withoutOne(all: Overwrites, id: Snowflake): Overwrites {
  return all.filter((one) => one.id !== id);
}

/** What says nothing is as good as not there. */
function said(all: Overwrites): Overwrites {
  return all.filter(({ allow, deny }) => allow !== "0" || deny !== "0").sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Whether a channel says the same as its category. */
export function isSynced(channel: KnownChannel, parent: KnownChannel): boolean {
  const flat = (all: Overwrites) => JSON.stringify(said(all).map(({ id, allow, deny }) => [id, allow, deny]));
  return flat(overwritesOf(channel)) === flat(overwritesOf(parent));
}
