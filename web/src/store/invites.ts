/** Looking at an invite and taking it. */
import type { Api } from "../rest/api";
import type { Invite } from "../rest/types";

/** The code of an invite, from a whole link or from the bare code. */
export function codeOf(text: string): string {
  const bare = text.trim().replace(/[?#].*$/, "").replace(/\/+$/, "");
  return bare.slice(bare.lastIndexOf("/") + 1);
}

export class Invites {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  look = (code: string): Promise<Invite> => this.#api.invite(code);
  accept = (code: string): Promise<Invite> => this.#api.acceptInvite(code);
}
