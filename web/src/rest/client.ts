/** One request to the server: JSON in, JSON out, errors as classes. */
import { toError, Unreachable } from "./errors";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
export type Send = (url: string, init: RequestInit) => Promise<Response>;

const BASE = "/api/v10";
const TIMEOUT_MS = 15_000;

export class Client {
  token: string | null = null;
  /** Called when the server no longer accepts the token we sent. */
  onRejected: () => void = () => undefined;

  readonly #send: Send;

  constructor(send: Send = (url, init) => fetch(url, init)) {
    this.#send = send;
  }

  async request<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
    const token = this.token;
    const response = await this.#ask(method, path, body, token);
    const answer = await readJson(response);
    if (response.ok) return answer as Answer;
    if (response.status === 401 && token !== null && token === this.token) this.onRejected();
    throw toError(response.status, answer, response.headers);
  }

  async #ask(method: Method, path: string, body: unknown, token: string | null): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token !== null) headers["authorization"] = token;
    if (body !== undefined) headers["content-type"] = "application/json";
    const init: RequestInit = { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
    if (body !== undefined) init.body = JSON.stringify(body);
    try {
      return await this.#send(BASE + path, init);
    } catch (cause) {
      throw new Unreachable("no answer", { cause });
    }
  }
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
