/** For how long one has still to wait in a slow channel; counts down while anybody looks. */
import type { Sync } from "../../sync/sync";
import { slownessOf } from "../../sync/sync";
import type { Snowflake } from "../../wire/types";
import { momentOf } from "../../world/ids";
import type { World } from "../../world/world";

const SECOND_MS = 1000;

export class Wait {
  #now = $state(Date.now());
  /** Seconds between two messages; none for who is exempt. */
  readonly slowness = $derived.by(() => slownessOf(this.world, this.channelId));
  readonly #until = $derived.by(() => Math.max(this.sync.outbox.slowUntil(this.channelId), this.#afterLast()));
  /** Seconds left. */
  readonly seconds = $derived.by(() => Math.max(0, Math.ceil((this.#until - this.#now) / SECOND_MS)));

  constructor(
    readonly world: World,
    readonly sync: Sync,
    readonly channelId: Snowflake,
  ) {
    $effect(() => {
      this.#now = Date.now();
      if (this.#until <= this.#now) return;
      const timer = setInterval(() => (this.#now = Date.now()), SECOND_MS);
      return () => clearInterval(timer);
    });
  }

  /** What was sent from another device, or before the page was loaded. */
  #afterLast(): number {
    if (this.slowness === 0) return 0;
    const last = this.world.messages.of(this.channelId).messages.findLast(({ author }) => this.world.selves.isMe(author.id));
    return last === undefined ? 0 : momentOf(last.id) + this.slowness * SECOND_MS;
  }
}

const UNITS = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `1 hr, 5 min`; the two largest parts are enough. */
export function durationInWords(seconds: number, language: string): string {
  let left = Math.ceil(seconds);
  const parts = UNITS.flatMap(([unit, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount === 0 ? [] : [new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(amount)];
  });
  return new Intl.ListFormat(language, { style: "narrow", type: "unit" }).format(parts.slice(0, 2));
}
