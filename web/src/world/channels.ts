/** The channels one sees: those of guilds, and private ones with the ids of who is in them. */
import type { Channel, Events, Snowflake, UserlessChannel } from "../wire/types";
import { sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

export interface KnownChannel extends Omit<Channel, "recipients"> {
  readonly recipient_ids?: readonly Snowflake[];
}

const NONE: ReadonlySet<Snowflake> = new Set();

function known(channel: Channel | UserlessChannel, guildId?: Snowflake): KnownChannel {
  const { recipients, ...rest } = channel;
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
  readonly #gone: (ids: readonly Snowflake[]) => void;

  /** `gone` is told of channels that one sees no more. */
  constructor(gone: (ids: readonly Snowflake[]) => void) {
    this.#gone = gone;
  }

  readonly tables = { byId: this.byId, byGuild: this.#byGuild };

  readonly on: Applies = {
    READY: (ready) => this.#begin(ready),
    GUILD_CREATE: ({ id, channels }) => this.#replaceGuild(id, channels),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.#replaceGuild(id, []);
    },
    CHANNEL_CREATE: (channel) => this.#put(known(channel)),
    CHANNEL_UPDATE: (channel) => this.#put({ ...this.byId.get(channel.id), ...known(channel) }),
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
    MESSAGE_CREATE: ({ channel_id, id }) =>
      this.byId.change(channel_id, (channel) => ({ ...channel, last_message_id: id })),
  };

  /** The ids of a guild's channels; the private ones are under the empty id. */
  of(guildId: Snowflake): ReadonlySet<Snowflake> {
    return this.#byGuild.get(guildId) ?? NONE;
  }

  snapshot(): unknown {
    return sorted(this.byId.entries());
  }

  #begin({ guilds, private_channels }: Events["READY"]): void {
    const all = guilds.flatMap(({ id, channels }) =>
      channels.map((channel) => known(channel, id)),
    );
    const own = private_channels.map((channel) => known(channel));
    this.byId.become([...all, ...own].map((channel) => [channel.id, channel] as const));
    const index = guilds.map(
      ({ id, channels }) => [id, new Set(channels.map((it) => it.id))] as const,
    );
    this.#byGuild.become([...index, ["", new Set(own.map(({ id }) => id))] as const]);
  }

  #replaceGuild(guildId: Snowflake, channels: readonly Channel[]): void {
    const next = new Set(channels.map(({ id }) => id));
    const left = [...this.of(guildId)].filter((id) => !next.has(id));
    for (const id of left) this.byId.delete(id);
    this.#gone(left);
    for (const channel of channels) this.byId.set(channel.id, known(channel, guildId));
    if (next.size > 0) this.#byGuild.set(guildId, next);
    else this.#byGuild.delete(guildId);
  }

  #put(channel: KnownChannel): void {
    const guildId = channel.guild_id ?? "";
    this.byId.set(channel.id, channel);
    if (!this.of(guildId).has(channel.id)) this.#byGuild.set(guildId, new Set([...this.of(guildId), channel.id]));
  }

  #drop(id: Snowflake): void {
    const guildId = this.byId.get(id)?.guild_id ?? "";
    this.byId.delete(id);
    const rest = new Set(this.of(guildId));
    if (rest.delete(id)) this.#byGuild.set(guildId, rest);
    this.#gone([id]);
  }

  #people(id: Snowflake, next: (ids: readonly Snowflake[]) => readonly Snowflake[]): void {
    this.byId.change(id, (channel) => ({ ...channel, recipient_ids: next(channel.recipient_ids ?? []) }));
  }
}
