/** What this instance says about itself before anybody signs in. */
import type { Api } from "../rest/api";
import type { Instance as Facts } from "../rest/types";

export class Instance {
  facts = $state.raw<Facts | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.facts = await this.#api.instance();
  }
}
