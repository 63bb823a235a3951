/** Addresses of files are good for a day; what is shown longer asks for new ones, all of a moment at once. */
import type { Client } from "../../rest/client";

const MARGIN_MS = 60_000;
const clients = new WeakMap<Client, Freshness>();

/** Whether an address has run out, or will in a moment. One without an end never does. */
export function isStale(url: string, now: number): boolean {
  const end = new URL(url, location.href).searchParams.get("ex");
  return end !== null && parseInt(end, 16) * 1000 < now + MARGIN_MS;
}

/** Whether it is an address that can run out. */
export function runsOut(url: string): boolean {
  return new URL(url, location.href).searchParams.has("ex");
}

export class Freshness {
  readonly #client: Pick<Client, "call">;
  #waiting: string[] = [];
  #answer: Promise<ReadonlyMap<string, string>> | null = null;

  constructor(client: Pick<Client, "call">) {
    this.#client = client;
  }

  /** The address under which the file can be had now; the same where the server has no newer one. */
  async renewed(url: string): Promise<string> {
    this.#waiting.push(url);
    this.#answer ??= Promise.resolve().then(() => this.#ask());
    return (await this.#answer).get(url) ?? url;
  }

  async #ask(): Promise<ReadonlyMap<string, string>> {
    const attachment_urls = [...new Set(this.#waiting)];
    this.#waiting = [];
    this.#answer = null;
    const { refreshed_urls } = await this.#client.call("POST /attachments/refresh-urls", { body: { attachment_urls } });
    return new Map(refreshed_urls.map(({ original, refreshed }) => [original, refreshed]));
  }
}

export function freshnessOf(client: Client): Freshness {
  const known = clients.get(client) ?? new Freshness(client);
  clients.set(client, known);
  return known;
}
