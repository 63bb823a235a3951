/** Why one may not write somewhere, told so that one knows what to do about it. */
import { has, inChannel } from "../../permissions/permissions";
import type { Snowflake } from "../../wire/types";
import { above } from "../../world/roles";
import type { World } from "../../world/world";

export type Hindrance =
  | { readonly kind: "readOnly"; /** Those that may write, and that one could be given. */ readonly roles: readonly string[] }
  | { readonly kind: "timedOut"; readonly until: string }
  | { readonly kind: "blocked"; readonly userId: Snowflake }
  | { readonly kind: "request"; readonly userId: Snowflake };

const DIRECT = 1;
const MOST_ROLES = 3;

export function hindranceOf(world: World, channelId: Snowflake, nowMs: number): Hindrance | null {
  const channel = world.channels.byId.get(channelId);
  if (channel === undefined) return null;
  if (channel.guild_id !== undefined) return inGuild(world, channel.guild_id, channelId, nowMs);
  const [userId] = channel.recipient_ids ?? [];
  if (channel.type !== DIRECT || userId === undefined) return null;
  if (world.relationships.isBlocked(userId)) return { kind: "blocked", userId };
  return channel.is_message_request === true ? { kind: "request", userId } : null;
}

function inGuild(world: World, guildId: Snowflake, channelId: Snowflake, nowMs: number): Hindrance | null {
  const me = world.people.me;
  const until = me === null ? null : world.people.member(guildId, me)?.communication_disabled_until;
  if (until && new Date(until).getTime() > nowMs && !has(world.guildPermissions(guildId), "ADMINISTRATOR")) {
    return { kind: "timedOut", until };
  }
  if (has(world.permissions(channelId), "SEND_MESSAGES")) return null;
  return { kind: "readOnly", roles: rolesThatMayWrite(world, guildId, channelId) };
}

function rolesThatMayWrite(world: World, guildId: Snowflake, channelId: Snowflake): readonly string[] {
  const standing = world.standing(guildId);
  if (standing === null) return [];
  const overwrites = world.channels.byId.get(channelId)?.permission_overwrites ?? [];
  const others = [...standing.roles.values()].filter(
    ({ id, managed }) => id !== guildId && !managed && !standing.memberRoles.includes(id),
  );
  const helping = others.filter(({ id }) => {
    const memberRoles = [...standing.memberRoles, id];
    return has(inChannel({ ...standing, timedOut: false, memberRoles }, overwrites), "SEND_MESSAGES");
  });
  // The least of them is asked for first.
  return helping.sort((one, other) => above(other, one)).slice(0, MOST_ROLES).map(({ name }) => name);
}
