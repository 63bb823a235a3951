/** The servers of the instance that want to be found: pages of them, narrowed by words and by what they are about. */
import type { Client } from "../../rest/client";
import type { DiscoverableGuild, DiscoverableGuilds, DiscoveryCategory } from "../../wire/types";

const PAGE = 24;

export class Discovering {
  guilds = $state.raw<readonly DiscoverableGuild[]>([]);
  categories = $state.raw<readonly DiscoveryCategory[]>([]);
  total = $state(0);
  /** Null for all of them. */
  category = $state<number | null>(null);
  words = $state("");

  readonly #client: Pick<Client, "call">;
  /** What is asked for now; answers to what was asked before come too late. */
  #turn = 0;

  constructor(client: Pick<Client, "call">) {
    this.#client = client;
  }

  get hasMore(): boolean {
    return this.guilds.length < this.total;
  }

  async load(): Promise<void> {
    const [categories] = await Promise.all([this.#client.call("GET /discovery/categories", { query: { primary_only: true } }), this.look()]);
    this.categories = categories;
  }

  /** From the beginning, with the words and the category as they are now. */
  async look(): Promise<void> {
    await this.#take([], 0);
  }

  async more(): Promise<void> {
    await this.#take(this.guilds, this.guilds.length);
  }

  async #take(before: readonly DiscoverableGuild[], offset: number): Promise<void> {
    const turn = ++this.#turn;
    const { guilds, total } = await this.#page(offset);
    if (turn !== this.#turn) return;
    this.guilds = [...before, ...guilds];
    this.total = total;
  }

  #page(offset: number): Promise<DiscoverableGuilds> {
    const query = { query: this.words.trim(), limit: PAGE, offset, ...(this.category !== null && { category_id: this.category }) };
    return this.#client.call("GET /discoverable-guilds/search", { query });
  }
}
