/** What this instance says about itself before anybody signs in. */
import type { Client } from "../rest/client";
import type { Instance as Facts } from "../wire/types";
import { kept, type Keep } from "./session.svelte";

const KEY = "rift.instance";

export class Instance {
  facts = $state.raw<Facts | null>(null);

  readonly #client: Client;
  readonly #keep: Keep;

  constructor(client: Client, keep: Keep) {
    this.#client = client;
    this.#keep = keep;
  }

  async load(): Promise<void> {
    this.facts = await this.#client.call("GET /instance");
    this.#keep.setItem(KEY, JSON.stringify(this.facts));
  }

  /** What it said the last time, for when it cannot be asked. */
  recall(): boolean {
    this.facts ??= kept(this.#keep, KEY) as Facts | null;
    return this.facts !== null;
  }
}
