/** The roles of each guild. */
import type { Role, Snowflake } from "../wire/types";
import { sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

export type RolesById = ReadonlyMap<Snowflake, Role>;

const NONE: RolesById = new Map();

function byId(roles: readonly Role[]): RolesById {
  return new Map(roles.map((role) => [role.id, role]));
}

/** The order of roles: by position, and among equals the older one stands higher. */
export function above(one: Role, other: Role): number {
  return other.position - one.position || (BigInt(one.id) < BigInt(other.id) ? -1 : 1);
}

export class Roles implements Part {
  readonly byGuild = new Table<RolesById>();

  readonly tables = { byGuild: this.byGuild };

  readonly on: Applies = {
    READY: ({ guilds }) => this.byGuild.become(guilds.map(({ id, roles }) => [id, byId(roles)] as const)),
    GUILD_CREATE: ({ id, roles }) => this.byGuild.set(id, byId(roles)),
    GUILD_UPDATE: ({ id, roles }) => this.byGuild.change(id, () => byId(roles)),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.byGuild.delete(id);
    },
    GUILD_ROLE_CREATE: ({ guild_id, role }) => this.#put(guild_id, role),
    GUILD_ROLE_UPDATE: ({ guild_id, role }) => this.#put(guild_id, role),
    GUILD_ROLE_DELETE: ({ guild_id, role_id }) =>
      this.byGuild.change(guild_id, (roles) => new Map([...roles].filter(([id]) => id !== role_id))),
  };

  of(guildId: Snowflake): RolesById {
    return this.byGuild.get(guildId) ?? NONE;
  }

  snapshot(): unknown {
    return sorted([...this.byGuild.entries()].map(([id, roles]) => [id, sorted(roles)] as const));
  }

  #put(guildId: Snowflake, role: Role): void {
    this.byGuild.change(guildId, (roles) => new Map(roles).set(role.id, role));
  }
}
