/** What somebody has changed and not yet saved; beneath it the truth may go on changing. */

export class Draft<Values extends object> {
  #edits = $state.raw<Partial<Values>>({});
  readonly #truth: () => Values;

  constructor(truth: () => Values) {
    this.#truth = truth;
  }

  /** As it would be after saving. */
  get now(): Values {
    return { ...this.#truth(), ...this.#edits };
  }

  /** Only what differs from the truth: what a PATCH sends. */
  get changes(): Partial<Values> {
    const truth = this.#truth();
    const differing = Object.entries(this.#edits).filter(([name, value]) => !isSame(value, truth[name as keyof Values]));
    return Object.fromEntries(differing) as Partial<Values>;
  }

  get count(): number {
    return Object.keys(this.changes).length;
  }

  set(edits: Partial<Values>): void {
    this.#edits = { ...this.#edits, ...edits };
  }

  reset(): void {
    this.#edits = {};
  }
}

/** Values are plain data. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
