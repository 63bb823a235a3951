/** The rail as the world has it: the arrangement of servers, and what waits in private channels. */
import type { Snowflake } from "../../wire/types";
import { INCOMING } from "../../world/relationships";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { arranged, type Arrangement } from "./arrangement";

export function arrangementOf(world: World): Arrangement {
  const guilds = [...world.guilds.byId.values()].sort((one, other) => (one.joined_at < other.joined_at ? 1 : -1));
  const known = guilds.map(({ id }) => id);
  return arranged(world.selves.settings.guild_folders ?? [], known);
}

/** Seen at once; where the server does not take it, it is as before. */
export async function arrange(app: App, world: World, next: Arrangement): Promise<void> {
  const before = world.selves.settings.guild_folders ?? [];
  world.receive("USER_SETTINGS_UPDATE", { guild_folders: next });
  const kept = await attempt(app, () =>
    app.api.client.call("PATCH /users/@me/settings", { body: { guild_folders: next } }),
  );
  if (!kept) world.receive("USER_SETTINGS_UPDATE", { guild_folders: before });
}

/** How often the reader is called privately: by messages, but not of strangers who are not let in, and by who wants to be a friend. */
export function waitingPrivately(world: World): number {
  const asking = [...world.relationships.byId.values()].filter(({ type }) => type === INCOMING).length;
  const open = [...world.channels.of("")].filter((id) => world.channels.byId.get(id)?.is_message_request !== true);
  return open.reduce((sum, id) => sum + world.readings.of(id).mention_count, asking);
}

/** What waits in all servers of a folder. */
export function waitingInAll(world: World, guilds: readonly Snowflake[]): { isUnread: boolean; mentions: number } {
  const all = guilds.map((id) => world.waitingIn(id));
  return {
    isUnread: all.some(({ isUnread }) => isUnread),
    mentions: all.reduce((sum, { mentions }) => sum + mentions, 0),
  };
}
