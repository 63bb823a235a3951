/** The order of servers as their owner of the list put them, and what waits in private channels. */
import type { KnownGuild } from "../../world/guilds";
import type { World } from "../../world/world";

/** Those that were never put anywhere come first, the newest at the top. */
export function ordered(world: World): readonly KnownGuild[] {
  const places = new Map((world.selves.settings.guild_folders ?? []).flatMap(({ guild_ids }) => guild_ids).map((id, at) => [id, at]));
  const place = (guild: KnownGuild) => places.get(guild.id) ?? -1;
  return [...world.guilds.byId.values()].sort(
    (one, other) => place(one) - place(other) || (one.joined_at < other.joined_at ? 1 : -1),
  );
}

/** How many private messages call the reader. */
export function waitingPrivately(world: World): number {
  return [...world.channels.of("")].reduce((sum, id) => sum + world.readings.of(id).mention_count, 0);
}
