/** The servers the signed-in person belongs to. */
import type { Api } from "../rest/api";
import type { Guild, Snowflake, User } from "../rest/types";

const TEXT = 0;
const ANNOUNCEMENT = 5;
const ADMINISTRATOR = 1n << 3n;
const MANAGE_GUILD = 1n << 5n;

export type GuildEvent =
  | { t: "GUILD_CREATE" | "GUILD_UPDATE"; d: Guild }
  | { t: "GUILD_DELETE"; d: { id: Snowflake } };

export type GuildMap = ReadonlyMap<Snowflake, Guild>;

/** The next map of servers after an event; the old one is left alone. */
export function apply(guilds: GuildMap, event: GuildEvent): GuildMap {
  const next = new Map(guilds);
  if (event.t === "GUILD_DELETE") next.delete(event.d.id);
  else next.set(event.d.id, { ...guilds.get(event.d.id), ...event.d });
  return next;
}

export function isOwner(guild: Guild, me: User): boolean {
  return guild.owner ?? guild.owner_id === me.id;
}

/** Whether I may add a bot there. */
export function canManage(guild: Guild, me: User): boolean {
  const bits = BigInt(guild.permissions ?? "0");
  return isOwner(guild, me) || (bits & (ADMINISTRATOR | MANAGE_GUILD)) !== 0n;
}

export class Guilds {
  /** Null until the first answer. */
  all = $state.raw<GuildMap | null>(null);
  readonly list = $derived([...(this.all?.values() ?? [])]);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    const answer = await this.#api.guilds();
    this.all = new Map(answer.map((guild) => [guild.id, guild]));
  }

  async create(name: string): Promise<Guild> {
    const guild = await this.#api.createGuild(name);
    this.all = apply(this.all ?? new Map<Snowflake, Guild>(), { t: "GUILD_CREATE", d: guild });
    return guild;
  }

  /** A link into the first text channel, or null when the server has none. */
  async invite(guild: Snowflake): Promise<string | null> {
    const channels = await this.#api.channels(guild);
    const first = channels
      .filter(({ type }) => type === TEXT || type === ANNOUNCEMENT)
      .sort((a, b) => a.position - b.position)[0];
    return first ? (await this.#api.createInvite(first.id)).code : null;
  }

  clear(): void {
    this.all = null;
  }
}
