/** The stretch of a channel that is looked at: fetched by the page, and from then on kept true by the world. */
import { untrack } from "svelte";
import type { Client } from "../../rest/client";
import type { Live } from "../../store/live.svelte";
import type { Events, Message, MessagesQueryInput, Snowflake } from "../../wire/types";
import { isAfter } from "../../world/ids";
import type { Stretch } from "../../world/messages";
import type { EventName } from "../../world/parts";

export const PAGE = 50;
const REQUEST_MEMBERS = 8;

/** The end where more is wanted, or all of it. */
export type Edge = "older" | "newer" | "all";

type State = "idle" | "loading" | "failed";

interface Missed {
  readonly name: EventName;
  readonly data: never;
}

/** What happens to messages while a page is on its way: the page may have been written before it. */
const REPLAYED: ReadonlySet<EventName> = new Set<EventName>(["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK"]);

export class Window {
  readonly #states = $state<Record<Edge, State>>({ older: "idle", newer: "idle", all: "idle" });
  readonly #over = new AbortController();
  #problem = $state.raw<unknown>(null);
  /** Shown until what the gateway made us forget is fetched anew. */
  #held: Stretch | undefined;
  /** Where the reader was when the whole was asked for. */
  #at: Snowflake | null = null;

  readonly stretch: Stretch | undefined = $derived.by(() => {
    const known = this.live.world.messages.byChannel.get(this.channelId);
    this.#held = known ?? this.#held;
    return this.#held;
  });

  constructor(
    readonly channelId: Snowflake,
    readonly guildId: Snowflake | undefined,
    readonly live: Live,
    readonly client: Client,
    /** Called before a page is taken in. */
    readonly onpage: () => void,
  ) {}

  get problem(): unknown {
    return this.#problem;
  }

  is(edge: Edge, state: State): boolean {
    return this.#states[edge] === state;
  }

  /** The newest messages, or those around one of them. */
  async open(around: Snowflake | null): Promise<void> {
    this.#at = around;
    await this.#load("all", async () => {
      const page = await this.#page(around === null ? {} : { around });
      if (around === null) this.#messages.take(this.channelId, "latest", page, page.length === PAGE);
      else this.#takeAround(page, around);
    });
  }

  /** More at an end, unless it is on its way or all there is. */
  async more(edge: "older" | "newer"): Promise<void> {
    const { stretch } = this;
    const last = edge === "older" ? stretch?.messages[0] : stretch?.messages.at(-1);
    if (stretch === undefined || last === undefined || (edge === "older" ? stretch.fromStart : stretch.toEnd)) return;
    await this.#load(edge, async () => {
      const place = edge === "older" ? "before" : "after";
      const page = await this.#page({ [place]: last.id });
      this.#messages.take(this.channelId, place, page, page.length === PAGE);
    });
  }

  retry(edge: Edge): Promise<void> {
    return edge === "all" ? this.open(this.#at) : this.more(edge);
  }

  stop(): void {
    this.#over.abort();
  }

  get #messages() {
    return this.live.world.messages;
  }

  /** Half of what was asked for lies on either side; fewer on a side are all there are. */
  #takeAround(page: readonly Message[], around: Snowflake): void {
    const newer = page.filter(({ id }) => isAfter(id, around)).length;
    this.#messages.takeAround(this.channelId, page, page.length - newer < PAGE / 2, newer < PAGE / 2);
  }

  async #load(edge: Edge, work: () => Promise<void>): Promise<void> {
    if (untrack(() => this.#states[edge] === "loading")) return;
    this.#states[edge] = "loading";
    const missed: Missed[] = [];
    const stop = this.live.listen((name, data) => {
      if (REPLAYED.has(name) && (data as Events["MESSAGE_DELETE"]).channel_id === this.channelId) missed.push({ name, data: data as never });
    });
    try {
      await work();
      for (const { name, data } of missed) this.#messages.on[name]?.(data);
      this.#states[edge] = "idle";
    } catch (problem) {
      this.#problem = problem;
      this.#states[edge] = "failed";
    } finally {
      stop();
    }
  }

  async #page(query: MessagesQueryInput): Promise<readonly Message[]> {
    const { channelId: channel_id } = this;
    const asked = { channel_id, query: { ...query, limit: PAGE }, signal: this.#over.signal };
    const page = await this.client.call("GET /channels/{channel_id}/messages", asked);
    this.onpage();
    this.#meet(page);
    return page;
  }

  /** Learn who wrote, and ask which roles they have here. */
  #meet(page: readonly Message[]): void {
    const { people } = this.live.world;
    const answered = page.flatMap(({ referenced_message }) => referenced_message ?? []);
    const writers = [...page, ...answered].filter(({ webhook_id }) => webhook_id === undefined).map(({ author }) => author);
    const mentioned = page.flatMap(({ mentions }) => mentions);
    people.learn([...writers, ...mentioned]);
    const { guildId } = this;
    if (guildId === undefined) return;
    const ids = new Set([...writers, ...mentioned].map(({ id }) => id));
    const unknown = [...ids].filter((id) => people.member(guildId, id) === undefined);
    if (unknown.length > 0) this.live.say(REQUEST_MEMBERS, { guild_id: guildId, user_ids: unknown.slice(0, 100), limit: 0 });
  }
}
