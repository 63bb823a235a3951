/** Why one may not write somewhere, told so that one knows what to do about it. */
import { has } from "../../permissions/permissions";
import type { Snowflake } from "../../wire/types";
import { isArchived, isLocked } from "../../world/threads";
import type { World } from "../../world/world";

export type Hindrance =
  | { readonly kind: "readOnly" }
  | { readonly kind: "pending"; readonly guildId: Snowflake }
  | { readonly kind: "timedOut"; readonly until: string }
  | { readonly kind: "blocked"; readonly userId: Snowflake }
  | { readonly kind: "request"; readonly userId: Snowflake }
  | { readonly kind: "locked" }
  | { readonly kind: "archived" };

/** In spite of these one may write. */
export const BRIDGED: ReadonlySet<Hindrance["kind"]> = new Set(["request", "archived"]);

const DIRECT = 1;

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
  const member = me === null ? undefined : world.people.member(guildId, me);
  const until = member?.communication_disabled_until;
  if (!has(world.guildPermissions(guildId), "ADMINISTRATOR")) {
    if (member?.pending === true) return { kind: "pending", guildId };
    if (until && new Date(until).getTime() > nowMs) return { kind: "timedOut", until };
  }
  const channel = world.channels.byId.get(channelId);
  if (channel !== undefined && isLocked(channel) && !has(world.permissions(channelId), "MANAGE_THREADS")) return { kind: "locked" };
  if (has(world.permissions(channelId), "SEND_MESSAGES")) return channel !== undefined && isArchived(channel) ? { kind: "archived" } : null;
  return { kind: "readOnly" };
}
