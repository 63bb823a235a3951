/** The roles of a server in their order, and which of them one may touch. */
import { has, inGuild, type PermissionName, PERMISSIONS } from "../../../permissions/permissions";
import type { Role, RolePositionInput, Snowflake } from "../../../wire/types";
import { heightOf } from "../../../world/ranks";
import { above } from "../../../world/roles";
import type { World } from "../../../world/world";

/** The highest first; the one everybody has comes last. */
export function ranked(world: World, guildId: Snowflake): readonly Role[] {
  return [...world.roles.of(guildId).values()].sort(above);
}

/** Below one's own highest, or any for the owner. */
export function mayEdit(world: World, guildId: Snowflake, role: Role): boolean {
  const { me } = world.people;
  if (me === null || !has(world.guildPermissions(guildId), "MANAGE_ROLES")) return false;
  return world.isOwner(guildId) || role.position < heightOf(world, guildId, me);
}

/** What the server is told of a new order; roles one may not touch keep their places. */
export function positions(ids: readonly Snowflake[], isFree: (id: Snowflake) => boolean): readonly RolePositionInput[] {
  return ids.map((id, place) => ({ id, position: ids.length - place })).filter(({ id }) => isFree(id));
}

/** Why a permission of a role cannot be switched by oneself; null when it can. */
export function obstacle(world: World, guildId: Snowflake, role: Role, name: PermissionName, bits: bigint): "rank" | "lacking" | "lockout" | null {
  if (!mayEdit(world, guildId, role)) return "rank";
  const mine = world.guildPermissions(guildId);
  if (!has(mine, name)) return "lacking";
  return has(bits, name) && locksOut(world, guildId, role, bits & ~PERMISSIONS[name]) ? "lockout" : null;
}

/** Whether one could not manage roles any more with a role like that. */
function locksOut(world: World, guildId: Snowflake, role: Role, bits: bigint): boolean {
  const standing = world.standing(guildId);
  if (standing === null) return false;
  const roles = new Map(standing.roles).set(role.id, { ...role, permissions: bits.toString() });
  return !has(inGuild({ ...standing, roles, timedOut: false, isPending: false }), "MANAGE_ROLES");
}
