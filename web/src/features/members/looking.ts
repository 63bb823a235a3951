/** Which rows of a member list the gateway is asked to keep true: those that are seen, in hundreds. */
import type { Range } from "../../tabs/wishes";

const HUNDRED = 100;
/** The server keeps no more for one channel. */
const MOST = 5;

const hundred = (at: number): Range => [at * HUNDRED, at * HUNDRED + HUNDRED - 1];

/** The first hundred always, and those that hold the rows from `first` to `last`. */
export function rangesFor(first: number, last: number): readonly Range[] {
  const from = Math.floor(Math.max(0, first) / HUNDRED);
  const to = Math.floor(Math.max(0, last) / HUNDRED);
  const seen = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  return [...new Set([0, ...seen])].slice(0, MOST).map(hundred);
}

export function isSame(one: readonly Range[], other: readonly Range[]): boolean {
  return one.length === other.length && one.every(([first], place) => other[place]?.[0] === first);
}
