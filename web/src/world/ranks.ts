/** Who stands above whom in a guild, and so who may act on whom; the server has the last word. */
import { has, inGuild, type PermissionName } from "../permissions/permissions";
import type { Role, Snowflake } from "../wire/types";
import { above } from "./roles";
import type { World } from "./world";

/** The roles somebody has, the highest first. */
export function rolesOf(world: World, guildId: Snowflake, userId: Snowflake): readonly Role[] {
  const all = world.roles.of(guildId);
  return (world.people.member(guildId, userId)?.roles ?? []).flatMap((id) => all.get(id) ?? []).sort(above);
}

/** Whether somebody's highest role is below one's own; the owner is above all and below nobody. */
export function outranks(world: World, guildId: Snowflake, userId: Snowflake): boolean {
  const { me } = world.people;
  const owner = world.guilds.byId.get(guildId)?.owner_id;
  if (me === null || me === userId || userId === owner) return false;
  return world.isOwner(guildId) || heightOf(world, guildId, me) > heightOf(world, guildId, userId);
}

/** Whether one may do to somebody what a permission is for. */
export function mayActOn(world: World, guildId: Snowflake, userId: Snowflake, permission: PermissionName): boolean {
  return has(world.guildPermissions(guildId), permission) && outranks(world, guildId, userId);
}

/** Who administers a guild cannot be silenced. */
export function mayTimeOut(world: World, guildId: Snowflake, userId: Snowflake): boolean {
  const standing = world.standing(guildId, userId);
  const isAdministrator = standing !== null && has(inGuild(standing), "ADMINISTRATOR");
  return !isAdministrator && mayActOn(world, guildId, userId, "MODERATE_MEMBERS");
}

/** The roles one may give and take, the highest first: those below one's own that belong to no bot. */
export function rolesToGive(world: World, guildId: Snowflake): readonly Role[] {
  const { me } = world.people;
  if (me === null || !has(world.guildPermissions(guildId), "MANAGE_ROLES")) return [];
  const isOwner = world.isOwner(guildId);
  const height = heightOf(world, guildId, me);
  return [...world.roles.of(guildId).values()]
    .filter(({ id, managed, position }) => id !== guildId && !managed && (isOwner || position < height))
    .sort(above);
}

/** The place of somebody's highest role. */
export function heightOf(world: World, guildId: Snowflake, userId: Snowflake): number {
  const standing = world.standing(guildId, userId);
  return Math.max(0, ...(standing?.memberRoles ?? []).map((id) => standing?.roles.get(id)?.position ?? 0));
}
