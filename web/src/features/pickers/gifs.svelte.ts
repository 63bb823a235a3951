/** What the server finds for words; asked when nobody types for a moment, and only the last answer counts. */
import type { Client } from "../../rest/client";
import { isExpected } from "../../rest/errors";
import type { Gif, TrendingGifs } from "../../wire/types";

const PAUSE_MS = 300;
/** Small and moving: previews are looked at in numbers. */
const FORMAT = "tinywebp";

export class GifSearch {
  query = $state("");
  found = $state.raw<readonly Gif[]>([]);
  /** What they were found for. */
  answered = $state("");
  categories = $state.raw<TrendingGifs["categories"]>([]);
  isBusy = $state(false);
  hasFailed = $state(false);
  #asking = new AbortController();

  constructor(
    readonly client: Client,
    readonly locale: string,
  ) {
    $effect(() => {
      const query = this.query.trim();
      const timer = setTimeout(() => void this.#ask(query), query === "" ? 0 : PAUSE_MS);
      return () => clearTimeout(timer);
    });
  }

  stop(): void {
    this.#asking.abort();
  }

  /** The provider learns which one helped, as its terms want it. */
  chose({ id }: Gif): void {
    const q = this.answered;
    this.client.call("POST /gifs/select", { body: { id, ...(q === "" ? {} : { q }) } }).catch(expected);
  }

  async #ask(query: string): Promise<void> {
    this.#asking.abort();
    const asking = (this.#asking = new AbortController());
    const { signal } = asking;
    this.isBusy = true;
    try {
      const { categories, gifs } = await this.#answer(query, signal);
      if (signal.aborted) return;
      this.found = gifs;
      this.answered = query;
      this.categories = categories;
      this.hasFailed = false;
    } catch (problem) {
      if (signal.aborted) return;
      expected(problem);
      this.hasFailed = true;
    } finally {
      if (this.#asking === asking) this.isBusy = false;
    }
  }

  async #answer(q: string, signal: AbortSignal): Promise<TrendingGifs> {
    const common = { locale: this.locale, media_format: FORMAT };
    if (q === "") return this.client.call("GET /gifs/trending", { query: common, signal });
    return { categories: this.categories, gifs: await this.client.call("GET /gifs/search", { query: { ...common, q }, signal }) };
  }
}

function expected(problem: unknown): void {
  if (!isExpected(problem)) throw problem;
}
