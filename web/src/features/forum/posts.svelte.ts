/** The posts of a forum: those that are active are known, those that sleep and what posts begin with come page by page. */
import type { Events, Message, Snowflake, ThreadSearch } from "../../wire/types";
import type { EventName } from "../../world/parts";
import type { KnownChannel } from "../../world/channels";
import { byAge } from "../../world/ids";
import { isPinned } from "../../world/threads";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { learnFrom } from "../content/learning";
import { layoutOf, sortOf, type Layout, type Sort } from "./kinds";

const PAGE = 25;
const KEY = "rift.forum";

/** Pages that follow one another until there are no more. */
class Pages {
  offset = 0;
  isWhole = $state(false);
  isAsking = $state(false);
}

export class Posts {
  sort = $state<Sort>("activity");
  layout = $state<Layout>("list");
  /** Only posts that have one of these are shown. */
  tags = $state.raw<readonly Snowflake[]>([]);
  words = $state("");
  /** So many pages of beginnings have come: who misses one asks again. */
  pages = $state(0);
  readonly #app: App;
  readonly #world: World;
  readonly #forum: KnownChannel;
  #first = $state.raw<ReadonlyMap<Snowflake, Message>>(new Map());
  /** Of posts that sleep, or that were found by words. */
  #ids = $state.raw<readonly Snowflake[]>([]);
  #rest = $state.raw(new Pages());
  #beginnings = $state.raw(new Pages());

  constructor(app: App, world: World, forum: KnownChannel) {
    this.#app = app;
    this.#world = world;
    this.#forum = forum;
    const [layout, sort] = (app.keep.getItem(`${KEY}.${forum.id}`) ?? "").split(" ");
    this.layout = layout === "list" || layout === "gallery" ? layout : layoutOf(forum);
    this.sort = sort === "activity" || sort === "creation" ? sort : sortOf(forum);
  }

  get isLoading(): boolean {
    return this.#rest.isAsking;
  }

  /** Whether there is none besides those that are shown. */
  get isWhole(): boolean {
    return this.#rest.isWhole;
  }

  /** All that are seen: the pinned one, those that are active, then those that sleep. */
  get shown(): readonly KnownChannel[] {
    const active = this.words.trim() === "" ? this.#active() : [];
    const known = new Set(active.map(({ id }) => id));
    const rest = this.#ids.flatMap((id) => (known.has(id) ? [] : (this.#world.channels.byId.get(id) ?? [])));
    return [...active, ...rest.filter((post) => this.#fits(post))];
  }

  first(postId: Snowflake): Message | undefined {
    return this.#first.get(postId);
  }

  /** On this device, for this forum. */
  choose(choice: { readonly layout?: Layout; readonly sort?: Sort }): void {
    this.layout = choice.layout ?? this.layout;
    this.sort = choice.sort ?? this.sort;
    this.#app.keep.setItem(`${KEY}.${this.#forum.id}`, `${this.layout} ${this.sort}`);
  }

  /** Other words, tags or another order. */
  begin(): void {
    this.#ids = [];
    this.#rest = new Pages();
    this.#beginnings = new Pages();
    void this.more();
  }

  /** More of those that sleep, or of what was found. */
  async more(): Promise<void> {
    const words = this.words.trim();
    const query = words === "" ? { archived: true } : { name: words };
    await this.#next(this.#rest, query, (page) => {
      const known = new Set(this.#ids);
      this.#ids = [...this.#ids, ...page.threads.map(({ id }) => id).filter((id) => !known.has(id))];
    });
  }

  /** What a post begins with is missing: the next page of active ones may tell. */
  async want(postId: Snowflake): Promise<void> {
    if (this.#first.has(postId)) return;
    await this.#next(this.#beginnings, { archived: false }, () => undefined);
  }

  /** What is told meanwhile. */
  heard(name: EventName, data: unknown): void {
    if (name !== "MESSAGE_CREATE" && name !== "MESSAGE_UPDATE") return;
    const message = data as Events["MESSAGE_CREATE"];
    if (message.id === message.channel_id && this.#world.channels.byId.get(message.id)?.parent_id === this.#forum.id) this.#keep([message]);
  }

  #active(): readonly KnownChannel[] {
    const place = ({ id }: KnownChannel) => (this.sort === "creation" ? id : (this.#world.channels.lastIn(id) ?? id));
    return this.#world.threads
      .active(this.#forum.id)
      .filter((post) => this.#fits(post))
      .sort((one, other) => Number(isPinned(other)) - Number(isPinned(one)) || byAge(place(other), place(one)));
  }

  #fits({ applied_tags = [] }: KnownChannel): boolean {
    return this.tags.length === 0 || this.tags.some((id) => applied_tags.includes(id));
  }

  async #next(pages: Pages, which: { archived: boolean } | { name: string }, take: (page: ThreadSearch) => void): Promise<void> {
    if (pages.isWhole || pages.isAsking) return;
    pages.isAsking = true;
    const sort_by = this.sort === "creation" ? "creation_time" : "last_message_time";
    const query = { ...which, tag: this.tags, sort_by, limit: PAGE, offset: pages.offset } as const;
    const isDone = await attempt(this.#app, async () => {
      const page = await this.#app.api.client.call("GET /channels/{channel_id}/threads/search", { channel_id: this.#forum.id, query });
      if (pages !== this.#rest && pages !== this.#beginnings) return;
      this.#world.threads.learnAll(page.threads, page.members);
      this.#keep(page.first_messages ?? []);
      take(page);
      pages.offset += page.threads.length;
      pages.isWhole = !page.has_more;
    });
    pages.isAsking = false;
    if (!isDone) pages.isWhole = true;
    this.pages += 1;
  }

  #keep(messages: readonly Message[]): void {
    learnFrom(this.#world, messages);
    this.#first = new Map([...this.#first, ...messages.map((message) => [message.id, message] as const)]);
  }
}
