/** Who is in which voice channel, and how; and what is said of the channel as long as somebody is in it. */
import type { ChannelInfo, Snowflake, VoiceState } from "../wire/types";
import { sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

export interface KnownVoice extends Omit<VoiceState, "member"> {
  readonly guild_id: Snowflake;
  readonly channel_id: Snowflake;
}

const NOBODY: ReadonlySet<string> = new Set();
const voiceId = (guildId: Snowflake, userId: Snowflake) => `${guildId}:${userId}`;

export class Voices implements Part {
  readonly #states = new Table<KnownVoice>();
  /** The ids of states, in the order in which they came. */
  readonly #byChannel = new Table<ReadonlySet<string>>();
  /** Told when it changes, and to who asks for it. */
  readonly #status = new Table<string>();
  readonly #isSeen: (channelId: Snowflake) => boolean;

  /** Who is moved out of sight is told where to; they do not see themselves there. */
  constructor(isSeen: (channelId: Snowflake) => boolean) {
    this.#isSeen = isSeen;
  }

  readonly tables = {};

  readonly passing = { states: this.#states, byChannel: this.#byChannel, status: this.#status };

  readonly on: Applies = {
    READY: ({ guilds }) => {
      for (const table of [this.#states, this.#byChannel, this.#status]) table.clear();
      for (const { id, voice_states } of guilds) this.#takeAll(id, voice_states);
    },
    GUILD_CREATE: ({ id, voice_states }) => {
      this.#leave(id);
      this.#takeAll(id, voice_states);
    },
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.#leave(id);
    },
    VOICE_STATE_UPDATE: (state) => {
      if (state.guild_id) this.#put(state.guild_id, state);
    },
    VOICE_CHANNEL_STATUS_UPDATE: (told) => this.#hear(told),
    CHANNEL_INFO: ({ channels }) => channels.forEach((told) => this.#hear(told)),
  };

  /** Those in a channel, who came first before the others. */
  in(channelId: Snowflake): readonly KnownVoice[] {
    return [...(this.#byChannel.get(channelId) ?? NOBODY)].flatMap((id) => this.#states.get(id) ?? []);
  }

  /** Where somebody is in a guild. */
  of(guildId: Snowflake, userId: Snowflake): KnownVoice | undefined {
    return this.#states.get(voiceId(guildId, userId));
  }

  /** What goes on in a channel, in the words of who is there. */
  statusOf(channelId: Snowflake): string | undefined {
    return this.#status.get(channelId);
  }

  forget(channelIds: readonly Snowflake[]): void {
    for (const id of channelIds) {
      for (const one of this.#byChannel.get(id) ?? NOBODY) this.#states.delete(one);
      this.#byChannel.delete(id);
      this.#status.delete(id);
    }
  }

  snapshot(): unknown {
    return sorted(this.#states.entries());
  }

  #takeAll(guildId: Snowflake, states: readonly VoiceState[] = []): void {
    for (const state of states) this.#put(guildId, state);
  }

  #leave(guildId: Snowflake): void {
    for (const { guild_id, channel_id } of [...this.#states.values()]) if (guild_id === guildId) this.forget([channel_id]);
  }

  #put(guildId: Snowflake, state: VoiceState): void {
    const id = voiceId(guildId, state.user_id);
    const was = this.#states.get(id)?.channel_id ?? null;
    const now = state.channel_id !== null && this.#isSeen(state.channel_id) ? state.channel_id : null;
    if (was !== null && was !== now) this.#byChannel.change(was, (ids) => new Set([...ids].filter((one) => one !== id)));
    if (now === null) {
      this.#states.delete(id);
      return;
    }
    this.#states.set(id, { ...without(state, ["member"]), guild_id: guildId, channel_id: now });
    if (was !== now) this.#byChannel.set(now, new Set([...(this.#byChannel.get(now) ?? NOBODY), id]));
  }

  #hear({ id, status }: ChannelInfo): void {
    if (status) this.#status.set(id, status);
    else if (status !== undefined) this.#status.delete(id);
  }
}
