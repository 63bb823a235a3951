/** Who is signed in here: the token, the person, and the ways in and out. */
import type { Client } from "../rest/client";
import { Refused } from "../rest/errors";
import type { Turn } from "../tabs/turn";
import type { CurrentUser, LoggedIn, LoginInput, ModifyCurrentUserInput, RegisterInput } from "../wire/types";

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
/** The turn of whoever changes the token. */
const RENEWING = "token";

/** A record as it was kept; one that cannot be read any more is none. */
export function kept(keep: Keep, key: string): unknown {
  try {
    return JSON.parse(keep.getItem(key) ?? "null");
  } catch (problem) {
    if (problem instanceof SyntaxError) return null;
    throw problem;
  }
}

export type SecondFactor = "totp" | "backup" | "webauthn";

/** A login that stopped half way: the password was right, and the account asks for more. */
export interface SecondStep {
  readonly ticket: string;
  readonly instanceId: string | null;
  readonly hasCodes: boolean;
  readonly hasBackupCodes: boolean;
  /** What a passkey is to sign. */
  readonly challenge: string | null;
}

function secondStep({ ticket, login_instance_id, totp, backup, webauthn }: LoggedIn): SecondStep {
  return {
    ticket: ticket ?? "",
    instanceId: login_instance_id ?? null,
    hasCodes: totp === true,
    hasBackupCodes: backup === true,
    challenge: webauthn ?? null,
  };
}

export class Session {
  me = $state.raw<CurrentUser | null>(null);
  /** A token is kept, but the server has not said whose it is. */
  pending = $state(false);

  readonly #client: Client;
  readonly #keep: Keep;
  readonly #turn: Turn;

  constructor(client: Client, keep: Keep, turn: Turn) {
    this.#client = client;
    this.#keep = keep;
    this.#turn = turn;
    client.token = keep.getItem(KEY);
    this.pending = client.token !== null;
    client.onRejected = () => this.#rejected();
  }

  /** Ask the server who we are; throws when it cannot be reached. */
  async restore(): Promise<void> {
    if (this.#client.token === null) return;
    try {
      this.#become(await this.#client.call("GET /users/@me"));
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.forget();
    }
    this.pending = false;
  }

  /** Who we were the last time, for when the server cannot be asked; it says later if we are not any more. */
  recall(): boolean {
    if (this.#client.token === null) return true;
    this.me ??= kept(this.#keep, ME) as CurrentUser | null;
    this.pending = false;
    return this.me !== null;
  }

  /** Null when that was enough. */
  async login(body: LoginInput): Promise<SecondStep | null> {
    const answer = await this.#client.call("POST /auth/login", { body });
    if (answer.token === null) return secondStep(answer);
    await this.#enter(answer.token);
    return null;
  }

  async finish(step: SecondStep, method: SecondFactor, code: string): Promise<void> {
    const body = { ticket: step.ticket, code, login_instance_id: step.instanceId };
    const { token } = await this.#client.call("POST /auth/mfa/{authenticator_type}", { authenticator_type: method, body });
    await this.#enter(token);
  }

  /** With a passkey alone, which knows whose it is. */
  async enterByPasskey(sign: (challenge: string) => Promise<string>): Promise<void> {
    const { ticket, challenge } = await this.#client.call("POST /auth/passwordless/start");
    const body = { ticket, credential: await sign(challenge) };
    const { token } = await this.#client.call("POST /auth/conditional/finish", { body });
    await this.#enter(token);
  }

  async register(body: RegisterInput): Promise<void> {
    const { token } = await this.#client.call("POST /auth/register", { body });
    await this.#enter(token);
  }

  async askForReset(login: string): Promise<void> {
    await this.#client.call("POST /auth/forgot", { body: { login } });
  }

  /** Whether that logged us in: an account with a second factor is entered the usual way. */
  async resetPassword(token: string, password: string): Promise<boolean> {
    const answer = await this.#client.call("POST /auth/reset", { body: { token, password } });
    this.forget();
    if (answer.token !== null) await this.#enter(answer.token);
    return answer.token !== null;
  }

  async verify(token: string): Promise<void> {
    await this.#client.call("POST /auth/verify", { body: { token } });
  }

  /** Ends this session on the server too; the token is dropped here even if the server is away. */
  async logout(): Promise<void> {
    try {
      await this.#client.call("POST /auth/logout", { body: {} });
    } finally {
      this.forget();
    }
  }

  /** Change the account; a new password ends every session and answers with a fresh token for this one. */
  async modify(body: ModifyCurrentUserInput): Promise<void> {
    await this.renewing(this.#client.call("PATCH /users/@me", { body }));
    this.#become(await this.#client.call("GET /users/@me"));
  }

  /** Wait for what may answer with a new token, and keep that. */
  async renewing<Answer extends { readonly token?: string }>(work: Promise<Answer>): Promise<Answer> {
    const done = work.then((answer) => {
      if (answer.token !== undefined) this.#hold(answer.token);
      return answer;
    });
    const isOver = done.then(
      () => undefined,
      () => undefined,
    );
    void this.#turn(RENEWING, () => isOver);
    return done;
  }

  /** Wait until no tab is about to get a new token, and go on with the last one. */
  async settle(): Promise<void> {
    await this.#turn(RENEWING, () => Promise.resolve());
    this.#client.token = this.#keep.getItem(KEY) ?? this.#client.token;
  }

  /** Another tab went in or out; whether the server has to be asked who is here now. */
  follow(): boolean {
    const token = this.#keep.getItem(KEY);
    if (token === this.#client.token) return false;
    if (token === null) this.forget();
    else this.#client.token = token;
    return token !== null;
  }

  /** What another tab has kept since then stays. */
  forget(): void {
    if (this.#keep.getItem(KEY) === this.#client.token) {
      this.#keep.removeItem(KEY);
      this.#keep.removeItem(ME);
    }
    this.#client.forget();
    this.me = null;
    this.pending = false;
  }

  async #enter(token: string): Promise<void> {
    this.#hold(token);
    this.#become(await this.#client.call("GET /users/@me"));
    this.pending = false;
  }

  #become(me: CurrentUser): void {
    this.me = me;
    this.#keep.setItem(ME, JSON.stringify(me));
  }

  /** While a new token is on its way, the old one may be refused. */
  #rejected(): void {
    const refused = this.#client.token;
    void this.settle().then(() => {
      if (this.#client.token === refused) this.forget();
    });
  }

  #hold(token: string): void {
    this.#keep.setItem(KEY, token);
    this.#client.token = token;
  }
}
