/** Tells the others that one is writing: at the first letter, and again as long as it goes on. */
import { Refused, RateLimited, Unreachable } from "../../rest/errors";

/** The others forget it after ten seconds. */
const EVERY_MS = 8000;

export class Announcing {
  #last = -Infinity;

  constructor(
    readonly tell: () => Promise<unknown>,
    readonly now: () => number = Date.now,
  ) {}

  typed(): void {
    if (this.now() - this.#last < EVERY_MS) return;
    this.#last = this.now();
    this.tell().catch((problem: unknown) => {
      // Nobody misses it.
      if (!(problem instanceof Refused || problem instanceof RateLimited || problem instanceof Unreachable)) throw problem;
    });
  }

  /** The message is there: the next letter is told again. */
  sent(): void {
    this.#last = -Infinity;
  }
}
