/** The threads of a channel to look through: those that are active are known, those that sleep come page by page. */
import type { Channel, Snowflake, ThreadList } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { byAge } from "../../world/ids";
import { isPrivate } from "../../world/threads";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { mayIn } from "./may";

export type Shelf = "active" | "archived" | "private";

const PAGE = 50;
const FOUND = 25;

export class Browsing {
  shelf = $state<Shelf>("active");
  words = $state("");
  readonly #app: App;
  readonly #world: World;
  readonly #channelId: Snowflake;
  #ids = $state.raw<readonly Snowflake[]>([]);
  #isWhole = $state(false);
  #isAsking = $state(false);
  /** Answers to what is no longer asked are not wanted. */
  #turn = 0;

  constructor(app: App, world: World, channelId: Snowflake) {
    this.#app = app;
    this.#world = world;
    this.#channelId = channelId;
  }

  get isLoading(): boolean {
    return this.#isAsking;
  }

  /** What is seen now; those that woke meanwhile are seen where they sleep until one looks anew. */
  get shown(): readonly KnownChannel[] {
    if (this.shelf === "active") return this.#active();
    return this.#ids.flatMap((id) => this.#world.channels.byId.get(id) ?? []);
  }

  /** Another shelf, or other words. */
  begin(): void {
    this.#turn += 1;
    this.#ids = [];
    this.#isAsking = false;
    this.#isWhole = this.shelf === "active";
    void this.more();
  }

  async more(): Promise<void> {
    if (this.#isWhole || this.#isAsking) return;
    const turn = this.#turn;
    this.#isAsking = true;
    const isDone = await attempt(this.#app, async () => {
      const { threads, members, has_more } = await this.#ask();
      if (turn !== this.#turn) return;
      this.#world.threads.learnAll(threads, members);
      const known = new Set(this.#ids);
      this.#ids = [...this.#ids, ...threads.filter((one) => this.#fits(one) && !known.has(one.id)).map(({ id }) => id)];
      this.#isWhole = !has_more;
    });
    if (turn !== this.#turn) return;
    this.#isAsking = false;
    if (!isDone) this.#isWhole = true;
  }

  #active(): readonly KnownChannel[] {
    const words = this.words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const last = ({ id }: KnownChannel) => this.#world.channels.lastIn(id) ?? id;
    return this.#world.threads
      .active(this.#channelId)
      .filter(({ id, name }) => this.#world.isOpen(id) && words.every((word) => (name ?? "").toLocaleLowerCase().includes(word)))
      .sort((one, other) => byAge(last(other), last(one)));
  }

  #ask(): Promise<ThreadList> {
    const { client } = this.#app.api;
    const channel_id = this.#channelId;
    if (this.words.trim() !== "") {
      const query = { name: this.words.trim(), archived: true, limit: FOUND, offset: this.#ids.length };
      return client.call("GET /channels/{channel_id}/threads/search", { channel_id, query });
    }
    const last = this.#world.channels.byId.get(this.#ids.at(-1) ?? "");
    if (this.shelf === "private" && !this.#manages()) {
      const before = last === undefined ? {} : { before: last.id };
      return client.call("GET /channels/{channel_id}/users/@me/threads/archived/private", { channel_id, query: { limit: PAGE, ...before } });
    }
    const before = last?.thread_metadata?.archive_timestamp;
    const query = { limit: PAGE, ...(before && { before }) };
    const where = this.shelf === "private" ? "private" : "public";
    return client.call(`GET /channels/{channel_id}/threads/archived/${where}`, { channel_id, query });
  }

  #fits(thread: Channel): boolean {
    return isPrivate(thread) === (this.shelf === "private");
  }

  #manages(): boolean {
    const channel = this.#world.channels.byId.get(this.#channelId);
    return channel !== undefined && mayIn(this.#world, channel).manage;
  }
}
