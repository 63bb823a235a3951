/** How far one has read, and how often one was called since: the same on all of one's devices. */
import type { Events, Message, ReadState, Snowflake } from "../wire/types";
import { isForMeAlone } from "./messages";
import { sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

export interface Reading {
  readonly last_message_id: Snowflake;
  readonly mention_count: number;
  readonly last_pin_timestamp: string | null;
}

const NOTHING: Reading = { last_message_id: "0", mention_count: 0, last_pin_timestamp: null };
const CHANNEL = 0;

function known(state: ReadState): Reading {
  return {
    last_message_id: state.last_message_id ?? "0",
    mention_count: state.mention_count ?? 0,
    last_pin_timestamp: state.last_pin_timestamp ?? null,
  };
}

/** Whose a message is, and whether it calls oneself: told by the world, which knows. */
export interface Calls {
  isMine(message: Events["MESSAGE_CREATE"]): boolean;
  callsMe(message: Message, guildId: Snowflake | undefined): boolean;
  /** A message as it was before what happens now, where it is known. */
  known(channelId: Snowflake, id: Snowflake): Message | undefined;
  guildOf(channelId: Snowflake): Snowflake | undefined;
}

export class Readings implements Part {
  readonly byChannel = new Table<Reading>();
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  readonly tables = { byChannel: this.byChannel };

  readonly on: Applies = {
    READY: ({ read_state }) => {
      const channels = read_state.entries.filter(({ read_state_type }) => (read_state_type ?? CHANNEL) === CHANNEL);
      this.byChannel.become(channels.map((state) => [state.id, known(state)] as const));
    },
    // What was said before one came is not news, even where nobody has opened it.
    GUILD_CREATE: ({ unavailable, channels }) => {
      if (unavailable !== undefined) return;
      for (const { id, last_message_id } of channels) {
        if (this.isUnread(id, last_message_id)) this.#change(id, { last_message_id: last_message_id ?? "0" });
      }
    },
    MESSAGE_ACK: ({ channel_id, message_id, mention_count }) =>
      this.#change(channel_id, { last_message_id: message_id, mention_count }),
    CHANNEL_PINS_ACK: ({ channel_id, timestamp }) => this.#change(channel_id, { last_pin_timestamp: timestamp }),
    MESSAGE_CREATE: (message) => {
      if (isForMeAlone(message)) return;
      if (this.#calls.isMine(message)) {
        this.#change(message.channel_id, { last_message_id: message.id, mention_count: 0 });
      } else if (this.#calls.callsMe(message, message.guild_id)) this.#count(message.channel_id, 1);
    },
    MESSAGE_UPDATE: (message) => {
      const { channel_id, guild_id } = message;
      if (isForMeAlone(message)) return;
      const before = this.#calls.known(channel_id, message.id);
      if (before === undefined || this.#calls.isMine(message)) return;
      const now = this.#calls.callsMe(message, guild_id);
      if (now !== this.#calls.callsMe(before, guild_id)) this.#count(channel_id, now ? 1 : -1);
    },
    MESSAGE_DELETE: ({ channel_id, id }) => this.#gone(channel_id, [id]),
    MESSAGE_DELETE_BULK: ({ channel_id, ids }) => this.#gone(channel_id, ids),
  };

  of(channelId: Snowflake): Reading {
    return this.byChannel.get(channelId) ?? NOTHING;
  }

  /** Whether there is something after what was read. */
  isUnread(channelId: Snowflake, lastMessageId: Snowflake | null | undefined): boolean {
    if (lastMessageId === null || lastMessageId === undefined) return false;
    return BigInt(lastMessageId) > BigInt(this.of(channelId).last_message_id);
  }

  snapshot(): unknown {
    return sorted(this.byChannel.entries());
  }

  /** What was not read yet and is gone calls nobody. */
  #gone(channelId: Snowflake, ids: readonly Snowflake[]): void {
    const guildId = this.#calls.guildOf(channelId);
    const calling = ids.filter((id) => {
      const message = this.#calls.known(channelId, id);
      return message !== undefined && !isForMeAlone(message) && this.isUnread(channelId, id) && this.#calls.callsMe(message, guildId);
    });
    if (calling.length > 0) this.#count(channelId, -calling.length);
  }

  #count(channelId: Snowflake, more: number): void {
    this.#change(channelId, { mention_count: Math.max(0, this.of(channelId).mention_count + more) });
  }

  #change(channelId: Snowflake, next: Partial<Reading>): void {
    this.byChannel.set(channelId, { ...this.of(channelId), ...next });
  }
}
