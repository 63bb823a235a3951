/** The linked roles of a server as somebody stands towards them. */
import type { Client } from "../../rest/client";
import type { IntegrationApplication, JudgedRequirement, KnownRoleConnection, RoleLink, Snowflake } from "../../wire/types";

export interface Link extends RoleLink {
  /** What it asks for, with whether one is that: one of the ways is enough, and of that all. */
  readonly ways: readonly (readonly JudgedRequirement[])[];
}

export function isMet({ ways }: Pick<Link, "ways">): boolean {
  return ways.some((way) => way.every(({ result }) => result));
}

/** The applications a role asks, each once. */
export function applicationsOf({ applications }: Pick<Link, "applications">): readonly IntegrationApplication[] {
  return Object.values(applications);
}

export class Links {
  all = $state.raw<readonly Link[]>([]);
  /** What applications say of the reader. */
  said = $state.raw<ReadonlyMap<Snowflake, KnownRoleConnection>>(new Map());

  readonly #client: Pick<Client, "call">;
  readonly #guildId: Snowflake;

  constructor(client: Pick<Client, "call">, guildId: Snowflake) {
    this.#client = client;
    this.#guildId = guildId;
  }

  async load(): Promise<void> {
    const [links, said] = await Promise.all([
      this.#client.call("GET /guilds/{guild_id}/roles/connections-configurations", { guild_id: this.#guildId }),
      this.#client.call("GET /users/@me/applications/role-connections"),
    ]);
    const all = await Promise.all(links.map(async (link) => ({ ...link, ways: await this.#judged(link.role_id) })));
    [this.all, this.said] = [all, new Map(said.map((one) => [one.application.id, one]))];
  }

  async take(roleId: Snowflake): Promise<void> {
    await this.#client.call("PUT /guilds/{guild_id}/roles/{role_id}/connections/assign", this.#of(roleId));
  }

  async giveBack(roleId: Snowflake): Promise<void> {
    await this.#client.call("POST /guilds/{guild_id}/roles/{role_id}/connections/unassign", this.#of(roleId));
  }

  #judged(roleId: Snowflake): Promise<Link["ways"]> {
    return this.#client.call("GET /guilds/{guild_id}/roles/{role_id}/connections/eligibility", this.#of(roleId));
  }

  #of(role_id: Snowflake) {
    return { guild_id: this.#guildId, role_id };
  }
}
