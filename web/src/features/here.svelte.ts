/** Where the reader is: which server, channel and message the address names, and how to go elsewhere. */
import type { Snowflake } from "../wire/types";
import type { Keep } from "../store/session.svelte";
import type { Router } from "../ui/router.svelte";

export const PRIVATE = "@me";
const PLACE = /^\/channels\/(@me|\d+)(?:\/(\d+))?(?:\/(\d+))?(?:\/([a-z-]+))?$/;
const LAST = "rift.last";

export function pathTo(guildId: Snowflake | null, channelId?: Snowflake | null, messageId?: Snowflake | null): string {
  return ["/channels", guildId ?? PRIVATE, channelId, messageId].filter((part) => part).join("/");
}

export class Here {
  readonly #place = $derived.by(() => PLACE.exec(this.router.path));
  /** Null where one's private messages are. */
  readonly guildId = $derived(this.#place === null || this.#place[1] === PRIVATE ? null : (this.#place[1] ?? null));
  readonly channelId = $derived(this.#place?.[2] ?? null);
  /** The message a link leads to. */
  readonly messageId = $derived(this.#place?.[3] ?? null);

  /** What of a server is open that is no channel. */
  readonly page = $derived(this.#place?.[4] ?? null);

  #beside = $state.raw<{ readonly channelId: Snowflake; readonly threadId: Snowflake } | null>(null);
  /** The thread that is shown beside the channel that is open. */
  readonly beside = $derived(this.#beside !== null && this.#beside.channelId === this.channelId ? this.#beside.threadId : null);

  /** Whether the address names a place to talk at all. */
  get isHere(): boolean {
    return this.#place !== null;
  }

  constructor(
    readonly router: Router,
    readonly keep: Keep,
  ) {}

  /** Without a channel, the one that was open there last. */
  open(guildId: Snowflake | null, channelId?: Snowflake | null, messageId?: Snowflake | null): void {
    this.router.go(pathTo(guildId, channelId ?? this.lastIn(guildId), messageId));
  }

  showBeside(threadId: Snowflake): void {
    if (this.channelId !== null) this.#beside = { channelId: this.channelId, threadId };
  }

  closeBeside(): void {
    this.#beside = null;
  }

  /** Keep in mind which channel is open here, for the next time. */
  remember(): void {
    if (this.channelId === null) return;
    this.keep.setItem(`${LAST}.${this.guildId ?? PRIVATE}`, this.channelId);
    this.keep.setItem(LAST, this.router.path);
  }

  lastIn(guildId: Snowflake | null): Snowflake | null {
    return this.keep.getItem(`${LAST}.${guildId ?? PRIVATE}`);
  }

  /** Where one was when the page was left. */
  get lastPath(): string {
    const path = this.keep.getItem(LAST);
    return path !== null && PLACE.test(path) ? path : pathTo(null);
  }
}
