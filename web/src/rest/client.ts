/** Requests to the server: an operation of its catalogue with what it wants in, its answer out, errors as classes. */
import type { Operations } from "../wire/types";
import { Refused, toError, Unreachable, type ProofWanted } from "./errors";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
export type Send = (url: string, init: RequestInit) => Promise<Response>;

type Named<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Part<Operation, Key extends string> = Operation extends Record<Key, infer Value> ? Value : never;

interface Extras {
  /** Said to the audit log. */
  readonly reason?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an operation wants: the names in its path, its body, its query. */
export type Wants<Op extends keyof Operations> = Extras & { readonly [Name in Named<Op>]: string } & ([
    Part<Operations[Op], "body">,
  ] extends [never]
    ? unknown
    : { readonly body: Part<Operations[Op], "body"> }) &
  ([Part<Operations[Op], "query">] extends [never] ? unknown : { readonly query?: Partial<Part<Operations[Op], "query">> });

type Input<Op extends keyof Operations> = Extras extends Wants<Op> ? [wants?: Wants<Op>] : [wants: Wants<Op>];

interface Asked extends Extras {
  readonly body?: unknown;
}

const BASE = "/api/v10";
const TIMEOUT_MS = 15_000;

export class Client {
  token: string | null = null;
  /** Called when the server no longer accepts the token we sent. */
  onRejected: () => void = () => undefined;
  /** Asks the person to prove who they are; the token that shows it, or null where they left. */
  prove: (wanted: ProofWanted) => Promise<string | null> = () => Promise.resolve(null);

  readonly #send: Send;
  /** Good for some minutes; what comes next need not ask again. */
  #proof: string | null = null;

  constructor(send: Send = (url, init) => fetch(url, init)) {
    this.#send = send;
  }

  /** Nothing of one person is said in the name of the next. */
  forget(): void {
    this.token = null;
    this.#proof = null;
  }

  /** `call("GET /channels/{channel_id}/messages", { channel_id, query: { limit: 50 } })` */
  call<Op extends keyof Operations>(operation: Op, ...[wants]: Input<Op>): Promise<Operations[Op]["answer"]> {
    const given = (wants ?? {}) as Asked & Readonly<Record<string, unknown>>;
    const [method, path] = operation.split(" ") as [Method, string];
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] as string));
    return this.request(method, filled + queryOf(given["query"]), given.body, given);
  }

  async request<Answer>(method: Method, path: string, body?: unknown, extras: Extras = {}): Promise<Answer> {
    try {
      return await this.#once<Answer>(method, path, { ...extras, body });
    } catch (problem) {
      if (!(problem instanceof Refused) || problem.wanted === null) throw problem;
      this.#proof = await this.prove(problem.wanted);
      if (this.#proof === null) throw problem;
      return this.#once<Answer>(method, path, { ...extras, body });
    }
  }

  async #once<Answer>(method: Method, path: string, asked: Asked): Promise<Answer> {
    const token = this.token;
    const response = await this.#ask(method, path, asked, token);
    const answer = await readJson(response);
    if (response.ok) return answer as Answer;
    const error = toError(response.status, answer, response.headers);
    const isRejected = response.status === 401 && !(error instanceof Refused && error.wanted !== null);
    if (isRejected && token !== null && token === this.token) this.onRejected();
    throw error;
  }

  async #ask(method: Method, path: string, { body, reason, signal }: Asked, token: string | null): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token !== null) headers["authorization"] = token;
    if (this.#proof !== null) headers["x-discord-mfa-authorization"] = this.#proof;
    const isForm = body instanceof FormData;
    // A form says itself how its parts are told apart.
    if (body !== undefined && !isForm) headers["content-type"] = "application/json";
    if (reason !== undefined && reason !== "") headers["x-audit-log-reason"] = encodeURIComponent(reason);
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    const init: RequestInit = { method, headers, signal: signal ? AbortSignal.any([signal, deadline]) : deadline };
    if (body !== undefined) init.body = isForm ? body : JSON.stringify(body);
    try {
      return await this.#send(BASE + path, init);
    } catch (cause) {
      signal?.throwIfAborted();
      throw new Unreachable("no answer", { cause });
    }
  }
}

/** Lists are said by repeating their name; what is not given is left out. */
function queryOf(query: unknown): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => {
    const all = (Array.isArray(value) ? value : [value]) as readonly (string | number | boolean | null | undefined)[];
    return all.filter((one) => one !== undefined && one !== null).map((one) => [name, String(one)]);
  });
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch (cause) {
    if (response.ok) throw new Unreachable("the answer is not JSON", { cause });
    return undefined;
  }
}
