/** The requests of those who come to a server: pages of them, and what is decided about one. */
import type { Client } from "../../../rest/client";
import type { Events, JoinRequest, JoinRequests, ReviewJoinRequestInput, Snowflake } from "../../../wire/types";
import { byAge } from "../../../world/ids";
import type { EventName } from "../../../world/parts";

export type Shown = "SUBMITTED" | "APPROVED" | "REJECTED";

const PAGE = 25;

export class RequestQueue {
  requests = $state.raw<readonly JoinRequest[]>([]);
  total = $state(0);
  shown = $state<Shown>("SUBMITTED");

  readonly #client: Pick<Client, "call">;
  readonly #guildId: Snowflake;

  constructor(client: Pick<Client, "call">, guildId: Snowflake) {
    this.#client = client;
    this.#guildId = guildId;
  }

  get hasMore(): boolean {
    return this.requests.length < this.total;
  }

  /** From the newest on. */
  async load(): Promise<void> {
    const { guild_join_requests, total } = await this.#page();
    this.requests = guild_join_requests;
    this.total = total;
  }

  async loadMore(): Promise<void> {
    const { guild_join_requests, total } = await this.#page(this.requests.at(-1)?.id);
    this.requests = [...this.requests, ...guild_join_requests];
    this.total = total;
  }

  async show(shown: Shown): Promise<void> {
    this.shown = shown;
    await this.load();
  }

  async decide(request: JoinRequest, body: ReviewJoinRequestInput): Promise<void> {
    const path = { guild_id: this.#guildId, request_id: request.id };
    this.#place(await this.#client.call("PATCH /guilds/{guild_id}/requests/{request_id}", { ...path, body }));
  }

  /** Others decide too, and those who wait may go. */
  hear = (name: EventName, data: unknown): void => {
    if (name === "GUILD_JOIN_REQUEST_UPDATE") {
      const { guild_id, request } = data as Events["GUILD_JOIN_REQUEST_UPDATE"];
      // What one hears of oneself has no answers in it.
      if (guild_id === this.#guildId && request.user !== undefined) this.#place(request);
    }
    if (name === "GUILD_JOIN_REQUEST_DELETE") this.#take((data as Events["GUILD_JOIN_REQUEST_DELETE"]).id);
  };

  #page(before?: Snowflake): Promise<JoinRequests> {
    const query = { status: this.shown, limit: PAGE, ...(before !== undefined && { before }) };
    return this.#client.call("GET /guilds/{guild_id}/requests", { guild_id: this.#guildId, query });
  }

  /** Where it belongs into what is shown, it is there; or else it is not. */
  #place(request: JoinRequest): void {
    this.#take(request.id);
    if (request.application_status !== this.shown) return;
    this.requests = [request, ...this.requests].sort((one, other) => byAge(other.id, one.id));
    this.total += 1;
  }

  #take(id: Snowflake): void {
    const left = this.requests.filter((one) => one.id !== id);
    this.total -= this.requests.length - left.length;
    this.requests = left;
  }
}
