/** A search: what is wanted, where, and what was found. */
import { createContext } from "svelte";
import type { Client } from "../../rest/client";
import { isExpected } from "../../rest/errors";
import type { Channel, FoundMessage, Snowflake } from "../../wire/types";
import { idAt } from "../../world/ids";
import type { Keep } from "../../store/session.svelte";
import { isEmpty, PAGE, queryOf, withFilter, type Filter, type Scope, type Sort } from "./filters";
import { remember, type Past } from "./history";

export interface Answer {
  readonly messages: readonly FoundMessage[];
  readonly channels: readonly Channel[];
  readonly total: number;
  readonly tookS: number;
}

export type Phase = "begin" | "busy" | "found" | "failed" | "indexing";

/** Where the reader is. */
export interface Spot {
  readonly guildId: Snowflake | null;
  readonly channelId: Snowflake | null;
}

interface Page {
  readonly messages: readonly (readonly FoundMessage[])[];
  readonly channels?: readonly Channel[];
  readonly total_results: number;
}

/** So many can be paged through. */
const REACH = 9975;

export class Searching {
  isOpen = $state(false);
  text = $state("");
  filters = $state.raw<readonly Filter[]>([]);
  scope = $state<Scope>("here");
  sort = $state<Sort>("newest");
  page = $state(0);
  phase = $state<Phase>("begin");
  answer = $state.raw<Answer | null>(null);
  #running = new AbortController();
  readonly #client: Client;
  readonly #keep: Keep;
  readonly #spot: () => Spot;

  constructor(client: Client, keep: Keep, spot: () => Spot) {
    this.#client = client;
    this.#keep = keep;
    this.#spot = spot;
  }

  get pages(): number {
    return Math.ceil(Math.min(this.answer?.total ?? 0, REACH + PAGE) / PAGE);
  }

  /** What is looked for on its own: a search that somebody began elsewhere. */
  open(wanted?: Past): void {
    this.isOpen = true;
    if (wanted === undefined) return;
    this.text = wanted.text;
    this.filters = wanted.filters;
    void this.run();
  }

  close(): void {
    this.isOpen = false;
    this.#running.abort();
  }

  add(filter: Filter): void {
    this.filters = withFilter(this.filters, filter);
  }

  remove(filter: Filter): void {
    this.filters = this.filters.filter((one) => one !== filter);
  }

  clear(): void {
    this.#running.abort();
    this.text = "";
    this.filters = [];
    this.answer = null;
    this.phase = "begin";
  }

  async run(page = 0): Promise<void> {
    this.#running.abort();
    if (isEmpty(this)) {
      this.clear();
      return;
    }
    const running = (this.#running = new AbortController());
    this.page = page;
    this.phase = "busy";
    remember(this.#keep, this);
    const begun = performance.now();
    try {
      const found = await this.#ask(running.signal);
      if (running.signal.aborted) return;
      this.#take(found, (performance.now() - begun) / 1000);
    } catch (problem) {
      if (running.signal.aborted) return;
      if (!isExpected(problem)) throw problem;
      this.phase = "failed";
    }
  }

  #take(found: Page, tookS: number): void {
    // While messages of old are still being read in, the answer holds none.
    if (!("messages" in found)) {
      this.phase = "indexing";
      return;
    }
    const messages = found.messages.flatMap((group) => group.find(({ hit }) => hit) ?? group[0] ?? []);
    this.answer = { messages, channels: found.channels ?? [], total: found.total_results, tookS };
    this.phase = "found";
  }

  async #ask(signal: AbortSignal): Promise<Page> {
    const query = queryOf(this);
    const { guildId, channelId } = this.#spot();
    if (this.scope === "all") return this.#client.call("GET /users/@me/messages/search", { query, signal });
    if (this.scope === "here" && guildId !== null) {
      return this.#client.call("GET /guilds/{guild_id}/messages/search", { guild_id: guildId, query, signal });
    }
    if (this.scope === "here" && channelId !== null) {
      return this.#client.call("GET /channels/{channel_id}/messages/search", { channel_id: channelId, query, signal });
    }
    const { channel_id: channel_ids, before, after, ...rest } = query;
    const body = { tabs: { messages: { ...rest, ...boundsAsIds(before, after) } }, ...(channel_ids && { channel_ids }), track_exact_total_hits: true };
    // One tab of those there could be.
    const { tabs } = await this.#client.call("POST /users/@me/messages/search/tabs", { body: body as never, signal });
    return tabs.messages;
  }
}

/** Tabs know no moments, only ids. */
function boundsAsIds(before: string | null | undefined, after: string | null | undefined): { max_id?: Snowflake; min_id?: Snowflake } {
  const id = (moment: string) => idAt(Date.parse(moment));
  return { ...(before && { max_id: id(before) }), ...(after && { min_id: id(after) }) };
}

export const [useSearching, provideSearching] = createContext<Searching>();
