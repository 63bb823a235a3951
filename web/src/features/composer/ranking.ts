/** Finds the few names of many that fit best what was begun, in one pass. */

const WHOLE = 0;
const START = 1;
const WORD = 2;
const INSIDE = 3;

/** How well a name fits, the less the better; undefined where it does not. Both in small letters. */
export function fit(name: string, query: string): number | undefined {
  if (query === "") return START;
  const at = name.indexOf(query);
  if (at < 0) return undefined;
  if (at > 0) return /[\s_.-]/.test(name.charAt(at - 1)) ? WORD : INSIDE;
  return name.length === query.length ? WHOLE : START;
}

/** The best of somebody's several names. */
export function fitAny(names: readonly (string | null | undefined)[], query: string): number | undefined {
  let best: number | undefined;
  for (const name of names) {
    const found = name ? fit(name.toLowerCase(), query) : undefined;
    if (found !== undefined && (best === undefined || found < best)) best = found;
  }
  return best;
}

interface Ranked<One> {
  readonly one: One;
  readonly rank: number;
}

/** The best few; among equals those that came first. */
export function best<One>(all: Iterable<One>, rank: (one: One) => number | undefined, most: number): One[] {
  const kept: Ranked<One>[] = [];
  for (const one of all) {
    const found = rank(one);
    if (found === undefined || (kept.length === most && found >= (kept.at(-1)?.rank ?? Infinity))) continue;
    const place = kept.findIndex((other) => other.rank > found);
    kept.splice(place < 0 ? kept.length : place, 0, { one, rank: found });
    if (kept.length > most) kept.pop();
  }
  return kept.map(({ one }) => one);
}
