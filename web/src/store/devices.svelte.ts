/** Where the person is signed in: one record for each session. */
import type { Api } from "../rest/api";
import type { AuthSession } from "../rest/types";

export class Devices {
  all = $state.raw<readonly AuthSession[] | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.all = (await this.#api.sessions()).user_sessions;
  }

  async revoke(hashes: readonly string[]): Promise<void> {
    await this.#api.revoke(hashes);
    this.all = (this.all ?? []).filter(({ id_hash }) => !hashes.includes(id_hash));
  }

  clear(): void {
    this.all = null;
  }
}
