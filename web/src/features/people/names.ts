/** What people and private channels are called here, and in which colour. */
import { hue } from "../../ui/hue";
import type { Snowflake, User } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { rolesOf } from "../../world/ranks";
import type { World } from "../../world/world";

type Called = Pick<User, "username"> & { readonly global_name?: string | null };

export function plainName(user: Called): string {
  return user.global_name || user.username;
}

/** As one calls a friend, as a server does, as they call themselves. */
export function nameOf(world: World, userId: Snowflake, guildId?: Snowflake | null, user?: Called): string {
  const nick = guildId ? world.people.member(guildId, userId)?.nick : world.relationships.byId.get(userId)?.nickname;
  const known = world.people.users.get(userId) ?? user;
  return nick || (known ? plainName(known) : "");
}

/** The colour of the highest role that has one, as its hue; the theme sets how light and how strong it is. */
export function hueOf(world: World, guildId: Snowflake | null | undefined, userId: Snowflake): number | undefined {
  if (!guildId) return undefined;
  const colour = rolesOf(world, guildId, userId).find((role) => role.color !== 0)?.color;
  return colour === undefined ? undefined : hue(colour);
}

/** A private channel goes by who else is in it, unless it has been given a name. */
export function titleOf(world: World, channel: KnownChannel): string {
  if (channel.name) return channel.name;
  const others = (channel.recipient_ids ?? []).map((id) => nameOf(world, id)).filter((name) => name !== "");
  return others.join(", ");
}
