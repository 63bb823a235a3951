/** Where a span that opens here closes: answers for one text, asked from left to right, in one walk for all of them. */

export const NONE = -1;

const SPACE = /\s/;
const WORD = /\w/;

interface Run {
  readonly start: number;
  readonly end: number;
  readonly isSpaced: boolean;
}

/** The runs of one mark that no backslash takes away. */
function runsOf(text: string, mark: string): Run[] {
  const runs: Run[] = [];
  let isSpaced = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") {
      at++;
      isSpaced = false;
    } else if (text[at] === mark) {
      const start = at;
      while (text[at + 1] === mark) at++;
      runs.push({ start, end: at + 1, isSpaced });
      isSpaced = false;
    } else {
      isSpaced = SPACE.test(text.charAt(at));
    }
  }
  return runs;
}

/** For each run, the first one from there on that fits; a last entry stands for the end of the text. */
function following(runs: readonly Run[], fits: (run: Run) => boolean): (Run | undefined)[] {
  const firsts: (Run | undefined)[] = new Array<undefined>(runs.length + 1);
  for (let at = runs.length - 1; at >= 0; at--) {
    const run = runs[at];
    firsts[at] = run && fits(run) ? run : firsts[at + 1];
  }
  return firsts;
}

/**
 * `*` and `_`, one for italic and two for bold or underline.
 * In italics two marks are read as a pair, so only a run of odd length can open and close, with its first and last mark.
 * A run never closes itself: `****` is four stars.
 */
export class Emphasis {
  private readonly runs: readonly Run[];
  private readonly odd: readonly (Run | undefined)[];
  private readonly long: readonly (Run | undefined)[];
  private current = 0;

  constructor(
    private readonly text: string,
    private readonly mark: "*" | "_",
  ) {
    this.runs = runsOf(text, mark);
    this.odd = following(this.runs, ({ start, end }) => (end - start) % 2 === 1);
    this.long = following(this.runs, ({ start, end }) => end - start >= 2);
  }

  /** Where the mark stands that ends the italics opened at `at`. */
  single(at: number): number {
    const own = this.runAt(at);
    if (!own || (own.end - at) % 2 === 0) return NONE;
    if (this.mark === "*" && own.end - at === 1 && SPACE.test(this.text.charAt(own.end))) return NONE;
    const closing = this.odd[this.current + 1];
    return closing && this.closes(closing) ? closing.end - 1 : NONE;
  }

  /** Where the two marks stand that end the bold or underlined text opened at `at`. */
  double(at: number): number {
    const own = this.runAt(at);
    if (!own || own.end - at < 2) return NONE;
    const closing = this.long[this.current + 1];
    return closing ? closing.end - 2 : NONE;
  }

  /** A star after a blank opens and closes nothing; an underscore does not close inside a word. */
  private closes(run: Run): boolean {
    if (this.mark === "_") return !WORD.test(this.text.charAt(run.end));
    return !run.isSpaced || run.end - run.start > 1;
  }

  private runAt(at: number): Run | undefined {
    let run = this.runs[this.current];
    while (run && run.end <= at) run = this.runs[++this.current];
    return run && run.start <= at ? run : undefined;
  }
}

/** The next place where a pattern matches; the pattern needs the flag g. */
export class Finder {
  private found = 0;
  private isFresh = true;

  constructor(
    private readonly text: string,
    private readonly pattern: RegExp,
  ) {}

  from(at: number): number {
    if (this.found === NONE || (!this.isFresh && this.found >= at)) return this.found;
    this.isFresh = false;
    this.pattern.lastIndex = at;
    this.found = this.pattern.exec(this.text)?.index ?? NONE;
    return this.found;
  }
}

/** Backticks: a run of them closes what a run of the same length opened, or the end of a longer one. */
export class Ticks {
  private readonly runs: readonly RegExpExecArray[];
  private readonly starts = new Map<number, number[]>();
  private current = 0;

  constructor(text: string) {
    this.runs = [...text.matchAll(/`+/g)];
    for (const { 0: run, index } of this.runs.toReversed()) {
      const same = this.starts.get(run.length);
      if (same) same.push(index);
      else this.starts.set(run.length, [index]);
    }
  }

  /** Where the run ends in which `at` is. */
  end(at: number): number {
    let run = this.runs[this.current];
    while (run && run.index + run[0].length <= at) run = this.runs[++this.current];
    return run ? run.index + run[0].length : at;
  }

  /** The most backticks of the run from `at` on that are closed later, and where. */
  closing(at: number): { readonly length: number; readonly at: number } | undefined {
    const end = this.end(at);
    for (let length = end - at; length > 0; length--) {
      const same = this.starts.get(length) ?? [];
      while (same.length > 0 && (same.at(-1) ?? 0) < end) same.pop();
      const found = same.at(-1);
      if (found !== undefined) return { length, at: found };
    }
    return undefined;
  }
}

/** Which `]` belongs to which `[`. */
export function brackets(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "[") open.push(at);
    else if (text[at] === "]") {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, at);
    }
  }
  return pairs;
}
