/** Tells the others that one is writing: at the first letter, and again as long as it goes on. */
import { isExpected } from "../../rest/errors";

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
      if (!isExpected(problem)) throw problem;
    });
  }

  /** The message is there: the next letter is told again. */
  sent(): void {
    this.#last = -Infinity;
  }
}
