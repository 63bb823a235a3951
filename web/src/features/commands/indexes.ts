/** The commands of a place, fetched when somebody wants one, and anew when the server says that they have changed. */
import type { Client } from "../../rest/client";
import { isExpected } from "../../rest/errors";
import type { Live } from "../../store/live.svelte";
import type { CommandIndex, CommandIndexUpdate, Snowflake } from "../../wire/types";
import type { EventName } from "../../world/parts";
import { usable, type Usable } from "./usable";

/** Of so many places the commands are remembered. */
const MOST = 20;

const known = new WeakMap<Live, Indexes>();

export class Indexes {
  readonly #client: Pick<Client, "call">;
  readonly #live: Pick<Live, "world">;
  /** By server, or by private channel. */
  readonly #places = new Map<Snowflake, Promise<readonly CommandIndex[]>>();

  constructor(client: Pick<Client, "call">, live: Pick<Live, "world">) {
    this.#client = client;
    this.#live = live;
  }

  /** Those of a kind that can be used there; none where they cannot be had. */
  async of(channelId: Snowflake, type: number): Promise<readonly Usable[]> {
    const { channels } = this.#live.world;
    const channel = channels.byId.get(channelId);
    const guildId = channel?.guild_id ?? null;
    const isGrownUp = channel?.nsfw === true;
    try {
      return usable(await this.#fetched(guildId ?? channelId, channelId, guildId), { channelId, guildId, isGrownUp }, type);
    } catch (problem) {
      if (isExpected(problem)) return [];
      throw problem;
    }
  }

  readonly heard = (name: EventName, data: unknown): void => {
    if (name === "READY") this.#places.clear();
    if (name === "GUILD_APPLICATION_COMMAND_INDEX_UPDATE") this.#places.delete((data as CommandIndexUpdate).guild_id);
  };

  #fetched(place: Snowflake, channelId: Snowflake, guildId: Snowflake | null): Promise<readonly CommandIndex[]> {
    const before = this.#places.get(place);
    if (before !== undefined) return before;
    const asked = this.#ask(channelId, guildId);
    if (this.#places.size >= MOST) this.#places.clear();
    this.#places.set(place, asked);
    asked.catch(() => this.#places.delete(place));
    return asked;
  }

  /** Those of the place, and those one takes along everywhere. */
  async #ask(channelId: Snowflake, guildId: Snowflake | null): Promise<readonly CommandIndex[]> {
    const context = guildId === null ? this.#privately(channelId) : 0;
    const there = this.#client.call("GET /channels/{channel_id}/application-command-index", { channel_id: channelId });
    const [index, taken] = await Promise.all([there, this.#client.call("GET /users/@me/application-command-index", {})]);
    return [index, { ...taken, application_commands: taken.application_commands.filter(({ contexts }) => !contexts || contexts.includes(context)) }];
  }

  /** A conversation with a bot alone, or one with people. */
  #privately(channelId: Snowflake): number {
    const { channels, people } = this.#live.world;
    const others = channels.byId.get(channelId)?.recipient_ids ?? [];
    return others.length === 1 && people.users.get(others[0] ?? "")?.bot === true ? 1 : 2;
  }
}

/** Those of this connection. */
export function indexesOf(live: Live, client: Client): Indexes {
  const before = known.get(live);
  if (before !== undefined) return before;
  const indexes = new Indexes(client, live);
  known.set(live, indexes);
  live.listen(indexes.heard);
  return indexes;
}
