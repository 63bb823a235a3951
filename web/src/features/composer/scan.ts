/** Reads what is being written: which words stand for people and places, and which signs are marks. No text is lost. */

export type RunKind = "plain" | "mark" | "code" | "mention" | "emoji" | "link";

export interface Run {
  readonly kind: RunKind;
  readonly text: string;
  /** What is sent instead, where that is something else. */
  readonly wire?: string;
}

export interface Found {
  readonly kind: "mention" | "emoji";
  readonly length: number;
  readonly wire: string;
}

/** Knows what a word that begins with `@`, `#` or `:` stands for. */
export interface Book {
  find(text: string, at: number): Found | undefined;
}

const SIGN = new RegExp(
  [
    String.raw`(?<code>\x60{3}[\s\S]*?(?:\x60{3}|(?![\s\S]))|(?<tick>\x60{1,2})(?!\x60)[^\n]*?[^\x60\n]\k<tick>(?!\x60))`,
    String.raw`(?<link>https?:\/\/[^\s<>]+[^\s<>.,:;"'!?)\]])`,
    String.raw`(?<wired><(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>)`,
    String.raw`(?<line>^(?:#{1,3} |-# |>>> |> | *[-*] | *\d{1,9}\. ))`,
    String.raw`(?<escaped>\\[^\sa-zA-Z0-9])`,
    String.raw`(?<mark>\*{1,3}|_{1,3}|~~|\|\|)`,
    String.raw`(?<word>(?<![\w])[@#:])`,
  ].join("|"),
  "gm",
);

export function scan(text: string, book: Book): readonly Run[] {
  const runs: Run[] = [];
  let done = 0;
  const add = (at: number, run: Run) => {
    if (at > done) runs.push({ kind: "plain", text: text.slice(done, at) });
    runs.push(run);
    done = at + run.text.length;
  };
  for (const match of text.matchAll(SIGN)) {
    const at = match.index;
    if (at < done) continue;
    const { code, link, wired, line, mark, word } = match.groups ?? {};
    if (word !== undefined) {
      const found = book.find(text, at);
      if (found !== undefined) add(at, { kind: found.kind, text: text.slice(at, at + found.length), wire: found.wire });
    } else if (code !== undefined) add(at, { kind: "code", text: code });
    else if (link !== undefined) add(at, { kind: "link", text: link });
    else if (wired !== undefined) add(at, { kind: "mention", text: wired });
    else add(at, { kind: line === undefined && mark === undefined ? "plain" : "mark", text: match[0] });
  }
  if (done < text.length) runs.push({ kind: "plain", text: text.slice(done) });
  return runs;
}

/** As the server takes it. */
export function encode(text: string, book: Book): string {
  return scan(text, book)
    .map((run) => run.wire ?? run.text)
    .join("");
}

const FENCE = "```";

/** Whether what is at that place stands in a block of code that is still open. */
export function isInCode(text: string, at: number): boolean {
  return text.slice(0, at).split(FENCE).length % 2 === 0;
}
