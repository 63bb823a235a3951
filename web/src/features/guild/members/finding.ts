/** Members as the server finds them; the world learns of each, so that what is shown stays true. */
import { isExpected } from "../../../rest/errors";
import type { Member, Snowflake } from "../../../wire/types";
import type { World } from "../../../world/world";
import type { App } from "../../app";
import { wordsFor } from "../../attempt";

export const PAGE = 50;

/** As if they had come over the gateway. */
export function learn(world: World, guild_id: Snowflake, members: readonly Member[]): readonly Snowflake[] {
  world.receive("GUILD_MEMBERS_CHUNK", { guild_id, members, chunk_index: 0, chunk_count: 1 });
  return members.map(({ user }) => user.id);
}

/** By the beginning of one of their names; without one, the first there are. */
export async function findMembers(app: App, world: World, guild_id: Snowflake, sought: string, signal?: AbortSignal): Promise<readonly Snowflake[]> {
  const query = sought.trim();
  const { client } = app.api;
  const stop = signal ? { signal } : {};
  try {
    const members = query === ""
      ? await client.call("GET /guilds/{guild_id}/members", { guild_id, query: { limit: PAGE }, ...stop })
      : await client.call("GET /guilds/{guild_id}/members/search", { guild_id, query: { query, limit: PAGE }, ...stop });
    return learn(world, guild_id, members);
  } catch (problem) {
    if (signal?.aborted) return [];
    if (isExpected(problem)) {
      app.layers.toast({ text: wordsFor(app, problem), kind: "bad" });
      return [];
    }
    throw problem;
  }
}
