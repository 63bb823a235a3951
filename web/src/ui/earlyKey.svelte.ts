/** A key that comes before what it is about: it is done once that is there. */
import { untrack } from "svelte";

export class EarlyKey {
  #early = $state.raw<{ readonly work: () => unknown; readonly about: unknown }>();

  /** Once `about` says something else, the key is forgotten. */
  constructor(
    readonly isComing: () => boolean,
    readonly about: () => unknown = () => null,
  ) {
    $effect(() => {
      if (this.#early === undefined) return;
      if (this.#early.about !== about()) this.#early = undefined;
      else if (!isComing()) untrack(this.now);
    });
  }

  /** At once where nothing is waited for. */
  do(work: () => unknown): void {
    this.#early = { work, about: this.about() };
    if (!this.isComing()) this.now();
  }

  /** With what there is. */
  readonly now = (): void => {
    const early = this.#early;
    this.#early = undefined;
    early?.work();
  };
}
