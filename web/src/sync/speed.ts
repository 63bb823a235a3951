/** How fast something goes, over the last few seconds. */

const WINDOW_MS = 3000;

interface Sample {
  readonly at: number;
  readonly amount: number;
}

export class Speed {
  #samples: Sample[] = [];

  /** Per second, now that so much is done. */
  measure(at: number, amount: number): number {
    this.#samples = [...this.#samples.filter((sample) => sample.at >= at - WINDOW_MS), { at, amount }];
    const first = this.#samples[0];
    return first === undefined || first.at === at ? 0 : ((amount - first.amount) * 1000) / (at - first.at);
  }
}
