/** The applications one has made, and the token of a bot made just now. */
import { createContext } from "svelte";
import type { Client } from "../../rest/client";
import type { ModifyApplicationInput, PrivateApplication, Snowflake } from "../../wire/types";

export class Portal {
  #all = $state.raw<ReadonlyMap<Snowflake, PrivateApplication>>(new Map());
  /** Shown once, and kept nowhere: gone when the portal is left. */
  #tokens = $state.raw<ReadonlyMap<Snowflake, string>>(new Map());
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  get list(): readonly PrivateApplication[] {
    return [...this.#all.values()];
  }

  get(id: Snowflake): PrivateApplication | undefined {
    return this.#all.get(id);
  }

  tokenOf(id: Snowflake): string | undefined {
    return this.#tokens.get(id);
  }

  async load(): Promise<void> {
    const answer = await this.#client.call("GET /applications");
    this.#all = new Map(answer.map((application) => [application.id, application]));
  }

  /** With the token of its bot. */
  async create(name: string): Promise<PrivateApplication> {
    const made = await this.#client.call("POST /applications", { body: { name } });
    this.#put(made);
    await this.resetToken(made.id);
    return made;
  }

  async modify(id: Snowflake, body: ModifyApplicationInput): Promise<void> {
    this.#put(await this.#client.call("PATCH /applications/{application_id}", { application_id: id, body }));
  }

  async delete(id: Snowflake): Promise<void> {
    await this.#client.call("DELETE /applications/{application_id}", { application_id: id });
    this.#all = new Map([...this.#all].filter(([other]) => other !== id));
  }

  /** The old token stops working. */
  async resetToken(id: Snowflake): Promise<void> {
    const { token } = await this.#client.call("POST /applications/{application_id}/bot/reset", { application_id: id, body: {} });
    this.#tokens = new Map(this.#tokens).set(id, token);
  }

  /** What the application itself signs in with. */
  async resetSecret(id: Snowflake): Promise<string> {
    return (await this.#client.call("POST /applications/{application_id}/reset", { application_id: id, body: {} })).secret;
  }

  #put(application: PrivateApplication): void {
    this.#all = new Map(this.#all).set(application.id, application);
  }
}

export const [usePortal, providePortal] = createContext<Portal>();
