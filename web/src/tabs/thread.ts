/** What another tab hears of the gateway, in its order and each event once. */
import type { Held } from "../gateway/connection";
import type { Heard } from "./words";

export class Thread {
  /** How far it goes. */
  held: Held | null = null;
  /** What came while it is not known where it begins. */
  #early: Heard[] | null = null;

  /** Keep what comes until it is known where to begin. */
  wait(): void {
    this.#early ??= [];
  }

  get isWaiting(): boolean {
    return this.#early !== null;
  }

  /** Nobody is waited for any more: here it is heard at first hand. */
  go(): void {
    this.#early = null;
  }

  /** Begin there; what came too early follows. */
  begin(held: Held | null): readonly Heard[] {
    const early = this.#early ?? [];
    this.#early = null;
    this.held = held;
    return early;
  }

  /** Whether an event is the next one; null where one before it is missing. */
  takes(heard: Heard): boolean | null {
    if (this.#early !== null) {
      this.#early.push(heard);
      return false;
    }
    const { at, name } = heard;
    const isSame = this.held?.id === at.id;
    if (isSame && at.sequence <= (this.held?.sequence ?? 0)) return false;
    if (name !== "READY" && !(isSame && at.sequence === (this.held?.sequence ?? 0) + 1)) return null;
    this.held = at;
    return true;
  }

  /** Whether whoever is there knows all that is known here. */
  reaches(held: Held | null): boolean {
    return this.held !== null && held !== null && held.id === this.held.id && held.sequence >= this.held.sequence;
  }
}
