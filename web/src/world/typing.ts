/** Who is writing at this moment: for ten seconds after they said so, or until their message is there. */
import type { Snowflake } from "../wire/types";
import type { Applies, Part } from "./parts";
import { Table } from "./table";

const LASTS_MS = 10_000;

export type Writers = ReadonlyMap<Snowflake, number>;

export class Typing implements Part {
  /** By channel, who is writing and until when. */
  readonly byChannel = new Table<Writers>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  readonly tables = {};

  readonly passing = { byChannel: this.byChannel };

  readonly on: Applies = {
    READY: () => this.byChannel.clear(),
    TYPING_START: ({ channel_id, user_id }) =>
      this.byChannel.set(channel_id, new Map(this.#still(channel_id)).set(user_id, this.#now() + LASTS_MS)),
    MESSAGE_CREATE: ({ channel_id, author }) => this.#stop(channel_id, author.id),
  };

  forget(channelIds: readonly Snowflake[]): void {
    for (const id of channelIds) this.byChannel.delete(id);
  }

  /** Those whose time is not over; whoever shows them looks again when the first one's is. */
  writing(channelId: Snowflake): readonly Snowflake[] {
    return [...this.#still(channelId).keys()];
  }

  snapshot(): unknown {
    return null;
  }

  #still(channelId: Snowflake): Writers {
    const all = this.byChannel.get(channelId) ?? new Map<Snowflake, number>();
    return new Map([...all].filter(([, until]) => until > this.#now()));
  }

  #stop(channelId: Snowflake, userId: Snowflake): void {
    const rest = new Map(this.byChannel.get(channelId) ?? []);
    if (rest.delete(userId)) this.byChannel.set(channelId, rest);
  }
}
