/** The guilds one is in: their properties, and how many people they have. */
import type { GatewayGuild, Guild, GuildCreate, GuildProperties, Snowflake } from "../wire/types";
import { sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

export interface KnownGuild extends GuildProperties {
  readonly joined_at: string;
  readonly member_count: number;
  readonly large: boolean;
}

/** Of a guild all but what other parts hold of it. */
function known(guild: GatewayGuild | GuildCreate): KnownGuild {
  const { joined_at, member_count, large } = guild;
  return { ...properties("properties" in guild ? guild.properties : guild), joined_at, member_count, large };
}

function properties(guild: GuildProperties): GuildProperties {
  return without(guild, ELSEWHERE);
}

const ELSEWHERE: readonly (keyof GuildCreate)[] = [
  "roles",
  "emojis",
  "stickers",
  "channels",
  "threads",
  "members",
  "presences",
  "voice_states",
  "stage_instances",
  "guild_scheduled_events",
  "soundboard_sounds",
  "premium_subscription_count",
  "approximate_member_count",
  "approximate_presence_count",
  "unavailable",
  "lazy",
  "joined_at",
  "member_count",
  "large",
];

export class Guilds implements Part {
  readonly byId = new Table<KnownGuild>();
  /** Those whose server is away for the moment. */
  readonly unavailable = new Table<true>();

  readonly tables = { byId: this.byId };

  readonly passing = { unavailable: this.unavailable };

  readonly on: Applies = {
    READY: ({ guilds }) => {
      this.byId.become(guilds.map((guild) => [guild.id, known(guild)] as const));
      this.unavailable.clear();
    },
    GUILD_CREATE: (guild) => {
      this.unavailable.delete(guild.id);
      this.byId.set(guild.id, known(guild));
    },
    GUILD_UPDATE: (guild: Guild) => this.byId.change(guild.id, (before) => ({ ...before, ...properties(guild) })),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable === true) this.unavailable.set(id, true);
      else this.byId.delete(id);
    },
    GUILD_MEMBER_ADD: ({ guild_id }) => this.#count(guild_id, 1),
    GUILD_MEMBER_REMOVE: ({ guild_id }) => this.#count(guild_id, -1),
    GUILD_MEMBER_LIST_UPDATE: ({ guild_id, member_count }) =>
      this.byId.change(guild_id, (before) => (before.member_count === member_count ? before : { ...before, member_count })),
  };

  snapshot(): unknown {
    return sorted(this.byId.entries());
  }

  #count(id: Snowflake, more: number): void {
    this.byId.change(id, (before) => ({ ...before, member_count: before.member_count + more }));
  }
}
