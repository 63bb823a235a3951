/** What this instance says about itself before anybody signs in. */
import type { Api } from "../rest/api";
import { kept, type Keep } from "./session.svelte";
import type { Instance as Facts } from "../wire/types";

const KEY = "rift.instance";

export class Instance {
  facts = $state.raw<Facts | null>(null);

  readonly #api: Api;
  readonly #keep: Keep;

  constructor(api: Api, keep: Keep) {
    this.#api = api;
    this.#keep = keep;
  }

  async load(): Promise<void> {
    this.facts = await this.#api.instance();
    this.#keep.setItem(KEY, JSON.stringify(this.facts));
  }

  /** What it said the last time, for when it cannot be asked. */
  recall(): boolean {
    this.facts ??= kept(this.#keep, KEY) as Facts | null;
    return this.facts !== null;
  }
}
