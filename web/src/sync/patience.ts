/** How long to wait before something is tried again, and when to give up. */
import type { Chance } from "../gateway/connection";
import { RateLimited, Unreachable } from "../rest/errors";

const MOST_BREAKS = 6;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

export interface Weather {
  readonly chance: Chance;
  /** Whether the server is there, so that no answer means trouble. */
  readonly isOnline: () => boolean;
}

export class Patience {
  #breaks = 0;

  constructor(
    readonly weather: Weather,
    readonly signal: AbortSignal,
  ) {}

  /** It went well: what broke before does not count. */
  renew(): void {
    this.#breaks = 0;
  }

  /** Over when it may be tried again; what waiting does not mend, and one break too many, is thrown. */
  async after(problem: unknown): Promise<void> {
    this.signal.throwIfAborted();
    if (problem instanceof RateLimited) return this.#pause(problem.seconds * 1000);
    if (!(problem instanceof Unreachable)) throw problem;
    this.#breaks += 1;
    if (this.weather.isOnline() && this.#breaks > MOST_BREAKS) throw problem;
    return this.#pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#breaks - 1)));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const aborted = () => {
        stop();
        reject(this.signal.reason as Error);
      };
      const stop = this.weather.chance.after(ms, () => {
        this.signal.removeEventListener("abort", aborted);
        resolve();
      });
      this.signal.addEventListener("abort", aborted, { once: true });
    });
  }
}
