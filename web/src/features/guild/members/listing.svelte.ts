/** The members of a server page by page, all of them or those who have a role or a name. */
import { has } from "../../../permissions/permissions";
import type { FoundMember, SearchMembersInput, Snowflake } from "../../../wire/types";
import type { World } from "../../../world/world";
import type { App } from "../../app";
import { learn, PAGE } from "./finding";

/** The newest members first. */
const NEWEST = 1;

export class Listing {
  ids = $state.raw<readonly Snowflake[]>([]);
  /** How many there are in all, where the server says so. */
  total = $state<number | null>(null);
  isMore = $state(true);
  busy = $state(false);
  #last: FoundMember["member"] | undefined;

  constructor(
    readonly app: App,
    readonly world: World,
    readonly guildId: Snowflake,
    readonly roleId: Snowflake | null = null,
    readonly sought = "",
  ) {}

  async more(): Promise<void> {
    if (this.busy || !this.isMore) return;
    this.busy = true;
    try {
      await (has(this.world.guildPermissions(this.guildId), "MANAGE_GUILD") ? this.#search() : this.#list());
    } finally {
      this.busy = false;
    }
  }

  async #search(): Promise<void> {
    const last = this.#last;
    const answer = await this.app.api.client.call("POST /guilds/{guild_id}/members-search", {
      guild_id: this.guildId,
      body: {
        sort: NEWEST,
        limit: PAGE,
        ...this.#filters(),
        ...(last && { after: { user_id: last.user.id, guild_joined_at: Date.parse(last.joined_at) } }),
      },
    });
    this.total = answer.total_result_count;
    this.#take(answer.members.map(({ member }) => member));
  }

  #filters(): Pick<SearchMembersInput, "and_query"> {
    const words = this.sought.trim();
    return {
      and_query: {
        ...(this.roleId !== null && { role_ids: { and_query: [this.roleId] } }),
        ...(words !== "" && { usernames: { or_query: [words] } }),
      },
    };
  }

  /** Who may not search looks through all of them. */
  async #list(): Promise<void> {
    const { client } = this.app.api;
    const query = this.sought.trim();
    const members = query === ""
      ? await client.call("GET /guilds/{guild_id}/members", { guild_id: this.guildId, query: { limit: PAGE, ...(this.#last && { after: this.#last.user.id }) } })
      : await client.call("GET /guilds/{guild_id}/members/search", { guild_id: this.guildId, query: { query, limit: PAGE } });
    this.#take(members, query !== "");
  }

  #take(members: readonly FoundMember["member"][], isAll = false): void {
    const wanted = members.filter(({ roles }) => this.roleId === null || roles.includes(this.roleId));
    learn(this.world, this.guildId, members);
    this.#last = members.at(-1);
    this.isMore = !isAll && members.length === PAGE;
    this.ids = [...this.ids, ...wanted.map(({ user }) => user.id)];
  }
}
