/** Who is signed in here: the token, the person, and the ways in and out. */
import type { Api } from "../rest/api";
import { Refused } from "../rest/errors";
import type { RegisterBody, User } from "../rest/types";

/** Where the token outlives a reload; the browser's localStorage fits. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/*
 * localStorage, not a cookie: the gateway takes the token in IDENTIFY, so the page must know it; no cookie means no
 * CSRF, a CSP without inline code keeps strangers' scripts out, and a stolen token can be revoked under Sessions.
 */
const KEY = "rift.token";
const ME = "rift.me";

/** A record as it was kept; one that cannot be read any more is none. */
export function kept(keep: Keep, key: string): unknown {
  try {
    return JSON.parse(keep.getItem(key) ?? "null");
  } catch (problem) {
    if (problem instanceof SyntaxError) return null;
    throw problem;
  }
}

export type LoginResult = "in" | "second-factor";

export class Session {
  me = $state.raw<User | null>(null);
  /** A token is kept, but the server has not said whose it is. */
  pending = $state(false);

  readonly #api: Api;
  readonly #keep: Keep;

  constructor(api: Api, keep: Keep) {
    this.#api = api;
    this.#keep = keep;
    api.client.token = keep.getItem(KEY);
    this.pending = api.client.token !== null;
    api.client.onRejected = () => this.forget();
  }

  /** Ask the server who we are; throws when it cannot be reached. */
  async restore(): Promise<void> {
    if (this.#api.client.token === null) return;
    try {
      this.#become(await this.#api.me());
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.forget();
    }
    this.pending = false;
  }

  /** Who we were the last time, for when the server cannot be asked; it says later if we are not any more. */
  recall(): boolean {
    if (this.#api.client.token === null) return true;
    this.me ??= kept(this.#keep, ME) as User | null;
    this.pending = false;
    return this.me !== null;
  }

  async login(login: string, password: string): Promise<LoginResult> {
    const answer = await this.#api.login(login, password);
    if (!("token" in answer)) return "second-factor";
    await this.#enter(answer.token);
    return "in";
  }

  async register(body: RegisterBody): Promise<void> {
    const { token } = await this.#api.register(body);
    await this.#enter(token);
  }

  async askForReset(login: string): Promise<void> {
    await this.#api.forgot(login);
  }

  /** Whether that logged us in: an account with a second factor is entered the usual way. */
  async resetPassword(token: string, password: string): Promise<boolean> {
    const answer = await this.#api.reset(token, password);
    this.forget();
    if (answer.token !== null) await this.#enter(answer.token);
    return answer.token !== null;
  }

  async verify(token: string): Promise<void> {
    await this.#api.verify(token);
  }

  /** Ends this session on the server too; the token is dropped here even if the server is away. */
  async logout(): Promise<void> {
    try {
      await this.#api.logout();
    } finally {
      this.forget();
    }
  }

  /** A new password ends every session and answers with a fresh token for this one. */
  async changePassword(password: string, next: string): Promise<void> {
    const { token } = await this.#api.changePassword(password, next);
    if (token !== undefined) this.#hold(token);
  }

  forget(): void {
    this.#keep.removeItem(KEY);
    this.#keep.removeItem(ME);
    this.#api.client.token = null;
    this.me = null;
    this.pending = false;
  }

  async #enter(token: string): Promise<void> {
    this.#hold(token);
    this.#become(await this.#api.me());
    this.pending = false;
  }

  #become(me: User): void {
    this.me = me;
    this.#keep.setItem(ME, JSON.stringify(me));
  }

  #hold(token: string): void {
    this.#keep.setItem(KEY, token);
    this.#api.client.token = token;
  }
}
