/** The channels one sees: those of guilds, and private ones with the ids of who is in them. */
import type { Channel, Events, Snowflake, UserlessChannel } from "../wire/types";
import { isForMeAlone } from "./messages";
import { sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

const APART = ["recipients", "last_message_id", "member", "message_count", "total_message_sent", "member_count"] as const;

/** Without what changes with every message: that would have all of a channel drawn anew. */
export interface KnownChannel extends Omit<Channel, (typeof APART)[number]> {
  readonly recipient_ids?: readonly Snowflake[];
}

const FORUM = 15;
const MEDIA = 16;

/** Whether a channel holds no messages, but posts that are threads: what was said there last is in one of these. */
export function isForum({ type }: Pick<KnownChannel, "type">): boolean {
  return type === FORUM || type === MEDIA;
}

const NONE: ReadonlySet<Snowflake> = new Set();

function known(channel: Channel | UserlessChannel, guildId?: Snowflake): KnownChannel {
  const { recipients } = channel;
  const rest: KnownChannel = without(channel, APART);
  const own: KnownChannel = guildId === undefined ? rest : { ...rest, guild_id: guildId };
  return recipients === undefined ? own : { ...own, recipient_ids: recipients.map(({ id }) => id) };
}

/** With a role goes what was said of it. */
function withoutOverwrite(channel: KnownChannel, roleId: Snowflake): KnownChannel {
  const all = channel.permission_overwrites ?? [];
  if (!all.some(({ id }) => id === roleId)) return channel;
  return { ...channel, permission_overwrites: all.filter(({ id }) => id !== roleId) };
}

export class Channels implements Part {
  readonly byId = new Table<KnownChannel>();
  readonly #byGuild = new Table<ReadonlySet<Snowflake>>();
  readonly #last = new Table<Snowflake>();
  readonly #gone: (ids: readonly Snowflake[]) => void;

  /** `gone` is told of channels that one sees no more. */
  constructor(gone: (ids: readonly Snowflake[]) => void) {
    this.#gone = gone;
  }

  readonly tables = { byId: this.byId, byGuild: this.#byGuild, last: this.#last };

  readonly on: Applies = {
    READY: (ready) => this.#begin(ready),
    GUILD_CREATE: ({ id, channels }) => this.#replaceGuild(id, channels),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.#replaceGuild(id, []);
    },
    CHANNEL_CREATE: (channel) => this.#put(channel),
    CHANNEL_UPDATE: (channel) => this.#put(channel),
    CHANNEL_DELETE: (channel) => this.#drop(channel.id),
    GUILD_ROLE_DELETE: ({ guild_id, role_id }) => {
      for (const id of this.of(guild_id)) this.byId.change(id, (channel) => withoutOverwrite(channel, role_id));
    },
    CHANNEL_PINS_UPDATE: ({ channel_id, last_pin_timestamp }) =>
      this.byId.change(channel_id, (channel) => ({ ...channel, last_pin_timestamp: last_pin_timestamp ?? null })),
    CHANNEL_RECIPIENT_ADD: ({ channel_id, user }) =>
      this.#people(channel_id, (ids) => (ids.includes(user.id) ? ids : [...ids, user.id])),
    CHANNEL_RECIPIENT_REMOVE: ({ channel_id, user }) =>
      this.#people(channel_id, (ids) => ids.filter((id) => id !== user.id)),
    MESSAGE_CREATE: (message) => {
      const { channel_id, id } = message;
      if (this.byId.has(channel_id) && !isForMeAlone(message)) this.#last.set(channel_id, id);
    },
  };

  /** The ids of a guild's channels; the private ones are under the empty id. */
  of(guildId: Snowflake): ReadonlySet<Snowflake> {
    return this.#byGuild.get(guildId) ?? NONE;
  }

  /** What was said there last, even if it is gone by now. */
  lastIn(id: Snowflake): Snowflake | null {
    return this.#last.get(id) ?? null;
  }

  /** One that is in no list of a guild's channels, such as a thread. */
  learn(channel: Channel): void {
    this.#learn(channel, { ...this.byId.get(channel.id), ...known(channel) });
  }

  /** They are gone, or out of sight. */
  drop(ids: readonly Snowflake[]): void {
    for (const id of ids) this.#forget(id);
    if (ids.length > 0) this.#gone(ids);
  }

  /** Without what sleeps: nobody is told of that who comes later. */
  snapshot(): unknown {
    const awake = sorted(this.byId.entries()).filter(([, { thread_metadata }]) => thread_metadata?.archived !== true);
    return awake.map(([id, channel]) => [id, { ...channel, last_message_id: this.lastIn(id) }]);
  }

  #begin({ guilds, private_channels }: Events["READY"]): void {
    const all = guilds.flatMap(({ id, channels }) =>
      channels.map((channel) => known(channel, id)),
    );
    const own = private_channels.map((channel) => known(channel));
    this.byId.become([...all, ...own].map((channel) => [channel.id, channel] as const));
    const told = [...guilds.flatMap(({ channels }) => channels), ...private_channels];
    this.#last.become(told.flatMap(({ id, last_message_id }) => (last_message_id ? [[id, last_message_id] as const] : [])));
    const index = guilds.map(
      ({ id, channels }) => [id, new Set(channels.map((it) => it.id))] as const,
    );
    this.#byGuild.become([...index, ["", new Set(own.map(({ id }) => id))] as const]);
  }

  #replaceGuild(guildId: Snowflake, channels: readonly Channel[]): void {
    const next = new Set(channels.map(({ id }) => id));
    const left = [...this.of(guildId)].filter((id) => !next.has(id));
    for (const id of left) this.#forget(id);
    this.#gone(left);
    for (const channel of channels) this.#learn(channel, known(channel, guildId));
    if (next.size > 0) this.#byGuild.set(guildId, next);
    else this.#byGuild.delete(guildId);
  }

  #learn({ id, last_message_id }: Channel, channel: KnownChannel): void {
    this.byId.set(id, channel);
    if (last_message_id) this.#last.set(id, last_message_id);
  }

  #forget(id: Snowflake): void {
    this.byId.delete(id);
    this.#last.delete(id);
  }

  #put(channel: Channel): void {
    const guildId = channel.guild_id ?? "";
    this.#learn(channel, { ...this.byId.get(channel.id), ...known(channel) });
    if (!this.of(guildId).has(channel.id)) this.#byGuild.set(guildId, new Set([...this.of(guildId), channel.id]));
  }

  #drop(id: Snowflake): void {
    const guildId = this.byId.get(id)?.guild_id ?? "";
    this.#forget(id);
    const rest = new Set(this.of(guildId));
    if (rest.delete(id)) this.#byGuild.set(guildId, rest);
    this.#gone([id]);
  }

  #people(id: Snowflake, next: (ids: readonly Snowflake[]) => readonly Snowflake[]): void {
    this.byId.change(id, (channel) => ({ ...channel, recipient_ids: next(channel.recipient_ids ?? []) }));
  }
}
