/** The address of a file while it is shown: renewed when it has run out, given up when even the new one leads nowhere. */
import { isExpected } from "../../rest/errors";
import { isStale, runsOut, type Freshness } from "./freshness";

export class Address {
  #renewed = $state.raw<{ readonly of: string; readonly to: string }>();
  /** The address that could not be had. */
  #failed = $state.raw<string>();
  readonly #freshness: Freshness;
  readonly #given: () => string;

  constructor(freshness: Freshness, given: () => string) {
    this.#freshness = freshness;
    this.#given = given;
    $effect(() => {
      if (isStale(this.now, Date.now())) void this.#renew();
    });
  }

  get now(): string {
    const given = this.#given();
    return this.#renewed?.of === given ? this.#renewed.to : given;
  }

  get isBroken(): boolean {
    return this.#failed === this.now;
  }

  /** It led nowhere: a second try, where that can help. */
  readonly failed = (): void => {
    const isFirst = this.#renewed?.of !== this.#given();
    if (isFirst && runsOut(this.now)) void this.#renew();
    else this.#failed = this.now;
  };

  async #renew(): Promise<void> {
    const of = this.#given();
    try {
      const to = await this.#freshness.renewed(of);
      this.#renewed = { of, to };
      if (to === of) this.#failed = of;
    } catch (problem) {
      if (!isExpected(problem)) throw problem;
      this.#failed = of;
    }
  }
}
