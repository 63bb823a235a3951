/** Says that somebody is away after ten minutes without a sign of them, and that they are back at the first. */
import { onDestroy } from "svelte";
import type { Live } from "../../store/live.svelte";
import { chosenStatus } from "../../world/presences";

export const PATIENCE_MS = 600_000;

/** The clock, so that a test holds it. */
export interface Clock {
  now(): number;
  after(ms: number, then: () => void): () => void;
}

export class Idleness {
  /** Since when, in milliseconds; null while somebody is there. */
  since: number | null = null;

  readonly #clock: Clock;
  readonly #changed: () => void;
  #stirred: number;
  #stop: () => void = () => undefined;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#stirred = clock.now();
    this.#wait(PATIENCE_MS);
  }

  /** A sign of life: one of very many, so that it only notes the time. */
  stir(): void {
    this.#stirred = this.#clock.now();
    if (this.since === null) return;
    this.since = null;
    this.#wait(PATIENCE_MS);
    this.#changed();
  }

  stop(): void {
    this.#stop();
  }

  #wait(ms: number): void {
    this.#stop = this.#clock.after(ms, () => this.#look());
  }

  #look(): void {
    const left = this.#stirred + PATIENCE_MS - this.#clock.now();
    if (left > 0) {
      this.#wait(left);
    } else {
      this.since = this.#stirred;
      this.#changed();
    }
  }
}

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

const CLOCK: Clock = {
  now: () => Date.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** Who chose to be online is idle while they are away; every other choice stands. To be called by a component that stays. */
export function watchIdleness(live: Live): void {
  const idleness = new Idleness(CLOCK, tell);
  const stir = () => idleness.stir();

  function tell(): void {
    const chosen = chosenStatus(live.world);
    if (chosen !== "online") return;
    const { since } = idleness;
    const status = since === null ? chosen : "idle";
    live.shared.appear({ status, since: since ?? 0, activities: [], afk: since !== null });
  }

  for (const sign of SIGNS) addEventListener(sign, stir, { passive: true });
  onDestroy(() => {
    for (const sign of SIGNS) removeEventListener(sign, stir);
    idleness.stop();
  });
}
