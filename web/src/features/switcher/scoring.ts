/** How well a name fits what somebody typed: its letters in their order, better together and at the starts of words. */

export interface Match {
  /** The higher the better. */
  readonly score: number;
  /** Which letters of the name were meant. */
  readonly marks: readonly number[];
}

const START = 12;
const WORD = 8;
const TOGETHER = 6;
const LETTER = 1;
const GAP = 0.25;
const WHOLE = 20;
const BOUNDARY = /[\s\-_.:/&#]/;

const isWordStart = (name: string, at: number) => at === 0 || BOUNDARY.test(name.charAt(at - 1));

/** Letters as they are compared: without case and accents, one for one. */
export function folded(text: string): string {
  return Array.from(text.toLocaleLowerCase(), (letter) => {
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "");
    return bare.length === letter.length ? bare : letter;
  }).join("");
}

/** Both folded; undefined where a letter is missing. */
export function match(query: string, name: string): Match | undefined {
  if (query === "") return { score: 0, marks: [] };
  const found = name.indexOf(query);
  const marks = found >= 0 ? whole(query, name, found) : scattered(query, name);
  return marks && { score: scoreOf(name, marks) + (marks.length === name.length ? WHOLE : 0), marks };
}

/** The letters in one piece, at the start of a word if they stand there anywhere. */
function whole(query: string, name: string, first: number): readonly number[] {
  let at = first;
  while (at >= 0 && !isWordStart(name, at)) at = name.indexOf(query, at + 1);
  const start = at >= 0 ? at : first;
  return Array.from({ length: query.length }, (_, letter) => start + letter);
}

/** From left to right, at the start of a word where that leaves enough of the name for the rest. */
function scattered(query: string, name: string): readonly number[] | undefined {
  const marks: number[] = [];
  let from = 0;
  for (let letter = 0; letter < query.length; letter++) {
    const next = name.indexOf(query.charAt(letter), from);
    if (next < 0) return undefined;
    const better = wordWith(query.charAt(letter), name, next);
    const at = better >= 0 && hasAll(query, letter + 1, name, better + 1) ? better : next;
    const previous = marks.at(-1);
    marks.push(previous !== undefined && next === previous + 1 ? next : at);
    from = (marks.at(-1) ?? 0) + 1;
  }
  return marks;
}

function wordWith(letter: string, name: string, from: number): number {
  let at = from;
  while (at >= 0 && !isWordStart(name, at)) at = name.indexOf(letter, at + 1);
  return at;
}

function hasAll(query: string, letter: number, name: string, from: number): boolean {
  let at = from;
  for (let next = letter; next < query.length; next++) {
    at = name.indexOf(query.charAt(next), at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function scoreOf(name: string, marks: readonly number[]): number {
  let score = marks[0] === 0 ? START : 0;
  marks.forEach((at, place) => {
    const previous = marks[place - 1];
    score += LETTER + (isWordStart(name, at) ? WORD : 0);
    if (previous !== undefined) score += at === previous + 1 ? TOGETHER : -GAP * Math.min(at - previous, WHOLE);
  });
  return score - GAP * (name.length - marks.length) * 0.2;
}
